"""Short names that a story gives or implies: "the Congo River Alliance (AFC)", "the South"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.entities.scan import STATE_KINDS, Item
from dragoman.entities.unplaced import NO_STATES
from dragoman.lexicon import Entry, Name

if TYPE_CHECKING:
    from dragoman.lexicon import Lexicon

NAMED = frozenset({"organisation", "body", "group", "media"})
SHORTEST, LONGEST = 2, 10  # letters of a short name
ISO = 3  # letters of a country's code
DIRECTIONS = frozenset({"north", "south", "east", "west"})
OPPOSITE = {"North": ("South",), "South": ("North",), "East": ("West",), "West": ("East",)}
#: Before "South" where the half of a country is meant; in headlines without an article.
BEFORE_HALF = frozenset({"the", "The", "with", "to", "from", "against"})
#: Before another name that somebody has.
OR_ELSE = ((",", "or"), ("(", "or"), (",", "known", "as"), (",", "also", "known", "as"),
           ("(", "known", "as"), (",", "called"))  # fmt: skip
INITIALS = 3  # letters of a short name that is not in brackets, at least


def is_short(word: str) -> bool:
    """Whether a word is written like a short name ("AFC", "SPLM-N", "KFOR")."""
    letters = [letter for letter in word if letter.isalpha()]
    return SHORTEST <= len(letters) <= LONGEST and all(letter.isupper() for letter in letters)


def short_names(tokens: Sequence[str], items: Sequence[Item], lexicon: Lexicon) -> dict[str, Entry]:
    """Short names in brackets after a full name, or before it, with whom they stand for.

    States keep theirs: "the Interior Ministry (UK)" names no ministry "UK".
    """
    found: dict[str, Entry] = {}
    for item in items:
        entry = item.entry
        if entry is None or entry.kind not in NAMED:
            continue
        after = tokens[item.last : item.last + 3]
        before = tokens[max(0, item.first - 2) : item.first]
        if len(after) == 3 and after[0] == "(" and after[2] == ")":
            word = after[1]
        elif len(before) == 2 and before[1] == "(" and tokens[item.last : item.last + 1] == [")"]:
            word = before[0]
        elif (other := other_name(tokens, item.last)) and other[:1].isupper():
            if not any(name.entry.kind in STATE_KINDS for name in lexicon.lookup(other)):
                found.setdefault(other, entry)
            continue
        else:
            continue
        if is_short(word) and not is_short(" ".join(tokens[item.first : item.last])):
            owners = lexicon.lookup(word)
            if not any(name.entry.kind in STATE_KINDS for name in owners):
                found.setdefault(word, entry)
    return {**initials(tokens, items, lexicon), **found}


def other_name(tokens: Sequence[str], last: int) -> str:
    """What somebody is called besides, "" for most: "the Special Force, or Rada, …", "…, known as Rada, …".

    Args:
        last: index behind the full name.
    """
    for opening in OR_ELSE:
        end = last + len(opening)
        if tuple(tokens[last:end]) == opening and tokens[end + 1 : end + 2] in (
            [","],
            ["."],
            [")"],
        ):
            return tokens[end]
    return ""


def initials(tokens: Sequence[str], items: Sequence[Item], lexicon: Lexicon) -> dict[str, Entry]:
    """Short names, and the one full name of the story whose initials they are.

    "Iraqi security forces … the ISF". A short name that the tables hold keeps its owner where
    the story names the owner's country, and that of a state or of no state always.
    """
    short = {
        word for word in set(tokens)
        if word.isupper() and INITIALS <= len(word) <= LONGEST and word.isalpha()
    }  # fmt: skip
    if not short:
        return {}
    told = {item.country for item in items if item.is_state or item.town is not None}
    unknown = {
        word
        for word in short
        if all(
            name.entry.kind not in STATE_KINDS
            and len(name.entry.country) == ISO
            and name.entry.country not in told | NO_STATES
            for name in lexicon.lookup(word)
        )
    }
    found: dict[str, dict[str, Entry]] = {}
    if not unknown:
        return {}
    for item in items:
        entry = item.entry
        if entry is None or entry.kind not in NAMED or item.last - item.first < INITIALS:
            continue
        words = [word for word in tokens[item.first : item.last] if word[:1].isalpha()]
        upper = [word for word in words if word[:1].isupper()]
        for told_words in (words, upper):
            made = "".join(word[0] for word in told_words).upper()
            if made in unknown:
                found.setdefault(made, {})[entry.id] = entry
    return {short: next(iter(held.values())) for short, held in found.items() if len(held) == 1}


def with_short_names(
    tokens: Sequence[str], items: Sequence[Item], short: dict[str, Entry]
) -> list[Item]:
    """The items with every use of a short name standing for whom the story says."""
    if not short:
        return list(items)
    longer = {
        position
        for item in items
        if item.last - item.first > 1
        for position in range(item.first, item.last)
    }
    made = [
        Item(position, position + 1, names=(Name(short[word], "alias", word),))
        for position, word in enumerate(tokens)
        if word in short and position not in longer
    ]
    taken = {item.first for item in made}
    kept = [item for item in items if not (item.last - item.first == 1 and item.first in taken)]
    return sorted([*kept, *made], key=lambda item: item.first)


def with_halves(tokens: Sequence[str], items: Sequence[Item], lexicon: Lexicon) -> list[Item]:
    """The items and "the South", "the North" where the story names one half of a country or both."""
    states: dict[str, dict[str, Entry]] = defaultdict(dict)
    for item in items:
        entry = item.entry
        if entry is not None and entry.kind in STATE_KINDS and " " in entry.name:
            first, _, rest = entry.name.partition(" ")
            if first.lower() in DIRECTIONS and rest:
                states[rest][first] = entry
    for rest, told in states.items():
        if len(told) == 1 and (other := _other_half(next(iter(told)), rest, lexicon)) is not None:
            told[other.name.partition(" ")[0]] = other
    pairs = [told for told in states.values() if len(told) > 1]
    if len(pairs) != 1:
        return list(items)
    covered = {place for item in items for place in range(item.first, item.last)}
    made = [
        Item(place, place + 1, names=(Name(pairs[0][word], "alias", word),))
        for place, word in enumerate(tokens)
        if word in pairs[0] and place not in covered
        and (tokens[place - 1] if place else "") in BEFORE_HALF
        and not "".join(tokens[place + 1 : place + 2]).istitle()
    ]  # fmt: skip
    return sorted([*items, *made], key=lambda item: item.first)


def _other_half(first: str, rest: str, lexicon: Lexicon) -> Entry | None:
    """The state that has the other half of a country ("South Korea" beside "North Korea")."""
    for direction in OPPOSITE.get(first, ()):
        for entry in lexicon.find(f"{direction} {rest}"):
            if entry.kind == "state" and entry.name == f"{direction} {rest}":
                return entry
    return None
