"""Phrases without a parse: country and sectors, holders of offices by date."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dragoman.entities import Resolver, scan
from dragoman.entities.resolve import split_words
from dragoman.entities.tables import plural_of, roles, towns, words
from dragoman.lexicon import load

PHRASES = Path(__file__).parent / "data" / "entity_phrases.tsv"


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(load())


def rows() -> list[dict[str, str]]:
    with PHRASES.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["phrase"])
def test_phrase(resolver: Resolver, row: dict[str, str]) -> None:
    entity = resolver.resolve(row["phrase"], context=row["context"] or "", date=row["date"] or None)
    assert entity is not None
    assert entity.country == (row["country"] or "")
    wanted = tuple(filter(None, (row["sectors"] or "").split("|")))
    assert entity.sectors[: len(wanted)] == wanted
    assert bool(entity.sectors) == bool(wanted)


@pytest.mark.parametrize("name", ["Iván Lima", "Diego Paris", "Ana Quito"])
def test_no_capital_after_a_first_name(resolver: Resolver, name: str) -> None:
    assert resolver.resolve(name) is None


def test_a_capital_with_its_own_words_before_it(resolver: Resolver) -> None:
    for phrase, country in (("Central Lima", "PER"), ("Lima", "PER"), ("Paris, France", "FRA")):
        entity = resolver.resolve(phrase)
        assert entity is not None and entity.country == country


def test_nobody(resolver: Resolver) -> None:
    assert resolver.resolve("") is None
    assert resolver.resolve("the purple quickly") is None


def test_a_backer_is_not_the_country(resolver: Resolver) -> None:
    entity = resolver.resolve("Russian-backed separatists in eastern Ukraine")
    assert entity is not None
    assert (entity.country, entity.sectors[0]) == ("UKR", "REB")


def test_the_office_has_its_holder_of_the_day(resolver: Resolver) -> None:
    before = resolver.resolve("the French president", date="2017-05-13")
    after = resolver.resolve("the French president", date="2017-05-15")
    assert before is not None and after is not None
    assert before.id != after.id
    assert before.country == after.country == "FRA"


def test_context_lowers_the_confidence(resolver: Resolver) -> None:
    told = resolver.resolve("Peruvian police")
    guessed = resolver.resolve("police", context="Lima, Peru")
    assert told is not None and guessed is not None
    assert guessed.country == told.country == "PER"
    assert guessed.confidence < told.confidence


@pytest.mark.parametrize(
    ("phrase", "tokens"),
    [
        ("Russian-backed groups", ["Russian", "-", "backed", "groups"]),
        ("Poland's premier", ["Poland", "'s", "premier"]),
        ("the U.S. Senate", ["the", "U.S.", "Senate"]),
        ("", []),
    ],
)
def test_words(phrase: str, tokens: list[str]) -> None:
    assert split_words(phrase) == tokens


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("army chief", "army chiefs"),
        ("fisherman", "fishermen"),
        ("embassy", "embassies"),
        ("church", "churches"),
        ("child", "children"),
    ],
)
def test_plurals(one: str, many: str) -> None:
    assert plural_of(one) == many


def test_tables_hold_what_others_rely_on() -> None:
    assert roles().get("paramedics") is not None
    assert towns().get("Kharkiv") is not None
    assert {"former", "backed", "locative", "speech"} <= set(words())


def test_seas_are_nobody(resolver: Resolver) -> None:
    assert resolver.resolve("the South China Sea") is None


def test_a_title_of_another_kind_is_another_person(resolver: Resolver) -> None:
    general = resolver.resolve("Gen. Cruz", date="2022-01-01")
    senator = resolver.resolve("Sen. Cruz", date="2022-01-01")
    assert general is not None and general.id != "ted-cruz"
    assert senator is not None and senator.id == "ted-cruz"


def test_another_first_name_is_another_person(resolver: Resolver) -> None:
    entity = resolver.resolve("Quillon Lavrov", date="2022-01-01")
    assert entity is None or entity.id != "sergey-lavrov"


def test_a_small_letter_is_no_chamber_of_parliament(resolver: Resolver) -> None:
    house = resolver.resolve("the House")
    assert house is not None and house.sectors == ("LEG",)
    small = resolver.resolve("a house")
    assert small is None or "LEG" not in small.sectors


def test_roles_of_a_lexicon_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "roles.tsv").write_text(
        "phrase\tsectors\tcountry\tplural\nsky-warden\tCOP\t\t\nspokesman\tJRN\t\t\n",
        encoding="utf-8",
    )
    own = Resolver(load([tmp_path]))
    warden = own.resolve("the Malian sky-wardens")
    assert warden is not None and (warden.country, warden.sectors) == ("MLI", ("COP",))
    spokesman = own.resolve("a spokesman")
    assert spokesman is not None and spokesman.sectors == ("JRN",)


def test_words_that_are_forgotten_may_be_met_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "KEPT", 2)  # as after many thousand stories
    found = Resolver(load()).resolve("President Hassan Rouhani", date="2018-01-01")
    assert found is not None and found.country == "IRN"
