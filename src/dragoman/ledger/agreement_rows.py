"""What a story says about agreements, as rows: by the signs in its sentences and by the coder's own agreements."""

from __future__ import annotations

from datetime import date
from typing import Any

from dragoman.ledger import days, signs, words
from dragoman.ledger.row_parts import PASSING, countries_of, key, safe
from dragoman.model import Commitment, Record

# Commitments that can be agreements of their own; the status each gives the agreement.
_AGREEMENT_SIGN = {
    "agreed": "agreed", "in-force": "in-force", "violated": "violated", "met": "held",
    "lapsed": "over", "withdrawn": "over", "refused": "over", "disputed": "violated",
}  # fmt: skip


def agreement_rows(record: Record, day: date) -> list[dict[str, Any]]:
    """Signs found in the sentences, and the coder's own commitments of kind agreement."""
    found = signs.find_signs(record, day)
    frequent = _frequent_countries(record)
    rows = [_sign_row(record, item, day, frequent) for item in found if item.sign != "proposed"]
    for item in record.commitments:
        if (
            item.kind == "agreement"
            and _is_told(item)
            and not any(sign.start < item.end and item.start < sign.end for sign in found)
        ):
            rows.append(_coded_agreement_row(record, item, day, frequent))
    return [row for row in rows if _is_agreement(row)]


def _is_told(item: Commitment) -> bool:
    """Whether the words of a coded agreement name one that there is, not "no sign of a deal"."""
    if item.name:
        return True
    return any(pattern.search(item.text) for _, pattern in signs.terms()) and not signs.is_unreal(
        item.text
    )


def _is_agreement(row: dict[str, Any]) -> bool:
    """Whether it can be known again: by a name, a year or a day, or by two parties that have names."""
    row["party_countries"] = [
        item for item in row["party_countries"] if not item.startswith(PASSING)
    ]
    row["keys"] = agreement_keys(row["term"], row["name"], row["party_countries"])
    named = row["name"] or row["name_year"] or row["name_day"]
    return bool(named) or len(row["party_countries"]) >= 2


def _frequent_countries(record: Record) -> list[str]:
    """The two countries (or groups) most mentioned as sides, by mentions and then by name."""
    times: dict[str, int] = {}
    for entity in record.entities:
        if signs._is_party(entity):
            times[entity.country] = times.get(entity.country, 0) + len(entity.mentions)
    return sorted(times, key=lambda item: (-times[item], item))[:2]


def _sign_row(record: Record, sign: signs.Sign, day: date, frequent: list[str]) -> dict[str, Any]:
    parties = [item for item in sign.parties if item != sign.reporter]
    countries = countries_of(record, parties)
    if len(countries) < 2 and sign.term == "ceasefire" and not sign.name:
        countries = (
            frequent  # "the truce" is that of the story's two sides; "a deal" may be anybody's
        )
    happened = sign.day or day
    return {
        "item": key(record.story.id, "sign", str(sign.start)),
        "keys": agreement_keys(sign.term, sign.name, countries), "day": happened,
        "sign": sign.sign, "term": sign.term, "name": safe(sign.name), "name_day": sign.name_day,
        "name_year": sign.name_year, "party_ids": parties, "party_countries": sorted(set(countries)),
        "reporter": sign.reporter,
        "reporter_country": countries_of(record, [sign.reporter])[0] if sign.reporter else None,
        "sides": countries_of(record, sign.sides), "count": sign.count,
        "previous": sign.previous, "comparison": safe(sign.comparison), "until": sign.until,
        "scope": safe(sign.scope), "text": safe(sign.text), "statement": sign.statement,
        "start_offset": sign.start, "end_offset": sign.end,
    }  # fmt: skip


def _coded_agreement_row(
    record: Record, item: Commitment, day: date, frequent: list[str]
) -> dict[str, Any]:
    """An agreement that the coder found where no pattern of ours did."""
    ids = item.parties or (*item.by, *item.to)
    countries = countries_of(record, ids)
    shown = f"{item.name or ''} {item.text}"
    term = next((name for name, pattern in signs.terms() if pattern.search(shown)), "agreement")
    name, year = _plain_name(item.name)
    if len(countries) < 2 and term == "ceasefire" and not name:
        countries = list(dict.fromkeys([*countries, *frequent]))[:2]
    until = days.parse_day(item.due.end) if item.due else None
    return {
        "item": key(record.story.id, "commitment", item.id),
        "keys": agreement_keys(term, name, countries), "day": day,
        "sign": _AGREEMENT_SIGN.get(item.status, "agreed"), "term": term, "name": safe(name),
        "name_day": None, "name_year": year, "party_ids": list(ids),
        "party_countries": sorted(set(countries)), "reporter": None, "reporter_country": None, "sides": [],
        "until": until if until and until > day else None, "text": safe(item.text),
        "start_offset": item.start, "end_offset": item.end,
    }  # fmt: skip


def _plain_name(name: str | None) -> tuple[str | None, int | None]:
    """ "2015 agreement" → (None, 2015); "Minsk agreement" → ("minsk", None)."""
    kept = [
        item
        for item in words.words(name or "")
        if item not in ("the", "peace", "ceasefire", "un", "eu", "us", "uk", "nato")
        and not item.endswith(("’s", "'s"))  # "September's ceasefire": when, not a name
        and not any(p.fullmatch(item) for _, p in signs.terms())
    ]
    years = [int(item) for item in kept if item.isdigit() and len(item) == 4]
    return " ".join(item for item in kept if not item.isdigit()) or None, years[
        0
    ] if years else None


def agreement_keys(term: str, name: str | None, countries: list[str]) -> list[int]:
    """What two mentions of an agreement must share to be compared: the name, or the parties."""
    keys = {key("name", name)} if name else set()
    if countries:
        keys.add(key("parties", *sorted(set(countries))))
    else:
        keys.add(key("term", term))
    return sorted(keys)
