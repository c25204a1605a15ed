"""What an input holds steers no terminal, and what a terminal cannot show is shown another way."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.model import Record, Story
from dragoman.printing import without_controls
from dragoman.reading import read
from dragoman.reading.many import read_many
from dragoman.web.terminal import show

TITLE = "\x1b]0;EVIL\x07"
RED, C1_RED, C1_TITLE = "\x1b[31m", "\x9b31m", "\x9d0;EVIL\x9c"
SENTENCE = (
    "The border commission met in the valley on Monday and agreed to count the guards again. "
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{TITLE}a{RED}b{C1_RED}c{C1_TITLE}d", "abcd"),
        ("a\x1bPq#0\x1b\\b\x1b(Bc\x1b", "abc"),
        ("unended \x1b]0;words\nmore", "unended 0;words\nmore"),
        ("tab\tline\nbell\x07 \x85\x9b back\x08", "tab\tline\nbell  back"),
    ],
)
def test_whole_sequences_go_and_words_stay(text: str, left: str) -> None:
    assert without_controls(text) == left


def clean(story: Story) -> None:
    facts = " ".join(filter(None, (story.text, story.title, story.publisher, story.url)))
    assert facts == without_controls(facts) and "EVIL" not in facts and "31m" not in facts
    for part in story.paragraphs:
        assert story.text[part.start : part.end].strip() == story.text[part.start : part.end] != ""


def test_a_page_a_text_and_a_row_become_clean_stories(tmp_path: Path) -> None:
    text = f"{TITLE}Guards {RED}counted\n\nGENEVA, March 5, 2025 – {SENTENCE}{C1_TITLE}{SENTENCE}"
    clean(read(text))
    words = SENTENCE.replace("valley", "&#27;[31mval&#x1b;]0;EVIL&#x07;ley") + RED
    body = "</p><p>".join([words * 2] * 5)
    page = (
        f"<html><head><title>{TITLE}Guards &#27;[31mcounted</title>"
        f'<meta property="og:site_name" content="The &#27;[31mPaper"></head>'
        f"<body><article><h1>Guards &#27;[31mcounted</h1><p>{body}</p></article></body></html>"
    )
    story = read(page)
    clean(story)
    assert (story.title, story.publisher) == ("Guards counted", "The Paper")
    assert SENTENCE.strip() in story.text
    row = {"text": text, "title": f"{TITLE}Guards\n{RED}counted", "publisher": f"The {C1_RED}Paper",
           "url": f"https://paper.example/{RED}a"}  # fmt: skip
    file = tmp_path / "rows.jsonl"
    coded_before = {"story": {"text": text, "title": TITLE + "Guards", "id": "a1"}}
    file.write_text("".join(json.dumps(item) + "\n" for item in (row, coded_before)))
    first, second = (item for item in read_many(file) if isinstance(item, Story))
    clean(first)
    clean(second)
    assert (first.title, first.publisher) == ("Guards counted", "The Paper")


def test_the_terminal_gets_no_control_of_a_record(record: Record) -> None:
    story = record.story.replace(title=TITLE + "Title", publisher=f"{RED}Paper")
    entities = tuple(item.replace(name=f"{C1_TITLE}{item.name}{RED}") for item in record.entities)
    stream = io.StringIO()
    show(record.replace(story=story, entities=entities), file=stream)
    assert stream.getvalue() == without_controls(stream.getvalue())
    assert "EVIL" not in stream.getvalue()


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_narrow_character_set_ends_no_command(encoding: str, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Ukraine accused Russia of shelling a “small” village – Ковель – on Monday.")
    done = subprocess.run(
        [sys.executable, "-m", "dragoman.cli", "read", str(story)], capture_output=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Ukraine -> Russia" in done.stdout.decode(encoding)
