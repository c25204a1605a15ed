"""Auxiliary modes: whether an event is negated, still to come, or only thought of.

The tree above the trigger is climbed while it belongs to one thought ("wants to try to attack");
the words on the way decide. The lists are in ``patterns/lists.toml`` under ``governors``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dragoman.coding.event_supposed import (
    comes_of,
    does_what_is_to_come,
    is_asked,
    is_awaited,
    is_due,
    is_folly,
    is_foregone,
    is_general,
    is_imagined,
    is_in_case,
    is_mandated,
    is_pictured,
    opens_with,
)
from dragoman.coding.event_undone import (
    is_called_false,
    is_decided_against,
    is_failure,
    is_left_undone,
)
from dragoman.coding.event_warned import is_warned_against
from dragoman.coding.patterns import Patterns, Syntax

#: Words that put something down with a particle only: "break up a march", "put down a revolt".
_WITH_PARTICLE = frozenset({"break", "put"})
_MODALS = frozenset({"may", "might", "could", "can", "should", "must", "ought"})
_WILL = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_HAVE = frozenset({"have", "'ve", "’ve"})
_CONDITIONS = frozenset({"if", "unless", "lest", "whether", "case", "event"})
_SUPPOSING = frozenset({"if", "unless", "lest"})
_TENSED = frozenset({"VBZ", "VBD"})
_ONLY = frozenset({"only", "just", "merely", "simply"})  # "not only left": nothing is denied
_NOBODY = frozenset({"none", "neither", "nobody", "nor"})
_NOTHING = frozenset({"nobody", "none", "nothing", "no-one"})
_CLAUSES = frozenset({"advcl", "ccomp", "csubj", "xcomp"})
_PAST_FOR = frozenset({"after", "following", "amid", "despite", "since"})
_ALREADY = frozenset({"despite", "amid", "since"})
_POINTING = frozenset({"the", "this", "these", "that"})
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_STEPS = 6
#: "In case of a Chadian attack": what stands before a noun that is only provided for, and how near.
_NEAR, _IN_CASE = 6, re.compile(r"\b(in case|in the event) of( \w+){0,3}$")


@dataclass
class Reality:
    """What the words above a trigger say: auxiliary modes, and the verb of saying, if any.

    ``speaker_verb`` is the token of the nearest verb of saying that governs the event;
    ``purpose`` is true for an infinitive of purpose ("sent troops to attack"), ``condition`` for
    what an if- or unless-clause merely supposes, ``supposed`` for what "would have" been done, ``asked``
    for what a question leaves open, ``nobody`` for what its subject says that nobody does.
    """

    aux: set[str] = field(default_factory=set)
    speaker_verb: int | None = None
    purpose: bool = False
    condition: bool = False
    supposed: bool = False
    asked: bool = False
    nobody: bool = False


class AuxiliaryModes:
    """Reads auxiliary modes off the tree."""

    def __init__(self, syntax: Syntax, patterns: Patterns) -> None:
        self.syntax = syntax
        self.governors = patterns.governors

    def of(self, token: int) -> Reality:
        """The auxiliary modes of the event whose trigger is ``token``."""
        found = Reality()
        if self.syntax.is_verb(token):
            self._verb(token, found)
        else:
            self._noun(token, found)
        self._climb(token, found)
        if is_pictured(self.syntax, token):
            found.condition = found.supposed = True
        if "negation" in found.aux and found.aux & {"hypothetical"}:
            found.aux.discard("hypothetical")
        return found

    def _verb(self, token: int, found: Reality) -> None:
        syntax = self.syntax
        would = False
        if is_failure(syntax, token) or "without" in syntax.marks(token):
            found.aux.add("negation")
        for kid in syntax.kids[token]:
            word, dep = syntax.word[kid], syntax.dep[kid]
            if dep.startswith("aux"):
                if word in _WILL or (word == "going"):
                    found.aux.add("future")
                elif word in _MODALS:
                    found.aux.add("hypothetical")
                would = would or word in {"would", "'d", "’d"}
            elif dep.startswith("advmod") and word in self.governors["negation"] and kid < token:
                if syntax.word[kid + 1] not in _ONLY:
                    found.aux.add("negation")
            elif word == "longer" and "no" in (syntax.word[below] for below in syntax.kids[kid]):
                found.aux.add("negation")  # "would no longer supply"
            elif dep == "mark" and word in _CONDITIONS and self.syntax.dep[token] == "advcl":
                found.aux.add("hypothetical")
            elif dep.startswith(("nsubj", "obj")) and self._is_nobody(kid):
                found.aux.add("negation")  # "no rebels left", "offered no talks"
                found.nobody = found.nobody or dep.startswith("nsubj")
            elif dep.startswith(("obl", "obj")) and self._is_nothing(kid):
                found.aux.add("negation")  # "take orders from no one", "sign nothing"
        if is_due(syntax, token):
            found.aux.add("future")
        if "to" in syntax.marks(token) and self._is_perfect(token) and not self._is_told_to(token):
            found.supposed = True  # "was to have flown to Oman"
            found.aux.add("hypothetical")
        if (would or "hypothetical" in found.aux) and self._is_perfect(token):
            found.supposed = True
        if would:
            to_come = not found.supposed and self._is_reported(token)
            found.aux.add("future" if to_come else "hypothetical")

    def _is_told_to(self, verb: int) -> bool:
        """ "Is said to have attacked": others report it as done."""
        above = self.syntax.head[verb]
        told = self.governors["reporting"] | self.governors["speaking"]
        return self.syntax.dep[verb] in {"xcomp", "ccomp"} and self.syntax.lemma[above] in told

    def _is_perfect(self, verb: int) -> bool:
        """ "Would have attacked", "could've been struck"."""
        return any(
            self.syntax.word[kid] in _HAVE and self.syntax.dep[kid].startswith("aux")
            for kid in self.syntax.kids[verb]
        )

    def _is_nobody(self, subject: int) -> bool:
        """ "No rebels", "none of the rebels", "neither Chad nor Oman", "not the army"."""
        syntax = self.syntax
        if syntax.word[subject] in _NOBODY:
            return True
        return any(
            (syntax.word[kid] in {"no", "neither"} and syntax.dep[kid] in {"det", "cc:preconj"})
            or (syntax.word[kid] in {"neither", "not"} and syntax.word[kid + 1] not in _ONLY)
            for kid in syntax.kids[subject]
            if kid < subject
        )

    def _is_nothing(self, other: int) -> bool:
        """ "From nobody", "to no one", "under no circumstances", "nothing"."""
        syntax = self.syntax
        if syntax.word[other] in _NOTHING:
            return True
        before = {syntax.word[kid] for kid in syntax.kids[other] if kid < other}
        return "no" in before and (syntax.word[other] == "one" or "under" in before)

    def _is_reported(self, token: int) -> bool:
        """Whether the clause is what someone said ("said it would"): "would" is then "will"."""
        syntax = self.syntax
        while syntax.dep[token] == "conj" and syntax.head[token] != token:
            token = syntax.head[token]
        above = syntax.head[token]
        if syntax.dep[token] in {"ccomp", "parataxis"}:
            return syntax.lemma[above] in self.governors["speaking"] | self.governors["reporting"]
        if syntax.dep[token].startswith("acl") and "that" in syntax.marks(token):
            return syntax.lemma[above] in self.governors["saying_nouns"]
        return any(
            syntax.dep[kid] in {"ccomp", "parataxis"}
            and syntax.lemma[kid] in self.governors["reporting"]
            for kid in syntax.kids[token]
        )

    def _noun(self, token: int, found: Reality) -> None:
        syntax = self.syntax
        before = " ".join(syntax.word[max(0, token - _NEAR) : token])
        if _IN_CASE.search(before):
            found.aux.add("hypothetical")
        for kid in syntax.kids[token]:
            word = syntax.word[kid]
            if syntax.dep[kid] == "det" and word in {"no", "neither"}:
                found.aux.add("negation")
            elif word in self.governors["irrealis_nouns"]:
                found.aux.add(
                    "future" if word in {"planned", "upcoming", "future"} else "hypothetical"
                )

    def _climb(self, token: int, found: Reality) -> None:
        syntax = self.syntax
        for _ in range(_STEPS):
            above, dep = syntax.head[token], syntax.dep[token]
            if is_asked(syntax, token):
                found.asked = found.condition = True
            if above == token:
                self._sign_beside(token, found)
                return
            if is_in_case(syntax, token) or (dep in _CLAUSES and _SUPPOSING & syntax.marks(token)):
                found.condition = True
            if dep == "advcl" and "until" in syntax.marks(token):
                found.condition = found.condition or is_awaited(syntax, token, above)
            if is_imagined(syntax, token) or is_folly(syntax, token):
                found.condition = found.supposed = True
            if opening := opens_with(syntax, token):
                found.condition = True
                found.supposed = found.supposed or opening == "had"
            if is_foregone(syntax, token):
                found.condition = found.supposed = True
            if is_mandated(syntax, token) or is_warned_against(syntax, token):
                found.condition = True
            if is_general(syntax, token) or "whether" in syntax.marks(token):
                found.condition = True
            if self._is_purpose_of(token, above, dep):
                found.purpose = True
            if self._is_reason(token, dep) or self._is_cause(token, above):
                return
            if self._is_past_for(token, dep):
                if not any(syntax.word[kid] in _ALREADY for kid in syntax.kids[token]):
                    self._inherit(above, found)  # not "despite a call for calm", which is there
                return
            lemma = syntax.lemma[above]
            reporting = lemma in self.governors["reporting"] and dep in {
                "ccomp",
                "parataxis",
                "obj",
            }
            if dep in {"obj", "obl"} and self._is_there(token, above):
                return
            if dep.startswith(("obj", "obl", "nmod")) and self._is_answered(token, above):
                return
            if self._is_done(token, above, dep):
                self._inherit(above, found)
                token = above
                continue
            if reporting and syntax.is_verb(above):
                found.speaker_verb = above
                if is_called_false(syntax, above):  # "apologised for reporting that"
                    found.aux.add("negation")
                if any(
                    syntax.word[kid] in self.governors["negation"] for kid in syntax.kids[above]
                ):
                    found.aux.add("hypothetical")
                return
            if dep.startswith("acl:relcl") or dep in {"parataxis", "appos", "nsubj", "nsubj:pass"}:
                manner = syntax.patterns.lists["manner"]  # "not going well": they go on
                below = {syntax.word[kid] for kid in syntax.kids[above]}
                occurs = lemma in syntax.patterns.lists["occurrence"] and not below & manner
                if dep.startswith("nsubj") and (occurs or dep == "nsubj:pass"):
                    self._inherit(above, found)
                if not does_what_is_to_come(syntax, token):
                    return
                token = above
                continue
            if dep.startswith("acl") and syntax.tag[token] in {"VBN", "VBD", "VBG"}:
                if not {"of", "that", "as"} & syntax.marks(token):
                    return  # "a tanker seized by": told as fact, whatever stands above
            if dep == "xcomp" and syntax.tag[token] == "VBN" and token < above:
                return  # "Oman, backed by Chad, wants to attack": told as fact
            self._governor(token, above, found)
            token = above

    def _is_past_for(self, token: int, dep: str) -> bool:
        """Whether what is still to come follows upon it: "agreed to reopen the border after talks"."""
        syntax = self.syntax
        return dep.startswith(("obl", "nmod")) and any(
            syntax.dep[kid] in {"case", "mark"} and syntax.word[kid] in _PAST_FOR
            for kid in syntax.kids[token]
        )

    def _is_cause(self, token: int, above: int) -> bool:
        """Whether harm is told as what something is done over or in response to: that it befell somebody is told as
        fact, whatever is threatened for it."""
        syntax, lists = self.syntax, self.syntax.patterns.lists
        if syntax.lemma[token] not in lists["violence_noun"] | lists["undergone"]:
            return False
        cases = set(syntax.prepositions(token))
        answers = "to" in cases and syntax.lemma[above] in lists["responses"]
        return "over" in cases or (answers and "in" in syntax.prepositions(above))

    def _is_reason(self, token: int, dep: str) -> bool:
        """Whether a clause of the past says upon what follows: "will meet after Oman deported miners"."""
        syntax = self.syntax
        past = dep == "advcl" and syntax.tag[token] == "VBD"
        return past and bool(syntax.marks(token) & (_PAST_FOR | {"because"}))

    def _is_done(self, token: int, above: int, dep: str) -> bool:
        """Whether a deed in an unreal place was done all the same.

        "Used tear gas to disperse them", "was able to bomb the town", "left to join the rebels",
        "emerged to massacre 200 people", "halted work to protest", "tried to storm the base", "has done the most to arm them".
        """
        syntax, lists = self.syntax, self.syntax.patterns.lists
        lemma, past = syntax.lemma[above], syntax.tag[above] in {"VBD", "VBN", "VBG"}
        if "to" not in syntax.marks(token):
            return False
        if lemma == "able":
            return any(syntax.word[kid] in {"was", "were"} for kid in syntax.kids[above])
        joins = any(
            lemma in lists[verbs] and syntax.lemma[token] in lists[goals]
            for verbs, goals in (("goes", "goals"), ("rallies", "cheers"), ("rallies", "decries"))
        )
        much = lemma == "do" and any(
            syntax.lemma[kid] in lists["much"] for kid in syntax.kids[above]
        )
        slain = lemma in lists["emerges"] and self._slays_counted(token)
        told = syntax.tag[above] == "VBD" or self._has_own_auxiliary(above)  # not "of trying to"
        tried = told and lemma in lists["attempts"] and syntax.lemma[token] in lists["attempted"]
        tried = tried and all(syntax.word[kid] != "vain" for kid in syntax.kids[above])
        airs = lemma in lists["airs"] and any(
            syntax.dep[kid] == "obl" and syntax.lemma[kid] in lists["platform"] | lists["streets"]
            for kid in syntax.kids[above]
        )  # "took to Twitter to denounce", "to the streets"
        done = joins or airs or slain or much or tried or lemma in lists["means"]
        done = done or (dep == "advcl" and syntax.lemma[token] in lists["decries"])
        return past and dep in {"advcl", "xcomp"} and done

    def _slays_counted(self, verb: int) -> bool:
        """ "Massacre 200 people": who is counted is dead."""
        syntax = self.syntax
        return syntax.lemma[verb] in syntax.patterns.lists["slays"] and any(
            syntax.dep[kid] == "obj"
            and any(syntax.dep[below] == "nummod" for below in syntax.kids[kid])
            for kid in syntax.kids[verb]
        )

    def _is_there(self, noun: int, verb: int) -> bool:
        """Whether what is to end goes on: "must end this crackdown", "stop its attacks", "to quell unrest"."""
        syntax = self.syntax
        if syntax.is_noun(noun) and syntax.lemma[verb] in syntax.patterns.lists["puts_down"]:
            if syntax.lemma[verb] not in _WITH_PARTICLE:
                return True
            return any(syntax.word[kid] in {"up", "down"} for kid in syntax.kids[verb])
        return (
            syntax.is_noun(noun)
            and syntax.lemma[verb] in syntax.patterns.lists["stop_verb"]
            and any(
                syntax.word[kid] in {"this", "these"} or syntax.dep[kid] == "nmod:poss"
                for kid in syntax.kids[noun]
            )
        )

    def _is_answered(self, noun: int, above: int) -> bool:
        """Whether others protest at a deed or look into it: "wants an inquiry into the killing".

        What only a deed done leaves behind needs no article: "to help survivors of strikes".
        """
        syntax, lists = self.syntax, self.syntax.patterns.lists
        if not syntax.is_noun(noun):
            return False
        if syntax.lemma[above] in lists["after_deed"]:
            return True
        return syntax.lemma[above] in lists["answers_deed"] and any(
            syntax.word[kid] in _POINTING
            or (syntax.dep[kid], syntax.tag[kid]) == ("acl:relcl", "VBD")  # "strikes that killed"
            for kid in syntax.kids[noun]
        )

    def _is_purpose_of(self, token: int, above: int, dep: str) -> bool:
        """ "units to fight rebels": what someone is there for is nothing that happened."""
        syntax = self.syntax
        if dep != "acl" or "to" not in syntax.marks(token) or not syntax.is_noun(above):
            return False
        lists = syntax.patterns.lists
        if syntax.tag[above].startswith("NNP") or syntax.lemma[above] in lists["troops"]:
            return True
        return syntax.lemma[above] in lists["actor_nouns"]

    def _sign_beside(self, token: int, found: Reality) -> None:
        """ "Rebels attacked Goma, officials said": the verb of saying hangs below."""
        for kid in self.syntax.kids[token]:
            if (
                self.syntax.dep[kid] in {"parataxis", "ccomp"}
                and self.syntax.lemma[kid] in self.governors["reporting"]
            ):
                found.speaker_verb = kid

    def _governor(self, token: int, above: int, found: Reality) -> None:
        syntax = self.syntax
        dep, lemma, word = syntax.dep[token], syntax.lemma[above], syntax.word[above]
        if dep.startswith("acl") and any(syntax.word[kid] == "no" for kid in syntax.kids[above]):
            found.aux.add("negation")  # "with no sign that Chad would pay"
        if comes_of(syntax, token):
            self._inherit(above, found)
            return
        dependent_clause = dep in {"xcomp", "ccomp", "csubj"} or dep.startswith(("acl", "advcl"))
        infinitive = "to" in syntax.marks(token) or syntax.tag[token] == "VB"
        if dependent_clause and is_left_undone(syntax, above):
            found.aux.add("negation")
        if dependent_clause and is_decided_against(syntax, token, above):
            found.aux.add("negation")
        if dep == "advcl" and not infinitive and not (_CONDITIONS & syntax.marks(token)):
            return
        if dependent_clause and is_called_false(syntax, above):
            found.aux.add("negation")
        if dep.startswith("acl") and not infinitive:
            if not {"of", "that", "as"} & syntax.marks(token):
                return
        if dependent_clause or dep in {"obj", "obl", "nmod", "obl:agent"}:
            if lemma in self.governors["future"] or word in self.governors["future"]:
                if not self._is_figure(above):
                    found.aux.add("hypothetical" if self._is_given_up(above) else "future")
            elif lemma in self.governors["hypothetical"] or word in self.governors["hypothetical"]:
                if dep != "obl" or infinitive or not dependent_clause:
                    if dep != "obl":
                        found.aux.add("hypothetical")
            elif dep == "advcl" and infinitive:
                found.purpose = True
                found.aux.add("hypothetical")
            elif lemma == "fail" and syntax.lemma[token] in syntax.patterns.lists["hinders"]:
                found.aux -= {"negation", "hypothetical"}  # "failed to stop Chad from attacking"
                return
            elif lemma in {"fail", "refuse", "decline", "deny"} and dependent_clause:
                found.aux.add("negation")
        if dep == "conj" or (dep == "obj" and syntax.is_verb(above)) or dep == "xcomp":
            if dep == "conj" and self._has_own_auxiliary(token):
                return  # "would leave him without a home and has been condemned"
            if dep == "conj" and syntax.tag[token] in _TENSED and syntax.tag[above] == "VB":
                return  # "will hold a vote but denies it"
            negated = not (dep == "conj" and self._stands_alone(token))
            light = syntax.patterns.lists["light_verbs"]
            carries = syntax.patterns.lists["contains"]
            if dep == "obj" and syntax.lemma[above] not in light | carries:
                negated = False  # "did not mention the attack" denies no attack
            self._inherit(above, found, negated)

    def _is_figure(self, verb: int) -> bool:
        """ "Set the course for the invasion": nothing is set for a day."""
        syntax = self.syntax
        return any(syntax.lemma[k] in syntax.patterns.lists["figures"] for k in syntax.kids[verb])

    def _is_given_up(self, verb: int) -> bool:
        """ "Had intended to stress": so it was meant before, and is not said to have come to it."""
        syntax = self.syntax
        before = {syntax.word[kid] for kid in syntax.kids[verb] if syntax.dep[kid] == "aux"}
        return syntax.lemma[verb] in syntax.patterns.lists["means_to"] and "had" in before

    def _has_own_auxiliary(self, verb: int) -> bool:
        syntax = self.syntax
        return any(
            syntax.dep[kid].startswith("aux") and syntax.tag[kid] in _FINITE and kid < verb
            for kid in syntax.kids[verb]
        )

    def _stands_alone(self, token: int) -> bool:
        """ "does not want war but needs a promise": the second verb is not denied."""
        syntax = self.syntax
        finite = syntax.tag[token] in _FINITE
        return finite or any(syntax.word[kid] == "but" for kid in syntax.kids[token])

    def _inherit(self, above: int, found: Reality, negated: bool = True) -> None:
        """What the verb above says of itself holds for what it governs."""
        if self.syntax.is_verb(above):
            own = Reality()
            self._verb(above, own)
            found.supposed = found.supposed or own.supposed
            found.aux |= own.aux if negated else own.aux - {"negation"}
