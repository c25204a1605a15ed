"""The sets that have CAMEO's codes: pairs of a joint act, roles, known groups, classes, wording."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from dragoman import exports, ontology
from dragoman.cli import cli
from dragoman.exports import cameo, cameo_actors, icews
from dragoman.exports.told import Told
from dragoman.lexicon import load
from dragoman.model import Participant, Record
from dragoman.tables import DATA_FOLDER, read_table
from ledger_crisis import Builder


def rows(form: str, record: Record) -> list[dict[str, str]]:
    """The rows of a record in a format, by column."""
    from dragoman.exports.tables import LAYOUTS

    stream = io.StringIO()
    exports.write([record], form, stream)
    layout = LAYOUTS[form]
    lines = [line.split("\t") for line in stream.getvalue().splitlines()]
    return [
        dict(zip(layout.columns, line, strict=True)) for line in lines[1 if layout.header else 0 :]
    ]


def joint(text: str, type_: str, trigger: str, **changes) -> Record:
    """A record of one event of Peru and Ecuador, with nobody that it was done to."""
    record = Builder(text, "2025-03-06").event(type_, "PER ECU", "", trigger).record()
    return replace(record, events=type(record.events)([replace(record.events[0], **changes)]))


@pytest.mark.parametrize(
    ("form", "one", "two"),
    [
        ("icews", "Source Country", "Target Country"),
        ("gdelt", "Actor1Code", "Actor2Code"),
        ("phoenix", "SourceActorFull", "TargetActorFull"),
    ],
)
def test_who_act_together_are_paired_both_ways(form, one, two) -> None:
    found = rows(form, joint("Peru and Ecuador held talks.", "CONSULT", "held"))
    assert [row[one][:3].upper() for row in found] == ["PER", "ECU"]
    assert [row[two][:3].upper() for row in found] == ["ECU", "PER"]
    key = {"icews": "Event ID", "gdelt": "GlobalEventID", "phoenix": "EventID"}[form]
    assert len({row[key] for row in found}) == 2


def test_who_do_the_same_side_by_side_are_not_paired() -> None:
    found = rows("icews", joint("Peru and Ecuador fired rockets.", "ASSAULT", "fired"))
    assert [(row["Source Name"], row["Target Name"]) for row in found] == [
        ("Peru", ""),
        ("Ecuador", ""),
    ]


def test_who_do_it_to_each_other_are_paired() -> None:
    text = "Peru and Ecuador accused each other of lying."
    assert rows("icews", joint(text, "ACCUSE", "accused"))[0]["Target Name"] == "Ecuador"
    record = joint("Peru and Ecuador swapped prisoners.", "RETREAT", "swapped")
    event = record.events[0]
    swap = replace(event, coded_by=replace(event.coded_by, rule="RETREAT.swap"))
    record = replace(record, events=type(record.events)([swap]))
    assert [row["Actor2Code"] for row in rows("gdelt", record)] == ["ECUGOV", "PERGOV"]


def pairs_of(*countries: str) -> list[tuple[str, str]]:
    """Who is paired with whom, by number, when governments of these countries hold talks."""
    record = joint("Peru and Ecuador held talks.", "CONSULT", "held")
    actors = tuple(Participant(str(n), "a", land, ("GOV",)) for n, land in enumerate(countries))
    told = Told(replace(record.events[0], actors=actors), record)
    return [(one.entity if one else "", two.entity if two else "") for one, two in told.pairs()]


def test_two_of_one_side_are_paired_only_where_there_is_no_other_side() -> None:
    assert pairs_of("RUS", "RUS", "USA") == [("0", "2"), ("1", "2"), ("2", "0"), ("2", "1")]
    assert pairs_of("GBR", "GBR") == [("0", "1"), ("1", "0")]
    assert pairs_of("PER") == [("0", "")]


@pytest.mark.parametrize(
    ("country", "sectors", "entity", "code", "place", "group", "types"),
    [
        ("SDN", ("MED",), "doctors", "SDNHLH", "SDN", "", ("HLH",)),
        ("SDN", ("JRN",), "press", "SDNMED", "SDN", "", ("MED",)),
        ("COL", ("PRM",), "militia", "COLUAF", "COL", "", ("UAF",)),
        ("EGY", ("REL", "MUS"), "sheikh", "EGYRELMOS", "EGY", "", ("REL",)),
        ("UNO", ("MIL",), "minusma", "IGOUNOMIL", "", "UNO", ("IGO", "MIL")),
        ("EUR", (), "european-union", "IGOEUREEC", "", "EEC", ("IGO",)),
        ("IGO", (), "african-union", "IGOAFRAFU", "", "AFU", ("IGO",)),
        ("IGO", ("JUD",), "icc", "IGOJUDICC", "", "ICC", ("IGO", "JUD")),
        ("IGO", (), "some-league", "IGO", "", "", ("IGO",)),
        ("NGO", (), "amnesty-international", "NGOHRIAMN", "", "AMN", ("NGO", "HRI")),
        ("", ("REB",), "rebels", "REB", "", "", ("REB",)),
    ],
)
def test_an_actor_in_cameo(country, sectors, entity, code, place, group, types) -> None:
    party = Participant(entity, "name", country, sectors, "", None, None)
    actor = cameo_actors.cameo_actor(party)
    assert (actor.code, actor.country, actor.group, actor.types) == (code, place, group, types)


def test_gdelt_and_phoenix_columns_of_an_international_actor() -> None:
    text = "The Organization of American States condemned Peru."
    record = Builder(text, "2025-03-06").event("ACCUSE", "OAS", "PER", "condemned").record()
    event = record.events[0]
    actor = replace(event.actors[0], entity="oas")
    record = replace(record, events=type(record.events)([replace(event, actors=(actor,))]))
    (row,) = rows("gdelt", record)
    assert [row[f"Actor1{name}"] for name in ("Code", "CountryCode", "KnownGroupCode", "Type1Code")] == [
        "IGOOAS", "", "OAS", "IGO"]  # fmt: skip
    (row,) = rows("phoenix", record)
    assert (row["SourceActorEntity"], row["SourceActorRole"]) == ("IGO", "")
    assert row["SourceActorAttribute"] == "OAS"
    (row,) = rows("icews", record)
    assert row["Source Sectors"] == "International Government Organization"
    assert row["Source Country"] == ""


def test_every_sector_of_the_lexicon_has_a_role_and_every_key_is_known() -> None:
    lexicon = load()
    table = read_table(DATA_FOLDER / "sectors.tsv", ("code",))
    assert {row["code"] for row in table} == set(cameo_actors.roles())
    assert [
        key for key in cameo_actors.internationals() if key.islower() and not lexicon.entry(key)
    ] == []


def test_icews_wording() -> None:
    assert icews.event_text("141", "?") == "Demonstrate or rally"
    assert icews.event_text("190", "?") == "Use conventional military force"
    assert icews.event_text("042", "?") == "Make a visit"
    assert icews.event_text("999", "Other") == "Other"
    scheme = ontology.load()
    assert all(row.name for row in scheme.cameo_rows.values())
    texts = [row.name for code, row in scheme.cameo_rows.items() if len(code) > 2]
    assert len(set(texts)) == len(texts)


def test_countries_as_icews_writes_them() -> None:
    names = [icews.country_name(code) for code in ("RUS", "PSE", "COD", "PER", "UNO", "", None)]
    assert names[:3] == [
        "Russian Federation",
        "Occupied Palestinian Territory",
        "Democratic Republic of Congo",
    ]
    assert names[3:] == ["Peru", "", "", ""]


@pytest.mark.parametrize(
    ("code", "quad", "penta"),
    [("057", 1, 1), ("080", 2, 2), ("090", 2, 3), ("141", 3, 4), ("163", 4, 3), ("190", 4, 4)],
)
def test_classes_follow_the_root_of_the_code(code, quad, penta) -> None:
    assert (cameo.quad_class(code, 1), cameo.penta_class(code, 1)) == (quad, penta)
    assert (cameo.quad_class("", 3), cameo.penta_class("99", 3)) == (3, 3)


def test_a_signed_agreement_has_its_own_code() -> None:
    signed = "Peru and Ecuador signed a trade agreement."
    (row, _) = rows("icews", joint(signed, "AGREE", "signed"))
    assert (row["CAMEO Code"], row["Event Text"], row["Intensity"]) == (
        "057", "Sign formal agreement", "8.0")  # fmt: skip
    future = joint(signed, "AGREE", "signed", aux=("future",))
    assert cameo.code(future.events[0], "signed", signed) == "030"
    agreed = "Peru and Ecuador agreed to a trade agreement."
    assert rows("icews", joint(agreed, "AGREE", "agreed"))[0]["CAMEO Code"] == "030"


def test_the_command_says_how_many_events_a_table_leaves_out(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Chad could sign a peace deal with Sudan, a minister of Mali said.\n")
    command = ["code", str(story), "--format", "icews", "--date", "2026-03-03"]
    told = CliRunner().invoke(cli, command)
    assert "left out as denied, supposed, to come or long past" in told.stderr
    assert "left out" not in CliRunner().invoke(cli, [*command, "--unreal"]).stderr
