"""Which later reports answer which earlier commitments: found once, when either comes in, and kept as rows."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from dragoman.ledger import words
from dragoman.ledger.act_words import is_part
from dragoman.ledger.answers import (
    ELSE,
    Answers,
    Later,
    able_keys,
    bears_out,
    can_answer,
    longest,
    rules,
)
from dragoman.ledger.batch import Batch, shifted, stretches, within
from dragoman.ledger.commitments import PARTLY, WINDOW, one_of_several, one_of_them
from dragoman.ledger.components import items_of, settled_rows
from dragoman.ledger.deriving import gone_stories
from dragoman.ledger.kinds import COMMITMENT, REPORT
from dragoman.ledger.merging import TIMELY_DAYS
from dragoman.ledger.one_word import acts
from dragoman.ledger.store import Store

Row = dict[str, Any]

# Kinds of which a part may be done; and words of a plan that each of several is to carry out.
_DONE_IN_PARTS = ("demand", "offer", "promise", "plan")
_NEAR = 40  # characters behind an act in which it is told what was done
_EACH = re.compile(
    r"\b(?:both|each|all sides|all parties|the two (?:sides|countries|armies|states))\b", re.I
)
_REPORT = (
    "r.report, r.type, r.aux, r.actors, r.actor_codes, r.actor_countries, r.recipients, r.recipient_codes, "
    "r.recipient_countries, r.meaning, r.day, r.day_end, r.told, r.story_id, r.story_event, r.said_by, r.recorded"
)
_COMMITMENT = (
    "r.item, r.keys, r.kind, r.day, r.by_ids, r.to_ids, r.by_countries, r.to_countries, r.meaning, r.story_id, r.story_commitment, "
    "r.recorded, r.text, r.due_start, r.due_end"
)


def find_answers(store: Store, batch: Batch) -> tuple[dict[int, set[datetime]], list[Row]]:
    """Find what answers what among the batch's stories.

    Hands on the items answered, with the time, and the settled commitments that were looked at, with their
    components.
    """
    new = [row for row in items_of(store, COMMITMENT, batch) if row["component"] is None]
    reports = [
        row
        for row in items_of(store, REPORT, batch)
        if row["component"] is None and can_answer(row)
    ]
    older = _settled_commitments(store, new, reports)
    found = _answers_to_new(store, new, reports, older) if new else []
    told = Answers(map(Later.event, reports))
    found += [step for one in older for step in told.to(one)]
    found = _borne_out(store, found, {row["item"]: row for row in [*new, *older]})
    store.append("evidence_rows", found)
    answered: dict[int, set[datetime]] = {}
    for step in found:
        answered.setdefault(step["item"], set()).add(step["recorded"])
    replaced = gone_stories(store, set(batch.moments))
    for item, story in store.query(
        "SELECT item, story_id FROM evidence_rows WHERE story_id IN (SELECT unnest(?::VARCHAR[]))",
        [sorted(replaced)],
    ) if replaced else []:  # fmt: skip
        answered.setdefault(item, set()).add(replaced[story])
    return answered, older


def _borne_out(store: Store, found: list[Row], made: dict[int, Row]) -> list[Row]:
    """The steps without those of events whose words are not what their rules ask for; what was done in part is told so."""
    asking = {rule.name for rule in rules() if rule.words}
    told = [
        step for step in found
        if step["story_event"] is not None and (step["status"] != "=" or step["rule"] in asking)
    ]  # fmt: skip
    days = [step["told"] for step in told]
    places = {
        (row[0], row[1]): row[2:]
        for row in store.query(
            "SELECT r.story_id, r.story_event, substring(s.text, r.sentence_start + 1, r.sentence_end - r.sentence_start), "
            "r.trigger_start - r.sentence_start, r.trigger_end - r.sentence_start, CASE WHEN r.type = 'CONSULT' THEN list_concat(r.actor_countries, r.recipient_countries) ELSE r.actor_countries END "
            "FROM report_rows r JOIN story_rows s ON s.story_id = r.story_id WHERE r.told BETWEEN ? AND ? "
            "AND r.story_id IN (SELECT unnest(?::VARCHAR[]))",
            [min(days), max(days), sorted({step["story_id"] for step in told})],
        )
    } if told else {}  # fmt: skip
    kept = []
    for step in found:
        commitment = made[step["item"]]
        place = places.get((step["story_id"], step["story_event"]))
        able = [step, *step.pop(ELSE, ())]
        if place is not None:
            able = [one for one in able if bears_out(one, commitment, *place[:3])]
        if able:
            kept.append(able[0])
        if able and place is not None and commitment["kind"] in _DONE_IN_PARTS:
            _tell_part(able[0], commitment, *place)
    return kept


def _tell_part(
    step: Row, commitment: Row, sentence: str, start: int, end: int, doers: list[str]
) -> None:
    """Write into a step that only a part was done, or that only one of several did what all were to do."""
    if step["status"] != "met":
        return
    told = commitment["text"] or ""
    each = commitment["kind"] == "promise" or (commitment["kind"] == "plan" and _EACH.search(told))
    bound = {*commitment["by_countries"]} if each else set()
    parts = acts(told)
    done = words.folded(words.meaning(sentence[start : end + _NEAR]))
    which = [number for number, stems in enumerate(parts, start=1) if stems & done]
    if is_part(told, sentence, start, end):
        step["status"] = PARTLY
    elif len(parts) > 1 and len(which) == 1:
        step["status"] = PARTLY
        step["rule"] = one_of_several(step["rule"], which[0], len(parts))
    elif bound - {*doers}:
        step["status"] = PARTLY
        step["rule"] = one_of_them(step["rule"], sorted(bound & {*doers}))


def steps_toward(items: list[Row], store: Store) -> dict[int, list[Row]]:
    """Commitment's key → the steps that later reports add to it. None is earlier than it."""
    found: dict[int, list[Row]] = {}
    if not items:
        return found
    for step in store.dicts(
        "SELECT * FROM evidence_rows WHERE day >= ? AND item IN (SELECT unnest(?::UBIGINT[]))",
        [min(item["day"] for item in items), [item["item"] for item in items]],
    ):
        found.setdefault(step["item"], []).append(step)
    return found


def _answers_to_new(
    store: Store, new: list[Row], reports: list[Row], older: list[Row]
) -> list[Row]:
    """What reports and commitments, settled or of this batch, say about new commitments, and they about older."""
    low, high = min(r["day"] for r in new), shifted(max(r["day"] for r in new), longest())
    parties = sorted({p for row in new for p in (*row["by_countries"], *row["to_countries"])})
    told = (shifted(low, -TIMELY_DAYS), shifted(high, TIMELY_DAYS))
    far = store.far.within(low, high, able_keys())
    later = [*reports, *settled_rows(store, REPORT, _REPORT, (
        # the narrow columns first: the lists of every part of the table that holds one such day took 20 ms
        "SELECT DISTINCT i, p, d FROM (SELECT report AS i, rowid AS p, day AS d, unnest(list_concat(actors, actor_countries, recipient_countries)) "
        "AS v FROM report_rows WHERE rowid IN (SELECT rowid FROM report_rows WHERE day BETWEEN ? AND ? "
        "AND told BETWEEN ? AND ? AND merge_key IN (SELECT unnest(?::UBIGINT[])))) WHERE v IN (SELECT unnest(?::VARCHAR[]))",
        [low, high, *told, able_keys(), parties],
    ), ("m.day BETWEEN ? AND ?", [low, high]), (
        "SELECT f.item, r.rowid, f.component, f.group_id FROM far_report_members f JOIN report_rows r "
        "ON r.report = f.item AND r.told = f.told WHERE f.item IN (SELECT unnest(?::UBIGINT[]))",
        [far],
    ) if far else None)]  # fmt: skip
    answers = Answers([*map(Later.event, later), *map(Later.commitment, [*new, *older])])
    found = [step for one in new for step in answers.to(one)]
    again = Answers(map(Later.commitment, new))
    return found + [step for one in older for step in again.to(one)]


def _settled_commitments(store: Store, new: list[Row], reports: list[Row]) -> list[Row]:
    """Settled commitments that new reports and commitments may answer, that may answer these, or be the same.

    More than those are among them: days and parties are looked at again.
    """
    half = max(longest(), WINDOW) // 2
    days: dict[str, list[date]] = {}
    for report in reports:
        for name in {*report["actor_countries"], *report["actors"], *report["recipient_countries"]}:
            days.setdefault(name, []).append(shifted(report["day"], -half))
    for row in new:
        for name in {*row["by_countries"], *row["to_countries"]}:
            days.setdefault(name, []).extend(shifted(row["day"], by) for by in (-half, half))
    named = [
        (name, low, high)
        for name, told in days.items()
        for low, high in stretches(told, half + 1, most=40)
    ]
    if not named:
        return []
    found = stretches([day for told in days.values() for day in told], half + 1)
    limit, values = within("r.day", found)
    return settled_rows(store, COMMITMENT, _COMMITMENT, (
        "SELECT i, p FROM (SELECT r.item AS i, r.rowid AS p, r.day AS d, unnest(list_concat(r.by_countries, r.to_countries)) AS v "
        f"FROM commitment_rows r WHERE {limit}) JOIN (SELECT unnest(?::VARCHAR[]) AS v, unnest(?::DATE[]) AS low, "
        "unnest(?::DATE[]) AS high) named USING (v) WHERE d BETWEEN low AND high",
        [*values, *([row[number] for row in named] for number in range(3))],
    ), within("m.day", found))  # fmt: skip
