"""A story's dependency tree as plain lists, and what its words are.

Everything is a token index. ``Tree`` reads the Doc once (asking spaCy for a token's children again
and again costs more than all patterns together) and answers what needs no knowledge of who does
what: whether a word is used as a verb, which preposition stands before it, what describes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.attrs import LEMMA

from dragoman.coding.patterns.arguments import RELATIVES
from dragoman.coding.patterns.repairs import (
    reattach_gerunds,
    reattach_participles,
    reattach_past_tenses,
    reattach_relatives,
    reattach_subjects,
    rejoin_subjects,
    reroot_infinitives,
)
from dragoman.days import MONTHS, WEEKDAYS
from dragoman.entities.words import words_of, written

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.patterns.table import Patterns

#: Tokens that may stand between a noun and a word before it that describes it.
_NEAR = 6
_TIMES = frozenset(
    [*WEEKDAYS, *MONTHS, "today", "yesterday", "tomorrow", "tonight",
     "week", "month", "year", "weekend", "morning", "evening", "afternoon", "night"]
)  # fmt: skip


_LEFT_OUT = frozenset({"rather", "instead", "not"})


class Tree:
    """The tree of one Doc, slips of the parser put right.

    Never raises on odd trees (cycles, no root, no tags).

    Args:
        doc: the parsed story.
        patterns: whose lemmas and word lists hold.
    """

    def __init__(self, doc: Doc, patterns: Patterns) -> None:
        self.doc = doc
        self.patterns = patterns
        words = words_of(doc)
        self.word, self.tag = words.lowers, words.tags
        self.dep, self.head = [*words.deps], [*words.above]  # which slips are put right in
        self.kids: list[list[int]] = [[*kids] for kids in words.kids]
        rejoin_subjects(self.word, self.dep, self.head, self.kids)
        reattach_subjects(self.dep, self.head, self.kids)
        reattach_participles(self.tag, self.dep, self.head, self.kids)
        reattach_relatives(self.tag, self.dep, self.head, self.kids)
        reattach_gerunds(self.tag, self.dep, self.head, self.kids)
        reattach_past_tenses(self.tag, self.dep, self.head, self.kids)
        of = patterns.lemmas.of
        lemmas = written(doc.to_array(LEMMA).tolist(), doc.vocab.strings)
        self.lemma: list[str] = [*map(of, words.texts, self.tag, lemmas)]
        self.sentence_starts = words.sentences
        acting = patterns.lists["actor_nouns"]
        reroot_infinitives(
            self.word, self.tag, self.dep, self.head, self.kids,
            [i for i, name in enumerate(self.dep) if name == "ROOT" and self.lemma[i] in acting],
        )  # fmt: skip

    # -- how a word is used ----------------------------------------------------------------------

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

    # -- what stands before and below a word -----------------------------------------------------

    def marks(self, verb: int) -> set[str]:
        """The words that open a clause: "to", "of", "if", "that"."""
        return {self.word[kid] for kid in self.kids[verb] if self.dep[kid] in {"mark", "case"}}

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

    def antecedent(self, index: int) -> int:
        """The noun a relative pronoun stands for; any other token itself."""
        if self.word[index] in RELATIVES and self.tag[index] in {"WDT", "WP", "WP$", "IN", "DT"}:
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
        """The token and what is joined to it by "and" or commas; no noun after "rather than"."""
        found = [index]
        for kid in self.kids[index]:
            if self.dep[kid] == "conj" and not self._is_left_out(kid):
                found += self.conjuncts(kid)
        return found

    def first_joined(self, index: int) -> int:
        """The first of the words that a word is joined to ("Chad" for "Oman" of "Chad and Oman")."""
        while self.dep[index] == "conj" and self.head[index] != index:
            index = self.head[index]
        return index

    def _is_left_out(self, noun: int) -> bool:
        """Whether a joined noun is who it is not: "Chad rather than Oman", "Chad, not Oman"."""
        before = {self.word[kid] for kid in self.kids[noun] if kid < noun}
        return not self.is_verb(noun) and bool(before & _LEFT_OUT)

    # -- what a word is --------------------------------------------------------------------------

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

    def is_apart(self, clause: int) -> bool:
        """Whether a clause tells of a time of its own: "two days after rebels took the town"."""
        return self.dep[clause] == "advcl" and any(
            self.word[kid] in {"after", "before"}
            and self.lemma[kid - 1] in self.patterns.lists["measures"]
            for kid in self.kids[clause]
        )

    def is_off(self, first: int, head: int) -> bool:
        """Whether a place from ``first`` on is only that off which something was ("seized off Yemen"); in
        "sealed off Goma" the town is struck."""
        if not first or self.word[first - 1] != "off":
            return False
        verb = self.head[first - 1 if self.dep[first - 1] == "compound:prt" else head]
        return self.lemma[verb] not in self.patterns.lists["closes_off"]

    def is_mission(self, index: int) -> bool:
        """Whether a noun is the house of a state in another ("the Argentine embassy residence")."""
        near = (index, *self.kids[index])
        return any(self.lemma[word] in self.patterns.lists["embassy"] for word in near)

    def is_place(self, index: int) -> bool:
        """Whether a word names a place."""
        return self.doc[index].ent_type_ in {"LOC", "GPE", "FAC"} or (
            self.lemma[index] in self.patterns.lists["place_word"]
        )
