"""One commitment said in many ways: passive, answered without its name, owned by an adjective.

Stories are written for these tests; nobody said any of it.
"""

from __future__ import annotations

import pytest

from commitments_help import bonds, coded, names

# Text, kind, whose it is, toward whom ("-" where nobody is), the status that the story leaves it in.
TOLD = [
    ("Norway was told by Poland to withdraw its ships.", "demand", "Poland", "Norway", "demanded"),
    ("Norway has been urged by Poland to leave.", "demand", "Poland", "Norway", "demanded"),
    ("Poland called for Norway to withdraw its ships.", "demand", "Poland", "Norway", "demanded"),
    (
        "Poland repeated its demand for Norway to free its sailors.",
        "demand",
        "Poland",
        "Norway",
        "demanded",
    ),
    ("Poland insists that Norway release the crew.", "demand", "Poland", "Norway", "demanded"),
    (
        "Poland demanded that Norway withdraw its ships. Norway refused.",
        "demand",
        "Poland",
        "Norway",
        "refused",
    ),
    (
        "Poland called on Norway to withdraw its ships, a demand Norway rejected.",
        "demand",
        "Poland",
        "Norway",
        "refused",
    ),
    (
        "Poland asked Norway to withdraw its ships, and Norway agreed.",
        "demand",
        "Poland",
        "Norway",
        "agreed",
    ),
    ("Norway was offered a truce by Poland.", "offer", "Poland", "Norway", "offered"),
    (
        "Poland offered Norway a truce, but Norway turned it down.",
        "offer",
        "Poland",
        "Norway",
        "refused",
    ),
    (
        "Poland offered Norway a truce on Monday. Norway accepted it on Tuesday.",
        "offer",
        "Poland",
        "Norway",
        "agreed",
    ),
    ("Norway spurned a Polish offer of talks.", "offer", "Poland", "Norway", "refused"),
    ("Poland says it is ready for talks with Norway.", "offer", "Poland", "Norway", "offered"),
    ("Poland said it stood ready to mediate.", "offer", "Poland", "-", "offered"),
    (
        "Poland failed to keep its promise to free the crew.",
        "promise",
        "Poland",
        "-",
        "violated",
    ),
    (
        "Poland has not kept its promise to free the crew.",
        "promise",
        "Poland",
        "-",
        "violated",
    ),
    (
        "Poland went back on its promise to free the crew.",
        "promise",
        "Poland",
        "-",
        "violated",
    ),
    (
        "Norway says Poland has broken its promise to free the crew.",
        "promise",
        "Poland",
        "-",
        "violated",
    ),
    (
        "Poland promised to free the crew by Friday but failed to do so.",
        "promise",
        "Poland",
        "-",
        "violated",
    ),
    (
        "Poland carried out its threat to close the border.",
        "threat",
        "Poland",
        "-",
        "met",
    ),
    (
        "Poland warned Norway of serious consequences if it did not withdraw.",
        "threat",
        "Poland",
        "Norway",
        "threatened",
    ),
    ("Under the deal, Poland will free ten sailors.", "plan", "Poland", "-", "planned"),
    ("Poland pulled out of its peace deal with Norway.", "agreement", "Poland", "-", "withdrawn"),
]


@pytest.mark.parametrize(("text", "kind", "by", "to", "status"), TOLD)
def test_it_is_one_commitment_however_it_is_said(
    text: str, kind: str, by: str, to: str, status: str
) -> None:
    (found,) = bonds(text, kind)
    assert by in names(coded(text), found.by)
    assert names(coded(text), found.to) == ({to} if to != "-" else set())
    assert found.status == status


NONE = [
    ("Poland denied threatening to bomb Norway.", "threat"),
    ("Poland insists that Norway attacked first.", "demand"),
    ("Poland insists that its soldiers never left.", "demand"),
    ("Under the proposed deal, Poland will free ten sailors.", "plan"),
]


@pytest.mark.parametrize(("text", "kind"), NONE)
def test_it_is_no_commitment(text: str, kind: str) -> None:
    assert bonds(text, kind) == []


def test_who_has_not_been_asked_does_not_answer() -> None:
    text = "Poland offered Norway a truce. Chad refused."
    assert bonds(text, "offer")[0].status == "offered"
