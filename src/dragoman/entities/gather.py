"""Drafts to entities and mentions: the last step of ``find``."""

from __future__ import annotations

from dragoman.entities.drafts import DraftMaker
from dragoman.entities.index import EntityIndex
from dragoman.entities.mentions import Draft
from dragoman.entities.phrase import OF_NO_STATE, Reading
from dragoman.entities.pointers import PRONOUNS
from dragoman.entities.words import Words
from dragoman.lexicon import Entry
from dragoman.model import Entity, Mention, Span

KINDS = {"state": "state", "person": "person", "people": "unnamed", "organisation": "organisation",
         "group": "group", "collective": "collective", "place": "place", "other": "other"}  # fmt: skip
#: What says in a phrase whose somebody is.
_OWNERS = frozenset({"its", "their", "his", "her", "whose"})


def gather(drafts: list[Draft], maker: DraftMaker) -> EntityIndex:
    """One entity for all drafts of one id, in the order of first mention."""
    groups: dict[str, list[Draft]] = {}
    drafts = [
        draft for draft in drafts if draft.entity or draft.kind not in ("pronoun", "description")
    ]
    for draft in drafts:
        groups.setdefault(draft.entity, []).append(draft)
    entities = [entity_from(key, held, maker) for key, held in groups.items()]
    entities = owned(entities, groups)
    entities.extend(unmentioned(drafts, set(groups)))
    mentions = [mention_from(maker.words, draft) for draft in drafts if not draft.nameless]
    others = [mention_from(maker.words, draft) for draft in drafts if draft.nameless]
    return EntityIndex(entities, mentions, others)


def mention_from(words: Words, draft: Draft) -> Mention:
    """The mention of a draft, with offsets in code points."""
    first, last = draft.first, draft.last
    return Mention(words.starts[first], words.ends[last - 1], first, last, draft.head, draft.entity,
                   draft.kind, draft.as_place, draft.confidence)  # fmt: skip


def entity_from(key: str, drafts: list[Draft], maker: DraftMaker) -> Entity:
    """The entity of all its drafts: the fullest name, the first country and sectors told."""
    readings = [draft.reading for draft in drafts if draft.reading is not None]
    entries = [reading.entry for reading in readings if reading.entry is not None]
    entry = entries[0] if entries else None
    country = entry.country if entry else ""
    sectors = entry.sectors if entry else ()
    if entry is not None and entry.kind == "person" and sectors[:1] in ((), ("ELI",)):
        country = next((r.country for r in readings if of_a_body(r)), country)
    if not (country and sectors):
        for reading in readings:
            country = country or reading.country
            sectors = sectors or reading.sectors
    if sectors[:1] == ("ELI",):  # the title told outweighs the dates of a tenure
        sectors = next((r.sectors for r in readings if in_office(r, entry)), sectors)
    named = next((draft for draft in drafts if draft.name), drafts[0])
    starts, ends = maker.words.starts, maker.words.ends
    form = named.form
    kind = KINDS.get(form, "other")
    if entry is None and form in ("person", "people", "group"):
        kind = "unnamed" if form != "group" or named.kind == "unnamed" else "group"
    if key.endswith("-people"):
        sectors = ()
    return Entity(
        id=key,
        name=own_name(key, entry) or named.name or maker.words.text(named.first, named.last),
        country=country,
        sectors=sectors,
        mentions=tuple([Span(starts[draft.first], ends[draft.last - 1]) for draft in drafts]),
        kind=kind,
        confidence=max([draft.confidence for draft in drafts]),
        members=named.members,
        note=speaks_for(drafts),
    )


def owned(entities: list[Entity], groups: dict[str, list[Draft]]) -> list[Entity]:
    """The entities, "its ministry" and "whose judges" named by whose they are: "Chad's ministry"."""
    names = {entity.id: entity.name for entity in entities}
    pronouns = {
        draft.first: draft.entity
        for drafts in groups.values()
        for draft in drafts
        if draft.kind == "pronoun" and draft.entity
    }
    found = []
    for entity in entities:
        owner, _, thing = entity.name.partition(" ")
        if thing and owner.lower() in _OWNERS:
            told = next((draft for draft in groups[entity.id] if draft.name == entity.name), None)
            whose = pronouns.get(told.first, "") if told is not None else ""
            if whose != entity.id and whose in names:
                holder = names[whose]
                first = holder.partition(" ")[0].lower()
                if first not in _OWNERS and first not in PRONOUNS:
                    entity = entity.replace(name=f"{holder}'s {thing}")
        found.append(entity)
    return found


def own_name(key: str, entry: Entry | None) -> str:
    """The name of the entry an entity is, however it was spoken of first ("the defense secretary")."""
    return entry.name if entry is not None and entry.id == key else ""


def of_a_body(reading: Reading) -> bool:
    """Whether the words give somebody an office of a body of no state ("the UN's envoy")."""
    return (
        not reading.former
        and reading.country in OF_NO_STATE
        and reading.sectors[:1] == ("GOV",)
        and (reading.role is None or reading.role.kind == "person")
    )


def in_office(reading: Reading, entry: Entry | None) -> bool:
    """Whether the words give a person of the tables an office now ("Foreign Minister Dara Moll")."""
    return (
        reading.entry is entry and not reading.former and reading.sectors[:1] not in ((), ("ELI",))
    )


def speaks_for(drafts: list[Draft]) -> str | None:
    """The note on organisations a person also speaks for: "speaks for: osce"."""
    keys = dict.fromkeys([key for draft in drafts for key in draft.speaks_for])
    return f"speaks for: {', '.join(keys)}" if keys else None


def unmentioned(drafts: list[Draft], held: set[str]) -> list[Entity]:
    """Members of collectives that the story does not mention by themselves."""
    found: dict[str, Entity] = {}
    for draft in drafts:
        for key, reading, name in draft.parts:
            if key not in held and key not in found:
                entry = reading.entry
                found[key] = Entity(
                    id=key,
                    name=entry.name if entry else name,
                    country=reading.country,
                    sectors=reading.sectors,
                    kind=entry.entity_kind if entry else "unnamed",
                    confidence=draft.confidence,
                )
    return list(found.values())
