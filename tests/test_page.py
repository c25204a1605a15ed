"""The web page: what stands first, in whose order of writing, in which words, and what it forbids itself."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from importlib.resources import files

import pytest

from dragoman.model import Commitment, Count, Counts, Entity, Events, Record, Span, StatusChange
from dragoman.web.page import render
from dragoman.web.view import View
from dragoman.web.words import day_words, spoken, stands_for

CSS = (files("dragoman.web") / "assets" / "page.css").read_text("utf-8")
SCRIPT = (files("dragoman.web") / "assets" / "page.js").read_text("utf-8")
TEXTS = ("ink", "soft", "q1", "q2", "q3", "q4", "blue")
GROUNDS = ("paper", "card", "say", "lit", "near")


def bare(html: str) -> str:
    """The words of a piece of HTML."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def glance(page: str) -> str:
    found = re.search(r'<section id="glance".*?</section>', page, re.S)
    return found[0] if found else ""


def with_harm(record: Record) -> Record:
    """The record with three dead in its second event."""
    first, second = record.events
    return replace(
        record, events=Events([first, replace(second, counts=Counts(dead=Count(3, None, 0, 1)))])
    )


def test_names_from_right_to_left_keep_their_places_round_the_arrow(record: Record) -> None:
    left, right = "محمود عباس", "بنيامين نتنياهو"
    event = record.events[0]
    named = replace(
        record,
        events=Events(
            [
                replace(
                    event,
                    actors=(replace(event.actors[0], name=left, start=None, end=None),),
                    recipients=(replace(event.recipients[0], name=right, start=None, end=None),),
                )
            ]
        ),
        entities=(
            replace(record.entities[0], name=left),
            replace(record.entities[1], name=right),
        ),
    )
    page = render(named)
    assert f"<bdi>{left}</bdi> → <bdi>{right}</bdi>" in page  # the event
    assert f"<bdi>{right}</bdi> → <bdi>{left}</bdi>" in page  # the offer


def test_the_language_of_the_story_is_that_of_the_article_alone(record: Record) -> None:
    page = render(replace(record, story=record.story.replace(language="ar")))
    assert '<html lang="en">' in page
    assert re.search(r'<article [^>]*lang="ar" dir="rtl"', page)
    assert re.search(r'<article [^>]*lang="en" dir="ltr"', render(record))


def test_the_page_may_load_nothing_and_run_its_own_script_alone(record: Record) -> None:
    page = render(record)
    rules = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert rules and "default-src 'none'" in rules[1]
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        assert inside
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in rules[1]
    assert not re.search(r"<[^>]+ (?:style|on\w+)=", page.split("</style>")[1].split("<script>")[0])


def test_an_event_tells_its_id_and_how_often_it_is_told(record: Record) -> None:
    first = record.events[0]
    again = replace(first, evidence=(first.sentence, Span(0, 25)))
    page = render(replace(record, events=Events([again])))
    assert "told 2 times" in page and ">e1</code>" in page
    assert "told" not in bare(render(record).split('id="events"')[1].split("</section>")[0])


def test_what_matters_stands_above_the_story(record: Record) -> None:
    page = render(with_harm(record))
    first = glance(page)
    assert page.index('id="glance"') < page.index("<article")
    words = bare(first)
    assert "at least 3 dead: ASSAULT" in words and "said by Ruritania, contested" in words
    assert "“Elbonia shelled Zenda”: asserted by Ruritania, denied by Elbonia" in words
    assert "due 2030-05-03 (“on Friday”), 1 day after the report: offer by Elbonia" in words
    assert "verbal conflict 1: ACCUSE 1" in words and "material conflict 1: ASSAULT 1" in words
    for goal in re.findall(r'href="#([^"]+)"', first):
        assert f'id="{goal}"' in page


def test_an_agreement_tells_how_it_stands(record: Record) -> None:
    steps = (StatusChange("2030-05-01", "agreed"), StatusChange("2030-05-02", "violated", "s1"))
    truce = Commitment("k2", "agreement", ("RUR", "ELB"), (), "CEASEFIRE", 0, 1, None, None, "disputed", steps)  # fmt: skip
    words = bare(glance(render(replace(record, commitments=(truce,)))))
    assert "ceasefire (Ruritania, Elbonia): disputed; violated, says Ruritania" in words


def test_what_is_settled_or_has_no_time_is_no_deadline(record: Record) -> None:
    (offer,) = record.commitments
    met = replace(record, commitments=(replace(offer, status="met"), replace(offer, due=None)))
    assert "Deadlines" not in glance(render(met))


def test_a_story_with_nothing_in_it_has_nothing_at_a_glance(record: Record) -> None:
    empty = replace(record, events=Events(), claims=(), commitments=())
    assert not glance(render(empty))


def test_events_can_be_put_in_order_of_gravity(record: Record) -> None:
    page = render(with_harm(record))
    assert dict(re.findall(r'data-key="(e\d)"[^>]*data-grave="(\d)"', page)) == {"e1": "1", "e2": "0"}  # fmt: skip
    denied = replace(record.events[1], aux=("negation",))
    page = render(replace(record, events=Events([record.events[0], denied])))
    assert dict(re.findall(r'data-key="(e\d)"[^>]*data-grave="(\d)"', page)) == {"e1": "0", "e2": "1"}  # fmt: skip


def test_the_page_speaks_plainly_and_keeps_the_codes_folded(record: Record) -> None:
    page = render(record)
    card = re.search(r'<li id="line-e1".*?</li>', page, re.S)
    assert card
    open_, folded = card[0].split('<details class="coding">')
    assert "ACCUSE (allegation)" in bare(open_)
    assert "CAMEO 112" in folded and "rule accuse-of" in folded and "ACCUSE-allege" in folded
    assert "CAMEO" not in open_ and "accuse-of" not in open_
    assert "2030-05-02, from the page’s own data" in page
    assert "Elbonia denied" in bare(page) and "in the reporter’s words" in page


@pytest.mark.parametrize("basis", ["metadata", "url", "given", "dateline", "byline", "page"])
def test_how_the_day_is_known_is_told_in_words(record: Record, basis: str) -> None:
    told = day_words(record.story.replace(published_basis=basis))
    assert told.startswith("2030-05-02, ") and len(told.split()) > 3 and "(by" not in told


def test_a_code_of_an_actor_is_told_in_words() -> None:
    ministry = Entity("x", "the ministry", "TCD", ("GOV", "MIL"), kind="organisation")
    assert stands_for(ministry) == "Chad, government, military"
    assert stands_for(Entity("UNO", "United Nations", "UNO", kind="organisation")) == (
        "international organisation"
    )
    assert stands_for(Entity("TCD", "Chad", "TCD", ("GOV",), kind="state")) == "state"


def test_a_speaker_does_what_the_verb_of_the_story_says(record: Record) -> None:
    _, denial = record.statements
    assert spoken(denial, "rejected") == "rejected"
    assert spoken(denial, "accusation") == spoken(denial, "according to") == "denied"


def colours(dark: bool) -> dict[str, str]:
    """The colours of the style sheet for the screen, light or dark."""
    light, night = re.findall(r":root\{(.*?)\}", CSS, re.S)[:2]
    found = dict(re.findall(r"--(\w+):(#\w+)", light))
    return {**found, **dict(re.findall(r"--(\w+):(#\w+)", night))} if dark else found


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_can_be_read_on_every_ground(dark: bool) -> None:
    shades = colours(dark)
    for text in TEXTS:
        for ground in GROUNDS:
            assert contrast(shades[text], shades[ground]) >= 4.5, (text, ground)
    assert contrast(shades["edge"], shades["paper"]) >= 3  # the line under a lit sentence


def test_verbal_and_material_differ_without_colour() -> None:
    assert re.search(r"\.quad-1[^{]*\.quad-3[^{]*\{text-decoration:underline dotted", CSS)
    assert not re.search(r"\.quad-[24][^{]*\{[^}]*dotted", CSS)


def test_a_description_is_not_in_the_cast(record: Record) -> None:
    town = Entity(id="town", name="the town", kind="organisation", mentions=((0, 3),))
    told = View(replace(record, entities=(*record.entities, town)))
    assert told.cast and "the town" not in {entity.name for entity in told.cast}


def test_paper_shows_what_is_folded_or_sifted_away() -> None:
    printed = CSS[CSS.index("@media print") :]
    assert "li[hidden]{display:list-item}" in printed and "::details-content" in printed
    assert '"beforeprint"' in SCRIPT and '"afterprint"' in SCRIPT


def test_a_long_name_does_not_widen_the_filters() -> None:
    assert re.search(r"\.filters\{[^}]*grid-template-columns:minmax\(0,1fr\)", CSS)
    assert re.search(r"\.filters label\{[^}]*min-width:0", CSS)
