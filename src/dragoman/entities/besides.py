"""Words for people and bodies that mean something else, or somebody else, by what stands beside them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dragoman.entities.identity import OF_STATES, REBELLING, with_country
from dragoman.entities.scan import PEOPLE_HOWS
from dragoman.entities.tables import Role
from dragoman.entities.tables import words as word_lists

if TYPE_CHECKING:
    from collections.abc import Set

    from dragoman.entities.mentions import Draft
    from dragoman.entities.names import StoryNames
    from dragoman.entities.story_phrases import Phrase, StoryPhrases

ALLIANCES = frozenset({"IGO", "EUR", "UNO"})  # codes of bodies that have allies of their own
AT_HOME = frozenset({"ethnic", "local"})  # before a people where it is at home
# names of peoples that no state has for its citizens: those of Serbia are Serbians
ONLY_PEOPLES = {"serb": "SRB", "serbs": "SRB", "croat": "HRV", "croats": "HRV"}
ALSO_IN = "also in "  # begins the names of the lists of peoples at home in a state not their own
POSTED = frozenset({"in", "at", "to", "near", "inside"})  # before where diplomats work


def is_thing(phrases: StoryPhrases, phrase: Phrase, role: Role) -> bool:
    """Whether a word for people or bodies means something else by what stands beside it.

    "A couple of months", "the banks of the Euphrates", "the latest figures".
    """
    lists, name = phrases.lists, role.phrase
    if name in lists["described"]:
        words = phrases.words.lowers[phrase.first : phrase.head]
        fitting = lists["person adjective"]
        return len(phrase.core) < 2 and not any(word in fitting for word in words)
    if name not in lists["counting"] and name not in lists["riverside"]:
        return False
    tails = phrase.tails
    of = tails[0] if tails and phrases.words.preposition_of(tails[0]) == "of" else None
    item = phrases.at.get(of) if of is not None else None
    if name in lists["counting"]:
        thing = item is None or (item.role is not None and item.role.kind == "other")
        return of is not None and thing
    land = item is None or item.entry is None or item.entry.kind == "place"
    return of is not None and land


def over_against(phrases: StoryPhrases, phrase: Phrase, draft: Draft) -> bool:
    """Give allies, enemies and critics of somebody an id of his and no country; False for others.

    "American allies" may be Americans; "the US's allies" and "critics of Iran" are not of that
    country. "NATO allies" are NATO's own.
    """
    if draft.role is None or draft.role.phrase not in phrases.lists["other_side"]:
        return False
    named = [item for item in phrase.core if item.names and not item.backer]
    if not named and phrase.tails and phrases.words.preposition_of(phrase.tails[0]) == "of":
        item = phrases.at.get(phrase.tails[0])
        named = [item] if item is not None and item.names else []
    owner = named[-1] if named else None
    if owner is None or owner.entry is None or owner.how in PEOPLE_HOWS:
        return False
    assert draft.reading is not None
    words, lists = phrases.words, phrases.lists
    after = words.lowers[owner.last : owner.last + 1]
    if (
        draft.role.phrase in lists["same office"]
        and owner in phrase.core
        and after not in (["'s"], ["’s"])
    ):
        return False  # "its Myanmar counterpart"
    joined = draft.role.phrase in lists["same side"] and owner.country in ALLIANCES
    joined = joined and "CD" not in words.tags[draft.first : draft.head]  # "two NATO allies"
    told = with_country(draft.reading, owner.country if joined else "", "own" if joined else "")
    draft.reading = told._replace(sectors=draft.role.sectors)
    draft.entity = f"{owner.entry.id}-{draft.key}"
    return True


def has_role(draft: Draft, phrases: Set[str]) -> bool:
    """Whether a draft's role, or one of the titles before a name, is one of these."""
    if draft.role is not None and draft.role.phrase in phrases:
        return True
    return not phrases.isdisjoint(
        [item.role.phrase for item in draft.items if item.role is not None]
    )


def works_there(phrases: StoryPhrases, phrase: Phrase, draft: Draft) -> bool:
    """Whether a complement says only where somebody works: "the consulate in Lagos", "its office
    in Lagos"."""
    words = phrases.words
    owned = any(
        kid < draft.head and words.deps[kid] == "nmod:poss" for kid in words.kids[draft.head]
    )
    return (
        draft.role is not None
        and (owned or draft.role.phrase in phrases.lists["abroad"])
        and bool(phrase.tails)
        and words.preposition_of(phrase.tails[0]) in POSTED
    )


def from_elsewhere(phrases: StoryPhrases, draft: Draft) -> bool:
    """Whether the words say that people are not of the country around ("Western diplomats").

    A word of the office or the group itself ("the foreign ministry", "foreign fighters") says
    nothing of the kind.
    """
    elsewhere = phrases.lists["from elsewhere"]
    if elsewhere.isdisjoint(phrases.words.lowers[draft.first : draft.head]):
        return False
    told = {
        place for item in draft.items
        if item.role is not None and (OF_STATES | REBELLING) & set(item.role.sectors[:1])
        for place in range(item.first, item.last)
    }  # fmt: skip
    words = phrases.words.lowers
    return any(
        words[place] in elsewhere and place not in told for place in range(draft.first, draft.head)
    )


def neighbours_home(phrases: StoryPhrases, place: int, name: str) -> str:
    """The other state in which people of one are at home, by the place beside them: "Serbs rallied
    in Mitrovica", "Turkmens in Kirkuk"; "" where no such place is told.

    Args:
        place: the head of the phrase.
        name: the people's name as written.
    """
    words = phrases.words
    verb = words.above[place]
    kids = (*words.kids[place], *(words.kids[verb] if words.deps[place] == "nsubj" else ()))
    for kid in kids:
        item = phrases.at.get(kid)
        if item is None or words.preposition_of(kid) not in POSTED:
            continue
        if item.country in neighbours().get(name.lower(), ()):
            return item.country
    return ""


def only_home(names: StoryNames, place: int, name: str, country: str) -> str:
    """The one state told of in which people of another are at home, where the story never speaks of
    their own or calls them ethnic: "Turkmens" in a story of Syria; "" where none or several are told.

    Args:
        place: the first word of the people's name.
        country: their own state.
    """
    homes = neighbours().get(name.lower())
    if homes is None:
        return ""
    told = {
        item.country for item in names.items
        if (item.is_state or item.town is not None) and item.how not in PEOPLE_HOWS
    }  # fmt: skip
    ethnic = not AT_HOME.isdisjoint(names.words.lowers[max(0, place - 1) : place])
    found = homes & told
    return next(iter(found)) if len(found) == 1 and (ethnic or country not in told) else ""


@cache
def neighbours() -> dict[str, frozenset[str]]:
    """Names of peoples, in small letters → the other states in which they are at home."""
    found: dict[str, frozenset[str]] = {}
    for name, peoples in word_lists().items():
        if name.startswith(ALSO_IN):
            for people in peoples:
                found[people] = found.get(people, frozenset()) | {name.removeprefix(ALSO_IN)}
    return found
