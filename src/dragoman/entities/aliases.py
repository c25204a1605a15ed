"""Names of one story that no table holds and that are one: "Dara Ann Moll" and "Dara Moll".

Whoever writes a name twice may slip ("Lindquist", "Lindqvist"), leave out a middle name or cut a
long one short ("the Moll Foundation for Peace", "the Moll Foundation").
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dragoman.entities.tables import first_names
from dragoman.lexicon.names import pieces

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from spacy.tokens import Doc

    from dragoman.entities.mentions import Draft

PERSON, BODY, PLACE = "person:", "org:", "place:"
OPEN = (PERSON, BODY, PLACE)
COMPLEMENTS = frozenset({"of", "for", "in", "on", "at", "to", "and", "against"})
SLIP = 5  # letters from which a name may have one wrong
SLIPS = 8  # and two
SHORT = 2  # words that are left of a body's name at least
NAMES = frozenset({"NNP", "NNPS"})


def unite(drafts: Sequence[Draft], titles: Collection[str]) -> None:
    """Give drafts of names that are one the entity of the one told first.

    Args:
        drafts: all of them, in the order of the text.
        titles: words that stand before the names of people ("mr").
    """
    named: dict[str, Draft] = {}
    for draft in drafts:
        if draft.kind in ("name", "title") and draft.entity.startswith(OPEN):
            named.setdefault(draft.entity, draft)
    if not named:
        return
    words = {key: words_of(draft, titles) for key, draft in named.items()}
    people = [key for key in named if key.startswith(PERSON)]
    same = Same()
    same_slugs(list(named), same)
    people_in_full([key for key in people if len(words[key]) > 1], words, same)
    people_in_short(people, words, same)
    bodies([key for key in named if key.startswith(BODY)], words, same)
    first = {draft.entity: draft for draft in reversed(drafts) if draft.entity}
    for draft in drafts:
        key = same.of(draft.entity) if draft.entity in same.held else draft.entity
        if key != draft.entity:
            take(draft, first[key])


def take(draft: Draft, other: Draft) -> None:
    """Let a draft stand for the entity of another."""
    draft.entity, draft.form = other.entity, other.form
    draft.gender = draft.gender or other.gender
    if draft.reading is not None and other.reading is not None:
        told = draft.reading
        draft.reading = told._replace(
            entry=other.reading.entry, country=told.country or other.reading.country
        )


def whole(doc: Doc, drafts: list[Draft]) -> None:
    """Put a person's name together that was found in two parts: "[actor Dara] [Moll]".

    The head of a name with its title is the word that the rest of the sentence is joined to.
    """
    ends = {
        draft.last: draft for draft in drafts
        if draft.form == "person" and draft.kind in ("name", "title") and draft.entity
    }  # fmt: skip
    gone: set[int] = set()
    for draft in ends.values():
        token = doc[draft.head]
        if token.dep_ == "flat" and draft.first <= token.head.i < draft.head:
            draft.head = token.head.i
    for draft in drafts:
        before = ends.get(draft.first)
        if before is None or draft.kind != "name" or draft.entity != before.entity:
            continue
        if doc[draft.first].tag_ not in NAMES or doc[before.last - 1].tag_ not in NAMES:
            continue
        heads = (before.head, draft.head)
        before.head = next(
            (head for head in heads if not before.first <= doc[head].head.i < draft.last), draft.head
        )  # fmt: skip
        before.last = draft.last
        ends[draft.last] = before
        gone.add(id(draft))
    if gone:
        drafts[:] = [draft for draft in drafts if id(draft) not in gone]


class Same:
    """Which names are one."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    def of(self, key: str) -> str:
        """The name that a name is the same as."""
        while key in self.held:
            key = self.held[key]
        return key

    def join(self, first: str, second: str) -> None:
        """Let the second be one with the first."""
        first, second = self.of(first), self.of(second)
        if first != second:
            self.held[second] = first


def words_of(draft: Draft, titles: Collection[str]) -> list[str]:
    """The words of a name, in small letters, without titles, letters after it and points."""
    entry = draft.reading.entry if draft.reading is not None else None
    told = (entry.name if entry is not None else draft.name).split()
    while len(told) > 1 and told[0].lower().rstrip(".") in titles:
        told.pop(0)
    while len(told) > 2 and told[-1].isupper() and len(told[-1]) > 1:  # "FRS"
        told.pop()
    return [word for part in told for word in [" ".join(pieces(part))] if word]


def same_slugs(keys: Sequence[str], same: Same) -> None:
    """Join what is written alike and tagged differently."""
    seen: dict[str, str] = {}
    for key in keys:
        slug = key.partition(":")[2]
        if slug in seen:
            same.join(seen[slug], key)
        seen.setdefault(slug, key)


def people_in_full(full: Sequence[str], words: Mapping[str, list[str]], same: Same) -> None:
    """Join full names of which one has a middle name more, or a letter wrong."""
    for place, key in enumerate(full):
        for other in full[:place]:
            (first, *_, last), (first_too, *_, last_too) = words[other], words[key]
            if (first == first_too and alike(last, last_too)) or (
                last == last_too and alike(first, first_too)
            ):
                same.join(other, key)
                break


def people_in_short(people: Sequence[str], words: Mapping[str, list[str]], same: Same) -> None:
    """Join a first name, a middle one, or a last name with a letter wrong, with the one full name it may be of."""
    firsts: dict[str, set[str]] = defaultdict(set)
    lasts: dict[str, set[str]] = defaultdict(set)
    middles: dict[str, set[str]] = defaultdict(set)
    for key in people:
        for word in words[key][1:-1]:
            if word.title() not in first_names():  # "Luis" of "Jose Luis Andrade" is anybody's
                middles[word].add(same.of(key))
        if len(words[key]) > 1:
            firsts[words[key][0]].add(same.of(key))
            lasts[words[key][-1]].add(same.of(key))
    for key in people:
        if len(words[key]) != 1:
            continue
        word = words[key][0]
        fitting = firsts.get(word, set()) | lasts.get(word, set())
        if not fitting:
            fitting = {
                owner for last, owners in lasts.items() if alike(word, last) for owner in owners
            } or middles.get(word, set())  # "Mr Gouled" of "Hassan Gouled Aptidon"
        if len(fitting) == 1:
            same.join(fitting.pop(), key)


def bodies(keys: Sequence[str], words: Mapping[str, list[str]], same: Same) -> None:
    """Join the name of a body with the one longer name that begins or ends with it."""
    for place, key in enumerate(keys):
        short = words[key]
        if len(short) < SHORT:
            continue
        fitting = {
            same.of(other): number for number, other in enumerate(keys)
            if len(words[other]) > len(short) and cut_short(short, words[other])
        }  # fmt: skip
        fitting.pop(same.of(key), None)
        if len(fitting) == 1:
            other, number = fitting.popitem()
            same.join(*((other, key) if number < place else (key, other)))


def cut_short(short: list[str], long: list[str]) -> bool:
    """Whether a name is another one without its complement or its beginning."""
    size = len(short)
    return (long[:size] == short and long[size] in COMPLEMENTS) or (
        long[-size:] == short and long[-size - 1] not in COMPLEMENTS
    )


def alike(first: str, second: str) -> bool:
    """Whether two names are the same but for a slip of the pen."""
    if first == second:
        return True
    size = min(len(first), len(second))
    if size < SLIP or first[0] != second[0]:
        return False
    return distance(first, second) <= (2 if size >= SLIPS else 1)


def distance(first: str, second: str) -> int:
    """Letters to insert, leave out, change or swap."""
    if abs(len(first) - len(second)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first):
        older, before, row = before, row, [i + 1]
        for j, other in enumerate(second):
            cost = min(before[j] + (letter != other), before[j + 1] + 1, row[j] + 1)
            if i and j and letter == second[j - 1] and first[i - 1] == other:
                cost = min(cost, older[j - 1] + 1)
            row.append(cost)
    return row[-1]
