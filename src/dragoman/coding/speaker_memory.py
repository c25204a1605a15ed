"""Who spoke last, for pronouns and phrases that take a speaker up again ("he said", "the group")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.cues import shipped_cues, word_list
from dragoman.coding.speakers import BODIES, DOCUMENTS, head_of
from dragoman.coding.tokens import RELATIVES, label
from dragoman.entities.index import EntityIndex
from dragoman.model import Mention, Source, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CONTINUING = word_list("continuing")
PERSON_PRONOUNS = frozenset({"he", "she"})
_FIRST = frozenset({"we", "i"})
GROUP_PRONOUNS = frozenset({"it", "they"})


class SpeakerMemory:
    """Who spoke last, for pronouns that the entity index leaves open or gives to a bystander.

    "He said …" goes on with the speaker before, not with somebody that speaker only spoke of; so
    does "it says …" at the head of a sentence.

    Args:
        said: token indices inside what anybody has said.
    """

    def __init__(self, doc: Doc, index: EntityIndex, said: frozenset[int] = frozenset()) -> None:
        self.doc, self.index, self.said = doc, index, said
        self._last: dict[bool, tuple[int, str]] = {}  # is it a person → place, entity id
        self._aside: tuple[int, str] | None = None  # "…, which has said …": for its sentence only
        self._known: dict[int, str] = {}  # token of a pronoun → entity id
        self._papers: dict[str, str] = {}  # "statement" → entity id of who issued one last

    def placed(
        self,
        source: Source,
        tokens: Sequence[int],
        outer: bool,
        cue: Sequence[int] = (),
        toward: frozenset[str] = frozenset(),
    ) -> Source:
        """The source, its pronoun resolved to the last speaker where that is the better guess.

        Args:
            outer: the statement stands in no other; only such speakers are remembered.
            cue: token indices of the cue; "the president continued" is who spoke before.
            toward: countries named in an offer: nobody offers talks with the own state.
        """
        words = source.text.lower()
        if tokens[0] in self._known and words in PERSON_PRONOUNS | GROUP_PRONOUNS:
            return source.replace(entity=self._known[tokens[0]])  # "he said, adding that …"
        if source.entity is not None and words.startswith("the ") and outer:
            going_on = any(self.doc[i].lower_ in _CONTINUING for i in cue)
            known = self._before(True, tokens[0])
            person = self.index.entities[source.entity].kind == "person"
            if going_on and person and known and self._bystander(source.entity, tokens[0], "he"):
                source = source.replace(entity=known)
        if words in PERSON_PRONOUNS or words in GROUP_PRONOUNS:
            known = self._before(words in PERSON_PRONOUNS, tokens[0])
            if known is not None and self.index.rules_out(words, known):
                known = None  # "she" is never the man who spoke last
            leads = self.doc[tokens[0]].is_sent_start or tokens[0] == 0
            if source.entity is None and known is not None and self._unfit(known, words, toward):
                known = None
            if source.entity is None and known is None:
                named = nearest_before(self.index, tokens[0], words in PERSON_PRONOUNS, self.doc)
                known = named.entity if named is not None else None
                if known is not None and self._unfit(known, words, toward):
                    known = self._before(False, tokens[0])
            better = source.entity is None or (
                not self._denies(cue)
                and (
                    (leads and words == "it")
                    or (
                        words != "they"
                        and outer
                        and self._bystander(source.entity, tokens[0], words)
                    )
                    or (words == "they" and outer and self._in_own_words(source.entity, tokens[0]))
                )
            )
            if known is not None and better:
                unnamed = self.index.entities[known].kind == "unnamed"
                source = source.replace(entity=known, anonymous=unnamed)
            if source.entity is not None:
                self._known[tokens[0]] = source.entity
        if source.entity is None:
            source = self._spoken_of(source, tokens, words)
        if outer:
            self._remember(source, tokens)
            self._remember_papers(source, [*tokens, *cue])
        return source

    def _spoken_of(self, source: Source, tokens: Sequence[int], words: str) -> Source:
        """The source, where it takes up who spoke before: "the statement", "the group", a "she" of
        whom nothing is known but that nobody else has been named since."""
        noun = self.doc[tokens[-1]].lower_
        known: str | None = None
        if len(tokens) <= 2 and noun in DOCUMENTS:
            known = self._papers.get(noun)
            if known is not None and self.index.entities[known].kind == "unnamed":
                return source.replace(entity=known, anonymous=True)
        elif len(tokens) == 2 and noun in BODIES and words.startswith(("the ", "that ")):
            known = self._before(False, tokens[0])
        elif words in PERSON_PRONOUNS:
            held = self._heard(True, tokens[0])
            if (
                held is not None
                and tokens[0] - held[0] < 90
                and not self._other_person(held, tokens[0])
            ):
                known = held[1]
        if known is None or self.index.entities[known].kind == "unnamed":
            return source
        return source.replace(entity=known, anonymous=False)

    def _other_person(self, held: tuple[int, str], place: int) -> bool:
        """Whether somebody but the last speaker has been named since that speaker spoke."""
        return any(
            held[0] < mention.first < place
            and mention.entity != held[1]
            and self.index.entities[mention.entity].kind == "person"
            for mention in self.index.mentions
        )

    def _remember_papers(self, source: Source, tokens: Sequence[int]) -> None:
        """Keep who speaks by a paper: "said in a statement", "a report by the agency"."""
        if source.entity is None:
            return
        beside = [child for i in tokens for child in self.doc[i].children if label(child) == "obl"]
        words = {self.doc[i].lower_ for i in tokens} | {child.lower_ for child in beside}
        for noun in sorted(DOCUMENTS & words):
            self._papers[noun] = source.entity

    def _denies(self, cue: Sequence[int]) -> bool:
        """Whether the cue denies: "…, a charge it denies" is not who spoke last, but the accused."""
        verbs = (row for i in cue for row in shipped_cues().starting(self.doc[i].lower_, "verb"))
        return any(row.act == "deny" for row in verbs)

    def _bystander(self, entity: str, place: int, words: str) -> bool:
        """Whether, since the last speaker spoke, an entity was only spoken of or not met at all."""
        held = self._heard(words in PERSON_PRONOUNS, place)
        if held is None or held[1] == entity or place - held[0] >= 90:
            return False
        return not any(
            mention.entity == entity
            and held[0] < mention.first < place
            and (mention.head not in self.said or self._opens(mention))
            for mention in self.index.mentions
        )

    def _opens(self, mention: Mention) -> bool:
        """Whether a mention is whom its sentence is about, which names its source behind: "Moll rejected the
        plan, two officials said. He offered …"."""
        head, start = self.doc[mention.head], self.doc[mention.head].sent.start
        leads = label(head) == "nsubj" and head.left_edge.i == start
        return leads and not self.doc[start].is_quote

    def _in_own_words(self, entity: str, place: int) -> bool:
        """Whether the quotation before "they said" is all that has named an entity so far."""
        quoted = place > 0 and self.doc[place - 1].is_quote
        before = [mention.head for mention in self.index.mentions if mention.entity == entity]
        return quoted and all(head in self.said for head in before if head < place)

    def _unfit(self, entity: str, words: str, toward: frozenset[str]) -> bool:
        """Whether a pronoun cannot be an entity: of the other sex, or on the other side."""
        held = self.index.entities[entity]
        beyond = bool(held.country and held.country in toward)
        return beyond or self.index.rules_out(words, entity)

    def _before(self, person: bool, place: int) -> str | None:
        held = self._heard(person, place)
        return held[1] if held is not None and 0 < place - held[0] < 90 else None

    def _heard(self, person: bool, place: int) -> tuple[int, str] | None:
        """The last speaker: the one of an aside in the pronoun's own sentence, else the last."""
        if self._aside is not None and self._aside[0] < place:
            same = self.doc[self._aside[0]].sent == self.doc[place].sent
            kind = self.index.entities[self._aside[1]].kind
            if same and (kind == "person") == person:
                return self._aside
        return self._last.get(person)

    def _remember(self, source: Source, tokens: Sequence[int]) -> None:
        entity = self.index.entities.get(source.entity or "")
        words = source.text.lower()
        if entity is not None and tokens and words in RELATIVES:
            self._aside = (tokens[0], entity.id)
        if entity is None or not tokens or words in RELATIVES:
            return  # ", who had said …" is an aside; the speaker of its sentence goes on
        if entity.kind != "unnamed":
            self._last[entity.kind == "person"] = (tokens[0], entity.id)
        elif words in PERSON_PRONOUNS or self.doc[head_of(self.doc, tokens)].tag_ == "NN":
            self._last[True] = (tokens[0], entity.id)


def of_parent(
    doc: Doc, index: EntityIndex, source: Source, tokens: Sequence[int], parent: Statement
) -> Source:
    """A pronoun inside another's words is that other, unless those words name somebody before it.

    "Belmar threatened an offensive against groups it says are terrorists": Belmar says so.
    """
    words = source.text.lower()
    outer = index.entities.get(parent.source.entity or "") if parent.source is not None else None
    ours = words in _FIRST and source.entity is None and parent.kind == "direct"
    if outer is not None and parent.source is not None and ours:
        return source.replace(entity=outer.id, speaks_for=parent.source.speaks_for)
    if outer is None or words not in PERSON_PRONOUNS | {"it"}:
        return source
    if parent.kind == "direct" and words in PERSON_PRONOUNS:  # who speaks says "I" of himself
        return source.replace(entity=None) if source.entity == outer.id else source
    if (outer.kind == "person") != (words in PERSON_PRONOUNS):
        return source
    start = parent.content[0].start
    named = any(
        mention.entity == source.entity and start <= mention.start < doc[tokens[0]].idx
        for mention in index.mentions
    )
    return source if named else source.replace(entity=outer.id)


def nearest_before(index: EntityIndex, place: int, person: bool, doc: Doc) -> Mention | None:
    """The last person (or group) named before a token, subjects first, within sixty tokens."""
    best: tuple[int, int] | None = None
    chosen: Mention | None = None
    for mention in index.mentions:
        if mention.last > place or place - mention.last > 60 or mention.as_place:
            continue
        kind = index.entities[mention.entity].kind
        if (kind == "person") != person:
            continue
        if kind == "state" and (mention.kind == "adjective" or doc[place].lower_ == "they"):
            continue  # one state is "it", and "the Syrian winter" is nobody
        subject = int(label(doc[mention.head]) == "nsubj")
        if best is None or (subject, mention.last) > best:
            best, chosen = (subject, mention.last), mention
    return chosen
