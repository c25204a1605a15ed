"""The terminal view and the page show every part of a record, and nothing raw."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import dragoman
from dragoman.commands.read import write_page
from dragoman.commands.why import marked, why
from dragoman.errors import UsageError
from dragoman.model import Count, Counts, Events, Record, Story
from dragoman.web.page import render
from dragoman.web.terminal import count_words, show
from dragoman.web.view import quotable


def shown(record: Record, width: int = 100, *, everything: bool = False) -> str:
    stream = io.StringIO()
    show(record, file=stream, width=width, everything=everything)
    return stream.getvalue()


def test_the_terminal_shows_every_part(record: Record) -> None:
    text = shown(record)
    for words in ("ACCUSE (allege)", "Ruritania → Elbonia", "said by Ruritania", "CONTESTED",
                  "denied by Elbonia", "offer", "due 2030-05-03", "A page clock was not believed."):  # fmt: skip
        assert words in text


def test_a_party_that_is_understood_stands_in_brackets(record: Record) -> None:
    event = next(item for item in record.events if item.actors and item.recipients)

    def told(path: str) -> str:
        return shown(replace(record, events=Events([replace(event, path=path)])))

    actor, recipient = event.actors[0].name, event.recipients[0].name
    text = told(f"{actor}-nsubj > accused > ({recipient}, understood 0.58)")
    assert f"{actor} → [{recipient}]" in text and "[understood from the story]" in text
    assert f"[{actor}] → {recipient}" in told(f"({actor}, understood 0.58) > accused > x-obj")
    doubtful = told(f"({actor}, understood 0.48) > accused > x-obj")
    assert f"(unnamed) → {recipient}" in doubtful and "understood" not in doubtful
    assert "understood" not in shown(record)


def test_what_is_doubtful_is_shown_when_asked_for(record: Record) -> None:
    claim = next(item for item in record.claims if item.contested)
    event = replace(record.events[0], id="e9", confidence=0.41)
    doubted = replace(
        record,
        claims=(replace(claim, id="c9", text="a second claim", confidence=0.2), claim),
        events=Events([*record.events, event]),
    )
    text = shown(doubted)
    assert "a second claim" not in text and "41%" not in text
    assert text.count("and 1 doubtful one, under 50% (--all shows them)") == 2
    assert "and 1 doubtful one, under 50%" in render(doubted)
    everything = shown(doubted, everything=True)
    assert everything.index(claim.text) < everything.index("a second claim")
    assert "doubtful, 20%" in everything and "41%" in everything
    assert "doubtful" not in shown(record)


def test_what_reads_the_same_is_shown_once(record: Record) -> None:
    first = record.events[0]
    again = replace(first, id="e9", confidence=first.confidence - 0.01)
    told = shown(replace(record, events=Events([*record.events, again])))
    assert told == shown(record)


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


def test_an_event_and_its_words_lead_to_each_other(record: Record) -> None:
    page = render(record)
    for event in record.events:
        assert f'href="#at-{event.id}"' in page and f'id="line-{event.id}"' in page
        assert f'id="at-{event.id}"' in page and f'href="#line-{event.id}"' in page
    words = re.findall(r'<(?:a|span)[^>]*data-by="[^"]*\be1\b[^"]*"[^>]*>([^<]*)<', page)
    assert "".join(words) == "Ruritania"
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_events_can_be_sifted_by_type_and_by_who_says_so(record: Record) -> None:
    page = render(record)
    assert '<button type="button" aria-pressed="false" value="ASSAULT">' in page
    assert '<option value="Ruritania" dir="auto">Ruritania (1)</option>' in page
    assert 'data-type="ASSAULT" data-said="Ruritania"' in page


def test_a_story_without_events_says_so(record: Record) -> None:
    page = render(record.replace(events=type(record.events)(), claims=(), commitments=()))
    assert "No events were found" in page and "<select>" not in page
    foreign = record.story.replace(language="ru")
    assert "not in English" in render(record.replace(story=foreign, events=type(record.events)()))


def test_the_page_is_written_before_the_terminal_is_filled(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        write_page(tmp_path / "no" / "such" / "folder.html", "x")
    write_page(tmp_path / "page.html", "x")
    assert (tmp_path / "page.html").read_text() == "x"


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
    assert "[actor: Elbonia of] «shelling»" in result.output
    assert "2030-05-02 from “on Thursday”" in result.output
    assert "Ruritania" in result.output


def test_why_on_a_story_codes_it(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("Chad accused Sudan of breaking the truce on Monday.\n", encoding="utf-8")
    (event,) = dragoman.load().code(file).events
    result = CliRunner().invoke(why, [str(file), event.id])
    assert result.exit_code == 0
    assert "[actor: Chad] «accused» [recipient: Sudan]" in result.output


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(7, 7, "7 dead"), (7, None, "at least 7 dead"), (0, 24, "up to 24 dead"), (5, 9, "5–9 dead")],
)
def test_counts_in_words(record: Record, low: int, high: int | None, words: str) -> None:
    event = record.events[0].replace(counts=Counts(dead=Count(low, high, 0, 1)))
    assert count_words(event) == [words]


def test_a_quotation_within_a_quotation_has_single_marks_and_both_of_them() -> None:
    assert quotable("no point in talks “under\nfire") == "no point in talks ‘under fire’"
    assert quotable("talks “under fire”") == "talks ‘under fire’"
    assert quotable('an "immediate" answer') == "an ‘immediate’ answer"
    assert quotable("immediate” answers") == "‘immediate’ answers"
