"""PETRARCH's and TABARI's actor and agent dictionaries, read line by line.

Every line is either taken or reported with its number and reason; nothing is passed over.

    NAME_ [CODE]                       a name and its code
    +SYNONYM_                          another name of the entry above
        [CODE 900101-991231]           its code in a time; also <900101 (before), >991231 (from)
    AGENT {PLURAL} [~SEC]              a role; {} = it has no plural, nothing = a regular one
    !PERSON! = MAN, MEN, WOMAN         a set whose members stand for !PERSON! below
    # comment, ; comment
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

CODE = re.compile(r"\[\s*([^\]}]*?)\s*[\]}]")
SET = re.compile(r"^!(\w+)!\s*=\s*(.+)$")
RANGE = re.compile(r"^(\d{6}|\d{8})\s*-\s*(\d{6}|\d{8})$")
BOUND = re.compile(r"^([<>])\s*(\d{6}|\d{8})$")
DAY = re.compile(r"^(\d{6}|\d{8})$")
SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "to", "on", "de", "la", "al", "bin"})
TURN_OF_CENTURY = 30  # PETRARCH: a two-digit year above 30 is of the twentieth century
FOREVER = "9999-12-31"


@dataclass(frozen=True)
class Coded:
    """A code with the days it holds: ``since`` inclusive, ``until`` exclusive, "" = open."""

    code: str
    since: str
    until: str
    line: int


@dataclass
class Block:
    """A name with its synonyms and codes."""

    name: str
    line: int
    synonyms: list[str] = field(default_factory=list)
    codes: list[Coded] = field(default_factory=list)


@dataclass(frozen=True)
class Agent:
    """A role with its plurals and CAMEO sectors ("GOVMED")."""

    phrase: str
    plurals: tuple[str, ...]
    code: str
    line: int


@dataclass(frozen=True)
class Report:
    """A line that could not be taken as it stands, and what was done about it."""

    file: str
    line: int
    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}: {self.text.strip()[:80]}"


@dataclass
class Dictionary:
    """Everything read from the files: ``lines`` counts them by what became of them."""

    blocks: list[Block] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        """One more line of this kind: blank, comment, name, synonym, code, agent, set, reported."""
        self.lines[what] = self.lines.get(what, 0) + 1


def read_dictionary(file: str, lines: Iterable[str], into: Dictionary) -> None:
    """Read one dictionary file into ``into``.

    Args:
        file: the name shown in reports.
        lines: its lines, decoded.
    """
    reader = _Reader(file, into)
    for number, line in enumerate(lines, start=1):
        into.count(reader.take(number, line.rstrip("\r\n")))
    reader.close()


class _Reader:
    """What has to be remembered between the lines of one file."""

    def __init__(self, file: str, into: Dictionary) -> None:
        self.file = file
        self.into = into
        self.sets: dict[str, list[str]] = {}
        self.block: Block | None = None

    def take(self, number: int, line: str) -> str:
        """What the line is; a line that cannot be taken is reported."""
        bare = re.split(r"[#;]", line, maxsplit=1)[0].rstrip()
        text = bare.strip()
        if not text:
            return "comment" if line.strip() else "blank"
        found = SET.match(text)
        if found:
            self.sets[found[1]] = [item.strip() for item in found[2].split(",") if item.strip()]
            return "set"
        codes = CODE.findall(text)
        name = CODE.split(text)[0].strip() if codes else text
        if any("~" in code for code in codes):
            return self.agent(number, line, name, codes[0])
        if text.startswith("+"):
            return self.synonym(number, line, name)
        if codes and not name:
            return self.codes(number, line, codes)
        return self.head(number, line, name, codes)

    def head(self, number: int, line: str, name: str, codes: list[str]) -> str:
        """A line that opens an entry."""
        shown = readable(name)
        if not shown:
            return self.report(number, line, "no name")
        if "[" in name or "]" in name or not re.search(r"\w", name):
            return self.report(number, line, "a bracket is missing")
        self.close()
        self.block = Block(shown, number)
        self.into.blocks.append(self.block)
        if codes and self.codes(number, line, codes) == "reported":
            return "reported"
        return "name"

    def synonym(self, number: int, line: str, name: str) -> str:
        """A line that begins with "+"; it may hold several."""
        if self.block is None:
            return self.report(number, line, "a synonym before any name")
        names = [readable(item) for item in re.split(r"\+", name) if item.strip(" _")]
        names = [item for item in names if item]
        if not names:
            return self.report(number, line, "no name")
        self.block.synonyms.extend(names)
        return "synonym"

    def codes(self, number: int, line: str, codes: list[str]) -> str:
        """Codes with their times, on a line of their own or behind a name."""
        if self.block is None:
            return self.report(number, line, "a code before any name")
        taken = "code"
        for text in codes:
            code, _, limits = text.partition(" ")
            try:
                since, until = days(limits.strip())
            except ValueError as error:
                taken = self.report(number, line, str(error))
                continue
            self.block.codes.append(Coded(code.strip(), since, until, number))
        return taken

    def agent(self, number: int, line: str, name: str, code: str) -> str:
        """A role with its plural."""
        self.close()
        phrase, _, rest = name.partition("{")
        phrases = [readable(item, capitals=False) for item in self.filled(phrase)]
        phrases = [item for item in phrases if item]
        sectors = code.replace("~", "").strip()
        if not phrases or not sectors:
            return self.report(number, line, "no role or no code")
        if "!" in "".join(phrases):
            return self.report(number, line, "a set that no line defines")
        plural = readable(rest.rstrip("} "), capitals=False) if rest else ""
        for item in phrases:
            plurals = () if rest or len(phrases) > 1 else (regular_plural(item),)
            given = (plural,) if plural else ()
            self.into.agents.append(Agent(item, given or plurals, sectors, number))
        return "agent"

    def filled(self, phrase: str) -> list[str]:
        """The phrase with each member of the sets it names in their place."""
        for name, members in self.sets.items():
            if f"!{name}!" in phrase:
                return [phrase.replace(f"!{name}!", member) for member in members]
        return [phrase]

    def report(self, number: int, line: str, reason: str) -> str:
        """Note a line that cannot be taken."""
        self.into.reports.append(Report(self.file, number, line, reason))
        return "reported"

    def close(self) -> None:
        """End the open entry; one without any code is reported."""
        block, self.block = self.block, None
        if block is not None and not block.codes:
            reason = "the entry has no code, it stands for nothing"
            self.into.reports.append(Report(self.file, block.line, block.name, reason))
            self.into.blocks.remove(block)


def readable(name: str, capitals: bool = True) -> str:
    """A dictionary name as it is written in text: "AFGHAN_NATIONAL_ARMY_" → "Afghan National Army".

    Names of up to three letters, and such with full stops, stay in capitals ("UN", "U.S.").
    """
    words = [word for word in re.split(r"[_\s]+", name.replace("\x1a", "")) if word]
    if not capitals:
        return " ".join(words).lower()
    if len(words) == 1 and (len(words[0]) <= 3 or "." in words[0]):
        return words[0]
    shown = []
    for place, word in enumerate(words):
        if word.lower() in SMALL_WORDS and place:
            shown.append(word.lower())
        elif word.isupper():
            shown.append("-".join(part.capitalize() for part in word.split("-")))
        else:
            shown.append(word)
    return " ".join(shown)


def regular_plural(phrase: str) -> str:
    """The regular plural of an English noun phrase that ends in its noun."""
    if phrase.endswith("y") and phrase[-2:-1] not in tuple("aeiou"):
        return phrase[:-1] + "ies"
    if phrase.endswith(("s", "x", "z", "ch", "sh")):
        return phrase + "es"
    return phrase + "s"


def days(limits: str) -> tuple[str, str]:
    """The half-open days of a restriction: "900101-991231", "<900101", ">991231", or none.

    A dictionary's last day counts, so the end is the day after it.

    Raises:
        ValueError: it is no restriction, or no date.
    """
    if not limits:
        return "", ""
    found = RANGE.match(limits)
    if found:
        return day(found[1]), after(day(found[2], last=True))
    found = BOUND.match(limits)
    if found:
        return ("", day(found[2])) if found[1] == "<" else (day(found[2]), "")
    if DAY.match(limits):
        return day(limits), after(day(limits))
    raise ValueError(f"{limits!r} is no date restriction")


def day(digits: str, last: bool = False) -> str:
    """A dictionary's date as an ISO day; month or day 00 is the first (or last) of its period.

    Raises:
        ValueError: there is no such day.
    """
    if len(digits) == 6:
        century = 1900 if int(digits[:2]) > TURN_OF_CENTURY else 2000
        digits = str(century + int(digits[:2])) + digits[2:]
    year, month, number = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if month == 0:
        month = 12 if last else 1
    if number == 0:
        number = 28 if last else 1
    try:
        return datetime.date(year, month, number).isoformat()
    except ValueError as error:
        raise ValueError(f"{digits!r} is no day of the calendar") from error


def after(iso: str) -> str:
    """The day after."""
    return (datetime.date.fromisoformat(iso) + datetime.timedelta(days=1)).isoformat()


def settled(codes: list[Coded]) -> list[Coded]:
    """Codes whose times no longer overlap: as in PETRARCH, the first that fits a day wins.

    Where one code ends on the day another begins, the day belongs to the later one.
    """
    starts = {item.since for item in codes if item.since}
    taken: list[tuple[str, str]] = []
    left: list[Coded] = []
    for item in codes:
        until = item.until
        if until and until != FOREVER:
            before = (datetime.date.fromisoformat(until) - datetime.timedelta(days=1)).isoformat()
            until = before if before in starts and before > item.since else until
        pieces = [(item.since, until or FOREVER)]
        for begin, end in taken:
            pieces = [
                piece
                for start, stop in pieces
                for piece in ((start, min(stop, begin)), (max(start, end), stop))
                if piece[0] < piece[1]
            ]
        for start, stop in pieces:
            taken.append((start, stop))
            end = "" if stop == FOREVER else stop
            left.append(Coded(item.code, start, end, item.line))
    return left
