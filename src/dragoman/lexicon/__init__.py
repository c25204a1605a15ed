"""Who can act, in tables a political scientist can read and edit. See ``README.md`` beside this.

>>> from dragoman.lexicon import load
>>> lexicon = load()
>>> [entry.id for entry in lexicon.holder("RUS", "foreign-minister", "2021-12-23")]
['sergey-lavrov']
"""

from __future__ import annotations

from dragoman.lexicon.entry import Entry, Match, Name, Tenure
from dragoman.lexicon.lexicon import Lexicon, check, load
from dragoman.lexicon.names import normalise

__all__ = ["Entry", "Lexicon", "Match", "Name", "Tenure", "check", "load", "normalise"]
