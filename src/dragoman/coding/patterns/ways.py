"""Follows the ways that patterns name through a sentence's tree ("obj.poss", "obl:with")."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.patterns.quoted import saying_verb
from dragoman.coding.patterns.syntax import Syntax

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.coding.patterns.table import Patterns, Way

_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "would", "wo"})
_CONDITIONS = frozenset({"if", "unless", "until"})
_WHILE = frozenset({"during", "after", "in", "at", "before", "following", "through", "for", "on"})
_ONLY = frozenset({"only", "just", "merely", "simply"})
_CALLED = frozenset({"appos", "nmod:desc"})
_BEING = frozenset({"is", "are", "'s", "'re", "’s", "’re", "'m", "’m", "am"})
_FINITE = _BEING | {"was", "were", "has", "have", "had", "will", "did", "does"}
_WH = frozenset({"what", "when", "where", "how", "why", "whether", "if", "who"})


class Word(NamedTuple):
    """Something a test can look at: its lemma and its token, where it has one."""

    text: str
    token: int | None


class Ways:
    """Where a way leads from a token: to tokens (``follow``) or to words (``words``)."""

    def __init__(self, syntax: Syntax, patterns: Patterns) -> None:
        self.syntax = syntax
        self.patterns = patterns
        self._signs: dict[str, Callable[[int], list[Word]]] = {
            "neg": self._negations,
            "tense": self._tense,
            "voice": self._voice,
            "aux": self._auxiliaries,
            "joint": self._joint,
            "irrealis": self._irrealis,
            "scheduled": self._scheduled,
            "obj_of": self._governors,
            "subj_of": self._own_verb,
            "lemma": lambda token: [Word(self.syntax.lemma[token], token)],
            "clause_of": self._future_sign,
            "inf": lambda token: self._mark(token, frozenset({"to"})),
            "wh": lambda token: self._mark(token, _WH),
            "form": self._form,
            "under": self._under,
        }

    def follow(self, token: int, way: Way, kind: str) -> list[int]:
        """The tokens at the end of a way. ``kind`` (verb, noun, adj) is that of the first token."""
        here = [token]
        for number, step in enumerate(way):
            following: list[int] = []
            for index in here:
                found = self._step(index, step, kind if number == 0 else self._kind(index))
                following += [item for item in found if item not in following]
            here = following
            if not here:
                break
        return here

    def words(self, token: int, way: Way, kind: str) -> list[Word]:
        """The words at the end of a way, for a test to look at."""
        *before, last = way
        if last == "same":
            return [Word("clause.subj", None)] if self.same_subject(token) else []
        here = self.follow(token, tuple(before), kind) if before else [token]
        sign = self._signs.get(last)
        if sign is not None:
            return [word for index in here for word in sign(index)]
        if last == "lv" and kind == "noun":
            return [Word(self.syntax.lemma[verb], verb) for verb in self._light_verbs(token)]
        if not before and last == "of" and kind == "verb":
            return self._content(token)
        tokens = self.follow(token, way, kind)
        return [
            Word(self.syntax.lemma[item], item)
            for index in tokens
            for item in (index, *(() if self.syntax.is_verb(index) else self._further(index)))
        ]

    def same_subject(self, token: int) -> bool:
        """Whether the clause below a verb has the verb's own subject."""
        own = self.syntax.arguments(token)
        for clause in own.clauses:
            if clause < token and self.syntax.dep[clause] == "advcl":
                continue  # "without naming it, Chad warned that …"
            below = self.syntax.arguments(clause).surface
            if set(below) & set(own.surface):
                return True
            if any(self.syntax.word[item] in {"it", "he", "she", "we"} for item in below):
                return True
            many = any(self.syntax.is_plural(item) for item in own.surface)
            if many and any(self.syntax.word[item] == "they" for item in below):
                return True
        return False

    def _under(self, token: int) -> list[Word]:
        """The verb that a participle follows from: "the bridge collapsed, killing ten"."""
        syntax = self.syntax
        while syntax.dep[token] == "conj":
            token = syntax.head[token]
        follows = syntax.dep[token] == "advcl" and syntax.tag[token] == "VBG"
        above = syntax.head[token]
        return [Word(syntax.lemma[above], above)] if follows and not syntax.marks(token) else []

    def _kind(self, index: int) -> str:
        if self.syntax.is_verb(index):
            return "verb"
        return "noun" if self.syntax.is_noun(index) else "adj"

    def _step(self, index: int, step: str, kind: str) -> list[int]:
        if step == "any":
            return [
                item
                for item in self.syntax.subtree(index)
                if item != index and self.syntax.can_act(item)
            ][:1]
        if step == "speaker":
            return self._speaker(index)
        if step == "if":
            return self._condition_subject(index)
        return self._from_noun(index, step) if kind == "noun" else self._from_verb(index, step)

    def _from_verb(self, index: int, step: str) -> list[int]:
        found = self.syntax.arguments(index)
        if step == "subj":
            return found.subject
        if step == "obj":  # "denounced as a crime the raid": the object may come late, unmarked
            return found.object or [
                noun for noun in found.oblique.get("", []) if not self.syntax.is_time(noun)
            ]
        if step == "iobj":
            return found.indirect
        if step == "agent":
            return found.agent
        if step == "clause":
            return found.clauses
        if step == "prt":
            return found.particles
        if step == "advmod":
            return found.adverbs
        if step == "xcomp":
            return [*found.clauses, *self._predicates(index)]
        if step == "as":
            return found.oblique.get("as", [])
        preposition = step.removeprefix("obl:")
        direct = found.oblique.get(preposition, [])
        if direct or step in {"poss", "mod", "between"}:
            return direct or self._from_noun(index, step)
        # the parser often hangs the phrase on the object
        return [item for noun in found.object for item in self.syntax.behind(noun, preposition)]

    def _predicates(self, index: int) -> list[int]:
        return [kid for kid in self.syntax.kids[index] if self.syntax.dep[kid] in {"xcomp", "obj"}]

    def _from_noun(self, index: int, step: str) -> list[int]:
        syntax = self.syntax
        if step == "poss":
            return syntax.possessors(index)
        if step == "mod":
            return syntax.modifiers(index)
        if step == "called":
            return [kid for kid in syntax.kids[index] if syntax.dep[kid] in _CALLED]
        if step == "lv":
            return [
                subject
                for verb in self._light_verbs(index)
                for subject in syntax.arguments(verb).subject
            ]
        if step == "hs":
            return self._head_subject(index)
        if step == "clause":
            return [
                kid
                for kid in syntax.kids[index]
                if syntax.dep[kid].startswith(("acl", "advcl", "xcomp", "ccomp"))
            ]
        if step in {"subj", "obj"}:
            return syntax.arguments(index).subject if step == "subj" else []
        preposition = step.removeprefix("obl:")
        found = syntax.behind(index, preposition)
        if not found and preposition == "by":
            return self._agent_beside(index)
        verb = syntax.governing_verb(index)
        if not found and verb is None and preposition in {"with", "to"}:
            above = syntax.head[index]
            if syntax.dep[index] == "obl" and syntax.is_verb(above):
                verb = above
        if not found and verb is not None and preposition != "by":
            found = [
                noun
                for noun in syntax.arguments(verb).oblique.get(preposition, [])
                if noun != index
            ]
        return found

    def _agent_beside(self, noun: int) -> list[int]:
        """ "led to resignations by ministers": the parser hung the doers on an active verb."""
        syntax = self.syntax
        above = syntax.head[noun]
        if not syntax.dep[noun].startswith(("obl", "obj")) or not syntax.is_verb(above):
            return []
        arguments = syntax.arguments(above)
        if arguments.passive or not arguments.surface:
            return []
        found = [*arguments.oblique.get("by", []), *arguments.agent]
        return [item for item in found if noun < item < noun + 9]

    def _head_subject(self, noun: int) -> list[int]:
        """ "during a visit to Chad, Modi said": the subject of the verb the phrase hangs on."""
        syntax = self.syntax
        above = syntax.head[noun]
        if syntax.dep[noun] != "obl" or not syntax.is_verb(above):
            return []
        if not _WHILE & set(syntax.prepositions(noun)):
            return []
        return syntax.arguments(above).subject

    def _light_verbs(self, noun: int) -> list[int]:
        verb = self.syntax.governing_verb(noun)
        if verb is None or self.syntax.lemma[verb] not in self.patterns.lists["light_verbs"]:
            return []
        return [verb]

    def _content(self, verb: int) -> list[Word]:
        """What someone is accused of: nouns after "of", gerunds, and their objects."""
        found = self.syntax.arguments(verb)
        heads = [*found.oblique.get("of", []), *found.oblique.get("for", []), *found.clauses]
        heads += [item for noun in found.object for item in self.syntax.behind(noun, "of")]
        below = [item for head in found.clauses for item in self.syntax.arguments(head).object]
        further = [item for head in heads for item in self.syntax.conjuncts(head)]
        return [Word(self.syntax.lemma[item], item) for item in (*further, *below)]

    def _further(self, index: int) -> list[int]:
        """Words joined to a word, and what "a number of troops" is a number of."""
        found = self.syntax.conjuncts(index)[1:]
        if self.syntax.lemma[index] in self.patterns.lists["quantities"]:
            for noun in self.syntax.behind(index, "of"):
                found += [noun, *self.syntax.conjuncts(noun)[1:]]
        return found

    def _condition_subject(self, index: int) -> list[int]:
        """ "unless Chad withdraws": the subject of the condition below or beside a verb."""
        syntax = self.syntax
        near = [index, *syntax.arguments(index).clauses]
        return [
            subject
            for verb in near
            for kid in syntax.kids[verb]
            if syntax.dep[kid] == "advcl" and _CONDITIONS & syntax.marks(kid)
            for subject in syntax.arguments(kid).subject
        ]

    def _speaker(self, index: int) -> list[int]:
        """The subject of the nearest verb of saying above."""
        reporting = self.patterns.governors["speaking"]
        for _ in range(6):
            above = self.syntax.head[index]
            for verb in (above, *self.syntax.kids[index]):
                if self.syntax.lemma[verb] in reporting and self.syntax.is_verb(verb):
                    return self.syntax.arguments(verb).subject
            if above == index:
                break
            index = above
        for step in (1, -1):  # a sentence of a longer quotation
            saying = saying_verb(self.syntax, index, step)
            if saying is not None:
                return self.syntax.arguments(saying).subject
        return []

    # -- signs: what a test asks that is no dependent ---------------------------------------------

    def _negations(self, index: int) -> list[Word]:
        words = self.patterns.governors["negation"]
        return [
            Word(self.syntax.word[kid], kid)
            for kid in self.syntax.kids[index]
            if self.syntax.word[kid] in words and kid < index and not self._only(kid)
        ]

    def _only(self, negation: int) -> bool:
        """ "would not only leave": nothing is denied."""
        following = negation + 1
        return following < len(self.syntax.word) and self.syntax.word[following] in _ONLY

    def _tense(self, index: int) -> list[Word]:
        tag = self.syntax.tag[index]
        past = (
            tag == "VBD"
            or (tag == "VBN" and not self._is_present(index))
            or any(
                self.syntax.word[kid] in {"did", "had", "was", "were"}
                for kid in self.syntax.kids[index]
            )
        )
        return [Word("past" if past else "present", None)]

    def _voice(self, index: int) -> list[Word]:
        return [Word("passive" if self.syntax.arguments(index).passive else "active", None)]

    def _form(self, index: int) -> list[Word]:
        """How a verb stands: its relation to what is above, and "reduced" without a subject."""
        dep, tag = self.syntax.dep[index], self.syntax.tag[index]
        found = [Word(dep, None)]
        if dep == "acl" and tag == "VBG":
            found.append(Word("reduced", None))
        if tag == "VB" and "to" in self.syntax.marks(index):
            found.append(Word("infinitive", None))
        if tag in {"VBZ", "VBD"} or any(
            self.syntax.word[kid] in _FINITE for kid in self.syntax.kids[index]
        ):
            found.append(Word("indicative", None))
        present = tag in {"VBZ", "VBP"} or (tag in {"VBG", "VBN"} and self._is_present(index))
        if tag == "VBG":
            found.append(Word("progressive", None))
        if present and dep == "acl:relcl":
            found.append(Word("describing", None))
        return found

    def _is_present(self, index: int) -> bool:
        return any(self.syntax.word[kid] in _BEING for kid in self.syntax.kids[index])

    def _auxiliaries(self, index: int) -> list[Word]:
        return [
            Word(self.syntax.word[kid], kid)
            for kid in self.syntax.kids[index]
            if self.syntax.dep[kid].startswith("aux")
        ]

    def _mark(self, index: int, words: frozenset[str]) -> list[Word]:
        return [
            Word(self.syntax.word[kid], kid)
            for kid in self.syntax.kids[index]
            if self.syntax.word[kid] in words
        ]

    def _joint(self, index: int) -> list[Word]:
        near = [index, *self.syntax.arguments(index).object]
        for noun in list(near):
            near += self.syntax.kids[noun]
        joint = self.patterns.lists["joint"]
        found = [
            Word(self.syntax.word[item], item) for item in near if self.syntax.word[item] in joint
        ]
        own = self.syntax.arguments(index)
        found += [Word("with", item) for item in self._from_verb(index, "obl:with")]
        found += [
            Word("pair", item) for item in own.subject if len(self.syntax.conjuncts(item)) > 1
        ]
        return found

    def _irrealis(self, index: int) -> list[Word]:
        nouns = self.patterns.governors["irrealis_nouns"]
        found = [
            Word(self.syntax.word[kid], kid)
            for kid in self.syntax.kids[index]
            if self.syntax.word[kid] in nouns
        ]
        above = self.syntax.head[index]
        if self.syntax.lemma[above] in self.patterns.governors["hypothetical"]:
            found.append(Word(self.syntax.lemma[above], above))
        return found

    def _governors(self, index: int) -> list[Word]:
        above = self.syntax.head[index]
        if above == index or self.syntax.dep[index].startswith(("nsubj", "conj")):
            if self.syntax.dep[index] != "nsubj:pass":
                return []
        return [Word(self.syntax.lemma[above], above)]

    def _own_verb(self, index: int) -> list[Word]:
        """What a noun is the subject of, with its particle too ("talks broke down": "break", "break-down")."""
        verb = self.syntax.head[index]
        if verb == index or self.syntax.dep[index] != "nsubj":
            return []
        lemma = self.syntax.lemma[verb]
        parts = [
            Word(f"{lemma}-{self.syntax.word[kid]}", kid)
            for kid in self.syntax.kids[verb]
            if self.syntax.dep[kid] == "compound:prt" or self.syntax.dep[kid].startswith("advmod")
        ]
        return [Word(lemma, verb), *parts]

    def _scheduled(self, index: int) -> list[Word]:
        above = self.syntax.head[index]
        if not self.syntax.dep[index].startswith(("nsubj", "obj")) or above == index:
            return []
        words = self.patterns.governors["scheduled"]
        found = [
            Word(self.syntax.word[kid], kid)
            for kid in self.syntax.kids[above]
            if self.syntax.word[kid] in _FUTURE
        ]
        if self.syntax.lemma[above] in words or self.syntax.word[above] in words:
            if self.syntax.lemma[above] != "begin":
                found.append(Word(self.syntax.lemma[above], above))
        return found

    def _future_sign(self, index: int) -> list[Word]:
        return [
            Word("future", kid)
            for kid in self.syntax.kids[index]
            if self.syntax.word[kid] in _FUTURE
        ]
