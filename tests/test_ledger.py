"""The ledger's store: whole or not at all, safe to repeat, order does not matter, errors are readable."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from dragoman.errors import LedgerError, LedgerFull, LedgerLocked, LedgerOlder, UsageError
from dragoman.ledger import cli_writing, open_ledger, schema
from dragoman.ledger.store import Store
from dragoman.model import Record
from ledger_crisis import Builder, crisis

HERE = Path(__file__).parent
TABLES = (
    "stories",
    "reports",
    "events",
    "statements",
    "claims",
    "commitments",
    "agreements",
    "entities",
)


def exported(path: Path, without: frozenset[str] = frozenset()) -> str:
    """Everything the views show but the time of recording, as text; ``without``: "table.column"."""
    with open_ledger(path, read_only=True) as ledger:
        parts = []
        for table in TABLES:
            columns = ledger.store.query(f"SELECT * FROM (DESCRIBE {table})")
            names = [c[0] for c in columns if c[0] not in ("recorded", "known_from", "source")]
            names = [name for name in names if f"{table}.{name}" not in without]
            rows = ledger.store.query(f"SELECT {', '.join(names)} FROM {table} ORDER BY ALL")
            parts.append(f"{table}: {names}\n" + "\n".join(map(str, rows)))
        return "\n".join(parts)


@pytest.fixture
def book(tmp_path):
    with open_ledger(tmp_path / "crisis.duckdb") as ledger:
        yield ledger


@pytest.fixture(scope="module")
def full(tmp_path_factory) -> Path:
    """The scripted crisis, stored in order of publication."""
    path = tmp_path_factory.mktemp("ledger") / "full.duckdb"
    with open_ledger(path) as ledger:
        list(ledger.add_many(crisis(), recorded="published", together=5))
    return path


def test_the_same_story_twice_changes_nothing(book, full) -> None:
    record = crisis()[3]
    assert book.add(record).outcome == "added"
    before = book.store.query("SELECT count(*) FROM event_rows"), book.events()
    assert book.add(record).outcome == "unchanged"
    assert (book.store.query("SELECT count(*) FROM event_rows"), book.events()) == before


def test_adding_everything_twice_in_shuffled_order_gives_the_same_bytes(tmp_path, full) -> None:
    records = crisis() * 2
    random.Random(7).shuffle(records)
    with open_ledger(tmp_path / "shuffled.duckdb") as ledger:
        outcomes = [
            added.outcome for added in ledger.add_many(records, recorded="published", together=3)
        ]
    assert outcomes.count("unchanged") == 25
    assert exported(tmp_path / "shuffled.duckdb") == exported(full)


def test_one_by_one_and_together_give_the_same_bytes(tmp_path) -> None:
    some = crisis()[3:16:2]
    with open_ledger(tmp_path / "single.duckdb") as ledger:
        for record in reversed(some):
            ledger.add(record, recorded="published")
    with open_ledger(tmp_path / "together.duckdb") as ledger:
        list(ledger.add_many(some, recorded="published", together=9))
    assert exported(tmp_path / "single.duckdb") == exported(tmp_path / "together.duckdb")


def test_every_past_day_is_the_same_whatever_the_order(tmp_path, full) -> None:
    with open_ledger(tmp_path / "back.duckdb") as ledger:
        list(ledger.add_many(reversed(crisis()), recorded="published", together=4))
        with open_ledger(full, read_only=True) as other:
            for day in ("2025-03-06", "2025-03-07", "2025-03-19", "2025-03-27", "2025-04-08"):
                for question in ("events", "commitments", "claims", "agreements"):
                    mine, theirs = (
                        getattr(ledger, question)(as_of=day),
                        getattr(other, question)(as_of=day),
                    )
                    assert mine == theirs, (day, question)


def corrected() -> tuple[Record, Record]:
    first = Builder(
        "Peruvian shells killed 3 soldiers at Zamora.", "2025-03-06", url="https://x.example/1"
    )
    second = Builder(
        "Peruvian shells killed 5 soldiers at Zamora.", "2025-03-06", url="https://x.example/1"
    )
    first.event("ASSAULT", "PER", "ECU", "killed", place="Zamora", dead=(3, 3))
    second.event("ASSAULT", "PER", "ECU", "killed", place="Zamora", dead=(5, 5))
    return first.record(), second.record()


@pytest.mark.parametrize("backwards", [False, True])
def test_a_corrected_story_takes_the_place_of_the_older_one(book, backwards) -> None:
    old, new = corrected()
    turns = [(old, "2025-03-06"), (new, "2025-03-08")]
    for record, day in reversed(turns) if backwards else turns:
        done = book.add(record, recorded=day)
    if not backwards:
        assert (done.outcome, done.replaced) == ("corrected", old.story.id)
    assert [row["dead_low"] for row in book.events()] == [5]
    assert [row["dead_low"] for row in book.events(as_of="2025-03-07")] == [3]
    assert book.store.query("SELECT count(*) FROM stories") == [(1,)]
    versions = book.store.query(
        "SELECT story_id, replaced_by FROM story_versions ORDER BY recorded"
    )
    assert versions == [(old.story.id, new.story.id), (new.story.id, None)]


def test_the_same_title_by_one_publisher_is_a_version_only_when_near_and_alike(book) -> None:
    def column(text: str, day: str) -> Record:
        return Builder(text, day, "Paper", title="The day in brief").record()

    words = "Envoys met in Lima and spoke of the border, of the price of fish and of the weather in the hills."
    book.add(column(words, "2025-03-06"))
    assert book.add(column(words + " They will meet again.", "2025-03-07")).outcome == "corrected"
    assert (
        book.add(
            column(
                "Nothing at all of that kind was said on the coast, where boats lay idle.",
                "2025-03-07",
            )
        ).outcome
        == "added"
    )
    assert book.add(column(words + " Later on.", "2025-04-07")).outcome == "added"


def test_a_second_process_gets_a_readable_message(tmp_path) -> None:
    path = tmp_path / "held.duckdb"
    with open_ledger(path):
        words = (
            "from dragoman.ledger import open_ledger, store; store.LOCK_WAIT = 0.2; "
            f"open_ledger({str(path)!r})"
        )
        done = subprocess.run(
            [sys.executable, "-c", words], capture_output=True, text=True, check=False
        )
        last = done.stderr.splitlines()[-1]
        assert "LedgerLocked" in last
        assert f"{path}: another process (PID {os.getpid()}) has this ledger open; " in last
        assert "However" not in last and "http" not in last
        with pytest.raises(LedgerLocked, match="open"):
            open_ledger(path)


def test_a_ledger_that_is_soon_free_is_waited_for(tmp_path) -> None:
    path = tmp_path / "held.duckdb"
    open_ledger(path).close()
    words = (
        "import time; from dragoman.ledger import open_ledger\n"
        f"with open_ledger({str(path)!r}): print('held', flush=True); time.sleep(1)"
    )
    with subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline()
        with open_ledger(path, read_only=True) as ledger:
            assert ledger.events() == []


def test_a_ledger_is_free_while_stories_are_coded(tmp_path, monkeypatch) -> None:
    path = tmp_path / "free.duckdb"

    def coded(*_: object) -> Iterator[Record]:
        for record in crisis()[:5]:
            open_ledger(path).close()  # as another process might
            yield record

    monkeypatch.setattr(cli_writing, "_coded", coded)
    done = CliRunner().invoke(cli_writing.add, ["x", "-l", str(path), "--together", "1"])
    assert done.exit_code == 0 and "5 added" in done.output


@pytest.mark.parametrize("read_only", [True, False])
def test_what_is_no_ledger_is_named(tmp_path, read_only) -> None:
    for name, held in (("notes.txt", "not a database"), ("rows.csv", "a,b\n1,2\n")):
        (tmp_path / name).write_text(held)
        with pytest.raises(LedgerError, match=rf"{name}: not a ledger"):
            open_ledger(tmp_path / name, read_only)
        assert (tmp_path / name).read_text() == held
    (tmp_path / "empty.duckdb").touch()
    with pytest.raises(LedgerError, match=r"empty\.duckdb: not a ledger"):
        open_ledger(tmp_path / "empty.duckdb", read_only=True)
    with pytest.raises(LedgerError, match="no such ledger"):
        open_ledger(tmp_path / "missing.duckdb", read_only=True)
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE t (a INTEGER)")
    with pytest.raises(LedgerError, match=r"other\.duckdb: .*not a ledger"):
        open_ledger(other, read_only)


def test_any_ending_is_a_ledgers(tmp_path) -> None:
    for _ in range(2):
        with open_ledger(tmp_path / "crisis.csv") as ledger:
            outcome = ledger.add(crisis()[0]).outcome
    assert outcome == "unchanged"


class Fault(Exception):
    """A store call that fails."""


@pytest.mark.parametrize(
    "kind",
    [
        duckdb.IOException("IO Error: No space left on device"),
        pytest.param(Fault(), marks=pytest.mark.slow),
    ],
)
def test_whatever_call_fails_nothing_is_lost_and_running_again_completes(
    tmp_path, monkeypatch, kind
) -> None:
    """The n-th store call fails, for every n, on the story that touches most tables."""
    records = crisis()[3:6]
    path, n = tmp_path / "fault.duckdb", 0
    plain = Store._hook
    reference = tmp_path / "reference.duckdb"
    with open_ledger(reference) as ledger:
        list(ledger.add_many(records, recorded="published", together=3))
    with open_ledger(path) as ledger:
        list(ledger.add_many(records[:2], recorded="published", together=2))
        before = ledger.store.query("SELECT count(*) FROM story_rows"), ledger.events()
        while True:
            n += 1
            calls = iter(range(1, 10_000))

            def hook(store: Store, calls=calls, n=n) -> None:
                if next(calls) == n:
                    raise kind

            monkeypatch.setattr(Store, "_hook", hook)
            try:
                ledger.add(records[2], recorded="published")
                break
            except (LedgerFull, Fault) as error:
                if isinstance(error, LedgerFull):
                    assert "is safe" in str(error)
            finally:
                monkeypatch.setattr(Store, "_hook", plain)
            now = ledger.store.query("SELECT count(*) FROM story_rows"), ledger.events()
            assert now == before
    assert n > 20
    assert exported(path) == exported(reference)


def _add_many(ledger) -> None:
    list(ledger.add_many(crisis()[3:6], recorded="published", together=2))


def _correct(ledger) -> None:
    event = ledger.store.query("SELECT min(event_id) FROM events WHERE type = 'ASSAULT'")[0][0]
    if not ledger.store.query("SELECT 1 FROM corrections"):
        ledger.correct("recode", event, "A", field="mode", value="aerial", recorded="2025-03-09")


def _recode(ledger) -> None:
    records = {record.story.id: record for record in crisis()}
    ledger.recode(lambda story: records[story.id].replace(claims=()))


@pytest.mark.slow
@pytest.mark.parametrize("action", [_add_many, _correct, _recode])
def test_whatever_call_of_whatever_action_fails(tmp_path, monkeypatch, action) -> None:
    """After the n-th call failed, for every n, opening again and doing it again gives what it gives undisturbed."""
    plain, n, failed = Store._hook, 0, True
    start, reference = tmp_path / "start.duckdb", tmp_path / "reference.duckdb"
    with open_ledger(start) as ledger:
        list(ledger.add_many(crisis()[2:5], recorded="published", together=3))
    shutil.copy(start, reference)
    with open_ledger(reference) as ledger:
        action(ledger)
    wanted = exported(reference)
    while failed:
        n, failed = n + 1, False
        path = tmp_path / f"fault{n}.duckdb"
        shutil.copy(start, path)
        calls = iter(range(1, 100_000))

        def hook(store: Store, calls=calls, n=n) -> None:
            if next(calls) == n:
                raise duckdb.IOException("IO Error: No space left on device")

        with open_ledger(path) as ledger:
            monkeypatch.setattr(Store, "_hook", hook)
            try:
                action(ledger)
            except LedgerFull as error:
                failed = True
                assert "is safe" in str(error)
            finally:
                monkeypatch.setattr(Store, "_hook", plain)
        with open_ledger(path) as ledger:
            action(ledger)
        assert exported(path) == wanted, n
        path.unlink()
    assert n > 15


def test_a_death_between_commit_and_settling_is_made_good_at_the_next_opening(
    tmp_path, full
) -> None:
    path = tmp_path / "half.duckdb"
    ledger = open_ledger(path)
    ledger._commit(crisis(), "published")
    assert ledger.events() == []
    ledger.store.close()
    with open_ledger(path):
        pass
    assert exported(path) == exported(full)


ADDER = """
import sys
sys.path.insert(0, {here!r})
from ledger_crisis import crisis
from dragoman.ledger import open_ledger
with open_ledger({path!r}) as ledger:
    for added in ledger.add_many(crisis(), recorded="published"):
        print(added.story_id, flush=True)
"""


def kill_rounds(path: Path, rounds: int, seed: int) -> None:
    """Start adding, kill at a random story (or a little after), look whether all that was said is there."""
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    words = ADDER.format(here=str(HERE), path=str(path))
    for _ in range(rounds):
        process = subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        for _ in range(chance.randint(0, 8)):
            acknowledged.add(process.stdout.readline().strip())
        if chance.random() < 0.5:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=chance.random() * 0.5)
        process.kill()
        acknowledged |= {line.strip() for line in process.stdout}
        process.wait()
        acknowledged.discard("")
        if not path.exists():
            continue
        with open_ledger(path) as ledger:
            stored = {row[0] for row in ledger.store.query("SELECT story_id FROM stories")}
            assert acknowledged <= stored
            for record in crisis():
                if record.story.id in stored:
                    told = ledger.store.query(
                        "SELECT count(*) FROM report_rows WHERE story_id = ?", [record.story.id]
                    )
                    assert told == [(len(record.events),)]
        if len(stored) == 25 and chance.random() < 0.8:
            path.unlink()
            acknowledged = set()


def test_kill_at_random_moments(tmp_path, full) -> None:
    path = tmp_path / "killed.duckdb"
    kill_rounds(path, 4, seed=3)
    subprocess.run(
        [sys.executable, "-c", ADDER.format(here=str(HERE), path=str(path))],
        check=True,
        capture_output=True,
    )
    assert exported(path) == exported(full)


@pytest.mark.slow
def test_kill_at_random_moments_two_hundred_times(tmp_path, full) -> None:
    path = tmp_path / "killed.duckdb"
    kill_rounds(path, 200, seed=11)
    subprocess.run(
        [sys.executable, "-c", ADDER.format(here=str(HERE), path=str(path))],
        check=True,
        capture_output=True,
    )
    assert exported(path) == exported(full)


FILLER = """
import resource, signal, sys
sys.path.insert(0, {here!r})
from ledger_crisis import crisis
from dragoman.errors import LedgerFull
from dragoman.ledger import open_ledger
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_ledger({path!r}) as ledger:
    ledger.add(crisis()[0], recorded="published")
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
try:
    with open_ledger({path!r}) as ledger:
        for added in ledger.add_many(crisis(), recorded="published"):
            print(added.story_id, flush=True)
except LedgerFull as error:
    print(error, file=sys.stderr)
    sys.exit(7)
"""


@pytest.mark.parametrize("room", [60_000, 150_000])
def test_a_full_disk_says_what_is_safe_and_keeps_it(tmp_path, full, room) -> None:
    """No file may grow beyond ``room`` bytes, the log of changes among them."""
    path = tmp_path / "small.duckdb"
    words = FILLER.format(here=str(HERE), path=str(path), room=room)
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 7, done.stderr
    assert "the disk is full" in done.stderr and "is safe" in done.stderr
    with open_ledger(path) as ledger:
        stored = {row[0] for row in ledger.store.query("SELECT story_id FROM stories")}
        assert set(done.stdout.split()) <= stored
        list(ledger.add_many(crisis(), recorded="published"))
    assert exported(path) == exported(full)


# what a ledger of an older version looks like: the statements that turn one of today into it
BACKWARD = {
    8: """
    DROP VIEW events;
    DROP VIEW reports;
    DELETE FROM dyad_rows WHERE event_id IN (SELECT event_id FROM event_rows WHERE joint);
    ALTER TABLE report_rows DROP COLUMN joint;
    ALTER TABLE event_rows DROP COLUMN joint;
    UPDATE settings SET value = '8' WHERE name = 'schema_version';
    """,
    7: """
    ALTER TABLE report_rows DROP COLUMN day_told;
    ALTER TABLE event_rows DROP COLUMN day_told;
    UPDATE settings SET value = '7' WHERE name = 'schema_version';
    """,
    6: """
    ALTER TABLE report_rows ALTER COLUMN dead_low TYPE INTEGER;
    ALTER TABLE event_rows ALTER COLUMN dead_low TYPE INTEGER;
    ALTER TABLE agreement_rows ALTER COLUMN count TYPE INTEGER;
    UPDATE settings SET value = '6' WHERE name = 'schema_version';
    """,
    5: """
    DROP VIEW claims;
    ALTER TABLE claim_rows DROP COLUMN confidence;
    ALTER TABLE claim_states DROP COLUMN confidence;
    UPDATE settings SET value = '5' WHERE name = 'schema_version';
    """,
    4: """
    DROP VIEW IF EXISTS reports;
    DROP VIEW report_members;
    CREATE TABLE report_members AS SELECT item, day, component, group_id FROM near_report_members
        UNION ALL SELECT item, day, component, group_id FROM far_report_members;
    DROP TABLE near_report_members;
    DROP TABLE far_report_members;
    ALTER TABLE report_rows DROP COLUMN told;
    UPDATE settings SET value = '4' WHERE name = 'schema_version';
    """,
    3: """
    DROP VIEW IF EXISTS events;
    ALTER TABLE event_rows DROP COLUMN actor_id;
    ALTER TABLE event_rows DROP COLUMN recipient_id;
    ALTER TABLE event_rows DROP COLUMN more_parties;
    UPDATE settings SET value = '3' WHERE name = 'schema_version';
    """,
    2: """
    CREATE TABLE member_rows AS
        SELECT 'story' AS kind, * FROM story_members UNION ALL SELECT 'report', * FROM report_members
        UNION ALL SELECT 'claim', * FROM claim_members UNION ALL SELECT 'commitment', * FROM commitment_members
        UNION ALL SELECT 'agreement', * FROM agreement_members;
    DROP TABLE story_members; DROP TABLE report_members; DROP TABLE claim_members;
    DROP TABLE commitment_members; DROP TABLE agreement_members;
    ALTER TABLE event_rows DROP COLUMN dated;
    ALTER TABLE report_rows DROP COLUMN actor_side;
    ALTER TABLE report_rows DROP COLUMN recipient_side;
    ALTER TABLE waiting_rows DROP COLUMN day;
    ALTER TABLE waiting_rows DROP COLUMN recorded;
    UPDATE settings SET value = '2' WHERE name = 'schema_version';
    """,
    1: """
    DROP TABLE recoding_rows;
    ALTER TABLE report_rows DROP COLUMN rule;
    UPDATE settings SET value = '1' WHERE name = 'schema_version';
    """,
}


@pytest.mark.parametrize("version", [8, 7, 6, 5, 4, 3, 2, 1])
def test_an_older_ledger_is_brought_forward(tmp_path, full, version) -> None:
    """Half of its stories are settled, the other half still wait."""
    path = tmp_path / "old.duckdb"
    with open_ledger(path) as ledger:
        list(ledger.add_many(crisis()[:12], recorded="published", together=12))
        ledger._commit(crisis()[12:], "published")
        for number in range(8, version - 1, -1):
            ledger.store.query(BACKWARD[number])
    with pytest.raises(LedgerOlder, match="older ledger"):
        Store(path, read_only=True)
    open_ledger(path, read_only=True).close()
    with open_ledger(path) as ledger:
        wide = "SELECT DISTINCT typeof(dead_low) FROM report_rows UNION SELECT typeof(dead_low) FROM event_rows"
        assert ledger.store.query(wide) == [("BIGINT",)]
        assert ledger.store.query("SELECT value FROM settings") == [(str(schema.SCHEMA_VERSION),)]
        assert ledger.add(crisis()[0]).outcome == "unchanged"
        assert ledger.store.query("SELECT count(*) FROM waiting_rows") == [(0,)]
        parties = "actor_id = actors[1] AND more_parties = (len(actors) > 1 OR len(recipients) > 1)"
        assert ledger.store.query(f"SELECT bool_and({parties}) FROM event_rows") == [(True,)]
    if version > 1:
        unknown = frozenset({"claims.confidence"} if version < 6 else ())  # older ledgers kept none
        assert exported(path, unknown) == exported(full, unknown)
    with open_ledger(path) as ledger:
        (claim,) = ledger.claims(contested=True)
        assert (claim["confidence"] is None) == (version < 6)


def test_doubtful_disputes_are_listed_only_when_asked_for(book) -> None:
    for record in crisis():
        doubted = tuple(claim.replace(confidence=0.3) for claim in record.claims)
        book.add(record.replace(claims=doubted))
    assert list(book.claims(contested=True)) == []
    (claim,) = book.claims(contested=True, everything=True)
    assert claim["confidence"] == 0.3


def test_a_newer_ledger_is_refused(tmp_path) -> None:
    with open_ledger(tmp_path / "new.duckdb") as ledger:
        ledger.store.query("UPDATE settings SET value = '99'")
    with pytest.raises(LedgerError, match="upgrade Dragoman"):
        open_ledger(tmp_path / "new.duckdb")
    with pytest.raises(LedgerError, match="upgrade Dragoman"):
        open_ledger(tmp_path / "new.duckdb", read_only=True)


def test_recoding_replaces_what_is_derived_and_says_what_changed(tmp_path, full) -> None:
    path = tmp_path / "recoded.duckdb"
    records = {record.story.id: record for record in crisis()}
    with open_ledger(path) as ledger:
        list(ledger.add_many(records.values(), recorded="published"))
        same = ledger.recode(lambda story: records[story.id])
        assert (same["stories"], same["changed"], same["events"]["new"]) == (25, 0, 0)
    assert exported(path) == exported(full)
    with open_ledger(path) as ledger:
        event = next(row for row in ledger.events(types="SANCTION"))
        ledger.correct(
            "note", event["event_id"], "A. Analyst", reason="seen in the official gazette"
        )
        assault = next(row for row in ledger.events(types="ASSAULT") if row["place"] == "Zamora")
        ledger.correct("dismiss", assault["event_id"], "A. Analyst", reason="a hunting accident")

        def other(story):
            """A coder that finds the same under other ids, and no accusations."""
            old = records[story.id]
            kept = [e.replace(id="n" + e.id) for e in old.events if e.type != "ACCUSE"]
            return old.replace(
                events=type(old.events)(kept), claims=(), run=old.run.replace(dragoman="next")
            )

        report = ledger.recode(other)
        assert report["changed"] > 0
        assert report["claims"]["after"] == 0
        assert ledger.events(types="ACCUSE") == []
        noted = ledger.events(types="SANCTION")[0]
        assert "gazette" in str(ledger.why(noted["event_id"])["notes"])
        assert [row["place"] for row in ledger.events(types="ASSAULT")] == ["Falso Paquisha"]
        assert ledger.store.query("SELECT count(*) FROM runs") == [(2,)]
        assert ledger.store.query("SELECT text FROM stories ORDER BY story_id") == sorted(
            ((r.story.text,) for r in records.values()),
            key=lambda row: next(k for k, r in records.items() if r.story.text == row[0]),
        )


def test_corrections_merge_split_recode_and_confirm(tmp_path) -> None:
    with open_ledger(tmp_path / "words.duckdb") as ledger:
        list(ledger.add_many(crisis(), recorded="published"))
        accusations = ledger.events(types="ACCUSE")
        assert len(accusations) == 2
        ledger.correct("merge", accusations[0]["event_id"], "A", other=accusations[1]["event_id"])
        merged = ledger.events(types="ACCUSE")
        assert [row["reports"] for row in merged] == [2]
        story = ledger.why(merged[0]["event_id"])["told_by"][1]["story_id"]
        ledger.correct("split", merged[0]["event_id"], "B", other=story, reason="two speeches")
        assert len(ledger.events(types="ACCUSE")) == 2
        event = ledger.events(types="SANCTION")[0]["event_id"]
        ledger.correct("recode", event, "A", field="mode", value="expel")
        ledger.correct("confirm", event, "A")
        row = ledger.events(types="SANCTION")[0]
        assert (row["mode"], row["confirmed"], row["confidence"]) == ("expel", True, 1.0)
        said = ledger.why(event)["corrections"]
        assert [item["analyst"] for item in said] == ["A", "A"]
        assert all(item["recorded"] for item in said)
        for action, name, more in (
            ("recode", event, {"field": "colour"}),
            ("merge", event, {}),
            ("note", "e0", {}),
        ):
            with pytest.raises(UsageError):
                ledger.correct(action, name, "A", **more)


def test_a_record_comes_back_as_it_was(tmp_path) -> None:
    from dragoman.ledger.recoding import stored

    records = {record.story.id: record for record in crisis()}
    with open_ledger(tmp_path / "kept.duckdb") as ledger:
        list(ledger.add_many(records.values()))
        assert {record.story.id: record for record, _ in stored(ledger.store)} == records
