"""The entities of a story: ``find``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.coreference import Coreference
from dragoman.entities.drafts import DraftMaker
from dragoman.entities.gather import gather
from dragoman.entities.index import EntityIndex
from dragoman.entities.locate import locate
from dragoman.entities.offices import settle_holders
from dragoman.entities.resolve import Resolver
from dragoman.model import Story

if TYPE_CHECKING:
    from spacy.tokens import Doc


def day_of(story: Story) -> str | None:
    """The ISO day for which people's offices are told, None where nobody knows it."""
    return story.day


def days_of(story: Story) -> tuple[str, ...]:
    """The days on all of which one must hold an office for the story to mean him by it.

    The day of publication; where it is open, the first and the last day of the year that the text
    implies; none where the text tells no time.
    """
    if story.published:
        return (story.published,)
    year = story.implied_year
    return (f"{year}-01-01", f"{year}-12-31") if year else ()


def find(doc: Doc, story: Story, resolver: Resolver, *, models: bool = True) -> EntityIndex:
    """Everyone the story speaks of, and every mention of them.

    1. Names: the lexicon's, then those the name tagger sees.
    2. Phrases: titles with names, bodies, groups, unnamed people, with country and sectors.
    3. Coreference: pronouns, last names, roles and descriptions.
    4. Countries of the people whose own words tell none, from the place or the story.
    5. One entity for all mentions of it.

    Args:
        doc: the story's text, parsed with UD labels.
        story: gives the day.
        resolver: the lexicon and tables.
        models: whether the linking model may decide; without it, and for Docs of a pipeline that
            gives no states of an encoder, rules do.
    """
    maker = DraftMaker(doc, resolver.reader, day_of(story), days_of(story))
    drafts = maker.make()
    coreference = Coreference(doc, maker, models=models)
    coreference.resolve(drafts)
    locate(drafts, coreference.sentence, maker)
    settle_holders(drafts, maker)
    return gather(drafts, maker)
