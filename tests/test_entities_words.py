"""The words of a story as lists say of phrases and trees what spaCy's tokens say."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from dragoman.entities.mentions import barriers, phrase_first, phrase_last, preposition_of
from dragoman.entities.words import Words, quoted_words
from dragoman.language import load
from events_help import parsed

STORY = """RIVERTON (Reuters) - The harbour minister of Freedonia, Ann  Marsh, said on Monday that
two of its ships had left the port of Weston.

"We shall not wait," she told the members of the old city council; its speaker did not answer.
"""


@pytest.fixture(scope="module")
def doc() -> Doc:
    return load().parse(STORY)


def test_trees_and_texts(doc: Doc) -> None:
    words = Words(doc)
    assert words.edges == [token.left_edge.i for token in doc]
    assert words.last == [token.right_edge.i for token in doc]
    assert words.story == doc.text
    for first in range(len(doc)):
        for last in range(first + 1, min(len(doc), first + 6) + 1):
            assert words.text(first, last) == doc[first:last].text
            assert words.root_of(first, last) == doc[first:last].root.i


def test_phrases(doc: Doc) -> None:
    words = Words(doc)
    for token in doc:
        assert words.phrase_first(token.i) == phrase_first(token, words.stops)
        assert words.phrase_last(token.i) == phrase_last(token)
        assert words.preposition_of(token.i) == preposition_of(token)


def test_no_phrase_begins_with_what_joins_it() -> None:
    joined = parsed(
        """
        and CC 4 cc
        by IN 5 case
        Iranian JJ 4 compound
        armed VBN 5 amod
        militias NNS 0 root
        """
    )
    assert Words(joined).phrase_first(4) == phrase_first(joined[4], barriers(joined)) == 2


def test_paragraphs_and_quotations() -> None:
    assert quoted_words(["a", '"', "b", '"', "c", "“", "d", "\n", "e"]) == [
        False, False, True, True, False, True, True, False, False,
    ]  # fmt: skip


def test_sentences(doc: Doc) -> None:
    words = Words(doc)
    assert words.bounds == [(sentence.start, sentence.end) for sentence in doc.sents]
    assert words.sentences == [first for first, _ in words.bounds]
    assert Words(Doc(doc.vocab)).bounds == []
