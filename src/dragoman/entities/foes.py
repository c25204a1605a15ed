"""Who "the enemy" is in what an army issues or says: the state or armed group on the other side of it, never its own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dragoman.entities.issuers import issuers_at
from dragoman.entities.mentions import Draft
from dragoman.entities.unplaced import ENEMY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.speakers import Speakers

#: Whose numbers an army's papers tell of as its enemy's.
ARMED = frozenset({"REB", "UAF", "PRM"})
OF_NO_STATE = frozenset({"", "UNO", "IGO", "NGO", "EUR", "MNC"})
#: What may stand before "enemy": nobody's in particular.
OPENS = frozenset({"the", "an", "this", "our"})
SURE = 0.7


class Foes:
    """Links the foes of one story.

    Args:
        maker: what made the drafts.
        speakers: who says what.
        issued: the documents that the text holds, by where they begin, and who issued them.
    """

    def __init__(
        self, maker: DraftMaker, speakers: Speakers, issued: Sequence[tuple[int, list[Draft]]]
    ) -> None:
        self.words = maker.words
        self.lexicon = maker.names.lexicon
        self.foes = maker.lists["foe"]
        self.speakers = speakers
        self.issued = issued

    def link(self, drafts: list[Draft]) -> None:
        """Give "the enemy" and "enemy drones" their entity or country, and each further "enemy" a draft."""
        if self.foes.isdisjoint(self.words.lemmas) and self.foes.isdisjoint(self.words.lowers):
            return
        told = [draft for draft in drafts if self.is_foe(draft)]
        held = {place for draft in drafts for place in range(draft.first, draft.last)}
        for place, word in enumerate(self.words.lowers):
            if word in self.foes and place not in held and issuers_at(self.issued, place):
                made = Draft(place, place + 1, place, "adjective", form="group", key=word)
                told.append(made)
                drafts.append(made)
        for draft in told:
            self.give(draft, drafts)
        drafts.sort(key=lambda draft: draft.first)

    def is_foe(self, draft: Draft) -> bool:
        """Whether an open draft is "the enemy", or somebody of his ("enemy drones")."""
        if draft.entity or draft.kind != "unnamed":
            return False
        words = self.words.lowers[draft.first : draft.last]
        if draft.key in self.foes:
            return words[0] in OPENS or len(words) == 1
        return words[0] in self.foes or (words[0] in OPENS and words[1:2] == ["enemy"])

    def give(self, draft: Draft, drafts: Sequence[Draft]) -> None:
        """The other side of whoever issued the document or says the words."""
        own = self.own_country(draft)
        if own is None:
            return
        state, group = self.opposed(own, drafts)
        if draft.key not in self.foes:  # "enemy drones" are of his land
            if state and draft.reading is not None:
                draft.reading = draft.reading._replace(country=state)
            return
        named = self.lexicon.country(state) if state else None
        draft.kind = "description" if draft.kind == "unnamed" else draft.kind
        draft.entity = group or (named.id if named is not None else ENEMY)
        draft.form = "state" if named is not None and not group else "group"
        draft.confidence = SURE

    def own_country(self, draft: Draft) -> str | None:
        """The country of who speaks; None where nobody knows who does."""
        if not self.words.quoted[draft.head]:
            issued = issuers_at(self.issued, draft.first)
            return self.country(issued[0]) if issued else None
        speaker = self.speakers.first_person(draft.head)
        return self.country(speaker) if speaker is not None else None

    def country(self, draft: Draft) -> str | None:
        """The country that somebody's words tell, None for none."""
        told = draft.reading.country if draft.reading is not None else ""
        return told or None

    def opposed(self, own: str, drafts: Sequence[Draft]) -> tuple[str, str]:
        """The state, or the armed group, that is told of most but for the speaker's own; "" where two are."""
        times: Counter[tuple[str, str]] = Counter()
        for draft in drafts:
            reading = draft.reading
            if reading is None or draft.kind in ("pronoun", "unnamed"):
                continue
            if draft.entity and ARMED & set(reading.sectors[:1]) and draft.form != "person":
                times["", draft.entity] += 1
            elif reading.country not in OF_NO_STATE | {own}:
                times[reading.country, ""] += 1
        most = times.most_common(2)
        if not most or (len(most) > 1 and most[0][1] == most[1][1]):
            return "", ""
        return most[0][0]
