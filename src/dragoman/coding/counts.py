"""How many were killed, injured, arrested or took part, as the story says it, with bounds.

"at least 12" is 12 and more, "dozens" is 24 to 99, "between 5 and 8" is 5 to 8. The verb or noun
beside the number says what is counted.
"""

from __future__ import annotations

import re

from dragoman.model import Count, Counts

_WORDS = {
    "no": (0, 0), "one": (1, 1), "a": (1, 1), "an": (1, 1), "two": (2, 2), "three": (3, 3),
    "four": (4, 4), "five": (5, 5), "six": (6, 6), "seven": (7, 7), "eight": (8, 8),
    "nine": (9, 9), "ten": (10, 10), "eleven": (11, 11), "twelve": (12, 12),
    "thirteen": (13, 13), "fourteen": (14, 14), "fifteen": (15, 15), "sixteen": (16, 16),
    "seventeen": (17, 17), "eighteen": (18, 18), "nineteen": (19, 19), "twenty": (20, 20),
    "thirty": (30, 30), "forty": (40, 40), "fifty": (50, 50), "sixty": (60, 60),
    "seventy": (70, 70), "eighty": (80, 80), "ninety": (90, 90),
    "a dozen": (12, 12), "half a dozen": (6, 6), "several": (3, 9), "a few": (3, 9),
    "dozens": (24, 99), "scores": (40, 199), "tens of thousands": (20_000, 99_999),
    "hundreds of thousands": (200_000, 999_999), "hundreds": (200, 999),
    "thousands": (2_000, 9_999), "more than a dozen": (13, None), "a hundred": (100, 100),
    "a thousand": (1_000, 1_000), "millions": (2_000_000, None),
}  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_WORDS |= {
    f"{tens}-{ones}": (_WORDS[tens][0] + _WORDS[ones][0],) * 2 for tens in _TENS for ones in _ONES
}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?: (?:hundred|thousand|million))?|" + "|".join(
    rf"{words}(?: (?:hundred|thousand|million))?" if " " not in words else words
    for words in sorted(_WORDS, key=len, reverse=True)
    if words not in {"a", "an", "no"}
)
_FLOOR = r"at least|more than|over|no fewer than|not less than|some of the|upwards of|above"
_CEILING = r"up to|at most|fewer than|less than|as many as|no more than|under"
_ABOUT = r"about|around|some|nearly|almost|roughly|approximately|an estimated|close to"
_QUANTITY = re.compile(
    rf"\b(?:(?P<floor>{_FLOOR})|(?P<ceiling>{_CEILING})|(?P<about>{_ABOUT}))?\s*"
    rf"(?:between (?P<low>{_NUMBER}) and (?P<high>{_NUMBER})|"
    rf"(?P<number>{_NUMBER})(?:(?: to |-|–| or )(?P<to>{_NUMBER}))?)(?![\d%\w])",
    re.IGNORECASE,
)
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_KINDS = {
    "dead": re.compile(
        r"\b(?:kill(?:ed|s|ing)?|dead|died|dies|deaths?|murdered|slain|massacred|executed|"
        r"assassinated|fatalit|lives|bodies|beheaded|shot dead)",
        re.IGNORECASE,
    ),
    "injured": re.compile(r"\b(?:injur|wound|hurt|maim)", re.IGNORECASE),
    "arrested": re.compile(
        r"\b(?:arrest|detain|jailed|imprison|custody|rounded up)", re.IGNORECASE
    ),
    "size": re.compile(
        r"\b(?:protest|demonstrat|rall|march|gather|crowd|took to|turned out|strik|attend)",
        re.IGNORECASE,
    ),
}
_NOT_PEOPLE = re.compile(
    r"\s*(?:-|–)?\s*(?:of )?(?:and a (?:half|quarter) )?(?:(?:and|or|to) [\w-]+?-)?"
    r"(?:year|month|day|week|hour|minute|"
    r"kilomet|km\b|mile|per ?cent|percent|%|dollar|euro|pound|metre|meter|am\b|pm\b|p\.m|a\.m|bn\b|"
    r"tonne|tons?\b|degrees|times|th\b|rocket|missile|drone|shells?\b|tanks?\b|houses?\b|homes?\b|"
    r"buildings?\b|villages?\b|towns?\b|ships?\b|vehicles?\b|(?:air)?strikes?\b|(?:air )?raids?\b|"
    r"attacks?\b|bombs?\b|bombings\b|explosions?\b|blasts?\b|incidents?\b|occasions?\b|"
    r"cit(?:y|ies)\b|provinces?\b|countr(?:y|ies)\b|districts?\b|places\b|locations?\b|fle(?:d|eing)\b|"
    r"(?:were |was )?(?:displaced|made homeless)|january|february|march\b|april|(?-i:May)\b|june|july|august|september|october|november|december)",
    re.IGNORECASE,
)
#: What makes a number a part of a larger one, or an age: "including three children", "aged six".
_PART = re.compile(
    r"\b(?:including|among them|of the|of their|of its|of his|of whom|ages?|aged|aged [\w-]+ and|"
    r"ages? [\w-]+ (?:and|to))\s*(?:at least |about |some )?$",
    re.IGNORECASE,
)
#: "on August 25": a day of the month, also where the month stands before it.
_MONTH_BEFORE = re.compile(
    r"\b(?:jan(?:uary|\.)|feb(?:ruary|\.)|march|april|may|june|july|aug(?:ust|\.)|"
    r"sept(?:ember|\.)|oct(?:ober|\.)|nov(?:ember|\.)|dec(?:ember|\.))\s*$",
    re.IGNORECASE,
)
#: "A police officer was killed": one, where the noun is no word for many.
_ONE = re.compile(
    r"\b(?:an?|one)(?! (?:[\w-]+ ){0,2}(?:number|total|group|crowd|family|dozen|couple|handful|few|score|"
    r"hundred|thousand|million|third|quarter|half|majority|series|string|pair|record|convoy|patrol|village|"
    r"bus|car|ship|boat|plane|helicopter|vehicle|team|unit|crew|leader of)\b) (?:[\w'’.-]+ ){1,4}"
    r"(?:was|has been|had been) (?:shot dead|(?:fatally |seriously |lightly )?(?P<done>[a-z]+ed)\b)",
    re.IGNORECASE,
)
#: Between a number and a protest: what the protest is about ("deported 300 men, prompting a protest").
_CAUSED = re.compile(r"\b(?:prompt|spark|trigger|draw|provok|lead|caus)ing\b", re.IGNORECASE)
#: How far (code points) a number may stand from the word that says what is counted.
_REACH = 70
#: What "and" or a comma between the word and a number behind it adds ("killed and 30 wounded").
_BREAK = 35


def find(text: str, start: int = 0, kinds: tuple[str, ...] = tuple(_KINDS)) -> Counts | None:
    """The people counted in a sentence, or None where there are none.

    Args:
        text: the sentence.
        start: code point of the story's text at which it begins; added to all offsets.
        kinds: which of dead, injured, arrested, size to look for.
    """
    quantities = [
        (found, bounds)
        for found in _QUANTITY.finditer(text)
        if not _NOT_PEOPLE.match(text, found.end())
        and text[max(0, found.start() - 1) : found.start()] not in {"$", "€", "£"}
        and (bounds := _bounds(found)) is not None
        and not _is_year(found.group())
        and not _PART.search(text, 0, found.start())
        and not _is_day(text, found)
    ]
    pairs = [
        (_distance(text, found.span(), word.span()), place, kind)
        for kind in kinds
        for word in _KINDS[kind].finditer(text)
        for place, (found, _) in enumerate(quantities)
        if not (kind == "size" and _CAUSED.search(text, found.end(), word.start()))
    ]
    result = {
        kind: Count(1, 1, start + found.start(), start + found.end())
        for found in _ONE.finditer(text)
        for kind in kinds
        if kind != "size" and _KINDS[kind].search(text, found.start(), found.end())
    }
    taken: set[int] = set()
    for gap, place, kind in sorted(pairs):
        if gap > _REACH or place in taken or kind in result:
            continue
        found, (low, high) = quantities[place]
        blank = len(found.group()) - len(found.group().lstrip())
        result[kind] = Count(low, high, start + found.start() + blank, start + found.end())
        taken.add(place)
    return Counts(**result) if result else None


def _distance(text: str, number: tuple[int, int], word: tuple[int, int]) -> int:
    """How far a number is from a word; one behind "and" after the word counts something else."""
    gap = _gap(number, word)
    between = text[word[1] : number[0]]
    return gap + _BREAK if re.search(r"\band\b|[,;]", between) else gap


def _is_day(text: str, found: re.Match[str]) -> bool:
    """Whether a number is the day in "August 25"."""
    digits = found["number"] or ""
    return bool(
        re.fullmatch(r"[0-3]?\d", digits) and _MONTH_BEFORE.search(text[: found.start("number")])
    )


def _is_year(words: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", words.strip()))


def _gap(one: tuple[int, int], two: tuple[int, int]) -> int:
    return max(one[0] - two[1], two[0] - one[1], 0)


def _value(words: str) -> tuple[int, int | None] | None:
    words = words.strip().lower()
    if words in _WORDS:
        return _WORDS[words]
    scale = 1
    for name, factor in _SCALES.items():
        if words.endswith(" " + name):
            scale, words = factor, words[: -len(name) - 1]
    if words in _WORDS:
        low, high = _WORDS[words]
        return low * scale, None if high is None else high * scale
    digits = words.replace(",", "")
    if not re.fullmatch(r"\d+(?:\.\d+)?", digits) or len(digits) > 12:
        return None
    number = int(float(digits) * scale)
    return number, number


def _bounds(found: re.Match[str]) -> tuple[int, int | None] | None:
    """Lowest and highest number a match allows; None as highest means open."""
    if found["low"]:
        low, high = _value(found["low"]), _value(found["high"])
        return (low[0], high[1]) if low and high else None
    value = _value(found["number"])
    if value is None:
        return None
    if found["to"]:
        upper = _value(found["to"])
        return (value[0], upper[1]) if upper else value
    if found["floor"]:
        return value[0], None
    if found["ceiling"]:
        return 0, value[1]
    return value
