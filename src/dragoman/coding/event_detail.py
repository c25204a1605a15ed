"""The rest of an event's row: mode, CAMEO, scores, day, place, counts, contexts, path, id."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.coding import places
from dragoman.coding.event_armed import mode_of_aircraft
from dragoman.coding.event_counts import EventCounts
from dragoman.coding.event_dates import EventDates
from dragoman.coding.event_pronouns import NO_HOME
from dragoman.coding.tokens import NEGATIONS
from dragoman.entities.unplaced import is_of_the_world
from dragoman.model import (
    CodedBy,
    Event,
    Mention,
    Participant,
    Place,
    Span,
    Story,
    content_id,
)
from dragoman.version import __version__

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax
    from dragoman.entities.index import EntityIndex
    from dragoman.ontology import Ontology

_CONTEXTS = 4
#: Probability of the type from which the language model is named beside the path.
_SEEN = 0.05
#: Verbs by which who rejects something says something else besides.
_ALLEGES = frozenset({"accuse", "allege", "claim", "say", "insist", "argue", "blame"})
#: Tags of verbs that say how things are.
_TELLING = frozenset({"VBZ", "VBP", "VBD"})
#: Types whose modes tell by what means; who is struck says nothing of it ("murdered hostages").
_BY_MEANS = frozenset({"ASSAULT"})
_IN_TRADE = "restrict"
#: The quad class of deeds against others.
_HARM = 4
_OFFICIAL = frozenset({"GOV", "MIL"})
_CONTENT_TAGS = ("NN", "VB", "JJ", "CD")


def nested(mention: Mention, other: Mention) -> bool:
    """Whether one mention lies inside a longer one."""
    longer = other.last - other.first > mention.last - mention.first
    return longer and other.first <= mention.first and mention.last <= other.last


def _without_own(
    actors: Sequence[Participant], recipients: Sequence[Participant]
) -> tuple[Participant, ...]:
    """The recipients of hostile words or deeds without the actors' own government and army, where
    others remain ("accused his army and the United States")."""
    own = {party.country for party in actors if _OFFICIAL & set(party.sectors)}
    others = tuple(
        party for party in recipients
        if party.country not in own or not _OFFICIAL & set(party.sectors)
    )  # fmt: skip
    return others or tuple(recipients)


class Detail:
    """Adds to drafts what the story around them says; holds what several drafts share."""

    def __init__(
        self, doc: Doc, story: Story, syntax: Syntax, index: EntityIndex, ontology: Ontology
    ) -> None:
        self.doc = doc
        self.story = story
        self.syntax = syntax
        self.index = index
        self.ontology = ontology
        self._starts = [paragraph.start for paragraph in story.paragraphs]
        self._contexts: dict[int, tuple[str, ...]] = {}
        self._parties: dict[tuple[str, int | None, int | None], Participant] = {}
        self.dates = EventDates(doc, story, syntax)
        self.counting = EventCounts(doc, story, syntax)
        types = syntax.patterns.types
        self._on_ground = {*types("struck"), *types("gives_ground")}
        self.of_oneself = frozenset(syntax.patterns.settings.get("of_oneself", "").split())
        self._said: set[int] | None = None
        self.lead_end = self._lead_end()
        self._told = frozenset(
            entity.country for entity in index.entities.values()
            if len(entity.country) == 3 and entity.country not in NO_HOME
        )  # fmt: skip

    def is_said(self, token: int) -> bool:
        """Whether the language model takes a token for part of what somebody says."""
        if self._said is None:
            spans = self.doc.user_data.get("speech_spans", ())
            self._said = {
                i for kind, first, last, *_ in spans if kind == "CONTENT"
                for i in range(first, last)
            }  # fmt: skip
        return token in self._said

    def _lead_end(self) -> int:
        texts = [item for item in self.story.paragraphs if item.kind != "caption"]
        titled = bool(texts) and (texts[0].kind == "title" or bool(self.story.title))
        held = texts[: 2 if titled else 1]
        return held[-1].end if held and len(texts) > 2 else 0

    def event(self, draft: Draft) -> Event | None:
        """The finished event, or None where the scheme demands a party that is not there."""
        row = self.ontology.rows[draft.type]
        actors = self._participants(draft.actors)  # "Omani and Iranian sailors" are two
        if row.recipient_required and not draft.recipients and len(actors) < 2:
            return None
        mode = self._mode(draft)
        if self._is_in_trade(draft, mode):
            mode = _IN_TRADE
        cameo = draft.cameo
        if not cameo or (mode and not draft.mode and cameo == row.cameo):
            cameo = self.ontology.cameo(draft.type, mode)  # "killed" says less than "shells"
        date = self.dates.of(draft, self.is_said(draft.token))
        aux = draft.modes
        if date is not None and self.dates.is_historical(date):
            aux.add("historical")
        if date is not None and row.quad == _HARM and self.dates.is_to_come(date):
            aux.add("future")  # "banned a march called for Sunday"
        first, last = draft.sentence
        sentence = Span(self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1]))
        trigger = self.doc[draft.token]
        recipients = self._participants(draft.recipients)
        acting = {party.entity for party in actors}
        recipients = tuple(p for p in recipients if p.entity not in acting)
        if row.quad > 2 and not self._holds_people(draft, recipients):
            recipients = _without_own(actors, recipients)
        parties = [(mention.first, mention.last) for mention in draft.actors + draft.recipients]
        countries = {party.country for party in (*actors, *recipients)}
        return Event(
            id=self._id(draft),
            type=draft.type,
            mode=mode,
            contexts=self._all_contexts(self.doc[draft.token].idx, cameo),
            aux=tuple(sorted(aux)),
            cameo=cameo,
            quad=row.quad,
            score=self.ontology.score(draft.type, mode),
            date=date,
            actors=actors,
            recipients=recipients,
            place=self._place(draft, parties, countries),
            counts=self.counting.of(draft),
            trigger=Span(trigger.idx, trigger.idx + len(trigger)),
            sentence=sentence,
            confidence=draft.confidence,
            coded_by=self._coded_by(draft),
            goldstein=self.ontology.goldstein(cameo),
            evidence=(sentence, *(self._span(tokens) for _, tokens in draft.retold)),
            path=self._path(draft),
        )

    def _holds_people(self, draft: Draft, parties: Sequence[Participant]) -> bool:
        """Whether people alone are held: a junta arrests ministers and generals of its own."""
        kinds = {self.index.entities[party.entity].kind for party in parties}
        held = draft.mode == "arrest" and draft.type in self.syntax.patterns.types("detains")
        return held and kinds <= {"person", "unnamed"}

    def _span(self, tokens: tuple[int, int]) -> Span:
        words = self.doc[tokens[0] : tokens[1]]
        return Span(words.start_char, words.end_char)

    def _coded_by(self, draft: Draft) -> CodedBy:
        if draft.coder == "model":
            return CodedBy("model", model=draft.rule, version=__version__)
        return CodedBy("rule", rule=draft.rule, version=__version__)

    def _id(self, draft: Draft) -> str:
        parties = [mention.entity for mention in (*draft.actors, *draft.recipients)]
        trigger = self.doc[draft.token]
        return "e" + content_id(self.story.id, str(trigger.idx), draft.type, *parties)[:11]

    def _participants(self, mentions: Iterable[Mention]) -> tuple[Participant, ...]:
        found: list[Participant] = []
        together = list(mentions)
        for mention in together:
            if any(mention is not other and nested(mention, other) for other in together):
                continue  # "a spokesman for [the ministry]" is one party
            for party in self.index.participants(mention):
                if all(party.entity != held.entity for held in found):
                    found.append(self._with_country(party))
        return tuple(found)

    def _with_country(self, party: Participant) -> Participant:
        """The party with its code; the country of a place that is in no table by the gazetteer."""
        key = party.entity, party.start, party.end
        held = self._parties.get(key)
        if held is None:
            held = self._parties[key] = self._coded(party)
        return held

    def _coded(self, party: Participant) -> Participant:
        country = party.country
        land = self.index.entities[party.entity].kind == "place" and not is_of_the_world(party.name)
        if not country and land:
            located = places.locate(party.name, self._told)
            country = (located[1] or "") if located else ""
        if not country:
            return party
        return party.replace(country=country, code=self.ontology.code(country, party.sectors))

    def _place(
        self, draft: Draft, parties: Sequence[tuple[int, int]], countries: Collection[str]
    ) -> Place | None:
        struck = draft.type in self._on_ground
        named = {mention.entity for mention in (*draft.actors, *draft.recipients)}
        again = (m for m in self.index.within(*draft.sentence) if m.entity in named)
        parties = [*parties, *((mention.first, mention.last) for mention in again)]
        return places.find(
            self.syntax, self.index, draft.token, parties, countries, self._told, struck
        )

    # -- mode --------------------------------------------------------------------------------

    def _mode(self, draft: Draft) -> str | None:
        """The pattern's mode, else the one whose cues stand nearest to the trigger."""
        if draft.mode:
            return draft.mode
        cues = self.ontology.mode_cues.get(draft.type)
        if not cues or draft.rule in self.syntax.patterns.types("denies_words"):
            return None
        struck = draft.recipients if draft.type in _BY_MEANS else ()
        places = draft.recipients and all(self._is_place(item) for item in draft.recipients)
        barred = self.syntax.patterns.types("of_people") if places else ()
        named = [m for m in (*draft.actors, *draft.recipients) if m.kind == "name"]
        silent = {i for who in (*struck, *named) for i in range(who.first, who.last)}
        for mention in struck:  # "Chadian missile launchers"
            noun = self.syntax.up_to_noun(mention.head)[-1]
            silent.update(range(mention.first, noun + 1))
            told = {"acl", "acl:relcl"}  # "stormed a ship hijacked by pirates": another's deed
            silent.update(kid for kid in self.syntax.kids[noun] if self.syntax.dep[kid] in told)
        silent |= self._told_of(draft)
        best: tuple[int, str] | None = None
        denied = draft.type in self.syntax.patterns.types("denies")
        for token in self._near(draft.token):
            if denied and self._is_claimed(token, draft.token):
                continue
            lemma = self.syntax.lemma[token]
            names: Sequence[str] = [name for name in cues.get(lemma, ()) if name not in barred]
            if self._is_warned_off(token, draft):
                continue
            if names and self._is_on_foot(token):
                names = cues.get("suicide", names)
            if not names:
                continue
            if token != draft.token and (token in silent or self._is_equipped(token)):
                continue
            if self._is_beaten_off(token):
                continue
            if silent and token != draft.token and self._is_trait(token):
                continue
            before = {self.syntax.lemma[kid] for kid in self.syntax.modifiers(token)}
            if not (before - self.syntax.patterns.lists["verb_cues"]).isdisjoint(cues):
                continue  # "a suicide bomber": the first word tells more
            as_verb = self.syntax.is_verb(token)
            if lemma in self.syntax.patterns.lists["verb_cues" if not as_verb else "noun_cues"]:
                continue  # "peppered with bombs", "tore into the town"; "free and fair elections"
            distance = abs(token - draft.token)
            if best is None or distance < best[0]:
                best = (distance, names[0])
        mode = best[1] if best else None
        return mode_of_aircraft(draft, cues, mode, self.syntax) if draft.type in _BY_MEANS else mode

    def _told_of(self, draft: Draft) -> set[int]:
        """The words of relative clauses that tell what else an actor did ("Grossi, who met the minister, urged")."""
        syntax = self.syntax
        clauses = [
            kid for who in draft.actors for kid in syntax.kids[who.head]
            if syntax.dep[kid] == "acl:relcl"
        ]  # fmt: skip
        below = (syntax.subtree(kid) for kid in clauses)
        return {word for words in below if draft.token not in words for word in words}

    def _is_in_trade(self, draft: Draft, mode: str | None) -> bool:
        """Whether who is threatened with violence is to be struck by tariffs alone: "vowed to retaliate with duties
        on wine", "would retaliate if its cars were taxed"."""
        if draft.type != "THREATEN" or mode != "violence":
            return False
        lists, lemma = self.syntax.patterns.lists, self.syntax.lemma
        verb = self.syntax.governing_verb(draft.token)
        words = {lemma[x] for x in self.syntax.subtree(draft.token if verb is None else verb)}
        return not words.isdisjoint(lists["trade_blow"]) and words.isdisjoint(
            lists["violence"] - lists["strikes_back"]
        )

    def _is_warned_off(self, token: int, draft: Draft) -> bool:
        """Whether a threat only tells what is not to be done: "warned Oman not to retaliate"."""
        kids = {self.syntax.word[kid] for kid in self.syntax.kids[token]}
        return draft.type == "THREATEN" and token != draft.token and not kids.isdisjoint(NEGATIONS)

    def _is_claimed(self, token: int, verb: int) -> bool:
        """Whether a word is of a clause that only says how things are: "rejects the view that Chad mediates"."""
        syntax = self.syntax
        while token != verb and syntax.head[token] != token:
            head = syntax.head[token]
            if syntax.dep[token] == "advcl" and syntax.lemma[token] in _ALLEGES:
                return True  # "rejects the view, accusing it of lending support"
            that = syntax.dep[token] in ("acl", "ccomp") and "that" in syntax.marks(token)
            told = {syntax.tag[x] for x in (token, *syntax.kids[token])} & _TELLING
            if that and told and syntax.is_noun(head):
                return True
            token = head
        return False

    def _is_on_foot(self, token: int) -> bool:
        """Whether a word is of a man with a bomb, and of no aircraft: "killed by a bomber"."""
        syntax = self.syntax
        if syntax.lemma[token] != "bomber" or syntax.is_plural(token):
            return False
        before = syntax.modifiers(token)
        flies = {syntax.lemma[kid] for kid in before} & syntax.patterns.lists["flies"]
        return not flies and not any(map(syntax.can_act, before))

    def _is_trait(self, token: int) -> bool:
        """Whether a participle only tells of a thing what was done to it ("stormed a hijacked ship")."""
        return self.syntax.dep[token] == "amod" and self.syntax.tag[token] == "VBN"

    def _is_equipped(self, token: int) -> bool:
        """Whether a word only tells what somebody has: "two nuclear-armed rivals"."""
        word = self.syntax.word
        return word[token + 1 : token + 3] == ["-", "armed"]

    def _is_beaten_off(self, token: int) -> bool:
        """Whether somebody was only "beaten off" or "beaten back"."""
        below = {self.syntax.word[kid] for kid in self.syntax.kids[token]}
        return self.syntax.lemma[token] == "beat" and bool(below & {"off", "back"})

    def _is_place(self, mention: Mention) -> bool:
        return mention.as_place or self.index.entity(mention).kind == "place"

    def _near(self, token: int) -> list[int]:
        """The words below a trigger and its verb, without the deeds of others told beside it."""
        verb = self.syntax.governing_verb(token)
        top = token if verb is None else verb
        aside: set[int] = set()
        for kid in self.syntax.kids[top]:
            apart = self.counting.is_of_another(kid) or self._is_next_deed(kid)
            below = self.syntax.subtree(kid) if apart else ()
            if token not in below:
                aside.update(below)
        found = [word for word in self.syntax.subtree(top) if word not in aside]
        return found if len(found) <= 60 else [item for item in found if abs(item - token) < 30]

    def _is_next_deed(self, verb: int) -> bool:
        """Whether a verb joined by "and" has an object of its own: "dismissed him and held his deputy under arrest"."""
        joined = self.syntax.dep[verb] == "conj" and self.syntax.is_verb(verb)
        arguments = self.syntax.arguments(verb)
        return joined and bool(arguments.object or arguments.clauses)

    # -- contexts ------------------------------------------------------------------------------

    def _all_contexts(self, start: int, cameo: str) -> tuple[str, ...]:
        implied = self.ontology.cameo_contexts(cameo)
        found = self._paragraph_contexts(start)
        return tuple(dict.fromkeys([*implied, *found]))[:_CONTEXTS]

    def _paragraph_contexts(self, start: int) -> tuple[str, ...]:
        """Contexts of the paragraph around a code point, the most often cued first."""
        number = max(0, bisect_right(self._starts, start) - 1)
        held = self._contexts.get(number)
        if held is None:
            block = self.story.paragraphs[number] if self.story.paragraphs else None
            text = self.story.text[block.start : block.end] if block else ""
            held = self._contexts[number] = self.ontology.contexts_of(text)
        return held

    # -- for people ----------------------------------------------------------------------------

    def _path(self, draft: Draft) -> str:
        """The way through the tree, in words: "Kenya <nsubj- blamed -obj> Oman"."""
        left = self._side(draft.actors, "actor", draft)
        right = self._side(draft.recipients, "recipient", draft)
        word = self.doc[draft.token].text
        seen = draft.seen.chances.get(draft.type, 0.0) if draft.seen is not None else 0.0
        model = f"(language model: {draft.type} {seen:.2f})" if seen >= _SEEN else ""
        return " ".join(
            part for part in (left and f"{left} >", word, right and f"> {right}", model) if part
        )

    def _side(self, mentions: Sequence[Mention], role: str, draft: Draft) -> str:
        if role in draft.understood:
            return f"({self.doc[mentions[0].head].text}, understood {draft.understood[role]:.2f})"
        return " & ".join(self._leg(mention.head, draft.token) for mention in mentions[:3])

    def _leg(self, token: int, trigger: int) -> str:
        steps = [self.doc[token].text]
        for _ in range(6):
            if token == trigger or self.syntax.head[token] == token:
                break
            steps.append(self.syntax.dep[token])
            token = self.syntax.head[token]
            if token != trigger:
                steps.append(self.doc[token].text)
        return "-".join(steps)

    def content_words(self, event: Event) -> frozenset[str]:
        """Lemmas that carry the meaning of an event's sentence, for telling tellings together."""
        span = self.doc.char_span(event.sentence.start, event.sentence.end, alignment_mode="expand")
        if span is None:
            return frozenset()
        lemma, tag, word = self.syntax.lemma, self.syntax.tag, self.syntax.word
        return frozenset(
            lemma[place]
            for place in range(span.start, span.end)
            if tag[place].startswith(_CONTENT_TAGS) and len(word[place]) > 2
        )
