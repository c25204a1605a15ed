"""Text to Doc: the shipped model, or any spaCy pipeline that takes its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import spacy

from dragoman.errors import ModelError
from dragoman.language.long_sentences import cut

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class Parser(Protocol):
    """What turns a text into a Doc."""

    def read(self, text: str) -> Doc:
        """The Doc of one text."""
        ...

    def hashes(self) -> dict[str, str]:
        """Name and version of everything that shapes a Doc."""
        ...


class Swapped:
    """A user's spaCy pipeline in the shipped model's place. Its Docs are handed on as they are."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def read(self, text: str) -> Doc:
        """The Doc of one text."""
        if len(text) > self.nlp.max_length:
            self.nlp.max_length = len(text) + 1
        return self.nlp(text)

    def hashes(self) -> dict[str, str]:
        """Name and version of the pipeline, as it states them."""
        meta = self.nlp.meta
        name = f"{meta.get('lang', '')}_{meta.get('name', '')}-{meta.get('version', '')}"
        return {"language": name}


class Pipeline:
    """Parses texts. Keeps no state between them: the same text gives the same Doc."""

    def __init__(self, parser: Parser) -> None:
        self.parser = parser

    def parse(self, text: str, sentence_words: int | None = None) -> Doc:
        """The text with sentences, tags, dependencies, names and (shipped model only) speech.

        Offsets of tokens count code points of ``text``. See the room's README for
        ``doc.user_data``. Any string will do: empty, white space, lone surrogates.

        Args:
            sentence_words: longer sentences are cut.
        """
        doc = self.parser.read(text)
        if sentence_words is not None:
            cuts = doc.user_data.get("sentence_cuts", 0) + cut(doc, max(1, sentence_words))
            doc.user_data["sentence_cuts"] = cuts
        return doc

    def parse_many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Docs in the order of ``texts``, each the same bytes as ``parse`` gives."""
        for text in texts:
            yield self.parse(text)

    @cached_property
    def hashes(self) -> dict[str, str]:
        """Name and version of everything that shapes a Doc."""
        return self.parser.hashes()


def load(nlp: str | Path | Language | None = None) -> Pipeline:
    """The pipeline that parses.

    Args:
        nlp: a spaCy pipeline, its name or its path, that takes the place of the shipped model.
            It should set heads, UD labels, tags and sentences; names are taken where it finds them.

    Raises:
        ModelError: the model is missing, damaged or cannot be loaded.
    """
    if nlp is None:
        from dragoman.language.reader import Reader

        return Pipeline(Reader())
    if isinstance(nlp, (str, Path)):
        try:
            nlp = spacy.load(nlp)
        except (OSError, ValueError) as error:
            raise ModelError(f"the spaCy pipeline {nlp} cannot be loaded: {error}") from error
    return Pipeline(Swapped(nlp))
