"""Pages of a web archive (WARC 1.0 and 1.1, also gzipped): the HTML answers, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from dragoman.errors import InputError, LimitExceeded
from dragoman.limits import Limits
from dragoman.reading import compressed
from dragoman.reading.sources import Opened

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_LONGEST_LINE = 65_536


def pages(stream: IO[bytes], source: str, limits: Limits) -> Iterator[Opened | InputError]:
    """Every HTML answer with status 200 in the archive; what cannot be read, as its error.

    ``Opened.source`` is ``source:N``, N the 1-based number of the record.
    """
    number = 0
    while True:
        headers = _record_headers(stream)
        if headers is None:
            return
        number += 1
        name = f"{source}:{number}"
        try:
            length = int(headers.get("content-length", ""))
        except ValueError:
            yield InputError(
                source, "a record without a length; the rest is lost", str(number), "damaged"
            )
            return
        if length > limits.input_bytes:
            _skip(stream, length)
            yield LimitExceeded(source, f"{length:,} bytes in a record", str(number), "limit")
            continue
        block = stream.read(length)
        if len(block) < length:
            yield InputError(source, "the archive is cut short", str(number), "truncated")
            return
        if headers.get("warc-type") == "response":
            try:
                page = _page(block, name, headers.get("warc-target-uri"), limits)
            except InputError as error:
                yield error
                continue
            if page:
                yield page


def _record_headers(stream: IO[bytes]) -> dict[str, str] | None:
    """Headers of the next record, names in small letters; None at the end."""
    line = stream.readline(_LONGEST_LINE)
    while line in (b"\r\n", b"\n"):
        line = stream.readline(_LONGEST_LINE)
    if not line.startswith(b"WARC/"):
        return None
    return _headers(iter(lambda: stream.readline(_LONGEST_LINE), b""))


def _headers(lines: Iterator[bytes]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        if not line.strip():
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        found[name.strip().lower()] = value.strip()
    return found


def _skip(stream: IO[bytes], length: int) -> None:
    while length > 0:
        piece = stream.read(min(length, 1 << 20))
        if not piece:
            return
        length -= len(piece)


def _page(block: bytes, name: str, url: str | None, limits: Limits) -> Opened | None:
    """The page of one HTTP answer; None when it is no page or no success."""
    head, separator, body = block.partition(b"\r\n\r\n")
    if not separator or not head.startswith(b"HTTP/"):
        return None
    lines = head.split(b"\r\n")
    headers = _headers(iter(lines[1:]))
    kind = headers.get("content-type", "").lower()
    if b" 200" not in lines[0] or "html" not in kind:
        return None
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined_chunks(body)
    data = compressed.expand(body, name, limits)
    charset = _CHARSET.search(kind)
    address = (url or "").strip("<>") or None
    return Opened(
        name, data=data, url=address, charset=charset.group(1) if charset else None, is_page=True
    )


def _joined_chunks(body: bytes) -> bytes:
    """The body of a chunked answer; the bytes as they are when they are not chunked after all."""
    pieces: list[bytes] = []
    position = 0
    while True:
        end = body.find(b"\r\n", position)
        try:
            size = int(body[position:end].split(b";")[0], 16) if end > 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return b"".join(pieces) or body
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + size])
        position = end + 2 + size + 2
