"""Posts of social networks and channels: hashtags, accounts, flags, pictures and calls as an agency would write them.

"BREAKING 🚨 #SouthSudan's army shells #Malakal, @UN says 🇸🇸 1/4" is read as "South Sudan's army shells Malakal, UN says".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from dragoman.informal.rewritten import Edit
from dragoman.informal.shorthand import forms
from dragoman.informal.words import FOLDER, lists
from dragoman.reading.languages import function_words
from dragoman.tables import DATA_FOLDER, read_table

if TYPE_CHECKING:
    from dragoman.lexicon import Lexicon
    from dragoman.lexicon.entry import State

_PICTURES = "\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u20e3\u200d\U0001f000-\U0001f1e5\U0001f200-\U0001faff"
_FLAG = "[\U0001f1e6-\U0001f1ff]"
_SIGN = re.compile(rf"(?<![\w#&/])#[^\W\d]\w|(?<![\w./@])@\w|[{_PICTURES}]|{_FLAG}")
#: What a post has at least one of, so that other texts cost no more than a look.
_MARK = re.compile(f"[#@{_PICTURES}\U0001f1e6-\U0001f1ff]")
_GAP = r"[^\S\n]{0,3}"
_LINK = re.compile(rf"{_GAP}(?:https?://|pic\.twitter\.com/|t\.(?:me|co)/)\S+")
_REPEATED = re.compile(r"(?m)^(?:RT|QT|MT) (?=@\w)")
_NUMBERED = re.compile(rf"(?m)^\(?(?!9/11)\d{{1,2}}/(?:\d{{1,2}}|n)?\)?[.:)]?[^\S\n]{_GAP}(?=\D)")
_NUMBERED_LAST = re.compile(
    rf"(?m)(?<=\S )(?<!\bon )(?<!\bof )(?<!\bsince )(?<!\bafter )\(?(?!9/11|7/7)\d{{1,2}}/(?:\d{{1,2}}|n)\)?{_GAP}$"
)
_NUMBERED_INSIDE = re.compile(rf"(?<=[.!?:{_PICTURES}] )\d{{1,2}}/ (?=[A-ZÀ-Þ])")
_QUOTED_LINE = re.compile(rf"(?m)^>+{_GAP}(?=\S)")
_PARTED = re.compile(rf"{_GAP}[.!?]?{_GAP}(?<!:)//{_GAP}(?=[A-ZÀ-Þ])")
_TAG = re.compile(r"(?<![\w#&/])#([^\W\d]\w+)")
_TAGS = re.compile(
    rf"(?:{_GAP}(?:(?i:via|cc|h/t|hat tip|credit:?|photos?:?|videos?:?) (?=@)|(?<![\w#&/])[#@]\w+|[{_PICTURES}]|{_FLAG}|(?:https?://|t\.me/)\S+))+{_GAP}"
)
_ACCOUNT = re.compile(r"(?<![\w/@])\.?@(\w+)")
_FLAGS = re.compile(rf"{_FLAG}{{2}}(?:[^\S\n]?(?P<joint>[-–/&↔🤝]|vs\.?)?[^\S\n]?{_FLAG}{{2}})*")
_PICTURE = re.compile(rf"[{_PICTURES}]+(?:[^\S\n]{_GAP}[{_PICTURES}]+)*")
_CAMEL = re.compile(r"[A-ZÀ-Þ]+(?![a-zß-ÿ])|[A-ZÀ-Þ]?[a-zß-ÿ’']+|\d+")
_WORD_BEFORE = re.compile(r"([\w’'-]+)[^\S\n]*$")
_WORD_AFTER = re.compile(r"[^\S\n]*([\w’'-]+)")
_ENDS = re.compile(r"[.!?…:;\"”)]$")
_FIRST = re.compile(rf"(?:{_FLAG}{{2}})+|\S+")
_FLAG_FIRST = re.compile(rf"\W*{_FLAG}{{2}}")
_PICTURES_LAST = re.compile(rf"(?:[{_PICTURES}\s]|{_FLAG})+$")
_LINE = 160  # code points of a line that are looked at
_NEAR = 30  # code points round a flag in which its state may be named
_SHORTEST = 2  # letters of a name that may stand inside another word
_FIRST_LETTER = 0x1F1E6


def is_post(text: str) -> bool:
    """Whether a text has a hashtag, an account, a flag or a picture."""
    if text.isascii():
        marked = "#" in text or "@" in text
    else:
        marked = _MARK.search(text) is not None
    return marked and _SIGN.search(text) is not None


def edits(text: str, lexicon: Lexicon) -> Iterator[Edit]:
    """What of a post is read in other words, the wider ranges first where two begin together."""
    for pattern in (_REPEATED, _NUMBERED, _NUMBERED_LAST, _NUMBERED_INSIDE, _LINK, _QUOTED_LINE):
        yield from (Edit(found.start(), found.end(), "") for found in pattern.finditer(text))
    for found in _PARTED.finditer(text):
        yield Edit(found.start(), found.end(), ". ")
    yield from _leads(text)
    lasting = dict(_last_tags(text, lexicon))
    yield from (Edit(start, end, "") for start, end in lasting.items())
    for found in _TAG.finditer(text):
        yield Edit(found.start(), found.end(), _spelt(found[1], lexicon))
    for found in _ACCOUNT.finditer(text):
        called = _called(found[1], lexicon)
        opens = _line_before(text, found.start()).strip() in ("", "RT", "QT", "MT")
        yield Edit(found.start(), found.end(), called[:1].upper() + called[1:] if opens else called)
    for found in _FLAGS.finditer(text):
        yield _flag(text, found, lexicon)
    for found in _PICTURE.finditer(text):
        yield _picture(text, found)


@cache
def _lead() -> re.Pattern[str]:
    """A call for attention at the head of a line: in capitals, as a tag, or before a colon."""
    words = "|".join(re.escape(word) for word in sorted(lists()["leads"], key=len, reverse=True))
    upper = words.upper()
    skipped = rf"(?:[{_PICTURES} |#•*-]|\d{{1,2}}/\d{{0,2}} ){{0,12}}"
    return re.compile(
        rf"(?m)^(?:{skipped}(?:(?:{upper})\b(?=[\W_])|(?i:{words})(?=\s?[:|])|#(?i:{words})\b))+[{_PICTURES} |•*-]{{0,12}}[:|–—-]*[^\S\n]*"
    )


def _line_before(text: str, place: int) -> str:
    """What stands before a place in its line, so many code points at most."""
    first = max(0, place - _LINE)
    broken = text.rfind("\n", first, place)
    return text[broken + 1 if broken >= 0 else first : place]


def _leads(text: str) -> Iterator[Edit]:
    for found in _lead().finditer(text):
        yield Edit(found.start(), found.end(), "")


def _last_tags(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Tags and accounts behind the last sentence of a line, which are no part of it."""
    for found in _TAGS.finditer(text):
        start = found.start()
        if text[found.end() : found.end() + 1].strip():
            continue
        if found.end() < len(text) and text[found.end()] != "\n":
            continue
        before = _line_before(text, start).rstrip()
        if not before:
            if len(found[0].strip()) < len(text.strip()) and _TAG.search(found[0]) is None:
                yield start, found.end()
            continue
        word = _WORD_BEFORE.search(before)
        told = word[1].lower() if word else ""
        first = _FIRST.search(text, start)
        if (
            first
            and told
            and not _ENDS.search(before)
            and _goes_on(line_of=before, told=told, tag=first[0], lexicon=lexicon)
        ):
            start = first.end()
        if start < found.end():
            yield start, found.end()


def _goes_on(line_of: str, told: str, tag: str, lexicon: Lexicon) -> bool:
    """Whether the first tag or flag at a line's end is a word of its sentence ("talks with #Iran #IranTalks").

    Args:
        line_of: the line before it.
        told: the word before it, in small letters.
    """
    if told in lists()["link words"] or told in function_words():
        return True
    if tag.startswith("@"):
        return told in lists()["dialogue"]
    if re.match(_FLAG, tag):
        return _FLAG_FIRST.match(line_of) is not None
    return told.isalpha() and tag.startswith("#") and bool(lexicon.lookup(_spelt(tag[1:], lexicon)))


@lru_cache(maxsize=2)
def _joined_names(lexicon: Lexicon) -> dict[str, str]:
    """Names of several words as tags write them ("southsudan") → the name; the first owner keeps it."""
    found: dict[str, str] = {}
    for entry in lexicon.entries:
        for name in (entry.name, *entry.aliases):
            if " " in name or "-" in name:
                found.setdefault(re.sub(r"\W", "", name).lower(), name)
    for row in read_table(DATA_FOLDER / "places.tsv", ("name",), whole=True):
        if " " in row["name"] or "-" in row["name"]:
            found.setdefault(re.sub(r"\W", "", row["name"]).lower(), row["name"])
    return found


def _spelt(tag: str, lexicon: Lexicon) -> str:
    """A hashtag as words: a name that is known, else parted at its capitals."""
    possessive = "s" if tag.endswith("s") and tag[:-1].isupper() else ""
    known = _joined_names(lexicon).get(tag.replace("_", "").lower())
    if known:
        return known
    if tag.isupper() or possessive or lexicon.lookup(tag):
        return tag
    if tag.islower():
        written = lexicon.lookup(tag, any_case=True)
        return written[0].text if written else tag
    return " ".join(_CAMEL.findall(tag.replace("_", " ")))


@cache
def accounts() -> dict[str, str]:
    """Accounts in small letters → what a story calls them.

    Raises:
        DataError: an account is given twice.
    """
    found: dict[str, str] = {}
    for row in read_table(FOLDER / "accounts.tsv", ("account", "name"), whole=True):
        key = row["account"].lower()
        if key in found and found[key] != row["name"]:
            raise row.error(f"{row['account']!r} is given twice")
        found[key] = row["name"]
    return found


def _called(account: str, lexicon: Lexicon) -> str:
    """Who speaks by an account: by the table, a state's ministry by its parts, else its words."""
    known = accounts().get(account.lower())
    if known:
        return known
    parts = _CAMEL.findall(account.replace("_", " "))
    short = next((form for form in parts if form in forms() and forms()[form].where == ""), None)
    rest = [part for part in parts if part != short]
    if short and rest:
        named = lexicon.lookup(" ".join(rest), any_case=True)
        states = [name.entry for name in named if name.entry.kind == "state"]
        if states:
            return f"{states[0].name}'s {forms()[short].words}"
    if account.islower() or not parts:
        return account
    return " ".join(forms()[part].words if part in forms() else part for part in parts)


@lru_cache(maxsize=2)
def _states(lexicon: Lexicon) -> dict[str, State]:
    return {state.iso2: state for state in lexicon.states.values() if state.iso2}


def _flag(text: str, found: re.Match[str], lexicon: Lexicon) -> Edit:
    """A flag that stands for a state as its name; any other is a picture."""
    start, end = found.start(), found.end()
    states = _states_of(found[0], lexicon)
    if states is None or not _tells(text, found, states):
        return _picture(text, found)
    left = text[start - 1 : start]
    before = " " if left and not left.isspace() and left not in "(\"“'" else ""
    after = " " if text[end : end + 1].isalnum() else ""
    joint = "-" if _WORD_AFTER.match(text, end) else " and "
    return Edit(start, end, f"{before}{joint.join(state.entry.name for state in states)}{after}")


def _states_of(flags: str, lexicon: Lexicon) -> list[State] | None:
    """The states of one or more flags; None where one is no state's."""
    letters = [chr(ord("A") + ord(x) - _FIRST_LETTER) for x in flags if re.match(_FLAG, x)]
    known = _states(lexicon)
    pairs = zip(letters[::2], letters[1::2], strict=True)
    states = [known.get(one + other) for one, other in pairs]
    return None if None in states else [state for state in states if state is not None]


def _tells(text: str, found: re.Match[str], states: list[State]) -> bool:
    """Whether flags are words of their sentence: "🇷🇺 shelled", "after 🇷🇺 fire", "met the 🇯🇴 FM", "talks with 🇯🇴"."""
    start, end = found.start(), found.end()
    line = _line_before(text, start)
    after = word[1] if (word := _WORD_AFTER.match(text, end)) else ""
    before = word[1] if (word := _WORD_BEFORE.search(line)) else ""
    opens = not line.strip(" \t:|-–—") or _ENDS.search(line.rstrip()) is not None
    led = before.islower()
    if len(states) > 1 and found["joint"] is None:
        return opens and after.islower() and not _named_near(text, start, end, states)
    if after.islower() and (opens or led):
        return True
    heads = after.lower() in lists()["flag heads"] and (opens or led)
    linked = before.lower() in lists()["link words"] or (
        led and not after and _FLAG_FIRST.match(line) is not None
    )
    return (heads or linked) and not _named_near(text, start, end, states)


def _named_near(text: str, start: int, end: int, states: list[State]) -> bool:
    """Whether a flag's state is named beside it ("Poland 🇵🇱")."""
    near = f"{text[max(0, start - _NEAR) : start]}\n{text[end : end + _NEAR]}".lower()
    told = (
        name.lower()
        for state in states
        for name in (
            state.entry.name, *state.entry.aliases,
            *state.adjectives, *state.nouns, *state.capitals,
        )
        if len(name) > _SHORTEST
    )  # fmt: skip
    return any(name in near for name in told)


def _picture(text: str, found: re.Match[str]) -> Edit:
    """A picture left out; between two sentences it is their full stop."""
    start, end = found.start(), found.end()
    line = _line_before(text, start)
    while end < len(text) and text[end] in " \t":
        end += 1
    before, after = _PICTURES_LAST.sub("", line)[-1:], text[end : end + 1]
    if not before or not after or after == "\n":
        return Edit(start, end, "")
    if number := _NUMBERED_INSIDE.match(text, end):
        after = text[number.end()]
    if before.isalnum() and (after.isupper() or after in "#@") and not re.match(_FLAG, found[0]):
        gap = len(line) - len(line.rstrip(" \t"))
        return Edit(start - gap, number.end() if number else end, ". ")
    return Edit(start, end, "" if line[-1:] in " \t" else " ")
