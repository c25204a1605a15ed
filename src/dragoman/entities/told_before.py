"""Of whom the sentence before told, where a phrase names no country: "the diplomat", "the men"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.besides import has_role
from dragoman.entities.unplaced import NO_STATES

if TYPE_CHECKING:
    from dragoman.entities.mentions import Draft
    from dragoman.entities.settled import Settled
    from dragoman.entities.unplaced import Open

BACK = 2  # sentences back in which a diplomat may have been told
UNDERGO = frozenset({"obj", "nsubj:pass"})


def diplomat_before(story: Settled, unit: Open) -> str:
    """The country of the diplomat told last, for "the diplomat" and "the envoy"."""
    draft = unit.draft
    if draft.number != "singular" or not is_the(story, draft):
        return ""
    if draft.role is None or draft.role.phrase not in story.lists["is posted"]:
        return ""
    told = [
        held for held in near(story, draft, 0, BACK)
        if held.entity != unit.entity and held.form == "person"
        and has_role(held, story.lists["is posted"])
    ]  # fmt: skip
    codes = {story.known.get(held.entity, "") for held in told}
    return codes.pop() if len(codes) == 1 and codes.isdisjoint(NO_STATES) else ""


def people_before(story: Settled, unit: Open) -> str:
    """The country of the people to whom the sentence before tells that something was done, for "the men":
    "a court in Accra charged two Malians. The men deny it"."""
    draft, words = unit.draft, story.words
    if draft.number != "plural" or not is_the(story, draft):
        return ""
    if draft.last - draft.first != len(THE_MEN) or (
        words.lemmas[draft.head].lower() not in story.lists["those before"]
    ):
        return ""
    told = [
        held for held in near(story, draft, 1, 1)
        if held.form == "people" and words.deps[held.head] in UNDERGO and held.kind != "pronoun"
    ]  # fmt: skip
    codes = {story.known.get(held.entity, "") for held in told}
    return codes.pop() if len(codes) == 1 and codes.isdisjoint(NO_STATES) else ""


THE_MEN = ("the", "men")


def is_the(story: Settled, draft: Draft) -> bool:
    """Whether a phrase without a name begins with "the"."""
    return draft.kind == "unnamed" and story.words.lowers[draft.first] == "the"


def near(story: Settled, draft: Draft, least: int, most: int) -> list[Draft]:
    """Those told before a phrase, so many sentences back."""
    here = story.sentences[draft.head]
    return [
        held for at, held in story.by_head.items()
        if at < draft.first and least <= here - story.sentences[at] <= most
    ]  # fmt: skip
