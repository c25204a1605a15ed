"""Record types: JSON there and back, offsets of paragraphs, identity of stories."""

from __future__ import annotations

import datetime
import json

import numpy
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.model import Events, Note, Record, Span, Story


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


def test_a_date_is_a_day_however_it_is_given() -> None:
    day = datetime.date(2030, 1, 2)
    for told in (day, datetime.datetime(2030, 1, 2, 5), "2030-01-02", "2030-01-02T05:00:00Z"):
        assert Story(text="a", published=told).published == "2030-01-02"  # type: ignore[arg-type]
    assert Story(text="a", published="").published is None
    with pytest.raises(InputError, match=r"^wire: not a date \(YYYY-MM-DD\): 'soon'$"):
        Story(text="a", source="wire", published="soon")


def test_what_pandas_has_in_place_of_nothing_is_nothing() -> None:
    for nothing in (pandas.NaT, pandas.NA, float("nan"), None):
        story = Story(text="a", published=nothing, title=nothing, url=nothing, id=nothing)  # type: ignore[arg-type]
        assert story == Story(text="a")
    assert Story(text="a", id=numpy.int64(7)).id == "7"  # type: ignore[arg-type]


def test_what_follows_from_a_changed_field_changes_too() -> None:
    story = Story(text="One.\n\nTwo.", published="2030-01-01", published_basis="metadata")
    changed = story.replace(text="Three.", published="2030-02-01")
    assert changed == Story(text="Three.", published="2030-02-01", published_basis="given")
    assert story.replace(title="T").id == Story(text=story.text, title="T").id
    assert story.replace(url="http://x") == Story.from_dict({**story.to_dict(), "url": "http://x"})
    assert story.replace(id="own").replace(text="Three.").id == "own"


def test_a_slice_of_events_is_events(record: Record) -> None:
    part = record.events[:1]
    assert type(part) is Events
    assert part == (record.events[0],)
    assert part.to_arrow().num_rows == 1


def test_what_is_no_story_or_record_is_named_in_one_line() -> None:
    with pytest.raises(InputError, match=r"^the story: its text is a string, not NoneType$"):
        Story(text=None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^Record wants a dictionary, not NoneType$"):
        Record.from_dict(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^Note wants the keys message$"):
        Note.from_dict({"code": "a"})
