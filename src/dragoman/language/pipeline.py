"""Text to Doc: the shipped model, or any spaCy pipeline that takes its place."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from dragoman.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

INTERIM = "/work/tmp/floor/model-best"


class Pipeline:
    """Parses texts. ``nlp`` is a spaCy pipeline with UD labels."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def parse(self, text: str) -> Doc:
        """The text with sentences, tags, dependencies and names."""
        return self.nlp(text)

    def parse_many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Docs in the order of ``texts``; the same bytes as ``parse`` gives one by one."""
        for text in texts:
            yield self.parse(text)

    @cached_property
    def hashes(self) -> dict[str, str]:
        """Name and version of everything that shapes a Doc."""
        meta = self.nlp.meta
        return {"language": f"{meta.get('name', '')}-{meta.get('version', '')}"}


def load(nlp: str | Language | None = None) -> Pipeline:
    """The pipeline that parses.

    Args:
        nlp: a spaCy pipeline, its name or its path, that takes the place of the shipped model.

    Raises:
        ModelError: the model is missing or cannot be loaded.
    """
    if nlp is None:
        nlp = os.environ.get("DRAGOMAN_NLP", INTERIM)
        if not Path(nlp).exists():
            raise ModelError("the language model is not there yet: set DRAGOMAN_NLP")
    return Pipeline(spacy.load(nlp) if isinstance(nlp, str) else nlp)
