"""Dense dispatches, in which a clause, a voice or a town stands close to a deed and takes no part in it.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Event, Record, Story


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def read(coder: Coder, text: str) -> Record:
    return coder.code(Story(text=text, published="2025-11-20"))


def told_at(record: Record, word: str) -> Event:
    """The event whose trigger is a word."""
    return next(
        e for e in record.events if record.story.text[e.trigger.start : e.trigger.end] == word
    )


ACTORS = [
    # a relative clause that the parser hangs on what stands behind it
    ("Recep Tayyip Erdogan, who met Trump this month, held talks in Baku.", "met",
     ["recep-tayyip-erdogan", "donald-trump"]),
    # a town joined to another by "or"
    ("Envoys of Oman and Chad are to hold a new round of talks in Paris or Baku.", "hold",
     ["OMN-envoy", "TCD-envoy"]),
    # the one a spokesman speaks for
    ("A spokesman for President Gitanas Nauseda said he would raise the matter with German Chancellor "
     "Friedrich Merz in Berlin.", "raise", ["gitanas-nauseda"]),
    ("Prime Minister Modi visited Paris on Monday. An Indian official said he had phoned Erdogan.",
     "phoned", ["narendra-modi", "recep-tayyip-erdogan"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "actors"), ACTORS)
def test_who_acts(coder: Coder, text: str, word: str, actors: list[str]) -> None:
    assert [party.entity for party in told_at(read(coder, text), word).actors] == actors


def test_an_official_of_another_country_speaks_of_himself(coder: Coder) -> None:
    record = read(coder, "Trump spoke in Texas. A Mexican official said he had phoned Merz.")
    assert "donald-trump" not in [party.entity for party in told_at(record, "phoned").actors]


def test_armed_men_strike_their_countrymen(coder: Coder) -> None:
    text = (
        "The United States, Germany and Togo told their citizens to leave Mali. Fighters of the "
        "alliance have burnt tankers. On Thursday they ambushed a convoy, killing seven drivers and "
        "kidnapping two others, two security sources said."
    )
    events = [event for event in read(coder, text).events if event.type == "ASSAULT"]
    assert events
    assert all("USA" not in [party.entity for party in event.actors] for event in events)


def test_a_government_asks_its_own_citizens(coder: Coder) -> None:
    text = (
        "Rebels tightened their blockade of Mali. The United States and Togo told their citizens to "
        "leave Mali at once as the rebels closed in on the capital."
    )
    record = read(coder, text)
    assert all(
        "MLI" not in [p.entity for p in e.recipients] for e in record.events if e.type == "REQUEST"
    )
    assert all(held.condition is None for held in record.commitments)


MODES = [
    "The Red Cross denied having held any such meeting with rebel leaders in Niger.",
    "Belarus denied any role in the smuggling and said it was ready for talks with Lithuania.",
]  # fmt: skip


@pytest.mark.parametrize("text", MODES)
def test_what_is_denied_gives_no_mode(coder: Coder, text: str) -> None:
    assert told_at(read(coder, text), "denied").mode is None


def test_what_a_union_asks_for_goes_to_the_state_and_to_no_lawyer_of_it(coder: Coder) -> None:
    text = (
        "Niger's military rulers released four ministers on Tuesday. The four left a prison shortly "
        "before dawn, their lawyer Moussa Coulibaly said. A fifth detainee was still being held, "
        "Coulibaly added.\n\nECOWAS welcomed the step and called for the immediate release of the rest."
    )
    asked = told_at(read(coder, text), "called")
    assert all("Coulibaly" not in party.name for party in asked.recipients)
