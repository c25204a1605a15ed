"""First, second and third person: whom the others of one turn cannot be, and who names himself.

Whoever says "I" is neither "she" nor a name beside it: in "Dara and I came; she was late" nobody
is meant twice. A turn is what stands in one paragraph inside quotation marks, or outside them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from dragoman.entities.candidates import FORMS, NAME, SORTS
from dragoman.entities.grammar import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.entities.candidates import Candidates
    from dragoman.entities.mentions import Draft
    from dragoman.entities.words import Words

NOBODY, FIRST, SECOND, THIRD, NAMED = range(5)
PERSON_OF = {"i": FIRST, "you": SECOND, "he": THIRD, "she": THIRD}
PERSONS = np.array([PERSON_OF.get(sort, NOBODY) for sort in SORTS])
#: Persons that are never one in the same turn, and in the same sentence of it.
IN_TURN = frozenset({(FIRST, THIRD)})
IN_SENTENCE = frozenset({(FIRST, SECOND), (FIRST, NAMED), (SECOND, THIRD)})
NEGATIONS = frozenset({"not", "n't", "n’t"})


class Persons:
    """The grammatical persons of a story's phrases.

    Args:
        found: the phrases.
    """

    def __init__(self, found: Candidates) -> None:
        person = FORMS.index("person")
        persons = PERSONS[found.sort]
        persons[(found.sort == NAME) & (found.form == person)] = NAMED
        self.persons: list[int] = persons.tolist()
        self.turns = list(zip(found.paragraph.tolist(), found.inside.tolist(), strict=True))
        self.sentences: list[int] = found.sentence.tolist()
        self.told: dict[tuple[int, int], list[int]] = defaultdict(list)  # rows by turn
        for row in np.flatnonzero(persons).tolist():
            self.told[self.turns[row]].append(row)

    def around(self, row: int) -> tuple[list[int], list[int]]:
        """Rows of the phrases before a pronoun in its turn: of others than it means, and of its own
        person."""
        others: list[int] = []
        same: list[int] = []
        person = self.persons[row]
        if person in (NOBODY, NAMED):
            return others, same
        sentence = self.sentences[row]
        for before in self.told[self.turns[row]]:
            if before >= row:
                break
            told = self.persons[before]
            pair = (person, told) if person < told else (told, person)
            if told == person:
                same.append(before)
            elif pair in IN_TURN or (pair in IN_SENTENCE and self.sentences[before] == sentence):
                others.append(before)
        return others, same

    def barred(self, row: int, cluster: Sequence[str | int]) -> set[str | int]:
        """The clusters that a pronoun cannot join: those of others in its turn.

        Who has said "I" in the turn may name himself in it.
        """
        if self.persons[row] in (NOBODY, NAMED):
            return set()
        others, same = self.around(row)
        return {cluster[other] for other in others} - {cluster[other] for other in same}


def introduced(words: Words, by_head: Mapping[int, Draft], draft: Draft) -> Draft | None:
    """The name that an "I" gives itself: "I'm Dara Moll", "my name is Dara Moll"."""
    if draft.form != "speaker":
        return None
    place, above = draft.head, words.above[draft.head]
    if words.deps[place] == "nmod:poss" and words.lemmas[above] == "name":
        place, above = above, words.above[above]
    kids = words.kids[above]
    if words.deps[place] not in SUBJECTS or not any(words.deps[kid] == "cop" for kid in kids):
        return None
    named = by_head.get(above)
    if named is None or named.form != "person" or named.kind not in ("name", "title"):
        return None
    denied = any(words.lowers[kid] in NEGATIONS for kid in kids)
    return named if named.entity and not denied else None
