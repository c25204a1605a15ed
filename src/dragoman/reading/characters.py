"""Bytes to clean text: character sets, byte-order marks, control characters, mojibake."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from dataclasses import dataclass

from dragoman.errors import InputError
from dragoman.model import Note
from dragoman.printing import without_sequences

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"FEA1", "a Feather table"),
    (b"ARROW1", "an Arrow table"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3", "an SQLite file"),
    (b"ID3", "an audio file"),
    (b"\x00\x00\x00\x18ftyp", "a video file"),
    (b"\x00\x00\x00\x20ftyp", "a video file"),
    (b"wOF2", "a font"),
)
_OFFICE = (  # a part of the archive, what it is and what to do
    (b"ppt/presentation", "a PowerPoint file; save its words as plain text"),
    (b"opendocument.spreadsheet", "a spreadsheet; save the sheet as CSV (UTF-8) or .xlsx"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
# Web pages that declare Latin-1 are written in Windows-1252 (WHATWG Encoding Standard).
_WEB_NAMES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
              "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
              "iso-8859-9": "cp1254", "euc-kr": "cp949", "ks_c_5601-1987": "cp949"}  # fmt: skip
_BEYOND = re.compile(rb"[\x80-\xff]")
_NOT_WESTERN = re.compile(rb"[\xc0-\xff]{2}|[\x81\x8d\x8f\x90\x9d]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOJIBAKE = re.compile("(?:â€[™œ\x9d˜¦“”\x93\x94]|Ã[©¨¤¶¼±³¡\xad]|Â[\xa0£©«»°])")
_LOST_BYTE = re.compile(r"â€(?=[\s.,;:!?)\]<]|$)", re.M)
"""A closing quotation mark whose last byte Windows-1252 does not know, and whoever wrote the text dropped."""
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8});")
_LINE_TAG = re.compile(r"<(?:br|/?(?:p|div|li))\b[^<>]{0,200}>", re.I)
_WORD_TAG = re.compile(r"</?(?:a|b|em|font|i|span|strong|sub|sup|u)\b[^<>]{0,500}>", re.I)
_FEWEST_WIDE = 20
_WESTERN = {
    ord(letter): byte
    for byte in range(0x80, 0xA0)
    if (letter := bytes([byte]).decode("cp1252", "ignore"))
}
_ESCAPED_TWICE = 2  # "&amp;#8217;" is an apostrophe
_REMOVED = dict.fromkeys(
    [*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0),
     0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A),
     0xFFFE, 0xFFFF]
)  # fmt: skip
_SPACES = dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_BREAKS = {0x0D: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n\n", 0x0C: "\n\n"}
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}  # fmt: skip
_PLAIN = {
    chr(code): new or "" for code, new in {**_REMOVED, **_SPACES, **_BREAKS, **_LIGATURES}.items()
}
_ODD = re.compile("[" + "".join(re.escape(character) for character in _PLAIN) + "]")


@dataclass(frozen=True)
class Decoded:
    """Text, the character set it was in, and what was doubtful."""

    text: str
    charset: str
    notes: tuple[Note, ...] = ()


def decode(data: bytes, source: str, declared: str | None = None) -> Decoded:
    """The text that ``data`` stands for.

    Order of trust: byte-order mark, valid UTF-8, the declared set (header, then ``charset=`` in
    the first 4,096 bytes), a guess from the bytes. Text is not yet cleaned (see ``clean``).

    Args:
        source: name for error messages.
        declared: character set from a transfer header, if any.

    Raises:
        InputError: the bytes are not text ("binary") or empty ("empty").
    """
    if not data.strip():
        raise InputError(source, "the input is empty", code="empty")
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(name, "replace"), name)
    if wide := _wide_set(data):
        return Decoded(data.decode(wide, "replace"), wide)
    refuse_binary(data, source)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        nearly = _nearly_utf8(data, error)
        if nearly:
            return nearly
    declaration = _DECLARED.search(data[:4096])
    inner = declaration.group(1).decode("ascii") if declaration else None
    for candidate in (declared, inner):
        found = _try(data, candidate)
        if found is not None:
            return Decoded(found, str(candidate))
    return _guess(data)


def _wide_set(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of a Western text is nought, the others are its letters."""
    head = data[:2_000]
    for name, letters, noughts in (
        ("utf-16-le", head[::2], head[1::2]),
        ("utf-16-be", head[1::2], head[::2]),
    ):
        if (
            len(head) >= _FEWEST_WIDE
            and letters.count(0) == 0
            and noughts.count(0) > 0.8 * len(noughts)
        ):
            return name
    return None


def refuse_binary(data: bytes, source: str) -> None:
    """Raise InputError when ``data`` is plainly no text."""
    if data.startswith(b"PK\x03\x04"):
        for part, what in _OFFICE:
            if part in data:
                raise InputError(source, f"this is {what}", code="binary")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(source, f"this is {what}, not text or a page", code="binary")
    if data[257:262] == b"ustar":
        raise InputError(source, "this is a tar archive; unpack it first", code="binary")
    head = data[:8192]
    control = sum(head.count(bytes([code])) for code in (*range(1, 8), *range(14, 27), 28, 29))
    if head.count(0) > max(8, len(head) // 100) or control > max(8, len(head) // 50):
        raise InputError(source, "binary data, not text or a page", code="binary")


def _nearly_utf8(data: bytes, error: UnicodeDecodeError) -> Decoded | None:
    """UTF-8 with a few broken bytes (a cut file, a bad paste), else None."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    valid = sum(1 for character in text[:200_000] if character > "\x7f") - broken
    if (
        broken <= 3 and (valid > 10 * broken or error.start >= len(data) - 4)
    ) or valid > 50 * broken:
        note = Note("charset", f"{broken} byte sequences are not valid UTF-8 and were replaced")
        return Decoded(text, "utf-8", (note,))
    return None


def _try(data: bytes, name: str | None) -> str | None:
    """The text in the named set, or None when the name is unknown or the bytes do not fit."""
    if not name:
        return None
    name = _WEB_NAMES.get(name.lower(), name.lower())
    if name.replace("-", "").startswith("utf"):
        return None  # was tried, or has no byte-order mark and is most likely a lie
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None


def _guess(data: bytes) -> Decoded:
    """The most likely set by the frequencies of bytes; Windows-1252 for English with a few
    accents or curly quotes, too few to tell sets apart by, and when nothing fits."""
    from charset_normalizer import from_bytes

    head = data[:65_536]
    best = None if _is_western(head) else from_bytes(head).best()
    text = _try(data, best.encoding) if best else None
    name = str(best.encoding) if best and text is not None else "cp1252"
    if text is None:
        text = data.decode("cp1252", "replace")
    return Decoded(text, name, (Note("charset", f"character set not declared; read as {name}"),))


def _is_western(data: bytes) -> bool:
    """Whether hardly a byte is beyond ASCII, never two letters side by side, as in Windows-1252."""
    few = 20 * len(_BEYOND.findall(data)) <= len(data)
    return few and not _NOT_WESTERN.search(data)


def clean(text: str, *, markup: bool = False) -> tuple[str, tuple[Note, ...]]:
    """Text without control characters, in NFC, lines ended by ``\\n``; and what was repaired.

    Soft hyphens, zero-width and direction marks go; all spaces become plain spaces; lone
    surrogates become U+FFFD; text that was UTF-8 read as Windows-1252 is turned back.

    Args:
        markup: leave invisible characters and NFC to ``plain_characters``, block by block, since
            most of a page is no text and entities hide the rest.
    """
    notes: list[Note] = []
    if "\x00" in text:
        text = text.replace("\x00", "")
        notes.append(Note("control", "NUL characters were removed"))
    text, broken = _SURROGATE.subn("\ufffd", text)
    if broken:
        notes.append(Note("surrogate", f"{broken} lone surrogates were replaced"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(_MOJIBAKE.findall(text)) + len(_LOST_BYTE.findall(text)) >= 2:
        text, note = _repair(text)
        notes.append(note)
    if text != (bare := without_sequences(text)):
        text = bare
        notes.append(Note("control", "control sequences of a terminal were removed"))
    if not markup:
        text = plain_characters(_unescaped(text).replace("\t", " "))
    return text, tuple(notes)


def unescaped(text: str) -> str:
    """The text with its entities as characters, also those that were escaped twice."""
    for _ in range(_ESCAPED_TWICE):
        if _ENTITY.search(text):
            text = html.unescape(text)
    return text


def _unescaped(text: str) -> str:
    """Text that a database kept as a page's source: entities as characters, tags of lines and words gone."""
    text = unescaped(text)
    if "<" in text:
        text = _WORD_TAG.sub("", _LINE_TAG.sub("\n", text))
    return text


def plain_characters(text: str) -> str:
    """The text in NFC, without control sequences and invisible characters, every space a plain one.

    A search costs a tenth of ``str.translate``.
    """
    text = without_sequences(text)
    text = _ODD.sub(lambda match: _PLAIN[match[0]], text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _repair(text: str) -> tuple[str, Note]:
    """Mojibake undone line by line where the bytes allow it, and the note that says so."""
    lines = []
    for line in _LOST_BYTE.sub("â€\x9d", text).split("\n"):
        try:
            line = _western_bytes(line).decode("utf-8") if _MOJIBAKE.search(line) else line
        except UnicodeError:
            line = _MOJIBAKE.sub(_repair_pair, line)
        lines.append(line)
    return "\n".join(lines), Note("mojibake", "UTF-8 that was read as Windows-1252 was turned back")


def _repair_pair(match: re.Match[str]) -> str:
    try:
        return _western_bytes(match.group()).decode("utf-8")
    except UnicodeError:
        return match.group()


def _western_bytes(text: str) -> bytes:
    """The text in Windows-1252 as browsers write it: the five bytes that stand for no letter are themselves.

    Raises:
        UnicodeError: a character has no byte there.
    """
    return text.translate(_WESTERN).encode("latin-1")
