"""Two phrases that syntax says are one: "Ann Linde, chair of …", "X is the president"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.offices import by_office, confirm_office, is_office, leave_office
from dragoman.entities.words import TITLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc

    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft

NATIONAL = "national"  # key of "a Spaniard"
TALLEST = 5  # words of a phrase that stand over each other


class Appositions:
    """Joins the drafts of one story that stand beside each other and are one.

    Args:
        doc: the parsed story.
        maker: what made the drafts.
        by_head: the longest draft of every head.
    """

    def __init__(self, doc: Doc, maker: DraftMaker, by_head: Mapping[int, Draft]) -> None:
        self.doc = doc
        self.maker = maker
        self.by_head = by_head

    def join(self, drafts: list[Draft]) -> None:
        """Two phrases that syntax says are one: "Ann Linde, chair of …", "X is the president"."""
        ends = {
            draft.last: draft for draft in drafts
            if draft.form == "person" and draft.number == "singular"
            and self.by_head.get(draft.head) is draft
        }  # fmt: skip
        self.beside(ends)
        words = self.maker.words
        deps, above = words.deps, words.above
        for draft in drafts:
            dep, over = deps[draft.head], above[draft.head]
            if over == draft.head:
                continue
            if dep == "appos" and self.is_complement(draft.head):
                continue
            if dep == "appos" or (dep == TITLE and words.set_off(draft.head)):
                if dep == TITLE and over < draft.first and words.lowers[draft.first - 1] == "and":
                    continue  # "Oman's premier, Dara Moll, and his Malian counterpart, Ivo Marsh"
                held = self.second_of_two(draft, over, ends) or self.by_head.get(over)
                if draft.form == "person" and (held is None or held.form != "person"):
                    comma = words.texts[draft.first - 1 : draft.first] == [","]
                    held = ends.get(draft.first - 1) if comma else None
                self.unify(held, draft)
            elif dep == "nsubj" and draft.form == "person":  # "X is the president"
                if any(kid < over and deps[kid] == "cop" for kid in words.kids[over]):
                    self.unify(draft, self.by_head.get(over))
                elif self.named(draft) and draft.first >= 2 and words.texts[draft.first - 1] == ",":
                    before = self.by_head.get(self.top(draft.first - 2, draft.first))
                    if before is not None and above[before.head] == over:
                        self.unify(before, draft)

    def second_of_two(self, draft: Draft, over: int, ends: Mapping[int, Draft]) -> Draft | None:
        """Whose name stands behind the second of two offices, though the parse hangs it on the first:
        "Oman's premier, Dara Moll, and his Malian counterpart, Ivo Marsh"."""
        lowers = self.maker.words.lowers
        nearer = (
            ends.get(draft.first - 1) if lowers[draft.first - 1 : draft.first] == [","] else None
        )
        if nearer is None or nearer.role is None or nearer.first <= over + 1 or self.named(nearer):
            return None
        return nearer if lowers[nearer.first - 1] == "and" else None

    def is_complement(self, place: int) -> bool:
        """Whether a preposition stands before a word's label: "staff of the phone company Orun"."""
        words = self.maker.words
        return any(
            kid < place and words.deps[kid] == "compound" and words.preposition_of(kid)
            for kid in words.kids[place]
        )

    def top(self, place: int, end: int) -> int:
        """The highest word over a word and before another: "premier" of "the premier of Mali, X"."""
        above = self.maker.words.above
        for _ in range(TALLEST):
            over = above[place]
            if over >= end or self.maker.words.tags[over][:1] == "V" or over == place:
                break
            place = over
        return place

    def beside(self, ends: Mapping[int, Draft]) -> None:
        """An office and a name between commas, however the parse joins them.

        "After the US secretary of state, Dara Moll, spoke", "Dara Moll, the US secretary of state,".

        Args:
            ends: where a phrase of one person ends → its draft.
        """
        words = self.maker.words
        for draft in ends.values():
            before = ends.get(draft.first - 1)
            closing = words.lowers[draft.last : draft.last + 1]
            if before is None or words.lowers[draft.first - 1] != "," or closing != [","]:
                continue
            names = [held for held in (before, draft) if self.named(held) and not by_office(held)]
            others = [held for held in (before, draft) if held not in names]
            if len(names) == 1 and (others[0].key == NATIONAL or is_office(others[0], self.maker)):
                self.unify(before, draft)

    def unify(self, first: Draft | None, second: Draft | None) -> None:
        """Let two drafts stand for one entity, the named one's; what the other tells is kept."""
        if first is None or second is None or first.head == second.head:
            return
        if not self.compatible(first, second) or "pronoun" in (first.kind, second.kind):
            return
        if first.form == "person" and len(set(map(self.owner, (first, second))) - {""}) > 1:
            return  # "after talks with Mali's president, Chad's Ann Moll …"
        if self.maker.words.lowers[second.first] == "whose" and first.last < second.first:
            return  # "Ann Moll, whose brother …": he is another
        named, other = (
            (first, second) if self.named(first) or not self.named(second) else (second, first)
        )
        if by_office(named) and self.named(other) and not by_office(other):
            named, other = other, named
        if self.named(other) and other.entity != named.entity:
            if not by_office(other) or by_office(named):
                return
            leave_office(other, named.entity)
        if not named.entity:
            named.entity = f"unnamed:{named.key or 'someone'}@{named.first}"
        other.entity = named.entity
        confirm_office(other, named)
        named.speaks_for = named.speaks_for or other.speaks_for
        if other.kind == "unnamed":
            other.kind = "description"
        other.form = named.form

    def owner(self, draft: Draft) -> str:
        """The country of the state that stands before a phrase as its owner, "" for none."""
        words = self.maker.words
        held = [
            self.by_head.get(kid) for kid in words.kids[draft.head]
            if kid < draft.head and words.deps[kid] == "nmod:poss"
        ]  # fmt: skip
        states = [one for one in held if one is not None and one.form == "state"]
        reading = states[0].reading if states else None
        return reading.country if reading is not None else ""

    def named(self, draft: Draft) -> bool:
        """Whether a draft has a name of its own."""
        reading = draft.reading
        return bool(draft.entity) and reading is not None and reading.entry is not None

    def compatible(self, first: Draft, second: Draft) -> bool:
        """Whether two drafts may be one: same kind of thing and number, no place, no two states."""
        if first.number != second.number and "people" not in (first.form, second.form):
            return False
        if (first.form == "person") != (second.form == "person"):
            return False
        if first.as_place or second.as_place:
            return False
        if not (self.named(first) or self.named(second)) and self.differ(first, second):
            return False
        return not ("state" in (first.form, second.form) and first.form != second.form)

    def differ(self, first: Draft, second: Draft) -> bool:
        """Whether the words of two phrases tell two countries ("a Spaniard, an American")."""
        told = [
            draft.reading.country if draft.reading is not None else "" for draft in (first, second)
        ]
        return all(told) and told[0] != told[1]
