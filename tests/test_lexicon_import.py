"""Imports of other people's lists, and the comparison of lexicons."""

from __future__ import annotations

import bz2
import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dragoman.errors import DataError, InputError, UsageError
from dragoman.lexicon import Lexicon, check, load
from dragoman.lexicon.cli import lexicon_group
from dragoman.lexicon.commands import add, compare_paths
from dragoman.lexicon.imports import import_csv, import_petrarch
from dragoman.lexicon.wikidata import import_wikidata

ACTORS = """\
# our own small dictionary
ROSTAVIA_ [RUS] # a country's other name
+ROSTAVYA_
JANE_Q_EXAMPLE_  ; an official
+EXAMPLE_,_JANE
\t[RUSGOV 000101-041231]
\t[RUSMIL >050101]
\t[RUSELI]
ARMY_OF_EXAMPLES_ [MLIREB 950101-991231][MLIPTY]
LOST_ENTRY_
BROKEN_ [RUSGOV 20019999]
\t[---]
NEWS_OF_EXAMPLE_ [USAMED]
+
UN_HELPERS_ [IGOUNOHLH]
STRANGE_ [QQQ]
"""
AGENTS = """\
!PERSON! = MAN, MEN, PERSON
FIRE!PERSON! [~GOV]
BABY_SITTER [~EDU]
THIEF {THIEVES} [~CRM]
MEDIA {} [~MED]
FISH!OTHER! [~AGR]
ODDITY [~QQQ]
"""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load()


def test_petrarch_every_line_is_taken_or_reported(tmp_path: Path, lexicon: Lexicon) -> None:
    actors, agents = tmp_path / "my.actors.txt", tmp_path / "my.agents.txt"
    actors.write_text(ACTORS, encoding="utf-8")
    agents.write_text(AGENTS, encoding="utf-8")
    result = import_petrarch([actors, agents], tmp_path / "out", lexicon)
    assert sum(result.lines.values()) == len(ACTORS.split("\n")) + len(AGENTS.split("\n"))
    reported = {(report.line, report.reason.split(":")[0]) for report in result.reports}
    assert (10, "the entry has no code, it stands for nothing") in reported
    assert any(line == 11 and "no day" in reason for line, reason in reported)
    assert any(line == 14 and "no name" in reason for line, reason in reported)
    assert any("QQQ" in reason for _, reason in reported)
    assert any(line == 6 and "set that no line defines" in reason for line, reason in reported)


def test_petrarch_round_trip(tmp_path: Path, lexicon: Lexicon) -> None:
    actors, agents = tmp_path / "my.actors.txt", tmp_path / "my.agents.txt"
    actors.write_text(ACTORS, encoding="utf-8")
    agents.write_text(AGENTS, encoding="utf-8")
    folder = import_petrarch([actors, agents], tmp_path / "out", lexicon).folder
    assert [str(error) for error in check([folder])] == []
    stacked = load([folder])

    def code(name: str, date: str | None) -> str:
        return stacked.find(name, date)[0].code

    assert code("Jane Q Example", "2003-05-01") == "RUSGOV"
    assert code("Jane Q Example", "2004-12-31") == "RUSGOV"
    assert code("Jane Q Example", "2006-01-01") == "RUSMIL"
    assert code("Jane Q Example", "1990-01-01") == "RUSELI"
    assert code("Army of Examples", "1997-01-01") == "MLIREB"
    assert code("Army of Examples", "2001-01-01") == "MLIPTY"
    assert code("News of Example", None) == "USAJRN"
    assert code("UN Helpers", None) == "UNOMED"
    assert code("Rostavya", None) == "RUS"
    assert stacked.roles["thieves"].sectors == ("CRM",)
    assert stacked.roles["firemen"].sectors == ("GOV",)
    assert stacked.roles["baby sitters"].sectors == ("EDU",)
    assert stacked.roles["media"].sectors == ("JRN",)
    assert "medias" not in stacked.roles


def test_petrarchs_own_dictionaries(tmp_path: Path, lexicon: Lexicon) -> None:
    source = Path(__file__).parents[2] / "shared" / "corpora" / "petrarch-dictionaries"
    if not source.is_dir():
        pytest.skip("../shared/corpora/petrarch-dictionaries is absent")
    files = [*sorted(source.glob("Phoenix.*.actors.txt")), source / "Phoenix.agents.txt"]
    result = import_petrarch(files, tmp_path / "out", lexicon)
    text = [path.read_bytes() for path in files]
    assert sum(result.lines.values()) == sum(data.count(b"\n") + 1 for data in text)
    assert result.rows["actors"] > 35_000 and result.rows["roles"] > 3_000
    assert len(result.reports) < 120
    assert [str(error) for error in check([result.folder])] == []


def entity(key: str, label: str, **claims: object) -> dict[str, object]:
    return {"id": key, "labels": {"en": {"value": label}}, "claims": claims}


def item(key: str, **qualifiers: str) -> dict[str, object]:
    return {
        "rank": "normal",
        "mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": key}}},
        "qualifiers": {
            prop: [
                {
                    "snaktype": "value",
                    "datavalue": {
                        "value": {
                            "time": f"+{day}T00:00:00Z",
                            "precision": 11 if "-00" not in day else 9,
                        }
                    },
                }
            ]
            for prop, day in qualifiers.items()
        },
    }


def text_claim(value: str) -> dict[str, object]:
    return {"rank": "normal", "mainsnak": {"snaktype": "value", "datavalue": {"value": value}}}


DUMP = [
    entity(
        "Q1000",
        "Ada Example",
        P31=[item("Q5")],
        P27=[item("Q34")],
        P39=[item("Q900", P580="2014-10-03", P582="2019-09-10"), item("Q903"), item("Q999")],
    ),
    entity("Q1001", "Bo Example", P31=[item("Q5")], P39=[item("Q901", P580="1999-00-00")]),
    entity("Q1002", "No Office", P31=[item("Q5")]),
    entity("Q34", "Sweden", P298=[text_claim("SWE")]),
    entity("Q801", "Israel", P298=[text_claim("ISR")]),
    entity("Q900", "Minister for Foreign Affairs of Sweden", P1001=[item("Q34")]),
    entity("Q901", "Prime Minister of Israel"),
    entity("Q903", "Keeper of the Seals of Sweden", P1001=[item("Q34")]),
]


@pytest.mark.parametrize("ending", [".json", ".json.gz", ".json.bz2"])
def test_wikidata(tmp_path: Path, lexicon: Lexicon, ending: str) -> None:
    text = "[\n" + ",\n".join(json.dumps(row) for row in DUMP) + ",\nnot json\n]\n"
    path = tmp_path / f"dump{ending}"
    opened = {".json": open, ".json.gz": gzip.open, ".json.bz2": bz2.open}[ending]
    with opened(path, "wt", encoding="utf-8") as out:
        out.write(text)
    result = import_wikidata(path, tmp_path / "out", lexicon)
    assert result.rows == {"people": 2, "tenures": 2}
    reasons = [str(report) for report in result.reports]
    assert any("no JSON" in reason for reason in reasons)
    assert any("Q903" in reason and "no office" in reason for reason in reasons)
    assert any("Q999" in reason and "does not describe" in reason for reason in reasons)
    stacked = load([result.folder])
    assert [e.id for e in stacked.holder("SWE", "foreign-minister", "2016-01-01")] == [
        "ada-example"
    ]
    assert stacked.tenures("bo-example")[0].since == "1999-01-01"
    assert [str(error) for error in check([result.folder])] == []


def test_a_damaged_dump(tmp_path: Path, lexicon: Lexicon) -> None:
    path = tmp_path / "dump.json.gz"
    path.write_bytes(gzip.compress(b"[\n{}\n" * 5000)[:40])
    with pytest.raises(InputError, match="damaged"):
        import_wikidata(path, tmp_path / "out", lexicon)


def test_csv_of_tenures(tmp_path: Path, lexicon: Lexicon) -> None:
    path = tmp_path / "leaders.csv"
    path.write_text("cow,who,y,m,d\n365,Ivan Example,1850,3,7\n999,No Where,1850,1,1\n", "utf-8")
    mapping = {
        "person": "who",
        "country": "cow",
        "office": "=head-of-state",
        "from": "{y}-{m}-{d}",
        "to": "=1851-01-01",
    }
    result = import_csv(path, tmp_path / "out", "tenures", mapping, lexicon, "cow")
    assert result.lines == {"taken": 1, "reported": 1}
    assert result.reports[0].line == 3 and "unknown country" in result.reports[0].reason
    stacked = load([result.folder])
    assert [e.id for e in stacked.holder("RUS", "head-of-state", "1850-06-01")] == ["ivan-example"]


def test_csv_cells_as_spreadsheets_write_them(tmp_path: Path, lexicon: Lexicon) -> None:
    path = tmp_path / "parties.csv"
    rows = (
        '432.0,League A,"pty, OPP",2001.0,5.0,7.0,', "002,League B,PTY;LEG,2001,5,7,2003-02-01 00:00:00",
        "432,League C,XQX,2001,5,7,", "432,League D,PTY,2001,13,7,", "432,League E,PTY,2004,1,1,2003",
    )  # fmt: skip
    path.write_text("\n".join(["cow,name,sector,y,m,d,end", *rows]), "utf-8")
    mapping = {"name": "name", "country": "cow", "sectors": "sector", "from": "{y}-{m}-{d}", "to": "end"}  # fmt: skip
    result = import_csv(path, tmp_path / "out", "actors", mapping, lexicon, "cow")
    assert [report.line for report in result.reports] == [4, 5, 6]
    stacked = load([result.folder])
    one, other = stacked.find("League A", "2002-01-01") + stacked.find("League B", "2002-01-01")
    assert (one.country, one.sectors, one.since) == ("MLI", ("PTY", "OPP"), "2001-05-07")
    assert (other.country, other.sectors, other.until) == ("USA", ("PTY", "LEG"), "2003-02-01")


def test_csv_that_no_coder_takes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text("name,iso\nFront of Tests,MLI\nFront of Tests,MLI\n", "utf-8")
    words = ["import", "csv", str(path), "-o", str(tmp_path / "out"), "--map", "name=name", "--map", "country=iso"]  # fmt: skip
    done = CliRunner().invoke(lexicon_group, words)
    assert done.exit_code == 1 and "stands already" in done.output and "1 mistake" in done.output


def test_csv_with_a_wrong_column(tmp_path: Path, lexicon: Lexicon) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,iso\nA B,MLI\n", "utf-8")
    with pytest.raises(UsageError, match="no column 'nation'"):
        import_csv(path, tmp_path / "out", "actors", {"name": "name", "country": "nation"}, lexicon)
    with pytest.raises(UsageError, match="no table"):
        import_csv(path, tmp_path / "out", "folk", {}, lexicon)


def test_compare_finds_who_differs_and_when(tmp_path: Path) -> None:
    (tmp_path / "people.tsv").write_text(
        "id\tname\tcountry\nputin\tPutin\tRUS\nother\tSome Other\tRUS\n", "utf-8"
    )
    (tmp_path / "tenures.tsv").write_text(
        "person\tcountry\toffice\tfrom\tto\nputin\tRUS\thead-of-state\t2000-01-01\t2008-05-07\n"
        "other\tRUS\thead-of-state\t2008-05-07\t2009-01-01\n",
        "utf-8",
    )
    found = compare_paths(Path("-"), tmp_path)
    assert [(d.since, d.until, d.one, d.other) for d in found] == [
        ("2008-05-07", "2009-01-01", "dmitry-medvedev", "other")
    ]


def test_add_appends_a_good_row_and_refuses_a_bad_one(tmp_path: Path) -> None:
    path, line = add(tmp_path, "Front of Examples", "MLI", kind="group", sectors="REB")
    assert (path.name, line) == ("actors.tsv", 2)
    assert load([tmp_path]).find("Front of Examples")[0].code == "MLIREB"
    add(tmp_path, "Youth of Examples", "MLI", sectors="CVL, OPP")
    assert load([tmp_path]).find("Youth of Examples")[0].sectors == ("CVL", "OPP")
    before = path.read_text("utf-8")
    with pytest.raises(DataError, match="XQX"):
        add(tmp_path, "Front of Mistakes", "XQX")
    assert path.read_text("utf-8") == before


def test_commands(tmp_path: Path) -> None:
    runner = CliRunner()
    shown = runner.invoke(lexicon_group, ["find", "lavrov", "--date", "2021-12-23"])
    assert shown.exit_code == 0 and "sergey-lavrov" in shown.output
    assert runner.invoke(lexicon_group, ["find", "Nobody Atall"]).exit_code == 1
    checked = runner.invoke(lexicon_group, ["check"])
    assert checked.exit_code == 0 and "no mistakes" in checked.output
    (tmp_path / "actors.tsv").write_text("id\tname\tcountry\nx\tX Y\tXQX\n", "utf-8")
    bad = runner.invoke(lexicon_group, ["check", str(tmp_path)])
    assert bad.exit_code == 1 and "actors.tsv:2:" in bad.output
    assert "1 mistake\n" in bad.output
