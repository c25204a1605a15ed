"""The parser model's own tags for source, cue and content, when it has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.cues import Cues
from dragoman.coding.drafts import Draft
from dragoman.coding.quotes import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc


def present(doc: Doc) -> bool:
    """Whether the pipeline tagged speech."""
    return "speech_spans" in doc.user_data


def lead(
    doc: Doc, text: str, drafts: list[Draft], quotations: Sequence[Quotation], cues: Cues
) -> list[Draft]:
    """The model's statements, repaired and completed by the rules' drafts."""
    return drafts
