"""Figures of who denies what another asserts, on stories that were left out, and their card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from disputes_coded import Part
from dragoman.coding.claim_disputes import FILE

CARD = FILE.with_name("DISPUTES_CARD.md")
TEXT = """# Disputes

Says which words deny what another party in the story asserts, who asserts it and where: boosted trees
(`claim_denials.py`, `claim_asserters.py`, `claim_disputes.py`) over the words, the parties, what each tells, the events of
charging and refusing, and two weighed sums of the language model's states.

Of both questions a small network that also reads the states has a second opinion (`second_opinion.py`): the mean of log-odds.

Fitted by `python training/disputes.py` (seed 7) on {stories} stories read whole, in which {claims} contested
claims were coded by hand for this project (`training/data/claims`: code points). The stories are from
`ahalterman/NGEC` (newspaper stories on one conflict, machine-written stories), PolNeAR (campaign news), re3d,
EWT and GUM, and in the manner of news agencies, written for this project (`wire.jsonl`); most of the others were picked for words of denying, accusing or claiming. How plain a claim is: 1 any coder
would mark it, 2 it is told indirectly, 3 it may be argued about.

On stories that were left out, in {folds} folds; a claim is met where somebody on each side is the coder's (a word
of the name, or a mention in the coder's words), and of what is given as much is right as meets one:

{table}
Shipped: from {least}. The confidence of a contested claim is the share of such claims that are right; of two
parties that plain rules alone put at odds it is {ruled}.

Limits: one coder read each story; charges by those whom the story does not name ("reports", "some") are met
only where the tables of entities hold them; of two disputes between the same two parties the surer is given.
"""
#: Chances from which on what is given is counted, a row of the table each.
LEAST = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
#: Kinds of stories, a table each: name, and which stories are of the kind.
KINDS = (
    ("all", lambda name: True),
    ("without campaign news", lambda name: name[0] != "p"),
    ("newspaper and reports alone", lambda name: name[0] in "gre"),
    ("in the manner of agencies alone", lambda name: name[0] == "w"),
)
HEAD = (
    "| given from | given | coded | rightly | of sure 1 met | of sure 2 | of sure 3 | of all |\n"
    "|---|---|---|---|---|---|---|---|"
)


@dataclass
class Given:
    """One dispute given on a story that was left out: how likely, and the claims it meets."""

    story: int
    chance: float
    met: list[int]
    ruled: bool


def met_by(part: Part, asserting: Sequence[str], denying: Sequence[str]) -> list[int]:
    """The coder's claims between two sides."""
    return [
        n for n, (one, other) in enumerate(part.sides)
        if one & set(asserting) and other & set(denying)
    ]  # fmt: skip


def line(
    parts: Sequence[Part], told: Sequence[Given], least: float, wanted: Callable[[str], bool]
) -> str:
    """One row of the table: how many are given, rightly, and which of the coder's are met."""
    out = [x for x in told if x.chance >= least and wanted(parts[x.story].name)]
    hit = {(x.story, n) for x in out for n in x.met}
    coded, met = Counter(), Counter()
    for i, part in enumerate(parts):
        if wanted(part.name):
            for n, claim in enumerate(part.coded):
                coded[claim.sure] += 1
                met[claim.sure] += (i, n) in hit
    right = sum(bool(x.met) for x in out)
    shares = " | ".join(f"{met[k] / max(1, coded[k]):.2f}" for k in (1, 2, 3))
    every = sum(coded.values())
    return (f"| {least} | {len(out)} | {every} | {right / max(1, len(out)):.2f} | {shares} "
            f"| {sum(met.values()) / max(1, every):.2f} |")  # fmt: skip


def report(parts: Sequence[Part], told: Sequence[Given]) -> str:
    """Figures on stories that were left out."""
    found = []
    for name, wanted in KINDS:
        number = sum(wanted(part.name) for part in parts)
        found += [f"{name[0].upper()}{name[1:]} ({number} stories):", "", HEAD]
        found += [*(line(parts, told, least, wanted) for least in LEAST), ""]
    print("\n".join(found))
    return "\n".join(found)


def write_card(
    parts: Sequence[Part], table: str, *, folds: int, least: float, ruled: float
) -> None:
    """Write the card of what ships.

    Args:
        parts: the stories it was fitted on.
        table: what ``report`` says of them.
        folds: how many there were.
        least: chance from which on a dispute is given.
        ruled: share that is right of what plain rules alone put at odds.
    """
    claims = sum(len(part.coded) for part in parts)
    card = TEXT.format(
        stories=len(parts), claims=claims, table=table, folds=folds, least=least, ruled=ruled
    )
    CARD.write_text(card, encoding="utf-8")
