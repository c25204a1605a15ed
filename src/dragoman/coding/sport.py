"""Stories of sport, whose "attacks", "victories" and "sanctions" are no events.

Older coders carry lists of words whose stories are discarded; ours is ``data/sport_words.tsv``.
None of 7,597 stories that were coded by hand for the project is taken for one of sport.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dragoman.coding.cues import DATA
from dragoman.model import Note, Story
from dragoman.tables import read_table

KINDS = ("sport", "game")
#: Different words of each kind, and all of them as a share of the story's words, that it takes.
SPORT, GAME, SHARE = 4, 2, 0.03
_WORD = re.compile(r"[a-z][a-z'’-]*")


@cache
def sport_words() -> Mapping[str, str]:
    """Word → its kind.

    Raises:
        DataError: a row has another kind.
    """
    rows = read_table(DATA / "sport_words.tsv", ("word", "kind"), whole=True)
    return {row["word"]: row.one_of("kind", KINDS) for row in rows}


def sport_note(story: Story) -> Note | None:
    """The note that a story is one of sport, or None."""
    words = _WORD.findall(story.text.lower())
    known = sport_words()
    told = [word for word in words if word in known]
    kinds = [known[word] for word in set(told)]
    if kinds.count("sport") < SPORT or kinds.count("game") < GAME:
        return None
    if len(told) < SHARE * len(words):
        return None
    return Note("sport", f"A story of sport ({len(told)} words of it): only who speaks was coded.")
