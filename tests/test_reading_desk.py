"""Pages, saved files and mails as a desk meets them: each is a short story and one thing that goes wrong with it."""

from __future__ import annotations

import json
import plistlib
from email.message import EmailMessage
from pathlib import Path
from textwrap import wrap

import pytest

from dragoman.errors import InputError
from dragoman.model import Rejection, Story
from dragoman.reading import read, read_many

HEAD = "Ferry crew held after raid on the lake port of Lumba"
FIRST = "Armed men boarded a ferry at the lake port of Lumba on Friday and led off nine of its crew, the harbour master said."
REST = (
    "Captain Odile Marek, who commands the coast guard, said two boats had followed them towards the far shore.",
    "Survivors hid among sacks of flour. “They took the radios and the fuel,” said Tomas Ferro, a mechanic on board.",
    "The government promised to send a patrol vessel to Lumba before the end of the month.",
)
WHOLE = "\n\n".join((FIRST, *REST))
META = '<meta name="date" content="2025-05-16">'


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(head: str = META, body: str = "", first: str = f"<p>{FIRST}</p>") -> str:
    body = body or f"<article><h1>{HEAD}</h1>{first}{paragraphs(*REST)}</article>"
    return f'<!DOCTYPE html><html lang="en"><head><title>{HEAD}</title>{head}</head><body>{body}</body></html>'


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def codes(story: Story) -> set[str]:
    return {note.code for note in story.notes}


@pytest.mark.parametrize(
    "first",
    [
        f'<p><span class="dropcap">A</span>{FIRST[1:]}</p>',
        f'<div class="drop">A</div><p>{FIRST[1:]}</p>',
        f'<p><span aria-hidden="true"><span>A</span></span><span class="sr-only">A</span>{FIRST[1:]}</p>',
        f'<p>{FIRST}<sup><a href="#fn1">1</a></sup></p>',
        f'<p>{FIRST}<a href="https://lake.example/raid#note-12">[12]</a></p>',
        f'<p>{FIRST}</p><p><em>Lake Courier is funded by readers like you. Please consider a donation.</em></p>',
    ],
)  # fmt: skip
def test_marks_of_print_do_not_reach_the_story(first: str) -> None:
    assert read(page(first=first)).text == WHOLE


@pytest.mark.parametrize(
    "first",
    [
        f"<p>{FIRST.replace('nine', '<del>seven</del> <s>eight</s> nine')}</p>",
        f"<p>{FIRST}</p><div><b>The crew&amp;#39;s families waited on the quay, and nobody had told them anything.</b></div>",
        f"<div><p>This narration is auto-generated. Tell us what you think of it.</p></div><p>{FIRST}</p>",
        f"<p>{FIRST}</p><p>This video can not be played</p><p>To play this video you need to enable JavaScript in your browser.</p>",
        f"<p>{FIRST}</p><p>Editor’s note: This story was updated at 5.45pm to add details.</p>",
    ],
)  # fmt: skip
def test_what_a_page_says_beside_its_story_is_left_out_and_what_it_tells_is_kept(
    first: str,
) -> None:
    told = "The crew's families waited on the quay, and nobody had told them anything."
    text = read(page(first=first)).text
    assert text.replace(f"\n\n{told}", "") == WHOLE
    assert ("families" in first) == (told in text)


def test_a_lead_in_bold_type_alone_is_not_lost() -> None:
    boxes = "".join(f"<div><p>{text}</p></div>" for text in REST)
    story = read(page(body=f"<article><h1>{HEAD}</h1><div><b>{FIRST}</b></div>{boxes}</article>"))
    assert story.text == WHOLE


@pytest.mark.parametrize("top", ['<div class="top">{day}</div>', "<div>{day}</div><nav><a>World</a><a>Africa</a><a>Sport</a></nav>"])  # fmt: skip
def test_the_clock_of_a_masthead_dates_nothing(top: str) -> None:
    body = f"<div>{top.format(day='Saturday, November 28, 2026')}</div><h1>{HEAD}</h1>"
    story = read(page(head="", body=body + paragraphs(FIRST, *REST)))
    assert story.published is None and "page-clock-only" in codes(story)
    own = f"<article><header><div>Friday, May 16, 2025</div><h1>{HEAD}</h1></header>"
    assert read(page(head="", body=own + paragraphs(FIRST, *REST))).published == "2025-05-16"


def test_what_a_mail_hides_is_not_its_text(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Lake Courier <c@lake.example>", "desk@desk.example"
    mail["Subject"], mail["Date"] = HEAD, "Fri, 16 May 2025 08:00:00 +0000"
    mail.set_content(f'<html><head><title>Alert</title></head><body><div style="display: none">Chad shelled the port.</div>{paragraphs(FIRST, *REST)}</body></html>', subtype="html")  # fmt: skip
    path = tmp_path / "mail.eml"
    path.write_bytes(mail.as_bytes())
    assert read(path).text == f"{HEAD}\n\n{WHOLE}"


def test_a_single_letter_that_is_a_word_stays() -> None:
    text = read(page(first=f"<p><b>A</b> {FIRST[:1].lower()}{FIRST[1:]}</p>")).text
    assert text.startswith("A armed men boarded")


def test_the_article_of_linked_data_speaks_before_the_page_and_other_stories() -> None:
    graph = {
        "@graph": [
            {"@type": "WebPage", "datePublished": "2019-01-01"},
            {"@type": "NewsArticle", "headline": "Other news of the lake", "datePublished": "2021-02-02"},
            {
                "@type": ["NewsArticle", "Article"],
                "headline": HEAD,
                "datePublished": "2025-05-16T23:10:00-04:00",
                "publisher": {"@id": "#org"},
            },
            {"@type": "NewsMediaOrganization", "@id": "#org", "name": "Lake Courier"},
        ]
    }  # fmt: skip
    story = read(page(head=linked([graph])))
    assert (story.published, story.publisher) == ("2025-05-16", "Lake Courier")


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/ld+json">//<![CDATA[\n{data}\n//]]></script>',
        '<script type="application/ld+json"><!--{data}--></script>',
        '<script type="application/LD+JSON; charset=utf-8">{data}</script>',
        '<script type="application/ld+json">{data}\n{{"@type": "BreadcrumbList"}}</script>',
        '<script type="application/ld+json">[{data},]</script>',
    ],
)
@pytest.mark.parametrize(
    "day", ['"2025-05-16T10:00:00Z"', "1747389600", '"Fri, 16 May 2025 10:00:00 GMT"']
)
def test_linked_data_are_read_as_sites_write_them(script: str, day: str) -> None:
    data = f'{{"@type": "NewsArticle", "headline": "{HEAD}", "datePublished": {day}}}'
    story = read(page(head=script.format(data=data)))
    assert (story.published, story.published_basis) == ("2025-05-16", "metadata")


def test_what_frames_a_press_release_is_not_its_text() -> None:
    facts = "<dl><dt>Source</dt><dd>Lake Courier</dd><dt>Posted</dt><dd>16 May 2025</dd></dl>"
    foot = paragraphs(
        "-ENDS-",
        "For further information contact: press@lake.example, Tel: +1 555 0100",
        "Notes to editors",
    )
    body = f"<article><h1>{HEAD}</h1>{facts}<p>FOR IMMEDIATE RELEASE</p>{paragraphs(FIRST, *REST)}{foot}</article>"
    story = read(
        page(head="", body=body).replace(
            f"<title>{HEAD}", "<title>Ferry crew held | Harbour Office"
        )
    )
    assert (story.text, story.published, story.title) == (WHOLE, "2025-05-16", HEAD)


def _state(shape: str) -> str:
    told = [FIRST, *REST]
    if shape == "paragraphs":
        data = {"article": {"publishedAt": "2025-05-16T08:00:00Z", "updatedAt": "2025-06-01",
                            "body": [{"type": "paragraph", "text": text} for text in told]}}  # fmt: skip
    elif shape == "markup":
        data = {"story": {"date": "2025-05-16", "content": paragraphs(*told)}}
    else:
        data = {"post": {"createdAt": "2025-05-10", "datePublished": "2025-05-16", "document": {"nodes": [
            {"type": "p", "children": [{"text": text[:9]}, {"text": text[9:], "bold": True}]} for text in told]}}}  # fmt: skip
    cards = [
        {"title": f"Other story {n}", "url": f"/{n}", "text": f"{FIRST} {FIRST}"} for n in range(9)
    ]
    words = json.dumps({"props": {**data, "more": cards}})
    if shape == "assigned":
        return f"<script>window.version = 3; window.__STATE__ = {words}; start();</script>"
    return f'<script id="__NEXT_DATA__" type="application/json">{words}</script>'


@pytest.mark.parametrize("shape", ["paragraphs", "markup", "rich", "assigned"])
def test_a_page_built_by_its_script_is_read_from_the_data_of_the_script(shape: str) -> None:
    story = read(page(head="", body=f"<div id=root><p>Loading…</p></div>{_state(shape)}"))
    assert (story.text, story.published, story.title) == (WHOLE, "2025-05-16", HEAD)


def test_a_day_under_the_title_contradicts_the_pages_data() -> None:
    line = '<p class="meta">Published 14 March 2024, 10:22 GMT</p>'
    story = read(page(body=f"<article><h1>{HEAD}</h1>{line}{paragraphs(FIRST, *REST)}</article>"))
    assert story.published == "2025-05-16" and "date-conflict" in codes(story)
    changed = line.replace("Published", "Last updated")
    story = read(
        page(body=f"<article><h1>{HEAD}</h1>{changed}{paragraphs(FIRST, *REST)}</article>")
    )
    assert "date-conflict" not in codes(story)


def test_a_day_that_nobody_filled_in_is_none() -> None:
    unset = '<meta property="article:published_time" content="1970-01-01T00:00:00Z">'
    body = (
        f"<article><h1>{HEAD}</h1><p>May 16, 2025 8:30 am</p>{paragraphs(FIRST, *REST)}</article>"
    )
    story = read(page(head=unset, body=body))
    assert (story.published, story.published_basis) == ("2025-05-16", "byline")


@pytest.mark.parametrize(
    ("written", "published"),
    [("05/07/2024", None), ("05/17/2024", "2024-05-17"), ("05/05/2024", "2024-05-05")],
)
def test_a_day_of_figures_that_is_two_days_is_left_open(
    written: str, published: str | None
) -> None:
    story = read(page(head=f'<meta name="date" content="{written}">'))
    assert story.published == published
    assert ("date-unread" in codes(story)) == (published is None)


def test_the_address_of_an_archived_page_is_its_own() -> None:
    link = '<link rel="canonical" href="https://web.archive.org/web/20250601123456/https://lake.example/2025/05/16/raid">'
    story = read(page(head=link))
    assert (story.url, story.published) == ("https://lake.example/2025/05/16/raid", "2025-05-16")


def test_a_title_is_more_than_a_label() -> None:
    body = f"<table><tr><td>{'<br><br>'.join((FIRST, *REST))}</td></tr></table>"
    assert read(page(body=body).replace("<title>", "<title>Print - ")).title == f"Print - {HEAD}"


@pytest.mark.parametrize(
    "line",
    [
        "Correction: An earlier version of this article said that Chad had shelled the port.",
        "This story was amended on 18 May 2025 to remove a claim that Chad had shelled the port.",
        "Editor’s note: the minister was misidentified. Chad did not shell the port, and we regret the error.",
    ],
)
def test_what_was_corrected_is_told_and_not_coded(line: str) -> None:
    story = read(page(first=f"<p>{line}</p><p>{FIRST}</p>"))
    assert story.text == WHOLE
    assert [note.message for note in story.notes if note.code == "corrected"] == [
        f"the story was corrected: “{line}”"
    ]


def test_a_pay_wall_in_the_words_of_a_shop_is_told() -> None:
    wall = "<div><h2>Continue reading with a subscription</h2><p>Subscribe to unlock this article. Try it for $1 for 4 weeks. Then $75 per month. Cancel or change your plan any time.</p></div>"
    story = read(page(body=f"<article><h1>{HEAD}</h1>{paragraphs(FIRST, *REST)}{wall}</article>"))
    assert story.text == WHOLE and "paywall" in codes(story)


@pytest.mark.parametrize("lost", [True, False])
def test_closing_quotes_are_turned_back_with_their_last_byte_or_without(lost: bool) -> None:
    told = {chr(byte): chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
    wrong = "".join(
        told.get(chr(byte)) or bytes([byte]).decode("cp1252") for byte in WHOLE.encode("utf-8")
    )
    assert read(wrong.replace("\x9d", "") if lost else wrong).text == WHOLE


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_wide_characters_without_a_mark(order: str) -> None:
    assert read(page().encode(order)).text == WHOLE


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_page_that_safari_saved(form: plistlib.PlistFormat, tmp_path: Path) -> None:
    main = {
        "WebResourceData": page().encode(), "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8", "WebResourceURL": "https://lake.example/raid",
    }  # fmt: skip
    path = tmp_path / "page.webarchive"
    path.write_bytes(plistlib.dumps({"WebMainResource": main}, fmt=form))
    story = read(path)
    assert (story.text, story.url, story.published) == (
        WHOLE,
        "https://lake.example/raid",
        "2025-05-16",
    )


@pytest.mark.parametrize(
    "passed_on",
    [
        "FYI.\n\n-----Original Message-----\nFrom: Lake Courier <a@lake.example>\nSent: Friday, May 16, 2025 11:30 PM\nTo: x@y.example\nSubject: {head}\n\n{body}",
        "---------- Forwarded message ---------\nFrom: Lake Courier <a@lake.example>\nDate: Fri, May 16, 2025 at 11:30 PM\nSubject: {head}\nTo: <x@y.example>\n\n\n{body}",
        "For the file.\n\nBegin forwarded message:\n\n> From: Lake Courier <a@lake.example>\n> Subject: {head}\n> Date: 16 May 2025 at 23:30:00 GMT\n> To: x@y.example\n> \n{quoted}",
    ],
)
def test_a_mail_that_was_passed_on_is_told_as_who_wrote_it(passed_on: str, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "A Colleague <c@desk.example>", "desk@desk.example"
    mail["Subject"], mail["Date"] = f"FW: {HEAD}", "Mon, 19 May 2025 08:00:00 +0000"
    quoted = "\n".join(f"> {line}" for line in WHOLE.split("\n"))
    mail.set_content(passed_on.format(head=HEAD, body=WHOLE, quoted=quoted))
    path = tmp_path / "mail.eml"
    path.write_bytes(mail.as_bytes())
    story = read(path)
    assert (story.title, story.publisher, story.published) == (HEAD, "Lake Courier", "2025-05-16")
    assert story.text.endswith(WHOLE) and "FYI" not in story.text and "file" not in story.text


def test_a_mail_that_answers_is_its_writers_own(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "The Press Office <c@port.example>", "desk@desk.example"
    mail["Subject"], mail["Date"] = "Re: your question", "Mon, 19 May 2025 08:00:00 +0000"
    mail.set_content(f"{WHOLE}\n\nFrom: Desk <d@desk.example>\nSent: Sunday, May 18, 2025\nSubject: your question\n\nWhere is the crew?")  # fmt: skip
    path = tmp_path / "mail.eml"
    path.write_bytes(mail.as_bytes())
    assert (story := read(path)).published == "2025-05-19" and story.text.startswith(
        "your question\n\nArmed men"
    )


@pytest.mark.parametrize("width", [24, 32, 40, 72])
def test_lines_broken_at_any_width_are_joined(width: int) -> None:
    broken = "\r\n\r\n".join("\r\n".join(wrap(part, width)) for part in (FIRST, *REST))
    assert read(broken.encode()).text == WHOLE


def test_short_lines_that_somebody_broke_himself_stay_apart() -> None:
    verse = "The plan has four parts.\nTroops leave the hill\nprisoners come home\nborders open\nand voters vote in spring."
    assert "Troops leave the hill prisoners" not in read(f"{FIRST}\n\n{verse}\n\n{REST[0]}").text


@pytest.mark.parametrize("address", ["ftp://lake.example/raid.html", "file:///tmp/raid.html"])
def test_an_address_of_another_kind_is_told_to_be_one(address: str) -> None:
    with pytest.raises(InputError, match="only http and https"):
        read(address)
    (rejected,) = read_many(address)
    assert isinstance(rejected, Rejection) and rejected.source == address
