"""Who holds an office where the story says it itself: its word outweighs the tables'.

"The home secretary, Dara Moll," is Dara Moll, and so is "the home secretary" further down, whoever
the tables have for the day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date as Day
from datetime import timedelta
from typing import TYPE_CHECKING

from dragoman.entities.holders import chosen, sole_holder
from dragoman.entities.phrase import NO_OFFICE
from dragoman.entities.years import days_told
from dragoman.lexicon.lexicon import TODAY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft
    from dragoman.entities.words import Words
    from dragoman.lexicon import Entry, Lexicon

#: Whose head is meant by the bare title, and the office.
UN, HEAD = "united-nations", "secretary-general"
NEW = timedelta(60)  # how long after a change of office either may be meant
SURE_OF_LAND = 0.6  # how likely a country must be for its president to be meant by "the president"


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
    title, _, elect = role.phrase.rpartition("-")
    title = title if elect in maker.lists["chosen"] else role.phrase
    offices = lexicon.office_of_title(title, reading.country)
    return any(office not in many for office in offices)


def settle_holders(drafts: Sequence[Draft], maker: DraftMaker) -> None:
    """Let "the president" be who holds the office in the country that the story around tells.

    Not where somebody else of the story is called so, nor where more is said of him ("the president
    of the club").
    """
    open_ones: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.entity.startswith("unnamed:") and draft.form == "person":
            open_ones[draft.entity].append(draft)
    if not open_ones:
        return
    called = {
        (phrase, country) for draft in drafts for phrase, country in told_roles(draft)
        if draft.reading is None or draft.reading.entry is None
    }  # fmt: skip
    for held in open_ones.values():
        roles = [draft for draft in held if draft.role is not None and draft.kind != "pronoun"]
        if not roles or not all(bare_office(draft, maker) for draft in roles):
            continue
        first = roles[0]
        holder = holder_of(first, maker)
        if holder is None or first.role is None:
            continue
        if {(first.role.phrase, ""), (first.role.phrase, holder.country)} & called:
            continue
        for draft in held:
            draft.entity = holder.id
        for draft in roles:
            assert draft.reading is not None
            draft.reading = draft.reading._replace(
                entry=holder, country=holder.country, sectors=holder.sectors
            )
            draft.kind, draft.name = "description", holder.name


def bare_office(draft: Draft, maker: DraftMaker) -> bool:
    """Whether a phrase is "the", or "the outgoing", and an office whose country the story around tells."""
    reading = draft.reading
    if reading is None or reading.located != "context" or reading.former or not draft.definite:
        return False
    item = next((item for item in draft.items if item.first <= draft.head < item.last), None)
    if item is None or item.last != draft.last:
        return False
    lists, before = maker.lists, maker.words.lowers[draft.first : item.first]
    known = {"the", *lists["in office now"], *lists["leaves office"]}
    return before[:1] == ["the"] and known.issuperset(before)


def holder_of(draft: Draft, maker: DraftMaker) -> Entry | None:
    """The one person of the tables who holds the office of a role phrase in its country, or None."""
    reading, role = draft.reading, draft.role
    if reading is None or role is None or draft.confidence < SURE_OF_LAND:
        return None
    if not is_office(draft, maker):
        return None
    lexicon, title = maker.names.lexicon, role.phrase
    stem, _, elect = title.rpartition("-")
    republic = "head-of-state" in lexicon.office_of_title("president", reading.country)
    if republic and title in maker.lists["monarch"]:
        return None  # "the emir" of a town
    new, days = maker.lists["in office now"], days_told(maker.words, draft.head, maker.days)
    take = chosen if elect in maker.lists["chosen"] else sole_holder
    for office in lexicon.office_of_title(stem if take is chosen else title, reading.country):
        if office not in maker.lists["many holders"]:
            found = take(lexicon, reading.country, office, days, maker.date)
            told = not new.isdisjoint(maker.words.lowers[draft.first : draft.head + 1])
            if found is not None and (
                told or take is chosen or days != maker.days or settled_in(found.id, office, maker)
            ):
                return found
    return None


def settled_in(person: str, office: str, maker: DraftMaker) -> bool:
    """Whether somebody has held an office long enough for a story of the day to mean him by it.

    In the weeks after a coup or a vote "the president" may be the one before.
    """
    day = maker.date or TODAY
    since = max(
        (one.since for one in maker.names.lexicon.tenures(person) if one.office == office and one.on(day)),
        default="",
    )  # fmt: skip
    if len(since) < len(day):
        return since[:4] < day[:4]
    return Day.fromisoformat(day) - Day.fromisoformat(since) > NEW


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
