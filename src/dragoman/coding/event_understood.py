"""Who is meant where the words of an event name no actor or no recipient, or hardly name him.

"His family appealed for his release": the appeal goes to whoever holds him, named a sentence before.
Everybody spoken of in the sentence, in the two before it and most often in the story is weighed by
boosted trees (``trees``), fitted on stories coded by hand (``training/event_understood.py``); nobody
is given where nobody is likelier than ``least``, and who is told stays where nobody of another
country is likelier by ``margin``. The numbers are in ``data/event_understood.json.gz``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.coding.event_channels import both_sides, lacks_a_side
from dragoman.coding.event_roles import GOVERNING, last_before
from dragoman.coding.event_spoken import Candidate, Spoken
from dragoman.coding.trees import TypedTrees
from dragoman.fitted import read

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.model import Entity, Mention

FILE = Path(__file__).parent / "data" / "event_understood.json.gz"
#: Share of the least probability from which another state is understood where one must be.
_STATES_LEAST = 0.3
#: First sectors of those who act for a state.
_OF_STATES = (*GOVERNING, ("COP",), ("SPY",), ("LEG",))
#: Codes of bodies that deal with states as states do.
_BODIES = frozenset({"IGO", "UNO", "EUR"})
#: First sectors of people and firms to whom states say nothing as they do to each other.
_PRIVATE = tuple(
    (x,) for x in ("AGR", "BUS", "CVL", "EDU", "ELI", "JRN", "JUD", "LAB", "MED", "NGO", "UNK")
)


class Understood(TypedTrees):
    """The fitted trees.

    Args:
        data: ``least`` (probability from which a party is given), ``margin`` (by how much somebody
            must be likelier than who is told), ``types``, ``start``, ``trees``.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(data)
        self.margin = float(data["margin"])

    @classmethod
    @cache
    def shipped(cls) -> Understood:
        """The package's.

        Raises:
            ModelError: its file is missing or damaged.
        """
        return read(cls, FILE, "the table of understood parties")

    def fill(self, drafts: Sequence[Draft], story: Spoken) -> list[Draft]:
        """The drafts, parties that are understood written into them; without those nobody is in."""
        asked = list(story.open_places(drafts, self.types))
        if asked:
            rows = np.array([row for *_, found in asked for row in found])
            chances = self._trees.chances(rows).tolist()
            for draft, role, candidates, _ in asked:
                own, chances = chances[: len(candidates)], chances[len(candidates) :]
                self._give(draft, role, candidates, own, story)
        for draft in drafts:
            if lacks_a_side(draft, story.syntax):
                draft.recipients = both_sides(draft, story)
        return [draft for draft in drafts if draft.actors or draft.recipients]

    def _give(
        self,
        draft: Draft,
        role: str,
        candidates: Sequence[Candidate],
        chances: Sequence[float],
        story: Spoken,
    ) -> None:
        sides = {"actor": draft.actors, "recipient": draft.recipients}
        told = {mention.entity for mention in sides.pop(role)}
        held = {mention.entity for side in sides.values() for mention in side}
        held.update(
            *(story.index.entities[key].members for key in tuple(held))
        )  # "both were accused"
        least, likely = self.least, list[tuple[float, int]]()
        if role == "recipient" and draft.rule in story.syntax.patterns.types("between_states"):
            least *= _STATES_LEAST  # some state it is, and none at home
        for place, (candidate, chance) in enumerate(zip(candidates, chances, strict=True)):
            if candidate.mention.entity in told:
                least = max(least, chance + self.margin)
            elif candidate.mention.entity not in held:  # he may have been given just before
                likely.append((chance, -place))
        chance, place = max(likely, default=(0.0, 0))
        if chance < least:
            return
        mention = candidates[-place].mention
        if role == "actor":
            draft.actors = [
                x for x in story.places.joined(mention)
                if x.entity not in held
                and (x.entity == mention.entity or not story.places.is_barred(x, draft, role))
            ]  # fmt: skip
        else:
            draft.recipients = [_or_state(mention, draft, story)]
        draft.understood[role] = round(chance, 3)


def _or_state(mention: Mention, draft: Draft, story: Spoken) -> Mention:
    """Who is understood, or the state that he is of where only a state can be meant: "the envoys left Goma. Chad
    closed its border" is done to no envoy, and to no crowd, of another state; nor does the African
    Union ask a lawyer for what the state that holds him is to do."""
    entities = story.index.entities
    one = entities[mention.entity]
    if story.places.is_for_unknown(draft) and one.kind != "state":
        return _state_of(one, draft, story) or mention
    done = draft.type in story.syntax.patterns.types("to_a_state")
    said = draft.type in story.syntax.patterns.types("said_to_a_state")
    if not (done or said) or not _is_private(one, done=done):
        return mention
    acting = [entities[actor.entity] for actor in draft.actors]
    public = all(
        x.kind == "state" or x.country in _BODIES or x.sectors[:1] in _OF_STATES for x in acting
    )
    if not acting or not public or any(x.country == one.country for x in acting):
        return mention
    return _state_of(one, draft, story) or mention


def _state_of(one: Entity, draft: Draft, story: Spoken) -> Mention | None:
    """Where the story last speaks of somebody's state before a draft, else where it first does."""
    states = [x for x in story.index.mentions if x.entity == one.country]
    return last_before(states, draft.token)


def _is_private(one: Entity, done: bool) -> bool:
    """Whether somebody speaks for no state and for no side, so that nothing is said to him as to one, nor ``done``."""
    if done and one.kind in ("person", "unnamed"):
        return one.kind == "person" or one.sectors[:1] not in GOVERNING
    return one.kind != "state" and one.sectors[:1] in _PRIVATE
