"""What a coding scheme knows, once its tables are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from dragoman.model import code_of


@dataclass(frozen=True)
class EventTypeRow:
    """One event type.

    Args:
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        score: conflict (-10) to cooperation (+10).
        recipient_required: whether an event without recipient is no event of this type.
        reciprocal: whether parties of equal standing are all listed as actors.
        future: the type that a deed still to come is coded as (itself where none is named).
        refused: the type that its negated future is coded as.
        cameo: the CAMEO code when nothing finer is known.
    """

    name: str
    quad: int
    score: float
    recipient_required: bool
    reciprocal: bool
    future: str
    refused: str
    cameo: str
    definition: str


@dataclass(frozen=True)
class EventMode:
    """One mode of a type; ``cues`` are lemmas that give it where the pattern does not."""

    type: str
    name: str
    score: float
    cameo: str
    future: str
    cues: frozenset[str]
    definition: str


@dataclass(frozen=True)
class Context:
    """One context with the words that show it."""

    name: str
    cues: tuple[str, ...]
    definition: str


@dataclass(frozen=True)
class CameoCode:
    """One CAMEO code, the type and mode it becomes, its Goldstein score (-10 to +10)."""

    code: str
    type: str
    mode: str
    contexts: tuple[str, ...]
    goldstein: float
    name: str


@dataclass(frozen=True, eq=False)
class Ontology:
    """A coding scheme. ``hashes``: name of each table → SHA-256 of its bytes.

    ``patterns``: its own tables of event patterns, each named after a type. ``shipped``: it is
    Dragoman's own PLOVER, not a user's.
    """

    name: str
    rows: Mapping[str, EventTypeRow]
    mode_rows: Mapping[str, Mapping[str, EventMode]]
    contexts: Mapping[str, Context]
    cameo_rows: Mapping[str, CameoCode]
    families: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[Path, ...] = ()
    shipped: bool = False

    @property
    def types(self) -> tuple[str, ...]:
        """Names of the event types, in the order of their table."""
        return tuple(self.rows)

    def quad(self, type_: str) -> int:
        """Quad class 1–4 of a type."""
        return self.rows[type_].quad

    def modes(self, type_: str) -> tuple[str, ...]:
        """Names of the modes a type has; empty where it has none."""
        return tuple(self.mode_rows.get(type_, {}))

    def score(self, type_: str, mode: str | None = None) -> float:
        """Conflict–cooperation score of a type and mode, -10 to +10."""
        found = self.mode_rows.get(type_, {}).get(mode or "")
        return found.score if found else self.rows[type_].score

    def cameo(self, type_: str, mode: str | None = None) -> str:
        """The CAMEO code of a type and mode when the pattern gives none finer."""
        found = self.mode_rows.get(type_, {}).get(mode or "")
        return found.cameo if found and found.cameo else self.rows[type_].cameo

    def goldstein(self, code: str) -> float | None:
        """Goldstein score of a CAMEO code, or of the nearest code above it; None if unknown."""
        while code:
            if code in self.cameo_rows:
                return self.cameo_rows[code].goldstein
            code = code[:-1]
        return None

    def code(self, country: str, sectors: tuple[str, ...]) -> str:
        """The CAMEO-style code of a party: "RUSGOV"; international bodies under their family."""
        return self.families.get(country, "") + code_of(country, sectors)

    def cameo_contexts(self, code: str) -> tuple[str, ...]:
        """The contexts that a CAMEO code implies."""
        row = self.cameo_rows.get(code)
        return row.contexts if row else ()

    def future(self, type_: str, mode: str | None = None) -> str:
        """The type that a deed of this type still to come is coded as."""
        found = self.mode_rows.get(type_, {}).get(mode or "")
        return (found.future if found else "") or self.rows[type_].future

    @cached_property
    def mode_cues(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Type → lemma → the modes that it gives, in the order of the table."""
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for type_, modes in self.mode_rows.items():
            own = found[type_] = {}
            for name, row in modes.items():
                for cue in row.cues:
                    own[cue] = (*own.get(cue, ()), name)
        return found

    @cached_property
    def _context_words(self) -> Mapping[str, tuple[str, ...]]:
        """Cue of one whole word → its contexts."""
        found: dict[str, list[str]] = {}
        for name, row in self.contexts.items():
            for cue in row.cues:
                if _WORD.fullmatch(cue):
                    found.setdefault(cue, []).append(name)
        return {cue: tuple(names) for cue, names in found.items()}

    @cached_property
    def _context_phrases(self) -> tuple[tuple[str, str], ...]:
        """Cues of several words or with an open ending (" legislat"), with their contexts."""
        return tuple(
            (" " + cue.rstrip("*"), name)
            for name, row in self.contexts.items()
            for cue in row.cues
            if not _WORD.fullmatch(cue)
        )

    def contexts_of(self, text: str) -> tuple[str, ...]:
        """The contexts whose cues stand in a text, the most often cued first."""
        counts: dict[str, int] = {}
        words, known = _WORD.findall(text.lower()), self._context_words
        for word in words:
            for name in known.get(word, ()):
                counts[name] = counts.get(name, 0) + 1
        padded = " " + " ".join(words)
        for cue, name in self._context_phrases:
            if cue in padded:
                counts[name] = counts.get(name, 0) + 1
        order = {name: number for number, name in enumerate(self.contexts)}
        return tuple(sorted(counts, key=lambda name: (-counts[name], order[name])))


#: A word as the cues of contexts count it; hyphens belong to it.
_WORD = re.compile(r"[\w-]+")
