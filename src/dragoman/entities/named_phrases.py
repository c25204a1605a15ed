"""Phrases that end in a name: with a title before it, as a people's, or with a label behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.besides import neighbours_home, only_home
from dragoman.entities.mentions import PLURAL_TAGS, Draft, form_of_entry
from dragoman.entities.metonymy import is_place
from dragoman.entities.phrase import Reading
from dragoman.entities.resolve import slug
from dragoman.entities.scan import PEOPLE_HOWS, Item
from dragoman.entities.tables import Role, first_names
from dragoman.entities.titles import title_gender, title_start

if TYPE_CHECKING:
    from dragoman.entities.story_phrases import Phrase, StoryPhrases

FIRMS = frozenset({"organisation", "media"})
# where a word that is no noun by its tag stands as a noun would ("the displaced")
LOOSE = frozenset(
    {"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "conj", "appos", "ROOT"}
)


def named_draft(phrases: StoryPhrases, phrase: Phrase, item: Item, reading: Reading) -> Draft:
    """The draft of title and name, or of the name alone.

    Args:
        phrase: the whole phrase.
        item: the name at its end.
        reading: what the items of the phrase tell, an entry of the lexicon among it.
    """
    entry = reading.entry
    assert entry is not None
    form = form_of_entry(entry)
    titles: list[Item] = []
    if form == "person":
        start = title_start(phrases.words, phrases.at, item.first, phrases.lists)
        titles = phrases.between(start, item.first)
        if len(titles) >= len(phrase.core) or not any(held.role for held in phrase.core):
            reading = titled(phrases, [*titles, item], item)
    else:
        start = item.first
        if start - 1 >= phrase.first and phrases.words.lowers[start - 1] == "the":
            start -= 1
    draft = Draft(start, max(phrase.last, item.last) if form == "person" else item.last, phrase.head,
                  "title" if start < item.first and form == "person" else "name",
                  entity=entry.id, reading=reading, form=form, name=entry.name,
                  items=tuple(titles))  # fmt: skip
    finish(phrases, draft, item)
    return draft


def titled(phrases: StoryPhrases, core: list[Item], item: Item) -> Reading:
    """What a name with the titles before it tells."""
    roles = [held for held in core if held.role is not None]
    named = [held for held in core if (held.names or held.town) and not held.backer]
    return phrases.reader.named(item, roles, named, any(held.modifier for held in core))


def finish(phrases: StoryPhrases, draft: Draft, item: Item) -> None:
    """Number, gender and place use of a named draft; peoples ("Russians") are groups."""
    words, place, reading = phrases.words, draft.head, draft.reading
    assert reading is not None and reading.entry is not None
    if draft.form == "state" and reading.how in PEOPLE_HOWS:
        tag = words.tags[place]
        if tag in PLURAL_TAGS or (
            reading.how == "noun" and (tag not in ("JJ", "NNP") or item.names[0].text.endswith("s"))
        ):
            make_people(phrases, draft, item.names[0].text)
        else:
            draft.kind = "adjective"
    elif draft.form == "group" and item.is_state:  # a people
        draft.kind = "adjective" if reading.how == "adjective" else "name"
        draft.number = "plural"
    if draft.kind == "adjective" and draft.form == "state" and one_of_a_people(phrases, place):
        draft.entity, draft.form, draft.kind, draft.key = "", "person", "unnamed", "national"
        draft.reading = Reading(country=reading.country, sectors=("CVL",), located="own")
        draft.name = words.text(draft.first, draft.last)
    draft.gender = title_gender(words.lowers[draft.first : draft.last], phrases.lists)
    if draft.form == "person" and draft.kind != "unnamed" and not draft.gender:
        full = reading.entry.name if reading.entry.name.count(" ") else phrases.tokens[item.first]
        draft.gender = first_names().get(full.split(" ")[0], "")
    if draft.form in ("state", "place"):
        draft.as_place = is_place(phrases.doc, words, place, reading, phrases.lists)


def make_people(phrases: StoryPhrases, draft: Draft, name: str) -> None:
    """Turn the draft of a state into one of its people: "Russians", "the French"."""
    assert draft.reading is not None and draft.reading.entry is not None
    home = neighbours_home(phrases, draft.head, name)
    home = home or only_home(phrases.names, draft.head, name, draft.reading.entry.country)
    draft.entity = f"{home}-{slug(name)}" if home else f"{draft.reading.entry.id}-people"
    if home:
        role = Role(name.lower(), (), 0, "people", plural=True)
        draft.reading = Reading(country=home, role=role, located="own")
    draft.form, draft.number, draft.kind = "people", "plural", "unnamed"
    draft.name = name


def one_of_a_people(phrases: StoryPhrases, place: int) -> bool:
    """Whether a people's name stands for one of them: "an American", "the 48-year-old Australian".

    "The French" and "the Chinese" are all of them.
    """
    words = phrases.words
    one = ("a", "an") if words.lowers[place].endswith(_OF_MANY) else ("a", "an", "the")
    return words.deps[place] in LOOSE and any(
        kid < place and words.deps[kid] == "det" and words.lowers[kid] in one
        for kid in words.kids[place]
    )


_OF_MANY = ("sh", "ch", "ese", "ss")  # how the adjectives end that stand for a whole people

# names with a label


def labelled(phrases: StoryPhrases, phrase: Phrase, final: Item) -> Item | None:
    """The name that a word for its kind follows: "the Blue Front [armed group]", or None.

    Args:
        final: the last item of the phrase.
    """
    role = final.role
    if role is None or phrases.words.tags[phrase.head] in PLURAL_TAGS:
        return None
    firmly = role.phrase in phrases.lists["firm label"]
    if not firmly and role.phrase not in phrases.lists["label"]:
        return None
    before = next((item for item in phrase.core if item.last == final.first), None)
    entry = before.entry if before is not None and not before.backer else None
    if entry is None:
        return None
    firm = firmly and phrases.doc[phrase.head].is_title
    return before if entry.kind == "group" or (firm and entry.kind in FIRMS) else None


def label_draft(phrases: StoryPhrases, head: int, item: Item, last: int) -> Draft:
    """The mention of a name with its label, as one of whom the name names.

    Args:
        head: the head of the phrase.
        item: the name.
        last: where the label ends (exclusive).
    """
    entry = item.entry
    assert entry is not None
    start = item.first - (phrases.words.lowers[item.first - 1] == "the" and item.first > 0)
    reading = Reading(entry, item.how, entry.country, entry.sectors, located="own")
    return Draft(start, last, head, "name", entity=entry.id, reading=reading,
                 form=form_of_entry(entry), name=entry.name)  # fmt: skip
