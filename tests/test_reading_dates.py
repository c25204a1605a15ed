"""The date is evidence: what decides, what only doubts, and what is told to the reader."""

from __future__ import annotations

import datetime

import pytest

from dragoman.model import Story
from dragoman.reading import read
from dragoman.reading.dates import date_in_address, parse_date
from dragoman.reading.inner_evidence import implied_year, latest_past_year, number_of

BODY = (
    "The commission said on Tuesday that it had counted the guards at the crossing again and again."
)


def page(head: str = "", body: str = "") -> str:
    paragraphs = f"<p>{BODY} {BODY}</p>" * 3
    return f"<html><head>{head}</head><body><article>{body}{paragraphs}</article></body></html>"


def codes(story: Story) -> set[str]:
    return {note.code for note in story.notes}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-03-04T23:59:00Z", "2026-03-04"),
        ("March 4, 2026", "2026-03-04"),
        ("Wednesday, 4 March 2026", "2026-03-04"),
        ("4th Mar. 2026 10:45 GMT", "2026-03-04"),
        ("Wed, 04 Mar 2026 10:45:00 +0000", "2026-03-04"),
        ("20260304", "2026-03-04"),
        ("3/31/2026", "2026-03-31"),
        ("31.3.2026", "2026-03-31"),
        ("1772600000", "2026-03-04"),
        ("1772600000000", "2026-03-04"),
        ("1772600000.0", "2026-03-04"),
        ("20260304.0", "2026-03-04"),
        ("20260304153000", "2026-03-04"),
        ("20260344153000", None),
        ("4-Mar-26", "2026-03-04"),
        ("04 Mar 98", "1998-03-04"),
        ("reported on 4 Mar 26", None),
        ("3/4/2026", None),
        ("2026-02-30", None),
        ("soon", None),
        ("4 March", None),
    ],
)
def test_dates_are_parsed_or_left(text: str, wanted: str | None) -> None:
    found = parse_date(text)
    assert (found.isoformat() if found else None) == wanted


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://example.org/2026/03/04/guards", datetime.date(2026, 3, 4)),
        ("https://example.org/world/2026/mar/04/guards", datetime.date(2026, 3, 4)),
        ("https://example.org/guards-2026-03-04.html", datetime.date(2026, 3, 4)),
        ("https://example.org/story/20260304123", None),
        ("https://example.org/story/12345678", None),
        ("https://example.org/2026/guards", None),
    ],
)
def test_dates_in_addresses(url: str, wanted: datetime.date | None) -> None:
    assert date_in_address(url) == wanted


def test_the_given_date_overrides() -> None:
    story = read(
        page('<meta property="article:published_time" content="2026-03-04">'),
        published="4 March 2020",
    )
    assert (story.published, story.published_basis) == ("2020-03-04", "given")


def test_the_order_of_trust() -> None:
    linked = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-03-01T10:00"}</script>'
    meta = '<meta property="article:published_time" content="2026-03-02">'
    url = "https://example.org/2026/03/03/guards"
    assert read(page(linked + meta), url=url).published == "2026-03-01"
    assert read(page(meta), url=url).published == "2026-03-02"
    found = read(page(), url=url)
    assert (found.published, found.published_basis) == ("2026-03-03", "url")
    found = read(page(body="<p class='date'>Published: 5 March 2026</p>"))
    assert (found.published, found.published_basis) == ("2026-03-05", "byline")
    assert "date-unknown" in codes(read(page()))


def test_the_day_of_publication_goes_before_the_day_of_change() -> None:
    head = (
        "Guards counted again at the crossing\n\nUpdated: 9 March 2026\n\nPublished: 4 March 2026"
    )
    assert read(f"{head}\n\n{BODY}\n\n{BODY}").published == "2026-03-04"


def test_a_year_alone_is_no_day() -> None:
    story = read(page(body="<p class='foot'>Copyright 2019 The Daily Example</p>"))
    assert story.published is None
    found = read(page(body="<div class='when'>1 January 2019</div>"))
    assert found.published == "2019-01-01"


def test_sources_that_disagree_are_noted() -> None:
    meta = '<meta property="article:published_time" content="2026-03-02">'
    story = read(page(meta), url="https://example.org/2024/01/03/guards")
    assert story.published == "2026-03-02"
    assert "date-conflict" in codes(story)


def test_a_page_clock_is_never_the_date() -> None:
    story = read(
        f"Wednesday, March 4, 2026\n\nGuards counted again at the crossing\n\n{BODY}\n\n{BODY}"
    )
    assert story.published is None
    assert "page-clock-only" in codes(story)


def test_a_date_under_the_title_is_the_date() -> None:
    story = read(f"Guards counted again at the crossing\n\n4 March 2026\n\n{BODY}\n\n{BODY}")
    assert (story.published, story.published_basis) == ("2026-03-04", "byline")


def test_a_clock_that_contradicts_the_text() -> None:
    told = "It was the worst year since the fall of the Berlin Wall 30 years ago."
    story = read(
        f"Wednesday, March 4, 2026\n\nGuards counted again at the crossing\n\n{BODY}\n\n{told}"
    )
    assert story.published is None
    assert "page-clock-only" not in codes(story)
    notes = {note.code: note.message for note in story.notes}
    assert "2026-03-04" in notes["date-conflict"] and "2019" in notes["date-conflict"]
    assert "Tuesday" in notes["year-implied"]


def test_a_clock_with_the_wrong_weekday_is_noted() -> None:
    story = read(
        f"Monday, March 4, 2026\n\nGuards counted again at the crossing\n\n{BODY}\n\n{BODY}"
    )
    assert "date-conflict" in codes(story)


def test_weak_evidence_is_unseated_and_strong_evidence_noted() -> None:
    told = "It was the worst year since the fall of the Berlin Wall 30 years ago."
    weak = read(f"Guards counted again at the crossing\n\n4 March 2026\n\n{BODY}\n\n{told}")
    assert weak.published is None
    strong = read(
        page('<meta property="article:published_time" content="2026-03-04">').replace(
            "</article>", f"<p>{told}</p></article>"
        )
    )
    assert strong.published == "2026-03-04"
    assert "date-conflict" in codes(weak) & codes(strong)


def test_a_dateline_without_a_year_takes_it_from_anniversary_and_weekday() -> None:
    told = "The two have not met since the fall of the Berlin Wall 30 years ago."
    story = read(f"GENEVA, March 5 (Reuters) - {BODY}\n\n{told}")
    # 5 March was a Tuesday in 2019, a Monday in 2018 and a Thursday in 2020.
    assert (story.published, story.published_basis) == ("2019-03-05", "dateline")


@pytest.mark.parametrize(
    ("text", "year", "slack"),
    [
        ("thirty years after the collapse of the Soviet Union", 2021, 1),
        ("since the Soviet Union collapsed, nearly 30 years ago", 2021, 3),
        ("since the collapse of the Soviet Union 30 years ago", 2021, 1),
        ("two decades after the September 11 attacks", 2021, 4),
        ("the 10th anniversary of the annexation of Crimea", 2024, 1),
        ("the Good Friday Agreement was signed 25 years ago", 2023, 1),
        ("seven years after Russia annexed Crimea", None, None),
        ("four years after Moscow's annexation of Crimea", 2018, 1),
    ],
)
def test_anniversaries_imply_a_year(text: str, year: int | None, slack: int | None) -> None:
    found = implied_year(f"Officials said that, {text}, little had changed.")
    if year is not None:
        assert found is not None
        assert (found.year, found.slack) == (year, slack)


@pytest.mark.parametrize(
    "text",
    [
        "He was jailed for 30 years for the murder.",
        "The Soviet Union built the dam.",
        "In 30 years the sea will rise.",
    ],
)
def test_no_anniversary(text: str) -> None:
    assert implied_year(text) is None


def test_what_was_promised_for_a_year_is_not_past() -> None:
    assert latest_past_year("The general promised elections in July 2023.") is None


def test_years_spoken_of_as_past() -> None:
    found = latest_past_year(
        "They signed the 2015 agreement. It will be replaced in 2030. Since 2012 nothing happened."
    )
    assert found is not None
    assert (found[0], found[2]) == (2015, 1)
    assert latest_past_year("In the 1990s they met. The base has 2014 men.") is None
    found = latest_past_year("They fled in early 2017, said a nurse.")
    assert found is not None and found[1] == "in early 2017"


def test_numbers() -> None:
    assert [number_of(words) for words in ("thirty", "thirty-two", "7", "none")] == [
        30,
        32,
        7,
        None,
    ]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("truce_2026-05-06.txt", "2026-05-06"),
        ("20260507.txt", "2026-05-06"),
        ("2027-05-20.txt", None),
        ("truce.txt", None),
    ],
)
def test_a_files_name_gives_a_dateline_its_year(tmp_path, name: str, day: str | None) -> None:
    path = tmp_path / name
    path.write_text("Truce holds\n\nNAIROBI, May 6 (Wire) - Kenya and Chad kept the truce.\n")
    story = read(path)
    assert (story.published, story.published_basis) == (day, "dateline" if day else None)
