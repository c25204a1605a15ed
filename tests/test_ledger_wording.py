"""What a question names is looked up: parties, event types, kinds and statuses."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from dragoman import open_ledger
from dragoman.cli import cli
from dragoman.errors import UsageError
from ledger_crisis import PEOPLE, Builder, crisis


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("wording") / "crisis.duckdb"
    with open_ledger(path) as ledger:
        list(ledger.add_many(crisis(), recorded="published", together=25))
    return path


def test_countries_are_known_by_name_and_by_code(path) -> None:
    with open_ledger(path, read_only=True) as ledger:
        assert ledger.dyad("Peru", "ecuador") == ledger.dyad("PER", "ECU") != []
        assert ledger.timeline(between="Peru,ECU") == ledger.timeline(between="PER,ECU") != []
        assert ledger.index("peru", "Ecuador")[0]["pair"] == "PER-ECU"
        assert ledger.index("Fiji", "TON") == []


TURKISH = PEOPLE | {
    "TUR": ("TUR", "Turkey", "TUR", ("GOV",), "Turkey"),
    "PKK": ("pkk", "Kurdistan Workers' Party", "TUR", ("REB",), "PKK"),
}


@pytest.mark.parametrize("who", ["PKK", "kurdistan workers' party", "pkk", "TURREB"])
def test_a_group_is_known_by_name_alias_id_and_code_and_is_not_its_country(tmp_path, who) -> None:
    made = Builder(
        "Turkey shelled the PKK. The PKK warned Turkey. The PKK met Peru.",
        "2025-03-10",
        people=TURKISH,
    )
    made.event("ASSAULT", "TUR", "PKK", "shelled").event("THREATEN", "PKK", "TUR", "warned")
    made.event("CONSULT", "PKK", "PER", "met").commit("demand", "TUR", "PKK", "warned Turkey")
    made.claim("Turkey shelled", None, "PKK", "TUR").claim("It met", None, "PKK", "PER")
    with open_ledger(tmp_path / "l.duckdb") as ledger:
        ledger.add(made.record(), recorded="published")
        between = ("Turkey", who)
        assert {row["type"] for row in ledger.events(between=between)} == {"ASSAULT", "THREATEN"}
        for rows in (ledger.commitments(between=between), ledger.claims(between=between),
                     ledger.search("shelled", between=between), ledger.index(*between)):  # fmt: skip
            assert len(rows) == 1
        assert [row["mean_score"] for row in ledger.dyad(*between)] == [-10, -5]
        new = ledger.diff("2025-03-01", "2025-03-11", between=between)
        assert sorted(row["what"] for row in new) == ["claim", "commitment", "event", "event"]
        assert "demand: TUR → Kurdistan Workers' Party: warned Turkey" in [
            row["text"] for row in new
        ]


def test_somebody_of_two_countries_has_the_code_that_most_stories_give(tmp_path) -> None:
    with open_ledger(tmp_path / "l.duckdb") as ledger:
        for day, home, text in (
            (1, "PER", "Kurds"),
            (2, "PER", "Kurds"),
            (3, "ECU", "Kurds, Kurds"),
        ):
            made = Builder(
                f"{text} met Brazil.",
                f"2025-03-0{day}",
                people=PEOPLE | {"K": ("kurds", "Kurds", home, (), "Kurds")},
            )
            entity = made.entities["K"].replace(code=home)
            record = made.event("CONSULT", "K", "BRA", "met").record()
            ledger.add(record.replace(entities=(entity,)), recorded="published")
        assert [row["code"] for row in ledger.actors() if row["entity"] == "kurds"] == ["PER"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (["dyad", "Rusia", "UKR"], "no party 'Rusia'; did you mean RUS (Russia)?"),
        (["index", "XXX", "UKR"], "no party 'XXX'"),
        (["timeline", "--between", "Congo,RUS"], "'Congo' may be COD"),
        (
            ["claims", "--between", "Peru,RSF"],
            "'RSF' may be rsf (Reporters Without Borders) or rsf-sudan",
        ),
        (["events", "--types", "ASSUALT"], "no event type 'ASSUALT'; did you mean ASSAULT?"),
        (["events", "--types", "FOO"], "no event type 'FOO' (one of ACCUSE, AGREE,"),
        (["commitments", "--status", "refuse"], "no status 'refuse'; did you mean refused?"),
    ],
)
def test_what_nothing_knows_is_a_mistake(path, question, told) -> None:
    error = CliRunner().invoke(cli, [*question, "-l", str(path)]).exception
    assert isinstance(error, UsageError)
    assert (error.exit_code, told in str(error)) == (2, True)


def test_the_types_of_a_ledger_coded_by_another_scheme_are_known(tmp_path) -> None:
    record = crisis()[0]
    event = record.events[0].replace(type="Blockade")
    with open_ledger(tmp_path / "own.duckdb") as ledger:
        ledger.add(record.replace(events=type(record.events)([event])))
        assert [row["type"] for row in ledger.events(types="blockade")] == ["Blockade"]
        with pytest.raises(UsageError, match="no event type 'BLOCKAGE'; did you mean BLOCKADE"):
            ledger.events(types="BLOCKAGE")


@pytest.mark.parametrize(
    "name", ["PER-ECU", "Peru Ecuador", "truce", "the Ecuador–Peru ceasefire", "Cenepa valley"]
)
def test_an_agreement_is_named_for_people_and_found_by_codes_too(path, name) -> None:
    with open_ledger(path, read_only=True) as ledger:
        assert ledger.ceasefire(name)["name"].startswith("Ecuador–Peru ceasefire of 2025-")
        with pytest.raises(UsageError, match="no ceasefire 'Minsk'"):
            ledger.ceasefire("Minsk")
