"""The record types every room shares, and nothing else.

All offsets are half-open and count Unicode code points of ``story.text``. Every type is frozen,
knows how to become plain JSON data (``to_dict``) and how to come back (``from_dict``). The shape
of the JSON is the project's public contract; keys may be added, those here keep their meaning.

``plain`` is what all types have in common, ``story`` what was read, ``record`` what was coded.
Import from here: which of the three holds a type may change.
"""

from dragoman.model.plain import JsonType
from dragoman.model.record import (
    COUNTED,
    DOUBTFUL,
    AuxiliaryMode,
    Claim,
    CodedBy,
    Commitment,
    CommitmentKind,
    CommitmentStatus,
    Count,
    Counts,
    Entity,
    Event,
    Events,
    EventType,
    Mention,
    Participant,
    Place,
    Record,
    Relation,
    Run,
    Source,
    Statement,
    StatementKind,
    StatusChange,
    When,
    code_of,
)
from dragoman.model.story import Note, Paragraph, Rejection, Span, Story, content_id, paragraphs_of

__all__ = [
    "COUNTED",
    "DOUBTFUL",
    "AuxiliaryMode",
    "Claim",
    "CodedBy",
    "Commitment",
    "CommitmentKind",
    "CommitmentStatus",
    "Count",
    "Counts",
    "Entity",
    "Event",
    "EventType",
    "Events",
    "JsonType",
    "Mention",
    "Note",
    "Paragraph",
    "Participant",
    "Place",
    "Record",
    "Rejection",
    "Relation",
    "Run",
    "Source",
    "Span",
    "Statement",
    "StatementKind",
    "StatusChange",
    "Story",
    "When",
    "code_of",
    "content_id",
    "paragraphs_of",
]
