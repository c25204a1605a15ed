"""What an INPUT of the command line may be, and what becomes of a broken one."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import click
import pytest

from dragoman.commands.common import standard_input, stored_records
from dragoman.errors import InputError
from dragoman.model import Record, Rejection
from dragoman.reading import read
from dragoman.reading.many import read_many


@pytest.mark.parametrize(
    "name", ["storis", "my-stories/", "my story.txt", "ftp://x.y/z", "a" * 400]
)
def test_a_mistyped_name_is_no_text(name: str) -> None:
    found = list(read_many([standard_input(name)]))
    assert len(found) == 1
    told = "only http and https" if "://" in name else "no such file"
    assert isinstance(found[0], Rejection) and told in found[0].reason
    with pytest.raises(InputError):
        read(standard_input(name))


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_name_is_not_the_folder_one_stands_in(name: str) -> None:
    with pytest.raises(click.UsageError, match="INPUT is empty"):
        standard_input(name)


def test_an_address_stays_one_and_a_pattern_is_followed(tmp_path: Path) -> None:
    assert standard_input("https://example.org/a") == "https://example.org/a"
    (tmp_path / "one story.txt").write_text("Kenya accused Chad of shelling a village on Monday.")
    (story,) = read_many([standard_input(str(tmp_path / "*.txt"))])
    assert story.source.endswith("one story.txt")
    (tmp_path / "two words").mkdir()
    (tmp_path / "one story.txt").rename(tmp_path / "two words" / "a.txt")
    (story,) = read_many(f"{tmp_path}/two words/*.txt")
    assert story.source.endswith("a.txt")


def test_records_are_read_from_compressed_files_and_bad_ones_are_named(
    record: Record, tmp_path: Path
) -> None:
    good = record.to_dict()
    rows = [good, {**good, "story": {**good["story"], "published": "Dec 23, 2021"}}, {}, good]
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in rows).encode()))
    first, second, third, last = stored_records([str(path)])
    assert first == last == record
    assert isinstance(second, Rejection) and second.place == "2"
    assert "Dec 23, 2021" in second.reason
    assert isinstance(third, Rejection) and third.place == "3"


def test_what_holds_no_records_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "noise.dat"
    path.write_bytes(bytes(range(256)) * 20)
    found = list(stored_records([str(path), str(tmp_path / "none.jsonl")]))
    assert [item.code for item in found if isinstance(item, Rejection)] == ["binary", "missing"]
