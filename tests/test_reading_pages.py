"""Whole pages of the kinds the news comes in, written for these tests: exactly the story is kept.

Each ``tests/data/pages/NAME.html`` has its story beside it, ``NAME.txt``; so have the ``.saved``
files, pages whose text alone was saved.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.model import Story
from dragoman.reading import page_mending, page_region, read
from dragoman.reading.blocks import Block
from dragoman.reading.page import parse

PAGES = Path(__file__).resolve().parent / "data" / "pages"
SENTENCE = "The commission said on Monday that it had counted the guards at the crossing again. "


def codes(story: Story) -> set[str]:
    return {note.code for note in story.notes}


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_a_page_keeps_its_story_and_nothing_else(path: Path) -> None:
    assert read(path).text == path.with_suffix(".txt").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    ("name", "published", "basis", "publisher"),
    [
        ("live_blog", "2025-06-18", "metadata", "The Northern Record"),
        ("explainer", "2024-11-05", "metadata", "Harbour Post"),
        ("amp_paywall", "2025-02-11", "metadata", "Capital Ledger"),
        ("old_table_layout", "2008-08-09", "byline", None),
        ("several_articles", "2023-07-21", "metadata", "Gulf Wire"),
        ("only_in_its_data", "2024-03-15", "metadata", "Upland Radio"),
    ],
)
def test_what_a_page_says_of_itself(
    name: str, published: str, basis: str, publisher: str | None
) -> None:
    story = read(PAGES / f"{name}.html")
    assert (story.published, story.published_basis) == (published, basis)
    assert story.publisher == publisher
    assert story.title and "|" not in story.title and " - " not in story.title
    assert ("paywall" in codes(story)) == (name == "amp_paywall")


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.saved")), ids=lambda path: path.stem)
def test_a_page_saved_as_text_keeps_its_story_and_nothing_else(path: Path) -> None:
    story = read(path.read_text(encoding="utf-8"))
    assert story.text == path.with_suffix(".txt").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    ("name", "published", "credit"),
    [
        ("qatar_style", "2024-05-03", "News agencies"),
        ("london_style", "2023-11-14", "Additional reporting by Tom Osei"),
        ("regional_paper", "2016-03-17", "News agencies"),  # its clock says 9 July 2026
        ("wire_copy", "2022-10-12", "Reuters"),
    ],
)
def test_what_a_saved_text_says_of_itself(name: str, published: str, credit: str) -> None:
    story = read((PAGES / f"{name}.saved").read_text(encoding="utf-8"))
    assert (story.published, story.published_basis) == (published, "byline")
    assert credit in story.credits
    assert story.title and not story.title.startswith(("UPDATED", "WRAPUP"))


def test_a_standfirst_named_by_a_class_is_taken_out() -> None:
    story = read(PAGES / "live_blog.html")
    assert story.standfirst and story.standfirst.startswith("Ferry company says")
    assert read(PAGES / "several_articles.html").standfirst == (
        "Northern government threatens to close passage to foreign warships"
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ru", "Министр сказал, что переговоры не состоялись и что они не вернутся к столу до мая."),
        ("uk", "Міністр сказав, що переговори не відбулися і що вони не повернуться до столу у травні."),
        ("ar", "قال الوزير إن المحادثات لم تعقد يوم الاثنين في العاصمة وإن الوفد عاد إلى بلاده من دون اتفاق."),
        ("fa", "وزیر گفت که گفتگوها در پایتخت برگزار نشد و هیئت به کشور خود بازگشت و این را به سفیر گفت."),
        ("fr", "Le ministre a dit que les pourparlers n’ont pas eu lieu et que la délégation est repartie avec les siens."),
    ],
)  # fmt: skip
def test_a_page_in_another_language_is_said_to_be_so(language: str, sentence: str) -> None:
    body = f"<p>{sentence} {sentence}</p>" * 5
    story = read(f"<html lang='en'><body><nav>Home World</nav><article><h1>Talks</h1>{body}</article></body></html>")  # fmt: skip
    assert story.language == language
    assert "language" in codes(story)


def test_a_paragraph_torn_at_its_links_is_made_whole() -> None:
    inner = "He met <a href='/x'>the envoy</a> on Monday and <a href='/y'>went home</a> without a text.<br><br>"
    page = f"<html><body><div class='story'>{SENTENCE * 2}<br><br>{inner}{SENTENCE * 2}<br><br>{SENTENCE}</div></body></html>"
    assert "He met the envoy on Monday and went home without a text." in read(page).text.split("\n\n")  # fmt: skip


def test_line_breaks_part_paragraphs_but_no_sentences() -> None:
    page = parse("<div><p>First line.<br>Second line,<br>which goes on.</p></div>", "x")
    assert [block.text for _, block in page_region.leaf_blocks(page)] == [
        "First line.",
        "Second line, which goes on.",
    ]


def test_comments_longer_than_the_story_are_cut() -> None:
    talk = "<div class='c'><p>I have lived by that crossing for forty years and never saw a guard who could count to ten, said nobody.</p></div>"
    page = f"<html><body><h1>Guards counted</h1><div class='post'>{''.join(f'<p>{day}. {SENTENCE * 2}</p>' for day in 'ABCDE')}</div><div id='comments'>{talk * 30}</div></body></html>"
    story = read(page)
    assert "forty years" not in story.text
    assert story.text.count("counted the guards") == 10


@pytest.mark.parametrize("name", ["cmp-text", "has-caption", "comments", "hidden md:block", "modal-body"])  # fmt: skip
def test_the_story_survives_any_class_on_its_paragraphs(name: str) -> None:
    paragraphs = "".join(
        f"<div class='{name}'><p>{SENTENCE} {day}.</p></div>" for day in "ABCDEFGH"
    )
    story = read(f"<html><body><h1>Guards counted</h1>{paragraphs}</body></html>")
    assert all(f"{day}." in story.text for day in "ABCDEFGH")


def test_the_data_of_a_page_repair_what_was_missed() -> None:
    leaves = [Block(f"{SENTENCE}{day}.") for day in "ABCDEFGH"]
    body = "\n".join(block.text for block in leaves[1:7])
    assert page_mending.checked(leaves[2:3], leaves, body) == leaves[1:7]
    assert page_mending.checked(leaves[:7], leaves, body) == leaves[1:7]


def test_a_teaser_in_the_data_of_a_page_cuts_nothing() -> None:
    leaves = [Block(f"{SENTENCE}{day}.") for day in "ABCDEFGH"]
    body = f"{leaves[0].text} {leaves[1].text} {leaves[2].text} …"
    assert page_mending.checked(leaves, leaves, body) == leaves


def test_a_pull_quote_is_kept_once() -> None:
    quote = "We asked for a count of the guards and were given a count of the graves"
    story = read(f"{SENTENCE}\n\n“{quote},” she said on the way out.\n\n{quote}\n\n{SENTENCE * 2}")
    assert story.text.count(quote) == 1


def test_a_page_without_a_story_is_an_error() -> None:
    with pytest.raises(InputError, match="no article text"):
        read("<html><body><nav><a href='/'>Home</a></nav><div role='dialog'><p>" + SENTENCE * 9 + "</p></div></body></html>")  # fmt: skip


STORY = [
    "The fisheries ministers of Norland and Vessia have broken off talks after a patrol boat rammed a trawler.",
    "Vessia’s minister told reporters he would <a href='/t'>not return</a> to the table until the captain was in a cell.",
    "Norland said the trawler had ignored three warnings at sea and rejected the demand.",
    "The two countries have quarrelled over the bank between them since a treaty lapsed.",
    "Its prime minister offered to let the International Court of Justice decide by the spring.",
    "Vessia announced that it would send a second frigate to the bank by the end of the week.",
]
OTHERS = "".join(
    f"<div class='k{number % 2}x'><a href='/{number}'><h4>Another headline about a thing, number {number}</h4></a>"
    f"<p>A line about another matter that runs to a full sentence, number {number}, and says little.</p></div>"
    for number in range(12)
)
SHAPES = {
    "paragraphs": lambda story: "".join(f"<p>{words}</p>" for words in story),
    "boxes": lambda story: "".join(f"<div class='t1F_x'>{words}</div>" for words in story),
    "sections": lambda story: "".join(
        f"<section><div><p>{words}</p></div></section>" for words in story
    ),
    "breaks": lambda story: "<br><br>".join(story),
    "preformatted": lambda story: (
        f"<pre>{chr(10).join(f'{words}{chr(10)}' for words in story)}</pre>"
    ),
    "cell": lambda story: (
        f"<table><tr><td>{''.join(f'<p>{words}</p>' for words in story)}</td></tr></table>"
    ),
    "form": lambda story: (
        f"<form>{''.join(f'<p>{words}</p>' for words in story)}<input type='email'></form>"
    ),
}


@pytest.mark.parametrize("length", [3, 6])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_without_helpful_names_keeps_its_story_among_other_stories(
    shape: str, length: int
) -> None:
    """No class, role or tag says where the story stands, and twelve other stories follow it."""
    page = (
        "<html><head><title>Ministers walk out of fishing talks</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<h1>Ministers walk out of fishing talks</h1><div class='q7'>{SHAPES[shape](STORY[:length])}</div>"
        f"<div class='z3'>{OTHERS}</div></body></html>"
    )
    wanted = [re.sub(r"<[^>]+>", "", words) for words in STORY[:length]]
    assert read(page).text.split("\n\n") == wanted


def test_a_list_that_is_the_story_is_kept() -> None:
    page = f"<html><body><h1>Twelve things about the bank</h1><article><p>{SENTENCE}</p>{OTHERS}</article></body></html>"
    assert "number 11" in read(page).text


@pytest.mark.parametrize("shape", ["boxes", "breaks"])
def test_a_story_in_no_paragraphs_is_not_lost_to_notes_that_stand_in_some(shape: str) -> None:
    notes = "".join(
        f"<p>The paper belongs to its readers and to nobody else, as the founders wished in {year}, and pays no dividend.</p>"
        for year in (1921, 1922, 1923)
    )
    page = f"<html><body><h1>Ministers walk out of fishing talks</h1><div class='q7'>{SHAPES[shape](STORY[:3])}</div><div>{notes}</div></body></html>"
    assert read(page).text.startswith("The fisheries ministers of Norland")
