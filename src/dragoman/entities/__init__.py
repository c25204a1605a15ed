"""Who is meant: phrases and mentions to entities. See ``README.md`` beside this."""

from __future__ import annotations

from dragoman.entities.find import find
from dragoman.entities.homes import hashes
from dragoman.entities.index import EntityIndex
from dragoman.entities.resolve import Resolver

__all__ = ["EntityIndex", "Resolver", "find", "hashes"]
