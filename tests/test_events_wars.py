"""Dispatches on wars: who strikes whom, on what day, with how many dead, and what nobody is told to have done.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Event, Record, Story


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def read(coder: Coder, text: str) -> Record:
    return coder.code(Story(text=text, published="2025-11-20"))


def told_at(record: Record, word: str) -> Event:
    """The event whose trigger is a word."""
    return next(
        e for e in record.events if record.story.text[e.trigger.start : e.trigger.end] == word
    )


AHEAD = [
    "The envoy of Oman was due to arrive in Goma on Friday with a plan to end the siege.",
    "Mali was to sign the truce on Friday.",
]  # fmt: skip


@pytest.mark.parametrize("text", AHEAD)
def test_what_was_due_lies_ahead(coder: Coder, text: str) -> None:
    days = [event.date.start for event in read(coder, text).events if event.date is not None]
    assert days == ["2025-11-21"]


def test_who_died_elsewhere_was_not_abducted(coder: Coder) -> None:
    text = (
        "Rebels hijacked a bus in Colombia on Monday and kidnapped Senator Pablo Rey, the army said. At least "
        "four peasants died when a bomb fell on a barn near Neiva, neighbours said."
    )
    event = told_at(read(coder, text), "kidnapped")
    assert event.counts is None
