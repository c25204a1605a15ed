"""An event on its way: a pattern's hit with parties, auxiliary modes and details added in turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.coding.patterns import Hit
from dragoman.model import Mention

if TYPE_CHECKING:
    from dragoman.language.triggers import Trigger


@dataclass
class Draft:
    """One event before it is merged with its likes and written as ``model.Event``.

    Args:
        token: index of the trigger.
        type: may differ from the pattern's (a visit still to come is AGREE).
        rule: name of the pattern, or of the model that found it.
        aux: auxiliary modes.
        confidence: 0–1.
        retold: triggers and sentences (as tokens) that tell the same event once more.
        seen: what the language model sees in the trigger, or in the word beside it.
        understood: "actor", "recipient" → probability, where the party is not told in the clause
            but understood from what stands around it.
        named_again: whether the recipient is who did what the object names by a word used before.
        left_open: whether its type says that it is to come, but its words only that it may ("might sign a
            pact"); the judge was fitted without it.
        unless: whether a deed to come is a threat by what it hangs on ("will withdraw unless").
        settled: "actor", "recipient" where the tree says who it is, whoever the language model sees.
        victims: ids of whom the deeds were done to that the words answer; nobody aims them at these.
        toll: the verb of a relative clause that counts its dead ("the attack, which killed ten").
    """

    token: int
    sentence: tuple[int, int]
    type: str
    mode: str
    cameo: str
    rule: str
    actors: list[Mention]
    recipients: list[Mention]
    aux: set[str] = field(default_factory=set)
    confidence: float = 0.8
    hit: Hit | None = None
    speaker: int | None = None
    reciprocal: bool = False
    coder: str = "rule"
    retold: list[tuple[int, tuple[int, int]]] = field(default_factory=list)
    seen: Trigger | None = None
    understood: dict[str, float] = field(default_factory=dict)
    named_again: bool = False
    left_open: bool = False
    unless: bool = False
    settled: set[str] = field(default_factory=set)
    victims: set[str] = field(default_factory=set)
    toll: int | None = None

    @property
    def modes(self) -> set[str]:
        """The auxiliary modes of the event that the draft becomes."""
        return self.aux | {"hypothetical"} if self.left_open else set(self.aux)

    @property
    def seen_chance(self) -> float:
        """How likely the language model takes the word for an event of the draft's type, 0–1."""
        return self.seen.chances.get(self.type, 0.0) if self.seen is not None else 0.0
