"""What tests of the events share: sentences parsed by hand without a model, an event in one line."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from dragoman.entities.index import EntityIndex
from dragoman.model import Entity, Event, Mention, Record

_VOCAB = spacy.blank("en").vocab


def parsed(rows: str) -> Doc:
    """A Doc from lines "word tag head dep" (head is the line's number from 1, 0 for the root).

    An empty line parts sentences; heads count within their sentence.
    """
    words, tags, heads, labels, starts = [], [], [], [], []
    for block in rows.strip().split("\n\n"):
        first = len(words)
        for number, line in enumerate(block.strip().splitlines()):
            word, tag, head, label = line.split()
            words.append(word)
            tags.append(tag)
            heads.append(first + (int(head) - 1 if int(head) else number))
            labels.append("ROOT" if label == "root" else label)
            starts.append(number == 0)
    return Doc(_VOCAB, words=words, tags=tags, heads=heads, deps=labels, sent_starts=starts)


def indexed(doc: Doc, **countries: str) -> EntityIndex:
    """Every token whose text is a key becomes a mention of an entity of that country."""
    entities, mentions = [], []
    for word, country in countries.items():
        entities.append(Entity(id=word, name=word, country=country, kind="state"))
        mentions += [
            Mention(token.idx, token.idx + len(token), token.i, token.i + 1, token.i, word)
            for token in doc
            if token.text == word
        ]
    return EntityIndex(entities, mentions)


def row(event: Event) -> str:
    """Type, countries (or names) of the parties, auxiliary modes: ``ASSAULT KEN > UGA future``."""
    sides = (
        "+".join(sorted({party.country or party.name for party in side}))
        for side in (event.actors, event.recipients)
    )
    return " ".join([event.type, " > ".join(sides), *event.aux]).strip()


def told_at(record: Record, word: str) -> Event:
    """The event whose trigger is a word."""
    return next(
        e for e in record.events if record.story.text[e.trigger.start : e.trigger.end] == word
    )
