"""What all record types have in common: frozen, comparable, plain JSON data in and out."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


def _to_json(value: Any) -> Any:
    """Plain JSON data for any value found inside a record."""
    if isinstance(value, JsonType):
        return value.to_dict()
    if isinstance(value, (list, tuple)):
        return [_to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: _to_json(item) for key, item in value.items()}
    return value


def _from_json(kind: Any, value: Any) -> Any:
    """The value of type ``kind`` that ``value`` (plain JSON data) stands for."""
    if value is None:
        return None
    origin = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = next(item for item in arguments if item is not type(None))
        return _from_json(inner, value)
    if origin is tuple:
        return tuple(_from_json(arguments[0], item) for item in value)
    if isinstance(kind, type) and issubclass(kind, JsonType):
        return kind.from_dict(value)
    if isinstance(kind, type) and issubclass(kind, tuple):  # named: class Events(tuple[Event, ...])
        return kind(_from_json(vars(kind)["__orig_bases__"][0], value))
    return value


def _needed(item: dataclasses.Field[Any]) -> bool:
    """Whether a field has no default."""
    return item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING


@dataclass(frozen=True)
class JsonType:
    """Base of all record types: frozen, comparable, JSON in and out.

    Fields whose name starts with an underscore are for use inside one process and never
    leave it as JSON.
    """

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data, keys in the order of the fields."""
        return {
            item.name: _to_json(getattr(self, item.name))
            for item in dataclasses.fields(self)
            if not item.name.startswith("_")
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The value that ``data`` stands for. Unknown keys are ignored (newer writers add keys).

        Raises:
            TypeError: ``data`` is no dictionary, or a required key is missing.
        """
        hints = typing.get_type_hints(cls)
        fields = {item.name: item for item in dataclasses.fields(cls)}
        if not isinstance(data, Mapping):
            raise TypeError(f"{cls.__name__} wants a dictionary, not {type(data).__name__}")
        if missing := [name for name, item in fields.items() if name not in data and _needed(item)]:
            raise TypeError(f"{cls.__name__} wants the keys {', '.join(missing)}")
        return cls(**{k: _from_json(hints[k], v) for k, v in data.items() if k in fields})

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return dataclasses.replace(self, **changes)
