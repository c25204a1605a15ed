"""Where the tagged names of a story end, and in which state the towns it names lie."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from dragoman.entities.tables import Town, town_namesakes
from dragoman.entities.words import Tagged

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dragoman.entities.scan import Item
    from dragoman.entities.words import Words

PLACE_LABELS = frozenset({"LOC", "GPE", "FAC"})
MISC = frozenset({"NORP"})
FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
OPEN_ENDS = frozenset({"of", "for", "and"})  # words in which no name ends
LINKS = frozenset({"of", "for", "against", "without"})  # between the parts of a body's name
BEHIND = frozenset({"appos", "flat", "nmod:desc", "compound"})  # how a name stands behind its label


def whole_names(words: Words, lists: Mapping[str, frozenset[str]]) -> tuple[Tagged, ...]:
    """The tagged names; one that breaks off at "of" takes in what follows, or loses the word.

    Names in small letters throughout ("china" of tableware) are none, nor are headlines.

    Args:
        lists: "plain title" (no part of the name behind it: "comrade"), "leads in" (a body's name
            follows: "group"), "named after" (places are: "King's Cross").
    """
    held = agreed(words)
    found: list[Tagged] = []
    number = 0
    while number < len(held):
        ent = held[number]
        number += 1
        first, last = ent.start, ent.end
        line = next((place for place in range(first + 1, last) if words.spaces[place]), last)
        if line < last:  # a running head or heading, taken for one name with what stands below it
            last = line
            ent = Tagged(first, last, ent.label)
        if words.lowers[first] in lists["plain title"]:
            first += 1
            if first == last:
                continue
            ent = Tagged(first, last, ent.label)
        if words.lowers[last - 1] == "the" and words.lowers[last - 2] in OPEN_ENDS:
            last -= 1  # "Ministry of Trade of the | Republic of Chad"
        if words.lowers[last - 1] in OPEN_ENDS and last - first > 1:
            after = last + (words.lowers[last : last + 1] == ["the"])
            joined = held[number] if number < len(held) and held[number].start == after else None
            run = joined.end if joined is not None else after
            while joined is None and run < len(words) and words.tags[run] in ("NNP", "NNPS"):
                run += 1
            if words.lowers[last - 1] == "and" and joined is not None:
                last -= 1
            elif run > after:
                last = run
                number += joined is not None
            else:
                last -= 1
            ent = Tagged(first, last, ent.label)
        if ent.label in PLACE_LABELS and all(word.islower() for word in words.texts[first:last]):
            continue
        if ent.label == "ORG" and not FINITE.isdisjoint(words.tags[first:last]):
            continue
        found.append(ent)
    return tuple(with_labelled(words, found, lists))


def with_labelled(
    words: Words, ents: list[Tagged], lists: Mapping[str, frozenset[str]]
) -> list[Tagged]:
    """The tagged names, and the whole names that a word for a body leads in: "the group [Mothers of
    Aleppo]", "the charity [Roads for Chad]"; "King's Cross" and its likes are one name."""
    ents = [
        _with_possessor(words, ent, lists["named after"]) for ent in ents if not _half(words, ent)
    ]
    named = [
        Tagged(place + 1, end, "ORG")
        for place, word in enumerate(words.lowers)
        if word in lists["leads in"]
        and words.tags[place] == "NN"
        and (end := _linked_end(words, place + 1))
    ]
    for body in named:
        ents = [ent for ent in ents if ent.end <= body.start or ent.start >= body.end]
    ents = [ent for ent in ents if ent.end > ent.start]
    return sorted(ents + named) if named else ents


def _half(words: Words, ent: Tagged) -> bool:
    """Whether a tagged word is only the end of a name behind a prefix: "anti-Islamic [State] fighters"."""
    before = words.lowers[max(0, ent.start - 1)]
    return ent.end - ent.start == 1 and before.startswith(("anti-", "pro-")) and "-" in before[:-1]


def _with_possessor(words: Words, ent: Tagged, titles: Collection[str]) -> Tagged:
    """A place named after one by his title ("King's Cross"), whole; "the King's Cross" is his."""
    first = ent.start - 2
    after = first >= 0 and words.tags[first + 1] == "POS"
    if not after or words.lowers[first] not in titles or not words.texts[first].istitle():
        return ent
    return ent if words.deps[first - 1 : first] == ["det"] else Tagged(first, ent.end, "LOC")


def _linked_end(words: Words, first: int) -> int:
    """Where a name of several capitalised words, joined by "of" or "for", ends; 0 where none begins."""
    size = len(words)
    if first >= size or words.deps[first] not in BEHIND or not words.lowers[first].endswith("s"):
        return 0  # a plural
    end, links = first, 0
    while end < size and words.texts[end][:1].isupper() and words.tags[end].startswith("NN"):
        end += 1
        after = end + 1 + (words.lowers[end + 1 : end + 2] == ["the"])
        if end < size and words.lowers[end] in LINKS and words.texts[after : after + 1]:
            if words.texts[after][:1].isupper():
                links, end = links + 1, after
    return end if links else 0


def agreed(words: Words) -> list[Tagged]:
    """The tagged names; one word tagged in several ways gets the label it has most often."""
    held = words.ents
    labels: dict[str, list[str]] = defaultdict(list)
    for ent in held:
        if ent.end - ent.start == 1:
            labels[words.texts[ent.start]].append(ent.label)
    told = {}
    for text, given in labels.items():
        if len(set(given)) > 1 and MISC.isdisjoint(given):
            (label, most), (_, second) = Counter(given).most_common(2)
            if most > second:
                told[text] = label
    if not told:
        return held
    return [
        ent._replace(label=told[words.texts[ent.start]])
        if ent.end - ent.start == 1 and words.texts[ent.start] in told
        else ent
        for ent in held
    ]


def places_told(words: Words, items: list[Item], lists: Mapping[str, frozenset[str]]) -> list[Item]:
    """Towns put into the state or province named right after them: "Tripoli, Lebanon", "Derry, N.H."."""
    starts = {item.first: item for item in items}
    for item in items:
        town = item.town
        if town is None and item.how == "capital":
            town = Town(item.names[0].text, item.country, "city", 0)
        if town is None or town.kind != "city" or words.texts[item.last : item.last + 1] != [","]:
            continue
        after = starts.get(item.last + 1)
        end, country = item.last + 2, ""
        if words.texts[item.last + 1 : end] and words.texts[item.last + 1] in lists["usa state"]:
            country = "USA"
        elif after is not None and (
            (after.is_state and after.how in ("name", "alias"))
            or (after.town is not None and after.town.kind == "province")
        ):
            end, country = after.last, after.country
        if country and country != town.country and ends_place(words, end):
            item.names, item.role = (), None
            item.town = Town(town.name, country, "city", 0)
    return items


def towns_of_story(items: list[Item]) -> list[Item]:
    """Towns put into the state of the story that has a town of the name ("Tripoli" of Lebanese soldiers), the
    one told most."""
    others = town_namesakes()
    found = [item for item in items if town_of(item) in others]
    if not found:
        return items
    told, seats = Counter[str](), Counter[str]()
    for item in items:
        if item.is_state:
            (seats if item.how in ("capital", "seat") else told)[item.country] += 1
    for item in found:
        if item.country in told:
            continue
        weights = {state: told[state] + seats[state] for state in others[town_of(item)]}
        most = max(weights.values())
        states = [state for state, weight in weights.items() if weight == most]
        others_told = [told[state] for state in told if state not in states]
        if item.how == "capital" and told[states[0]] <= max(others_told, default=0):
            continue
        if told[states[0]] and len(states) == 1:
            town, item.names, item.role = town_of(item), (), None
            item.town = Town(town, states[0], "city", 0)
    return items


def town_of(item: Item) -> str:
    """The name of the town or capital an item tells; "" for others."""
    if item.town is not None:
        return item.town.name
    return item.names[0].text if item.how == "capital" else ""


def ends_place(words: Words, end: int) -> bool:
    """Whether no list of places goes on at a word ("from Paris, Germany and Spain")."""
    following = words.lowers[end : end + 2]
    return not following or (
        following[0] in (",", ".", ")", "–", "—", "-", ";", ":")
        and following[1:] not in (["and"], ["or"])
    )
