"""Countries that the words around people and bodies tell, before anything is guessed.

"Ivo Marsh, a Malian trader", "her spokesman, Ivo Marsh", "In Bamako the police …".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.besides import has_role
from dragoman.entities.unplaced import (
    BODIES,
    NO_STATES,
    OFFICIAL,
    Open,
    countries_of,
    open_entities,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft

STEPS = 12  # words up the tree
BACK = 2  # sentences of a paragraph that a place at the head of one is still told for
SUBORDINATE = frozenset({"ccomp", "acl:relcl", "acl", "advcl"})
RIVALLED = frozenset({"person", "organisation", "group"})  # who has opponents at home
STRUCK = frozenset({"obj", "nsubj:pass"})
WHERE = frozenset({"in", "near", "at", "outside", "inside"})  # before where something is done
HOME = "home "  # begins the names of the word lists of roles that have one home
HOME_TOLD = "told home "  # and of those that have it where the story tells of that state


class Settled:
    """What the words of one story tell of people and bodies that name no country themselves.

    Args:
        drafts: all of them, in the order of the text.
        sentences: number of the sentence of every token.
        maker: what made the drafts (words, names).
    """

    def __init__(
        self, drafts: Sequence[Draft], sentences: Sequence[int], maker: DraftMaker
    ) -> None:
        self.lists = maker.lists
        self.words = maker.words
        self.sentences = sentences
        self.units = open_entities(drafts, maker)
        self.known = countries_of(drafts)
        self.held: dict[str, list[Draft]] = {}
        self.by_head: dict[int, Draft] = {}
        for draft in drafts:
            self.held.setdefault(draft.entity, []).append(draft)
            before = self.by_head.get(draft.head)
            if before is None or draft.last - draft.first > before.last - before.first:
                self.by_head[draft.head] = draft
        self.adjectives = {
            draft.head: draft.reading.country for draft in drafts
            if draft.kind == "adjective" and draft.form == "state" and draft.reading is not None
        }  # fmt: skip
        told = {f"{HOME_TOLD}{code}" for code in self.known.values()}
        self.homes = {
            name[-3:]: phrases for name, phrases in maker.lists.items()
            if name.startswith(HOME) or name in told
        }  # fmt: skip
        self.paragraphs = self.words.paragraphs
        deps, above, stops = self.words.deps, self.words.above, self.words.stops
        # the first word of every sentence, and the subject of its main verb: the last to be put wins
        self.firsts = {
            sentences[place]: place for place in reversed(range(len(stops))) if not stops[place]
        }
        subjects = [place for place, dep in enumerate(deps) if dep == "nsubj"]
        self.subjects = {
            sentences[place]: place for place in reversed(subjects) if deps[above[place]] == "ROOT"
        }
        self.settings = self.places_said(drafts)

    def places_said(self, drafts: Sequence[Draft]) -> Mapping[int, Draft]:
        """Sentence → the place that it begins with ("In Bamako the police …").

        A town alone tells nothing where the story never speaks of the country that the tables
        have for it, nor does a seat of government.
        """
        told = {
            draft.reading.country for draft in drafts
            if draft.reading is not None and draft.reading.how != "town"
        }  # fmt: skip
        found: dict[int, Draft] = {}
        for draft in drafts:
            number, reading = self.sentences[draft.head], draft.reading
            if not draft.as_place or reading is None or number in found:
                continue
            first = self.firsts.get(number, draft.head)
            if self.words.above[first] != draft.head:
                continue
            if self.words.lowers[first] not in self.lists["locative"]:
                continue
            if reading.how == "seat" or (reading.how == "town" and reading.country not in told):
                continue
            if reading.country not in NO_STATES and not self.words.filed[draft.head]:
                found[number] = draft
        return found

    def countries(self) -> dict[str, str]:
        """Entity → the country that is told of it; nothing of the others."""
        tellings = (
            self.described, self.owner, self.spoken_for, self.where, self.placed, self.struck,
            self.setting, self.of_rival, self.of_role,
        )  # fmt: skip
        found: dict[str, str] = {}
        for unit in self.units:
            country = next((code for telling in tellings if (code := telling(unit))), "")
            if country:
                found[unit.entity] = country
        return found

    def described(self, unit: Open) -> str:
        """The adjective of what one is called: "Ivo Marsh, a Malian trader"."""
        if unit.draft.number == "plural":
            return ""
        for draft in self.held[unit.entity]:
            if draft.kind == "pronoun":
                continue
            for head in self.names_of(draft.head):
                for kid in self.words.kids[head]:
                    code = self.adjectives.get(kid, "")
                    if kid < head and self.words.deps[kid] == "amod" and code not in NO_STATES:
                        return code
        return ""

    def names_of(self, head: int) -> list[int]:
        """A word and the nouns in the singular that syntax says are the same."""
        words, over = self.words, self.words.above[head]
        found = [head]
        if words.deps[head] in ("appos", "flat") and over < head and words.tags[over] == "NN":
            found.append(over)
        return found + [
            kid for kid in words.kids[head] if words.deps[kid] == "appos" and words.tags[kid] == "NN"
        ]  # fmt: skip

    def owner(self, unit: Open) -> str:
        """The country of whom one belongs to: "his spokeswoman, Ann Marsh"."""
        for draft in self.held[unit.entity]:
            if draft.kind == "pronoun" or has_role(draft, self.lists["other_side"]):
                continue
            heads = self.names_of(draft.head)
            for head in heads if draft.role is not None else heads[1:]:
                if self.words.lemmas[head].lower() in self.lists["other_side"]:
                    continue
                code = self.possessor(head, self.speaks_for(draft))
                if code:
                    return code
        return ""

    def speaks_for(self, draft: Draft) -> bool:
        """Whether a phrase calls somebody a spokesman, an aide, a chief."""
        return has_role(draft, self.lists["for a state"])

    def possessor(self, head: int, speaks: bool) -> str:
        """The country of the possessor of a word, "" where none is told.

        Args:
            speaks: whether the word is for one who speaks for his owner. Others of a person are not
                of the organisation he works for ("the UN envoy's lawyer").
        """
        for kid in self.words.kids[head]:
            if kid < head and self.words.deps[kid] == "nmod:poss":
                owner = self.by_head.get(self.related(kid))
                code = self.known.get(owner.entity, "") if owner is not None else ""
                if owner is not None and code in BODIES:
                    return code if speaks or owner.form != "person" else ""
                return "" if code in NO_STATES else code
        return ""

    def related(self, place: int) -> int:
        """The word that "whose" stands for; any other word itself."""
        words, over = self.words, place
        if words.tags[place] == "WP$":
            for _ in range(STEPS):
                if words.deps[over] == "acl:relcl":
                    return words.above[over]
                over = words.above[over]
            if place > 1 and words.texts[place - 1] == ",":
                return place - 2
        return place

    def spoken_for(self, unit: Open) -> str:
        """The country of whom the sentence before tells something, for a spokesman of nobody else.

        "Mali's army took the town. Spokesman Ivo Marsh said …".
        """
        draft = unit.draft
        roles = {item.role.phrase for item in draft.items if item.role is not None}
        first = self.firsts.get(self.sentences[draft.head])
        if draft.kind != "title" or len(roles) != 1 or draft.first != first:
            return ""
        if not roles <= self.lists["spokesman"]:
            return ""
        before = self.by_head.get(self.subjects.get(self.sentences[draft.head] - 1, -1))
        if before is None or self.paragraphs[before.head] != self.paragraphs[draft.head]:
            return ""
        code = self.known.get(before.entity, "")
        return code if code not in NO_STATES or code in BODIES else ""

    def where(self, unit: Open) -> str:
        """The country of the place that a clause is about: "Niger, where soldiers seized power"."""
        words, place = self.words, unit.draft.head
        if unit.entity.startswith("org:"):
            return ""
        if has_role(unit.draft, self.lists["other_side"] | self.lists["abroad"]):
            return ""
        for _ in range(STEPS):
            over = words.above[place]
            if over == place or words.deps[place] == "ccomp":
                return ""
            if words.deps[place] == "acl:relcl":
                told = self.by_head.get(over)
                if not any(words.lowers[kid] == "where" for kid in words.kids[place]):
                    return ""
                reading = told.reading if told is not None else None
                return reading.country if reading and reading.country not in NO_STATES else ""
            place = over
        return ""

    def placed(self, unit: Open) -> str:
        """The country of the place that a sentence begins with: "In Bamako the police …"."""
        head = unit.draft.head
        told = self.settings.get(self.sentences[head])
        if told is None or head < told.last or not self.may_be_there(unit):
            return ""
        return told.reading.country if told.reading is not None else ""

    def setting(self, unit: Open) -> str:
        """The country of the place that a sentence before begins with, for who holds an office."""
        head = unit.draft.head
        number = self.sentences[head]
        if number in self.settings or not self.may_be_there(unit) or not self.official(unit):
            return ""
        for before in range(number - 1, number - 1 - BACK, -1):
            told = self.settings.get(before)
            if told is not None and told.reading is not None:
                same = self.paragraphs[told.head] == self.paragraphs[head]
                return told.reading.country if same else ""
        return ""

    def struck(self, unit: Open) -> str:
        """The country of the place where something is done to somebody: "killed two men in Gao"."""
        words, head = self.words, unit.draft.head
        if words.deps[head] not in STRUCK or not unit.entity.startswith("unnamed:"):
            return ""
        if has_role(unit.draft, self.lists["other_side"] | self.lists["abroad"]):
            return ""
        for kid in (*words.kids[head], *words.kids[words.above[head]]):
            told = self.by_head.get(kid)
            if told is None or not told.as_place or told.reading is None or kid < head:
                continue
            cases = {words.lowers[k] for k in words.kids[kid] if words.deps[k] == "case"}
            if cases & WHERE and told.reading.country not in NO_STATES:
                return told.reading.country
        return ""

    def may_be_there(self, unit: Open) -> bool:
        """Whether one is spoken of as of the place around: no firm, envoy or ally, nor within
        what somebody says."""
        if unit.entity.startswith("org:"):
            return False
        if has_role(unit.draft, self.lists["other_side"] | self.lists["abroad"]):
            return False
        place = unit.draft.head
        for _ in range(STEPS):
            if self.words.deps[place] in SUBORDINATE:
                return False
            if self.words.above[place] == place:
                return True
            place = self.words.above[place]
        return False

    def official(self, unit: Open) -> bool:
        """Whether any mention tells an office or a body of a state."""
        return any(
            draft.reading is not None and bool(OFFICIAL & set(draft.reading.sectors[:1]))
            for draft in self.held[unit.entity]
        )

    def of_rival(self, unit: Open) -> str:
        """The country of somebody for his opponents and allies: they are mostly those at home."""
        draft = unit.draft
        if draft.role is None or draft.role.phrase not in self.lists["side at home"]:
            return ""
        owner, _, _ = unit.entity.rpartition(f"-{draft.key}")
        held = self.held.get(owner)
        code = self.known.get(owner, "") if held and held[0].form in RIVALLED else ""
        return "" if code in NO_STATES else code

    def of_role(self, unit: Open) -> str:
        """Where all of a role are at home, if the story tells of that state: the pope, pirates, a
        junta."""
        role = unit.draft.role
        phrase = role.phrase if role is not None else ""
        at_home = [code for code, phrases in self.homes.items() if phrase in phrases]
        return at_home[0] if len(at_home) == 1 else ""
