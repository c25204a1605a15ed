"""Who is in the story, found by token: what ``entities.find`` hands to the coding room."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from dragoman.entities.pointers import PRONOUNS
from dragoman.entities.tables import first_names
from dragoman.model import Entity, Mention, Participant


class EntityIndex:
    """The entities of one story and every mention of them, searchable by token index.

    Args:
        entities: all entities of the story.
        mentions: all mentions; they may nest ("Ukraine's" inside "Ukraine's foreign ministry").
        others: mentions of those whom neither name nor role tells ("the child … her"): spoken of
            again, and no party to anything that is searched for here.
    """

    def __init__(
        self,
        entities: Iterable[Entity],
        mentions: Iterable[Mention],
        others: Iterable[Mention] = (),
    ) -> None:
        self.entities: dict[str, Entity] = {item.id: item for item in entities}
        self.mentions: list[Mention] = sorted(mentions, key=lambda m: (m.first, -m.last))
        self._countries: dict[str, frozenset[str]] = {}
        self._participants: dict[tuple[str, int, int], tuple[Participant, ...]] = {}
        self._firsts = [mention.first for mention in self.mentions]
        self.others: list[Mention] = sorted(others, key=lambda m: (m.first, -m.last))
        self._by_head: dict[int, Mention] = {}
        for mention in self.mentions:  # the longest mention of a head is the one it stands for
            held = self._by_head.get(mention.head)
            if held is None or mention.last - mention.first > held.last - held.first:
                self._by_head[mention.head] = mention

    def headed_by(self, token: int) -> Mention | None:
        """The longest mention whose head is the token with this index, or None."""
        return self._by_head.get(token)

    def covering(self, token: int) -> Mention | None:
        """The shortest mention that covers the token, or None."""
        return self._covering.get(token)

    @cached_property
    def _covering(self) -> dict[int, Mention]:
        """The shortest mention over each token, the first of several."""
        found: dict[int, Mention] = {}
        for mention in sorted(self.mentions, key=lambda m: m.last - m.first):
            for token in range(mention.first, mention.last):
                found.setdefault(token, mention)
        return found

    def within(self, first: int, last: int) -> Iterator[Mention]:
        """Mentions that lie inside the half-open token range, in order of the text."""
        start = bisect_left(self._firsts, first)
        end = bisect_left(self._firsts, last, start)
        return (m for m in self.mentions[start:end] if m.last <= last)

    def entity(self, mention: Mention) -> Entity:
        """The entity a mention stands for."""
        return self.entities[mention.entity]

    def rules_out(self, pronoun: str, entity: str) -> bool:
        """Whether a pronoun cannot mean somebody: "he" is never Ann, and "it" no person.

        Args:
            pronoun: in small letters.
            entity: the entity's id.
        """
        form, sex, _ = PRONOUNS.get(pronoun, ("", "", ""))
        if form == "thing" and self.entities[entity].kind == "person":
            return True
        told = first_names().get(self.entities[entity].name.split(" ", 1)[0], "")
        return bool(sex and told) and sex != told

    def countries(self, mentions: Iterable[Mention]) -> frozenset[str]:
        """Countries of the entities that mentions stand for, members of collectives included."""
        found = [self._countries_of(mention.entity) for mention in mentions]
        return found[0] if len(found) == 1 else frozenset().union(*found)

    def _countries_of(self, entity: str) -> frozenset[str]:
        held = self._countries.get(entity)
        if held is None:
            keys = self._parts(self.entities[entity])
            held = frozenset(self.entities[key].country for key in keys) - {""}
            self._countries[entity] = held
        return held

    def _parts(self, entity: Entity) -> list[str]:
        """Ids of a collective's members, or an entity's own."""
        return [key for key in entity.members if key in self.entities] or [entity.id]

    def members(self, mention: Mention) -> list[str]:
        """Ids of whom a mention stands for: the members of a collective, or one entity."""
        return self._parts(self.entities[mention.entity])

    def participants(self, mention: Mention) -> tuple[Participant, ...]:
        """The mention as participants of an event: itself, or the members of a collective."""
        key = mention.entity, mention.start, mention.end
        held = self._participants.get(key)
        if held is None:
            entities = [self.entities[member] for member in self.members(mention)]
            held = self._participants[key] = tuple(
                Participant(
                    entity=entity.id,
                    name=entity.name,
                    country=entity.country,
                    sectors=entity.sectors,
                    code=entity.code,
                    start=mention.start,
                    end=mention.end,
                )
                for entity in entities
            )
        return held
