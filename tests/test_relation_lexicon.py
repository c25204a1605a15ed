"""The lexicon of the relation model, and how a pair becomes word pieces. No model is loaded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.relation_input import (
    ACTOR_OPENS,
    PIECE_LIMIT,
    RECIPIENT_OPENS,
    VOCABULARY,
    marked_pieces,
)
from dragoman.coding.relation_lexicon import FAR, TYPES, entries, look_up, placed
from dragoman.errors import DataError
from dragoman.language.embedding import PieceTable

spans = st.one_of(
    st.none(), st.tuples(st.integers(-3, 60), st.integers(-3, 60)).map(lambda s: (min(s), max(s)))
)


def test_the_shipped_table_is_sound() -> None:
    rows = entries()
    assert {row.type for row in rows} == set(TYPES)
    assert all(not row.pattern.search("") for row in rows)


def test_spans_become_signs() -> None:
    low, actor, recipient = placed("Police arrested Jan Novak.", (0, 6), (16, 25))
    assert low == "@a arrested @r."
    assert (actor, recipient) == (0, 12)


def test_letters_that_grow_when_lowered_keep_their_place() -> None:
    low, actor, _ = placed("İİ met Ali.", (7, 10), None)
    assert low[actor : actor + 2] == "@a"


def test_a_hit_between_the_spans_is_near_and_one_before_them_is_far() -> None:
    near = look_up("Police arrested Jan Novak.", (0, 6), (16, 25))
    far = look_up("After the man was arrested and fed and housed Ann met Jan.", (46, 49), (54, 57))
    place = TYPES.index("COERCE")
    assert near.near[place] == 1.0
    assert far.near[place] == FAR
    assert near.mode("COERCE")[0] == "arrest"
    assert near.mode("AID") == (None, None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("FIGHT\t\tx\t", "type must be"),
        ("AID\t\t(\t", "no regular expression"),
        ("AID\tx", "cells"),
    ],
)
def test_a_bad_row_is_named(tmp_path, line: str, reason: str) -> None:
    table = tmp_path / "table.tsv"
    table.write_text(f"type\tmode\tpattern\tnote\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=f"2: .*{reason}"):
        entries(table)


@given(st.text(max_size=60), spans, spans)
def test_any_text_and_spans_become_pieces_and_hits(text, actor, recipient) -> None:
    made = marked_pieces(PieceTable.shared().tokenizer, text, actor, recipient)
    assert (made.actor >= 0) == (actor is not None)
    assert (made.recipient >= 0) == (recipient is not None)
    if actor is not None:
        assert made.pieces[made.actor] == ACTOR_OPENS
    if recipient is not None:
        assert made.pieces[made.recipient] == RECIPIENT_OPENS
    assert len(look_up(text, actor, recipient).near) == len(TYPES)


def test_of_a_long_sentence_the_words_round_the_spans_are_kept() -> None:
    text = "Ann " + "saw snow and " * 300 + "met Bob"
    made = marked_pieces(PieceTable.shared().tokenizer, text, (0, 3), (len(text) - 3, len(text)))
    assert len(made.pieces) == PIECE_LIMIT
    assert sum(piece >= VOCABULARY for piece in made.pieces) == 4
