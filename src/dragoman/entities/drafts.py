"""Noun phrases to drafts: every mention of a story with what its own words tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.entities.counted import PARTIES, counted_people
from dragoman.entities.joint import joint_body
from dragoman.entities.mentions import FORMS, Draft
from dragoman.entities.named_phrases import LOOSE, label_draft, labelled, named_draft
from dragoman.entities.names_in_phrases import inner_name, inner_state, part_of_name
from dragoman.entities.phrase import PhraseReader, Reading
from dragoman.entities.pointers import (
    ENDS,
    PAIRS,
    description,
    description_heads,
    of_age,
    one_of_two,
    pair,
    pronoun,
    singular,
    western,
)
from dragoman.entities.role_phrases import acts_in, compound_draft, is_title, role_draft
from dragoman.entities.scan import Item
from dragoman.entities.story_phrases import Phrase, StoryPhrases

if TYPE_CHECKING:
    from spacy.tokens import Doc

POINTING_TAGS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT"})


class DraftMaker:
    """Makes the drafts of one story.

    Args:
        doc: the parsed story.
        reader: puts items together.
        date: ISO day of the story, or None.
        days: ISO days on all of which whoever is meant by an office holds it; None = on ``date``.

    Attributes:
        compounds: the drafts of bodies that do what the noun after them tells.
    """

    def __init__(
        self, doc: Doc, reader: PhraseReader, date: str | None, days: Sequence[str] | None = None
    ) -> None:
        self.doc = doc
        self.reader = reader
        self.phrases = StoryPhrases(doc, reader, date, days)
        self.lists = self.phrases.lists
        self.days = self.phrases.days
        self.names = self.phrases.names
        self.date = self.phrases.date
        self.tokens = self.phrases.tokens
        self.words = self.phrases.words
        self.stops = self.words.stops
        self.drafts: list[Draft] = []
        self.compounds: list[Draft] = []
        self.taken: set[int] = set()  # first tokens of items that head a draft

    def make(self) -> list[Draft]:
        """All drafts, in the order of the text: phrases first, then names nested in them."""
        words, at = self.words, self.names.at
        heads, deps = words.heads, words.deps
        described = description_heads()
        for place, tag in enumerate(words.tags):
            pointer = pronoun(words, place) if tag in POINTING_TAGS else None
            if pointer is not None:
                self.drafts.append(pointer)
                continue
            item = at.get(place)
            if item is None or item.modifier:
                low = words.lowers[place]
                together = pair(words, place) if low in PAIRS else None
                if together is not None:
                    self.add(together)
                elif low in ENDS:
                    self.add(one_of_two(words, place))
                elif low == "western":
                    self.add(western(words, place))
                elif low == "old":
                    self.add(of_age(words, place))
                elif item is None and deps[place] in PARTIES:
                    self.add(counted_people(self.phrases, place))
                if not heads[place]:
                    continue
                plain = item is None and not words.runs_on(place)
                if not plain or singular(words.texts[place], tag) in described:
                    self.add(self.phrase(place))
            elif place == self.phrases.head_of(item) and (heads[place] or deps[place] in LOOSE):
                self.add(self.phrase(place))
            elif place == item.last - 1 and acts_in(self.phrases, place, item):
                self.compound(place, item)
        self.inner_names()
        self.drafts.sort(key=lambda draft: (draft.first, -draft.last))
        return self.drafts

    def add(self, draft: Draft | None) -> None:
        """Keep a draft, if there is one."""
        if draft is not None:
            self.drafts.append(draft)

    def phrase(self, place: int) -> Draft | None:
        """The draft of the phrase that a word heads, None when it speaks of nobody."""
        phrases, words = self.phrases, self.words
        head_item = self.names.at.get(place)
        last = words.phrase_last(place)
        if head_item is None and last == place + 1:
            return description(words, place, plain=True)
        phrase = phrases.phrase(place, head_item, last)
        held = head_item is not None and not head_item.modifier
        role = head_item.role if head_item is not None else None
        if not held or role is not None:
            plain = not held or (role is not None and role.priority == 0)
            draft = description(words, place, plain)
            if draft is not None:
                return draft
        items = [item for item in phrase.core if not item.modifier]
        if not items or items[-1].last <= place or is_title(phrases, place, phrase.last):
            return None
        phrase.tails = words.complements(place, phrase.last)
        if role is not None and role.kind == "person":
            phrase.tails += [kid for kid in words.kids[place] if self.is_employer(kid, phrase)]
        tail: list[Item] = []
        for head in phrase.tails:
            tail += [item for item in phrases.tail_of(head) if item.first >= phrase.last]
        reading = phrases.read([*phrase.core, *tail], phrase.last)
        return None if reading is None else self.read(phrase, items[-1], reading)

    def is_employer(self, place: int, phrase: Phrase) -> bool:
        """Whether somebody works for a body: "an official with the Red Cross"."""
        item = self.names.at.get(place)
        entry = item.entry if item is not None else None
        return (
            place >= phrase.last
            and self.words.deps[place] == "nmod"
            and self.words.preposition_of(place) == "with"
            and entry is not None
            and FORMS.get(entry.kind) in ("organisation", "group")
        )

    def read(self, phrase: Phrase, final: Item, reading: Reading) -> Draft | None:
        """The draft of a phrase of which it is known what its words tell.

        Args:
            final: its last item that is more than a modifier.
        """
        phrases = self.phrases
        entry = reading.entry if reading.how != "office" else None
        if final.names and not final.backer and entry is not None:
            joint = joint_body(
                self.doc, phrase.first, phrase.head, final, phrase.core, reading, phrases.scanner
            )
            if joint is not None:
                return joint
            self.taken.add(final.first)
            return named_draft(phrases, phrase, final, reading)
        name = labelled(phrases, phrase, final)
        if name is not None:
            return label_draft(phrases, phrase.head, name, final.last)
        if reading.role is None:
            return None
        draft = role_draft(phrases, phrase, reading)
        last = phrases.with_patron(draft.last) if draft is not None else 0
        if draft is not None and last > draft.last:
            draft.last, draft.name = last, phrases.words.text(draft.first, last)
        return draft

    def compound(self, place: int, item: Item) -> None:
        """Keep the draft of a body that does what the noun after it tells."""
        draft = compound_draft(self.phrases, place, item)
        self.add(draft)
        if draft is not None and draft.role is not None:
            self.compounds.append(draft)

    def inner_names(self) -> None:
        """Keep the drafts of the names that stand inside phrases and in the names of bodies."""
        phrases = self.phrases
        for item in self.names.items:
            if (item.names or item.town) and item.first not in self.taken:
                inner = inner_name(phrases, item)
                self.add(inner)
                if inner is not None and inner.form == "person":
                    self.taken.add(item.first)
            if item.last - item.first > 1 and item.names:
                self.add(inner_state(phrases, item))
        for item in self.names.inner:
            draft = None if part_of_name(phrases, item) else inner_name(phrases, item)
            if draft is not None:
                draft.as_place = True
                self.drafts.append(draft)
