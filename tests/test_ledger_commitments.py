"""What is due and what was promised in a ledger of more commitments than an answer has rows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from click.testing import CliRunner

from dragoman import open_ledger
from dragoman.cli import cli
from dragoman.errors import UsageError
from ledger_crisis import PEOPLE, Builder

FIRST = date(2022, 1, 1)
MANY = 1200


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A demand a day for three years, each due 90 days later; the oldest alone is refused, one is due next."""
    with open_ledger(tmp_path_factory.mktemp("many") / "many.duckdb") as ledger:
        demand = Builder("Peru demanded a bridge.", str(FIRST)).commit("demand", "PER", "ECU", "bridge")  # fmt: skip
        ledger.add(demand.record(), recorded="published")
        names = ledger.store.columns("commitment_states")
        (row,) = ledger.store.dicts("SELECT * FROM commitment_states")
        ledger.store.query("DELETE FROM commitment_states")
        rows = []
        for number in range(MANY):
            day = FIRST + timedelta(days=number)
            history = row["history"].replace(str(FIRST), str(day))
            if number == 0:
                history = history.replace('"demanded"', '"refused"')
            due = day + timedelta(days=90) if number else None
            more = {"commitment_id": f"k{number:04}", "day": day, "last_day": day, "history": history,
                    "due_end": due, "known_from": datetime.combine(day, time()), "text": f"bridge {number}"}  # fmt: skip
            rows.append({name: (row | more)[name] for name in names})
        ledger.store.append("commitment_states", rows)
        yield ledger


def test_what_is_due_next_is_found_among_many(many) -> None:
    asked = str(FIRST + timedelta(days=MANY + 85))
    found = many.due(asked, limit=5)
    assert [row["text"] for row in found] == [f"bridge {MANY - n}" for n in (5, 4, 3, 2, 1)]
    lapsed = many.due(str(FIRST + timedelta(days=MANY + 200)), limit=2)
    assert [(row["text"], row["status"]) for row in lapsed] == [
        (f"bridge {MANY - 1}", "lapsed"),
        (f"bridge {MANY - 2}", "lapsed"),
    ]


def test_a_status_is_found_among_many_and_the_latest_are_kept(many) -> None:
    assert [row["text"] for row in many.commitments(status="refused", limit=5)] == ["bridge 0"]
    assert [row["text"] for row in many.commitments(limit=2)] == [
        f"bridge {MANY - 2}",
        f"bridge {MANY - 1}",
    ]
    assert len(many.commitments(limit=5000)) == MANY


def test_the_day_asked_is_not_the_day_of_knowledge(many) -> None:
    known = "2022-01-04"
    assert [row["text"] for row in many.due(as_of=known)] == ["bridge 1", "bridge 2", "bridge 3"]
    later = many.due("2022-04-03", as_of=known)
    assert [(row["text"], row["status"]) for row in later] == [
        ("bridge 2", "demanded"),
        ("bridge 3", "demanded"),
        ("bridge 1", "lapsed"),
    ]


def test_types_take_blanks_and_an_unknown_order_is_an_error(many) -> None:
    assert list(many.events(types="ASSAULT, ACCUSE")) == []
    with pytest.raises(UsageError, match="order"):
        many.events(order="size")


@pytest.mark.parametrize(
    ("kind", "text", "doer", "trigger", "later", "status"),
    [
        ("CONSULT", "withdraw its guns from the ridge", "PER", "held", "Peru held talks on guns and the ridge.", "promised"),
        ("RETREAT", "withdraw its guns from the ridge", "PER", "withdrew", "Peru withdrew the guns from the ridge.", "met"),
        ("RETREAT", "withdraw its guns from the ridge", "PER", "withdraw", "Peru decided to withdraw guns from the ridge.", "promised"),
        ("RETREAT", "withdraw its guns from the ridge", "PER", "withdrawing", "Peru spoke of withdrawing guns from the ridge.", "promised"),
        ("RETREAT", "not withdraw its guns from the ridge", "PER", "withdrew", "Peru withdrew the guns from the ridge.", "promised"),
        ("ACCUSE", "withdraw its guns from the ridge", "ECU", "blamed", "Ecuador blamed Peru for not withdrawing guns from the ridge.", "violated"),
        ("ACCUSE", "withdraw its guns from the ridge", "ECU", "blamed", "Ecuador blamed Peru for guns on the ridge.", "promised"),
        ("ACCUSE", "withdraw its guns from the ridge", "ECU", "blamed", "Ecuador blamed Peru for guns on the ridge, said one who did not want to be named.", "promised"),
    ],
)  # fmt: skip
def test_only_what_was_to_be_done_keeps_a_promise(
    tmp_path, kind, text, doer, trigger, later, status
) -> None:
    with open_ledger(tmp_path / "kept.duckdb") as ledger:
        ledger.add(Builder(f"Peru told Ecuador it would {text}.", "2025-03-01").commit("promise", "PER", "ECU", text).record())  # fmt: skip
        other = "PER" if doer == "ECU" else "ECU"
        answer = Builder(f"{later} Ecuador waits.", "2025-03-09")
        ledger.add(answer.event(kind, doer, other, trigger).record())
        assert [row["status"] for row in ledger.commitments()] == [status]


def test_other_words_for_one_act_are_one_commitment(tmp_path) -> None:
    with open_ledger(tmp_path / "one.duckdb") as ledger:
        for text in ("withdraw its forces from the ridge", "pull its soldiers off the ridge"):
            told = Builder(f"Peru told Ecuador it would {text}.", "2025-03-01")
            ledger.add(told.commit("promise", "PER", "ECU", text).record())
        assert [row["stories"] for row in ledger.commitments()] == [2]


def test_what_will_be_and_what_will_not_be_are_two(tmp_path) -> None:
    with open_ledger(tmp_path / "two.duckdb") as ledger:
        for number, text in enumerate(
            ("attend the talks in Quito", "not attend the talks in Quito")
        ):
            told = Builder(f"Peru told Ecuador it would {text}.", f"2025-03-0{number + 1}")
            ledger.add(told.commit("promise", "PER", "ECU", text).record())
        assert len(ledger.commitments()) == 2


def test_an_opposition_is_shown_by_its_name_and_a_state_by_its_code(tmp_path) -> None:
    people = PEOPLE | {
        "OPP": ("PER-opposition", "Peruvian opposition", "PER", ("OPP",), "opposition")
    }
    path = tmp_path / "sides.duckdb"
    with open_ledger(path) as ledger:
        told = Builder(
            "The opposition told Ecuador it would open the road.", "2025-03-01", people=people
        )
        ledger.add(told.commit("promise", "OPP", "ECU", "open the road").record())
    shown = CliRunner().invoke(cli, ["commitments", "-l", str(path)]).output
    assert "Peruvian opposition" in shown
    assert " ECU " in shown


def test_a_desk_asks_what_is_open_and_what_is_new_before_all_events(tmp_path) -> None:
    with open_ledger(tmp_path / "open.duckdb") as ledger:
        told = Builder(
            "Peru told Ecuador it would open the road. Peru shelled Ecuador.", "2025-03-01"
        )
        told.commit("promise", "PER", "ECU", "open the road").event(
            "ASSAULT", "PER", "ECU", "shelled"
        )
        told.claim("that", None, "PER", "ECU")
        ledger.add(told.record(), recorded="published")
        asked = ("open", "promised", "kept", "broken")
        assert [len(ledger.commitments(status=status)) for status in asked] == [1, 1, 0, 0]
        changed = [row["what"] for row in ledger.diff("2025-02-28", "2025-03-01")]
        assert changed == ["commitment", "event"]


def statuses(tmp_path, *told: Builder) -> list[tuple[str, str]]:
    with open_ledger(tmp_path / "told.duckdb") as ledger:
        for one in told:
            ledger.add(one.record(), recorded="published")
        return [
            (row["kind"], row["status"])
            for row in ledger.commitments(everything=True, as_of="2025-03-20")
        ]


def test_what_two_agreed_to_do_is_followed_as_their_promise(tmp_path) -> None:
    agreed = Builder("Peru and Ecuador agreed to exchange all prisoners.", "2025-03-01")
    made = agreed.commit("agreement", "PER ECU", "", "to exchange all prisoners")
    assert statuses(tmp_path, made) == [("promise", "promised")]


def test_who_says_that_he_will_not_has_withdrawn_his_threat(tmp_path) -> None:
    threat = Builder("Peru threatened to expel envoys of Ecuador.", "2025-03-01")
    calm = Builder("Peru said it would not expel envoys.", "2025-03-04")
    told = (threat.commit("threat", "PER", "ECU", "to expel envoys"),
            calm.commit("promise", "PER", "ECU", "it would not expel envoys"))  # fmt: skip
    assert statuses(tmp_path, *told) == [("threat", "withdrawn"), ("promise", "promised")]


def test_a_meeting_on_its_day_is_the_one_that_was_planned(tmp_path) -> None:
    plan = Builder("Leaders of Peru and Ecuador will meet on Sunday.", "2025-03-07")
    plan.commit("plan", "PER ECU", "", "will meet on Sunday", due="2025-03-09")
    met = Builder("Peru and Ecuador met at last. Brazil was glad.", "2025-03-09")
    assert statuses(tmp_path, plan, met.event("CONSULT", "PER", "ECU", "met")) == [("plan", "met")]


@pytest.mark.parametrize(("toward", "status"), [("BRA", "met"), ("", "met"), ("ECU", "promised")])
def test_who_sends_the_guards_he_promised_has_kept_it(tmp_path, toward: str, status: str) -> None:
    promise = Builder("Peru promised Brazil to send 200 guards to Arica.", "2025-03-01")
    promise.commit("promise", "PER", "BRA", "to send 200 guards to Arica")
    sent = Builder("Peru sent 200 guards there.", "2025-03-09")
    told = promise, sent.event("MOBILIZE", "PER", toward, "sent")
    assert statuses(tmp_path, *told) == [("promise", status)]


def test_whoever_accuses_disputes_that_a_promise_was_kept(tmp_path) -> None:
    text = "withdraw its guns from the ridge"
    promise = Builder(f"Peru told Ecuador it would {text}.", "2025-03-01").commit(
        "promise", "PER", "ECU", text
    )
    kept = Builder("Peru withdrew its guns from the ridge, Peru said.", "2025-03-09")
    blame = Builder("Ecuador blamed Peru for not withdrawing guns from the ridge.", "2025-03-10")
    kept.says("PER", "say", "said", "Peru withdrew its guns from the ridge")
    told = (
        promise,
        kept.event("RETREAT", "PER", "", "withdrew", said="s1"),
        blame.event("ACCUSE", "ECU", "PER", "blamed"),
    )
    assert statuses(tmp_path, *told) == [("promise", "disputed")]


def test_who_frees_has_released(tmp_path) -> None:
    promise = Builder("Peru promised to release the five pilots.", "2025-03-10")
    promise.commit("promise", "PER", "", "to release the five pilots", due="2025-03-14")
    freed = Builder("Peru freed the last five pilots of Ecuador.", "2025-03-14")
    assert statuses(tmp_path, promise, freed.event("RETREAT", "PER", "ECU", "freed")) == [("promise", "met")]  # fmt: skip


def test_why_tells_the_status_of_the_day_and_fits_the_terminal(tmp_path) -> None:
    from dragoman.commands.why import why

    text = (
        "it would clear all of its mines from the long road that leads to the wells of the valley"
    )
    promise = Builder(f"Peru told Ecuador that {text}.", "2025-03-10")
    path = tmp_path / "one.duckdb"
    with open_ledger(path) as ledger:
        ledger.add(
            promise.commit("promise", "PER", "ECU", text, due="2025-03-14").record(), "published"
        )
        (row,) = ledger.commitments()
        assert (row["status"], ledger.why(row["commitment_id"])["status"]) == ("lapsed", "lapsed")
        assert ledger.why(row["commitment_id"], as_of="2025-03-12")["status"] == "promised"
    for columns in (60, 80):
        told = CliRunner(env={"COLUMNS": str(columns)}).invoke(
            why, [row["commitment_id"], "-l", str(path)]
        )
        assert max(map(len, told.output.splitlines())) <= columns


def test_who_says_that_he_will_not_has_taken_back_his_promise(tmp_path) -> None:
    promise = Builder("Peru promised to send its envoy back to Quito.", "2025-03-01")
    promise.commit("promise", "PER", "ECU", "to send its envoy back to Quito", due="2025-03-09")
    no = Builder("Peru said it would not send its envoy back on March 9.", "2025-03-04")
    no.commit("promise", "PER", "", "it would not send its envoy back on March 9", due="2025-03-09")
    assert statuses(tmp_path, promise, no) == [("promise", "withdrawn"), ("promise", "promised")]


def test_a_promise_to_hold_still_until_a_day_runs_out(tmp_path) -> None:
    text = "it would not shell the road until March 9"
    calm = Builder(f"Peru said {text}.", "2025-03-04")
    assert statuses(tmp_path, calm.commit("promise", "PER", "ECU", text, due="2025-03-09")) == [
        ("promise", "lapsed")
    ]


def test_an_unnamed_party_is_of_the_country_that_its_own_story_tells(tmp_path) -> None:
    path = tmp_path / "unnamed.duckdb"
    with open_ledger(path) as ledger:
        for number, (side, act) in enumerate(
            (("ECU", "close the bridge"), ("PER", "stop the ferry"), ("PER", "expel all miners")), 1
        ):
            people = PEOPLE | {"ENV": ("unnamed:envoy-1", "the envoy", side, ("GOV",), "unnamed")}
            name = {"ECU": "Ecuador", "PER": "Peru"}[side]
            text = f"Brazil told the envoy of {name} it would {act}."
            told = Builder(text, f"2025-03-0{number}", people=people)
            ledger.add(told.commit("threat", "BRA", f"{side} ENV", act).record())
    done = CliRunner(env={"COLUMNS": "80"}).invoke(cli, ["commitments", "-l", str(path)])
    shown = [line.split("  ")[3] for line in done.output.splitlines() if "BRA" in line]
    assert shown == ["BRA → ECU", "BRA → PER", "BRA → PER"]


@pytest.mark.parametrize(
    ("later", "status"),
    [
        ("Peru met Ecuador in Quito and agreed to resume talks on the river.", "promised"),
        ("Peru met Ecuador in Quito and proposed talks on the river.", "promised"),
        ("Peru resumed talks with Ecuador on the river.", "met"),
    ],
)
def test_what_is_agreed_at_a_meeting_is_not_kept_by_it(tmp_path, later: str, status: str) -> None:
    promise = Builder("Peru promised Ecuador to resume talks on the river.", "2025-03-01")
    promise.commit("promise", "PER", "ECU", "to resume talks on the river")
    told = Builder(later, "2025-03-09").event("CONSULT", "PER", "ECU", later.split()[1])
    assert statuses(tmp_path, promise, told)[0] == ("promise", status)


@pytest.mark.parametrize(
    ("later", "act", "status"),
    [("Five were freed in May.", "freed", "demanded"), ("He was freed in May.", "freed", "met")],
)
def test_who_was_to_be_freed_is_not_the_five_who_were(tmp_path, later, act, status) -> None:
    demand = Builder("Peru asked Ecuador to set him free.", "2025-03-01")
    demand.commit("demand", "PER", "ECU", "Ecuador to set him free")
    told = Builder(later, "2025-03-09").event("RETREAT", "ECU", "PER", act)
    assert statuses(tmp_path, demand, told) == [("demand", status)]


def test_who_only_visits_has_not_talked_about_the_demand(tmp_path) -> None:
    demand = Builder("Peru demanded guards from Ecuador.", "2025-03-01")
    demand.commit("demand", "PER", "ECU", "guards")
    for number, (later, steps) in enumerate(
        (("Ecuador toured a bridge of Peru.", 1), ("Ecuador met Peru.", 2))
    ):
        told = Builder(later, "2025-03-03").event("CONSULT", "ECU", "PER", later.split()[1])
        with open_ledger(tmp_path / f"{number}.duckdb") as ledger:
            ledger.add(demand.record())
            ledger.add(told.record())
            (row,) = ledger.commitments()
            assert len(row["history"]) == steps
