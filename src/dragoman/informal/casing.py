"""Capitals put back where a text, a headline or a post is written without them.

The same words in capitals are read once by the parser, which then tells names by where they stand; how a
known name is written the lexicon tells ("rsf" → "RSF", "al-burhan" → "al-Burhan").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dragoman.days import MONTHS, WEEKDAYS
from dragoman.informal.words import role_phrases
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
_QUOTES = frozenset(("“", "``", "«", "„", '"'))
_LETTER = re.compile(r"[^\W\d_]")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
_PROPER, _COMMON = ("NNP", "NNPS"), ("NN", "NNS")
#: How the adjectives and nouns of a people are tagged ("Korean", "Rwandans").
_PEOPLE = ("JJ", "NN", "NNS", "NNP", "NNPS")
#: Words inside a name that keep small letters.
_JOINING = ("DT", "IN", "CC", "TO", "POS")
#: Words of who speaks, and what may stand before their "us".
_SPEAKER = frozenset(("WE", "OUR", "OURS", "OURSELVES"))
_GOVERNS = ("IN", "TO", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
_LONGEST = 6  # letters of a short name in brackets
_TITLE = 3  # words of a title before a name
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
        written = dict(_Line(words, lexicon, day).written())
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


class _Line:
    """A line in capitals as it was parsed, and how each of its words is written."""

    def __init__(self, words: list[Token], lexicon: Lexicon, day: str | None) -> None:
        self.words = words
        self.texts = [word.text for word in words]
        self.lexicon, self.day = lexicon, day
        self.named = self._named()
        self.titles = self._titles()
        self.initials = {
            self.texts[place]
            for place in range(2, len(words) - 1)
            if self.named[place]
            and self.texts[place - 1] == "("
            and self.texts[place + 1] == ")"
            and self.texts[place][-1] == self.texts[place - 2][0]
            and len(self.texts[place]) <= _LONGEST
        }  # "the Arakan Army (AA)"

    def written(self) -> Iterator[tuple[int, tuple[str, bool]]]:
        """Where each word begins, how it is written, and whether the lexicon knows it."""
        place = 0
        while place < len(self.words):
            end, names = self._known(place)
            if names:
                run = self.words[place:end]
                start, last = run[0].idx, run[-1].idx + len(run[-1])
                yield start, (_like(run[0].doc.text[start:last], names), True)
                place = end
                continue
            yield self.words[place].idx, (self._alone(place), False)
            place += 1

    def _known(self, place: int) -> tuple[int, tuple[Name, ...]]:
        """End (half-open) and readings of the lexicon's name that begins at a word, where it is meant."""
        if not _LETTER.match(self.texts[place]) or self.texts[place] in self.initials:
            return place, ()
        found = self.lexicon.longest(self.texts, place, self.day)
        if found is None or not found.names:
            return place, ()
        if self.texts[place : found.end] == ["US"] and self._is_pronoun(place):
            return place, ()
        people = found.names[0].how in ("adjective", "noun") and self.words[place].tag_ in _PEOPLE
        meant = 2 * sum(self.named[place : found.end]) >= found.end - place
        return (found.end, found.names) if meant or people else (place, ())

    def _is_pronoun(self, place: int) -> bool:
        """Whether "us" is who speaks ("on one of us will be met") and no state."""
        before = self.words[place - 1].tag_ if place else ""
        after = self.words[place + 1].tag_ if place + 1 < len(self.words) else "."
        spoken = not _SPEAKER.isdisjoint(self.texts)
        return spoken and before in _GOVERNS and not after.startswith(("N", "J", "POS"))

    def _named(self) -> list[bool]:
        """Which words are (parts of) names; none that only describes ("the JUNTA leader", "a FOREIGN MINISTRY envoy")."""
        words = self.words
        named = [_is_name(word) for word in words]
        describes = [
            not name and word.tag_ in _COMMON for name, word in zip(named, words, strict=True)
        ]
        for place in range(len(words) - 2, 0, -1):
            text = self.texts[place]
            if named[place] and describes[place + 1] and not words[place].ent_type_:
                if not (_is_written(text) or self.lexicon.lookup(text, self.day)):
                    named[place], describes[place] = False, True
        return named

    def _alone(self, place: int) -> str:
        """How a word that no table knows is written."""
        word, text = self.words[place], self.texts[place]
        if (text == "I" and word.tag_ == "PRP") or text in self.initials:
            return text
        opens = self._opens(place) or place in self.titles
        if not (self.named[place] or opens) or self._particle(place):
            return _lowered(text)
        if self.named[place] and not opens and self._called(place):
            return _lowered(text)
        if self.named[place] and _is_initials(text):
            return text
        return text[:1] + _lowered(text[1:])

    def _titles(self) -> set[int]:
        """The words of roles before the names of their holders ("FOREIGN MINISTER ANN MARSH")."""
        found: set[int] = set()
        for place in range(len(self.words) - 1):
            if self.words[place + 1].ent_type_ == "PER" and not self.words[place].ent_type_:
                for first in range(max(0, place - _TITLE + 1), place + 1):
                    if " ".join(self.texts[first : place + 1]).lower() in role_phrases():
                        found.update(
                            x for x in range(first, place + 1)
                            if self.words[x].tag_ not in _JOINING
                        )  # fmt: skip
                        break
        return found

    def _opens(self, place: int) -> bool:
        """Whether a word opens a sentence, or what somebody says."""
        if place == 0 or self.words[place].is_sent_start:
            return True
        quote = self.words[place - 1]
        if quote.text not in _QUOTES or quote.whitespace_:
            return False
        if place == 1 or quote.is_sent_start:
            return True
        before = self.words[place - 2]
        return before.text in (",", ":") and bool(before.whitespace_)

    def _particle(self, place: int) -> bool:
        """Whether a word is the "al" of "al-Burhan"."""
        after = self.texts[place + 1] if place + 1 < len(self.texts) else ""
        low = self.texts[place].lower()
        return after == "-" and len(low) < _INITIALS and low in word_list("lexicon", "particles")

    def _called(self, place: int) -> bool:
        """Whether a word is the last of a description that stands before a name or in one's place
        ("foreign minister")."""
        before = self.words[place - 1]
        described = not self.named[place - 1] and before.tag_ in ("JJ", "NN")
        return described and not self.words[place].ent_type_ and not _is_written(self.texts[place])


def _is_name(word: Token) -> bool:
    """Whether a word is (part of) a name by where it stands."""
    return word.tag_ in _PROPER or (bool(word.ent_type_) and word.tag_ not in _JOINING)


def _is_written(text: str) -> bool:
    """Whether a word has capitals wherever it stands as a name: a day, a month, initials, a letter."""
    return len(text) == 1 or text.lower() in (*WEEKDAYS, *MONTHS) or _is_initials(text)


def _is_initials(text: str) -> bool:
    """Whether a word is a few letters that cannot be spoken as one ("FSB")."""
    short = 1 < len(text) <= _INITIALS and text.isalpha() and not _VOWEL.search(text)
    return short and f"{text.lower()}." not in word_list("language", "titles")


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
