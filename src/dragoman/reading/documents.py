"""Documents of an office: Word, OpenDocument, RTF and PDF files to the text that stands in them.

What comes out is plain text, a paragraph a line and a blank line between them; what of it is furniture
is judged afterwards, as of any text. Pictures, notes, comments and deleted words are left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from dragoman.errors import InputError, LimitExceeded
from dragoman.limits import Limits
from dragoman.reading.compressed import DAMAGE, archive_of
from dragoman.reading.sources import Opened

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_HEAD = 1_024
_WORD_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_NOTE_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"
_LEFT_OUT = {_TEXT_SPACE + "tracked-changes", _TEXT_SPACE + "note", _NOTE_SPACE}
FAULTS = (*DAMAGE, KeyError, IndexError, TypeError, AttributeError, SyntaxError)
"""What the readers of documents raise on damaged ones."""


def kind_of(data: bytes) -> str | None:
    """What document bytes are: "pdf", "rtf", "docx", "odt", "xlsx", "old" (Word or Excel before 2007); None if none."""
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "pdf"
    if data.startswith(_OLD_OFFICE):
        return "old"
    if data[:64].lstrip().startswith(b"{\\rtf"):
        return "rtf"
    return _kind_of_archive(data) if data.startswith(b"PK\x03\x04") else None


def _kind_of_archive(data: bytes) -> str | None:
    try:
        archive = archive_of(io.BytesIO(data), "")
        names = set(archive.namelist())
        if {"mimetype", "content.xml"} <= names:
            return "odt" if b"opendocument.text" in archive.read("mimetype")[:100] else None
    except (InputError, *DAMAGE):
        return None
    folders = {name.partition("/")[0] for name in names if "[Content_Types].xml" in names}
    return "docx" if "word" in folders else "xlsx" if "xl" in folders else None


def as_text(opened: Opened, limits: Limits) -> Opened:
    """The text of a document in its place; anything else as it came.

    Raises:
        InputError: damaged, locked by a password ("locked"), without text ("empty"), or an old
            Word or Excel file ("binary").
        LimitExceeded: it unpacks to more than ``limits.decompressed_bytes``.
    """
    data = opened.data or b""
    kind = kind_of(data)
    if kind is None or kind == "xlsx":
        return opened
    name = opened.source
    if kind == "old":
        reason = "an old Word, Excel or Outlook file; save it as .docx, .xlsx or .txt"
        raise InputError(name, reason, code="binary")
    if kind in ("docx", "odt"):
        within_limit(data, name, limits)
    try:
        text = "\n\n".join(_READERS[kind](data, name, limits))
    except InputError:
        raise
    except FAULTS as error:
        reason = " ".join(str(error).split())[:160] or type(error).__name__
        raise InputError(name, f"a damaged {kind} file: {reason}", code="damaged") from None
    if not text.strip():
        pictures = " (pictures of pages?)" if kind == "pdf" else ""
        raise InputError(name, f"a {kind} file without text{pictures}", code="empty")
    return replace(opened, data=None, text=text, is_page=False)


def within_limit(data: bytes, name: str, limits: Limits) -> None:
    """Nothing, for a packed document whose parts are together within ``limits.decompressed_bytes``.

    Raises:
        LimitExceeded: they are not.
        InputError: the archive is damaged.
    """
    size = sum(item.file_size for item in archive_of(io.BytesIO(data), name).infolist())
    if size > limits.decompressed_bytes:
        reason = f"{size:,} bytes after decompression; at most {limits.decompressed_bytes:,}"
        raise LimitExceeded(name, reason, code="limit")


def _word(data: bytes, name: str, limits: Limits) -> Iterator[str]:
    """The paragraphs of a Word file, tables' cells among them; titles and headings marked by "#"."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document: Any = docx.Document(io.BytesIO(data))
    except PackageNotFoundError as error:
        raise InputError(name, f"a damaged docx file: {error}", code="damaged") from None
    styles = {style.style_id: style.name or "" for style in document.styles}
    for paragraph in document.element.body.iter(_WORD_SPACE + "p"):
        words = "".join(_word_pieces(paragraph))
        style = styles.get(paragraph.style or "", "")
        mark = "# " if style == "Title" else "## " if style.startswith("Heading") else ""
        yield from (mark + line for line in words.split("\n") if line.strip())


def _word_pieces(paragraph: Any) -> Iterator[str]:
    """The words of a paragraph, those of paragraphs inside it (text boxes) left to them."""
    breaks = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
    for item in paragraph.iter():
        if item.tag == _WORD_SPACE + "t":
            holder = next(item.iterancestors(_WORD_SPACE + "p"))
            if holder is paragraph:
                yield item.text or ""
        elif isinstance(item.tag, str) and item.tag.startswith(_WORD_SPACE):
            yield breaks.get(item.tag.removeprefix(_WORD_SPACE), "")


def _open_document(data: bytes, name: str, limits: Limits) -> Iterator[str]:
    """The paragraphs of an OpenDocument text; headings marked by "#"."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        content = archive_of(io.BytesIO(data), name).read("content.xml")
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(name, f"a damaged odt file: {error}", code="damaged") from None
    for paragraph in tree.iter(_TEXT_SPACE + "p", _TEXT_SPACE + "h"):
        if any(holder.tag in _LEFT_OUT for holder in paragraph.iterancestors()):
            continue
        words = "".join(_open_pieces(paragraph))
        mark = "## " if paragraph.tag.endswith("h") else ""
        yield from (mark + line for line in words.split("\n") if line.strip())


def _open_pieces(element: Any) -> Iterator[str]:
    """The words of an element of an OpenDocument text, notes left out."""
    breaks = {_TEXT_SPACE + "line-break": "\n", _TEXT_SPACE + "tab": "\t", _TEXT_SPACE + "s": " "}
    yield element.text or ""
    for child in element:
        if child.tag not in _LEFT_OUT:
            yield breaks.get(child.tag, "")
            yield from _open_pieces(child)
        yield child.tail or ""


def _rich(data: bytes, name: str, limits: Limits) -> Iterator[str]:
    """The paragraphs of an RTF file; a table's row is one, its cells parted by "|"."""
    from striprtf.striprtf import rtf_to_text

    text = rtf_to_text(data.decode("latin-1"), encoding="cp1252", errors="replace")
    yield from (line for line in re.split(r"[\n\r\f\x0b\u2028\u2029]+", text) if line.strip())


def _portable(data: bytes, name: str, limits: Limits) -> Iterator[str]:
    from dragoman.reading.portable import paragraphs

    return paragraphs(data, name, limits)


_READERS: dict[str, Callable[[bytes, str, Limits], Iterator[str]]] = {
    "docx": _word, "odt": _open_document, "rtf": _rich, "pdf": _portable,
}  # fmt: skip
