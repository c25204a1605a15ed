"""The shipped lexicon, its dates, and what the loader says of bad tables."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

import pytest

from dragoman.errors import DataError
from dragoman.lexicon import Lexicon, check, load, normalise
from dragoman.lexicon.build import read_tables
from dragoman.lexicon.words import word_problems

CHANGES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "office_changes.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
    if line and not line.startswith("#")
][1:]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load()


def holders(lexicon: Lexicon, country: str, office: str, day: datetime.date) -> list[str]:
    return [entry.id for entry in lexicon.holder(country, office, day.isoformat())]


@pytest.mark.parametrize(("country", "office", "day", "before", "after"), CHANGES)
def test_holder_the_day_before_of_and_after_a_change(
    lexicon: Lexicon, country: str, office: str, day: str, before: str, after: str
) -> None:
    change = datetime.date.fromisoformat(day)
    one = datetime.timedelta(days=1)
    expected = {change - one: before, change: after, change + one: after}
    for when, who in expected.items():
        assert holders(lexicon, country, office, when) == ([] if who == "-" else [who]), when


def test_forty_changes() -> None:
    assert len(CHANGES) >= 40


def test_the_whole_shipped_lexicon_is_without_mistakes() -> None:
    assert [str(error) for error in check()] == []


@pytest.mark.parametrize(
    ("phrase", "date", "key", "code"),
    [
        ("Zelenskiy", "2021-12-23", "volodymyr-zelensky", "UKRGOV"),
        ("Volodymyr Zelenskyy", "2021-12-23", "volodymyr-zelensky", "UKRGOV"),
        ("Antony Blinken", "2021-12-23", "antony-blinken", "USAGOV"),
        ("Antony Blinken", "2025-06-01", "antony-blinken", "USAELI"),
        ("Sergei Shoigu", "2021-12-23", "sergei-shoigu", "RUSGOVMIL"),
        ("Ann Linde", "2021-12-23", "ann-linde", "SWEGOV"),
        ("Jens Stoltenberg", "2021-12-23", "jens-stoltenberg", "IGOMIL"),
        ("Jens Stoltenberg", "2010-01-01", "jens-stoltenberg", "NORGOV"),
        ("Albin Kurti", "2021-01-01", "albin-kurti", "XKXPTYOPP"),
        ("Albin Kurti", "2021-10-01", "albin-kurti", "XKXGOV"),
        ("Tony Blair", None, "tony-blair", "GBRELI"),
        ("the Taliban", "2020-01-01", "taliban", "AFGREB"),
        ("the Taliban", "2022-01-01", "taliban", "AFGGOV"),
        ("NATO", None, "nato", "IGOMIL"),
        ("the Kremlin", None, "RUS", "RUSGOV"),
        ("Downing Street", None, "GBR", "GBRGOV"),
        ("Abkhazia", None, "abkhazia", "GEOGOVPRE"),
        ("the Donetsk People’s Republic", "2021-12-23", "donetsk-peoples-republic", "UKRGOVPREREB"),
        ("Hay’at Tahrir al-Sham", "2020-01-01", "hts", "SYRREB"),
        ("Soviet Union", "2021-12-23", "SUN", "SUNGOV"),
        ("Reuters", None, "reuters", "MNCJRN"),
        ("the Knesset", None, "knesset", "ISRLEG"),
    ],
)
def test_who_is_meant_on_that_day(
    lexicon: Lexicon, phrase: str, date: str | None, key: str, code: str
) -> None:
    first = lexicon.find(phrase, date)[0]
    assert (first.id, first.code) == (key, code)


def test_capitals_tell_names_from_words(lexicon: Lexicon) -> None:
    assert [entry.id for entry in lexicon.find("US")] == ["USA"]
    assert lexicon.find("us") == []
    assert lexicon.find("turkey") == []
    assert lexicon.find("Let") == []
    assert [entry.id for entry in lexicon.find("LeT")] == ["lashkar-e-taiba"]
    assert [entry.id for entry in lexicon.find("turkey", any_case=True)] == ["TUR"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Donetsk People's Republic", "Donetsk People’s Republic"),
        ("Hay'at Tahrir al-Sham", "HAYAT TAHRIR AL SHAM"),
        ("U.S.", "US"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
    ],
)
def test_two_writings_of_one_name(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


def test_names_along_a_sentence(lexicon: Lexicon) -> None:
    words = [
        "The",
        "U.S.",
        "and",
        "Russian",
        "-",
        "backed",
        "Donetsk",
        "People",
        "'s",
        "Republic",
        ",",
        "said",
        "the",
        "Kremlin",
        ",",
        "met",
        "al",
        "-",
        "Shabaab",
        "in",
        "Côte",
        "d'Ivoire",
    ]
    found = {
        " ".join(words[match.start : match.end]): {
            (name.entry.id, name.how) for name in match.names
        }
        for match in lexicon.matches(words, "2021-12-23")
    }
    assert ("USA", "alias") in found["U.S."]
    assert found["Russian"] == {("RUS", "adjective")}
    assert ("donetsk-peoples-republic", "name") in found["Donetsk People 's Republic"]
    assert found["Kremlin"] == {("RUS", "seat")}
    assert ("al-shabaab", "name") in found["al - Shabaab"]
    assert {key for key, _ in found["Côte d'Ivoire"]} == {"CIV"}


def test_a_comma_ends_a_name(lexicon: Lexicon) -> None:
    words = ["South", ",", "Korea"]
    assert all(match.end - match.start == 1 for match in lexicon.matches(words))


def test_states_by_demonym_capital_and_seat(lexicon: Lexicon) -> None:
    assert [entry.id for entry in lexicon.demonym("Poles")] == ["POL"]
    assert [entry.id for entry in lexicon.capital_of("Kiev")] == ["UKR"]
    assert [entry.id for entry in lexicon.seat("Élysée")] == ["FRA"]
    assert {entry.id for entry in lexicon.find("Congo")} == {"COD", "COG"}
    state = lexicon.state("UKR")
    assert state is not None
    assert "BLR" in state.neighbours and state.iso2 == "UA" and state.cow == 369


def test_owners_of_a_name_stand_in_the_order_of_the_table(lexicon: Lexicon) -> None:
    assert [entry.id for entry in lexicon.find("Joint Chiefs of Staff")] == [
        "jcs-korea",
        "joint-chiefs",
    ]
    assert lexicon.find("Brussels")[0].id == "european-union"


def test_titles_of_offices(lexicon: Lexicon) -> None:
    assert lexicon.office_of_title("Secretary of State", "USA") == ("foreign-minister",)
    assert lexicon.office_of_title("the prime minister") == ("head-of-government",)


def test_a_surname_finds_those_in_office_first(lexicon: Lexicon) -> None:
    assert lexicon.surname("Johnson", "2021-12-23")[0].id in ("boris-johnson", "mike-johnson")
    assert lexicon.surname("Xi", "2021-12-23")[0].id == "xi-jinping"


def test_matching_a_sentence_is_fast(lexicon: Lexicon) -> None:
    words = (
        "Russian Foreign Minister Sergey Lavrov met the OSCE chair in Geneva and said " * 19
    ).split()[:250]
    lexicon.matches(words, "2021-12-23")
    start = time.process_time()
    for _ in range(20):
        lexicon.matches(words, "2021-12-23")
    assert (time.process_time() - start) / 20 < 0.005  # 0.5 ms on an idle core


HEADER = {
    "actors": "id\tname\tcountry\taliases\tkind\tsectors\tfrom\tto\tnote",
    "tenures": "person\tcountry\toffice\tfrom\tto",
    "people": "id\tname\tcountry\taliases",
}


def written(folder: Path, **tables: str) -> Path:
    for name, rows in tables.items():
        text = f"# a comment\n{HEADER[name]}\n{rows}\n" if name in HEADER else rows
        (folder / f"{name}.tsv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("tables", "line", "reason"),
    [
        ({"actors": "x\tX Front\tXQX"}, 3, "unknown country code 'XQX'"),
        ({"actors": "x\tX Front\tMLI\t\tgroup\tREBEL"}, 3, "unknown sector code 'REBEL'"),
        ({"actors": "x\tX Front\tMLI\t\tgang\tREB"}, 3, "unknown kind 'gang'"),
        ({"actors": "x\tX Front\tMLI\t\tgroup\tREB\t2021-02-30"}, 3, "not a day of the calendar"),
        ({"actors": "x\tX Front\tMLI\t\tgroup\tREB\tspring"}, 3, "is not a date"),
        ({"actors": "x\tX Front\tMLI\t\tgroup\tREB\t2021\t2020"}, 3, "before it begins"),
        ({"actors": "x\t\tMLI"}, 3, "no value for name"),
        ({"actors": "a b\tX Front\tMLI"}, 3, "may hold letters"),
        ({"actors": "x\tX Front\tMLI\t\t\t\t\t\t\tmore"}, 3, "10 columns, but the header has 9"),
        ({"actors": "x\tX Front\tMLI\nx\tY Front\tMLI"}, 4, "stands already in line 3"),
        ({"actors": "x\tX Front\tMLI\ny\tX Front\tMLI"}, 4, "several owners (x|y)"),
        ({"tenures": "nobody\tMLI\thead-of-state"}, 3, "no entry has the id 'nobody'"),
        ({"tenures": "vladimir-putin\tRUS\ttsar"}, 3, "unknown office 'tsar'"),
        (
            {
                "people": "p\tPer One\tMLI\nq\tQi Two\tMLI",
                "tenures": "p\tMLI\thead-of-state\t2001\t2003\nq\tMLI\thead-of-state\t2002\t2004",
            },
            4,
            "MLI head-of-state: q (2002-01-01 to 2004-01-01) overlaps p",
        ),
        ({"media": "id\tname\nx\tX Radio"}, 1, "missing column: country"),
        ({"media": "id\tname\tcountry\tsize\n"}, 1, "unknown column: size"),
        ({"media": "# nothing\n"}, None, "no header line"),
    ],
)
def test_a_bad_row_is_named_with_file_line_and_reason(
    tmp_path: Path, tables: dict[str, str], line: int | None, reason: str
) -> None:
    folder = written(tmp_path, **tables)
    problems = check([folder])
    name = next(reversed(tables))
    assert any(
        Path(error.file) == folder / f"{name}.tsv" and error.line == line and reason in error.reason
        for error in problems
    ), [str(error) for error in problems]


def test_check_reports_every_mistake_and_load_the_first(tmp_path: Path) -> None:
    folder = written(tmp_path, actors="x\tX Front\tXQX\ny\tY Front\tMLI\t\tgang")
    assert len(check([folder])) == 2
    with pytest.raises(DataError, match="XQX"):
        load([folder])


def test_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "media.tsv").write_bytes(b"id\tname\tcountry\nx\t\xff\tMLI\n")
    assert any(error.line == 2 and "UTF-8" in error.reason for error in check([tmp_path]))


def test_a_missing_lexicon(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        load([tmp_path / "none"])
    with pytest.raises(DataError, match="holds no table"):
        load([tmp_path])


def test_a_users_lexicon_stands_over_the_shipped_one(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        actors="hamas\tHamas\tPSE\t\tgroup\tPTY\nmine\tFront X\tMLI\tKremlin\tgroup\tREB",
        people="new-one\tNew One\tMLI\t",
        tenures="new-one\tMLI\thead-of-state\t2022-01-01\t2022-02-01",
    )
    lexicon = load([folder])
    assert lexicon.find("Hamas")[0].code == "PSEPTY"
    assert [entry.id for entry in lexicon.find("the Kremlin")][:2] == ["mine", "RUS"]
    assert [e.id for e in lexicon.holder("MLI", "head-of-state", "2022-01-15")] == ["new-one"]
    assert [e.id for e in lexicon.holder("MLI", "head-of-state", "2021-12-31")] == ["assimi-goita"]
    assert [e.id for e in lexicon.holder("MLI", "head-of-state", "2022-02-01")] == ["assimi-goita"]
    assert str((folder / "actors.tsv").resolve()) in lexicon.hashes


def test_a_people_table_with_another_word_in_its_name(tmp_path: Path) -> None:
    path = tmp_path / "people.mali.tsv"
    path.write_text("id\tname\tcountry\nz\tZed Zedson\tMLI\n", encoding="utf-8")
    assert load([path]).find("Zed Zedson")[0].id == "z"


@pytest.mark.parametrize(
    ("table", "row", "reason"),
    [
        ("roles.tsv", "gatekeeper\tXYZ\t3\tperson\tnote", "unknown sector 'XYZ'"),
        ("roles.tsv", "gatekeeper\tGOV\t7\tperson\tnote", "unknown priority '7'"),
        ("roles.tsv", "gatekeeper\tGOV\t3\tthing\tnote", "unknown kind 'thing'"),
        ("roles.tsv", "gatekeeper\tGOV\t3\tperson\tnote\tQQQ", "unknown country 'QQQ'"),
        ("places.tsv", "Nowhere\tQQQ\tcity\t5", "unknown country 'QQQ'"),
        ("places.tsv", "Nowhere\tMLI\tcity\tmany", "population 'many' is no number"),
        ("descriptions.tsv", "club\tgroup\tamong:nobody-at-all", "unknown entry 'nobody-at-all'"),
        ("first_names.tsv", "Kim\tboth\t", "unknown gender 'both'"),
        ("homelands.tsv", "kurds\tSYR|QQQ\t", "unknown country 'QQQ'"),
        ("entity_words.tsv", "former", "1 columns, 2 wanted"),
    ],
)
def test_a_bad_row_of_words_is_named(tmp_path: Path, table: str, row: str, reason: str) -> None:
    (tmp_path / table).write_text(f"# comment\nheader\tx\n{row}\n{row}\n", encoding="utf-8")
    found = [str(error) for error in word_problems(read_tables([]), tmp_path)]
    assert f"{table}:3: {reason}" in found
    assert len(found) >= 2  # the row that comes again is named too
