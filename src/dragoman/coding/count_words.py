"""The words around a number of people: what was done to them, and what is no number of people."""

from __future__ import annotations

import re
from functools import cache

from dragoman.coding.cues import DATA
from dragoman.tables import PACKAGE, read_table, word_lists

#: What is counted, by the words that say so.
KINDS = {
    "dead": re.compile(
        r"\b(?:kill(?:ed|s|ing)?|dead|died|dies|deaths?|murdered|slain|massacr(?:ed?|ing)|executed|slaughtered|"
        r"assassinated|fatalit|lives|bodies|beheaded|shot dead|murders? of)",
        re.IGNORECASE,
    ),
    "injured": re.compile(r"\b(?:injur|wound|hurt|maim)", re.IGNORECASE),
    "arrested": re.compile(
        r"\b(?:arrest(?! warrants?\b)|detain|jailed|imprison|custody|rounded up)", re.IGNORECASE
    ),
    "size": re.compile(
        r"\b(?:protest|demonstrat|rall|march|gather|crowd|took to|turned out|strik|attend)",
        re.IGNORECASE,
    ),
}
#: Words for dead and injured together.
LOSSES = re.compile(r"\bcasualt", re.IGNORECASE)
_UNITS = re.compile(
    r"\s*(?:-|–)?\s*(?:of )?(?:and a (?:half|quarter) )?(?:(?:and|or|to) [\w-]+?-)?"
    r"(?:year|month|day|week|hour|minute|"
    r"kilomet|km\b|mile|per ?cent|percent|%|dollar|euro|pound|metre|meter|am\b|pm\b|p\.m|a\.m|bn\b|"
    r"tonne|tons?\b|degrees|times|th\b|fle(?:d|eing)\b|(?:were |was )?(?:displaced|made homeless)|"
    r"january|february|march\b|april|(?-i:May)\b|june|july|august|september|october|november|december|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b)",
    re.IGNORECASE,
)
#: "one-sided", "a two-storey house": the number is part of a word.
_COMPOUND = re.compile(r"-(?!strong\b|member\b|plus\b|odd\b)[a-z]", re.IGNORECASE)


_WEAPONS = (
    "(?:missile|rocket|drone|mortar|warhead|warplane|warship|helicopter|howitzer|projectile)s|mortar shells|"
    "(?:artillery )?shells|bombs"
)
#: "one of the shells", behind the number.
_OF_THESE = r"(?:of (?:(?:the|its|his|her|their|our|these|those) )?)?"
#: Words that end the phrase of a number.
_LINKS = (
    "and|or|of|in|to|by|with|from|at|on|as|for|after|when|who|were|was|are|is|had|have|has|dead"
)


@cache
def people_pattern(plural: bool = True) -> str:
    """A pattern of the nouns for people, singular and, where asked for, plural; of the peoples of states too,
    where they stand for themselves ("a Kenyan", not "a Kenyan base")."""
    return f"{_nouns('people', plural)}|{_peoples()}"


@cache
def _peoples() -> str:
    """A pattern of the nouns of the states' peoples, written with a capital and with no noun behind them."""
    table = PACKAGE / "lexicon" / "data" / "countries.tsv"
    found = {noun for row in read_table(table, ("nouns",)) for noun in row["nouns"].split("|")}
    forms = sorted(map(re.escape, found - {""}), key=len, reverse=True)
    return rf"(?-i:{'|'.join(forms)})(?=\W*$|\s*[^\w\s'’-]|\s+(?:{_LINKS}|near|during|while|that|which|died|killed|shot|wounded|hurt|held|said)\b)"


@cache
def _things() -> re.Pattern[str]:
    adjective = (
        r"(?:more |other |further |new |separate |[a-z]+-|air |water |drone |mobile |arrest )?"
    )
    owned = rf"(?!['’]|\s+(?:[a-z]+\s+)?(?:{people_pattern()})\b)"  # "twelve bus passengers"
    things = _nouns("things")
    return re.compile(rf"\s*{_OF_THESE}{adjective}(?:{things})\b{owned}", re.IGNORECASE)


def _words(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(word_lists(DATA / "count_words.tsv")[name])


def _nouns(name: str, plural: bool = True) -> str:
    """A pattern of the nouns of a list, with their plurals."""
    words = _words(name)
    plurals = {_plural(word) for word in words if plural}
    forms = sorted(words | plurals, key=len, reverse=True)
    return "|".join(re.escape(form) for form in forms)


def _plural(word: str) -> str:
    """The plural of a noun: "women", "cities", "churches", "houses"."""
    if word.endswith("man"):
        return word[:-3] + "men"
    if word in {"child", "passerby", "passer-by"}:
        return {"child": "children"}.get(word, "passers-by")
    if word.endswith("y") and word[-2] not in "aeo":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "ch", "sh")) else "s")


@cache
def _weapons() -> re.Pattern[str]:
    """Weapons that are counted, behind what words tell their kind: " Iranian ballistic missiles"."""
    kind = rf"(?!(?:{people_pattern()}|{_LINKS})\b)(?!\w+(?<!arm)(?<!guid)ed\b|\w+ing\b)[\w-]+ "
    return re.compile(rf"\s*{_OF_THESE}(?:{kind}){{0,2}}(?:{_WEAPONS})\b", re.IGNORECASE)


@cache
def _numbered() -> re.Pattern[str]:
    """What is told apart by a number behind it: "Hill 203", "Sector 4"."""
    return re.compile(
        rf"\b(?-i:{'|'.join(f'[{w[0].upper()}{w[0]}]{w[1:]}' for w in sorted(_words('numbered')))}) $"
    )


def is_of_name(text: str, start: int) -> bool:
    """Whether figures that begin at ``start`` end the name of a place or thing: "Ward 7"."""
    before = text[max(0, start - 20) : start]
    return text[start : start + 1].isdigit() and _numbered().search(before) is not None


@cache
def _people() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:[\w-]+\s+)?(?:{people_pattern()})\b", re.IGNORECASE)


def counts_people(text: str, end: int) -> bool:
    """Whether people stand right after a number that ends at ``end``: "soldiers", "Chadian soldiers"."""
    return _people().match(text, end) is not None


def counts_no_people(text: str, end: int) -> bool:
    """Whether what stands after a number that ends at ``end`` says that no people are counted."""
    return any(found.match(text, end) for found in (_UNITS, _COMPOUND, _things(), _weapons()))
