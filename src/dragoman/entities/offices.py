"""Who holds an office where the story says it itself: its word outweighs the tables'.

"The home secretary, Dara Moll," is Dara Moll, and so is "the home secretary" further down, whoever
the tables have for the day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from dragoman.entities.phrase import NO_OFFICE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft
    from dragoman.entities.words import Words
    from dragoman.lexicon import Lexicon

#: Whose head is meant by the bare title, and the office.
UN, HEAD = "united-nations", "secretary-general"


def by_office(draft: Draft) -> bool:
    """Whether a draft means a person only because the tables give him the office it names."""
    reading = draft.reading
    return reading is not None and reading.how == "office" and reading.entry is not None


def leave_office(draft: Draft, entity: str) -> None:
    """Let an office phrase stand for whom the story names instead of the tables' holder."""
    reading, role = draft.reading, draft.role
    assert reading is not None
    sectors = role.sectors if role is not None else reading.sectors
    draft.reading = reading._replace(entry=None, how="", sectors=sectors)
    draft.entity, draft.kind, draft.name = entity, "description", ""


def settle_offices(drafts: Sequence[Draft], many: Collection[str]) -> None:
    """Give office phrases to whom the story itself calls so, where it never names the tables' holder.

    Args:
        drafts: all of them.
        many: roles that several people have at once.
    """
    open_phrases = [draft for draft in drafts if by_office(draft)]
    if not open_phrases:
        return
    named = {draft.entity for draft in drafts if draft.form == "person" and not by_office(draft)}
    told: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for draft in drafts:
        for phrase, country in told_roles(draft):
            told[phrase].add((country, draft.entity))
    for draft in open_phrases:
        role, reading = draft.role, draft.reading
        if role is None or reading is None or draft.entity in named or role.phrase in many:
            continue
        fitting = {
            entity for country, entity in told.get(role.phrase, ())
            if country in ("", reading.country)
        }  # fmt: skip
        if len(fitting) == 1:
            leave_office(draft, fitting.pop())


def settle_un_head(
    drafts: Sequence[Draft], words: Words, lexicon: Lexicon, date: str | None
) -> None:
    """Let "the Secretary-General" of a story of a United Nations body be theirs, where no other body with such a head
    is named as often.

    Args:
        drafts: all of them, those of names with their entities.
        date: ISO day of the story, or None.
    """
    open_phrases = [
        draft for draft in drafts
        if not draft.entity and draft.role is not None and draft.role.phrase.startswith("secretary")
        and "general" in draft.role.phrase and words.texts[draft.head][:1].isupper()
        and words.lowers[draft.first] in ("the", "secretary")
        and (draft.reading is None or not (draft.reading.country or draft.reading.entry))
    ]  # fmt: skip
    if not open_phrases:
        return
    named = Counter(
        draft.entity for draft in drafts if draft.form == "organisation" and draft.entity
    )
    own = sum(
        times for key, times in named.items()
        if (entry := lexicon.entry(key, date)) is not None and entry.country == "UNO"
    )  # fmt: skip
    others = [named[key] for key in named if key != UN and lexicon.tenures_of(key, HEAD)]
    heads = lexicon.holder(UN, HEAD, date)
    if not own or own < max(others, default=0) or len(heads) != 1:
        return
    for draft in open_phrases:
        assert draft.role is not None
        if draft.reading is not None:
            draft.reading = draft.reading._replace(
                entry=heads[0], country=heads[0].country, sectors=heads[0].sectors, how="office"
            )
        draft.entity, draft.form, draft.kind = heads[0].id, "person", "title"
        draft.name = heads[0].name


def confirm_office(phrase: Draft, person: Draft) -> None:
    """Let an office that stands beside a person's name outweigh what the tables say of his time.

    "The home secretary, Dara Moll," is in office, whatever the tables have of today.
    """
    told, reading = phrase.reading, person.reading
    if told is None or reading is None or told.entry is not None or told.role is None:
        return
    entry = reading.entry
    if entry is None or entry.kind != "person" or told.country not in ("", entry.country):
        return
    phrase.reading = told._replace(entry=entry)


def office_id(draft: Draft, maker: DraftMaker) -> str:
    """The id of an office whose holder the text leaves open ("USA-president"), "" for other phrases."""
    reading = draft.reading
    if reading is None or reading.former or reading.entry is not None:
        return ""
    if reading.located not in ("own", "complement", "owner"):
        return ""
    return f"{reading.country}-{draft.key}" if is_office(draft, maker) else ""


def is_office(draft: Draft, maker: DraftMaker) -> bool:
    """Whether a phrase names an office of some country that one person holds at a time."""
    reading, role = draft.reading, draft.role
    if reading is None or role is None or not reading.country:
        return False
    if draft.number != "singular" or role.kind != "person":
        return False
    if maker.tokens[draft.first].lower() in NO_OFFICE:
        return False
    lexicon, many = maker.names.lexicon, maker.lists["many holders"]
    offices = lexicon.office_of_title(role.phrase, reading.country)
    return any(office not in many for office in offices)


def told_roles(draft: Draft) -> Iterator[tuple[str, str]]:
    """The offices that a title gives the person it stands before, each with its country."""
    reading = draft.reading
    if draft.kind != "title" or draft.form != "person" or by_office(draft) or reading is None:
        return
    if reading.former or any(item.modifier for item in draft.items):
        return
    for item in draft.items:
        if item.role is not None and item.role.kind == "person" and not item.role.plural:
            yield item.role.phrase, reading.country
