"""The words behind the lines of a brief: sentences of stories, and the names of who speaks, as they were known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from dragoman.ledger.brief.parts import Evidence
from dragoman.ledger.days import parse_day
from dragoman.ledger.signs import sentences
from dragoman.model import Span

if TYPE_CHECKING:
    from dragoman.ledger.asking import Asking

Row = dict[str, Any]

QUOTED = 4  # stories whose words stand behind a line; the others are counted
UNNAMED = "an unnamed source"
_POINTING = frozenset({"he", "she", "it", "they", "who", "which", "that", "we", "i"})
TITLE = 90  # characters of the beginning of a story that has no title
_LONGEST = 600  # characters of a sentence; of a longer one what stands round the part that is meant
_NEARLY = 0.9  # share of a sentence from which on all of it is meant
_BLANK = re.compile(r"\s+")


class Sources:
    """Stories and names, read a batch at a time.

    Args:
        as_of: only names that stories known at the end of this day give; None = of all stories.
    """

    def __init__(self, ledger: Asking, as_of: date | None) -> None:
        self._ledger, self._as_of = ledger, as_of
        self._stories: dict[str, Row] = {}
        self._names: dict[str, tuple[str, str]] = {}  # name and code
        self._voices: dict[tuple[str, str], str] = {}
        self._sentences: dict[str, list[Span]] = {}

    def read(self, stories: Iterable[str | None]) -> None:
        """Have these stories at hand."""
        wanted = sorted({item for item in stories if item} - self._stories.keys())
        if wanted:
            for row in self._ledger.store.dicts(
                "SELECT story_id, published, publisher, title, url, text FROM story_rows "
                "WHERE story_id IN (SELECT unnest(?::VARCHAR[]))", [wanted],
            ):  # fmt: skip
                self._stories[row["story_id"]] = row

    def learn(self, ids: Iterable[str]) -> None:
        """Have the names of these at hand."""
        wanted = set(ids) - self._names.keys()
        if wanted:
            found = self._ledger.names_of(sorted(wanted), self._as_of)
            self._names |= {item: found.get(item, (item, "")) for item in wanted}

    def hear(self, reports: Iterable[Row]) -> None:
        """Have the words at hand for who says what these reports tell, where he is in no table of names."""
        wanted = {
            (row["story_id"], key)
            for row in reports
            if not row["said_by"]
            for key in row["attribution"] or ()
        }
        if wanted - self._voices.keys():
            stories = sorted({story for story, _ in wanted})
            for row in self._ledger.store.dicts(
                "SELECT story_id, statement, source_text FROM statement_rows "
                "WHERE source_text IS NOT NULL AND story_id IN (SELECT unnest(?::VARCHAR[]))", [stories],
            ):  # fmt: skip
                self._voices[row["story_id"], row["statement"]] = shorten(
                    row["source_text"], TITLE, placeholder=" …"
                )

    def voices(self, report: Row) -> tuple[str, ...]:
        """Who says what a report tells: names, or the story's words for him; nobody where the story says so itself."""
        if names := self.names(report["said_by"]):
            return names
        told = [
            self._voices.get((report["story_id"], key), "") for key in report["attribution"] or ()
        ]
        words = tuple(
            dict.fromkeys(item for item in told if item and item.lower() not in _POINTING)
        )
        return words or ((UNNAMED,) if told else ())

    def names(self, ids: Sequence[str] | None) -> tuple[str, ...]:
        """The names of ids that were learnt, each once; a state is not named beside somebody of its government."""
        known = [(item, *self._names.get(item, (item, ""))) for item in ids or ()]
        governed = {
            code[:3] for item, _, code in known if code[3:6] in ("GOV", "MIL") and item != code[:3]
        }
        return tuple(dict.fromkeys(name for item, name, _ in known if item not in governed))

    def sentence(self, story: str, place: int | None) -> tuple[int, int] | None:
        """Where the sentence round a place of a story begins and ends; None where there is none."""
        if story not in self._stories or place is None:
            return None
        if story not in self._sentences:
            self._sentences[story] = sentences(self._stories[story]["text"])
        spans = self._sentences[story]
        return next(((s.start, s.end) for s in spans if s.start <= place < s.end), None)

    def evidence(self, story: str, start: int | None, end: int | None, within: tuple[int, int] | None = None, /,
                 **facts: Any) -> Evidence | None:  # fmt: skip
        """The words of a story, the part from ``start`` to ``end`` marked in its sentence; None for no such words.

        Args:
            within: the sentence, where it is known; it is looked for otherwise.
        """
        row = self._stories.get(story)
        if row is None or start is None or end is None:
            return None
        first, last = within or self.sentence(story, start) or (start, end)
        text, last = row["text"], max(last, end)
        before, meant, after = _cut(
            text[min(first, start) : start], text[start:end], text[end:last]
        )
        partly = bool(meant) and len(meant) < _NEARLY * len(before + meant + after)
        return Evidence(
            story=story, title=title_of(row), publisher=row["publisher"], published=row["published"], url=row["url"],
            sentence=before + meant + after, start=len(before) if partly else None,
            end=len(before + meant) if partly else None, **facts,
        )  # fmt: skip

    def bare(self, story: str, words: str, **facts: Any) -> Evidence | None:
        """A story that tells something, nowhere in just these words; None where it is not kept."""
        row = self._stories.get(story)
        if row is None:
            return None
        return Evidence(
            story=story, title=title_of(row), publisher=row["publisher"], published=row["published"], url=row["url"],
            sentence="".join(_cut("", words, "")), **facts,
        )  # fmt: skip


def title_of(row: Row) -> str:
    """The title of a story, or how it begins."""
    return str(
        row["title"] or shorten((row["text"] or "")[:400], TITLE, placeholder=" …") or "untitled"
    )


def step_day(text: str | None) -> date | None:
    """The day of a step in a history."""
    return parse_day(text)


def some(items: Sequence[Any]) -> list[Any]:
    """The first and the last of many, ``QUOTED`` in all: what was told first, and how it stands."""
    if len(items) <= QUOTED:
        return [*items]
    half = QUOTED // 2
    return [*items[:half], *items[-half:]]


def _cut(before: str, meant: str, after: str) -> tuple[str, str, str]:
    """The three parts of a sentence on one line, no longer than a reader bears."""
    parts = [_BLANK.sub(" ", part) for part in (before, meant, after)]
    if sum(map(len, parts)) > _LONGEST:
        room = max(60, (_LONGEST - len(parts[1])) // 2)
        if len(parts[0]) > room:
            parts[0] = "… " + (parts[0][-room:].partition(" ")[2] or parts[0][-room:])
        if len(parts[1]) > _LONGEST:
            parts[1] = parts[1][:_LONGEST] + "…"
        if len(parts[2]) > room:
            parts[2] = (parts[2][:room].rpartition(" ")[0] or parts[2][:room]) + " …"
    return parts[0].lstrip(), parts[1], parts[2].rstrip()
