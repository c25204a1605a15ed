"""A story's dependency tree as the patterns ask about it.

Everything is a token index. ``Syntax`` reads the Doc once into plain lists (asking spaCy for a
token's children again and again costs more than all patterns together) and answers: who is the
subject of this verb, also where it is shared, inherited or understood; which noun stands behind
which preposition; which clause hangs on what.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.coding.calendar_words import MONTHS, WEEKDAYS
from dragoman.coding.patterns.repairs import (
    reattach_gerunds,
    reattach_past_tenses,
    reattach_relatives,
    reattach_subjects,
    rejoin_subjects,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.patterns.table import Patterns

_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "offer", "swear", "agree"})
_SUPPOSING = frozenset({"if", "unless", "lest"})
_NOMINAL = ("NN", "PRP", "CD", "DT", "WP", "JJ")
_DEPTH = 8
#: Tokens that may stand between a noun and a word before it that describes it.
_NEAR = 6
_TIMES = frozenset(
    [*WEEKDAYS, *(name for name in MONTHS if name), "today", "yesterday", "tomorrow", "tonight",
     "week", "month", "year", "weekend", "morning", "evening", "afternoon", "night"]
)  # fmt: skip


@dataclass
class Arguments:
    """What hangs on a verb (or a predicate adjective), voice already undone.

    ``oblique`` maps a preposition to its nouns ("" where there is none).
    """

    subject: list[int] = field(default_factory=list)
    object: list[int] = field(default_factory=list)
    indirect: list[int] = field(default_factory=list)
    agent: list[int] = field(default_factory=list)
    oblique: dict[str, list[int]] = field(default_factory=dict)
    clauses: list[int] = field(default_factory=list)
    particles: list[int] = field(default_factory=list)
    adverbs: list[int] = field(default_factory=list)
    auxiliaries: list[int] = field(default_factory=list)
    passive: bool = False
    surface: list[int] = field(default_factory=list)


class Syntax:
    """The tree of one Doc. Never raises on odd trees (cycles, no root, no tags)."""

    def __init__(self, doc: Doc, patterns: Patterns) -> None:
        self.doc = doc
        self.patterns = patterns
        size = len(doc)
        tokens = list(doc)
        self.word: list[str] = [token.lower_ for token in tokens]
        self.tag: list[str] = [token.tag_ for token in tokens]
        self.dep: list[str] = [token.dep_ for token in tokens]
        self.head: list[int] = [token.head.i for token in tokens]
        self.kids: list[list[int]] = [[] for _ in range(size)]
        for index, head in enumerate(self.head):
            if head != index:
                self.kids[head].append(index)
        rejoin_subjects(self.word, self.dep, self.head, self.kids)
        reattach_subjects(self.dep, self.head, self.kids)
        reattach_relatives(self.tag, self.dep, self.head, self.kids)
        reattach_gerunds(self.tag, self.dep, self.head, self.kids)
        reattach_past_tenses(self.tag, self.dep, self.head, self.kids)
        of = patterns.lemmas.of
        self.lemma: list[str] = [of(token.text, token.tag_, token.lemma_) for token in tokens]
        self.sentence_starts: list[int] = [sentence.start for sentence in doc.sents]
        self._arguments: dict[int, Arguments] = {}

    # -- parts of speech ---------------------------------------------------------------------

    def is_verb(self, index: int) -> bool:
        """Whether the token is used as a verb, also where the tagger took it for a noun."""
        tag = self.tag[index]
        if tag.startswith("VB"):
            if tag in {"VBN", "VBG"} and self.dep[index] in {"amod", "compound"}:
                return False
            if tag == "VBN" and any(self.dep[kid] == "cop" for kid in self.kids[index]):
                return False  # "we are disappointed that"
            return not (tag == "VBG" and (self._like_noun(index) or self._measured(index)))
        if tag.startswith("NN") and self.dep[index] in {"ROOT", "root", "conj", "ccomp", "advcl"}:
            below = [self.dep[kid] for kid in self.kids[index]]
            return "cop" not in below and any(dep.startswith("nsubj") for dep in below)
        return False

    def is_noun(self, index: int) -> bool:
        """Whether the token is used as a noun ("the bombing of" counts)."""
        tag = self.tag[index]
        return tag.startswith("NN") or (
            tag == "VBG" and (self._like_noun(index) or self._measured(index))
        )

    def _measured(self, index: int) -> bool:
        """ "after months of shelling": a noun, though it looks like a verb."""
        measure = self.lemma[self.head[index]] if self.head[index] != index else ""
        return (
            (measure in _TIMES or measure in {"day", "hour", "series", "bout", "wave", "round"})
            and "of" in self.marks(index)
            and not any(self.dep[kid] in {"obj", "aux", "nsubj"} for kid in self.kids[index])
        )

    def _like_noun(self, index: int) -> bool:
        return any(
            self.dep[kid] in {"det", "nmod:poss", "amod"} for kid in self.kids[index]
        ) and not any(self.dep[kid] in {"obj", "aux", "nsubj"} for kid in self.kids[index])

    # -- verbs -------------------------------------------------------------------------------

    def arguments(self, verb: int) -> Arguments:
        """What hangs on a verb or predicate adjective; held for the next question."""
        found = self._arguments.get(verb)
        if found is None:
            found = self._arguments[verb] = Arguments()  # a cycle finds the empty one
            self._own(verb, found)
            self._settle_voice(verb, found)
        return found

    def _own(self, verb: int, found: Arguments) -> None:
        unsure = False  # a passive subject without "was" is now and then a misread past tense
        for kid in self.kids[verb]:
            dep = self.dep[kid]
            if dep in {"nsubj", "nsubj:outer"}:
                found.surface.append(self.antecedent(kid))
            elif dep == "nsubj:pass":
                found.surface.append(self.antecedent(kid))
                unsure = True
            elif dep == "aux:pass":
                found.passive = True
            elif dep == "aux":
                found.auxiliaries.append(kid)
            elif dep == "obj":
                self._object(kid, found)
            elif dep == "iobj":
                found.indirect.append(kid)
            elif dep == "obl:agent" and "according" not in self.prepositions(kid):
                found.agent.append(kid)
            elif dep.startswith(("obl", "nmod")):
                self._oblique(kid, found)
            elif dep == "compound:prt":
                found.particles.append(kid)
            elif dep.startswith("advmod"):
                found.adverbs.append(kid)
            elif dep == "advcl" and _SUPPOSING & self.marks(kid):
                continue  # "unless Chad pays" is no content of the verb above
            elif (
                dep in {"xcomp", "ccomp", "advcl", "acl", "csubj"}
                or dep.startswith("acl")
                or (dep == "parataxis" and "that" in self.marks(kid))
            ):
                found.clauses.append(kid)
        bare = self.tag[verb] == "VBN" and not found.auxiliaries and not found.surface
        if bare and "by" in found.oblique and not found.object:
            found.passive = True
        if unsure and not (found.object or found.clauses):
            found.passive = True
        if "by" in found.oblique and found.passive and not found.agent:
            found.agent = list(found.oblique["by"])
        if not found.object and found.indirect:  # "asked Togo to", "warned Japan that"
            found.object = list(found.indirect)
            for person in found.indirect:
                found.clauses += [
                    kid for kid in self.kids[person] if self.dep[kid] in {"acl", "advcl"}
                ]
        if not found.object:  # a bare noun hung on as xcomp is most often a misread object
            found.object = [
                kid
                for kid in found.clauses
                if self.dep[kid] == "xcomp" and self.tag[kid] in {"NNP", "NNPS", "NNS", "NN"}
            ]

    def _object(self, kid: int, found: Arguments) -> None:
        found.object.append(self.antecedent(kid))
        for below in self.kids[kid]:  # "accused Russia of plotting" is often hung on "Russia"
            if self.dep[below] in {"acl", "advcl", "ccomp", "xcomp"}:
                found.clauses.append(below)

    def _oblique(self, kid: int, found: Arguments) -> None:
        for preposition in self.prepositions(kid):
            found.oblique.setdefault(preposition, []).append(kid)
        for below in self.kids[kid]:
            if self.dep[below] in {"acl", "advcl", "ccomp"} and self.dep[kid].startswith("obl"):
                found.clauses.append(below)

    def prepositions(self, noun: int) -> list[str]:
        """The prepositions before a noun, [""] where there is none."""
        found = [self.word[kid] for kid in self.kids[noun] if self.dep[kid] == "case"]
        if not found:  # now and then the parser hangs it on the second part of a name
            found = [
                self.word[below]
                for kid in self.kids[noun]
                if self.dep[kid] == "flat"
                for below in self.kids[kid]
                if self.dep[below] == "case"
            ]
        return [word for word in found if word not in {"'s", "’s", "'", "’"}] or [""]

    def _settle_voice(self, verb: int, found: Arguments) -> None:
        if not found.surface:
            found.surface = self._understood_subject(verb, found, 0)
        if found.passive:
            found.object = found.surface + found.object
            found.subject = list(found.agent)
        else:
            found.subject = list(found.surface)

    def _understood_subject(self, verb: int, found: Arguments, depth: int) -> list[int]:
        """The subject a verb without one shares with, or takes from, the verb above it."""
        dep, head, tag = self.dep[verb], self.head[verb], self.tag[verb]
        if head == verb or depth > _DEPTH:
            return []
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
                if self.word[kid] in _RELATIVES and not self.dep[kid].startswith("nsubj"):
                    return [self.antecedent(kid)]
        if {"of", "from"} & self.marks(verb) and upper.object:  # "accused Kenya of arming"
            return list(upper.object[:1])
        if self.dep[verb] == "advcl" and "to" not in self.marks(verb):
            return list(upper.surface)
        if self.lemma[head] in _SUBJECT_CONTROL and not upper.passive:
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

    def marks(self, verb: int) -> set[str]:
        """The words that open a clause: "to", "of", "if", "that"."""
        return {self.word[kid] for kid in self.kids[verb] if self.dep[kid] in {"mark", "case"}}

    def antecedent(self, index: int) -> int:
        """The noun a relative pronoun stands for; any other token itself."""
        if self.word[index] in _RELATIVES and self.tag[index] in {"WDT", "WP", "WP$", "IN", "DT"}:
            verb = self.head[index]
            for _ in range(3):
                if self.dep[verb].startswith("acl"):
                    return self.head[verb]
                if self.head[verb] == verb:
                    break
                if self.dep[verb] == "advcl" and self.word[index] == "which":
                    return next(
                        (
                            kid
                            for kid in self.kids[self.head[verb]]
                            if self.dep[kid] == "obj" and kid < index
                        ),
                        index,
                    )
                verb = self.head[verb]
        return index

    # -- nouns -------------------------------------------------------------------------------

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

    def modifiers(self, noun: int) -> list[int]:
        """Adjectives and nouns before a noun, nested compounds included."""
        found = []
        for kid in self.kids[noun]:
            if (
                self.dep[kid] in {"amod", "compound", "nmod:desc", "nmod"}
                and 0 < noun - kid <= _NEAR
            ):
                if self.dep[kid] == "nmod" and self.prepositions(kid) != [""]:
                    continue
                if self.dep[kid] == "nmod:desc" and self.tag[noun] == "NNP":
                    continue  # the title of a name
                found.append(kid)
                found += [
                    below
                    for below in self.kids[kid]
                    if self.dep[below] in {"amod", "compound"} or self._leads(below, kid)
                ]
        return found

    def _leads(self, name: int, participle: int) -> bool:
        """ "a Kenyan-led raid": whose deed it is stands before a participle of leading."""
        led = self.lemma[participle] in self.patterns.lists["led_by"]
        return led and self.dep[name].startswith("obl") and name < participle

    def possessors(self, noun: int) -> list[int]:
        """Whose it is: "Kenya's attack", "its attack"."""
        return [
            self.antecedent(kid) if self.word[kid] == "whose" else kid
            for kid in self.kids[noun]
            if self.dep[kid] == "nmod:poss"
        ]

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

    def subtree(self, index: int) -> list[int]:
        """The token and all below it, in order of the text; walks with its own stack."""
        found, stack = {index}, [index]
        while stack:
            for kid in self.kids[stack.pop()]:
                if kid not in found:
                    found.add(kid)
                    stack.append(kid)
        return sorted(found)

    def conjuncts(self, index: int) -> list[int]:
        """The token and what is joined to it by "and" or commas."""
        found = [index]
        for kid in self.kids[index]:
            if self.dep[kid] == "conj":
                found += self.conjuncts(kid)
        return found

    # -- what a word is ----------------------------------------------------------------------

    def can_act(self, index: int) -> bool:
        """Whether a word may name someone who acts: a name, a pronoun, a role, a body."""
        tag = self.tag[index]
        if tag.startswith("NNP") or self.doc[index].ent_type_:
            return True
        if tag.startswith("JJ") and self.doc[index].text[:1].isupper():
            return True  # "Russian"
        if self.lemma[index] in self.patterns.lists["actor_nouns"]:
            return True
        if self.word[index] in self.patterns.lists["actor_nouns"]:
            return True
        return self.tag[index].startswith("NN") and any(
            self.doc[kid].text[:1].isupper() and self.dep[kid] in {"amod", "compound", "nmod:poss"}
            for kid in self.kids[index]
        )

    def is_plural(self, index: int) -> bool:
        """Whether a word names more than one."""
        if self.tag[index] in {"NNS", "NNPS"} or self.word[index] in {
            "they",
            "we",
            "both",
            "sides",
        }:
            return True
        return len(self.conjuncts(index)) > 1

    def is_time(self, index: int) -> bool:
        """Whether a word is a day, month or other stretch of time (the person "May" is none)."""
        return self.word[index] in _TIMES and self.doc[index].ent_type_ not in {"PER", "PERSON"}

    def is_place(self, index: int) -> bool:
        """Whether a word names a place."""
        return self.doc[index].ent_type_ in {"LOC", "GPE", "FAC"} or (
            self.lemma[index] in self.patterns.lists["place_word"]
        )
