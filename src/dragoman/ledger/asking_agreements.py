"""The questions about agreements, and the status of anything agreed or promised on a day."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

from dragoman.errors import UsageError
from dragoman.ledger import words
from dragoman.ledger.agreements import RUNNING
from dragoman.ledger.answers import WILL_NOT
from dragoman.ledger.commitments import OPEN, UNKEPT, status_on, steps_until
from dragoman.ledger.scope import Day, Scope, Table
from dragoman.ledger.store import Store
from dragoman.ledger.undated import unknown_day, without_dates, without_day
from dragoman.ledger.wording import country_name, pair_of
from dragoman.tables import word_list

_UNTIL = re.compile(r"\b(?:until|till|before|by|for|during|through)\b", re.I)
AGREEMENT_COLUMNS = (
    "agreement_id", "name", "names", "term", "parties", "scope", "agreed_on", "in_force_from", "until",
    "extensions", "status", "status_since", "status_by", "violation_count", "violation_reports", "stories", "history",
)  # fmt: skip


class AskingAgreements:
    """Questions about agreements."""

    store: Store

    def agreements(self, *, as_of: Day = None, between: Any = None, since: Day = None, until: Day = None,
                   limit: int = 1000) -> Table:  # fmt: skip
        """Agreements with parties, scope, days and their status on the day asked."""
        scope = Scope.of(as_of, pair_of(self.store, between), since, until, limit)
        return Table(
            [self._shown_agreement(row, scope.today) for row in self._agreements(scope)],
            AGREEMENT_COLUMNS,
        )

    def _agreements(self, scope: Scope) -> list[dict[str, Any]]:
        known, values = scope.known()
        unknown = unknown_day(self.store, "agreement_states")
        days, day_values = scope.days("day", "last_day", unknown)
        parties, party_values = scope.parties("party_countries")
        return self.store.dicts(
            f"SELECT *, {unknown} AS unknown FROM agreement_states WHERE {known} AND {days} AND {parties} "
            "ORDER BY unknown, coalesce(agreed_on, day) DESC, agreement_id LIMIT ?",
            [*values, *day_values, *party_values, scope.limit],
        )

    def _shown_agreement(self, row: dict[str, Any], today: date) -> dict[str, Any]:
        until = today.isoformat()
        extensions = [e for e in json.loads(row["extensions"]) if (e["day"] or "") <= until]
        told = len(json.loads(row["violations"]))
        return with_status(row, today) | {"extensions": extensions, "violation_reports": told}

    def ceasefire(self, name: str = "", *, as_of: Day = None, between: Any = None, since: Day = None,
                  until: Day = None) -> dict[str, Any]:  # fmt: skip
        """One ceasefire: parties, scope, in force from, extensions, status, reported violations.

        Violations are listed by day, reporter and side, with the count, and the reporter's own earlier
        count and words of comparison.

        Args:
            name: its id, its name, or words such as "truce"; empty means the latest one.

        Raises:
            UsageError: no ceasefire of that name.
        """
        scope = Scope.of(as_of, pair_of(self.store, between), None, None, 100_000)
        found = [row for row in self._agreements(scope) if row["term"] == "ceasefire"]
        match = [row for row in found if _named(row, name)]
        if not match:
            known = ", ".join(row["name"] for row in found[:8]) or "none"
            raise UsageError(f"no ceasefire {name!r} in this ledger (known: {known})")
        row = self._shown_agreement(match[0], scope.today)
        days = Scope.of(None, None, since, until)
        violations = [
            item
            for item in json.loads(row["violations"])
            if _within(item["day"], days, scope.today)
        ]
        kept = ("agreement_id", "name", "names", "parties", "scope", "agreed_on", "in_force_from", "until",
                "status", "status_since", "status_by", "extensions", "stories", "history")  # fmt: skip
        return {key: row[key] for key in kept} | {"violations": violations}


def with_status(row: dict[str, Any], today: date) -> dict[str, Any]:
    """The row with its status on a day, since when and by whose word."""
    history = json.loads(row["history"])
    past = steps_until(history, today)
    last = _last_day(row)
    running = RUNNING if "agreement_id" in row else OPEN if row["kind"] == "agreement" else UNKEPT
    status = status_on(history, today, last, running)
    since = past[-1]["date"]
    for step in reversed(past):
        if step["status"] != past[-1]["status"]:
            break
        since = step["date"]
    if status == "lapsed" and past[-1]["status"] != "lapsed" and last:
        since = (last + timedelta(days=1)).isoformat()
    elif row["unknown"]:
        since, past = None, without_dates(past)
    return without_day(row) | {
        "status": status,
        "history": past,
        "status_since": since,
        "status_by": past[-1]["by"],
    }


def _last_day(row: dict[str, Any]) -> date | None:
    """The last day on which it can be kept; of a threat whose day is the other's ("unless they leave by Friday"), a
    month later, for on that day it only falls due."""
    if _leaves_undone(row):
        return None
    last: date | None = row.get("due_end") or row.get("until")
    told = (row.get("due_text") or "").rstrip(".")
    if last and row.get("kind") == "threat" and told and told in (row.get("condition") or ""):
        return last + timedelta(days=_OVERDUE)
    return last


def _leaves_undone(row: dict[str, Any]) -> bool:
    """Whether a promise is to do nothing on its day ("will not send its envoy on Friday"): then it runs out on none."""
    text = row.get("text") or ""
    told = row.get("kind") == "promise" and WILL_NOT.search(text)
    return bool(told and not _UNTIL.search(text))


def _within(day: str | None, asked: Scope, today: date) -> bool:
    """Whether something of a day (None: nobody tells it) lies in the days asked for, up to today."""
    if day is None:
        return asked.since is None and asked.until is None
    until = min(asked.until or today, today)
    return (asked.since is None or day >= asked.since.isoformat()) and day <= until.isoformat()


def as_commitment(row: dict[str, Any]) -> dict[str, Any]:
    """An agreement as the commitment that it is: by every party, toward every party."""
    return row | {
        "commitment_id": row["agreement_id"], "kind": "agreement", "text": row["name"], "due_end": row["until"],
        "due_start": row["in_force_from"], "due_text": None, "condition": None, "by_ids": row["parties"],
        "to_ids": row["parties"], "by_countries": row["party_countries"], "to_countries": row["party_countries"],
    }  # fmt: skip


_OVERDUE = 30  # days after the other's last day in which a threat may still be carried out
_MERELY = word_list("ledger", "merely")


def _named(row: dict[str, Any], name: str) -> bool:
    """Whether an agreement can be meant by a name: its id, a name, its scope, parties by code or name, or a mere "ceasefire"."""
    asked = set(words.words(name)) - _MERELY
    if not asked or name.strip() == row["agreement_id"]:
        return True
    told = [row["name"], *row["names"], *row["party_countries"], row["scope"] or ""]
    shown = set(words.words(" ".join(told)))
    if asked <= shown:
        return True
    return asked <= shown.union(
        *(words.words(country_name(code)) for code in row["party_countries"])
    )
