"""Accuracy and calibration of the relation model, out of fold.

    python benchmarks/relation.py [--svg docs/images/relation-reliability.svg] [--json]

Reads ``benchmarks/relation_out_of_fold.json``, which ``training/relation.py --cross-validate``
writes: for each training pair the gold type and the probabilities given to it by networks and
combiners that had not seen it (sentences are not stored). Scoring the shipped model on the
training files themselves would mean nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

FOUND = Path(__file__).parent / "relation_out_of_fold.json"
#: PLOVER's quad class as the PLV pairs have it (CONCEDE and RETREAT are merged there).
QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
DIRECTED = ("ACCUSE", "ASSAULT", "REQUEST", "THREATEN", "SANCTION", "COERCE")


def f_scores(gold: Sequence[object], found: Sequence[object]) -> dict[object, float]:
    """F1 of each gold class, 0 to 1."""
    scores = {}
    for kind in sorted(set(gold), key=str):
        right = sum(g == kind == f for g, f in zip(gold, found, strict=True))
        wrong = sum((g == kind) != (f == kind) for g, f in zip(gold, found, strict=True))
        scores[kind] = 2 * right / (2 * right + wrong) if right else 0.0
    return scores


def reliability(rows: Sequence[tuple[float, bool]], bins: int = 10) -> list[dict[str, float]]:
    """For each filled bin of stated probability: how many, mean stated, share that was right."""
    table = []
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [
            row for row in rows if low <= row[0] < high or (number == bins - 1 and row[0] >= 1)
        ]
        if inside:
            table.append({
                "low": low, "high": high, "rows": len(inside),
                "stated": sum(p for p, _ in inside) / len(inside),
                "right": sum(r for _, r in inside) / len(inside),
            })  # fmt: skip
    return table


def expected_error(table: Sequence[dict[str, float]]) -> float:
    """Expected calibration error: mean distance of stated and right, weighted by rows."""
    total = sum(line["rows"] for line in table)
    return sum(line["rows"] * abs(line["stated"] - line["right"]) for line in table) / total


def answer(scores: dict[str, float], threshold: float) -> str:
    """The class the model answers: NONE where the pair is unlikely to stand in an event."""
    if 1.0 - scores["NONE"] < threshold:
        return "NONE"
    return max((kind for kind in scores if kind != "NONE"), key=scores.__getitem__)


def measure(data: dict) -> dict:
    """All figures of the stored out-of-fold scores."""
    limit = data["threshold"]
    rows = data["pairs"]
    gold = [row["gold"] for row in rows]
    found = [answer(row["scores"], limit) for row in rows]
    kinds = f_scores(gold, found)
    quads = f_scores([QUADS[g] for g in gold], [QUADS.get(f, 0) for f in found])
    stated = [
        (row["scores"][kind], kind == row["gold"])
        for row, kind in zip(rows, found, strict=True)
        if kind != "NONE"
    ]
    directed = [
        kind != answer(row["swapped"], limit)
        for row, kind in zip(rows, found, strict=True)
        if row["gold"] in DIRECTED and row.get("swapped")
    ]
    table = reliability(stated)
    cooperation = {"0": "cooperation", "1": "conflict"}
    binary = data["binary"]
    return {
        "pairs": len(rows),
        "macro_f1": sum(kinds.values()) / len(kinds),
        "accuracy": sum(g == f for g, f in zip(gold, found, strict=True)) / len(gold),
        "quad_macro_f1": sum(quads.values()) / len(quads),
        "none": found.count("NONE"),
        "types": kinds,
        "direction_changed": sum(directed) / len(directed),
        "expected_calibration_error": expected_error(table),
        "reliability": table,
        "binary_pairs": len(binary),
        "binary_macro_f1": sum(
            f_scores(
                [cooperation[row["gold"]] for row in binary],
                [cooperation[row["found"]] for row in binary],
            ).values()
        )
        / 2,
    }


def reliability_svg(table: Sequence[dict[str, float]]) -> str:
    """The reliability plot: stated probability across, share right upwards; 360 by 360 pixels."""
    left, top, size = 48, 16, 296
    most = max(line["rows"] for line in table)

    def at(x: float, y: float) -> str:
        return f"{left + x * size:.1f},{top + (1 - y) * size:.1f}"

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 360" font-family="sans-serif"'
        ' font-size="11" role="img" aria-label="Reliability of the relation model">',
        '<rect width="360" height="360" fill="#fff"/>',
        f'<rect x="{left}" y="{top}" width="{size}" height="{size}" fill="none" stroke="#888"/>',
        f'<polyline points="{at(0, 0)} {at(1, 1)}" stroke="#bbb" stroke-dasharray="4 3" fill="none"/>',
    ]
    points = " ".join(at(line["stated"], line["right"]) for line in table)
    parts.append(f'<polyline points="{points}" fill="none" stroke="#1b6ca8" stroke-width="2"/>')
    for line in table:
        x, y = at(line["stated"], line["right"]).split(",")
        radius = 3 + 6 * (line["rows"] / most) ** 0.5
        parts.append(f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" fill="#1b6ca8" opacity="0.75"/>')
    for step in (0, 0.25, 0.5, 0.75, 1):
        x, y = at(step, step).split(",")
        parts.append(f'<text x="{x}" y="{top + size + 14}" text-anchor="middle">{step}</text>')
        parts.append(f'<text x="{left - 6}" y="{float(y) + 4:.1f}" text-anchor="end">{step}</text>')
    parts.append(
        f'<text x="{left + size / 2}" y="348" text-anchor="middle">stated probability</text>'
    )
    parts.append(
        f'<text x="12" y="{top + size / 2}" text-anchor="middle" '
        f'transform="rotate(-90 12 {top + size / 2})">share right</text></svg>'
    )
    return "\n".join(parts) + "\n"


def report(figures: dict) -> str:
    """The figures as lines of text."""
    lines = [
        f"pairs              {figures['pairs']} (out of fold)",
        f"macro-F1           {figures['macro_f1']:.3f}",
        f"accuracy           {figures['accuracy']:.3f}",
        f"quad macro-F1      {figures['quad_macro_f1']:.3f}",
        f"answered NONE      {figures['none']}",
        f"direction changed  {figures['direction_changed']:.3f}",
        f"calibration error  {figures['expected_calibration_error']:.3f}",
        f"binary macro-F1    {figures['binary_macro_f1']:.3f} ({figures['binary_pairs']} pairs)",
        "",
        *(f"{kind:<10} {score:.2f}" for kind, score in figures["types"].items()),
        "",
        "stated   right  rows",
        *(
            f"{line['stated']:.3f}    {line['right']:.3f}  {line['rows']}"
            for line in figures["reliability"]
        ),
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--svg", type=Path, help="write the reliability plot here")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    figures = measure(json.loads(FOUND.read_text(encoding="utf-8")))
    if options.svg:
        options.svg.parent.mkdir(parents=True, exist_ok=True)
        options.svg.write_text(reliability_svg(figures["reliability"]), encoding="utf-8")
    print(json.dumps(figures, indent=1) if options.json else report(figures))


if __name__ == "__main__":
    main()
