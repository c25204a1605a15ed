"""Who does what in a story's dependency tree, as the patterns ask about it.

Everything is a token index. ``Syntax`` answers who is the subject of a verb, also where it is
shared, inherited or understood; which noun stands behind which preposition; which verb governs a
noun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.listed import lead_subject
from dragoman.coding.patterns.arguments import Arguments, gather
from dragoman.coding.patterns.tree import RELATIVES, Tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.patterns.table import Patterns

_BEFORE_NOUN = frozenset({"amod", "compound", "nmod:poss"})
_AFTER = frozenset({"after", "because"})
_DEPTH = 8  # words between a participle and the verb whose subject it has


class Syntax(Tree):
    """The tree of one Doc, with the arguments of its verbs.

    Args:
        doc: the parsed story.
        patterns: whose lemmas and word lists hold.
    """

    def __init__(self, doc: Doc, patterns: Patterns) -> None:
        super().__init__(doc, patterns)
        self._arguments: dict[int, Arguments] = {}

    def arguments(self, verb: int) -> Arguments:
        """What hangs on a verb or predicate adjective; held for the next question."""
        found = self._arguments.get(verb)
        if found is None:
            found = self._arguments[verb] = gather(self, verb)  # what a cycle finds
            self._settle_voice(verb, found)
        return found

    def behind(self, noun: int, preposition: str) -> list[int]:
        """Nouns that a preposition hangs on this noun ("the attack on Goma")."""
        found = [
            kid
            for kid in self.kids[noun]
            if self.dep[kid].startswith(("nmod", "obl"))
            and self.dep[kid] != "nmod:poss"
            and preposition in self.prepositions(kid)
        ]
        if preposition == "by":
            for kid in self.kids[noun]:
                if self.dep[kid].startswith("acl") and self.tag[kid] in {"VBN", "VBD"}:
                    found += self.arguments(kid).agent
        return found

    def up_to_noun(self, word: int) -> list[int]:
        """A word and the nouns it stands before: "Turkish", "state" of "the Turkish state"."""
        found = [word]
        while self.dep[found[-1]] in _BEFORE_NOUN and self.head[found[-1]] > found[-1]:
            found.append(self.head[found[-1]])
        return found

    def answered_by(self, clause: int) -> int | None:
        """The verb of what was done to somebody after a clause's deed, or because of it.

        "Struck the town after rockets killed ten" is the answer to "killed"; None where nothing is.
        """
        deed = self.head[clause]
        if self.dep[clause] != "advcl" or not _AFTER & self.marks(clause):
            return None
        found = self.arguments(deed)
        aimed = found.object or found.oblique or self.goals(deed)
        return deed if aimed and not found.passive else None

    def goals(self, verb: int) -> list[int]:
        """Objects of what somebody does in order to, wants to or threatens to: "threatened to strike Oman"."""
        aims = (x for x in self.kids[verb] if self.dep[x] == "xcomp")
        return [noun for aim in aims for noun in self.arguments(aim).object]

    def governing_verb(self, noun: int) -> int | None:
        """The verb that a noun is object (or passive subject) of, or None."""
        verb = self.head[noun]
        if verb == noun:
            return None
        if self.dep[noun] in {"obj", "nsubj:pass"} and (
            self.is_verb(verb) or self.tag[verb].startswith("VB")
        ):
            return verb
        return None

    # -- subjects --------------------------------------------------------------------------------

    def _settle_voice(self, verb: int, found: Arguments) -> None:
        if not found.surface:
            found.surface = self._understood_subject(verb, found)
        if found.passive:
            found.object = found.surface + found.object
            found.subject = list(found.agent)
        else:
            found.subject = list(found.surface)

    def _understood_subject(self, verb: int, found: Arguments) -> list[int]:
        """The subject a verb without one shares with, or takes from, the verb above it."""
        dep, head, tag = self.dep[verb], self.head[verb], self.tag[verb]
        if head == verb:
            lead = None if found.passive else lead_subject(self.doc[verb])
            return [lead.i] if lead is not None else []
        participle = tag == "VBN" and not found.auxiliaries
        if dep == "conj":
            upper = self.arguments(head)
            if upper.passive and tag == "VBN" and not found.object:
                found.passive = True
                found.agent = found.agent or list(upper.agent)
            return list(upper.surface)
        if dep.startswith("acl"):
            return self._subject_of_noun_clause(verb, head, found, participle)
        if participle and (dep in {"advcl", "parataxis"} or (dep == "xcomp" and not found.object)):
            found.passive = True
        if dep in {"xcomp", "advcl", "ccomp", "parataxis"}:
            return self._controller(verb, head)
        return []

    def _subject_of_noun_clause(
        self, verb: int, head: int, found: Arguments, participle: bool
    ) -> list[int]:
        if self.is_verb(head):
            return self._controller(verb, head)
        if self.tag[verb] in {"VB", "VBP"} or "to" in self.marks(verb):
            return self._owner(head)
        if participle and not found.object:  # with an object of its own it is a misread past tense
            found.passive = True
            if "by" in found.oblique and not found.agent:
                found.agent = list(found.oblique["by"])
        if self.tag[verb] == "VBG" and "of" in self.marks(verb):
            governor = self.head[head]
            if self.lemma[head] in self.patterns.lists["suspicions"] and self.is_verb(governor):
                above = self.arguments(governor)  # "held two men on suspicion of arming rebels"
                return list(above.object[:1] or above.surface)
            return (
                [head] if self.dep[head] == "obj" and self.is_verb(governor) else self._owner(head)
            )
        return [head]

    def _owner(self, noun: int) -> list[int]:
        """Who a plan, offer or threat belongs to: its possessor, else the governing subject."""
        for kid in self.kids[noun]:
            if self.dep[kid] == "nmod:poss":
                return [kid]
        for kid in self.kids[noun]:
            if self.dep[kid] == "nmod" and {"by", "of"} & set(self.prepositions(kid)):
                return [kid]
        named = [kid for kid in self.modifiers(noun) if self.doc[kid].text[:1].isupper()]
        if named:
            return named[:1]  # "the Kenyan decision to leave"
        governor = self.head[noun]
        if (
            governor != noun
            and self.is_verb(governor)
            and self.dep[noun] in {"obj", "obl", "xcomp"}
        ):
            return list(self.arguments(governor).subject)
        return [governor] if self.dep[noun] == "appos" else []

    def _controller(self, verb: int, head: int) -> list[int]:
        if not self.is_verb(head):
            if self.tag[verb] == "VBG" and self.word[max(0, verb - 1)] == ",":
                return self._main_subject(head)  # "… is a mediator, accusing it of …"
            return list(self.arguments(head).surface) if self.tag[head].startswith("JJ") else []
        upper = self.arguments(head)
        if self.dep[verb] == "ccomp":
            for kid in self.kids[head]:  # "which the UN says backs the rebels"
                if self.word[kid] in RELATIVES and not self.dep[kid].startswith("nsubj"):
                    return [self.antecedent(kid)]
        if {"of", "from"} & self.marks(verb) and upper.object:  # "accused Kenya of arming"
            return list(upper.object[:1])
        if self.dep[verb] == "advcl" and "to" not in self.marks(verb):
            return list(upper.surface)
        lists = self.patterns.lists  # "used force to crush": who used it
        if self.lemma[head] in lists["subject_control"] | lists["means"] and not upper.passive:
            return list(upper.surface)
        infinitive = "to" in self.marks(verb) or self.dep[verb] == "xcomp"
        if infinitive and not upper.passive:
            for words in (upper.object, upper.oblique.get("on"), upper.oblique.get("upon")):
                persons = [
                    word for word in words or [] if self.can_act(word) and not self.is_time(word)
                ]
                if persons:
                    return persons
        return list(upper.surface)

    def _main_subject(self, index: int) -> list[int]:
        """The subject of the nearest verb above a word."""
        for _ in range(_DEPTH):
            if self.is_verb(index) or self.head[index] == index:
                break
            index = self.head[index]
        return list(self.arguments(index).surface) if self.is_verb(index) else []
