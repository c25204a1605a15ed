"""The page of a brief: offline, escaped whatever stories hold, and usable without a mouse or scripts; its command."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from click.testing import CliRunner

from dragoman.cli import cli
from dragoman.ledger import open_ledger
from dragoman.web.brief import brief_text, render
from dragoman.web.brief.lines import address
from ledger_crisis import PEOPLE, Builder, crisis

HOSTILE = (
    '<script>alert(1)</script><img src="https://evil.example/x.png" onerror=alert(1)>',
    '=HYPERLINK("https://evil.example","click") \'"><svg onload=alert(1)>',
    "‮محمود عباس‬ &amp; </details></li></ol></main>",
    "Very " * 400 + "long",
    "N" * 5000,
)
VOID = {"meta", "br", "img", "link", "input", "hr"}


class Tree(HTMLParser):
    """What a page opens, closes and names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    made = tmp_path_factory.mktemp("page") / "crisis.duckdb"
    with open_ledger(made) as ledger:
        list(ledger.add_many(crisis(), recorded="published", together=25))
    return made


@pytest.fixture(scope="module")
def page(path) -> str:
    with open_ledger(path, read_only=True) as ledger:
        return render(ledger.brief(as_of="2025-03-20"))


def hostile(words: str, tmp_path):
    """A brief of a ledger in which titles, names, publishers and texts are hostile."""
    people = PEOPLE | {"PER": ("per.gov", words, "PER", ("GOV",), r"Peru\b")}
    text = f"Peru shelled Ecuador. Peru threatened to {words.split()[0]} the road. {words}"
    story = Builder(text, "2025-03-10", words, "javascript:alert(1)", words, people)
    story.event("ASSAULT", "PER", "ECU", "shelled", day="2025-03-10", dead=(3, None))
    story.commit("threat", "PER", "ECU", "the road", condition=words.split()[0])
    story.claim("Peru shelled Ecuador", "e1", "ECU", "PER")
    with open_ledger(tmp_path / "hostile.duckdb") as ledger:
        ledger.add(story.record(), recorded="published")
        return ledger.brief(as_of="2025-03-10")


def whole(page: str) -> Tree:
    tree = Tree(page)
    assert (tree.faults, tree.open) == ([], [])
    return tree


@pytest.mark.parametrize("words", HOSTILE, ids=["script", "formula", "rtl", "long", "one-word"])
def test_what_stories_hold_never_becomes_markup(words, tmp_path) -> None:
    found = hostile(words, tmp_path)
    tree = whole(render(found))
    names = [tag for tag, _ in tree.tags]
    assert names.count("script") == 1
    assert not {"img", "iframe", "link", "object"} & set(names)
    assert not any(key.startswith("on") for _, attributes in tree.tags for key in attributes)
    assert not any("javascript" in (value or "") for _, held in tree.tags for value in held.values())  # fmt: skip
    assert found.happened[0].actors == (words,)
    assert all(len(line) < 200 for line in brief_text(found).splitlines())


def test_control_characters_do_not_reach_a_terminal(tmp_path) -> None:
    assert "\x1b" not in brief_text(hostile("red \x1b[31mwords\x07", tmp_path))


def test_the_page_loads_nothing_and_runs_only_its_own(page) -> None:
    tree = whole(page)
    policy = next(a["content"] for t, a in tree.tags if t == "meta" and "http-equiv" in a)
    style = re.search(r"<style>(.*?)</style>", page, re.S)[1]
    script = re.search(r"<script>(.*?)</script>", page, re.S)[1]
    for words in (style, script):
        digest = base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "url(" not in style
    assert "@import" not in style
    assert not any("src" in held or "style" in held for _, held in tree.tags)
    outward = {held["href"] for tag, held in tree.tags if "href" in held and not held["href"].startswith("#")}  # fmt: skip
    assert outward
    assert all(item.startswith("https://news.example/") for item in outward)


def test_every_way_within_the_page_leads_somewhere_and_no_id_stands_twice(page) -> None:
    tree = whole(page)
    ids = [held["id"] for _, held in tree.tags if "id" in held]
    assert len(ids) == len(set(ids))
    ways = [held["href"][1:] for tag, held in tree.tags if tag == "a" and held["href"].startswith("#")]  # fmt: skip
    assert set(ways) <= set(ids)


def test_every_line_opens_by_itself_to_its_words(page) -> None:
    lines = re.findall(r'<li id="[ecka][^"]*" class="[^"]*"><details>(.*?)</details>', page, re.S)
    assert len(lines) > 10
    for line in lines:
        assert "<summary>" in line
        assert "<q" in line
        assert "dragoman why <code>" in line
    assert "rule <code>accuse.test</code>" in page
    assert "90% sure" in page


def test_violations_are_drawn_by_day_and_side(page) -> None:
    assert "violations of Ecuador–Peru ceasefire of 2025-03-13 by day and side" in page
    assert "2025-03-19: 112 violations, up from 11 the day before, says Organization of American States" in page  # fmt: skip
    assert 'class="side-0 untold"' in page


def test_colours_of_the_series_are_those_of_the_page(page) -> None:
    series = re.search(r'<svg viewBox="0 0 440 180".*?</svg>', page, re.S)[0]
    assert "#" not in series
    css = (files("dragoman.web") / "assets" / "brief.css").read_text("utf-8")
    for name in set(re.findall(r'class="(\w+)"', series)):
        assert f"svg .{name}" in css


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "data:text/html,x", "ftp://a.example", "//a.example", " https://a.example"])  # fmt: skip
def test_only_addresses_of_the_web_are_links(url) -> None:
    assert address(url, "words") == "words"


def test_an_address_cannot_leave_its_attribute() -> None:
    made = address('https://a.example/"onclick="alert(1)', "words")
    assert made.count('"') == 4
    assert 'onclick="' not in made


def run(*words: str):
    return CliRunner().invoke(cli, ["brief", *words], standalone_mode=False)


def test_the_command_prints_a_page_of_lines(path) -> None:
    found = run("-l", str(path), "--as-of", "2025-04-06")
    assert found.exception is None
    assert found.output.startswith("crisis: brief of Sunday 2025-04-06\n")
    assert "promise Ecuador → Peru, due 2025-04-05, 1 day ago, not told whether it was done" in found.output  # fmt: skip
    assert len(found.output.splitlines()) < 120


def test_the_command_writes_a_page_and_json_beside_it(path, tmp_path) -> None:
    page, told = tmp_path / "brief.html", tmp_path / "brief.json"
    found = run("-l", str(path), "--as-of", "2025-04-06", "--days", "3", "--html", str(page), "--format", "json", "-o", str(told))  # fmt: skip
    assert found.exception is None
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert json.loads(told.read_text("utf-8"))["last"] == ["2025-04-04", "2025-04-06"]


def test_the_command_never_writes_over_the_ledger_or_one_output_over_the_other(path, tmp_path) -> None:  # fmt: skip
    same = str(tmp_path / "same")
    for words in (("--html", str(path)), ("-o", str(path)), ("--html", same, "-o", same)):
        found = run("-l", str(path), *words)
        assert "cannot write" in str(found.exception), words
