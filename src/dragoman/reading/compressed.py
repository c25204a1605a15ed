"""Decompression that cannot fill the memory: gzip, bzip2, xz, Zstandard, and zip of one member."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from typing import IO, Any, cast

from dragoman.errors import InputError, LimitExceeded
from dragoman.limits import Limits

_CHUNK = 1 << 18
_GZIP, _BZIP2, _XZ, _ZSTANDARD, _ZIP = (
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"PK\x03\x04",
)
SUFFIXES = (".gz", ".bz2", ".xz", ".zst", ".zip")


def expand(data: bytes, source: str, limits: Limits) -> bytes:
    """The decompressed bytes; ``data`` itself when it is not compressed.

    Raises:
        LimitExceeded: more than ``limits.decompressed_bytes`` would come out, or the input itself
            is larger than ``limits.input_bytes``.
        InputError: cut short ("truncated") or damaged ("damaged").
    """
    if len(data) > limits.input_bytes:
        raise LimitExceeded(
            source, f"{len(data):,} bytes; at most {limits.input_bytes:,} are read", code="limit"
        )
    if not is_compressed(data[:6]) or (data.startswith(_ZIP) and not _one_member(data)):
        return data
    with open_stream(io.BytesIO(data), source, data[:6]) as stream:
        return read_bounded(stream, source, limits.decompressed_bytes)


def is_compressed(head: bytes) -> bool:
    """Whether the first six bytes are those of a known compression."""
    return head.startswith((_GZIP, _BZIP2, _XZ, _ZSTANDARD, _ZIP))


def _one_member(data: bytes) -> bool:
    """Whether a ZIP archive holds one plain file (and is no office document or the like)."""
    try:
        return len(_members(archive_of(io.BytesIO(data), ""))) == 1
    except InputError:
        return True  # and opening it says what is wrong


def archive_of(raw: IO[bytes], source: str) -> zipfile.ZipFile:
    """The zip archive in a stream.

    Raises:
        InputError: it is damaged, or of a kind that nothing here reads ("damaged").
    """
    try:
        return zipfile.ZipFile(raw)
    except DAMAGE as error:
        raise InputError(source, f"damaged archive: {error}", code="damaged") from None


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [
        item for item in archive.infolist()
        if not item.is_dir() and not item.filename.startswith("__MACOSX/")
    ]  # fmt: skip


def open_stream(raw: IO[bytes], source: str, head: bytes) -> IO[bytes]:
    """A stream of decompressed bytes over ``raw``, whose first bytes are ``head``.

    Raises:
        InputError: no decoder for this compression, or the archive is damaged.
    """
    if head.startswith(_GZIP):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
    if head.startswith(_BZIP2):
        return bz2.BZ2File(raw)
    if head.startswith(_XZ):
        return lzma.LZMAFile(raw)
    if head.startswith(_ZSTANDARD):
        return _open_zstandard(raw, source)
    if head.startswith(_ZIP):
        archive = archive_of(raw, source)
        members = _members(archive)
        if len(members) != 1:
            raise InputError(source, f"the archive holds {len(members)} files, not one", code="zip")
        try:
            return archive.open(members[0])
        except DAMAGE as error:
            raise InputError(source, f"damaged archive: {error}", code="damaged") from None
    return raw


def _open_zstandard(raw: IO[bytes], source: str) -> IO[bytes]:
    """pyarrow carries a Zstandard decoder; no further dependency is needed."""
    import pyarrow

    try:
        stream: Any = pyarrow.CompressedInputStream(pyarrow.PythonFile(raw, mode="r"), "zstd")
    except (OSError, ValueError) as error:
        raise InputError(source, f"no Zstandard decoder: {error}", code="damaged") from None
    return io.BufferedReader(stream)


def read_bounded(stream: IO[bytes], source: str, most: int) -> bytes:
    """All bytes of a decompressing stream, at most ``most``.

    Raises:
        LimitExceeded, InputError: as ``expand``.
    """
    pieces: list[bytes] = []
    total = 0
    try:
        while piece := stream.read(_CHUNK):
            total += len(piece)
            if total > most:
                raise LimitExceeded(
                    source, f"more than {most:,} bytes after decompression", code="limit"
                )
            pieces.append(piece)
    except EOFError:
        raise InputError(source, "the compressed data are cut short", code="truncated") from None
    except DAMAGE as error:
        raise InputError(source, f"damaged compression: {error}", code="damaged") from None
    return b"".join(pieces)


DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    RuntimeError,
    NotImplementedError,
)
"""What the decoders raise on damaged data; EOFError is of data cut short."""
