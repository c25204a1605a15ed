"""What several test modules share: one loaded coder, a hand-made record, the corpora if present."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import dragoman
from dragoman.model import (
    Claim,
    CodedBy,
    Commitment,
    Entity,
    Event,
    Events,
    Note,
    Participant,
    Record,
    Run,
    Source,
    Span,
    Statement,
    StatusChange,
    Story,
    When,
)

settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("default", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def coder() -> dragoman.Coder:
    """The shipped coder, loaded once."""
    return dragoman.load()


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of public corpora; the test is skipped where it is absent."""
    if not (SHARED / "corpora").exists():
        pytest.skip("../shared/corpora is absent")
    return SHARED / "corpora"


@pytest.fixture
def record() -> Record:
    """A record made by hand: one accusation, denied, and the talks that were offered."""
    text = (
        "Ruritania accuses Elbonia\n\nRuritania accused Elbonia of shelling the port of Zenda.\n\n"
        "Elbonia denied the charge and offered talks on Friday."
    )

    def span(words: str) -> Span:
        start = text.rindex(words)
        return Span(start, start + len(words))

    def who(key: str, words: str) -> Participant:
        place = span(words)
        return Participant(key, words, key, ("GOV",), key + "GOV", place.start, place.end)

    sentence = Span(text.index("Ruritania accused"), text.index("Zenda.") + 6)
    accusation = Event(
        id="e1", type="ACCUSE", mode="allege", contexts=("military",), aux=(), cameo="112",
        quad=3, score=-2.0, date=When("2030-05-02", "2030-05-02", "on Thursday"),
        actors=(who("RUR", "Ruritania"),), recipients=(who("ELB", "Elbonia of"),), place=None,
        counts=None, trigger=span("accused"), sentence=sentence, confidence=0.9,
        coded_by=CodedBy("rule", rule="accuse-of", version="1"), path="nsubj accuse obj",
    )  # fmt: skip
    shelling = accusation.replace(
        id="e2", type="ASSAULT", mode="artillery", quad=4, score=-9.0, cameo="194",
        trigger=span("shelling"), attribution=("s1",), actors=(who("ELB", "Elbonia of"),), recipients=(),
    )  # fmt: skip
    source = Source("RUR", "Ruritania", 27, 36)
    statement = Statement(
        "s1", "indirect", "accuse", source, span("accused"), (span("shelling the port of Zenda"),)
    )
    denial = Statement(
        "s2", "indirect", "deny", Source("ELB", "Elbonia", span("Elbonia denied").start, span("Elbonia denied").start + 7),
        span("denied"), (span("the charge"),),
    )  # fmt: skip
    return Record(
        story=Story(text=text, title="Ruritania accuses Elbonia", published="2030-05-02",
                    published_basis="metadata", notes=(Note("page-clock", "A page clock was not believed."),)),
        entities=(
            Entity("RUR", "Ruritania", "RUR", ("GOV",), mentions=(Span(0, 9), Span(27, 36)), kind="state"),
            Entity("ELB", "Elbonia", "ELB", ("GOV",), mentions=(Span(18, 25),), kind="state"),
        ),
        events=Events([accusation, shelling]),
        statements=(statement, denial),
        claims=(Claim("c1", "Elbonia shelled Zenda", "e2", ("RUR",), ("ELB",), (), True),),
        commitments=(
            Commitment("k1", "offer", ("ELB",), ("RUR",), "talks on Friday", span("talks").start,
                       span("Friday").end, None, When("2030-05-03", "2030-05-03", "on Friday"),
                       "offered", (StatusChange("2030-05-02", "offered"),)),
        ),
        run=Run("0", {}, {}, {}),
    )  # fmt: skip
