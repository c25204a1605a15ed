"""Pages saved as one file with their pictures (MHTML), and mails: the page in them."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace

from dragoman.errors import InputError
from dragoman.reading.sources import Opened

_HEADER = re.compile(rb"\s*(?:[A-Za-z][A-Za-z-]{0,40}:[^\n]*\n(?:[ \t][^\n]*\n){0,50}){1,100}")
_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.I | re.M)
_MIME = re.compile(rb"^mime-version:", re.I | re.M)
_HEAD = 20_000


def is_mhtml(data: bytes) -> bool:
    """Whether bytes begin with the header of a message of several parts."""
    header = _HEADER.match(data[:_HEAD])
    return bool(header and _MULTIPART.search(header[0]) and _MIME.search(header[0]))


def page_of(opened: Opened) -> Opened:
    """The page (or, where there is none, the text) in a message of several parts, with its address.

    Raises:
        InputError: there is neither.
    """
    message = email.message_from_bytes(opened.data or b"", policy=email.policy.default)
    body = message.get_body(("html", "plain"))
    data = body.get_payload(decode=True) if body is not None else None
    if body is None or not isinstance(data, bytes):
        raise InputError(opened.source, "a message that holds no page and no text", code="mhtml")
    address = str(message["Snapshot-Content-Location"] or body["Content-Location"] or "").strip()
    return replace(
        opened,
        data=data,
        charset=body.get_content_charset(),
        is_page=body.get_content_subtype() == "html",
        url=opened.url or (address if address.startswith("http") else None),
    )
