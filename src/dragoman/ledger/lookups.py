"""Questions about one thing, about words, and about what changed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

from dragoman.errors import UsageError, of_kind
from dragoman.ledger import words
from dragoman.ledger.answers import OFFICIAL
from dragoman.ledger.asking_agreements import with_status
from dragoman.ledger.changes import change, plain, successors
from dragoman.ledger.scope import Day, Party, Scope, Table, as_day
from dragoman.ledger.store import Store
from dragoman.ledger.undated import unknown_day, without_dates, without_day
from dragoman.ledger.wording import pair_of

SEARCH_COLUMNS = (
    "story_id",
    "published",
    "publisher",
    "title",
    "statement",
    "source",
    "snippet",
    "score",
)
DIFF_COLUMNS = ("what", "change", "id", "day", "text", "before", "after")
# table → (what, id, column shown, columns whose change is told)
_KINDS = {
    "event_rows": (
        "event",
        "event_id",
        "type",
        ("reports", "dead_low", "injured_low", "day", "place"),
    ),
    "claim_states": ("claim", "claim_id", "text", ("contested", "asserted_by", "denied_by")),
    "commitment_states": ("commitment", "commitment_id", "text", ("status", "due_end")),
    "agreement_states": (
        "agreement",
        "agreement_id",
        "name",
        ("status", "until", "violation_count"),
    ),
}
_TABLE_OF = {  # first letter of an id → its table
    "e": "event_rows",
    "c": "claim_states",
    "k": "commitment_states",
    "a": "agreement_states",
}
# columns that only the ledger itself needs
_INNER = (
    "component",
    "unknown",
    "items",
    "report_keys",
    "actor_id",
    "recipient_id",
    "more_parties",
    "joint",
)
_OF_STORY = "unnamed:"  # whose id means somebody else in another story
_CONTEXT = 90  # characters shown either side of a found word


class Lookups:
    """Questions that look one thing up."""

    store: Store

    def names_of(self, ids: Iterable[str], as_of: Day = None) -> dict[str, tuple[str, str]]:
        """Id → the name that the story with most mentions gives an entity, and the code that most stories give.

        Args:
            as_of: by the stories that were known at the end of this day.
        """
        known = "recorded < ?::DATE + INTERVAL 1 DAY" if as_of else "TRUE"
        on = [as_of] if as_of else []
        return {row[0]: (row[1], row[2]) for row in self.store.query(
            "SELECT entity_id, arg_max(name, best), arg_max(code, often) FROM (SELECT entity_id, name, code, "
            "printf('%09d', count(*) OVER (PARTITION BY entity_id, code)) || code AS often, "
            "printf('%09d', mentions) || story_id AS best FROM entity_rows "
            f"WHERE entity_id IN (SELECT unnest(?::VARCHAR[])) AND {known}) GROUP BY entity_id", [list(ids), *on])}  # fmt: skip

    def name_sides(self, commitments: Iterable[dict[str, Any]]) -> None:
        """For eyes: the names of parties that are no state; an opposition and the government would be one country."""
        rows = list(commitments)
        named = self.names_of({key for row in rows for key in (*row["by_ids"], *row["to_ids"])})
        for row in rows:
            for side in ("by", "to"):
                told = [(key, *named.get(key, (key, ""))) for key in row[f"{side}_ids"]]
                own = row[f"{side}_countries"] or ()
                shown = [
                    code[:3] if _is_state(key, code) else name
                    for key, name, code in told
                    if not (key.startswith(_OF_STORY) and own and code[:3] not in own)
                ]
                row[f"{side}_countries"] = list(dict.fromkeys(shown or own))

    def why(self, name: str, *, as_of: Day = None) -> dict[str, Any]:
        """Everything behind one id: the row, the reports with their words, rules and speakers, corrections.

        ``names`` gives the name of every speaker's id.

        Args:
            as_of: as it stood in what was known at the end of this day.

        Raises:
            UsageError: the ledger has no such id, or had none on that day.
        """
        name = of_kind(name, str, "why wants an id")
        kind = _TABLE_OF.get(name[:1], "event_rows")
        known, values = Scope.of(as_of).known() if as_of else ("TRUE", [])
        rows = self.store.dicts(
            f"SELECT *, {unknown_day(self.store, kind)} AS unknown FROM {kind} WHERE {_KINDS[kind][1]} = ? AND {known} ORDER BY known_to DESC NULLS FIRST LIMIT 1",
            [name, *values],
        )
        if not rows:
            when = f" on {as_of}" if as_of else ""
            raise UsageError(
                f"{self.store.path}: no event, claim, commitment or agreement {name!r}{when}"
            )
        row = without_day(rows[0])
        answer = {key: plain(value) for key, value in row.items() if key not in _INNER}
        for column in ("history", "revisions", "violations", "extensions", "evidence", "notes"):
            if isinstance(answer.get(column), str):
                answer[column] = json.loads(answer[column])
        if kind in ("commitment_states", "agreement_states"):
            on_the_day = with_status(rows[0], Scope.of(as_of).today)
            answer |= {name: on_the_day[name] for name in ("status", "status_since")}
        if row["unknown"] and "history" in answer:
            answer["history"] = without_dates(answer["history"])
        answer["told_by"] = self._told_by(str(kind), row)
        if kind == "event_rows":
            answer["independent_tellings"] = answer.pop("tellings")
        self._quote_history(answer)
        answer["names"] = {
            key: name for key, (name, _) in self.names_of(_speakers(answer), as_of).items()
        }
        answer["corrections"] = [
            {key: plain(value) for key, value in item.items() if key != "anchors"}
            for item in self.store.dicts(
                "SELECT * FROM correction_rows WHERE subject = ? OR other = ? ORDER BY recorded",
                [name, name],
            )
        ]
        return answer

    def _told_by(self, kind: str, row: dict[str, Any]) -> list[dict[str, Any]]:
        """The words of every story behind a row, with rule, trigger and speakers."""
        if kind == "event_rows":
            sql, keys = (
                "SELECT r.story_id, r.story_event, r.rule, r.coder, r.attribution, r.said_by, r.confidence, "
                "r.trigger_start, r.trigger_end, r.sentence_start AS a, r.sentence_end AS b FROM report_rows r "
                "WHERE r.report IN (SELECT unnest(?::UBIGINT[])) ORDER BY r.published, r.report",
                row["report_keys"],
            )
        elif kind == "claim_states":
            told = json.loads(row["evidence"])
            return [self._story(item["story"], item["start"], item["end"]) | {"asserted_by": item["asserted_by"],
                    "denied_by": item["denied_by"]} for item in told]  # fmt: skip
        else:
            table, column = (
                ("commitment_rows", "kind")
                if kind == "commitment_states"
                else ("agreement_rows", "sign")
            )
            sql, keys = (
                f"SELECT story_id, {column}, start_offset AS a, end_offset AS b FROM {table} "
                "WHERE item IN (SELECT unnest(?::UBIGINT[])) ORDER BY day, story_id, start_offset, item",
                row["items"],
            )
        return [
            self._story(item.pop("story_id"), item.pop("a"), item.pop("b")) | item
            for item in self.store.dicts(sql, [list(keys)])
        ]

    def _story(self, story: str, start: int | None, end: int | None) -> dict[str, Any]:
        rows = self.store.dicts(
            "SELECT story_id, published, publisher, title, url, text FROM story_rows WHERE story_id = ?",
            [story],
        )
        if not rows:
            return {"story_id": story}
        shown = {key: plain(value) for key, value in rows[0].items() if key != "text"}
        return shown | {
            "start": start,
            "end": end,
            "words": rows[0]["text"][start:end] if start is not None else None,
        }

    def _quote_history(self, answer: dict[str, Any]) -> None:
        """The words behind every step of a history."""
        for step in answer.get("history") or []:
            if step.get("start") is not None:
                step["words"] = self._story(step["story"], step["start"], step["end"]).get("words")
            elif step.get("event"):
                found = self.store.query(
                    "SELECT sentence_start, sentence_end FROM report_rows WHERE story_id = ? AND story_event = ?",
                    [step["story"], step["event"]],
                )
                if found:
                    step["words"] = self._story(step["story"], *found[0]).get("words")

    def _with_words(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Event rows with the sentence of their first report as ``text``."""
        keys = [row["report_keys"][0] for row in rows]
        if not keys:
            return rows
        low, high = min(row["day"] for row in rows), max(row["day_end"] for row in rows)
        found = {(story, event): text for story, event, text in self.store.query(
            "SELECT r.story_id, r.story_event, substr(s.text, r.sentence_start + 1, r.sentence_end - r.sentence_start) "
            "FROM report_rows r JOIN story_rows s ON s.story_id = r.story_id "
            "WHERE r.day BETWEEN ? AND ? AND r.report IN (SELECT unnest(?::UBIGINT[])) "
            "AND s.story_id IN (SELECT unnest(?::VARCHAR[]))",
            [low, high, keys, sorted({row["story_id"] for row in rows})])}  # fmt: skip
        for row in rows:
            row["text"] = " ".join((found.get((row["story_id"], row["story_event"])) or "").split())
        return rows

    def search(self, query: str, *, as_of: Day = None, between: Any = None, since: Day = None,
               until: Day = None, limit: int = 20) -> Table:  # fmt: skip
        """Stories that hold all the words (by their stems), best first, and the statements in them that do.

        Rarer words weigh more. ``between`` keeps stories that name both parties.
        """
        scope = Scope.of(as_of, pair_of(self.store, between), since, until, limit)
        query = of_kind(query, str, "search wants words")
        asked = [item for item in words.words(query) if item not in words.EMPTY]
        wanted = list(dict.fromkeys(map(words.stem, asked)))
        if not wanted:
            raise UsageError(f"nothing to search for in {query!r}")
        rows = self._stories_with(asked, scope)
        found: list[dict[str, Any]] = []
        for row in rows:
            found.append(
                row | {"statement": None, "source": None, "snippet": _snippet(row["text"], wanted)}
            )
            for said in self.store.dicts(
                "SELECT statement, source_text, content FROM statement_rows WHERE story_id = ? AND day = ? ORDER BY start_offset",
                [row["story_id"], row["day"]],
            ):
                if set(wanted) <= set(words.stems(said["content"] or "")):
                    found.append(row | {"statement": said["statement"], "source": said["source_text"],
                                        "snippet": _snippet(said["content"], wanted)})  # fmt: skip
        return Table(found, SEARCH_COLUMNS)

    def _stories_with(self, asked: Sequence[str], scope: Scope) -> list[dict[str, Any]]:
        """Stories that hold all the words, best first."""
        # stem and word; a story of an older ledger may hold the word by its plain stem
        spots = {
            (words.word_key(make(item)), words.stem(item))
            for item in asked
            for make in (words.stem, words.plain_stem)
        }
        keys, stems = zip(*sorted(spots), strict=True)
        hits = self.store.query(
            "SELECT story, sum(ln(1 + times)) FROM word_rows JOIN (SELECT unnest(?::UINTEGER[]) AS word, "
            "unnest(?::VARCHAR[]) AS stem) USING (word) "
            "GROUP BY story HAVING count(DISTINCT stem) >= ? ORDER BY 2 DESC, story LIMIT 5000",
            [keys, stems, len(set(stems))],
        )  # fmt: skip
        scores = dict(hits)
        days, values = scope.days()
        known = "{}.recorded < ?::DATE + INTERVAL 1 DAY" if scope.as_of else "TRUE"
        on = [scope.as_of] if scope.as_of else []
        asked_of = [party.among("[e.country]") for party in scope.between or ()]
        both = "".join(
            f" AND EXISTS (FROM entity_rows e WHERE e.story_id = s.story_id AND e.day = s.day AND {named})"
            for named, _ in asked_of
        )
        best = (
            list(scores)[: max(50, scope.limit * 5)]
            if not (scope.since or scope.until or both or scope.as_of)
            else list(scores)
        )
        rows = self.store.dicts(
            "SELECT story_hash, story_id, day, published, publisher, title, text FROM story_rows s WHERE story_hash IN "
            f"(SELECT unnest(?::UBIGINT[])) AND {days} AND {known.format('s')} AND NOT EXISTS (FROM replacement_rows p "
            f"WHERE p.old_story = s.story_id AND {known.format('p')}){both}",
            [best, *values, *on, *on, *(value for _, given in asked_of for value in given)],
        )
        for row in rows:
            row["score"] = round(
                scores[row["story_hash"]] / math.log(20 + len(row["text"]) / 50), 4
            )
        return sorted(rows, key=lambda row: (-row["score"], row["story_id"]))[: scope.limit]

    def diff(self, first: Day, second: Day, *, between: Any = None, since: Day = None, until: Day = None,
             limit: int = 1000) -> Table:  # fmt: skip
        """What changed in what we know from the end of one day to the end of another.

        Events, claims, commitments and agreements that are new, changed (with what was and is) or gone.
        """
        one, two = as_day(first, "DAY1"), as_day(second, "DAY2")
        if one is None or two is None or one >= two:
            raise UsageError("diff wants two days, the earlier first")
        pair = pair_of(self.store, between)
        found: list[dict[str, Any]] = []
        for table in reversed(_KINDS):  # what few lines tell stands before hundreds of events
            found += self._changes(
                table,
                Scope.of(one, pair, since, until, limit),
                Scope.of(two, pair, since, until, limit),
            )
        return Table(found[:limit], DIFF_COLUMNS)

    def _naming_both(self, rows: list[dict[str, Any]], pair: tuple[Party, Party]) -> list[dict[str, Any]]:  # fmt: skip
        """The claims in which both parties have a voice."""
        voices = [{*row["asserted_by"], *row["denied_by"], *row["reported_by"]} for row in rows]
        countries: dict[str, set[str]] = {}
        for name, country in self.store.query(
            "SELECT DISTINCT entity_id, country FROM entity_rows WHERE entity_id IN (SELECT unnest(?::VARCHAR[]))",
            [sorted(set().union(*voices))],
        ):  # fmt: skip
            countries.setdefault(name, set()).add(country)

        def has(ids: set[str], one: Party) -> bool:
            if one.ids is not None:
                return bool(ids.intersection(one.ids))
            return one.key in ids.union(*(countries.get(name, ()) for name in ids))

        return [
            row for row, ids in zip(rows, voices, strict=True) if all(has(ids, one) for one in pair)
        ]

    def _changes(self, table: str, one: Scope, two: Scope) -> list[dict[str, Any]]:
        what, column, shown, told = _KINDS[table]
        parties = {"event_rows": ("actor_countries", "recipient_countries"), "agreement_states": ("party_countries",),
                   "commitment_states": ("by_countries", "to_countries")}.get(table, ())  # fmt: skip
        wanted, values = two.parties(*parties) if parties else ("TRUE", [])
        unknown = unknown_day(self.store, table)
        days, day_values = two.days(unknown=unknown)
        start, end = one.known()[1][0], two.known()[1][0]
        rows = self.store.dicts(
            f"SELECT *, {unknown} AS unknown, known_from < ? AND (known_to IS NULL OR known_to >= ?) AS was, "
            f"known_from < ? AND (known_to IS NULL OR known_to >= ?) AS now FROM {table} "
            f"WHERE ((known_from >= ? AND known_from < ?) OR (known_to >= ? AND known_to < ?)) AND {days} AND {wanted} "
            f"ORDER BY unknown, day, {column} LIMIT ?",
            [start, start, end, end, start, end, start, end, *day_values, *values, 4 * two.limit],
        )
        if table == "claim_states" and two.between:
            rows = self._naming_both(rows, two.between)
        if table == "commitment_states":
            self.name_sides(rows)
        if what == "event":  # whose words decide what stands in the place of what
            self._with_words([row for row in rows if row["was"] != row["now"]])
        rows = [without_day(row) for row in rows]
        before = {row[column]: row for row in rows if row["was"]}
        after = {row[column]: row for row in rows if row["now"]}
        lost = [row for key, row in before.items() if key not in after]
        come = [row for key, row in after.items() if key not in before]
        again = successors(what, lost, come, column)
        before |= again
        taken = {row[column] for row in again.values()}
        return [
            line
            for key in dict.fromkeys(row[column] for row in rows)
            if (key in after or key not in taken)
            and (line := change(what, key, before.get(key), after.get(key), shown, told))
        ]


def _is_state(key: str, code: str) -> bool:
    """Whether an id is a state or one of its officials."""
    many = code.startswith(("IGO", "IMG", "NGO", "MNC"))  # not one country, but many organisations
    return not many and code[3:6] in OFFICIAL and bool(code[3:] or key == code)


def _speakers(answer: dict[str, Any]) -> set[str]:
    """Ids of everybody whose word stands in an answer of ``why``, and of those who are blamed."""
    rows = [
        answer,
        *answer["told_by"],
        *(answer.get("history") or []),
        *(answer.get("violations") or []),
    ]
    found = {row["reporter"] for row in rows if row.get("reporter")}
    for row in rows:
        for name in ("asserted_by", "denied_by", "reported_by", "said_by", "by", "sides"):
            found.update(row.get(name) or ())
    return found


def _snippet(text: str | None, wanted: Sequence[str]) -> str:
    """The words round the first one found."""
    text = " ".join((text or "").split())
    place = next((m.start() for m in words._WORD.finditer(text) if words.stem(m[0]) in wanted), 0)
    start, end = max(0, place - _CONTEXT), min(len(text), place + _CONTEXT)
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
