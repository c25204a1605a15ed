"""A corpus in a folder of parts: nothing twice, nothing lost, wherever it is stopped."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import dragoman
from dragoman import corpus
from dragoman.cli import cli
from dragoman.corpus import CodedCorpus, Share
from dragoman.errors import DataError, UsageError
from dragoman.model import Record, Story

DEEDS = ("accused Sudan of breaking the truce", "shelled a village in Sudan", "met envoys of Sudan",
         "rejected the offer of Sudan", "thanked its guards")  # fmt: skip


@pytest.fixture(scope="module")
def coder() -> Any:
    return dragoman.load()


@pytest.fixture(scope="module")
def records(coder: Any) -> list[Record]:
    stories = [
        Story(text=f"Chad {deed} on Monday, post {n} said.", published="2026-03-02")
        for n in range(3) for deed in DEEDS
    ]  # fmt: skip
    return list(coder.pipe(stories))


def ids(folder: Path, table: str = "stories") -> list[str]:
    return sorted(
        key for path in folder.glob(f"{table}/*.parquet")
        for key in pq.read_table(path)["story_id"].to_pylist()
    )  # fmt: skip


def test_what_was_coded_is_not_coded_again(tmp_path: Path, coder: Any, records: list[Record]) -> None:  # fmt: skip
    book = CodedCorpus(tmp_path / "out", coder.run, size=4)
    stories = [record.story for record in records]
    other = Story(text="Chad hanged a spy.", id=stories[1].id)
    assert len(list(book.wanted([*stories, stories[0], other]))) == len(stories)
    assert book.repeated == {"words": 1, "id": 1}
    assert [part.stories for part in book.keep(records)] == [4, 4, 4, 3]
    again = CodedCorpus(tmp_path / "out", coder.run, size=4)
    more = Story(text="Chad freed ten guards.", published="2026-03-03")
    assert list(again.wanted([*stories, more])) == [more] and not again.repeated
    assert ids(tmp_path / "out") == sorted(record.story.id for record in records)
    assert len(ids(tmp_path / "out", "events")) == sum(len(record.events) for record in records)


def test_a_stop_keeps_what_is_coded(tmp_path: Path, coder: Any, records: list[Record]) -> None:
    def stopped() -> Iterator[Record]:
        yield from records[:6]
        raise KeyboardInterrupt

    book = CodedCorpus(tmp_path, coder.run, size=4)
    with pytest.raises(KeyboardInterrupt):
        list(book.keep(stopped()))
    assert ids(tmp_path) == sorted(record.story.id for record in records[:6])


def test_half_a_part_does_not_count(
    tmp_path: Path, coder: Any, records: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = CodedCorpus(tmp_path, coder.run, size=4, records=True)
    list(book.keep(records[:4]))

    def dies(*_: Any, **__: Any) -> None:
        raise SystemExit  # as a process that is killed: events are there, the stories not

    with monkeypatch.context() as patched:
        patched.setattr(corpus.pq, "write_table", dies)
        with pytest.raises(SystemExit):
            list(book.keep(records[4:8]))
    (tmp_path / "events" / ".1of1-abc.parquet.77").write_bytes(b"half")
    assert len(ids(tmp_path, "events")) > len([e for r in records[:4] for e in r.events])
    again = CodedCorpus(tmp_path, coder.run, size=4)
    assert again.done == {record.story.id for record in records[:4]}
    assert len(ids(tmp_path, "events")) == len([e for r in records[:4] for e in r.events])
    assert len(list(tmp_path.glob("events/*"))) == len(list(tmp_path.glob("records/*"))) == 1
    (packed,) = tmp_path.glob("records/*.jsonl.gz")
    lines = gzip.decompress(packed.read_bytes()).decode().splitlines()
    assert [json.loads(line)["story"]["id"] for line in lines] == [r.story.id for r in records[:4]]


def test_machines_share_a_folder(tmp_path: Path, coder: Any, records: list[Record]) -> None:
    for number in (1, 2, 3):
        book = CodedCorpus(tmp_path, coder.run, share=Share(number, 3))
        wanted = {story.id for story in book.wanted(r.story for r in records)}  # type: ignore[union-attr]
        list(book.keep(r for r in records if r.story.id in wanted))
    assert ids(tmp_path) == sorted(record.story.id for record in records)


def test_the_folder_of_another_run_is_refused(
    tmp_path: Path, coder: Any, records: list[Record]
) -> None:
    list(CodedCorpus(tmp_path, coder.run).keep(records[:2]))
    other = dragoman.load(options=dragoman.Options(sport=True)).run
    with pytest.raises(UsageError, match="another run"):
        CodedCorpus(tmp_path, other)
    with pytest.raises(UsageError, match="without records"):
        CodedCorpus(tmp_path, coder.run, records=True)
    (part,) = tmp_path.glob("stories/*.parquet")
    part.write_bytes(b"PAR1 damaged")
    with pytest.raises(DataError, match="damaged"):
        CodedCorpus(tmp_path, coder.run)


def test_the_command_goes_on_where_it_stopped(tmp_path: Path, records: list[Record]) -> None:
    source, folder = tmp_path / "stories.jsonl", tmp_path / "out"
    rows = [json.dumps({"text": r.story.text, "date": "2026-03-02"}) for r in records]
    source.write_text("\n".join([*rows[:6], '{"date": "2026-03-02"}']), encoding="utf-8")
    words = ["corpus", str(source), "-o", str(folder), "--part", "4"]
    first = CliRunner().invoke(cli, words)
    assert first.exit_code == 3
    assert "6 stories coded" in first.output and "1 rejected" in first.output
    source.write_text("\n".join(rows), encoding="utf-8")
    second = CliRunner().invoke(cli, [*words, "--quiet"])
    assert second.exit_code == 0
    assert second.output.startswith("9 stories coded") and "6 were there" in second.output
    assert len(ids(folder)) == len(set(ids(folder))) == 15
    for share in ("3/2", "0/2", "x"):
        assert CliRunner().invoke(cli, [*words, "--share", share]).exit_code == 2


def test_the_command_tells_what_it_left_out(tmp_path: Path) -> None:
    source = tmp_path / "stories.csv"
    text = "Le ministre a dit que les forces de son pays ne sont pas dans la ville et que rien ne change."
    rows = ["1,Chad met Sudan.", "1,Chad bombed Adre.", "2,Chad met Sudan.", f'3,"{text}"']
    source.write_text("\n".join(["doc,text", *rows]), encoding="utf-8")
    words = ["corpus", str(source), "--date", "2026-03-02"]
    done = CliRunner().invoke(cli, [*words, "-o", str(tmp_path / "a"), "--column", "id=doc"])
    assert done.output.count("the same id: 1 ") == 1 and "the same words" not in done.output
    assert "not in English: 1 (fr 1)" in done.output
    done = CliRunner().invoke(cli, [*words, "-o", str(tmp_path / "b")])
    assert "the same words came before: 1" in done.output and "the same id" not in done.output
