"""Who did and underwent what in headlines, at borders, in warnings and refusals: texts read by the parser.

The texts are written for these tests; nobody did or said any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Event, Story


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def told(event: Event) -> str:
    """Type, mode, codes of actors and recipients, auxiliary modes."""
    sides = ("+".join(party.code for party in side) for side in (event.actors, event.recipients))
    return " ".join([event.type, event.mode or "-", " > ".join(sides), *event.aux]).strip()


def events(coder: Coder, text: str) -> list[str]:
    return [told(event) for event in coder.code(Story(text=text, published="2024-03-05")).events]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # "was" is left out in a headline
        ("Policeman stabbed in Jerusalem", ["ASSAULT primitive  > ISRCOP"]),
        ("Deputy minister shot in Haiti", ["ASSAULT firearms  > HTIGOV"]),
        ("Mayor gunned down in Ecuador", ["ASSAULT firearms  > ECUGOV"]),
        ("A priest abducted a week ago in Nigeria was found dead.", ["ASSAULT abduct  > NGAREL"]),
        ("Police shot at protesters in Lome.", ["ASSAULT firearms TGOCOP > TGOCVLOPP"]),
        ("Rebels killed, wounded or captured forty soldiers near Gao.",
         ["ASSAULT - MLIREB > MLIMIL"]),
        # the states of a border
        ("Two guards shot on Tajik-Kyrgyz border", ["ASSAULT firearms  > TJKCOP"]),
        ("Guards fire on migrants at Polish-Belarusian border",
         ["ASSAULT firearms POLCOP > REF"]),
        ("Man arrested at Spanish-Moroccan border", ["COERCE arrest  > MARUNK"]),
        ("Israel shelled positions on the Lebanese border.",
         ["ASSAULT heavy-weapons ISRGOV > LBNGOV"]),
        ("Kenya closed its border with Somalia.", ["SANCTION discontinue KENGOV > SOMGOV"]),
    ],
)  # fmt: skip
def test_headlines_and_borders(coder: Coder, text: str, right: list[str]) -> None:
    assert events(coder, text) == right
