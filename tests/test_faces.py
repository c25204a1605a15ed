"""The terminal view and the page show every part of a record, and nothing raw."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

from click.testing import CliRunner

from dragoman.commands.why import marked, why
from dragoman.model import Record, Story
from dragoman.web.page import render
from dragoman.web.terminal import show


def shown(record: Record, width: int = 100) -> str:
    stream = io.StringIO()
    show(record, file=stream, width=width)
    return stream.getvalue()


def test_the_terminal_shows_every_part(record: Record) -> None:
    text = shown(record)
    for words in ("ACCUSE (allege)", "Ruritania → Elbonia", "said by Ruritania", "CONTESTED",
                  "denied by Elbonia", "offer", "due 2030-05-03", "A page clock was not believed."):  # fmt: skip
        assert words in text


def test_the_terminal_wraps(record: Record) -> None:
    assert all(len(line) <= 60 for line in shown(record, 60).splitlines())


def test_piped_output_has_no_colour(record: Record) -> None:
    assert "\x1b" not in shown(record)


def test_the_page_keeps_every_word_once(record: Record) -> None:
    page = render(record)
    article = page.split('<article class="story"')[1].split("</article>")[0].split(">", 1)[1]
    words = re.sub(r"<[^>]+>", " ", article).split()
    assert "".join(words) == "".join(record.story.text.split())


def test_the_page_asks_nothing_of_the_network(record: Record) -> None:
    page = render(record)
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "@import" not in page


def test_markup_in_a_story_is_shown_not_run(record: Record) -> None:
    story = Story(text="<script>alert(1)</script> & “x”", title="<b>")
    page = render(
        record.replace(
            story=story,
            entities=(),
            events=type(record.events)(),
            statements=(),
            claims=(),
            commitments=(),
        )
    )
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_why_marks_the_sentence(record: Record) -> None:
    assert marked(record, record.events[0]).startswith(
        "Ruritania «accused» "
    ) or "«accused»" in marked(record, record.events[0])


def test_why_on_a_file_of_records(record: Record, tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    file.write_text(json.dumps(record.to_dict()) + "\n", encoding="utf-8")
    result = CliRunner().invoke(why, [str(file), "e2"])
    assert result.exit_code == 0
    assert "accuse-of" in result.output
    assert "Ruritania" in result.output
