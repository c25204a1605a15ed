"""What two phrases of a story have in common: the numbers that the linking model weighs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from dragoman.entities.candidates import (
    DETERMINERS,
    FORMS,
    GENDERS,
    NUMBERS,
    ROLES,
    SORTS,
    Candidates,
    counts,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

WINDOW = 50  # phrases back that are always looked at
SAME_HEAD = 12  # earlier phrases of the same head beyond the window, the latest
PRONOUN_SORTS = 7  # the first so many sorts are pronouns
NAME = SORTS.index("name")
OWNER = ROLES.index("owner")


def one_hot(numbers: Integers, size: int) -> Floats:
    """Rows of zeros with a one where the number says."""
    found = np.zeros((len(numbers), size), dtype=np.float32)
    found[np.arange(len(numbers)), numbers] = 1
    return found


def mention_features(found: Candidates, kinds: Floats) -> Floats:
    """What one phrase tells by itself, one row each."""
    size = len(found)
    first_of_sentence = np.ones(size, dtype=bool)
    first_of_sentence[1:] = found.sentence[1:] != found.sentence[:-1]
    return np.concatenate(
        [
            one_hot(found.sort, len(SORTS)), one_hot(found.role, len(ROLES)),
            one_hot(found.number, len(NUMBERS)), one_hot(found.gender, len(GENDERS)),
            one_hot(found.form, len(FORMS)), one_hot(found.determiner, len(DETERMINERS)),
            kinds,
            np.stack([
                found.inside.astype(np.float32), found.speaker >= 0, first_of_sentence,
                np.log1p(counts(found.lemma)), np.log1p(found.sentence) / 3,
                np.log1p([len(words) for words in found.words]), found.entity >= 0,
                found.country >= 0, found.paragraph == 0, found.main, found.question,
                found.reported,
            ], axis=1),
        ], axis=1,
    ).astype(np.float32)  # fmt: skip


def candidates_of(found: Candidates) -> tuple[Integers, Integers]:
    """Rows of phrases and of earlier phrases each is compared with, sorted by phrase."""
    size = len(found)
    later = np.repeat(np.arange(size), WINDOW)
    earlier = later - np.tile(np.arange(WINDOW, 0, -1), size)
    kept = earlier >= 0
    far_later: list[int] = []
    far_earlier: list[int] = []
    for keys in (found.lemma, found.entity):
        same: dict[int, list[int]] = defaultdict(list)
        for row, key in enumerate(keys.tolist()):
            if key < 0 or found.sort[row] < PRONOUN_SORTS:
                continue
            for other in same[key][-SAME_HEAD:]:
                if row - other > WINDOW:
                    far_later.append(row)
                    far_earlier.append(other)
            same[key].append(row)
    pairs = np.unique(
        np.concatenate([later[kept], np.array(far_later, dtype=np.int64)]) * size
        + np.concatenate([earlier[kept], np.array(far_earlier, dtype=np.int64)])
    )
    return pairs // max(size, 1), pairs % max(size, 1)


def pair_features(found: Candidates, kinds: Floats, i: Integers, j: Integers) -> Floats:
    """What each phrase ``i`` and an earlier one ``j`` have in common, one row a pair."""
    pronoun = found.sort < PRONOUN_SORTS
    both_nouns = ~pronoun[i] & ~pronoun[j]
    sentences = found.sentence[i] - found.sentence[j]
    paragraphs = found.paragraph[i] - found.paragraph[j]
    both_named = (found.sort[i] == NAME) & (found.sort[j] == NAME)
    number = agreement(found.number, i, j)
    gender = agreement(found.gender, i, j)
    entity = agreement(found.entity + 1, i, j)
    country = agreement(found.country + 1, i, j)
    same_head = both_nouns & (found.lemma[i] == found.lemma[j])
    alike = (kinds[i] * kinds[j]).sum(1)
    compatible = (number != -1) & (gender != -1) & (alike > 0.25)
    between = compatible_between(i, compatible)
    inside_words, shared, clash = words_in_common(found, i, j, same_head)
    speaker_is = (found.speaker[i] == j) & (found.speaker[i] >= 0)
    same_speaker = (found.speaker[i] >= 0) & (found.speaker[i] == found.speaker[j])
    columns = [
        np.log1p(sentences), sentences == 0, sentences == 1, sentences == 2,
        np.log1p(i - j), np.log1p(paragraphs), paragraphs == 0, paragraphs % 2 == 1,
        np.log1p(between), between == 0, between == 1,
        same_head, both_nouns & (found.text[i] == found.text[j]), inside_words, shared, clash,
        same_head & both_named, both_named & ~same_head,
        both_named & ((found.opening[i] == found.lemma[j]) | (found.opening[i] == found.opening[j])),
        both_named & (found.opening[j] == found.lemma[i]),
        number == 1, number == -1, gender == 1, gender == -1, entity == 1, entity == -1,
        country == 1, country == -1, alike, np.abs(kinds[i] - kinds[j]).max(1),
        found.sort[i] == found.sort[j], found.role[i] == found.role[j],
        (found.firsts[i] <= found.heads[j]) & (found.heads[j] <= found.last[i]),
        found.heads[i] <= found.last[j],
        found.governor[i] == found.governor[j], found.governor[i] == found.heads[j],
        found.governor[j] == found.heads[i], (found.role[i] == OWNER) & (sentences == 0),
        speaker_is, same_speaker, found.inside[i] == found.inside[j],
        found.subject[i] == found.heads[j], found.upper[i] == found.heads[j],
        (found.upper[i] == found.heads[j]) & (found.reported[i] == 1),
        (found.main[i] == 1) & (found.main[j] == 1) & (sentences == 1),
        (found.question[i] != found.question[j]) & (paragraphs == 1), found.question[i] == found.question[j],
        both_named & (found.initials[i] == found.initials[j]) & ~same_head,
    ]  # fmt: skip
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def agreement(numbers: Integers, i: Integers, j: Integers) -> Integers:
    """1 where both tell the same, −1 where they differ, 0 where one tells nothing."""
    first, second = numbers[i], numbers[j]
    known = (first > 0) & (second > 0)
    found: Integers = np.where(known, np.where(first == second, 1, -1), 0)
    return found


def compatible_between(i: Integers, compatible: NDArray[np.bool_]) -> Integers:
    """How many fitting phrases stand between the two of each pair (pairs sorted by ``i``, ``j``)."""
    if not len(i):
        return i
    running = np.cumsum(compatible)
    ends = np.append(np.flatnonzero(np.diff(i)), len(i) - 1)
    totals = running[ends]
    groups = np.cumsum(np.append(0, np.diff(i) != 0))
    found: Integers = totals[groups] - running
    return found


def words_in_common(
    found: Candidates, i: Integers, j: Integers, same_head: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Of two phrases of one head: the later tells nothing new; they share a word; they differ.

    "The president" after "the French president" tells nothing new; "the Russian president" after
    it differs.
    """
    new, shared, clash = (np.zeros(len(i), dtype=bool) for _ in range(3))
    words = found.words
    for place in np.flatnonzero(same_head).tolist():
        later, earlier = words[i[place]], words[j[place]]
        new[place] = later <= earlier
        shared[place] = bool(later & earlier)
        clash[place] = bool(later) and bool(earlier) and not later & earlier
    return new, shared, clash
