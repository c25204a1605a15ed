"""Plain words for the lines of a brief, the same on the page and in the terminal. Nothing here is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dragoman.ledger.brief.parts import (
    Agreed,
    Brief,
    Change,
    Contested,
    Evidence,
    Happened,
    Undertaking,
    Violation,
)
from dragoman.web.view import UNNAMED, quotable
from dragoman.web.words import mode_name

NAMES = 4  # names of one side; the others are counted
NAME = 60  # characters of one name
TITLE = 100  # of the name of an agreement
LONG_TITLE = 140  # of the title of a story
QUOTE = 170  # characters of the words on a line
SOON = 7  # days ahead
NEXT = 3  # of what is due, told above the sections
_FEW_WORDS = 4  # of a claim, under which its sentence is told
_MADE = {"demand": "demanded", "offer": "offered", "promise": "promised", "threat": "threatened",
         "plan": "planned"}  # fmt: skip
GROUPS = {
    "due": "With a day to come",
    "overdue": "Past their day",
    "changed": "New or changed lately",
    "open": "Open, no day told",
}


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 story", "2,310 stories"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def days_of(span: tuple[date, date]) -> str:
    """ "2025-03-31 to 2025-04-06"."""
    first, last = span
    return str(first) if first == last else f"{first} to {last}"


def weekday(day: date) -> str:
    """ "Thursday 2025-04-03"."""
    return f"{day:%A} {day}"


def last_days(brief: Brief) -> str:
    """ "last 7 days", "last day"."""
    return "last day" if brief.days == 1 else f"last {brief.days} days"


def facts(brief: Brief) -> list[str]:
    """How many stories, from whom, of which days, and what was asked."""
    told = [counted(brief.stories, "story", "stories")]
    if brief.publishers:
        told[0] += f" from {counted(brief.publishers, 'publisher')}"
    if brief.first_story and brief.last_story:
        told.append(days_of((brief.first_story, brief.last_story)))
    if brief.undated:
        told.append(f"{brief.undated:,} without a date")
    if brief.between:
        told.append("between " + " and ".join(brief.between))
    if brief.since or brief.until:
        told.append(f"days asked: {brief.since or 'the first'} to {brief.until or 'the last'}")
    told.append(
        f"as known at the end of {brief.as_of}" if brief.as_of else "with all that is known"
    )
    return told


def title(brief: Brief) -> str:
    """ "crisis: brief of Sunday 2025-04-06"."""
    return f"{brief.ledger.removesuffix('.duckdb')}: brief of {weekday(brief.day)}"


def next_due(brief: Brief) -> list[Undertaking]:
    """What is due first."""
    return [item for item in brief.commitments if item.group == "due"][:NEXT]


def stale(brief: Brief) -> str:
    """A warning where no story is of the last days of the brief; "" where one is."""
    if brief.last_story is None or (
        brief.last_story >= brief.last[0] and brief.last[1] == brief.day
    ):
        return ""
    if brief.last[1] == brief.day:
        return f"No story of the {last_days(brief)} is known; the newest is of {brief.last_story}."
    told = last_days(brief)
    are = "are" if told.endswith("s") else "is"
    return f"The newest story is of {brief.last_story}: the {told} {are} counted back from there."


def clipped(name: str, most: int = NAME) -> str:
    """A name on one line, no longer than a line bears."""
    return cut(name, most)


def some_names(names: Sequence[str]) -> tuple[list[str], int]:
    """The first names, and how many more there are."""
    return [clipped(name) for name in names[:NAMES]], max(0, len(names) - NAMES)


def names(found: Sequence[str], nobody: str = "") -> str:
    """ "Peru, Ecuador and 3 more"."""
    shown, more = some_names(found)
    return ", ".join(shown) + (f" and {more} more" if more else "") if shown else nobody


def parted(one: Sequence[str], two: Sequence[str]) -> tuple[list[str], list[str]]:
    """Two sides of a dispute, each without those who stand on both, unless nobody were left on it."""
    only = [item for item in one if item not in two], [item for item in two if item not in one]
    return only[0] or [*one], only[1] or [*two]


def cut(words: str, most: int) -> str:
    """Words on one line, no more than so many characters; cut between words where there are several."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    kept, blank, _ = line[: most - 1].rpartition(" ")
    return f"{kept} …" if blank and len(kept) > most // 2 else line[: most - 1] + "…"


def quoted(words: str, most: int = QUOTE) -> str:
    """Words in quotation marks, cut where they are long."""
    return f"“{quotable(cut(words, most))}”" if words else ""


def label(item: Happened) -> str:
    """ "ASSAULT (artillery, rockets or armour)"."""
    mode = mode_name(item.type, item.mode)
    return item.type + (f" ({mode})" if mode else "")


def said(item: Happened) -> str:
    """Who says that it happened, and how many stories tell it."""
    voice = f"says {names(item.said_by)}" if item.said_by else "in the story’s own voice"
    told = counted(item.reports, "report")
    if item.tellings < item.reports:
        told += f", {item.tellings} independent"
    return f"{voice}; {told}"


def words_of(evidence: Sequence[Evidence], most: int = QUOTE) -> str:
    """The sentence of the first evidence in quotation marks; of a long one what stands round the part that is meant."""
    if not evidence:
        return ""
    words, start = evidence[0].sentence, evidence[0].start or 0
    first = max(0, min(start - most // 3, len(words) - most))
    if first:
        first = words.find(" ", first, start) + 1 or first
    return quoted(("… " if first else "") + words[first:], most)


def claim_words(item: Contested) -> str:
    """What is contested; where that is but a word or two, the sentence it stands in."""
    short = len(item.text.split()) < _FEW_WORDS
    return item.evidence[0].sentence if short and item.evidence else item.text


def due(item: Undertaking) -> str:
    """ "due 2025-04-05, in 3 days"; "" where no day is told."""
    if item.due is None or item.days_left is None:
        return ""
    left = item.days_left
    if left < 0:
        late = f"{counted(-left, 'day')} ago"
        return f"due {item.due}, {late}"
    return f"due {item.due}, " + ("today" if left == 0 else f"in {counted(left, 'day')}")


def is_soon(item: Undertaking) -> bool:
    """Whether its day is within the week."""
    return item.days_left is not None and 0 <= item.days_left <= SOON


def status(item: Undertaking) -> str:
    """The status where it tells more than the kind does."""
    if item.status == "lapsed":
        return "not told whether it was done"
    if item.group == "overdue" and item.status == "in-force":
        return "done in part"
    return "" if _MADE[item.kind] == item.status else item.status.replace("-", " ")


def agreed_status(item: Agreed) -> str:
    """ "disputed since 2025-03-20, says Peru"."""
    since = f" since {item.status_since}" if item.status_since else ""
    by = f", says {names(item.status_by)}" if item.status_by else ""
    return f"{item.status.replace('-', ' ')}{since}{by}"


def agreed_days(item: Agreed) -> str:
    """Its days and where it holds."""
    told = [
        f"agreed on {item.agreed_on}" if item.agreed_on else "",
        f"in force from {item.in_force_from}" if item.in_force_from else "",
        f"until {item.until}" if item.until else "",
        *(f"extended {words}" for words in item.extended),
        f"in {item.scope}" if item.scope else "",
        counted(item.stories, "story", "stories"),
    ]
    return "; ".join(filter(None, told))


def violation(item: Violation) -> str:
    """ "2025-03-19: 112 violations, up from 11 the day before, says the OAS"."""
    count = "violated" if item.count is None else counted(item.count, "violation") if item.count else "no violations"  # fmt: skip
    sides = f" by {names(item.sides)}" if item.sides else ""
    compared = f", {item.comparison}" if item.comparison else ""
    by = f", says {clipped(item.reporter)}" if item.reporter else ""
    return f"{item.day or 'day not told'}: {count}{sides}{compared}{by}"


def change(item: Change) -> str:
    """ "promised → met, says Peru", "new, says Peru"."""
    by = ""
    if item.by:
        by = f", {'denied by' if item.what == 'claim' else 'says'} {names(item.by)}"
    after = item.after.replace("-", " ")
    if item.before:
        return f"{item.before.replace('-', ' ')} → {after}{by}"
    return f"new{'' if after in _MADE.values() else f', {after}'}{by}"


def source(item: Evidence) -> list[str]:
    """Title, publisher and day of a story."""
    publisher = clipped(item.publisher) if item.publisher else ""
    return [part for part in (cut(item.title, LONG_TITLE), publisher, str(item.published or "day unknown")) if part]  # fmt: skip


def sure(item: Evidence) -> list[str]:
    """Who says so, by which rule, how surely, and what came of it."""
    told = [
        f"{item.day}: {item.status.replace('-', ' ')}" if item.status and item.day else "",
        f"says {names(item.by)}" if item.by else "",
        f"asserted by {names(item.asserted_by)}" if item.asserted_by else "",
        f"denied by {names(item.denied_by)}" if item.denied_by else "",
        f"{item.confidence:.0%} sure" if item.confidence is not None else "",
    ]
    return [part for part in told if part]


def more(left_out: int, what: str, command: str = "") -> str:
    """ "and 12 more stories", "" for none."""
    return f"and {left_out:,} more{f' {what}' if what else ''}{f': {command}' if command else ''}" if left_out else ""  # fmt: skip


def parties(left: Iterable[str], right: Iterable[str]) -> tuple[str, str]:
    """Both sides of an arrow in words."""
    return names([*left], UNNAMED), names([*right])
