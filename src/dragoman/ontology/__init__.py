"""The coding scheme: event types, modes, contexts, CAMEO codes and scores, read from tables.

The shipped scheme is the folder ``plover`` beside this file (PLOVER 0.8, 2021, and CAMEO). A
scheme of your own is a folder with the same five tables and, in its folder ``patterns``, event patterns
of its own (``coding/patterns``); the loaders check them and name file and line of every mistake.
"""

from __future__ import annotations

from dragoman.ontology.scheme import Context, EventMode, EventTypeRow, Ontology
from dragoman.ontology.tables import load

__all__ = ["Context", "EventMode", "EventTypeRow", "Ontology", "load"]
