"""Denials that repeat another's words: "denied that soldiers had burned villages", however far behind they were told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.propositions import Proposition, proposition_of
from dragoman.coding.voices import voices
from dragoman.entities.index import EntityIndex
from dragoman.model import Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Least share of a denial's content words that stand in what it repeats, and least number of them.
SHARED, LEAST = 0.75, 2
# Acts by which somebody may have told what is denied.
_TELLING = frozenset({"say", "claim", "accuse", "report", "confirm", "warn"})


def repeated_by(
    denied: Proposition,
    denial: Statement,
    speakers: Sequence[str],
    statements: Sequence[Statement],
    doc: Doc,
    story: Story,
    index: EntityIndex,
) -> list[Statement]:
    """The statements of others whose words a denial repeats, in order of the text.

    Args:
        denied: what the denial's own words say.
        speakers: who denies.
    """
    if len(denied.stems) < LEAST:
        return []
    found: list[Statement] = []
    for other in statements:
        if other.id == denial.id or other.act not in _TELLING or other.source is None:
            continue
        told = proposition_of(other, doc, story, index, [])
        if not repeats(denied, told):
            continue
        telling = voices(other, doc, index)
        if telling and telling[0] not in speakers and not _own(denial) & _own(other):
            found.append(other)
    return found


def _own(statement: Statement) -> set[str]:
    """The speaker and the body it speaks for, without the state."""
    source = statement.source
    if source is None:
        return set()
    return {*source.speaks_for, *([source.entity] if source.entity else [])}


def repeats(denied: Proposition, told: Proposition) -> bool:
    """Whether most content words of a denial stand in what another told."""
    shared = len(denied.stems & told.stems)
    return (
        denied.negated == told.negated and shared >= LEAST and shared >= SHARED * len(denied.stems)
    )
