"""A crisis on one page: the whole brief, section by section, from one ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import UsageError
from dragoman.ledger.brief import agreed, happened, undertaken
from dragoman.ledger.brief.parts import Brief, Report, Tally
from dragoman.ledger.brief.sources import Sources, title_of
from dragoman.ledger.brief.span import Days
from dragoman.ledger.scope import Day, Scope
from dragoman.ledger.wording import pair_of

if TYPE_CHECKING:
    from dragoman.ledger.asking import Asking

Row = dict[str, Any]

DAYS, LIMIT = 7, 12
MOST = 200  # lines of a section
_DYADS = 4
_STORIES = 3  # times as many stories as lines of a section are listed


def brief(ledger: Asking, *, as_of: Day = None, between: Any = None, since: Day = None, until: Day = None,
          days: int = DAYS, limit: int = LIMIT) -> Brief:  # fmt: skip
    """The brief of a ledger, step by step.

    1. how many stories, and the days it is about;
    2. contested claims, which say what of the events is contested;
    3. what happened last; 4. commitments; 5. agreements;
    6. what changed; 7. who and whom; 8. the stories.

    Raises:
        UsageError: a day, a party or a number is none.
    """
    if not 1 <= limit <= MOST:
        raise UsageError(f"limit wants a number from 1 to {MOST}, not {limit}")
    scope = Scope.of(as_of, pair_of(ledger.store, between), since, until)
    stories = _Stories(ledger, scope)
    span = Days.of(scope, days, stories.last)
    sources = Sources(ledger, scope.as_of)
    claims, contested, more_claims = agreed.contested(ledger, scope, -(-2 * limit // 3), sources)
    newest, more_events = happened.newest(ledger, scope, span, 2 * limit)
    disputes = agreed.disputes(claims, contested, sources)
    events = happened.happened(ledger, newest, disputes, sources)
    made = undertaken.chosen(ledger, scope, span, limit)
    commitments = undertaken.undertakings(ledger, made, span, sources)
    open_ = undertaken.open_counts(ledger, scope, span)
    treaties, more_treaties = agreed.agreements(ledger, scope, span, undertaken.half(limit))
    agreements = agreed.agreed(ledger, treaties, span, sources)
    changed = [
        *undertaken.changes(made, sources), *agreed.agreement_changes(treaties, sources),
        *agreed.claim_changes(claims, contested, span),
    ]  # fmt: skip
    told_open = sum(line.status in undertaken.OPEN for line in commitments)
    listed, more_stories = stories.listed(_STORIES * limit)
    return Brief(
        ledger=Path(ledger.store.path).name, day=span.day, as_of=scope.as_of, since=scope.since, until=scope.until,
        between=tuple(party.name for party in scope.between or ()), days=days, last=span.last, before=span.before,
        stories=stories.count, undated=stories.undated, publishers=stories.publishers, first_story=stories.first,
        last_story=stories.last, tallies=(stories.tally(span), *happened.tallies(ledger, scope, span)),
        changed=undertaken.foremost(changed, limit), happened=events, open=open_, commitments=commitments, agreements=agreements,
        contested=contested, actors=happened.actors(ledger, scope, between, span, limit),
        dyads=happened.dyads(ledger, scope, stories.first, span.last[1], _DYADS), reports=listed,
        left_out={
            "changed": max(0, len(changed) - limit), "happened": more_events, "agreements": more_treaties,
            "commitments": max(0, sum(open_.values()) - told_open), "contested": more_claims, "reports": more_stories,
        },
    )  # fmt: skip


class _Stories:
    """The current stories of a scope: how many, from whom, of which days."""

    def __init__(self, ledger: Asking, scope: Scope) -> None:
        self._store = ledger.store
        known = "{}.recorded < ?::DATE + INTERVAL 1 DAY" if scope.as_of else "TRUE"
        on = [scope.as_of] if scope.as_of else []
        days, values = scope.days("s.day", "s.day", "s.published IS NULL")
        both, given = [], []
        for party in scope.between or ():
            named, asked = party.among("[e.country]")
            both.append(f" AND EXISTS (FROM entity_rows e WHERE e.story_id = s.story_id AND e.day = s.day AND {named})")  # fmt: skip
            given += asked
        self._from = (
            f"FROM story_rows s WHERE {days} AND {known.format('s')} AND NOT EXISTS (FROM replacement_rows p "
            f"WHERE p.old_story = s.story_id AND {known.format('p')}){''.join(both)}"
        )
        self._values = [*values, *on, *on, *given]
        ((self.count, self.undated, self.publishers, self.first, self.last),) = self._store.query(
            "SELECT count(*), count(*) FILTER (s.published IS NULL), count(DISTINCT s.publisher), min(s.published), "
            f"max(s.published) {self._from}",
            self._values,
        )

    def tally(self, span: Days) -> Tally:
        """The stories of the last days and of those before."""
        ((last, before),) = self._store.query(
            "SELECT count(*) FILTER (s.published BETWEEN ? AND ?), count(*) FILTER (s.published BETWEEN ? AND ?) "
            f"{self._from}",
            [*span.last, *span.before, *self._values],
        )
        return Tally("stories", last, before)

    def listed(self, limit: int) -> tuple[tuple[Report, ...], int]:
        """The latest stories, and how many more there are."""
        rows = self._store.dicts(
            "SELECT s.story_id, s.published, s.publisher, s.title, s.url, substr(s.text, 1, 400) AS text "
            f"{self._from} ORDER BY s.published DESC NULLS LAST, s.story_id LIMIT ?",
            [*self._values, limit],
        )
        found = (
            Report(row["story_id"], row["published"], row["publisher"], title_of(row), row["url"])
            for row in rows
        )
        return tuple(found), max(0, self.count - limit)
