"""What a question names is looked up: countries, event types, kinds and statuses."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from dragoman import open_ledger
from dragoman.cli import cli
from dragoman.errors import UsageError
from ledger_crisis import crisis


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


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (["dyad", "Rusia", "UKR"], "no country 'Rusia'; did you mean RUS (Russia)?"),
        (["index", "XXX", "UKR"], "no country 'XXX'"),
        (["timeline", "--between", "Congo,RUS"], "'Congo' may be COD"),
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


@pytest.mark.parametrize("name", ["PER-ECU", "Peru Ecuador", "truce", "the Ecuador–Peru ceasefire"])
def test_an_agreement_is_named_for_people_and_found_by_codes_too(path, name) -> None:
    with open_ledger(path, read_only=True) as ledger:
        assert ledger.ceasefire(name)["name"].startswith("Ecuador–Peru ceasefire of 2025-")
        with pytest.raises(UsageError, match="no ceasefire 'Minsk'"):
            ledger.ceasefire("Minsk")
