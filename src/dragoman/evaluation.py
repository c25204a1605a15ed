"""``dragoman eval``: scores the coder on sets in three formats.

- PLV-style pairs (``.tsv``, tab-separated, no quoting): a column ``marked_sentence`` with
  ``<s>…</s>`` and ``<t>…</t>`` round the two spans, and ``gold_root``.
- PLOVER gold records (``.json``, a list): ``text``, ``event``, ``source`` and ``target`` lists of
  ``{"code": "RUSGOV"}``. Names of the 2016 codebook are understood.
- Stories coded by hand (a folder of ``.json``, or one): ``id``, ``text`` or ``text_file``,
  ``published``, ``events`` [{type, alt_types, actors [{country}], recipients, importance 1–3,
  said_by, spans [[start, end]]}]. tests/data/gold holds such stories.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import InputError
from dragoman.evaluation_sets import checked_records, checked_story, read_json, read_pairs
from dragoman.model import Event, Participant, Story

if TYPE_CHECKING:
    from dragoman.coder import Coder

#: Types of the 2016 codebook → those of 2021.
OLD_TYPES = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
}
#: Published pairs do not tell the two ways of yielding apart.
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def evaluate(coder: Coder, dataset: Path) -> dict[str, Any]:
    """The figures of a coder on a dataset; ``kind`` says which of the three formats it was.

    Raises:
        InputError: the dataset is in none of the formats, or a row of it is wrong.
    """
    if dataset.is_dir():
        files = sorted(dataset.glob("*.json"))
        if not files:
            raise InputError(str(dataset), "holds no .json stories", code="empty")
        return score_stories(coder, [checked_story(read_json(x), x, dataset) for x in files])
    if dataset.suffix == ".tsv":
        return score_pairs(coder, read_pairs(dataset))
    data = read_json(dataset)
    if isinstance(data, list):
        return score_records(coder, checked_records(data, dataset))
    if isinstance(data, dict) and "events" in data:
        return score_stories(coder, [checked_story(data, dataset, dataset.parent)])
    raise InputError(str(dataset), "neither pairs, gold records nor a story", code="format")


# -- pairs ---------------------------------------------------------------------------------------


def read_marked(marked: str) -> tuple[str, tuple[int, int] | None, tuple[int, int] | None]:
    """The sentence without marks, the span of the actor and that of the recipient."""
    text = ""
    places: dict[str, int] = {}
    for piece in re.split(r"(</?[st]>)", marked):
        if re.fullmatch(r"</?[st]>", piece):
            places.setdefault(piece, len(text))
        else:
            text += piece

    def span(letter: str) -> tuple[int, int] | None:
        start, end = places.get(f"<{letter}>"), places.get(f"</{letter}>")
        return (start, end) if start is not None and end is not None else None

    return text, span("s"), span("t")


def score_pairs(coder: Coder, rows: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Accuracy and macro-F1 of the type of marked sentences."""
    wanted, given = [], []
    for marked, root in rows:
        text, actor, recipient = read_marked(marked)
        if actor is None and recipient is None:
            continue
        type_ = coder.relate(text, actor, recipient).type or "NONE"
        wanted.append(root)
        given.append(MERGED.get(type_, type_))
    per_type = f_scores(wanted, given)
    return {
        "kind": "pairs",
        "n": len(wanted),
        "accuracy": _share(sum(a == b for a, b in zip(wanted, given, strict=True)), len(wanted)),
        "macro_f1": _share(sum(per_type.values()), len(per_type)),
        "types": per_type,
    }


def f_scores(wanted: Sequence[str], given: Sequence[str]) -> dict[str, float]:
    """F1 of every label that is wanted at least once."""
    result = {}
    for label in sorted(set(wanted)):
        right = sum(a == b == label for a, b in zip(wanted, given, strict=True))
        both = wanted.count(label) + given.count(label)
        result[label] = _share(2 * right, both)
    return result


# -- records -------------------------------------------------------------------------------------


def score_records(coder: Coder, rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Right type with right actor and recipient country, and events a sentence."""
    count = right = typed = events = 0
    for row in rows:
        count += 1
        wanted = OLD_TYPES.get(row["event"], row["event"])
        sources, targets = _codes(row.get("source")), _codes(row.get("target"))
        found = coder.code(Story(text=row["text"])).events
        events += len(found)
        same = [event for event in found if event.type == wanted]
        typed += bool(same)
        right += any(_parties_agree(sources, targets, event) for event in same)
    return {
        "kind": "records",
        "n": count,
        "right": _share(right, count),
        "type_only": _share(typed, count),
        "events_per_sentence": _share(events, count),
    }


def _codes(parties: Any) -> set[str]:
    return {
        str(party.get("code") or "")[:3] for party in parties or () if isinstance(party, dict)
    } - {""}


def _countries(parties: Iterable[Participant]) -> set[str]:
    return {key for party in parties for key in (party.country, party.code[:3]) if key}


def _parties_agree(sources: set[str], targets: set[str], event: Event) -> bool:
    """Parties given must be met; a reciprocal event lists its recipients among the actors."""
    actors, recipients = _countries(event.actors), _countries(event.recipients)
    return (not sources or bool(sources & actors)) and (
        not targets or bool(targets & (recipients | actors))
    )


# -- stories -------------------------------------------------------------------------------------


def score_stories(coder: Coder, stories: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Recall (of all events, and of those any coder must find), precision, attribution.

    ``unknown_types`` are those coded by hand that the coding scheme has not: they are never found.
    """
    must = [0, 0]
    every = [0, 0]
    attributed = [0, 0]
    events = used = 0
    missed: list[str] = []
    for story in stories:
        text = story["text"]
        published = story.get("published") or None
        found = coder.code(Story(text=text, published=published)).events
        events += len(found)
        taken: set[int] = set()
        for gold in sorted(story["events"], key=lambda item: int(item["importance"])):
            place = next(
                (i for i, event in enumerate(found) if i not in taken and is_match(gold, event)),
                None,
            )
            every[1] += 1
            must[1] += gold["importance"] == 1
            if place is None:
                start, end = gold["spans"][0]
                missed.append(f"{story['id']}: {gold['type']}: {text[start:end]}")
                continue
            taken.add(place)
            every[0] += 1
            must[0] += gold["importance"] == 1
            attributed[1] += 1
            attributed[0] += bool(found[place].attribution) == bool(gold.get("said_by"))
        used += len(taken)
    return {
        "kind": "stories",
        "n": every[1],
        "must": _share(*must) if must[1] else None,
        "recall": _share(*every),
        "precision": _share(used, events),
        "attributed": _share(*attributed),
        "events": events,
        "missed": missed,
        "unknown_types": sorted(
            {
                gold["type"]
                for story in stories
                for gold in story["events"]
                if not {gold["type"], *gold.get("alt_types", ())} & {*coder.ontology.types}
            }
        ),
    }


def is_match(gold: Mapping[str, Any], event: Event) -> bool:
    """Whether an event is the one coded by hand: type, place in the text, countries."""
    if event.type not in {gold["type"], *gold.get("alt_types", ())}:
        return False
    if not any(
        start < event.sentence.end and event.sentence.start < end for start, end in gold["spans"]
    ):
        return False
    sources = {party.get("country") or "" for party in gold["actors"]} - {""}
    targets = {party.get("country") or "" for party in gold["recipients"]} - {""}
    return _parties_agree(sources, targets, event)


# -- printing ------------------------------------------------------------------------------------


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0


def table(result: Mapping[str, Any]) -> str:
    """The figures as lines for eyes."""
    unit = "events coded by hand" if result["kind"] == "stories" else "rows"
    lines = [f"{result['kind']}: {result['n']} {unit}"]
    for name, value in result.items():
        if isinstance(value, float):
            lines.append(f"  {name.replace('_', ' '):<22}{value:>8.3f}")
    for name, value in dict(result.get("types", {})).items():
        lines.append(f"    {name:<20}{value:>8.3f}")
    missed = Counter(line.split(":")[1].strip() for line in result.get("missed", ()))
    if missed:
        lines.append("  missed: " + ", ".join(f"{name} {n}" for name, n in missed.most_common()))
    if unknown := result.get("unknown_types"):
        lines.append("  no types of the coding scheme, so never found: " + ", ".join(unknown))
    return "\n".join(lines)
