"""What a report asks of each it names: "To the Government of Chad:" and below "• Release all prisoners"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_found import Found
from dragoman.coding.parties import within
from dragoman.coding.tokens import label, lowers, span_of, subtree, trimmed
from dragoman.coding.voices import with_states
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.entities.index import EntityIndex
    from dragoman.model import Statement, Story

#: The most words of the line that says to whom; of a bullet and the adverbs before the verb.
_LINE, _BEFORE = 24, 5
_BODIES = frozenset({"NGO", "IGO", "UNO", "EUR"})
_VERBS = frozenset({"VB", "VBP"})


def find(
    doc: Doc, story: Story, index: EntityIndex, statements: Sequence[Statement]
) -> Iterator[Found]:
    """A demand for each line below "To the Government of Chad:" that opens with what it is to do."""
    if ":" not in lowers(doc):
        return
    by: tuple[str, ...] = ()
    to: list[str] = []
    for block in story.paragraphs:
        span = doc.char_span(block.start, block.end, alignment_mode="expand")
        if span is None:
            continue
        if span[-1].text == ":" and span[0].lower_ == "to" and len(span) <= _LINE:
            to = list(with_states(within(Span(block.start, block.end), doc, index), index))
            continue
        verb = _imperative(list(span)[: _BEFORE + 1]) if to else None
        if verb is None:
            to = []
            continue
        by = by or _reporter(statements, index)
        if not by:
            return
        told = trimmed(
            doc, [i for i in subtree(verb) if i >= verb.i and span.start <= i < span.end]
        )
        yield Found("demand", "demanded", list(by), list(to), span_of(doc, told), verb.i)


def _imperative(opening: Sequence[Token]) -> Token | None:
    """The verb with which a line opens, behind its bullet and adverbs: "• Immediately release …"."""
    for token in opening:
        if token.is_punct or token.is_space or token.tag_ in ("RB", "LS", "NFP", ":", "SYM"):
            continue
        heads = token.head.i == token.i and token.tag_ in _VERBS
        return token if heads and all(label(c) != "nsubj" for c in token.children) else None
    return None


def _reporter(statements: Sequence[Statement], index: EntityIndex) -> tuple[str, ...]:
    """Whose report it is: the body, of no state, that says most in it, else the one that it names most."""
    told = Counter(
        key for item in statements if item.source is not None
        for key in (item.source.entity, *item.source.speaks_for)
        if key and index.entities[key].kind == "organisation"
        and index.entities[key].country in _BODIES
    ) or Counter({
        key: len(item.mentions) for key, item in index.entities.items()
        if item.kind == "organisation" and item.country == "NGO" and item.mentions
    })  # fmt: skip
    return (told.most_common(1)[0][0],) if told else ()
