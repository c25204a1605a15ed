"""Words: spaCy's tokenizer, tuned so that its words are those of the English UD treebanks."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.lang.char_classes import ALPHA
from spacy.util import compile_infix_regex

HYPHENS = "-–—‐‑−"
INFIXES = (
    rf"(?<=[{ALPHA}0-9])[{HYPHENS}](?=[{ALPHA}0-9])",
    rf"(?<=[{ALPHA}0-9])/(?=[{ALPHA}0-9])",
)


def blank() -> Language:
    """A pipeline that holds nothing but the tokenizer."""
    nlp = spacy.blank("en")
    infixes = [*(nlp.Defaults.infixes or ()), *INFIXES]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[attr-defined]
    return nlp
