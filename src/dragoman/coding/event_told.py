"""The language model beside the patterns: it sees events that no row names, and who takes part.

Where a pattern fired on the same deed, what the model sees is put beside the draft, and fills in
parties that the pattern left open. Elsewhere a word that likely tells an event becomes a draft.
``event_judge`` decides afterwards which drafts are given.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.event_authorities import authorities
from dragoman.coding.event_draft import Draft
from dragoman.coding.event_foretold import is_denied, is_not_done, is_unanswered
from dragoman.coding.event_supposed import is_due, may_come
from dragoman.coding.event_undone import is_called_off, is_ended, is_lifted, will_spare
from dragoman.coding.listed import leads
from dragoman.coding.sections import sections
from dragoman.coding.tokens import sentence_of
from dragoman.entities.words import words_of

if TYPE_CHECKING:
    from dragoman.coding.event_aux import AuxiliaryModes, Reality
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.language.triggers import Trigger
    from dragoman.model import Mention
    from dragoman.ontology import Ontology

#: Probability of an event from which a word becomes a draft of its own.
LEAST = 0.2
#: Probability of a party from which it is taken; a second party of the same side needs as much.
PARTY, FURTHER = 0.35, 0.25
#: Probability of a party from which it takes the place of a pattern's.
_SURE = 0.5
#: The same where both are of one state, and probability under which the pattern's is hardly seen.
_SURER, _UNSEEN = 0.9, 0.05
#: Share of the likeliest type's probability that makes another type of the same word one too.
_AS_LIKELY = 0.35
#: Against a pattern: probability that the model's own type must have, and the pattern's may have.
_RATHER, _RULED_OUT = 0.5, 0.15
#: Relations between the words of one deed ("carried out an attack", "a bomb that killed").
_ONE_DEED = frozenset({"obj", "nsubj", "nsubj:pass", "obl", "xcomp", "compound", "acl", "amod"})
#: Relations of what is said to the verb that says it.
_SAID = frozenset({"ccomp", "parataxis"})
#: Types that say already that the deed is to come, refused or only thought of, and how that is said.
_SETTLED_TYPES = frozenset({"AGREE", "THREATEN", "REQUEST", "REJECT"})
_SETTLED = frozenset({"future", "hypothetical", "negation"})
#: Those that are given as hypothetical where they may or might come about.
_LEFT_OPEN = frozenset({"AGREE", "THREATEN"})
#: Those of what is to come: in "would have attacked" nobody threatens.
_TO_COME = frozenset({"AGREE", "THREATEN"})

#: Those that bind whoever does it: "neither Chad nor Oman has accepted" binds none.
_BINDING = frozenset({"AGREE", "CONCEDE"})


class Told:
    """Joins what the model sees to the drafts of the patterns.

    Args:
        sentences: first and last (exclusive) token of each, in order.
        countries: the countries behind mentions.
    """

    def __init__(
        self,
        sentences: Sequence[tuple[int, int]],
        syntax: Syntax,
        roles: Roles,
        auxiliary: AuxiliaryModes,
        countries: Callable[[Sequence[Mention]], frozenset[str]],
        ontology: Ontology,
    ) -> None:
        self.syntax, self.roles, self.ontology = syntax, roles, ontology
        self.sentences, self.auxiliary, self.countries = sentences, auxiliary, countries
        self.by_token: Mapping[int, Draft] = {}
        self.undone: Mapping[int, str] = {}  # verbs whose deed was not done, to the patterns
        self.breaks = words_of(syntax.doc).breaks
        self.headline = next(iter(self.breaks), len(syntax.doc))  # where the first paragraph ends
        self.sections = sections(syntax.doc)
        self.leads = leads(syntax.doc)
        self.whole = syntax.patterns.types("stands")  # whose object is of their deed
        self.of_clause = syntax.patterns.types("of_clause")
        self.unsaid = syntax.patterns.types("unsaid")
        self.standing = syntax.patterns.types("firm") | self.whole

    def join(self, drafts: Sequence[Draft], seen: Iterable[Trigger]) -> list[Draft]:
        """The drafts and those that only the model sees, in order of the text."""
        self.by_token = {draft.token: draft for draft in drafts}
        found = list(drafts)
        spans = iter(self.sentences)
        sentence = next(spans, (0, 0))
        for trigger in seen:
            while trigger.token >= sentence[1]:
                sentence = next(spans, (sentence[1], len(self.syntax.lemma)))
            if self.leads:
                trigger = self._led(trigger)
            beside = self._beside(trigger)
            for draft in beside:
                told = self._of_firm(draft, trigger)
                if draft.seen is None or told.chances.get(draft.type, 0.0) > draft.seen_chance:
                    draft.seen = told
                self._complete(draft, trigger)
            if trigger.chance >= LEAST:
                found += self._drafts(trigger, sentence, beside)
        return sorted(found, key=lambda draft: draft.token)

    def _led(self, trigger: Trigger) -> Trigger:
        """What the model sees of the verb of a list's item, whose subject stands in the line that opens the
        list, where the model does not look."""
        acting = self.leads.intersection(self.syntax.arguments(trigger.token).subject)
        return trigger._replace(actors=dict.fromkeys(acting, _SURER)) if acting else trigger

    def _of_firm(self, draft: Draft, trigger: Trigger) -> Trigger:
        """What the model sees of the word; all of it for a pattern's type that stands anyhow."""
        types, chances = _types_of(draft), trigger.chances
        if "future" in draft.aux:  # "will pull its troops out", of which the model sees the deed
            types |= {name for name in chances if self.ontology.future(name) == draft.type}
        if not self._stands(draft):
            if len(types) == 1 or types.isdisjoint(chances):
                return trigger
            own = sum(chances.get(type_, 0.0) for type_ in types)
            return trigger._replace(chances={**chances, draft.type: own})
        return trigger._replace(chances={draft.type: trigger.chance})

    def _drafts(
        self, trigger: Trigger, sentence: tuple[int, int], beside: Sequence[Draft]
    ) -> Iterator[Draft]:
        """Drafts of the likely types that no pattern has given.

        Over a pattern's type another must be likelier than not, and the pattern's unlikely.
        """
        if self._is_answered(trigger):
            return
        if any(self._stands(draft) for draft in beside) or is_lifted(self.syntax, trigger.token):
            return
        known = {draft.type for draft in beside}
        before = {type_ for draft in beside for type_ in _types_of(draft)}
        least = max(trigger.chances.values()) * _AS_LIKELY
        reality = self.auxiliary.of(trigger.token)
        if reality.asked or is_unanswered(trigger.token, self.syntax):
            return
        if reality.nobody:
            known |= _BINDING
        if is_not_done(trigger.token, self.undone, reality, self.syntax, self.ontology):
            known |= self.syntax.patterns.types("denies")
        if will_spare(self.syntax, trigger.token):
            known |= self.syntax.patterns.types("denies")
        if self.syntax.lemma[trigger.token] in self.syntax.patterns.lists["ponders"]:
            known |= self.syntax.patterns.types("struck")
        if reality.supposed:
            known |= _TO_COME
        if beside:
            if max(trigger.chances.get(type_, 0.0) for type_ in known) > _RULED_OUT:
                return
            least = max(least, _RATHER)
        for type_, chance in trigger.chances.items():
            if chance < least or type_ in known | before or type_ not in self.ontology.types:
                continue
            if type_ in self.unsaid and is_denied(trigger.token, self.syntax):
                continue
            kept = self.ontology.quad(type_) > 2 and not is_called_off(self.syntax, trigger.token)
            kept = kept and "future" not in reality.aux
            if kept or not is_ended(self.syntax, trigger.token):
                draft = self._draft(trigger, type_, sentence)
                yield _with_all(draft, beside) if self.ontology.rows[type_].reciprocal else draft

    def _stands(self, draft: Draft) -> bool:
        """Whether a pattern's type stands whatever the model sees; so does what is done "no longer"."""
        if draft.rule in self.standing:
            return True
        kids = self.syntax.kids[draft.token] if draft.type == "REJECT" else ()
        return any(self.syntax.word[kid - 1 : kid + 1] == ["no", "longer"] for kid in kids)

    def _is_answered(self, trigger: Trigger) -> bool:
        """ "rejected the demand": the demand is not of the one who rejects it, and was told before."""
        syntax, token = self.syntax, trigger.token
        if not syntax.is_noun(token) or syntax.dep[token] not in {"obj", "nsubj:pass"}:
            return False
        draft = self.by_token.get(syntax.head[token])
        return draft is not None and draft.type == "REJECT"

    def _beside(self, trigger: Trigger) -> list[Draft]:
        """The drafts of the patterns that tell the same deed as the word."""
        syntax, token = self.syntax, trigger.token
        near = [token]
        if syntax.dep[token] in _ONE_DEED:
            near.append(syntax.head[token])
        near += [kid for kid in syntax.kids[token] if syntax.dep[kid] in _ONE_DEED]
        near += [verb for verb in self._said_by(token) if self._is_of_clause(verb)]
        found = [self.by_token[word] for word in near if word in self.by_token]
        same = [draft for draft in found if draft.token == token]
        chances = trigger.chances
        return same or [
            draft
            for draft in found
            if draft.rule in self.whole or any(chances.get(x, 0.0) > 0.02 for x in _types_of(draft))
        ]

    def _said_by(self, token: int) -> list[int]:
        """The verbs that say the clause of a word: "must" and "leave" of "they must leave, he said"."""
        syntax = self.syntax
        verb = syntax.head[token] if syntax.dep[token] in ("aux", "xcomp") else token
        above = [syntax.head[verb]] if syntax.dep[verb] in _SAID else []
        return above + [kid for kid in syntax.kids[verb] if syntax.dep[kid] == "parataxis"]

    def _is_of_clause(self, verb: int) -> bool:
        """Whether a pattern fired on a verb of saying for what is said in its clause."""
        held = self.by_token.get(verb)
        return held is not None and held.rule in self.of_clause

    def _complete(self, draft: Draft, trigger: Trigger) -> None:
        """Parties that the pattern did not find and the model does, or that it is surer of."""
        if draft.reciprocal:
            return
        firm = draft.rule in self.syntax.patterns.types("firm")
        if self._is_by(draft):
            draft.settled.add("actor")
            firm = True
        if trigger.token == draft.token and not firm:
            actors = self._rather(draft.actors, trigger.actors, trigger.token, actor=True)
            recipients = self._rather(
                draft.recipients, trigger.recipients, trigger.token, actor=False
            )
            inner = self.countries(draft.actors) & self.countries(draft.recipients)
            if inner or not self.countries(actors) & self.countries(recipients):
                draft.actors, draft.recipients = actors, recipients
        if trigger.token == draft.token and not firm and self._is_struck(draft, trigger):
            draft.actors, draft.recipients = [], draft.actors
        held = {mention.entity for mention in (*draft.actors, *draft.recipients)}
        if not draft.actors:
            found = self._parties(trigger.actors, trigger.token, actor=True)
            draft.actors = [
                mention for mention in found
                if mention.entity not in held and not self.roles.is_own_side(mention, draft.recipients)
                and not self._answers(mention, draft.token)
            ]  # fmt: skip
            held |= {mention.entity for mention in draft.actors}
        if not draft.recipients and draft.rule not in self.syntax.patterns.types("unaimed"):
            found = self._parties(trigger.recipients, trigger.token, actor=False)
            draft.recipients = [mention for mention in found if mention.entity not in held]
        if not draft.actors:
            draft.actors = authorities(draft.token, draft.type, self.syntax, self.roles)

    def _is_by(self, draft: Draft) -> bool:
        """Whether the words say by whom: "sued over the wreck by Oman"."""
        syntax = self.syntax
        return (
            bool(draft.actors and syntax.is_verb(draft.token))
            and all(
                mention.head > draft.token and "by" in syntax.prepositions(mention.head)
                for mention in draft.actors
            )
            and syntax.arguments(draft.token).passive
        )

    def _is_struck(self, draft: Draft, trigger: Trigger) -> bool:
        """Whether the pattern's doer is to the model, without doubt, whom it was done to: a passive misread
        ("the sixth Omani killed in Chad")."""
        if self.ontology.quad(draft.type) != 4 or trigger.actors or not draft.actors:
            return False
        sure = [word for word, chance in trigger.recipients.items() if chance >= _SURER]
        struck = {found.entity for word in sure if (found := self.roles.index.headed_by(word))}
        return all(mention.entity in struck for mention in draft.actors)

    def _answers(self, mention: Mention, token: int) -> bool:
        """Whether somebody only acts upon a deed that has a doer of its own: "struck after rockets killed ten"."""
        syntax = self.syntax
        deed = syntax.answered_by(token) if syntax.arguments(token).surface else None
        return deed is not None and mention.head in syntax.arguments(deed).subject

    def _rather(
        self, held: list[Mention], likely: Mapping[int, float], token: int, *, actor: bool
    ) -> list[Mention]:
        """The model's party where it is likelier than not and of other countries than the pattern's.

        Of 44 such cases in stories coded by hand the model was right in 35. So it is where the pattern's is
        a place alone ("denied backing rebels who seized the town"), or hardly seen beside somebody who is sure.
        """
        if not held or next(iter(likely.values()), 0.0) < _SURE:
            return held
        found = self._parties(likely, token, actor=actor)
        own, other = self.countries(held), self.countries(found)
        apart = own and other and not own & other
        places = all(mention.as_place for mention in held) and not any(x.as_place for x in found)
        others = {x.entity for x in found}.isdisjoint(x.entity for x in held)
        unseen = max(likely.get(mention.head, 0.0) for mention in held) < _UNSEEN
        sure = unseen and next(iter(likely.values())) >= _SURER
        return found if apart or (found and others and (places or sure)) else held

    def _parties(self, likely: Mapping[int, float], token: int, *, actor: bool) -> list[Mention]:
        """Mentions of the words that are likely a party; of its own sentence alone where the
        likeliest is in it, and none of a paragraph to come, but for a headline."""
        first = next(iter(likely.values()), 0.0)
        if first < PARTY:
            return []
        start, end = sentence_of(self.syntax.doc, token)
        story = self.sections[token]
        words = sorted(
            word for word, chance in likely.items()
            if chance >= FURTHER and self.sections[word] == story
            and (actor or not self._is_of_another(word, token))
        )  # fmt: skip
        if not words:
            return []
        if start > self.headline:
            number = bisect_left(self.breaks, end - 1)
            ahead = self.breaks[number] if number < len(self.breaks) else len(self.sections)
            words = [word for word in words if word < ahead]
        if start <= next(iter(likely)) < end:
            words = [word for word in words if start <= word < end]
        if actor and self.syntax.is_verb(token):  # of "Moll and Holm signed it" the first as well
            firsts = [self.syntax.first_joined(word) for word in words]
            told = self.syntax.arguments(token).subject
            words = sorted({*words, *(word for word in firsts if word in told)})
        return self.roles.actors(words) if actor else self.roles.recipients(words)

    def _is_of_another(self, word: int, token: int) -> bool:
        """Whether somebody is whom another verb strikes, where a number tells whom this one does: "after rockets
        killed ten people, shelled the town, killing two"."""
        syntax, verb = self.syntax, self.syntax.head[word]
        own = syntax.arguments(token).object if syntax.is_verb(token) else ()
        counted = [x for x in own if syntax.tag[x] == "CD"]
        return bool(counted) and syntax.dep[word] == "obj" and verb != token and word not in own

    def _draft(self, trigger: Trigger, type_: str, sentence: tuple[int, int]) -> Draft:
        """An event that only the model sees; it may be that nobody is told to take part."""
        actors = self._of_its_clause(
            self._parties(trigger.actors, trigger.token, actor=True), trigger.token
        )
        acting = {mention.entity for mention in actors}
        recipients = [
            mention
            for mention in self._parties(trigger.recipients, trigger.token, actor=False)
            if mention.entity not in acting
        ]
        actors = actors or authorities(trigger.token, type_, self.syntax, self.roles)
        reality = self.auxiliary.of(trigger.token)
        aux = self._aux_of(type_, reality)
        to_come = reality.aux & _SETTLED == {"future"}
        if to_come and (conceded := self._conceded(trigger.token, type_)):
            both = trigger.chances[type_] + trigger.chances.get(conceded, 0.0)
            trigger = trigger._replace(chances={**trigger.chances, conceded: both})
            type_ = conceded
        return Draft(
            token=trigger.token,
            sentence=sentence,
            type=type_,
            mode="",
            cameo="",
            rule="events",
            actors=actors,
            recipients=recipients,
            aux=aux,
            confidence=round(trigger.chances[type_], 3),
            speaker=reality.speaker_verb,
            coder="model",
            seen=trigger,
            left_open=type_ in _LEFT_OPEN and self._is_left_open(trigger.token, reality, actors),
        )

    def _is_left_open(self, token: int, reality: Reality, actors: Sequence[Mention]) -> bool:
        """Whether it only may come about ("could sign a pact"), and not by the word of who does it."""
        above = self.syntax.head[token] if self.syntax.dep[token] == "xcomp" else token
        if self.syntax.lemma[above] in self.syntax.patterns.lists["ponders"]:
            return True
        if "hypothetical" not in reality.aux or not may_come(self.syntax, token):
            return False
        if reality.speaker_verb is None:
            return True
        saying = self.syntax.arguments(reality.speaker_verb).surface
        mentions = [self.roles.index.headed_by(word) for word in saying]
        told = {mention.entity for mention in mentions if mention is not None}
        return told.isdisjoint(mention.entity for mention in actors)

    def _conceded(self, token: int, type_: str) -> str:
        """The type of words alone that a deed in kind becomes while it is to come: "will pull its troops
        out"; empty where it stays what it is."""
        lemma, modes = self.syntax.lemma[token], self.ontology.mode_rows.get(type_, {})
        mode = next((name for name, row in modes.items() if lemma in row.cues), None)
        later = self.ontology.future(type_, mode)
        in_kind = self.ontology.quad(type_) < 3 and later != type_
        due = later not in _SETTLED_TYPES or is_due(self.syntax, token)
        return later if in_kind and due else ""

    def _of_its_clause(self, actors: list[Mention], token: int) -> list[Mention]:
        """Who acts, without the subjects of other clauses where the verb has its own among them."""
        own, dep = self.syntax.arguments(token).subject, self.syntax.dep
        told = {held.entity for word in own if (held := self.roles.index.headed_by(word))}
        if len(actors) > 1 and any(mention.entity in told for mention in actors):
            # "his envoy said he would go"
            own = [*own, *(m.head for m in actors if m.entity in told)]
        if not any(mention.head in own for mention in actors):
            return actors
        if dep[token] == "advcl" and self.syntax.tag[token] == "VBG":
            return [m for m in actors if m.head in own]  # "beat back rebels, killing ten"
        return [m for m in actors if m.head in own or dep[m.head] not in {"nsubj", "nsubj:pass"}]

    def _aux_of(self, type_: str, reality: Reality) -> set[str]:
        """The auxiliary modes of an event that only the model sees; what "if" supposes is none yet."""
        settled = type_ in _SETTLED_TYPES and not reality.supposed
        aux = reality.aux - _SETTLED if settled else reality.aux
        if self.ontology.future(type_) in _SETTLED_TYPES and self.ontology.quad(type_) < 3:
            aux = aux - {"future"}  # were it to come, the model would see another type
        return aux | {"hypothetical"} if reality.condition else aux


def _with_all(draft: Draft, beside: Sequence[Draft]) -> Draft:
    """A draft with all who did it together by the pattern that fired on the same word: "it signed a pact
    with Chad and Mali", of which the language model sees only some."""
    acting = {mention.entity for mention in draft.actors}
    for told in beside:
        together = told.reciprocal and told.token == draft.token
        if together and acting < {mention.entity for mention in told.actors}:
            draft.actors = list(told.actors)
            known = {mention.entity for mention in draft.actors}
            draft.recipients = [one for one in draft.recipients if one.entity not in known]
    return draft


def _types_of(draft: Draft) -> set[str]:
    """A draft's type, and what it would be were it not to come ("is expected to hold talks")."""
    return {draft.type} if draft.hit is None else {draft.type, draft.hit.pattern.type}
