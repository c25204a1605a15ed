"""The page of the Python API, made of signatures and docstrings (``docs/build.py`` writes it)."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator
from typing import Any

import dragoman
from dragoman import corpus, errors, exports, model, panel, validation
from dragoman.ledger.scope import Table
from dragoman.model.plain import JsonType

_SECTION = re.compile(r"(Args|Raises|Returns|Yields):")
_ITEM = re.compile(r"(\*{0,2}[\w., *]+?): (.*)")
_ANNOTATION = re.compile(r"(: |-> )'([^']*)'")
_PARTS = (
    ("Reading and coding", (dragoman.load, dragoman.Coder, dragoman.Options, dragoman.read, dragoman.read_many, dragoman.Limits)),
    ("What a record holds", (
        model.Record, model.Story, model.Paragraph, model.Note, model.Entity, model.Event, model.Events, model.When,
        model.Participant, model.Place, model.Counts, model.Count, model.CodedBy, model.Statement, model.Source,
        model.Claim, model.Commitment, model.StatusChange, model.Run, model.Rejection, model.Relation,
    )),
    ("The ledger", (dragoman.open_ledger, dragoman.Ledger, Table)),
    ("Tables, corpora, validation", (
        exports.write, exports.read, corpus.CodedCorpus, corpus.Share, panel.of_tables, validation.draw, validation.write,
        validation.score, validation.agreement,
    )),
    ("Errors", (
        errors.DragomanError, errors.InputError, errors.LimitExceeded, errors.DataError, errors.ModelError,
        errors.LedgerError, errors.UsageError,
    )),
)  # fmt: skip


def page() -> str:
    """The whole page."""
    lines = ["# The Python API", "", "Made by `python docs/build.py`; do not edit. What is not here may change without notice."]  # fmt: skip
    lines += ["", "Everything that a record holds has `to_dict()`, `from_dict(data)` and `replace(**changes)`; what its fields "
              "mean: [the record](record.md). The limits: [limits](limits.md)."]  # fmt: skip
    for title, things in _PARTS:
        lines += ["", f"## {title}"]
        for thing in things:
            lines += ["", *_described(thing)]
    return "\n".join(lines).rstrip() + "\n"


def _described(thing: Any) -> Iterator[str]:
    """Heading, signature and docstring of a function or class; of a class its methods, of a record its fields."""
    yield f"### {_home(thing)}{thing.__name__}"
    yield ""
    if not inspect.isclass(thing):
        yield from (*_signature(thing.__name__, thing), "", *_words(thing))
        return
    yield from _words(thing)
    if dataclasses.is_dataclass(thing):
        yield ""
        yield from _fields(thing)
    for name, method in _methods(thing):
        yield ""
        yield from (*_signature(f".{name}", method), "", *_words(method))


def _home(thing: Any) -> str:
    """The module that a user takes it from, with its dot; empty for what only answers hold."""
    for module in (dragoman, model, errors, exports, corpus, panel, validation):
        if getattr(module, thing.__name__, None) is thing:
            return f"{module.__name__}."
    return ""


def _methods(thing: type) -> Iterator[tuple[str, Any]]:
    """The public methods of a class, its bases' among them, as they stand in the source."""
    seen: set[str] = set()
    for holder in thing.__mro__:
        if not holder.__module__.startswith("dragoman") or holder is JsonType:
            continue
        for name, value in vars(holder).items():
            inner = value.__func__ if isinstance(value, (classmethod, staticmethod)) else value
            if name.startswith("_") or name in seen or not inspect.isfunction(inner):
                continue
            seen.add(name)
            yield name, inner


def _signature(name: str, thing: Any) -> tuple[str, ...]:
    """The call as Python writes it, without ``self``."""
    found = inspect.signature(thing)
    parameters = [p for p in found.parameters.values() if p.name not in ("self", "cls")]
    told = _ANNOTATION.sub(r"\1\2", str(found.replace(parameters=parameters)))
    return ("```text", f"{name}{told}", "```")


def _fields(thing: Any) -> Iterator[str]:
    """A line a field: its name, type, and what stands under it in the source."""
    notes = _field_notes(thing)
    for item in dataclasses.fields(thing):
        told = f": {notes[item.name]}" if item.name in notes else ""
        yield f"- `{item.name}`: `{item.type}`{told}"


def _field_notes(thing: type) -> dict[str, str]:
    """The string under each field of a class."""
    source = inspect.getsource(thing)
    found = re.findall(r'^    (\w+): [^\n]*\n    """(.*?)"""', source, re.M | re.S)
    return {name: " ".join(words.split()) for name, words in found}


def _words(thing: Any) -> Iterator[str]:
    """A docstring as Markdown: its sections as lists, its examples as code."""
    section = False
    code = False
    for line in inspect.cleandoc(thing.__doc__ or "").replace("``", "`").split("\n"):
        example = line.lstrip().startswith(">>>")
        if example != code and (example or not line.strip()):
            yield "```pycon" if example else "```"
            code = example
        if code:
            yield line.strip()
        elif _SECTION.fullmatch(line):
            section = True
            yield f"*{line[:-1]}*"
            yield ""
        elif section and line.startswith("    ") and not line.startswith("     "):
            item = _ITEM.fullmatch(line.strip())
            yield f"- `{item[1]}`: {item[2]}" if item else f"- {line.strip()}"
        else:
            section = section and line.startswith(" ")
            yield f"  {line.strip()}" if section else line
    if code:
        yield "```"
