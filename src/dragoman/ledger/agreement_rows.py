"""What a story says about agreements, as rows: by the signs in its sentences and by the coder's own agreements."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from dragoman.ledger import days, sides, signs, words
from dragoman.ledger.agreement_parties import sides_of_story, who_is_party
from dragoman.ledger.agreements import is_bare, party_sets
from dragoman.ledger.row_parts import PASSING, countries_of, key, safe
from dragoman.ledger.sign_finding import find_signs
from dragoman.model import DOUBTFUL, Claim, Commitment, Entity, Record, Span, StatusChange
from dragoman.tables import word_list

Row = dict[str, Any]

# Commitments that can be agreements of their own; the status each gives the agreement.
_AGREEMENT_SIGN = {
    "agreed": "agreed", "in-force": "in-force", "violated": "violated", "met": "held",
    "lapsed": "over", "withdrawn": "over", "refused": "over", "disputed": "violated",
}  # fmt: skip
_BLOCK = 60  # days between a monitor's report and its truce in the news, at most
# Where the words of what is to be done go on to what it is part of.
_PART_OF = re.compile(
    r",| (?:in|under|as part of|as|after|following|within|(?:not|no) later than|upon) "
)
# What the text of an agreement binds somebody to.
_BINDS = re.compile(r"\bshall\b")
_MONTH = 27  # days, at least, from the first day of a month to its last
_NAMELESS = word_list("ledger", "nameless")
# Of several of one country these can be sides against each other.
_SIDES = ("state", "organisation", "group")
_OF_STATE = {"GOV", "LEG", "JUD"}
# What says which agreement a row speaks of.
_WHAT = ("keys", "term", "name", "name_day", "name_year", "party_ids", "party_countries")


def agreement_rows(record: Record, day: date) -> list[Row]:
    """Signs found in the sentences, every step of the coder's own agreements, and who denies a violation.

    Args:
        day: that of the story; for a story without a date the day on which it was recorded.
    """
    found = find_signs(record, days.parse_day(record.story.published))
    apart = _apart(record, found)
    record = record.replace(entities=tuple(
        entity.replace(country=entity.id) if entity.id in apart else entity for entity in record.entities
    ))  # fmt: skip
    frequent = sides_of_story(record, found)
    rows = [_sign_row(record, item, day, frequent) for item in found if item.sign != "proposed"]
    _name_makers(record, rows)
    sentences = [(sign.start, sign.end) for sign in found]
    for item in record.commitments:
        if as_promise(item).kind == "agreement" and _is_told(item):
            rows += _step_rows(record, item, rows, sentences, day, frequent)
    rows += _denial_rows(record, rows)
    names = {row["name"] for row in rows if row["name"]}
    for row in rows:
        if row["name"] and signs.is_topic(row["name"]):  # "the nuclear deal", after "the Iran …"
            row["name"] = max((n for n in sorted(names) if row["name"] in n), key=len)
        row["party_countries"] = [c for c in row["party_countries"] if not c.startswith(PASSING)]
        row["keys"] = _keys(row)
    return [row for row in rows if _is_agreement(row) or _is_monitors(record, row)]


def _name_makers(record: Record, rows: list[Row]) -> None:
    """Give the making of an agreement the parties that the coder knows, where its sentence does not name two: "the
    sides also agreed to a truce"."""
    for row in rows:
        if (
            row["sign"] != "agreed"
            or row["name"]
            or len(countries_of(record, row["party_ids"])) > 1
        ):
            continue
        made = (c for c in record.commitments if c.kind == "agreement" and _holds(row, c.start))
        for item in made:
            ids = item.parties or item.by
            countries = countries_of(record, ids)
            if len(countries) > 1:
                row |= {"party_ids": list(ids), "party_countries": sorted(set(countries))}


def _apart(record: Record, found: list[signs.Sign]) -> set[str]:
    """Groups that agree or fight with their own country, or with another group of it: each stands for itself."""
    told = [sign.parties for sign in found]
    told += [(*c.parties, *c.by, *c.to) for c in record.commitments if c.kind == "agreement"]
    sides = [[e for e in record.entities if e.id in {*ids} and _is_side(e)] for ids in told]
    return {
        one.id
        for those in sides
        for one in those
        if one.kind == "group" or (one.id.startswith("org:") and not _OF_STATE & {*one.sectors})
        if sum(other.country == one.country for other in those) > 1
    }


def _is_side(entity: Entity) -> bool:
    """Whether an entity can be a side against another of its country: a body with a name, "the army"."""
    if entity.kind in _SIDES:
        return True
    return entity.kind == "unnamed" and bool({"GOV", "MIL", "COP"} & {*entity.sectors})


def _is_told(item: Commitment) -> bool:
    """Whether the words of a coded agreement name one that there is, not "no sign of a deal"."""
    if item.name:
        return True
    return any(pattern.search(item.text) for _, pattern in signs.terms()) and not signs.is_unreal(
        item.text
    )


def as_promise(item: Commitment) -> Commitment:
    """What parties agreed to do ("to exchange prisoners within a week", "Chad shall withdraw …"), as a promise of
    theirs; else the same."""
    told = item.text.startswith("to ") or _BINDS.search(item.text)
    to_do = item.kind == "agreement" and not item.name and told
    if not to_do or any(pattern.search(_act(item.text)) for _, pattern in signs.terms()):
        return item
    history = tuple(
        step.replace(status="promised") for step in item.history if step.status == "agreed"
    )
    to = item.to or (item.by if len(item.by) > 1 else ())
    return item.replace(kind="promise", status="promised", to=to, history=history)


def _act(words: str) -> str:
    """What is to be done, without what that is part of: "to exchange prisoners" of "… in the first deal in years"."""
    return _PART_OF.split(words, maxsplit=1)[0]


def _is_agreement(row: Row) -> bool:
    """Whether it can be known again: by a name, a year or a day, or by two parties that have names."""
    named = row["name"] or row["name_year"] or row["name_day"]
    return bool(named) or len(row["party_countries"]) >= 2


def _is_monitors(record: Record, row: Row) -> bool:
    """Whether somebody who is no side reports of a truce: whose it is, the ledger may know."""
    reporter = record.entity(row["reporter"]) if row["reporter"] else None
    if reporter is None or sides.is_party(reporter):
        return False
    return is_bare(row) and row["sign"] in ("violated", "held")


def _keys(row: Row) -> list[int]:
    """What two mentions of an agreement must share to be compared; those of a truce whose sides are not both told,
    a side (or none) and the time."""
    parties = row["party_countries"]
    block = row["day"].toordinal() // _BLOCK
    if is_bare(row):
        return sorted(key("side", side, str(block)) for side in parties or ["any"])
    found = {*agreement_keys(row["term"], row["name"], parties)}
    found |= {key("parties", *sorted(those)) for those in party_sets(row)}
    found |= {key("year", str(row["name_year"]), side) for side in parties if row["name_year"]}
    if row["term"] == "ceasefire" and len(parties) > 1:
        blocks = (str(block + shift) for shift in (-1, 0, 1))
        found |= {key("side", side, at) for at in blocks for side in (*parties, "any")}
    return sorted(found)


def _sign_row(record: Record, sign: signs.Sign, day: date, frequent: list[str]) -> Row:
    countries = who_is_party(record, sign, frequent)
    happened = sign.day or day
    return {
        "item": key(record.story.id, "sign", str(sign.start)),
        "keys": agreement_keys(sign.term, sign.name, countries), "day": happened,
        "sign": sign.sign, "term": sign.term, "name": safe(sign.name), "name_day": sign.name_day,
        "name_year": sign.name_year, "party_ids": list(sign.parties), "party_countries": sorted(set(countries)),
        "reporter": sign.reporter,
        "reporter_country": countries_of(record, [sign.reporter])[0] if sign.reporter else None,
        "sides": countries_of(record, sign.sides), "count": sign.count,
        "previous": sign.previous, "comparison": safe(sign.comparison), "until": sign.until,
        "scope": safe(sign.scope), "text": safe(sign.text), "statement": sign.statement,
        "start_offset": sign.start, "end_offset": sign.end,
    }  # fmt: skip


def _step_rows(
    record: Record, item: Commitment, rows: list[Row], read: list[tuple[int, int]], day: date,
    frequent: list[str],
) -> list[Row]:  # fmt: skip
    """The steps of an agreement that the coder found, except those whose sentence a pattern has read.

    A pattern knows no day but that of the story: it takes the day that the coder gives the same step.

    Args:
        rows: what patterns read in the story; ``read`` are the sentences that they matched.
    """
    own = next((row for row in rows if _holds(row, item.start)), None)
    what = _identity(record, item, frequent) if own is None else {name: own[name] for name in _WHAT}
    if own is None and any(start <= item.start < end for start, end in read):
        return []  # its sentence only proposes it
    made = []
    for number, step in enumerate(_told_steps(record, item)):
        sign = _AGREEMENT_SIGN.get(step.status, "agreed")
        told = days.parse_day(step.date)
        start, end = _place(record, item, step)
        known = [row for row in rows if row["sign"] == sign and _holds(row, start)]
        another_day = told is not None and told != day  # "a truce agreed on Sunday came into force"
        tail = record.story.text[item.end : (_sentence(record, item.start) or (0, item.end))[1]]
        year = _vague_year(record, item, number) or signs.made_in(tail, day)
        if any(first <= start < last for first, last in read) and (known or not another_day):
            for row in known:
                if told and row["day"] == day:
                    row["day"] = told
                if year and not (row["name"] or row["name_day"]):
                    row["name_year"] = row["name_year"] or year
            continue
        refuted = signs.is_refuted(record.story.text[start:end], sign)
        if refuted and not (another_day and _is_event(record, step.event)):
            continue
        made.append(
            what | _voices(record, step, sign, Span(start, end)) | {
                "item": key(record.story.id, "commitment", item.id, str(number)), "day": told or day,
                "sign": sign, "until": _until(record, item, sign, day, record.story.text[start:end]),
                "text": safe(record.story.text[start:end]), "statement": step.statement,
                "story_event": step.event if _is_made(record, step.event) else None, "start_offset": start, "end_offset": end,
            }
        )  # fmt: skip
        made[-1]["name_year"] = what["name_year"] or year
    return made


def _is_made(record: Record, event: str | None) -> bool:
    """Whether an event is the making of an agreement, and no mere name of one ("opposed to the deal")."""
    made = [e.trigger for e in record.events if e.id == event and e.type == "AGREE"]
    told = [record.story.text[span.start : span.end] for span in made]
    return any(not any(p.fullmatch(words) for _, p in signs.terms()) for words in told)


def _vague_year(record: Record, item: Commitment, number: int) -> int | None:
    """The year in which an agreement was made of which no day is told: "signed last year", "struck in spring"."""
    vague = [step for step in item.history if step.event in _vague_events(record)]
    if number or not vague or len(vague) < len(item.history) or not _is_long(record, vague[0]):
        return None
    return int(str(vague[0].date)[:4]) if vague[0].date else None


def _is_long(record: Record, step: StatusChange) -> bool:
    """Whether a step is told of a month or more: "since Tuesday" and "three weeks ago" name no agreement by its year."""
    when = next((e.date for e in record.events if e.id == step.event), None)
    first, last = (days.parse_day(day) for day in (when.start, when.end)) if when else (None, None)
    return bool(first and last and (last - first).days >= _MONTH)


def _vague_events(record: Record) -> set[str]:
    """The events that are told of a month, a year or another stretch of days."""
    return {e.id for e in record.events if e.date and e.date.start != e.date.end}


def _is_event(record: Record, event: str | None) -> bool:
    """Whether the coder has an event that a step rests on, and tells it as done."""
    return any(item.id == event and not item.aux for item in record.events)


def _holds(row: Row, place: int) -> bool:
    return bool(row["start_offset"] <= place < row["end_offset"])


def _identity(record: Record, item: Commitment, frequent: list[str]) -> Row:
    """Which agreement the coder means: its class, name and parties."""
    ids = item.parties or (*item.by, *item.to)
    countries = countries_of(record, ids)
    shown = f"{item.name or ''} {item.text}"
    term = next((name for name, pattern in signs.terms() if pattern.search(shown)), "agreement")
    name, year = _plain_name(item.name)
    name = name or signs.known_name(shown)
    if len(countries) < 2 and term == "ceasefire" and not name:
        countries = list(dict.fromkeys([*countries, *frequent]))[:2]
    return {
        "keys": agreement_keys(term, name, countries), "term": term, "name": safe(name), "name_day": None,
        "name_year": year, "party_ids": list(ids), "party_countries": sorted(set(countries)),
    }  # fmt: skip


def _told_steps(record: Record, item: Commitment) -> list[StatusChange]:
    """The steps of its history; "in 2015" is no day, so it stands for its making only where nothing else is told."""
    steps = list(item.history) or [StatusChange(None, item.status)]
    vague = _vague_events(record)
    return [step for step in steps if step.event not in vague] or [steps[-1].replace(date=None)]


def _place(record: Record, item: Commitment, step: StatusChange) -> tuple[int, int]:
    """The sentence that tells a step: of its event, else of its statement, else of the agreement itself."""
    at = item.start
    event = next((e for e in record.events if e.id == step.event), None)
    said = next((s for s in record.statements if s.id == step.statement and s.content), None)
    if event is not None:
        at = event.trigger.start
    elif said is not None and not said.content[0].start <= at < said.content[-1].end:
        at = said.content[0].start
    return _sentence(record, at) or (item.start, item.end)


def _sentence(record: Record, at: int) -> tuple[int, int] | None:
    spans = signs.told(record)
    return next(((s.start, s.end) for s in spans if s.start <= at < s.end), None)


def _voices(record: Record, step: StatusChange, sign: str, span: Span) -> Row:
    """Who tells a step, and whom he blames."""
    said = next((s for s in record.statements if s.id == step.statement), None)
    reporter = said.source.entity if said and said.source else None
    blamed: tuple[str, ...] = ()
    if sign in ("violated", "over"):
        words = record.story.text[span.start : span.end]
        blamed = sides.blamed(words, sides.mentioned(record, span), reporter)
    return {
        "reporter": reporter,
        "reporter_country": countries_of(record, [reporter])[0] if reporter else None,
        "sides": countries_of(record, blamed),
    }


def _until(record: Record, item: Commitment, sign: str, day: date, words: str) -> date | None:
    """The last day of an agreement; a due day before the story is that of something past.

    Args:
        words: the sentence, which may tell how long it is to last.
    """
    if sign not in ("agreed", "in-force"):
        return None
    until = days.parse_day(item.due.end) if item.due else None
    if until is None and record.story.published:
        until = days.spell_end(words, day)
    return until if until and until > day else None


def _disputes(claim: Claim, row: Row) -> bool:
    """Whether a contested claim is about what the sentence of a row tells."""
    sure = claim.contested and claim.confidence >= DOUBTFUL
    return sure and claim.start is not None and _holds(row, claim.start)


def _denial_rows(record: Record, rows: list[Row]) -> list[Row]:
    """Who denies a violation that somebody asserts, by the story's contested claims."""
    made: list[Row] = []
    for row in (row for row in rows if row["sign"] == "violated"):
        for claim in record.claims:
            if not _disputes(claim, row):
                continue
            denials = {s.source.entity: s for s in record.statements
                       if s.id in claim.statements and s.content and s.source and s.source.entity in claim.denied_by}  # fmt: skip
            for number, (who, said) in enumerate(denials.items()):
                if (entity := record.entity(who)) is None or not sides.is_party(entity):
                    continue  # who counts otherwise denies nothing
                start, end = _sentence(record, said.content[0].start) or (
                    row["start_offset"],
                    row["end_offset"],
                )
                if any(
                    _holds(other, start) for other in (*rows, *made) if other["sign"] == "denied"
                ):
                    continue
                made.append(
                    row | {
                        "item": key(record.story.id, "denial", claim.id, str(number)), "sign": "denied",
                        "reporter": who, "reporter_country": countries_of(record, [who])[0], "sides": [],
                        "count": None, "previous": None, "comparison": None, "until": None,
                        "text": safe(record.story.text[start:end]), "statement": said.id,
                        "start_offset": start, "end_offset": end,
                    }
                )  # fmt: skip
    return made


def _plain_name(name: str | None) -> tuple[str | None, int | None]:
    """ "2015 agreement" → (None, 2015); "Minsk agreement" → ("minsk", None)."""
    kept = [
        item
        for item in words.words(name or "")
        if item not in _NAMELESS
        and not item.endswith(("’s", "'s"))  # "September's ceasefire": when, not a name
        and not any(p.fullmatch(item) for _, p in signs.terms())
    ]
    years = [int(item) for item in kept if item.isdigit() and len(item) == 4]
    name = " ".join(item for item in kept if not item.isdigit())
    return name or None, years[0] if years else None


def agreement_keys(term: str, name: str | None, countries: list[str]) -> list[int]:
    """What two mentions of an agreement must share to be compared: the name, or the parties."""
    keys = {key("name", word) for word in (name, *name.split())} if name else set()
    if countries:
        keys.add(key("parties", *sorted(set(countries))))
    else:
        keys.add(key("term", term))
    return sorted(keys)
