"""Exports of news databases, agencies' files, newswire corpora and mails: a story for every one they hold."""

from __future__ import annotations

import itertools

import pytest

import dragoman
from dragoman.errors import InputError
from dragoman.model import Rejection, Story

FIRST = """Chad's foreign minister accused Sudan on Tuesday of shelling the border town of Adre, and said the army
would answer any further attack with force."""
SECOND = "Sudan's army denied the charge. A spokesman called on Chad to withdraw its troops from the frontier."


def wrapped(words: str, width: int = 72) -> str:
    import textwrap

    return textwrap.fill(" ".join(words.split()), width)


ACADEMIC = f"""
Download Request: Select Items: 1-2
Time Of Request: Friday, March 6, 2026  09:12:31

Send To:
MEGADEAL, ACADEMIC UNIVERSE

Terms: (chad AND sudan)


                               1 of 2 DOCUMENTS


                              The Border Courier

                             March 3, 2026 Tuesday
                              Late City Edition

Sudan and Chad trade blame over shelling of border town

BYLINE: By IDRISS MALLOUM; Reuters

SECTION: Section A; Foreign Desk; Pg. 4

LENGTH: 55 words

DATELINE: N'DJAMENA, Chad

{wrapped(FIRST)}

{wrapped(SECOND)}

URL: http://www.example.org/border

GRAPHIC: PHOTO: A house in Adre. (PHOTOGRAPH BY A. MAHAMAT)

LOAD-DATE: March 4, 2026

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                    Copyright 2026 The Border Courier Company
                              All Rights Reserved

                               2 of 2 DOCUMENTS


                    Copyright 2026 Agence France Presse
                            All Rights Reserved

                          Agence France Presse -- English

                         March 5, 2026 Thursday 7:10 AM GMT

LENGTH: 40 words

HEADLINE: Kenya offers to host talks between Chad and Sudan

DATELINE: NAIROBI, March 5 2026

BODY:


   Kenya offered on Thursday to host talks between Chad and Sudan next week, its
president said.

LOAD-DATE: March 5, 2026
"""

NEXIS_UNI = f"""User Name: = R. Lindqvist
Date and Time: = Friday, March 6, 2026 9:12:00 AM GMT
Job Number: = 111822344
Documents (2)
1. Sudan and Chad trade blame over shelling of border town
Client/Matter: -None-
Search Terms: chad AND sudan
2. Kenya offers to host talks
Page 1 of 4
Sudan and Chad trade blame over shelling of border town

The Border Courier

March 3, 2026 Tuesday

Late Edition - Final

Copyright 2026 The Border Courier Company All Rights Reserved

Section: Section A; Column 0; Foreign Desk; Pg. 4

Length: 55 words

Byline: By Idriss Malloum

Body

{" ".join(FIRST.split())}

{SECOND}

Graphic

PHOTO: A house in Adre.

Classification

Language: ENGLISH

Publication-Type: Newspaper

Load-Date: March 4, 2026

End of Document

Kenya offers to host talks between Chad and Sudan

The Nairobi Telegraph

5 March 2026

Length: 40 words

Dateline: NAIROBI

Body

Kenya offered on Thursday to host talks between Chad and Sudan next week, its president said.

Load-Date: March 5, 2026

End of Document
"""

FACTIVA = f"""
World News
Sudan and Chad trade blame over shelling of border town
By Idriss Malloum
55 words
3 March 2026
14:05
The Border Courier
BORDCO
English
Copyright 2026, The Border Courier Company. All rights reserved.

{" ".join(FIRST.split())}

{SECOND}

Document BORDCO0020260303em3300abc

Kenya offers to host talks between Chad and Sudan
40 words
5 March 2026
Reuters News
LBA
English
(c) 2026 Reuters Limited

NAIROBI, March 5 (Reuters) - Kenya offered on Thursday to host talks between Chad and Sudan next week.

Document LBA0000020260305em350012x

Search Summary
Text
chad and sudan
"""

FACTIVA_CODES = f"""SE|World News
HD|Sudan and Chad trade blame over shelling of border town
BY|By Idriss Malloum
WC|55 words
PD|3 March 2026
ET|14:05
SN|The Border Courier
SC|BORDCO
LA|English
CY|Copyright 2026
LP|
{" ".join(FIRST.split())}
TD|
{SECOND}
NS|gvio : Military Conflicts
RE|chad : Chad | sudan : Sudan
PUB|Border Courier Company
AN|
Document BORDCO0020260303em3300abc
HD|Kenya offers to host talks between Chad and Sudan
PD|5 March 2026
SN|Reuters News
LP|
NAIROBI, March 5 (Reuters) - Kenya offered on Thursday to host talks between Chad and Sudan next week.
AN|
Document LBA0000020260305em350012x
"""

PROQUEST = f"""
____________________________________________________________

Report Information from ProQuest

____________________________________________________________

Document 1 of 2

Sudan and Chad trade blame over shelling of border town

Author: Malloum, Idriss

Publication info: The Border Courier (Online) ; Abeche: Border Courier Company. Mar 3, 2026.

ProQuest document link

Full text: {" ".join(FIRST.split())}

{SECOND}

Subject: Borders; Armed forces

Title: Sudan and Chad trade blame over shelling of border town

Publication title: The Border Courier (Online); Abeche

Publication date: Mar 3, 2026

Language of publication: English

ProQuest document ID: 999

____________________________________________________________

Document 2 of 2

Kenya offers to host talks between Chad and Sudan

Full text: Kenya offered on Thursday to host talks between Chad and Sudan next week.

Publication title: Nairobi Telegraph

Publication date: Mar 5, 2026

____________________________________________________________
"""

GIGAWORD = f"""<DOC id="AFP_ENG_20260303.0001" type="story" >
<HEADLINE>
Sudan and Chad trade blame over shelling of border town
</HEADLINE>
<DATELINE>
N'DJAMENA, March 3, 2026 (AFP)
</DATELINE>
<TEXT>
<P>
{FIRST}
</P>
<P>
{SECOND} &amp; more.
</P>
</TEXT>
</DOC>
<DOC id="XIN_ENG_20260305.0107" type="story" >
<HEADLINE>Kenya offers to host talks between Chad and Sudan</HEADLINE>
<TEXT>
   Kenya offered on Thursday to host talks between
Chad and Sudan next week.
   The offer was made by its president.
</TEXT>
</DOC>
"""

NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.example.org/nitf-3-3.dtd">
<nitf><head><title>Sudan and Chad trade blame over shelling of border town</title>
<pubdata date.publication="20260303T000000" name="The Border Courier"/></head>
<body><body.head><hedline><hl1>Sudan and Chad trade blame over shelling of border town</hl1></hedline>
<byline class="print_byline">By IDRISS MALLOUM</byline><dateline>N'DJAMENA, Chad, March 2</dateline></body.head>
<body.content><block class="lead_paragraph"><p>{FIRST}</p></block>
<block class="full_text"><p>{FIRST}</p><p>{SECOND}</p></block></body.content></body></nitf>
"""

NEWSML = f"""<?xml version="1.0"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem xml:lang="en"><itemMeta><provider literal="border.example"><name>The Border Courier</name></provider>
<versionCreated>2026-03-03T12:00:00Z</versionCreated></itemMeta>
<contentMeta><headline>Sudan and Chad trade blame over shelling of border town</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>
<p>{FIRST}</p><p>{SECOND}</p></body></html></inlineXML></contentSet></newsItem>
<newsItem xml:lang="en"><itemMeta><versionCreated>2026-03-05T12:00:00Z</versionCreated></itemMeta>
<contentMeta><headline>Kenya offers to host talks between Chad and Sudan</headline></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>
<p>Kenya offered on Thursday to host talks between Chad and Sudan next week.</p></body></html></inlineXML></contentSet></newsItem>
</itemSet></newsMessage>
"""

MAIL = f"""Received: from mail.example.org (mail.example.org [192.0.2.7])
From: "Ministry of Foreign Affairs of Chad" <press@example.org>
To: list@example.org
Subject: Fwd: Sudan and Chad trade blame over shelling of
 border town
Date: Tue, 3 Mar 2026 14:05:00 +0100
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

{" ".join(FIRST.split())}

{SECOND}
"""

TWO = {
    "academic.txt": ACADEMIC,
    "uni.txt": NEXIS_UNI,
    "factiva.txt": FACTIVA,
    "codes.txt": FACTIVA_CODES,
    "proquest.txt": PROQUEST,
    "afp_eng_202603": GIGAWORD,
    "two.xml": NEWSML,
    "alerts.mbox": f"From press@example.org Tue Mar  3 14:05:00 2026\n{MAIL}\n"
    "From k@example.org Thu Mar  5 09:00:00 2026\nFrom: Kenya <k@example.org>\nTo: list@example.org\n"
    "Subject: Kenya offers to host talks between Chad and Sudan\nDate: Thu, 5 Mar 2026 09:00:00 +0300\n\n"
    "Kenya offered on Thursday to host talks between Chad and Sudan next week.\n",
}


def stories(text: str, name: str, folder) -> list[Story]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return list(dragoman.read_many(path))


@pytest.mark.parametrize("name", TWO)
def test_each_story_of_a_delivery_is_read_with_its_day_and_title(name, tmp_path):
    first, second = stories(TWO[name], name, tmp_path)
    assert first.title == "Sudan and Chad trade blame over shelling of border town"
    assert (first.published, first.published_basis) == ("2026-03-03", "metadata")
    assert first.text.startswith(first.title)
    body = first.text.removeprefix(first.title).split()
    assert " ".join(body).startswith("Chad's foreign minister accused Sudan on Tuesday")
    assert SECOND in first.text
    for furniture in ("PHOTO", "Copyright", "words", "Load", "ENGLISH", "Subject", "gvio"):
        assert furniture not in first.text
    assert first.source.endswith(":1")
    assert second.title == "Kenya offers to host talks between Chad and Sudan"
    assert second.published == "2026-03-05"
    assert "next week" in second.text and second.source.endswith(":2")
    assert not {"date-conflict", "language"} & {note.code for note in (*first.notes, *second.notes)}


@pytest.mark.parametrize(
    ("name", "publisher", "credits"),
    [
        ("academic.txt", "The Border Courier", ("Reuters",)),
        ("uni.txt", "The Border Courier", ()),
        ("factiva.txt", "The Border Courier", ()),
        ("codes.txt", "The Border Courier", ()),
        ("proquest.txt", "The Border Courier (Online)", ()),
        ("afp_eng_202603", "Agence France-Presse", ("Agence France-Presse",)),
        ("two.xml", "The Border Courier", ()),
        ("alerts.mbox", "Ministry of Foreign Affairs of Chad", ()),
    ],
)
def test_publisher_and_credits_come_from_the_delivery(name, publisher, credits, tmp_path):
    first, _ = stories(TWO[name], name, tmp_path)
    assert first.publisher == publisher
    assert first.credits == credits


def test_an_agencys_story_keeps_dateline_and_credit(tmp_path):
    _, second = stories(FACTIVA, "factiva.txt", tmp_path)
    assert second.publisher == "Reuters News"
    assert second.credits == ("Reuters",)
    assert second.dateline == "NAIROBI, March 5 (Reuters)"
    first, _ = stories(ACADEMIC, "academic.txt", tmp_path)
    assert first.dateline == "N'DJAMENA, Chad"


@pytest.mark.parametrize(("text", "name"), [(NITF, "a.xml"), (MAIL, "a.eml"), (NITF, "noname")])
def test_one_story_of_a_newsroom_or_a_mail_is_read_alone(text, name, tmp_path):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    story = dragoman.read(path)
    assert story.title == "Sudan and Chad trade blame over shelling of border town"
    assert story.published == "2026-03-03" and story.source == str(path)
    assert story.text.count("accused Sudan") == 1
    assert dragoman.read(path, published="2026-03-04").published_basis == "given"


def test_a_page_of_factiva_gives_its_stories(tmp_path):
    page = f"""<html><body><div class="article enArticle"><div>World</div><div id="hd"><span class="enHeadline">
Sudan and Chad trade blame over shelling of border town</span></div><div class="author">By Idriss Malloum</div>
<div>55 words</div><div>3 March 2026</div><div>The Border Courier</div><div>BORDCO</div><div>English</div>
<div>Copyright 2026</div><p class="articleParagraph enarticleParagraph">{FIRST}</p>
<p class="articleParagraph enarticleParagraph">{SECOND}</p><p>Document&nbsp;BORDCO0020260303em3300abc</p></div></body></html>"""
    (story,) = stories(page, "factiva.html", tmp_path)
    assert story.title.startswith("Sudan and Chad") and story.published == "2026-03-03"
    assert story.text.endswith(SECOND)


def test_several_stories_are_no_single_one(tmp_path):
    path = tmp_path / "factiva.txt"
    path.write_text(FACTIVA)
    with pytest.raises(InputError, match="holds several stories, not one; dragoman code reads"):
        dragoman.read(path)


def test_a_story_without_text_costs_only_itself(tmp_path):
    emptied = NEXIS_UNI.replace(" ".join(FIRST.split()), "").replace(SECOND, "")
    first, second = stories(emptied, "uni.txt", tmp_path)
    assert isinstance(first, Rejection) and first.code == "empty"
    assert first.source.endswith("uni.txt:1")
    assert second.title.startswith("Kenya")


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("cut.xml", NITF[:-60], "xml"),
        ("none.xml", "<?xml version='1.0'?><newsMessage></newsMessage>", "empty"),
    ],
)  # fmt: skip
def test_damaged_deliveries_are_refused_in_one_line(name, text, code, tmp_path):
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InputError) as refused:
        dragoman.read(path)
    assert refused.value.code == code and "\n" not in str(refused.value)


def test_entities_that_swell_are_not_unfolded(tmp_path):
    names = "abcdefghij"
    swelling = "".join(
        f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in itertools.pairwise(names)
    )
    head = f'<!DOCTYPE nitf [<!ENTITY a "hahaha">{swelling}]>'
    text = NITF[NITF.index("<nitf") :].replace(SECOND, f"{SECOND} &j;")
    path = tmp_path / "bomb.xml"
    path.write_text(head + text)
    with pytest.raises(InputError, match="damaged XML"):
        dragoman.read(path)


def test_entities_of_an_agencys_file_are_not_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret word")
    text = NITF.replace(
        '<!DOCTYPE nitf SYSTEM "http://www.example.org/nitf-3-3.dtd">',
        f'<!DOCTYPE nitf [<!ENTITY steal SYSTEM "file://{secret}">]>',
    ).replace(SECOND, SECOND + " &steal;")
    path = tmp_path / "a.xml"
    path.write_text(text)
    assert "secret word" not in dragoman.read(path).text


@pytest.mark.parametrize(
    "text",
    [
        "The ministry published the accord.\n\nEnd of Document\n\nIt was signed on Monday by both sides in Kenya.",
        "Kenya met Chad on Monday in Nairobi to talk.\n\n____________________________\n\nSudan was not asked to come along.",
    ],
)
def test_ordinary_texts_are_no_deliveries(text, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert isinstance(dragoman.read(path), Story)


def test_a_saved_page_of_several_parts_stays_a_page(tmp_path):
    path = tmp_path / "page.mhtml"
    path.write_text(
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/a\nSubject: A page\n"
        "Date: Wed, 4 Mar 2026 10:00:00 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n'
        f"Content-Location: https://example.org/a\n\n<html><body><article><h1>Sudan and Chad trade blame</h1><p>{FIRST}</p>"
        f"<p>{SECOND}</p></article></body></html>\n--b--\n"
    )
    story = dragoman.read(path)
    assert story.url == "https://example.org/a" and story.published is None
