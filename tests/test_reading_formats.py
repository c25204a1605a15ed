"""Tables where one story is asked for, tables without a name or a header, saved pages, other letters."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pandas
import pyarrow
import pytest

from dragoman.errors import InputError
from dragoman.model import Rejection, Story
from dragoman.reading import read
from dragoman.reading.many import read_many

WORDS = "Ruritania accused Elbonia of shelling the port of Zenda on Monday."
MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/news/zenda
Subject: Ruritania accuses Elbonia
Date: Thu, 23 Dec 2021 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
 type="text/html";
 boundary="----B"

------B
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/news/zenda

<html><head><title>Zenda</title></head><body><h1>Ruritania accuses Elbonia of she=
lling</h1><p>{WORDS} The caf=C3=A9 by the harbour burned down, the mayor sa=
id in a statement.</p></body></html>
------B
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------B--
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rows.csv", f"text,date\n{WORDS},2021-12-23\n"),
        ("rows.jsonl", f'{{"text": "{WORDS}"}}\n'),
        ("rows.json", f'[{{"text": "{WORDS}"}}]'),
        ("rows.dat", f"text,date\n{WORDS},2021-12-23\n"),
        ("rows.txt", f'{{"text": "{WORDS}"}}\n{{"text": "{WORDS}"}}\n'),
    ],
)
def test_a_table_is_not_read_as_one_story(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=r"holds rows, not one story; dragoman code"):
        read(tmp_path / name)


def test_a_table_without_a_name_is_told_by_its_header() -> None:
    (story,) = read_many(f'date,text\n2021-12-23,"{WORDS}"\n'.encode())
    assert isinstance(story, Story) and story.text == WORDS and story.published == "2021-12-23"
    (named,) = read_many(f"words;n\n{WORDS};1\n".encode(), columns={"text": "words"})
    assert isinstance(named, Story) and named.text == WORDS
    (other,) = read_many(f"Title, text and more.\n\n{WORDS}".encode())
    assert isinstance(other, Story) and "more" in other.text
    (bad,) = read_many(WORDS.encode(), columns={"text": "words"})
    assert isinstance(bad, Rejection) and "--from csv" in bad.reason


class LikePolars:
    """What is used of a polars frame."""

    columns = ("text",)

    def iter_rows(self, *, named: bool) -> Iterator[dict[str, str]]:
        assert named
        yield {"text": WORDS}


def test_tables_in_memory_give_a_story_a_row() -> None:
    rows = [{"text": WORDS, "date": "2021-12-23"}, {"text": None, "date": None}]
    arrow = pyarrow.Table.from_pylist(rows)
    frame = pandas.DataFrame(
        {"text": [WORDS, pandas.NA], "date": pandas.to_datetime(["2021-12-23", None])}
    )
    for table in (rows, arrow, arrow.to_batches()[0], frame, [frame], frame.to_dict("records")):
        story, bad = read_many(table)
        assert isinstance(story, Story) and story.text == WORDS
        assert story.published == "2021-12-23" and story.source == "rows:1"
        assert isinstance(bad, Rejection) and (bad.place, bad.code) == ("2", "empty")
    (seen,) = read_many(LikePolars())
    assert isinstance(seen, Story) and seen.text == WORDS
    (one,) = read_many(rows[0])
    assert isinstance(one, Story) and one.text == WORDS
    assert [item.text for item in read_many(frame["text"][:1]) if isinstance(item, Story)] == [
        WORDS
    ]


def test_a_table_without_a_header_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f'2021-12-23,"{WORDS}"\n2021-12-24,"{WORDS}"\n')
    (bad,) = read_many(path)
    assert isinstance(bad, Rejection) and "no header" in bad.reason


def test_a_page_saved_with_its_pictures(tmp_path: Path) -> None:
    path = tmp_path / "zenda.mhtml"
    path.write_bytes(MHTML.replace("\n", "\r\n").encode())
    story = read(path)
    assert WORDS in story.text and "café" in story.text
    assert "she=" not in story.text and "iVBOR" not in story.text
    assert story.url == "https://example.org/news/zenda"


@pytest.mark.parametrize(
    "text", ["Togo met Benin in Lome.", "Kenya met Chad in Nairobi", "Oman met Iran in war room"]
)
def test_a_short_english_line_is_no_dutch(text: str) -> None:
    assert read(text.encode()).language == "en"


def test_a_tar_archive_is_named(tmp_path) -> None:
    path = tmp_path / "all.tar"
    with tarfile.open(path, "w") as archive:
        archive.add(__file__, "a.txt")
    with pytest.raises(InputError, match="a tar archive; unpack it first"):
        read(path)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Министр иностранных дел сообщил журналистам подробности переговоров прошедших вчера вечером", "ru"),
        ("رئيس الوزراء يستقبل وزير الخارجية", "ar"),
        ("Kenya accuses Chad", "en"),
    ],
)  # fmt: skip
def test_letters_that_are_not_latin_are_not_english(text: str, language: str) -> None:
    story = read(text)
    assert story.language == language
    assert any(note.code == "language" for note in story.notes) == (language != "en")
