"""Countries that the words around people and bodies tell, before anything is guessed.

"Ivo Marsh, a Malian trader", "her spokesman, Ivo Marsh", "In Bamako the police …".
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dragoman.entities.besides import ONLY_PEOPLES, has_role, only_home
from dragoman.entities.openings import STEPS, first_words, places_said, where_told
from dragoman.entities.tables import words
from dragoman.entities.told_before import diplomat_before, people_before
from dragoman.entities.tried import tried_home
from dragoman.entities.unplaced import (
    BODIES,
    NO_STATES,
    OFFICIAL,
    Open,
    countries_of,
    open_entities,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft

BACK = 2  # sentences of a paragraph that a place at the head of one is still told for
SUBORDINATE = frozenset({"ccomp", "acl:relcl", "acl", "advcl"})
RIVALLED = frozenset({"person", "organisation", "group"})  # who has opponents at home
STRUCK = frozenset({"obj", "nsubj:pass"})
WHERE = frozenset({"in", "near", "at", "outside", "inside"})  # before where something is done
ALLIANCE, ALLIES = "nato", frozenset(map(str, range(26, 33)))  # NATO, and how many it has had
MISSIONS = frozenset({"embassy", "consulate"})
BASED = frozenset({"based", "owned", "registered"})
NAMED, LANDS = frozenset({"name", "title"}), frozenset({"state", "place"})
UNION, UNION_BODIES = "EUR", frozenset({"Commission"})
ARTICLES = frozenset({"the", "a", "an"})
HOME = "home "  # begins the names of the word lists of roles that have one home
HOME_TOLD = "told home "  # and of those that have it where the story tells of that state


@cache
def lists_of_homes() -> tuple[tuple[str, frozenset[str]], ...]:
    """The word lists of roles that have one home, by their names."""
    return tuple(
        (name, phrases) for name, phrases in words().items() if name.startswith((HOME, HOME_TOLD))
    )


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
        self.lists, self.names = maker.lists, maker.names
        self.apart = maker.lists["other_side"] | maker.lists["abroad"]
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
        self.abroad = [
            draft for draft in sorted(drafts, key=lambda draft: draft.head)
            if self.known.get(draft.entity, "") not in NO_STATES
            and has_role(draft, self.lists["abroad"])
        ]  # fmt: skip
        told = {f"{HOME_TOLD}{code}" for code in self.known.values()}
        self.homes = {
            name[-3:]: phrases for name, phrases in lists_of_homes()
            if name.startswith(HOME) or name in told
        }  # fmt: skip
        self.paragraphs = self.words.paragraphs
        deps, above = self.words.deps, self.words.above
        self.firsts = first_words(sentences, self.words)
        # the subject of every sentence's main verb: the last to be put wins
        subjects = self.words.labelled.get("nsubj", ())
        self.subjects = {
            sentences[place]: place for place in reversed(subjects) if deps[above[place]] == "ROOT"
        }
        self.settings = places_said(drafts, sentences, maker)

    def countries(self) -> dict[str, str]:
        """Entity → the country that is told of it; nothing of the others."""
        tellings = (
            self.described, self.of_people, self.of_land, self.owner, self.served, self.sent, self.spoken_for, self.where,
            self.tells_losses,
            self.there, self.placed, self.struck, self.setting, self.of_rival, self.of_role,
            self.of_union, self.of_alliance, self.posted, self.told_before, self.tried,
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

    def of_people(self, unit: Open) -> str:
        """The state where a people of another is at home: "Serb deputies" in a story from Kosovo."""
        draft, lowers = unit.draft, self.words.lowers
        for place in range(draft.first, draft.head):
            state = ONLY_PEOPLES.get(lowers[place])
            if state is not None and (home := only_home(self.names, place, lowers[place], state)):
                return home
        return ""

    def of_land(self, unit: Open) -> str:
        """The state that stands behind somebody's name: "President Ivo Marsh of Mali"."""
        words = self.words
        for draft in self.held[unit.entity]:
            if draft.kind == "name" and draft.form == "organisation" and draft.first > 2:
                seat = self.by_head.get(draft.first - 3)
                based = words.lowers[draft.first - 1] in BASED and seat is not None
                if based and words.texts[draft.first - 2] == "-" and seat and seat.reading:
                    return "" if seat.reading.country in NO_STATES else seat.reading.country
            if draft.kind not in NAMED or words.lowers[draft.last : draft.last + 1] != ["of"]:
                continue
            land = self.by_head.get(words.above[draft.last])
            if land is None or land.form not in LANDS or land.head < draft.last:
                continue
            code = land.reading.country if land.reading is not None else ""
            if words.above[land.head] == draft.head and code not in NO_STATES:
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
            named = draft.role is None and not self.of_a_state(draft)
            for head in heads[1:] if named else heads:
                if self.words.lemmas[head].lower() in self.lists["other_side"]:
                    continue
                code = self.possessor(head, self.speaks_for(draft))
                if code:
                    return code
        return ""

    def of_a_state(self, draft: Draft) -> bool:
        """Whether a state stands before a name as its owner: "Mali's Border Service", "Mali's Ann Marsh"."""
        owners = [
            self.by_head.get(kid) for kid in self.words.kids[draft.head]
            if kid < draft.head and self.words.deps[kid] == "nmod:poss"
        ]  # fmt: skip
        return draft.kind == "name" and any(held and held.form == "state" for held in owners)

    def served(self, unit: Open) -> str:
        """The country of whom one serves: "an aide to President Moll"."""
        draft, words = unit.draft, self.words
        if not self.speaks_for(draft):
            return ""
        for kid in words.kids[draft.head]:
            if kid > draft.head and words.preposition_of(kid) == "to":
                served = self.by_head.get(kid)
                code = self.known.get(served.entity, "") if served is not None else ""
                if code not in NO_STATES or code in BODIES:
                    return code
        return ""

    def sent(self, unit: Open) -> str:
        """The country or body of whom one is sent: "observers sent by Brussels"."""
        words = self.words
        for head in (draft.head for draft in self.held[unit.entity] if draft.kind != "pronoun"):
            for verb in words.kids[head]:
                if words.deps[verb] != "acl" or words.tags[verb] != "VBN":
                    continue
                if words.lemmas[verb].lower() not in self.lists["sends out"]:
                    continue
                for kid in words.kids[verb]:
                    sender = self.by_head.get(kid) if words.preposition_of(kid) == "by" else None
                    code = self.known.get(sender.entity, "") if sender is not None else ""
                    if code not in NO_STATES or code in BODIES:
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
        if unit.entity.startswith("org:"):
            return ""
        if has_role(unit.draft, self.apart):
            return ""
        return where_told(unit.draft.head, self.words, self.by_head)

    def tells_losses(self, unit: Open) -> str:
        """The state whose soldiers an army or its ministry says were killed abroad, where the story tells of
        no other's: "three Ugandan soldiers died in Somalia, the army said"."""
        words, draft = self.words, unit.draft
        reading, verb = draft.reading, words.above[draft.head]
        if reading is None or "MIL" not in reading.sectors or words.deps[draft.head] != "nsubj":
            return ""
        if words.lemmas[verb].lower() not in self.lists["speech"]:
            return ""
        armed = {
            one.reading.country: one.head for held in self.held.values() for one in held
            if one.reading is not None and "MIL" in one.reading.sectors
            and one.reading.country not in NO_STATES
        }  # fmt: skip
        if len(armed) != 1:
            return ""
        ((code, head),) = armed.items()
        deed = words.above[head]
        near = self.sentences[head] == self.sentences[draft.head]
        fell = words.deps[head].startswith("nsubj") and words.lemmas[deed] in self.lists["befalls"]
        filed = {
            one.reading.country for held in self.held.values() for one in held
            if one.as_place and one.reading is not None and words.filed[one.head]
        }  # fmt: skip
        return code if near and fell and filed <= {code} else ""

    def there(self, unit: Open) -> str:
        """The country of the place told last, for "the authorities there"."""
        words, head = self.words, unit.draft.head
        if words.lowers[head + 1 : head + 2] != ["there"] or unit.entity.startswith("org:"):
            return ""
        if has_role(unit.draft, self.lists["other_side"] | self.lists["abroad"]):
            return ""
        before = [draft for at, draft in self.by_head.items() if at < unit.draft.first]
        last = max((x for x in before if x.as_place), key=lambda x: x.head, default=None)
        near = last is not None and self.sentences[head] - self.sentences[last.head] <= 1
        code = last.reading.country if last is not None and last.reading is not None else ""
        return code if near and code not in NO_STATES else ""

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
        if has_role(unit.draft, self.apart):
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
        if has_role(unit.draft, self.apart):
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
        roles = {draft.role.phrase for draft in self.held[unit.entity] if draft.role is not None}
        at_home = [code for code, phrases in self.homes.items() if phrases & roles]
        return at_home[0] if len(at_home) == 1 else ""

    def of_union(self, unit: Open) -> str:
        """ "The Commission", "a Commission spokesman", where the story speaks of the European Union."""
        words, draft = self.words, unit.draft
        if UNION not in self.known.values() or unit.entity.startswith("person:"):
            return ""
        for place in range(draft.first, draft.head + 1):
            alone = place == draft.first or not words.texts[place - 1][:1].isupper()
            opens = words.lowers[place - 1] in ARTICLES if place else False
            if words.texts[place] in UNION_BODIES and (alone or opens):
                return UNION
        return ""

    def of_alliance(self, unit: Open) -> str:
        """ "The 32 allies", where the story speaks of NATO."""
        draft = unit.draft
        counts = self.words.lowers[draft.first : draft.head]
        many = any(word in ALLIES for word in counts) and ALLIANCE in self.held
        return "IGO" if many and draft.key == "ally" else ""

    def told_before(self, unit: Open) -> str:
        """The country of whom the sentence before told: "the diplomat", "the men"."""
        return diplomat_before(self, unit) or people_before(self, unit)

    def tried(self, unit: Open) -> str:
        """The country of the politician whom a judge or a jailer is told to have tried or held."""
        return tried_home(self, unit)

    def posted(self, unit: Open) -> str:
        """The country of the diplomats told last, for "the embassy" and who speaks for it."""
        draft = unit.draft
        if draft.role is None or MISSIONS.isdisjoint(draft.role.phrase.split()):
            return ""
        before = [
            held for held in self.abroad if held.head < draft.first and held.entity != unit.entity
        ]
        return self.known[before[-1].entity] if before else ""
