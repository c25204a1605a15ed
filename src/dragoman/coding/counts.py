"""How many were killed, injured, arrested or took part, as the story says it, with bounds.

"at least 12" is 12 and more, "dozens" is 24 to 99, "between 5 and 8" is 5 to 8. The verb or noun
beside the number says what is counted.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman.coding import count_joins
from dragoman.coding.count_joins import Quantity
from dragoman.coding.count_words import KINDS, counts_no_people, counts_people, is_of_name
from dragoman.coding.number_words import NUMBER_PATTERN, bounds, number_heads, scale_of
from dragoman.days import MONTH_WORD
from dragoman.model import Count, Counts

_FLOOR = r"at least|more than|over|no fewer than|not less than|some of the|upwards of|above"
_CEILING = r"up to|at most|fewer than|less than|as many as|no more than|under"
_BOUNDED = re.compile(rf"\b(?:{_FLOOR}|{_CEILING}) $", re.IGNORECASE)
_ABOUT = r"about|around|some|nearly|almost|roughly|approximately|an estimated|close to"
_QUANTITY = re.compile(
    rf"\b(?<!\d[.,])(?<![$€£])(?:(?P<floor>{_FLOOR})|(?P<ceiling>{_CEILING})|(?P<about>{_ABOUT}))?\s*"
    rf"(?:between (?P<low>{NUMBER_PATTERN}) and (?P<high>{NUMBER_PATTERN})|"
    rf"(?P<number>{NUMBER_PATTERN})(?:(?: to |-|–| or )(?P<to>{NUMBER_PATTERN}))?)(?![%\w]|[.,]\d)",
    re.IGNORECASE,
)
#: Words one of which stands in every number without figures, also where "some" is written together with it
#: ("someone"), and the runs of letters of a text.
_NUMBERS = frozenset(
    before + word
    for word in number_heads()
    for before in (
        "",
        *(words.split(" ")[-1] for words in f"{_FLOOR}|{_CEILING}|{_ABOUT}".split("|")),
    )
)
_LETTERS = re.compile(r"[a-z]+")
#: "No one", "every one": no number.
_NO_ONE = re.compile(r"\b(?:no|not|any|every|each|this|that|which)[ -]$", re.IGNORECASE)
#: "Three of them children", behind the number that they are a part of.
_OF_THEM = re.compile(r" of (?:them|whom|those|these)\b", re.IGNORECASE)
_OPENING = re.compile(r"[,–—(]\s*$")
#: How many "more than" adds one to: "more than one" is two, "more than 700" as good as 700.
_FEW = 12
#: What makes a number a part of a larger one, an age or a toll of many days: "including three children",
#: "aged six", "bringing the number of dead to 90".
_PART = re.compile(
    r"\b(?:including|among them|of the|of their|of its|of his|of whom|ages?|aged|aged [\w-]+ and|"
    r"ages? [\w-]+ (?:and|to)|(?:bringing|taking|raising|pushing) (?:the|its|their) [^.;,]{3,60}? to)"
    r"\s*(?:at least |about |some )?$",
    re.IGNORECASE,
)
#: "on August 25": a day of the month, also where the month stands before it.
_MONTH_BEFORE = re.compile(rf"\b{MONTH_WORD}\s*$", re.IGNORECASE)
#: Before a year.
_BEFORE_YEAR = re.compile(
    rf"(?:\b(?:in|of|since|from|by|until|till|during|before|after|between|and|early|late|mid|the|{MONTH_WORD}),?|[(–-])\s*$",
    re.IGNORECASE,
)
#: "12 or more", behind the number.
_OR_MORE = re.compile(r" or more\b", re.IGNORECASE)
#: "A police officer was killed": one, where the noun is no word for many.
_ONE = re.compile(
    r"\b(?:an?|one)(?! (?:[\w-]+ ){0,2}(?:number|total|group|crowd|family|dozen|couple|handful|few|score|"
    r"hundred|thousand|million|third|quarter|half|majority|series|string|pair|record|convoy|patrol|village|"
    r"bus|car|ship|boat|plane|helicopter|vehicle|team|unit|crew|leader of)\b) (?:[\w'’.-]+ ){1,4}"
    r"(?:died\b|(?:was|has been|had been) (?:shot dead|(?:fatally |seriously |lightly )?(?P<done>[a-z]+ed)\b))",
    re.IGNORECASE,
)
#: "Rose from 12 to 17": it is 17 now.
_RISEN = re.compile(
    r"\b(?:ris(?:e|es|en|ing)|rose|climb\w*|increas\w*|jump\w*|gr[eo]w\w*|went up|gone up|revised|up) from $",
    re.IGNORECASE,
)
#: Behind one person: more people, not counted ("killed a man and his son").
_AND_OTHERS = re.compile(
    r"(?:,| and)(?! (?:\w+(?:ed|ing)|then|also|later|shot|took|fled|hurt|held|left)\b) "
    r"(?:and )?(?:an?|his|her|their|its|the|other|others|several|many|\w+s)\b",
    re.IGNORECASE,
)
#: Between a number and a protest: what the protest is about ("deported 300 men, prompting a protest").
_CAUSED = re.compile(r"\b(?:prompt|spark|trigger|draw|provok|lead|caus)ing\b", re.IGNORECASE)
#: Between a protest and who suffered in it ("protests in which 300 people died").
_IN_WHICH = re.compile(r"\b(?:in|during) which\b", re.IGNORECASE)
#: Behind a word of harm: how many is not told, whoever did it ("four men killed many").
_UNTOLD = re.compile(r"\s+(?:dead )?(?:many|countless|some(?! \d))\b", re.IGNORECASE)
#: How far (code points) a number may stand from the word that says what is counted.
_REACH = 70
#: How far back (code points) words may say what a number is, in a sentence however long.
_BEHIND = 250
#: What "and" or a comma between the word and a number behind it adds ("killed and 30 wounded").
_BREAK = 35


def find(text: str, start: int = 0, kinds: tuple[str, ...] = tuple(KINDS)) -> Counts | None:
    """The people counted in a sentence, or None where there are none.

    Args:
        text: the sentence.
        start: code point of the story's text at which it begins; added to all offsets.
        kinds: which of dead, injured, arrested, size to look for.
    """
    zeros, quantities = _numbers(text)
    named = count_joins.with_named(text, kinds)
    found = _ones(text, kinds) | count_joins.sums(text, quantities, kinds) | named | zeros
    found = _nearest(text, quantities, kinds, found) | found
    result = {
        kind: Count(item.low, item.high, start + item.start, start + item.end)
        for kind, item in found.items()
        if kind in kinds
    }
    return Counts(**result) if result else None


@lru_cache(maxsize=64)  # a sentence is asked for each of its events
def _numbers(text: str) -> tuple[dict[str, Quantity], list[Quantity]]:
    """The kinds of which a sentence says that there was nobody, and its numbers that may count people."""
    zeros: dict[str, Quantity] = {}
    for kind, zero in count_joins.nobody(text):
        zeros.setdefault(kind, zero)
    return zeros, _quantities(text, [(zero.start, zero.end) for zero in zeros.values()])


def _may_count(text: str) -> bool:
    """Whether a text has figures or a word of a number: most have neither."""
    return any(map(str.isdigit, text)) or not _NUMBERS.isdisjoint(_LETTERS.findall(text.lower()))


def _quantities(text: str, zeros: list[tuple[int, int]]) -> list[Quantity]:
    """The numbers of a sentence that may count people."""
    if not _may_count(text):
        return []
    barred = zeros + count_joins.ages(text)
    return [
        Quantity(low, high, found.end() - len(found.group().lstrip()), found.end())
        for found in _QUANTITY.finditer(text)
        if not counts_no_people(text, found.end())
        and not any(first < found.end() and found.start() < last for first, last in barred)
        and not _is_year(text, found)
        and not is_of_name(text, found.start("number"))
        and not _is_part(text, found)
        and not _is_day(text, found)
        for low, high in [_bounds(found)]
        if low is not None
    ]


def _ones(text: str, kinds: tuple[str, ...]) -> dict[str, Quantity]:
    """Kinds of which a sentence tells one: "a police officer was killed", "killed an officer"."""
    harmed = [kind for kind in kinds if kind != "size"]
    alone = {
        kind: item
        for item in count_joins.singles(text, alone=True)
        for kind in harmed
        if count_joins.is_done_to(text, item, kind) and not _AND_OTHERS.match(text, item.end)
    }
    return alone | {
        kind: Quantity(1, 1, found.start(), found.end())
        for found in _ONE.finditer(text)
        if not _stands_before(text, found.start(), _BOUNDED) and not _is_no_one(text, found.start())
        for kind in harmed
        if KINDS[kind].search(text, found.start(), found.end())
    }


def _nearest(
    text: str, quantities: list[Quantity], kinds: tuple[str, ...], known: dict[str, Quantity]
) -> dict[str, Quantity]:
    """For each kind not known the number that stands nearest to one of its words."""
    pairs = [
        (_distance(text, (item.start, item.end), word.span()), place, kind)
        for kind in kinds
        for word in KINDS[kind].finditer(text)
        for place, item in enumerate(quantities)
        if not (item.end <= word.start() and _UNTOLD.match(text, word.end()))
        if kind != "size"
        or not (
            _CAUSED.search(text, item.end, word.start())
            or _IN_WHICH.search(text, word.end(), item.start)
        )
    ]
    result: dict[str, Quantity] = {}
    taken = {
        place for place, item in enumerate(quantities)
        if any(sum_.start <= item.start < sum_.end for sum_ in known.values())
    }  # fmt: skip
    for gap, place, kind in sorted(pairs):
        if gap <= _REACH and place not in taken and kind not in known and kind not in result:
            result[kind] = quantities[place]
            taken.add(place)
    return result


def _distance(text: str, number: tuple[int, int], word: tuple[int, int]) -> int:
    """How far a number is from a word; one behind "and" after the word counts something else."""
    gap = _gap(number, word)
    between = text[word[1] : number[0]]
    return gap + _BREAK if re.search(r"\band\b|[,;]", between) else gap


def _is_day(text: str, found: re.Match[str]) -> bool:
    """Whether a number is the day in "August 25"."""
    digits = found["number"] or ""
    return bool(
        re.fullmatch(r"[0-3]?\d", digits)
        and _stands_before(text, found.start("number"), _MONTH_BEFORE)
    )


def _stands_before(text: str, place: int, words: re.Pattern[str]) -> bool:
    """Whether some words stand right before a place; their pattern says itself that it ends there."""
    return words.search(text, max(0, place - _BEHIND), place) is not None


def _is_year(text: str, found: re.Match[str]) -> bool:
    """Whether figures are a year: not those of "killed 2000 soldiers", but those of "in 2000 soldiers came"."""
    if not re.fullmatch(r"(?:19|20)\d\d", found.group().strip()):
        return False
    year = not found.group().endswith("00") or not counts_people(text, found.end())
    return year or _stands_before(text, found.start(), _BEFORE_YEAR)


def _gap(one: tuple[int, int], two: tuple[int, int]) -> int:
    return max(one[0] - two[1], two[0] - one[1], 0)


def _is_no_one(text: str, start: int) -> bool:
    """Whether the word at a place is the "one" of "no one", "every one"."""
    return text[start : start + 3].lower() == "one" and _stands_before(text, start, _NO_ONE)


def _is_part(text: str, found: re.Match[str]) -> bool:
    """Whether a number is a part of another, how old somebody is, or the pronoun of "no one"."""
    if _is_no_one(text, found.start()):
        return True
    if _OF_THEM.match(text, found.end()) and _stands_before(text, found.start(), _OPENING):
        return True
    return _stands_before(text, found.start(), _PART)


def _bounds(found: re.Match[str]) -> tuple[int | None, int | None]:
    """Lowest and highest number a match allows, None as highest where it is open; as lowest where
    it is no number of people."""
    first, last = found["low"] or found["number"], found["high"] or found["to"]
    scale = scale_of(last or "")
    value, upper = bounds(first), bounds(last) if last else None
    if value is None:
        return None, None
    if upper is not None:
        if found["to"] and _stands_before(found.string, found.start("number"), _RISEN):
            return upper
        scaled = bounds(first + scale) if scale and not scale_of(first) else None
        low, high = (scaled or value)[0], upper[1]  # "two to three million"
        return (low, high) if high is None else (min(low, high), max(low, high))
    if _OR_MORE.match(found.string, found.end()):
        return value[0], None
    if found["floor"]:
        more = found["floor"].lower() in {"more than", "over"} and value[0] <= _FEW
        return value[0] + more, None
    if found["ceiling"]:
        return 0, value[1]
    return value
