"""Plain words for what the record keeps as codes: modes, ways of speaking, dates, codes of actors."""

from __future__ import annotations

from functools import cache

from dragoman.model import Commitment, Entity, Event, Statement, Story
from dragoman.tables import DATA_FOLDER, read_table

QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
AUX = {
    "historical": "long past",
    "future": "still to come",
    "hypothetical": "hypothetical",
    "negation": "not done",
}
_ASKED = {
    "assist": "help or exchange",
    "change": "a change of policy",
    "yield": "a concession",
    "meet": "talks",
}
# Modes of PLOVER whose own name says too little; the others are told as they are.
MODES = {
    "CONSULT": {
        "third-party": "through a third party",
        "multilateral": "among several",
        "phone": "by telephone",
    },
    "RETREAT": {
        "withdraw": "withdrawal",
        "release": "letting captives go",
        "disarm": "giving up weapons",
        "access": "letting observers or relief in",
        "resign": "resignation",
    },
    "REQUEST": _ASKED,
    "REJECT": _ASKED,
    "ACCUSE": {
        "disapprove": "disapproval",
        "investigate": "investigation",
        "allege": "allegation",
    },
    "THREATEN": {
        "restrict": "limits on movement or trade",
        "relations": "cutting relations, talks or aid",
        "expel": "expulsion",
        "territory": "taking territory",
    },
    "PROTEST": {
        "demo": "demonstration",
        "hunger": "hunger strike",
        "obstruct": "blocking passage",
        "vandalize": "damage to property",
    },
    "SANCTION": {
        "convict": "conviction",
        "expel": "expulsion",
        "withdraw": "withdrawal",
        "discontinue": "breaking off exchange",
    },
    "COERCE": {
        "seize": "seizure or raid",
        "restrict": "limits on movement or freedom",
        "censor": "censorship",
        "deport": "deportation",
        "withhold": "services withheld",
        "cyber": "attack on computers",
    },
    "ASSAULT": {
        "abduct": "abduction",
        "beat": "beating",
        "sexual": "sexual violence",
        "targeted": "targeted killing",
        "destroy": "destroying property",
        "primitive": "blades, stones or fire",
        "explosives": "bombs or mines",
        "aerial": "from the air",
        "drone": "drones",
        "heavy-weapons": "artillery, rockets or armour",
        "unconventional": "chemical, biological or nuclear weapons",
    },
}
SPOKEN = {
    "say": "said",
    "claim": "claimed",
    "deny": "denied",
    "accuse": "accused",
    "demand": "demanded",
    "promise": "promised",
    "warn": "warned",
    "propose": "proposed",
    "ask": "asked",
    "confirm": "confirmed",
    "praise": "praised",
    "threaten": "threatened",
    "report": "reported",
    "think": "thought",
}
KINDS = {
    "direct": "word for word",
    "indirect": "in the reporter’s words",
    "mixed": "partly word for word",
}
BASES = {
    "metadata": "from the page’s own data",
    "url": "from the address",
    "given": "as given by whoever read it in",
    "dateline": "from the dateline",
    "byline": "from the byline",
    "page": "found on the page",
    "text": "from the text",
}
INTERNATIONAL = "international organisation"
# The status that each kind of commitment begins with, and that its kind tells already.
FIRST_STATUS = {
    "demand": "demanded",
    "offer": "offered",
    "promise": "promised",
    "threat": "threatened",
    "plan": "planned",
}


def mode_words(event: Event) -> str:
    """ "artillery, rockets or armour" for the mode of an event, "" where it has none."""
    return mode_name(event.type, event.mode)


def mode_name(kind: str, mode: str | None) -> str:
    """The same for a type and a mode."""
    return MODES.get(kind, {}).get(mode, mode.replace("-", " ")) if mode else ""


def aux_words(event: Event) -> str:
    """ "hypothetical, still to come": why an event is not simply something done."""
    return ", ".join(AUX.get(item, item) for item in event.aux)


def spoken(statement: Statement, cue: str) -> str:
    """The act of speech as a report tells it: the verb of its own cue ("rejected", "declined"),
    where that is one verb of the past, else that of the act ("said")."""
    own = cue.isalpha() and cue.endswith("ed")
    return cue.lower() if own else SPOKEN.get(statement.act, statement.act)


def bounds(low: int, high: int | None) -> str:
    """ "7", "at least 7" (no ``high``), "up to 9" or "24–99"."""
    if high is None:
        return f"at least {low}"
    if low == 0 and high:
        return f"up to {high}"
    return str(low) if high == low else f"{low}–{high}"


def kind_words(statement: Statement) -> str:
    """Whose words a statement gives: "word for word", "in the reporter’s words"."""
    return KINDS.get(statement.kind, statement.kind)


def status_words(item: Commitment) -> str:
    """The status, where it tells more than the kind of commitment does."""
    return "" if FIRST_STATUS.get(item.kind) == item.status else item.status.replace("-", " ")


def day_words(story: Story) -> str:
    """``2021-12-23, from the page’s own data``, or what is known when the day is open."""
    if story.published:
        basis = story.published_basis or ""
        return ", ".join(filter(None, (story.published, BASES.get(basis, basis))))
    return f"day unknown, about {story.implied_year}" if story.implied_year else "day unknown"


def stands_for(entity: Entity) -> str:
    """What an entity's code says: "Chad, government, military"; "state" for a state itself."""
    if entity.kind == "state":
        return "state"
    country = _names("countries").get(entity.country) or _names("codes").get(entity.country)
    sectors = [_names("sectors").get(code, code) for code in entity.sectors]
    if country == entity.name:
        return INTERNATIONAL
    return ", ".join(word for word in (country or entity.country, *sectors) if word)


@cache
def _names(table: str) -> dict[str, str]:
    """The names in a table of the lexicon as it is shipped, by code."""
    key = "id" if table == "countries" else "code"
    rows = read_table(DATA_FOLDER / f"{table}.tsv", (key, "name"))
    return {row[key]: row["name"] for row in rows}
