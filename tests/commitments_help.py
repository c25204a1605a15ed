"""Codes short stories for the tests of commitments; a story is coded once."""

from __future__ import annotations

from functools import cache

import dragoman
from dragoman.model import Commitment, Record, Story

DAY = "2021-12-23"  # a Thursday


@cache
def _coder() -> dragoman.Coder:
    return dragoman.load()


@cache
def coded(text: str, day: str = DAY) -> Record:
    return _coder().code(Story(text=text, published=day))


def bonds(text: str, kind: str) -> list[Commitment]:
    """The commitments of one kind in a story."""
    return [item for item in coded(text).commitments if item.kind == kind]


def names(record: Record, ids: tuple[str, ...]) -> set[str]:
    return {item.name for key in ids if (item := record.entity(key)) is not None}
