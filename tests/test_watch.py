"""Watching feeds: what is new is coded, kept and told; what is known is not told again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import dragoman
from dragoman import watch
from dragoman.cli import cli
from dragoman.errors import InputError
from dragoman.limits import Limits
from dragoman.model import Rejection
from dragoman.reading import feeds
from dragoman.reading.sources import Marks, Opened
from dragoman.watch import News, Turn, Watch


def feed(*items: tuple[str, str, str, str], name: str = "Border Courier") -> str:
    """A feed of items: address, day, title, words."""
    told = "".join(
        f"<item><title>{title}</title><link>https://courier.example/{key}</link><pubDate>{day}</pubDate>"
        f"<description>{words}</description></item>"
        for key, day, title, words in items
    )
    return f"<rss version='2.0'><channel><title>{name}</title>{told}</channel></rss>"


SHELLED = ("a", "2026-03-02", "Chad accuses Sudan", "Chad accused Sudan of breaking the truce on Monday.")  # fmt: skip
OFFER = ("b", "2026-03-03", "Egypt offers to mediate", "Egypt offered on Tuesday to mediate between Sudan and Chad.")  # fmt: skip
REFUSED = ("c", "2026-03-04", "Sudan turns Egypt down", "Sudan rejected Egypt’s offer to mediate on Wednesday.")  # fmt: skip


@pytest.fixture
def coder() -> Any:
    return dragoman.load()


def kinds(items: list[News | Turn | Rejection]) -> list[str]:
    return [type(item).__name__ for item in items]


def test_only_what_is_new_is_told(tmp_path: Path, coder: Any) -> None:
    path, ledger = tmp_path / "news.rss", tmp_path / "crisis.duckdb"
    path.write_text(feed(SHELLED, OFFER), encoding="utf-8")
    watching = Watch([path], ledger, coder)
    first = list(watching.round())
    assert [item.outcome for item in first if isinstance(item, News)] == ["added", "added"]
    accused = first[0]
    assert isinstance(accused, News)
    assert [(row["type"], row["actor_names"], row["recipient_names"]) for row in accused.new] == [
        ("ACCUSE", ["Chad"], ["Sudan"])
    ]
    assert list(watching.round()) == []
    assert list(Watch([path], ledger, coder).round()) == []  # a watch started anew knows the ledger

    path.write_text(feed(REFUSED, SHELLED, OFFER), encoding="utf-8")
    other = tmp_path / "other.rss"
    other.write_text(
        feed(("x", "2026-03-02", "Chad accuses Sudan of breaking truce", "Chad on Monday accused Sudan of breaking the truce."), name="Agency"),
        encoding="utf-8",
    )  # fmt: skip
    later = list(Watch([path, other], ledger, coder).round())
    assert kinds(later) == ["News", "News", "Turn"]
    refused, again, turned = later
    assert isinstance(refused, News) and [row["type"] for row in refused.new] == ["REJECT"]
    assert isinstance(again, News) and not again.new
    assert [row["type"] for row in again.again] == ["ACCUSE"]
    assert isinstance(turned, Turn)
    assert (turned.kind, turned.before, turned.status) == ("offer", "offered", "refused")


def test_a_feed_that_cannot_be_read_costs_only_itself(tmp_path: Path, coder: Any) -> None:
    path, ledger = tmp_path / "news.rss", tmp_path / "crisis.duckdb"
    path.write_text(feed(SHELLED), encoding="utf-8")
    missing = tmp_path / "missing.rss"
    watching = Watch([missing, path], ledger, coder)
    assert kinds(list(watching.round())) == ["News", "Rejection"]
    assert list(watching.round()) == []  # told once
    missing.write_text(feed(OFFER), encoding="utf-8")
    assert kinds(list(watching.round())) == ["News"]  # and tried again


def test_pages_are_followed_once(
    tmp_path: Path, coder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    body = "".join(
        f"<p>Chad accused Sudan of breaking the truce at post number {n} in the valley on Monday, and the "
        "commission said that it would send its officers to look at what was left of it.</p>"
        for n in range(8)
    )

    def opened(real: Callable[..., Opened]) -> Callable[..., Opened]:
        def fetch(source: Any, limits: Limits, marks: Marks = ()) -> Opened:
            if not str(source).startswith("https"):
                return real(source, limits)
            asked.append(source)
            if source.endswith("b"):
                raise InputError(source, "answered 503", code="fetch")
            page = f"<html><body><article><h1>Chad accuses Sudan</h1>{body}</article></body></html>"
            return Opened(source, text=page, url=source, is_page=True)

        return fetch

    for module in (feeds, watch):
        monkeypatch.setattr(module, "open_source", opened(module.open_source))
    path, ledger = tmp_path / "news.rss", tmp_path / "crisis.duckdb"
    path.write_text(feed(SHELLED, OFFER), encoding="utf-8")
    told = list(Watch([path], ledger, coder, follow=True).round())
    assert kinds(told) == ["News", "News"]
    assert isinstance(told[0], News) and "number 7" in told[0].story.text
    assert isinstance(told[1], News) and "not-followed" in [x.code for x in told[1].story.notes]
    list(Watch([path], ledger, coder, follow=True).round())
    assert asked == ["https://courier.example/a", "https://courier.example/b"]


def test_a_feed_that_is_as_it_was_is_not_read_again(
    tmp_path: Path, coder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[tuple[Marks, bool]] = []
    current = [feed(SHELLED)]

    def fetch(source: Any, limits: Limits, marks: Marks = ()) -> Opened:
        if isinstance(source, Opened):
            return source
        now = (("If-None-Match", str(hash(current[0]))),)
        answers.append((marks, marks == now))
        if marks == now:
            return Opened(source, url=source, marks=now, unchanged=True)
        return Opened(source, data=current[0].encode(), url=source, marks=now)

    monkeypatch.setattr(watch, "open_source", fetch)
    watched = Watch(["https://courier.example/rss"], tmp_path / "crisis.duckdb", coder)
    assert kinds(list(watched.round())) == ["News"]
    assert not list(watched.round()) and answers[-1][1]
    current[0] = feed(SHELLED, OFFER)
    assert kinds(list(watched.round())) == ["News"] and not answers[-1][1]
    assert answers[0][0] == () and answers[1][0] == answers[2][0] != ()


def test_the_command_tells_rounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, ledger = tmp_path / "news.rss", tmp_path / "crisis.duckdb"
    path.write_text(feed(SHELLED, OFFER), encoding="utf-8")
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        path.write_text(feed(REFUSED), encoding="utf-8")

    monkeypatch.setattr(time, "sleep", wait)
    words = ["watch", str(path), "-l", str(ledger), "--every", "2m", "--rounds", "2"]
    run = CliRunner().invoke(cli, words)
    assert run.exit_code == 0, run.output
    assert waits == [120]
    assert "ACCUSE-allege  Chad → Sudan" in run.output
    assert "offer offered → refused  Egypt → " in run.output
    again = CliRunner().invoke(cli, [*words[:-4], "--rounds", "1", "--format", "jsonl"])
    assert again.output == ""
    path.write_text(feed(("d", "2026-03-05", "Iran warns Oman", "Iran warned Oman on Thursday.")), encoding="utf-8")  # fmt: skip
    rows = CliRunner().invoke(cli, [*words[:-4], "--rounds", "1", "--format", "jsonl"])
    (row,) = (json.loads(line) for line in rows.output.splitlines())
    assert row["outcome"] == "added" and row["story"]["title"] == "Iran warns Oman"
    assert row["new"][0]["recipient_names"] == ["Oman"]


@pytest.mark.parametrize("period", ["0s", "5", "10s", "soon", "1w"])
def test_a_period_is_a_time(period: str, tmp_path: Path) -> None:
    run = CliRunner().invoke(cli, ["watch", "x.rss", "-l", str(tmp_path / "a"), "--every", period])
    assert run.exit_code == 2
    assert "minute" in run.output or "15m" in run.output
