"""Names inside the phrases of others: "Russian" in "Russian troops", a town, an owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.mentions import Draft, form_of_entry
from dragoman.entities.metonymy import COMPOUND, is_place
from dragoman.entities.named_phrases import named_draft
from dragoman.entities.phrase import Reading
from dragoman.entities.resolve import slug
from dragoman.entities.scan import PEOPLE_HOWS, Item
from dragoman.entities.story_phrases import Phrase

if TYPE_CHECKING:
    from dragoman.entities.story_phrases import StoryPhrases


def inner_name(phrases: StoryPhrases, item: Item) -> Draft | None:
    """The draft of a country's adjective, an owner, a town or a part of a compound.

    None for a town that is but the first word of a longer name.
    """
    root = phrases.head_of(item)
    if item.town is not None and not item.names:
        if part_of_name(phrases, item):
            return None
        return Draft(item.first, item.last, root, "name", entity=f"place:{slug(item.town.name)}",
                     form="place", name=item.town.name, as_place=True,
                     reading=Reading(country=item.town.country, how="town", located="own"))  # fmt: skip
    entry = item.entry
    assert entry is not None
    reading = Reading(entry, item.how, entry.country, entry.sectors, located="own")
    form = form_of_entry(entry)
    if form == "person":
        return named_draft(phrases, Phrase(root, item.first, item.last, [item], []), item, reading)
    adjective = item.is_state and (item.how in PEOPLE_HOWS or phrases.words.deps[root] in COMPOUND)
    draft = Draft(item.first, item.last, root, "adjective" if adjective else "name",
                  entity=entry.id, reading=reading, form=form, name=entry.name)  # fmt: skip
    if item.backer:
        draft.confidence = 0.9
    if form in ("state", "place"):
        draft.as_place = is_place(phrases.doc, phrases.words, root, reading, phrases.lists)
    return draft


def part_of_name(phrases: StoryPhrases, item: Item) -> bool:
    """Whether a town is but the first word of a longer name ("Wadi" in "Wadi Khaled")."""
    if item.last >= len(phrases.doc) or item.last - item.first > 1:
        return False
    words, word, after = phrases.words, item.first, item.last
    return (
        words.tags[word] == words.tags[after] == "NNP"
        and after not in phrases.at
        and ((words.above[word] == after and words.deps[word] in ("compound", "flat"))
             or (words.above[after] == word and words.deps[after] == "flat"))
    )  # fmt: skip


def inner_state(phrases: StoryPhrases, item: Item) -> Draft | None:
    """The state in the name of its body, or None: "Russian" in "Russian troops"."""
    for name in phrases.reader.lexicon.lookup(phrases.tokens[item.first], phrases.date):
        entry = name.entry
        if entry.kind == "state" and entry.country == item.country and not item.is_state:
            reading = Reading(entry, name.how, entry.country, entry.sectors, located="own")
            return Draft(item.first, item.first + 1, item.first, "adjective", entity=entry.id,
                         reading=reading, form="state", name=entry.name)  # fmt: skip
    return None
