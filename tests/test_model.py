"""Record types: JSON there and back, offsets of paragraphs, identity of stories."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Record, Span, Story


def test_a_record_survives_json(record: Record) -> None:
    again = Record.from_dict(json.loads(json.dumps(record.to_dict())))
    assert again == record
    assert type(again.events) is type(record.events)


def test_unknown_keys_are_ignored() -> None:
    assert Story.from_dict({"text": "A.", "brand_new": 1}).text == "A."


def test_a_missing_key_is_an_error() -> None:
    with pytest.raises(TypeError):
        Span.from_dict({"start": 1})


@given(st.text())
def test_paragraphs_are_trimmed_slices_of_the_text(text: str) -> None:
    for block in Story(text=text).paragraphs:
        piece = text[block.start : block.end]
        assert piece
        assert piece == piece.strip()


def test_the_id_follows_the_content() -> None:
    assert Story(text="a").id == Story(text="a", url="http://x").id
    assert Story(text="a").id != Story(text="b").id
    assert Story(text="\ud800").id


def test_a_given_date_says_so() -> None:
    assert Story(text="a", published="2030-01-01").published_basis == "given"
