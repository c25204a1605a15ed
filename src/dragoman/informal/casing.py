"""Capitals put back where a text, a headline or a post is written without them.

The same words in capitals are read once by the parser, which then tells names by where they stand; how a
known name is written the lexicon tells ("rsf" → "RSF", "al-burhan" → "al-Burhan").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dragoman.tables import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.lexicon import Lexicon
    from dragoman.lexicon.entry import Name

#: A capital followed by a small letter, as any sentence of an agency begins.
_TITLED = re.compile(r"[A-ZÀ-ÖØ-Þ][’']?[a-zß-öø-ÿ]")
_LONE = ("A ", "I ")  # a capital at the head of a sentence, where no other word has one
_SMALL_WORD = re.compile(r"(?<!\S)[a-zß-öø-ÿ]{2,}(?![\w@/])")
_CLOSED = re.compile(r"[.!?…:;][\"'”’)\]]*\s*$")
_WIDTH = 50  # code points of a line that may be broken in the middle of a sentence
_FEWEST = 4  # small words of a line that is taken for one written without capitals
_LETTER = re.compile(r"[^\W\d_]")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
_PROPER, _COMMON = ("NNP", "NNPS"), ("NN", "NNS")
#: Words inside a name that keep small letters.
_JOINING = ("DT", "IN", "CC", "TO", "POS")
_INITIALS = 5  # letters of a word without a vowel that is taken for initials ("FSB")


def lines_without(text: str) -> list[tuple[int, int]]:
    """The lines (half-open) of a text that are written without capitals; a paragraph broken at a fixed width is one.

    A line that goes on a sentence of a line with capitals is none.
    """
    found: list[tuple[int, int]] = []
    position, before = 0, ""
    for line in text.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        broken = len(before) >= _WIDTH and not _CLOSED.search(before)
        goes_on = broken and bool(found) and found[-1][1] + 1 == start
        if _TITLED.search(line) is None and line[:2] not in _LONE and (goes_on or not broken):
            if goes_on:
                found[-1] = (found[-1][0], end)
            elif len(_SMALL_WORD.findall(line)) >= _FEWEST:
                found.append((start, end))
        before = line
    return found


def with_capitals(text: str, parse: Callable[[str], Doc], lexicon: Lexicon, day: str | None) -> str:
    """The text of the same length with its capitals put back; the same text where none are missing.

    In a text that has capitals elsewhere, a line is touched only where it holds a name of the lexicon.

    Args:
        parse: reads a text.
        day: of the story (ISO), for who is named by a name on that day.
    """
    lines = lines_without(text)
    if not lines:
        return text
    shouted = "\n\n".join(_raised(text[first:end]).replace("\n", " ") for first, end in lines)
    doc = parse(shouted)
    made = list(text)
    wholly = _TITLED.search(text) is None
    position = 0
    for first, end in lines:
        span = doc.char_span(position, position + end - first, alignment_mode="expand")
        words = [word for word in span or () if not word.is_space]
        written = dict(_written(words, lexicon, day))
        if wholly or any(
            known and not text[first + place - position].isupper()
            for place, (_, known) in written.items()
        ):
            for place, (word, _) in written.items():
                start = first + place - position
                for here, letter in enumerate(word, start):
                    if not text[here].isupper():
                        made[here] = letter
        position += end - first + 2
    return "".join(made)


def _raised(text: str) -> str:
    """The text in capitals, as long as before."""
    return "".join(up if len(up := letter.upper()) == 1 else letter for letter in text)


def _lowered(text: str) -> str:
    """The text in small letters, as long as before."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _written(
    words: list[Token], lexicon: Lexicon, day: str | None
) -> Iterator[tuple[int, tuple[str, bool]]]:
    """Where each word begins, how it is written, and whether the lexicon knows it."""
    texts = [word.text for word in words]
    named = _named(words, lexicon, day)
    place = 0
    while place < len(words):
        found = lexicon.longest(texts, place, day) if _LETTER.match(texts[place]) else None
        if found is not None and found.names and _meant(named[place : found.end]):
            run = words[place : found.end]
            start, last = run[0].idx, run[-1].idx + len(run[-1])
            yield start, (_like(run[0].doc.text[start:last], found.names), True)
            place = found.end
            continue
        yield words[place].idx, (_alone(words, named, place), False)
        place += 1


def _named(words: list[Token], lexicon: Lexicon, day: str | None) -> list[bool]:
    """Which words are (parts of) names; none that only describes ("the JUNTA leader", "a FOREIGN MINISTRY envoy")."""
    named = [_is_name(word) for word in words]
    describes = [not name and word.tag_ in _COMMON for name, word in zip(named, words, strict=True)]
    for place in range(len(words) - 2, 0, -1):
        word = words[place]
        if named[place] and describes[place + 1] and not word.ent_type_:
            if not (_is_initials(word.text) or lexicon.lookup(word.text, day)):
                named[place], describes[place] = False, True
    return named


def _is_name(word: Token) -> bool:
    """Whether a word is (part of) a name by where it stands."""
    return word.tag_ in _PROPER or (bool(word.ent_type_) and word.tag_ not in _JOINING)


def _meant(named: list[bool]) -> bool:
    """Whether the words of a name of the lexicon are that name: most of them stand as names do."""
    return 2 * sum(named) >= len(named)


def _alone(words: list[Token], named: list[bool], place: int) -> str:
    """How a word that no table knows is written."""
    word, text = words[place], words[place].text
    opens = bool(word.is_sent_start) or place == 0
    if text == "I" and word.tag_ == "PRP":
        return text
    if not (named[place] or opens) or _particle(words, place):
        return _lowered(text)
    if named[place] and not opens and _called(words, named, place):
        return _lowered(text)
    if named[place] and _is_initials(text):
        return text
    return text[:1] + _lowered(text[1:])


def _is_initials(text: str) -> bool:
    """Whether a word is a few letters that cannot be spoken as one ("FSB")."""
    return 1 < len(text) <= _INITIALS and text.isalpha() and not _VOWEL.search(text)


def _particle(words: list[Token], place: int) -> bool:
    """Whether a word is the "al" of "al-Burhan"."""
    after = words[place + 1].text if place + 1 < len(words) else ""
    low = words[place].text.lower()
    return after == "-" and len(low) < _INITIALS and low in word_list("lexicon", "particles")


def _called(words: list[Token], named: list[bool], place: int) -> bool:
    """Whether a word is the last of a description that stands before a name or in one's place
    ("foreign minister")."""
    return (
        not named[place - 1]
        and words[place - 1].tag_ in ("JJ", "NN")
        and words[place].ent_type_ == ""
    )


def _like(text: str, names: tuple[Name, ...]) -> str:
    """The words written as a table writes their name, where both have the same letters."""
    letters = [place for place, letter in enumerate(text) if letter.isalnum()]
    for name in names:
        told = [letter for letter in name.text if letter.isalnum()]
        if len(told) != len(letters):
            continue
        made = list(text)
        for place, letter in zip(letters, told, strict=True):
            made[place] = text[place] if letter.isupper() else _lowered(text[place])
        return "".join(made)
    return "".join(part[:1] + _lowered(part[1:]) for part in re.split(r"(\W+)", text))
