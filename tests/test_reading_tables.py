"""Corpora of any shape: formats, columns by any name, compression, order."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.model import Rejection, Story
from dragoman.reading import tables
from dragoman.reading.columns import FIELDS, assign
from dragoman.reading.many import read_many

ROWS = [
    {
        "body": f"Envoy {number} said that the guards had left the crossing on Monday.",
        "when": f"2026-03-0{number}",
        "head": f"Guards {number}",
    }
    for number in (1, 2, 3)
]
COLUMNS = {"text": "body", "published": "when", "title": "head"}


def as_jsonl() -> bytes:
    return "\n".join(json.dumps(row) for row in ROWS).encode()


def as_table(delimiter: str) -> bytes:
    lines = [delimiter.join(ROWS[0])] + [delimiter.join(row.values()) for row in ROWS]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8")


def as_parquet() -> bytes:
    import pyarrow
    from pyarrow import parquet

    sink = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(ROWS), sink)
    return sink.getvalue()


def zipped(name: str, data: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr(name, data)
    return sink.getvalue()


def zstandard(data: bytes) -> bytes:
    import pyarrow

    return pyarrow.compress(data, "zstd", asbytes=True)


def stories(source: object, **options: object) -> list[Story]:
    found = list(read_many(source, **options))  # type: ignore[arg-type]
    assert all(isinstance(item, Story) for item in found), [str(item) for item in found]
    return found  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("rows.jsonl", as_jsonl()),
        ("rows.json", json.dumps(ROWS).encode()),
        ("rows.csv", as_table(",")),
        ("semicolons.csv", as_table(";")),
        ("rows.tsv", as_table("\t")),
        ("rows.parquet", as_parquet()),
        ("rows.jsonl.gz", gzip.compress(as_jsonl())),
        ("rows.csv.xz", lzma.compress(as_table(","))),
        ("rows.tsv.bz2", bz2.compress(as_table("\t"))),
        ("rows.jsonl.zst", zstandard(as_jsonl())),
        ("rows.csv.zip", zipped("rows.csv", as_table(","))),
        ("rows.zip", zipped("folder/rows.parquet", as_parquet())),
    ],
)
def test_every_format_gives_the_same_stories(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = stories(path, columns=COLUMNS)
    assert [story.text for story in found] == [row["body"] for row in ROWS]
    assert [story.published for story in found] == [row["when"] for row in ROWS]
    assert [story.title for story in found] == [row["head"] for row in ROWS]
    assert all(story.source.startswith(str(path)) for story in found)
    assert len({story.source for story in found}) == 3


def test_usual_names_are_guessed() -> None:
    row = {
        "Article_Body": "Words.",
        "Pub Date": "2026-03-04",
        "Headline": "H",
        "URL": "u",
        "outlet": "o",
        "n": 4,
    }
    assert assign(row, {}, "x", "1") == {
        "text": "Words.",
        "published": "2026-03-04",
        "title": "H",
        "url": "u",
        "publisher": "o",
    }


def test_a_column_of_pages_and_a_given_id(tmp_path: Path) -> None:
    body = "<p>The guards left the crossing on Monday, the commission said in the evening.</p>" * 4
    path = tmp_path / "pages.jsonl"
    path.write_text(
        json.dumps(
            {
                "html": f"<html><body><nav>Home</nav><article>{body}</article></body></html>",
                "key": "a7",
            }
        )
    )
    (story,) = stories(path, columns={"id": "key"})
    assert story.id == "a7"
    assert "Home" not in story.text


def test_a_row_with_an_unclear_date_is_kept_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("text,date\nThe guards left the crossing on Monday.,3/4/2026\n")
    (story,) = stories(path)
    assert story.published is None
    assert "date-unread" in {note.code for note in story.notes}


def test_a_cell_of_a_date_that_says_nothing_is_empty() -> None:
    rows = [{"text": "The guards left on Monday.", "date": cell} for cell in ("NaT", "nan", "NULL", "n/a", "-")]  # fmt: skip
    for story in read_many(rows):
        assert isinstance(story, Story) and story.published is None
        assert [note.code for note in story.notes] == ["date-unknown"]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: {"status": "ok", "totalResults": 2, "articles": rows},
        lambda rows: {"response": {"status": "ok", "pages": 1, "results": rows}},
        lambda rows: rows,
    ],
)
def test_what_a_service_answers_is_a_list_of_stories(tmp_path: Path, wrap) -> None:
    row = {
        "source": {"id": None, "name": "Lake Courier"}, "title": "Guards leave", "url": "https://a.example/1",
        "publishedAt": "2026-03-04T10:00:00Z", "content": "The guards left the crossing on Monday.",
    }  # fmt: skip
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(wrap([row, {**row, "content": "They came back on Tuesday."}])))
    one, two = stories(path)
    assert (one.published, one.publisher) == ("2026-03-04", "Lake Courier")
    assert two.text.endswith("They came back on Tuesday.") and two.source.endswith(":2")


def test_a_number_among_empty_cells_is_whole() -> None:
    rows = [{"key": key, "text": "The guards left.", "date": 20260304.0} for key in (7.0, float("nan"))]  # fmt: skip
    one, two = read_many(rows, columns={"id": "key"})
    assert isinstance(one, Story) and (one.id, one.published) == ("7", "2026-03-04")
    assert isinstance(two, Story) and len(two.id) == 16


def test_a_story_that_holds_a_list_is_one_story(tmp_path: Path) -> None:
    path = tmp_path / "story.json"
    row = {"text": "The guards left the crossing on Monday.", "tags": [{"name": "guards"}]}
    path.write_text(json.dumps(row))
    (story,) = stories(path)
    assert story.text == row["text"]


def test_quoted_cells_of_a_spreadsheet_and_bare_quotes(tmp_path: Path) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text(
        'id\ttext\n1\t"He said ""no"" on Monday, the guards said."\n2\tHe said "no" again on Monday, they said.\n'
    )
    assert [story.text for story in stories(path)] == [
        'He said "no" on Monday, the guards said.',
        'He said "no" again on Monday, they said.',
    ]


def test_order_is_kept_over_kinds_of_sources(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("The second story is short, the guards said.")
    (tmp_path / "a.txt").write_text("The first story is short, the guards said.")
    (tmp_path / ".hidden").write_text("Never read.")
    sources = [
        tmp_path,
        "The third story is a text, the guards said.",
        b"The fourth is bytes, the guards said.",
        str(tmp_path / "?.txt"),
    ]
    words = [story.text.split()[1] for story in stories(sources)]
    assert words == ["first", "second", "third", "fourth", "first", "second"]


def test_rows_are_streamed(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(as_jsonl() + b"\n" + b"not json\n" * 3)
    rows = iter(read_many(path, columns=COLUMNS))
    assert isinstance(next(rows), Story)
    assert sum(isinstance(item, Rejection) for item in rows) == 3


def test_web_archives(tmp_path: Path) -> None:
    body = (
        "<html><body><article>"
        + "<p>The guards left the crossing on Monday, officials said in the evening.</p>" * 4
        + "</article></body></html>"
    )
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}".encode()
    other = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"

    def record(kind: str, block: bytes) -> bytes:
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/2026/03/04/x\r\nContent-Length: {len(block)}\r\n\r\n"
        return head.encode() + block + b"\r\n\r\n"

    records = [
        record("warcinfo", b"a: b\r\n"),
        record("response", http),
        record("response", other),
        record("response", http),
    ]
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(b"".join(gzip.compress(item) for item in records))
    found = stories(path)
    assert [story.published for story in found] == ["2026-03-04"] * 2
    assert [story.source for story in found] == [f"{path}:2", f"{path}:4"]
    cut = tmp_path / "cut.warc"
    cut.write_bytes(records[1] + records[1][:-200])
    good, bad = read_many(cut)
    assert isinstance(good, Story) and isinstance(bad, Rejection)
    assert bad.code == "truncated"


def test_wrong_options_are_usage_errors() -> None:
    with pytest.raises(UsageError, match="no such input format"):
        read_many("x", format="doc")
    with pytest.raises(UsageError, match="no such part"):
        read_many("x", columns={"words": "body"})
    assert "text" in FIELDS


def test_records_can_be_read_again(tmp_path: Path) -> None:
    story = Story(
        text="The guards left the crossing on Monday.", title="Guards", published="2026-03-04"
    )
    path = tmp_path / "records.jsonl"
    path.write_text(
        json.dumps({"story": story.to_dict(), "events": []}) + '\n{"story": {"text": 4, "no": 1}}\n'
    )
    first, second = read_many(path)
    assert first == story
    assert isinstance(second, Rejection) and second.place == "2"


@pytest.mark.parametrize(
    ("part", "told"),
    [("published", "Dec 23, 2021"), ("published", "2021-02-30"), ("title", 4), ("text", ["x"])],
)
def test_a_record_whose_story_is_wrong_costs_only_itself(
    tmp_path: Path, part: str, told: object
) -> None:
    good = Story(text="The guards left the crossing on Monday.", published="2026-03-04")
    path = tmp_path / "records.jsonl"
    rows = [{"story": {**good.to_dict(), part: told}}, {"story": good.to_dict()}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    bad, left = read_many(path)
    assert isinstance(bad, Rejection) and bad.place == "1" and part[:3] in bad.reason
    assert left == good


def test_a_page_of_one_line_with_commas_is_a_page() -> None:
    line = (
        b'<html><head><meta name="keywords" content="a,text,title,date,id"></head><body><p>Hi.</p>'
    )
    assert tables.first_cells(line) == []


@pytest.mark.parametrize(
    ("told", "day_first", "day"),
    [
        ("3/4/2026", True, "2026-04-03"),
        ("3/4/2026", False, "2026-03-04"),
        ("3-4-2026", True, "2026-04-03"),
        ("3.4.2026 18:05", True, "2026-04-03"),
        ("31/3/2026", False, "2026-03-31"),
        ("2026-04-03", True, "2026-04-03"),
        ("3/4-2026", True, None),
    ],
)
def test_which_number_is_the_day_can_be_said(told: str, day_first: bool, day: str | None) -> None:
    rows = [{"text": "The guards left the crossing on Monday.", "date": told}]
    (story,) = read_many(rows, day_first=day_first)
    assert isinstance(story, Story) and story.published == day
