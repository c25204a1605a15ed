"""Pages saved by Safari as one file (.webarchive): a property list whose main resource is the page."""

from __future__ import annotations

import plistlib
from dataclasses import replace
from xml.parsers.expat import ExpatError

from dragoman.errors import InputError
from dragoman.reading.sources import Opened

_MARKS = (b"bplist00", b"<?xml")
_MAIN = "WebMainResource"
_FAULTS = (plistlib.InvalidFileException, ExpatError, ValueError, TypeError, AttributeError, LookupError,
           OverflowError, RecursionError)  # fmt: skip
"""What the library raises on lists that are damaged."""


def is_webarchive(data: bytes) -> bool:
    """Whether bytes are a property list that has a page as its main resource."""
    return data.startswith(_MARKS) and _MAIN.encode() in data


def page_of(opened: Opened) -> Opened:
    """The page in the archive, with its address.

    Raises:
        InputError: it is damaged, or holds no page.
    """
    try:
        main = plistlib.loads(opened.data or b"")[_MAIN]
        page, kind = main["WebResourceData"], str(main.get("WebResourceMIMEType") or "text/html")
        address = str(main.get("WebResourceURL") or "")
        charset = str(main.get("WebResourceTextEncodingName") or "") or None
    except _FAULTS as error:
        raise InputError(
            opened.source, f"a damaged web archive of Safari: {error}", code="webarchive"
        ) from None
    if not isinstance(page, bytes) or not kind.startswith("text/"):
        raise InputError(
            opened.source, f"a web archive of Safari that holds no page ({kind})", code="webarchive"
        )
    return replace(
        opened, data=page, charset=charset, is_page="html" in kind,
        url=opened.url or (address if address.startswith("http") else None),
    )  # fmt: skip
