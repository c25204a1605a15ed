"""Word, OpenDocument, RTF, PDF and Excel files."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest

import dragoman
from dragoman.errors import InputError, LimitExceeded
from dragoman.limits import Limits
from dragoman.model import Rejection, Story

TITLE = "Chad demands that Sudan withdraw its artillery"
LINES = (
    "N'DJAMENA, March 3, 2026 - Chad demanded on Tuesday that Sudan withdraw its artillery from the border.",
    "The foreign minister said the army would answer any further attack.",
    "Sudan's army denied that it had shelled the town of Adre.",
)


def word_file(*lines: str, title: str = TITLE, headings: frozenset[str] = frozenset()) -> bytes:
    document = docx.Document()
    document.add_heading(title, 0)
    for line in lines:
        document.add_heading(line, 1) if line in headings else document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def open_document(*lines: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in lines)
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0"><office:body><office:text>'
        f"<text:tracked-changes><text:p>Deleted words.</text:p></text:tracked-changes>"
        f"<text:h>{TITLE}</text:h>{paragraphs}"
        f"<text:p>Both<text:s/>sides<text:note><text:p>A note.</text:p></text:note> met.</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", "<meta/>")
    return out.getvalue()


def rich_text(*lines: str) -> bytes:
    body = "\\par\n".join(line.replace("'", "\\'92") for line in lines)
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 " + body + "\\par}").encode()


def portable(pages: list[list[tuple[int, int, str]]]) -> bytes:
    """A PDF: of each page (x, y, words) for every line."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]  # fmt: skip
    kids = []
    for lines in pages:
        drawn = "".join(
            f"BT /F1 10 Tf {x} {y} Td ({words.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj ET\n"
            for x, y, words in lines
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = "%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{item}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out.encode("latin-1")


def press_release() -> bytes:
    first = [(72, 800, "Ministry of Foreign Affairs"), (72, 740, TITLE)]
    first += [
        (72, 700, "N'DJAMENA, March 3, 2026 - Chad demanded on Tuesday that Sudan with-"),
        (72, 688, "draw its artillery from the border, and said that the talks which the two"),
        (72, 676, "neighbours had agreed to hold in Nairobi could not begin before. A second"),
        (72, 664, "round is planned."),
        (72, 640, "The foreign minister said the army would answer any further attack on the"),
        (290, 40, "Page 1 of 2"),
    ]
    second = [
        (72, 800, "Ministry of Foreign Affairs"),
        (
            72,
            740,
            "town of Adre. Sudan's army denied that it had shelled it, and asked the African",
        ),
        (72, 728, "Union to send observers."),
        (290, 40, "Page 2 of 2"),
    ]
    return portable([first, second])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", word_file(*LINES)),
        ("a.odt", open_document(*LINES)),
        ("a.rtf", rich_text(TITLE, *LINES)),
        ("noname", word_file(*LINES)),
    ],
)
def test_a_document_is_read_as_a_text(name, data, tmp_path):
    path = tmp_path / name
    path.write_bytes(data)
    story = dragoman.read(path)
    assert story.title == TITLE
    assert story.published == "2026-03-03" and story.published_basis == "dateline"
    assert "The foreign minister said the army would answer any further attack." in story.text
    assert "Deleted" not in story.text and "note" not in story.text
    assert next(iter(dragoman.read_many(data))).text == story.text


def test_of_a_pdf_lines_are_joined_and_what_heads_every_page_is_cut(tmp_path):
    path = tmp_path / "release.pdf"
    path.write_bytes(press_release())
    story = dragoman.read(path)
    assert story.title == TITLE and story.published == "2026-03-03"
    paragraphs = story.text.split("\n\n")
    assert paragraphs[-2].endswith("could not begin before. A second round is planned.")
    assert "that Sudan withdraw its artillery" in paragraphs[-2]
    assert paragraphs[-1].startswith("The foreign minister said the army would answer any further attack on the town of Adre.")  # fmt: skip
    assert "Ministry of Foreign Affairs" not in story.text and "Page" not in story.text


@pytest.mark.parametrize(
    ("name", "data", "code", "reason"),
    [
        ("cut.pdf", press_release()[:700], None, None),
        ("none.pdf", portable([[]]), "empty", "pictures of pages"),
        ("cut.docx", word_file(*LINES)[:-200], None, None),
        (
            "old.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "binary",
            "save it as .docx",
        ),
        ("junk.pdf", b"%PDF-1.7\n" + b"\x00\xff junk" * 300, None, None),
        ("empty.rtf", b"{\\rtf1 }", "empty", "without text"),
        ("broken.odt", open_document()[:100] + b"PK", None, None),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(name, data, code, reason, tmp_path):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as refused:
        dragoman.read(path)
    assert str(refused.value).startswith(f"{path}: ") and "\n" not in str(refused.value)
    assert code is None or refused.value.code == code
    assert reason is None or reason in str(refused.value)
    (rejected,) = dragoman.read_many(path)
    assert isinstance(rejected, Rejection)


def test_a_packed_document_that_swells_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(*["Chad met Sudan. " * 4000] * 40))
    with pytest.raises(LimitExceeded, match="after decompression"):
        dragoman.read(path, limits=Limits(decompressed_bytes=1_000_000))


def workbook(rows: list[list[object]], *more: tuple[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, others in more:
        sheet = book.create_sheet(name)
        for row in others:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_gives_a_story_a_row(tmp_path):
    import datetime

    path = tmp_path / "stories.xlsx"
    path.write_bytes(
        workbook(
            [
                ["doc", "Date", "Headline", "Text"],
                [7, datetime.datetime(2026, 3, 3), "A demand", LINES[0]],
                [8, "2026-03-04", "An answer", None],
                [9, "3/4/2026", "A reply", LINES[2]],
            ],
            ("Codebook", [["variable", "meaning"], ["doc", "number"]]),
        )
    )
    first, second, third = dragoman.read_many(path, columns={"id": "doc"})
    assert isinstance(first, Story) and (first.id, first.published) == ("7", "2026-03-03")
    assert isinstance(second, Rejection) and str(second) == f"{path}:3: the row holds no text"
    assert "date-unread" in {note.code for note in third.notes}
    assert [item.id for item in dragoman.read_many(path.read_bytes(), columns={"id": "doc"}) if isinstance(item, Story)] == ["7", "9"]  # fmt: skip


def test_a_workbook_of_several_sheets_and_a_damaged_one(tmp_path):
    path = tmp_path / "stories.xlsx"
    sheet = [["date", "text"], ["2026-03-03", LINES[0]]]
    path.write_bytes(workbook(sheet, ("More", sheet)))
    assert [story.source.rpartition("/")[2] for story in dragoman.read_many(path)] == [
        "stories.xlsx:Sheet!2",
        "stories.xlsx:More!2",
    ]
    path.write_bytes(path.read_bytes()[:-300])
    (rejected,) = dragoman.read_many(path)
    assert rejected.code == "damaged"
    with pytest.raises(InputError, match="holds rows"):
        path.write_bytes(workbook(sheet))
        dragoman.read(path)


def test_exports_of_a_database_are_split_whatever_they_are_saved_as(tmp_path):
    body = "Kenya offered on Thursday to host talks between Chad and Sudan next week, its president said."
    story = ["Kenya offers to host talks between Chad and Sudan", "The Nairobi Telegraph", "March 5, 2026 Thursday",
             "Copyright 2026 The Nairobi Telegraph", "Length: 17 words", "Body", body, "Load-Date: March 5, 2026", "End of Document"]  # fmt: skip
    for name, data in (("a.docx", word_file(*story, *story, title="", headings=frozenset((story[0], "Body")))), ("a.rtf", rich_text(*story, *story))):  # fmt: skip
        path = tmp_path / name
        path.write_bytes(data)
        found = list(dragoman.read_many(path))
        assert [item.title for item in found] == [story[0]] * 2
        assert [item.published for item in found] == ["2026-03-05"] * 2
        assert found[0].text == f"{story[0]}\n\n{body}"
