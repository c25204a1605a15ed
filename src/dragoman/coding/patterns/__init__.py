"""Event patterns: which words, in which frame, make which event.

One table a type, named after it; EVENTS.md in the folder above says what the columns mean. Every
row carries a sentence that fires it and one that must not: ``check_examples`` runs them all.
"""

from __future__ import annotations

from dragoman.coding.patterns.examples import Failure, check_examples
from dragoman.coding.patterns.match import Hit, Matcher
from dragoman.coding.patterns.syntax import Syntax
from dragoman.coding.patterns.table import NOTHING, Pattern, Patterns, load

__all__ = [
    "NOTHING",
    "Failure",
    "Hit",
    "Matcher",
    "Pattern",
    "Patterns",
    "Syntax",
    "check_examples",
    "load",
]
