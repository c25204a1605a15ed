"""Twenty-odd bad inputs: each a one-line error naming source and reason, the rest of a batch done."""

from __future__ import annotations

import gzip
import json
import lzma
import os
import re
import time
import zipfile
from pathlib import Path

import pytest

from dragoman.errors import InputError, LimitExceeded
from dragoman.limits import Limits
from dragoman.model import Rejection, Story
from dragoman.reading import read
from dragoman.reading.many import read_many

SENTENCE = (
    "The border commission met in the valley on Monday and agreed to count the guards again. "
)
PAGE = "<html><head><title>Guards counted</title></head><body><article><p>" + (
    "</p><p>".join([SENTENCE * 2] * 5) + "</p></article></body></html>"
)
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>'
LOGIN = (
    "<html><body><h1>Sign in</h1><form><input type='text' name='user'>"
    "<input type='password' name='key'><button>Log in</button></form></body></html>"
)

BROKEN = {
    "empty.html": (b"", "empty"),
    "blank.txt": (b" \n\t\n ", "empty"),
    "binary.html": (bytes(range(256)) * 40, "binary"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(4000), "binary"),
    "paper.pdf": (b"%PDF-1.7\n" + bytes(4000), "damaged"),
    "large.txt": (b"x" * 30_000_000, "limit"),
    "cut.html.gz": (gzip.compress(PAGE.encode() * 50)[:-40], "truncated"),
    "damaged.html.xz": (b"\xfd7zXZ\x00" + b"nonsense" * 20, "damaged"),
    "bomb.txt.gz": (gzip.compress(b"a " * 60_000_000, 1), "limit"),
    "feed.xml": (FEED.encode(), "feed"),
    "other.xml": (b'<?xml version="1.0"?><invoice><sum>4</sum></invoice>', "xml"),
    "login.html": (LOGIN.encode(), "login"),
    "hollow.html": (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "empty"),
    "markup.html": (b"<html></html>", "empty"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_broken_input_is_one_clear_line(name: str, tmp_path: Path) -> None:
    data, code = BROKEN[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(path)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 400
    assert str(path) in message
    assert caught.value.code == code
    if code == "limit":
        assert isinstance(caught.value, LimitExceeded)


def test_missing_file_folder_and_unreadable_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "nothing.html")
    with pytest.raises(InputError, match="no such file"):
        read("nothing-of-the-kind.html")
    with pytest.raises(InputError, match="folder"):
        read(tmp_path)
    locked = tmp_path / "locked.txt"
    locked.write_text(SENTENCE)
    locked.chmod(0)
    if not os.access(locked, os.R_OK):
        with pytest.raises(InputError, match="permission"):
            read(locked)


@pytest.mark.parametrize("bad", ["2026-13-45", "soon", "3/4/2026"])
def test_a_given_date_must_be_a_date(bad: str) -> None:
    with pytest.raises(InputError, match="not a date"):
        read(SENTENCE, published=bad)


def test_nul_bytes_are_removed_and_noted() -> None:
    story = read(SENTENCE.replace("valley", "val\x00ley").encode())
    assert "valley" in story.text
    assert "control" in {note.code for note in story.notes}


def test_lone_surrogates_become_replacement_characters() -> None:
    story = read("The guards \ud83d met the commission in the valley on Monday, officials said.")
    assert "\ufffd" in story.text
    story.text.encode("utf-8")
    assert "surrogate" in {note.code for note in story.notes}


def test_wrong_declared_character_set() -> None:
    words = "The “guards” of Łódź met in São Tomé and agreed to a truce – for now, officials said."
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').replace(SENTENCE, words)
    assert words in read(page.encode("utf-8")).text
    western = "The “guards” met in São Tomé and agreed to a truce – for now, officials said."
    page = PAGE.replace("<head>", '<head><meta charset="utf-8">').replace(SENTENCE, western)
    assert western in read(page.encode("cp1252")).text


@pytest.mark.parametrize("words", ["President Déby met Côte d’Ivoire’s envoy.", "“No,” she said."])
def test_english_with_few_accents_is_western(words: str) -> None:
    text = f"{words} Kenya rejected the plan for its lakes."
    assert read(text.encode("cp1252")).text == text


def test_mojibake_is_turned_back_and_noted() -> None:
    words = "The “guards” didn’t leave – not yet, said the mayor’s office in its “final” note."
    story = read(words.encode("utf-8").decode("cp1252", "ignore"))
    assert "didn’t" in story.text
    assert "mojibake" in {note.code for note in story.notes}


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_byte_order_marks(mark: str) -> None:
    assert read(SENTENCE.encode(mark)).text == SENTENCE.strip()


def test_invisible_characters_and_line_ends() -> None:
    story = read(
        "The bor\u00adder\u200b guards met on Monday in\u00a0Vienna.\r\nThey left on Tuesday for the capital.\r"
    )
    assert (
        story.text
        == "The border guards met on Monday in Vienna.\n\nThey left on Tuesday for the capital."
    )


def test_three_hundred_nested_divs() -> None:
    body = "<p>" + "</p><p>".join([SENTENCE * 2] * 4) + "</p>"
    page = f"<html><body>{'<div>' * 300}{body}{'</div>' * 300}</body></html>"
    assert SENTENCE.strip() in read(page.encode()).text


def test_ten_thousand_nested_divs_end_soon() -> None:
    page = "<html><body>" + "<div>" * 10_000 + "<p>" + SENTENCE * 4
    started = time.monotonic()
    try:
        read(page.encode())
    except InputError as error:
        assert "\n" not in str(error)
    assert time.monotonic() - started < 20


def test_a_tag_with_a_hundred_thousand_attributes() -> None:
    attributes = " ".join(f"a{number}='{number}'" for number in range(100_000))
    page = PAGE.replace("<article>", f"<article><p {attributes}>{SENTENCE}</p>")
    started = time.monotonic()
    story = read(page.encode())
    assert SENTENCE.strip() in story.text
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "unit", ["guards and ", "a", "a(", "Reuters/", "» ", "Home | ", "<b", "share "]
)
def test_a_five_megabyte_line_ends_soon(unit: str) -> None:
    text = unit * (5_000_000 // len(unit))
    started = time.monotonic()
    with pytest.raises(InputError) as caught:
        read(text.encode())
    assert "\n" not in str(caught.value)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "unit", ["guards and ", "a", "a(", "Reuters/", "Home | ", "A. ", "share ", "by A"]
)
def test_lines_just_under_the_longest_furniture_end_soon(unit: str) -> None:
    line = (unit * 600)[:599]
    text = "\n\n".join([f"{line}{number}" for number in range(200)])
    started = time.monotonic()
    try:
        read(text)
    except InputError as error:
        assert error.code == "empty"
    assert time.monotonic() - started < 10


def test_a_million_characters_of_one_sentence_is_read() -> None:
    text = "The guards met " + "and met " * 100_000 + "again."
    assert len(read(text).text) == len(text)
    with pytest.raises(LimitExceeded):
        read(text, limits=Limits(story_characters=10_000))


def test_one_word_of_another_language_in_a_headline_tells_nothing() -> None:
    assert read("Kenya met Chad.").language == "en"


def test_other_languages_are_told_and_noted() -> None:
    story = read(
        "Die Regierung hat am Montag mit der Opposition über den Haushalt und das neue Gesetz verhandelt."
    )
    assert story.language == "de"
    assert "language" in {note.code for note in story.notes}


def test_one_bad_row_costs_only_itself(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    good = json.dumps({"text": SENTENCE, "date": "2026-03-03"})
    bad = [
        '{"text": "cut',
        "[1, 2]",
        '{"text": ""}',
        '{"words": "no text column"}',
        '{"text": "\\ud83d alone in the row, said the guard."}',
    ]
    rows.write_text("\n".join([good, *bad, good]) + "\n")
    found = list(read_many(rows))
    assert [isinstance(item, Story) for item in found] == [
        True,
        False,
        False,
        False,
        False,
        True,
        True,
    ]
    refused = [item for item in found if isinstance(item, Rejection)]
    assert [item.place for item in refused] == ["2", "3", "4", "5"]
    assert [item.code for item in refused] == ["json", "json", "empty", "column"]
    assert all(str(rows) in str(item) and "\n" not in str(item) for item in refused)


def test_csv_rows_that_do_not_fit(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(
        "id,date,text\n"
        f'1,2026-03-03,"{SENTENCE}"\n'
        f"2,2026-03-03,{SENTENCE},one,too,many\n"
        "3,2026-03-03\n"
        f'4,2026-03-04,"{SENTENCE}\nSecond line of the same, with a ""quote"" in it."\n'
        f'5,2026-03-05,"this quote is never closed\n'
        f'6,2026-03-06,"{SENTENCE}"\n'
    )
    found = list(read_many(table))
    stories = [item for item in found if isinstance(item, Story)]
    refused = [item for item in found if isinstance(item, Rejection)]
    assert [item.published for item in stories] == ["2026-03-03", "2026-03-04", "2026-03-06"]
    assert [item.place for item in refused] == ["3", "4", "7"]
    assert '"quote"' in stories[1].text


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(f"id,words\n1,{SENTENCE}\n")
    (item,) = read_many(table, columns={"text": "body"})
    assert isinstance(item, Rejection)
    assert item.code == "column"
    assert "'body'" in item.reason and "words" in item.reason
    table.write_text(f"id,words\n1,{SENTENCE}\n2,{SENTENCE}\n")
    (item,) = read_many(table)
    assert str(item).endswith("name it: --column text=NAME (no row is read)")


@pytest.mark.parametrize("data", ["", "text,day\rWho left?,2025-01-07\r"])
def test_a_table_of_which_no_row_can_be_read_is_told(data: str, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_bytes(data.encode())
    (item,) = read_many(tmp_path / "table.csv")
    assert isinstance(item, Rejection) and ("empty" in item.reason or "CR alone" in item.reason)


def test_truncated_and_damaged_tables_keep_what_came_before(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps({"text": f"{number} {os.urandom(30).hex()} {SENTENCE}"}) + "\n"
        for number in range(400)
    )
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(lines.encode())[:-2000])
    found = list(read_many(cut))
    assert sum(isinstance(item, Story) for item in found) > 100
    assert isinstance(found[-1], Rejection) and found[-1].code in ("truncated", "json")
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 nothing of the kind PAR1")
    (item,) = read_many(broken)
    assert isinstance(item, Rejection) and item.code == "damaged"


def test_the_whole_batch_goes_on(tmp_path: Path) -> None:
    for name, (data, _) in BROKEN.items():
        if len(data) < 1_000_000:
            (tmp_path / name).write_bytes(data)
    (tmp_path / "good.html").write_text(PAGE)
    (tmp_path / "zgood.txt.xz").write_bytes(lzma.compress(SENTENCE.encode()))
    with zipfile.ZipFile(tmp_path / "zz.zip", "w") as archive:
        archive.writestr("one.html", PAGE)
        archive.writestr("two.bin", bytes(3000))
        archive.writestr("three.csv", f"text\n{SENTENCE}\n")
    found = list(
        read_many([tmp_path, tmp_path / "missing.html", str(tmp_path / "*.none"), SENTENCE])
    )
    stories = [item for item in found if isinstance(item, Story)]
    assert len(stories) == 5
    assert all("\n" not in str(item) for item in found if isinstance(item, Rejection))


def test_a_text_is_no_path_and_a_path_is_no_text() -> None:
    assert read("Guards left.").text == "Guards left."
    with pytest.raises(InputError, match="not a path"):
        read(12)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "part", "told"),
    [
        ("talk.pptx", "ppt/presentation.xml", "this is a PowerPoint file; save its words as plain text"),
        ("note.docx", "word/document.xml", "a damaged docx file"),
        ("notes.zip.bin", "notes/other.bin", "this is a ZIP archive, not text or a page"),
    ],
)  # fmt: skip
def test_an_office_file_is_named_with_what_to_do(name: str, part: str, told: str, tmp_path: Path) -> None:  # fmt: skip
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<workbook/>")
    with pytest.raises(InputError, match=re.escape(told)):
        read(path)
