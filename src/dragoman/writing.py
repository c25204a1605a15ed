"""Files that commands write: never over what they read, and whole or not at all."""

from __future__ import annotations

import contextlib
import glob
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.errors import UsageError


def refuse_inputs(target: Path | None, inputs: Iterable[str | Path]) -> None:
    """Refuse to write where something is read from; a ledger's log beside it counts as the ledger.

    Args:
        inputs: files, folders (all that is in them), patterns, or - for standard input; anything
            else, such as an address, is passed over.

    Raises:
        UsageError: the target is, or lies in, one of the inputs.
    """
    for item in inputs if target is not None else ():
        if target is not None and _is_read(target, str(item)):
            raise UsageError(f"cannot write {target}: what is read would be lost ({item})")


def _is_read(target: Path, item: str) -> bool:
    try:
        if item == "-":
            return target.exists() and os.path.samestat(os.fstat(sys.stdin.fileno()), target.stat())
        path = Path(item)
        if target.resolve() in (path.resolve(), Path(f"{path.resolve()}.wal")):
            return True
        if not target.exists():
            return False
        if path.is_dir():
            return target.resolve().is_relative_to(path.resolve())
        found = [item] if path.exists() else glob.glob(item, recursive=True)
        return any(os.path.samefile(name, target) for name in found)
    except (OSError, ValueError):  # no file: an address, a text, or a stream without a number
        return False


@contextlib.contextmanager
def written(target: Path, *, keep: bool = False) -> Iterator[Path]:
    """The path to write to: a file beside the target that takes its place when all went well.

    What is no plain file (``/dev/stdout``, a pipe) is written to as it is.

    Args:
        keep: when the writing stops early, keep what was written and say where it is.

    Raises:
        UsageError: it cannot be written there; the text says why.
    """
    with readable_errors(target):
        if not _replaceable(target):
            yield target
            return
        part = _beside(target)
        try:
            yield part
            part.replace(target.resolve())
        except BaseException:
            _leave(part, target, keep)
            raise


@contextlib.contextmanager
def readable_errors(target: Path) -> Iterator[None]:
    """Errors of the file system become one line that names the target.

    Raises:
        UsageError: it cannot be written there.
    """
    try:
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError) or not _concerns(error, target):
            raise
        reason = "no such folder" if not target.parent.is_dir() else error.strerror or str(error)
        raise UsageError(f"cannot write {target}: {reason}") from None


def _concerns(error: OSError, target: Path) -> bool:
    """Whether an error is of writing there: it names no file, or one in the target's folder."""
    name = error.filename
    return not isinstance(name, str) or Path(name).resolve().parent == target.resolve().parent


def _replaceable(target: Path) -> bool:
    """Whether another file can take the target's place: it is a plain one, or none yet."""
    if not target.exists():
        return True
    return target.is_file() and os.access(target.resolve().parent, os.W_OK)


def _beside(target: Path) -> Path:
    """An empty file of an own name in the target's folder, hidden: a folder's stories are not read from it."""
    place = target.resolve()
    if place.exists() and not os.access(place, os.W_OK):
        raise PermissionError(None, "Permission denied")
    number, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".part", dir=place.parent)
    os.close(number)
    part = Path(name)
    part.chmod(_mode(target))
    return part


def _mode(target: Path) -> int:
    """The permissions that the target has, or that a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _leave(part: Path, target: Path, keep: bool) -> None:
    """After a stop: remove what was written, or say where it is kept."""
    with contextlib.suppress(OSError):
        if keep and part.stat().st_size:
            left = "is as it was" if target.exists() else "was not written"
            print(f"{target} {left}; what came before the stop: {part}", file=sys.stderr)
        else:
            part.unlink()
