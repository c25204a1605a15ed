"""The rows the relation model is trained on, each from a named corpus or written by the project.

A row is a sentence with up to two marked spans and what is known about it: the set of types that
may hold (PLV merges CONCEDE and RETREAT as YIELD, AW knows only cooperation and conflict) and
whether an event goes from the first span to the second at all.
"""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import permutations, product
from pathlib import Path

from corpora import CORPORA
from language_events import read_table, spans, story_text

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
COOPERATION = frozenset(TYPES[:7])
CONFLICT = frozenset(TYPES[7:])
SYMMETRIC = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT"})
MUTUAL = frozenset({"CONSULT", "COOPERATE"})
MERGED = {"YIELD": frozenset({"CONCEDE", "RETREAT"})}
PAIRS = Path(__file__).parent / "data" / "pairs"
EVENTS = Path(__file__).parent / "data" / "events" / "events.tsv"
#: Ends of sentences and lines, roughly: what marks a sentence off is not learned from these rows.
SENTENCE_END = re.compile(r"(?<=[a-z0-9)”\"’][.!?])[”\"’]?\s+(?=[A-Z“\"‘])|\n+")
MOST_CHARACTERS = 420
SIDE_TYPES = Path(__file__).parent / "data" / "aw_types.tsv"

Offsets = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """One marked sentence. Offsets are code points, half-open.

    Args:
        types: the types that may hold; empty when none is known.
        holds: whether an event goes from actor to recipient; None when that is not known.
        weight: factor on the row's loss.
        group: corpus the row comes from ("plv", "aw", "own", "swap", "synthetic").
    """

    text: str
    actor: Offsets | None
    recipient: Offsets | None
    types: frozenset[str]
    holds: bool | None
    weight: float = 1.0
    group: str = ""
    others: tuple[Offsets, ...] = ()
    swapped: str = ""


def unmark(marked: str) -> tuple[str, dict[str, list[Offsets]]]:
    """The text without its marks, and the spans under each mark's letter, in order.

    Raises:
        ValueError: a mark is opened and not closed, or the other way round.
    """
    text, spans, opened = "", {}, {}
    for piece in re.split(r"(</?[stn]>)", marked):
        if not re.fullmatch(r"</?[stn]>", piece):
            text += piece
        elif piece[1] == "/":
            start = opened.pop(piece[2])
            spans.setdefault(piece[2], []).append((start, len(text)))
        else:
            opened[piece[1]] = len(text)
    if opened:
        raise ValueError(f"a mark is not closed: {marked}")
    return text, spans


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _marked(sentence: str, types: frozenset[str], **rest: object) -> Row:
    text, spans = unmark(sentence)
    actor, recipient = spans.get("s", [None])[0], spans.get("t", [None])[0]
    others = tuple(spans.get("n", ()))
    return Row(text, actor, recipient, types, others=others, **rest)  # type: ignore[arg-type]


def plover_pairs(name: str = "PLV_train") -> list[Row]:
    """The PLV pairs: one row a pair, the event known to hold."""
    rows = []
    for row in _rows(CORPORA / "plover" / f"{name}.tsv"):
        root = row["gold_root"]
        types = MERGED.get(root, frozenset({root}))
        rows.append(_marked(row["marked_sentence"], types, holds=True, group="plv"))
    return rows


def binary_pairs(name: str = "AW_train") -> list[Row]:
    """The AW pairs: the side is known, and the few types that fit the set's own event type."""
    table = side_types()
    return [
        _marked(
            row["marked_sentence"],
            _longest(table, row["event_type"], row["gold_binary"]),
            holds=True,
            group="aw",
        )
        for row in _rows(CORPORA / "plover" / f"{name}.tsv")
    ]


def side_types(path: Path = SIDE_TYPES) -> dict[tuple[str, str], frozenset[str]]:
    """Beginning of an AW event type and side ("0" cooperation, "1" conflict) → types it may be.

    Raises:
        ValueError: a type lies on the other side or is unknown; the message names file and line.
    """
    table = {}
    for number, row in enumerate(_rows(path), start=2):
        types = frozenset(row["types"].split())
        if not types or not types <= (CONFLICT if row["gold"] == "1" else COOPERATION):
            raise ValueError(f"{path}:{number}: {row['types']!r} do not lie on side {row['gold']}")
        table[row["event_type"], row["gold"]] = types
    return table


def _longest(
    table: dict[tuple[str, str], frozenset[str]], event_type: str, side: str
) -> frozenset[str]:
    """The entry whose event type is the longest beginning of ``event_type``, or the whole side."""
    found = [name for name, gold in table if gold == side and event_type.startswith(name)]
    if not found:
        return CONFLICT if side == "1" else COOPERATION
    return table[max(found, key=len), side]


def own_pairs(folder: Path = PAIRS) -> list[Row]:
    """The project's own marked sentences, and the empty pairs that lie in them.

    Raises:
        ValueError: a row has a type outside the codebook; the message names file and line.
    """
    rows = []
    for path in sorted(folder.glob("*.tsv")):
        for number, row in enumerate(_rows(path), start=2):
            kind = row["type"]
            if kind != "NONE" and kind not in TYPES:
                raise ValueError(f"{path}:{number}: {kind!r} is not a type of the codebook")
            types = frozenset() if kind == "NONE" else frozenset({kind})
            made = _marked(row["sentence"], types, holds=kind != "NONE", group="own")
            rows.append(replace(made, swapped=row.get("swapped") or ""))
    return rows


def swaps(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with their spans exchanged.

    A directed event does not go the other way; mutual ones do (``MUTUAL``, and own rows whose
    column ``swapped`` says SAME); that column may also name the type that holds the other way.
    AGREE and SUPPORT are now one, now the other, and say nothing unless their row does.
    """
    for row in rows:
        if row.actor is None or row.recipient is None or not row.holds:
            continue
        if row.swapped == "SAME" or (not row.swapped and row.types & MUTUAL):
            types = row.types
        elif row.swapped or not row.types & SYMMETRIC:
            types = frozenset({row.swapped}) & frozenset(TYPES)
        else:
            continue
        yield replace(
            row,
            actor=row.recipient,
            recipient=row.actor,
            types=types,
            holds=bool(types),
            group="swap",
        )


def empty_pairs(rows: Iterable[Row], chance: random.Random) -> Iterator[Row]:
    """One empty pair for each row that marks a bystander: it, and one of the pair."""
    for row in rows:
        for other in row.others:
            partner = chance.choice([row.actor, row.recipient])
            if partner is None:
                continue
            pair = (other, partner) if chance.random() < 0.5 else (partner, other)
            yield replace(row, actor=pair[0], recipient=pair[1], types=frozenset(), holds=False,
                          group="empty")  # fmt: skip


def synthetic_stories(names: set[str], chance: random.Random) -> list[Row]:
    """Headline and first sentence of each synthetic story, country names marked where found.

    Only the type is known (of the whole document), so these rows say nothing on direction.
    """
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(names, key=len)[::-1])) + r")\b")
    path = next((CORPORA / "synthetic").glob("*.zip"))
    with zipfile.ZipFile(path) as archive:
        table = next(name for name in archive.namelist() if name.endswith(".csv"))
        stories = list(csv.DictReader(io.StringIO(archive.read(table).decode("utf-8"))))
    rows = []
    for story in stories:
        headline = story["prompt"].split("\n")[0].strip()
        first = re.split(r"(?<=[.!?])\s", " ".join(story["text"].split()))[0]
        text = f"{headline}. {first}" if chance.random() < 0.7 else first
        found = [match.span() for match in pattern.finditer(text)][:2] + [None, None]
        rows.append(
            Row(text[:400], *[x if x and x[1] <= 400 else None for x in found[:2]],
                frozenset({story["label"]}), None, 1.0, "synthetic")
        )  # fmt: skip
    return rows


def told_pairs() -> list[Row]:
    """Pairs of the stories whose events the project coded (``language_events``), a sentence a row.

    Who acts in an event and who is acted on, each party on its own where the other is not told, two
    parties of a mutual event both ways; and parties of a sentence that share no event, as empty.
    """
    rows = []
    for story, coded in read_table(EVENTS).items():
        text, sentences = story_text(story), defaultdict(list)
        ends = [m.end() for m in SENTENCE_END.finditer(text)] + [len(text)]
        for row in coded:
            number = bisect_right(ends, spans(row["trigger"])[0][0])
            sentences[ends[number - 1] if number else 0, ends[number]].append(row)
        for (start, end), events in sentences.items():
            if end - start < MOST_CHARACTERS:
                rows += _told(text[start:end].rstrip(), start, events)
    return rows


def _told(sentence: str, start: int, events: list[dict[str, str]]) -> Iterator[Row]:
    """The rows of one sentence; ``start``: its place in the story."""

    def inside(cell: str) -> list[Offsets]:
        found = [(a - start, b - start) for a, b in spans(cell)]
        return [(a, b) for a, b in found if 0 <= a < b <= len(sentence)]

    joined: set[tuple[Offsets, Offsets]] = set()
    everybody: set[Offsets] = set()
    for event in events:
        actors, recipients = inside(event["actors"]), inside(event["recipients"])
        types = frozenset(event["types"].split("/"))
        weight = 0.6 if event["weight"].startswith("3") else 1.0
        pairs: list[tuple[Offsets | None, Offsets | None]] = list(product(actors, recipients))
        if not event["recipients"]:
            pairs = list(permutations(actors, 2)) or [(actor, None) for actor in actors]
        elif not event["actors"]:
            pairs = [(None, recipient) for recipient in recipients]
        everybody.update(actors, recipients)
        for actor, recipient in pairs:
            if actor and recipient:
                joined |= {(actor, recipient), (recipient, actor)}
            yield Row(sentence, actor, recipient, types, True, weight, "told")
    for actor, recipient in permutations(sorted(everybody), 2):
        apart = actor[1] <= recipient[0] or recipient[1] <= actor[0]
        if apart and (actor, recipient) not in joined:
            yield Row(sentence, actor, recipient, frozenset(), False, 0.5, "apart")


NAME = re.compile(r"\b(?!The |In |On |It |He |She |But |And |We |I |They |A |This |At )"
                  r"[A-Z][a-z]+(?: [A-Z][a-z]+)*\b")  # fmt: skip


def quiet_pairs(count: int, is_quiet: Callable[[str], bool], chance: random.Random) -> list[Row]:
    """Two names in a sentence of a real story in which no word of the lexicon stands: no event."""
    path = next((CORPORA / "stories").glob("*.zip"))
    with zipfile.ZipFile(path) as archive:
        table = next(
            name for name in archive.namelist() if name.endswith(".csv") and "__" not in name
        )
        stories = list(csv.DictReader(io.StringIO(archive.read(table).decode("utf-8"))))
    rows = []
    for story in stories:
        for sentence in re.split(r"(?<=[.!?])\s+", story["text"]):
            names = [match.span() for match in NAME.finditer(sentence)]
            if 40 < len(sentence) < 220 and len(names) > 1 and is_quiet(sentence):
                actor, recipient = chance.sample(names, 2)
                rows.append(Row(sentence, actor, recipient, frozenset(), False, 0.7, "quiet"))
    chance.shuffle(rows)
    return rows[:count]
