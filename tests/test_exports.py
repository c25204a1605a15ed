"""The field's formats: column names, order, quoting, and a round trip through a reader."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pytest
from hypothesis import given, strategies

from dragoman import exports
from dragoman.errors import InputError, UsageError
from dragoman.exports import cells, countries, gdelt, icews, phoenix, polecat
from dragoman.model import Events, Participant, Record, Rejection
from ledger_crisis import Builder, crisis

POLECAT = (
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\t"
    "Primary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\t"
    "Recipient Country\tRecipient COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\t"
    "Wikipedia Recipient ID\tPlacename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\t"
    "Feature Type\tSource\tPublication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion"
)
ICEWS = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\t"
    "Target Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
)


@pytest.mark.parametrize("form", exports.FORMATS)
def test_every_format_comes_back(form, tmp_path) -> None:
    path = tmp_path / "out"
    written = exports.write(crisis(), form, path)
    rows = list(exports.read(path, form))
    assert len(rows) == written > 0
    if form == "record":
        assert [Record.from_dict(row) for row in rows] == crisis()


def test_column_names_and_order() -> None:
    assert "\t".join(polecat.COLUMNS) == POLECAT
    assert "\t".join(icews.COLUMNS) == ICEWS
    assert (len(gdelt.COLUMNS), len(gdelt.MENTION_COLUMNS), len(phoenix.COLUMNS)) == (61, 16, 26)
    assert gdelt.COLUMNS[:7] == (
        "GlobalEventID",
        "Day",
        "MonthYear",
        "Year",
        "FractionDate",
        "Actor1Code",
        "Actor1Name",
    )
    assert (gdelt.COLUMNS[25], gdelt.COLUMNS[29], gdelt.COLUMNS[35], gdelt.COLUMNS[59]) == (
        "IsRootEvent", "QuadClass", "Actor1Geo_Type", "DATEADDED")  # fmt: skip


def shelling() -> Record:
    return crisis()[3]


def lines(form: str, *records: Record) -> list[list[str]]:
    stream = io.StringIO()
    exports.write(records, form, stream)
    return [line.split("\t") for line in stream.getvalue().splitlines()]


def test_polecat_as_its_users_read_it(tmp_path) -> None:
    pandas = pytest.importorskip("pandas")
    exports.write([shelling()], "polecat", tmp_path / "out.txt")
    table = pandas.read_csv(tmp_path / "out.txt", sep="\t", keep_default_na=False)
    assert "\t".join(table.columns) == POLECAT
    row = table.iloc[0]
    assert (row["Event Type"], row["Event Mode"], row["Quad Code"]) == (
        "ASSAULT",
        "None",
        "MATERIAL CONFLICT",
    )
    assert (row["Actor Country"], row["Actor COW"], row["Primary Actor Sector"]) == (
        "PER",
        135,
        "GOV",
    )
    assert (row["Event Date"], row["Intensity"], row["Country"]) == ("2025-03-06", -10.0, "Ecuador")


def test_icews_gdelt_and_phoenix_rows() -> None:
    header, row = lines("icews", shelling())
    assert "\t".join(header) == ICEWS
    assert row[1:5] == ["2025-03-06", "Peru", "Government", "Peru"]
    assert row[6:9] == ["190", "-10.0", "Ecuador"]
    (row,) = lines("gdelt", shelling())
    assert len(row) == 61
    assert row[1:8] == ["20250306", "202503", "2025", "2025.2630", "PERGOV", "PERU", "PER"]
    assert row[26:31] == ["190", "190", "19", "4", "-10.0"]
    assert row[51:54] == ["4", "Falso Paquisha, Ecuador", "EC"]
    (mention,) = lines("gdelt-mentions", shelling())
    assert mention[0] == row[0]
    assert mention[4:6] == ["news.example", "https://news.example/04_2025-03-06"]
    (row,) = lines("phoenix", shelling())
    assert row[1:9] == ["20250306", "2025", "3", "6", "PERGOV", "PER", "GOV", ""]
    assert row[13:17] == ["190", "19", "4", "-10.0"]


def test_dyadic_sets_have_a_row_for_each_pair_and_none_with_oneself() -> None:
    talks = crisis()[9]  # Brazil, Peru and Ecuador meet Peru and Ecuador
    pairs = [(row[2], row[8]) for row in lines("icews", talks)[1:]]
    assert pairs == [
        ("Brazil", "Peru"),
        ("Brazil", "Ecuador"),
        ("Peru", "Ecuador"),
        ("Ecuador", "Peru"),
    ]


def test_plover_json_has_the_fields_of_the_manual(tmp_path) -> None:
    exports.write([shelling()], "events", tmp_path / "out.jsonl")
    (row,) = exports.read(tmp_path / "out.jsonl", "events")
    assert (row["date"], row["event"], row["quad_code"], row["event_scale"]) == (
        "2025-03-06",
        ["ASSAULT"],
        4,
        -10.0,
    )
    assert row["actor"][0]["code"] == "PER"
    assert row["event_loc"]["country_code"] == "ECU"
    assert row["size"] == {"dead": {"low": 3, "high": None}}
    assert row["cite_info"]["language"] == "en"


def test_arrow_has_the_same_columns_without_events() -> None:
    empty, some = Events().to_arrow(), shelling().events.to_arrow()
    assert empty.schema == some.schema
    assert some.column("actors").to_pylist()[0][0]["country"] == "PER"
    assert pa.types.is_list(empty.schema.field("actors").type)


def test_parquet_and_csv_have_the_same_columns_without_events(tmp_path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    for name, records in (("empty", []), ("some", crisis())):
        exports.write(records, "parquet", tmp_path / f"{name}.parquet")
        exports.write(records, "csv", tmp_path / f"{name}.csv")
    empty, some = (pq.read_table(tmp_path / f"{name}.parquet") for name in ("empty", "some"))
    assert empty.schema.equals(some.schema, check_metadata=True)
    assert pa.concat_tables([empty, some]).num_rows == some.num_rows > 0
    headers = [(tmp_path / f"{name}.csv").read_text().splitlines()[0] for name in ("empty", "some")]
    assert headers[0] == headers[1]


def test_the_lists_of_one_side_split_alike(tmp_path) -> None:
    builder = Builder("Gunmen; and Peru fought Ecuador.", "2025-03-06")
    record = builder.event("ASSAULT", "PER", "ECU", "fought").record()
    nobody = Participant("unnamed:x;1", "Gunmen; masked", "", (), "")
    (event,) = record.events
    event = event.replace(actors=(nobody, *event.actors), recipients=(nobody,))
    story = record.story.replace(source="news/a.txt")
    told = record.replace(story=story, events=Events([event]))
    exports.write([told], "csv", tmp_path / "events.csv")
    (row,) = exports.read(tmp_path / "events.csv", "csv")
    parts = ("names", "codes", "countries", "cow", "gw", "sectors", "ids")
    assert {row[f"actor_{part}"].count(";") for part in parts} == {1}
    assert row["actor_names"].startswith("Gunmen, masked;") and row["actor_codes"][0] == ";"
    assert {row[f"recipient_{part}"].count(";") for part in parts} == {0}
    assert row["source"] == "news/a.txt"


@pytest.mark.parametrize("aux", ["future", "historical", "hypothetical", "negation"])
def test_sets_without_a_column_for_it_leave_out_what_did_not_happen(aux, tmp_path) -> None:
    record = (
        Builder("Peru shelled Ecuador. Ecuador may strike Peru.", "2025-03-06")
        .event("ASSAULT", "PER", "ECU", "shelled")
        .event("ASSAULT", "ECU", "PER", "strike", aux=(aux,))
        .record()
    )
    for form in ("polecat", "icews", "gdelt", "gdelt-mentions", "phoenix"):
        left: list[int] = []
        assert exports.write([record], form, tmp_path / form, left_out=left.append) == 1
        assert left == [1]
        assert exports.write([record], form, tmp_path / form, unreal=True) == 2
    for form in ("events", "csv", "parquet"):
        assert exports.write([record], form, tmp_path / form) == 2


def test_country_codes() -> None:
    assert (
        countries.cow("UKR"),
        countries.gw("UKR"),
        countries.name("UKR"),
        countries.fips("UKR"),
    ) == (369, 369, "Ukraine", "UP")
    assert (countries.cow("DEU"), countries.gw("DEU")) == (255, 260)
    assert (countries.cow("IGO"), countries.name("IGO"), countries.name(None)) == (None, "IGO", "")


def test_a_cell_that_could_be_a_formula_is_made_safe(tmp_path) -> None:
    builder = Builder(
        'Peru "killed" 3 soldiers.', "2025-03-06", publisher="=HYPERLINK(1)", title="@cmd", url="+1"
    )
    record = builder.event("ASSAULT", "PER", "ECU", "killed").record()
    for form in ("csv", "polecat", "icews", "gdelt", "phoenix"):
        exports.write([record], form, tmp_path / form)
        for row in exports.read(tmp_path / form, form):
            for value in row.values():
                assert not value.startswith(("=", "@", "+", "\t"))
                assert not value.startswith("-") or float(value) < 0


@given(strategies.text())
def test_no_text_breaks_a_row_or_runs(text) -> None:
    cell = cells.text_cell(text)
    assert not cell.startswith(("=", "+", "-", "@"))
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow([cell, "end"])
    assert list(csv.reader(io.StringIO(stream.getvalue()))) == [[cell, "end"]]
    assert "\t" not in cell and "\n" not in cell and '"' not in cells.plain_cell(text)


def test_wrong_formats_and_files_are_named(tmp_path) -> None:
    with pytest.raises(UsageError, match="no such format"):
        exports.write([], "xlsx", tmp_path / "x")
    with pytest.raises(UsageError, match="bare events"):
        exports.write(shelling().events, "record", tmp_path / "x")
    with pytest.raises(UsageError, match=r"a\.csv:3: the row holds no text"):
        exports.write([Rejection("a.csv", "the row holds no text", "3")], "csv", tmp_path / "x")
    assert exports.write(shelling(), "csv", tmp_path / "x") == 1
    (tmp_path / "bad").write_text("a\tb\n")
    with pytest.raises(InputError, match="line 1"):
        list(exports.read(tmp_path / "bad", "icews"))


def test_writing_streams(tmp_path) -> None:
    """Nothing is collected: the first row is out before the second record is asked for."""
    stream, seen = io.StringIO(), []

    def records():
        for record in crisis():
            seen.append(stream.tell())
            yield record

    exports.write(records(), "events", stream)
    assert seen == sorted(seen)
    assert seen[2] > 0
