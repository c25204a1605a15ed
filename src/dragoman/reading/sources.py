"""What a ``source`` is (path, bytes, page, text, address) and its bytes, within the limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path

from dragoman.errors import InputError, LimitExceeded
from dragoman.limits import Limits
from dragoman.reading import compressed

_ANY_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}://\S+", re.I)
_ADDRESS = re.compile(r"https?://\S+", re.I)
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}[a-z_]*/(?=https?://)", re.I)
_LONGEST_PATH = 1_000
_LOOKS_LIKE_PATH = re.compile(
    r"[^\s<>]{1,400}\.[A-Za-z0-9]{1,8}|[~./\\][^\n<>]{0,400}/[^\n<>]{0,400}"
)
NAME_LENGTH = 80
"""Code points of a text that stand for its name in messages."""


Marks = tuple[tuple[str, str], ...]
"""Request headers by which a server knows whether what it sent has changed."""


@dataclass(frozen=True)
class Opened:
    """The content of one input: bytes, or text when it came as a string; its name and address."""

    source: str
    data: bytes | None = None
    text: str | None = None
    url: str | None = None
    charset: str | None = None
    is_page: bool | None = None
    """True when the sender said it is HTML; None when it is to be found out."""
    marks: Marks = ()
    """Of what a server sent: to be given the next time it is asked."""
    unchanged: bool = False
    """Whether the sender said that it is as it was when the marks were given; then there is no content."""


def open_source(source: str | Path | bytes | Opened, limits: Limits, marks: Marks = ()) -> Opened:
    """The content of ``source``.

    What is opened already is only decompressed. A string is an address when it starts with ``http://`` or ``https://``; a page or text when it
    holds a line break, a tag or is no existing path; a path otherwise.

    Args:
        marks: of an address, those of an earlier answer: content that is as it was is not sent again.

    Raises:
        InputError: missing, unreadable, a folder, not decompressable.
        LimitExceeded: larger than ``limits``.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        source = Opened("bytes", data=bytes(source))
    if isinstance(source, Opened):
        name = source.source
        data = compressed.expand(source.data or b"", name, limits)
        return replace(source, data=_within(data, name, limits)) if source.text is None else source
    if isinstance(source, Path):
        return open_file(source, limits)
    if not isinstance(source, str):
        raise InputError(
            type(source).__name__, "not a path, address, text, page or bytes", code="type"
        )
    stripped = source.strip()
    if is_address(stripped):
        from dragoman.reading.fetch import fetch

        return fetch(stripped, limits, marks)
    if has_scheme(stripped):
        raise InputError(
            stripped,
            "only http and https addresses are read, and files by their path",
            code="address",
        )
    if is_path(stripped):
        return open_file(Path(stripped), limits)
    name = " ".join(stripped[:NAME_LENGTH].split()) or "text"
    if len(source) > limits.input_bytes:
        raise LimitExceeded(
            name,
            f"{len(source):,} characters; at most {limits.input_bytes:,} are read",
            code="limit",
        )
    return Opened("text", text=source)


def has_scheme(text: str) -> bool:
    """Whether a string is an address of any kind (``ftp://...``, ``file:///...``), one that is read or not."""
    return _ANY_ADDRESS.fullmatch(text.strip()) is not None


def is_address(text: str) -> bool:
    """Whether a string is an address that can be fetched."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def original_address(address: str | None) -> str | None:
    """The address of a page that a web archive kept, without the archive's own part."""
    return _ARCHIVED.sub("", address, count=1) if address else address


def is_path(text: str) -> bool:
    """Whether a string names a file: it exists, or it is one word with an ending and no such text."""
    if not text or "\n" in text or "<" in text or "\x00" in text or len(text) > _LONGEST_PATH:
        return False
    if has_scheme(text):
        return False
    try:
        if Path(text).exists():
            return True
    except (OSError, ValueError):
        return False
    return _LOOKS_LIKE_PATH.fullmatch(text) is not None


def open_file(path: Path, limits: Limits) -> Opened:
    """The decompressed bytes of one file.

    Raises:
        InputError: missing, a folder, unreadable, damaged compression.
        LimitExceeded: larger than ``limits``.
    """
    name = str(path)
    data = read_bytes(path, limits)
    return Opened(name, data=compressed.expand(data, name, limits), is_page=None)


def open_stored(path: Path) -> BufferedReader:
    """The file's bytes as a stream, compressed as they are.

    Raises:
        InputError: missing or unreadable.
    """
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise InputError(str(path), "no such file", code="missing") from None
    except PermissionError:
        raise InputError(str(path), "no permission to read it", code="permission") from None
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error}", code="unreadable") from None


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The file's bytes as they are, at most ``limits.input_bytes``."""
    name = str(path)
    try:
        if path.is_dir():
            raise InputError(
                name,
                "is a folder, not one story; dragoman code reads all files in it",
                code="folder",
            )
        if not path.is_file() and path.exists():
            raise InputError(name, "is not a plain file", code="type")
        size = path.stat().st_size
        if size > limits.input_bytes:
            raise LimitExceeded(
                name, f"{size:,} bytes; at most {limits.input_bytes:,} are read", code="limit"
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(name, "no such file", code="missing") from None
    except PermissionError:
        raise InputError(name, "no permission to read it", code="permission") from None
    except (OSError, ValueError) as error:
        raise InputError(name, f"cannot be read: {error}", code="unreadable") from None
    return _within(data, name, limits)


def _within(data: bytes, name: str, limits: Limits) -> bytes:
    if len(data) > limits.decompressed_bytes:
        raise LimitExceeded(
            name,
            f"{len(data):,} bytes; at most {limits.decompressed_bytes:,} are read",
            code="limit",
        )
    return data
