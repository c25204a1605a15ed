"""People of whom only the number is told: "four were killed", "thousands fled", "the wounded"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.identity import identify
from dragoman.entities.mentions import Draft
from dragoman.entities.phrase import Reading
from dragoman.entities.tables import Role, roles

if TYPE_CHECKING:
    from dragoman.entities.story_phrases import StoryPhrases

#: Relations in which a number may stand for people.
PARTIES = frozenset({"nsubj", "nsubj:pass", "obj"})
#: Relations of what stands before a number and makes it less or more.
ABOUT = frozenset({"advmod", "nmod"})
#: What stands before where they were.
SCENES = frozenset({"in", "at", "near", "across", "around", "outside", "during", "on", "after"})
PEOPLE = "people"


def counted_people(phrases: StoryPhrases, place: int) -> Draft | None:
    """The draft of a number that stands for people, None for other words.

    Whether it does, the verb tells (``befalls`` of ``entity_words.tsv``): "six were arrested", not
    "six were sold".

    Args:
        place: one of the ``PARTIES`` of its clause.
    """
    words, lists = phrases.words, phrases.lists
    word = words.lowers[place]
    struck = word in lists["struck"] and words.lowers[place - 1 : place] == ["the"]
    more = word == "more" and any(words.deps[kid] == "nummod" for kid in words.kids[place])
    if not (struck or more or word in lists["count"] or words.tags[place] == "CD"):
        return None
    verb = words.above[place]
    if words.tags[verb][:2] != "VB":
        return None
    if not struck and words.lemmas[verb] not in lists["befalls"]:
        return None
    behind = [
        kid for kid in words.kids[place]
        if kid > place and not words.points[kid]
        and (words.tags[kid] == "CD" or words.case_of(kid) not in SCENES)
    ]  # fmt: skip
    last = behind[0] if len(behind) == 1 and words.lowers[behind[0]] in lists["count"] else place
    if behind and (last == place or words.lowers[place + 1 : last] != ["of"]):
        return None  # "dozens of tanks", "four in ten"; but "tens of thousands", "dozens in Goma"
    role = roles().get(PEOPLE)
    assert isinstance(role, Role)
    first = words.phrase_first(place)
    for kid in reversed(words.kids[place]):
        if words.deps[kid] in ABOUT and words.last[kid] == first - 1:
            first = words.edges[kid]  # "at least | 12", "more than | 200"
    draft = Draft(first, last + 1, place, "unnamed", reading=Reading(sectors=role.sectors, role=role),
                  number="plural", form="people", key=PEOPLE, role=role,
                  name=words.text(first, last + 1), definite=struck)  # fmt: skip
    identify(draft, phrases.scanner)
    return draft
