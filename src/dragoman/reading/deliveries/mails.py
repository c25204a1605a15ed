"""Mails, one (.eml) or many in one file (mbox): a press release or an alert with its subject, sender and day."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from dragoman.reading.deliveries.entry import Delivered

_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n){0,100}){2,200}")
_MAIL = re.compile(rb"^(?:from|to|subject|date|received|delivered-to):", re.I | re.M)
_SAVED_PAGE = re.compile(rb"^(?:snapshot-content-location|from: <?saved by)", re.I | re.M)
_NAMES = 3
_BOX_LINE = rb"From \S+[^\n]*\d{4}[^\n]*\r?\n"
_BOX = re.compile(rb"\s*" + _BOX_LINE)
_NEXT = re.compile(rb"(?:\r?\n){2}" + _BOX_LINE)
_HEAD = 40_000
_PREFIX = re.compile(r"(?:(?:re|fwd?|tr|aw|wg)\s*:\s*)+", re.I)
_PASSED_ON = re.compile(r"(?:(?:re|aw|sv)\s*:\s*)*(?:fwd?|wg|tr|rv|enc)\s*:", re.I)
_FORWARD = re.compile(r"^\W*(?:begin )?(?:forwarded|original) message\b", re.I | re.M)
_INNER_HEADER = re.compile(
    r"^[> \t]*\*?From:\*?[ \t]*(?P<sender>\S.*)\n"
    r"(?P<rest>(?:[> \t]*\n){0,1}(?:[> \t]*\*?(?:Sent|Date|To|Cc|Subject|Reply-To):\*?.*\n(?:[> \t]*\n){0,1}){2,8})",
    re.I | re.M,
)
_INNER_PART = re.compile(
    r"^[> \t]*\*?(?P<name>Sent|Date|Subject):\*?[ \t]*(?P<words>.*)$", re.I | re.M
)
_QUOTED = re.compile(r"^>[ \t]?", re.M)
_ENOUGH = 200
"""Code points of what was forwarded, below which the mail is told as it came."""
_TAG = re.compile(r"<[a-z!/][^<>]{0,2000}>", re.I)


def fits(data: bytes) -> bool:
    """Whether bytes are a mail or a box of mails (a page saved as one file is neither)."""
    head = _BOX.sub(b"", data[:_HEAD], count=1).lstrip()
    header = _HEADER.match(head)
    if header is None or _SAVED_PAGE.search(header[0]):
        return False
    return len({name.lower() for name in _MAIL.findall(header[0])}) >= _NAMES


def entries(data: bytes, name: str) -> Iterator[Delivered]:
    """The mails of a file, in order."""
    box = _BOX.match(data)
    mails = _NEXT.split(data[box.end() :]) if box else [data]
    for number, mail in enumerate(mails, start=1):
        yield _entry(mail, f"{name}:{number}")


def _entry(data: bytes, source: str) -> Delivered:
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = {
        "title": _PREFIX.sub("", _header(message, "subject"), count=1),
        "publisher": parseaddr(_header(message, "from"))[0],
        "published": _day(_header(message, "date")),
    }
    body = _body(message)
    if _PASSED_ON.match(_header(message, "subject")) or _FORWARD.search(body):
        body, told = _forwarded(body)
        parts |= told
    return Delivered(source, body, {name: words for name, words in parts.items() if words})


def _forwarded(body: str) -> tuple[str, dict[str, str]]:
    """The mail that was passed on in a mail, the innermost one, and what its own lines say of it.

    Where they stand over little, less than who passed it on wrote himself, the mail is told as it came.
    """
    body = body.replace("\r\n", "\n")
    for header in reversed(list(_INNER_HEADER.finditer(body))):
        found = {
            part["name"].lower(): part["words"].strip()
            for part in _INNER_PART.finditer(header["rest"])
        }
        words = (
            _QUOTED.sub("", body[header.end() :])
            if header[0].startswith(">")
            else body[header.end() :]
        )
        if "subject" in found and len(words.strip()) >= max(_ENOUGH, header.start() // 2):
            sender = parseaddr(header["sender"])[0]
            told = {
                "title": _PREFIX.sub("", found["subject"], count=1),
                "publisher": sender or header["sender"].partition("<")[0].strip(" \"'*"),
                "published": _day(found.get("sent") or found.get("date") or ""),
            }
            return words, {name: part for name, part in told.items() if part}
    return body, {}


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message[name] or "").split())
    except (ValueError, IndexError, LookupError):  # a header that no standard allows
        return ""


def _day(told: str) -> str:
    try:
        return parsedate_to_datetime(told).date().isoformat() if told else ""
    except (ValueError, TypeError, IndexError):
        return told


def _body(message: EmailMessage) -> str:
    """The mail's text; of one in HTML alone the text of its lines."""
    from dragoman.reading.feeds import lines_of_markup

    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        text = data.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return lines_of_markup(text) if part.get_content_subtype() == "html" else text
