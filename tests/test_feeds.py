"""News feeds: each item one story, of the feed's own words or of the page it leads to."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dragoman.cli import cli
from dragoman.errors import InputError
from dragoman.limits import Limits
from dragoman.model import Rejection, Story
from dragoman.reading import feeds, read
from dragoman.reading.many import read_many
from dragoman.reading.sources import Opened

WHOLE = "".join(
    f"<p>The border commission of the valley met again on Monday, and in its sitting number {n} it "
    "counted the guards of both sides, their posts and their guns, and said that none had moved.</p>"
    for n in range(1, 9)
)
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="look.xsl"?>
<!-- made at noon -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Border Courier &amp; Post</title>
<item><title>Chad &amp; Sudan agree to open crossings</title><link>https://courier.example/a1</link>
<pubDate>Thu, 05 Mar 2026 23:30:00 -0500</pubDate>
<description>&lt;p&gt;Chad accused &lt;a href="s"&gt;Sudan&lt;/a&gt; of shelling a village.&lt;/p&gt;
&lt;a href="a1"&gt;Continue reading...&lt;/a&gt;</description></item>
<item><title>Guards counted</title><link>https://courier.example/a2</link><pubDate>2026-03-06</pubDate>
<description>Guards were counted</description>
<content:encoded><![CDATA[{WHOLE}<p>The post Guards counted appeared first on Border Courier.</p>]]></content:encoded></item>
<item><title>Truce holds in the valley</title></item>
<item><link>https://courier.example/a4</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Agency</title><entry>
<title type="html">Iran &lt;b&gt;warns&lt;/b&gt; Oman</title><link rel="alternate" href="https://a.example/2"/>
<updated>2026-03-02T10:00:00Z</updated><summary>Iran warned Oman on Monday.</summary></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Agency</title></channel>
<item><title>Iran warns Oman</title><link>https://a.example/2</link><dc:date>2026-03-02</dc:date>
<description>Iran warned Oman on Monday.</description></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Agency",
        "items": [
            {"id": "1", "url": "https://a.example/2", "title": "Iran warns Oman",
             "content_html": "<p>Iran warned Oman on Monday.</p>", "date_published": "2026-03-02T10:00:00Z"},
        ],
    }
)  # fmt: skip


def told(source: Any, **options: Any) -> list[Story | Rejection]:
    return list(read_many(source, **options))


def test_the_items_of_a_feed_are_stories(tmp_path: Path) -> None:
    path = tmp_path / "news.xml"
    path.write_text(RSS, encoding="utf-8")
    short, whole, headline, empty = told(path)
    assert isinstance(short, Story) and isinstance(whole, Story) and isinstance(headline, Story)
    assert (
        short.text
        == "Chad & Sudan agree to open crossings\n\nChad accused Sudan of shelling a village."
    )
    assert (short.title, short.url) == (
        "Chad & Sudan agree to open crossings",
        "https://courier.example/a1",
    )
    assert (short.published, short.published_basis) == ("2026-03-05", "metadata")
    assert short.publisher == "Border Courier & Post" and short.source == f"{path}:1"
    assert [note.code for note in short.notes] == ["excerpt"]
    assert whole.text.startswith("The border commission") and whole.text.endswith("moved.")
    assert whole.title == "Guards counted" and not whole.notes
    assert headline.text == "Truce holds in the valley"
    assert isinstance(empty, Rejection)
    assert (empty.source, empty.code) == (f"{path}:4", "empty")


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.atom", ATOM), ("a.rss", ATOM), ("a.rdf", RDF), ("a.json", JSON), ("a", RDF), ("a", JSON)],
)
def test_feeds_of_every_kind(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    packed = tmp_path / f"{path.stem}.xml.gz" if name != "a.json" else tmp_path / "a.json.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr(path.name, text)
    for source in (path, packed, archive, text.encode()):
        (story,) = told(source)
        assert isinstance(story, Story), story
        assert story.text == "Iran warns Oman\n\nIran warned Oman on Monday."
        assert story.title == "Iran warns Oman"
        assert (story.url, story.published) == ("https://a.example/2", "2026-03-02")
        assert story.publisher == "Agency"


@pytest.mark.parametrize("text", [RSS, JSON])
def test_a_feed_is_not_read_as_one_story(text: str, tmp_path: Path) -> None:
    path = tmp_path / "news.xml"
    path.write_text(text, encoding="utf-8")
    for source in (path, text.encode()):
        with pytest.raises(InputError, match="read_many") as caught:
            read(source)
        assert caught.value.code == "feed"


def test_damaged_and_large_feeds_are_one_line() -> None:
    broken: list[Any] = [
        *told(b'{"version": "https://jsonfeed.org/version/1", "items": ['),
        *told(b"<rss><channel><item"),
        *told(RSS.encode(), limits=Limits(feed_bytes=100)),
        *told(b'{"version": "https://jsonfeed.org/version/1", "items": [5]}'),
    ]
    assert [item.code for item in broken] == ["feed", "feed", "limit", "json"]
    assert all("\n" not in str(item) for item in broken)


def test_entities_of_a_feed_neither_read_files_nor_swell(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Belgrade")
    feed = (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY b "ha">'
        + "".join(
            f'<!ENTITY {name} "{f"&{before};" * 10}">'
            for before, name in zip("bcdefghij", "cdefghijk", strict=True)
        )
        + "]><rss><channel><item><title>Iran &x; &k;</title><description>Iran warned Oman.</description>"
        "</item></channel></rss>"
    )
    (story,) = told(feed.encode())
    assert isinstance(story, Story)
    assert "Belgrade" not in story.text and len(story.text) < 200


def test_the_pages_of_a_feed_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<html><head><title>Guards counted</title></head><body><article>{WHOLE}</article></body></html>"

    def fetched(source: str, limits: Limits) -> Opened:
        if source.endswith("a1"):
            return Opened(source, text=page, url=source, is_page=True)
        raise InputError(source, "answered 404", code="fetch")

    monkeypatch.setattr(feeds, "open_source", fetched)
    first, second, third, _ = told(RSS.encode(), follow=True)
    assert isinstance(first, Story) and isinstance(second, Story) and isinstance(third, Story)
    assert first.text.startswith("The border commission")
    assert (first.url, first.published) == ("https://courier.example/a1", "2026-03-05")
    assert second.text.startswith("The border commission")
    assert [note.code for note in second.notes] == ["not-followed"]
    assert "answered 404" in second.notes[0].message
    assert "not-followed" in [note.code for note in third.notes]


def test_a_feed_is_coded_and_kept(tmp_path: Path) -> None:
    path, ledger = tmp_path / "news.rss", tmp_path / "crisis.duckdb"
    path.write_text(RSS, encoding="utf-8")
    run = CliRunner().invoke(cli, ["code", str(path), "--format", "record", "--quiet"])
    assert run.exit_code == 3
    records = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    assert [event["type"] for event in records[0]["events"]][:2] == ["AGREE", "ACCUSE"]
    for outcome in ("3 added", "3 unchanged"):
        run = CliRunner().invoke(cli, ["add", str(path), "--ledger", str(ledger)])
        assert outcome in run.output, run.output
