"""What two phrases of a story have in common: the numbers that the linking model weighs."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

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
    Integers = NDArray[np.integer[Any]]

SAME_HEAD = 12  # earlier phrases of the same head beyond the reach, the latest
PRONOUN_SORTS = 7  # the first so many sorts are pronouns
NAME = SORTS.index("name")
OWNER = ROLES.index("owner")
FAR, NEAR, CLOSE = 40, 20, 10  # phrases back that pronouns, pointing and other nouns look at
REACH = np.array([FAR] * PRONOUN_SORTS + [NEAR] * 3 + [CLOSE] * 2)  # by ``SORTS``
#: What is taken from both sides of a pair.
TAKEN = ("heads", "firsts", "sort", "role", "number", "gender", "sentence", "paragraph", "inside",
         "lemma", "text", "opening", "entity", "country", "speaker", "governor", "last", "subject",
         "upper", "reported", "main", "question", "initials")  # fmt: skip


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
    """Rows of phrases and of earlier phrases each is compared with, in rising order.

    Phrases whose own words say who is meant are compared with none; how far back the others look
    depends on what they are (``REACH``).
    """
    size = len(found)
    rows = np.arange(size, dtype=np.int64)
    reach = np.minimum(np.where(found.entity >= 0, 0, REACH[found.sort]), rows)
    later = np.repeat(rows, reach)
    starts = np.cumsum(reach) - reach
    earlier = np.arange(len(later)) - np.repeat(starts - rows + reach, reach)
    far: set[tuple[int, int]] = set()
    sorts, entities, reaches = found.sort.tolist(), found.entity.tolist(), reach.tolist()
    for keys in (found.lemma.tolist(), entities):
        same: dict[int, list[int]] = defaultdict(list)
        for row, key in enumerate(keys):
            if key < 0 or sorts[row] < PRONOUN_SORTS:
                continue
            held = same[key]
            if held and entities[row] < 0:
                least = row - reaches[row]
                far.update([(row, other) for other in held[-SAME_HEAD:] if other < least])
            held.append(row)
    if far:
        added = np.array(sorted(far), dtype=np.int64)
        places = starts[added[:, 0]]
        later = np.insert(later, places, added[:, 0])
        earlier = np.insert(earlier, places, added[:, 1])
    return later, earlier


def pair_features(found: Candidates, kinds: Floats, i: Integers, j: Integers) -> Floats:
    """What each phrase ``i`` and an earlier one ``j`` have in common, one row a pair."""
    of_i, of_j = side(found, kinds, i), side(found, kinds, j)
    return np.stack(columns_of(found, i, j, of_i, of_j), dtype=np.float32, casting="unsafe").T


def side(found: Candidates, kinds: Floats, rows: Integers) -> SimpleNamespace:
    """The numbers of one side of all pairs, taken from the phrases once each."""
    taken = SimpleNamespace(**{name: getattr(found, name).take(rows) for name in TAKEN})
    taken.kinds = kinds.take(rows, axis=0)
    taken.pronoun = taken.sort < PRONOUN_SORTS
    return taken


def columns_of(
    found: Candidates, i: Integers, j: Integers, a: SimpleNamespace, b: SimpleNamespace
) -> list[NDArray[Any]]:
    """The columns of ``pair_features``, with the later side ``a`` and the earlier ``b``."""
    both_nouns = ~(a.pronoun | b.pronoun)
    sentences = a.sentence - b.sentence
    paragraphs = a.paragraph - b.paragraph
    near = sentences == 0
    both_named = (a.sort == NAME) & (b.sort == NAME)
    number, numbers = agreement(a.number, b.number)
    gender, genders = agreement(a.gender, b.gender)
    entity, entities = agreement(a.entity + 1, b.entity + 1)
    country, countries = agreement(a.country + 1, b.country + 1)
    same_head = both_nouns & (a.lemma == b.lemma)
    alike = np.einsum("ij,ij->i", a.kinds, b.kinds)
    compatible = ~(numbers | genders) & (alike > 0.25)
    between = compatible_between(i, compatible)
    inside_words, shared, clash = words_in_common(found, i, j, same_head)
    said = a.speaker >= 0
    above = a.upper == b.heads
    question = a.question == b.question
    return [
        logs(sentences), near, sentences == 1, sentences == 2,
        logs(i - j), logs(paragraphs), paragraphs == 0, paragraphs % 2 == 1,
        logs(between), between == 0, between == 1,
        same_head, both_nouns & (a.text == b.text), inside_words, shared, clash,
        same_head & both_named, both_named & ~same_head,
        both_named & ((a.opening == b.lemma) | (a.opening == b.opening)),
        both_named & (b.opening == a.lemma),
        number, numbers, gender, genders, entity, entities, country, countries, alike,
        np.abs(a.kinds - b.kinds).max(1),
        a.sort == b.sort, a.role == b.role,
        (a.firsts <= b.heads) & (b.heads <= a.last),
        a.heads <= b.last,
        a.governor == b.governor, a.governor == b.heads,
        b.governor == a.heads, (a.role == OWNER) & near,
        said & (a.speaker == j), said & (a.speaker == b.speaker), a.inside == b.inside,
        a.subject == b.heads, above,
        above & (a.reported == 1),
        (a.main == 1) & (b.main == 1) & (sentences == 1),
        ~question & (paragraphs == 1), question,
        both_named & (a.initials == b.initials) & ~same_head,
    ]  # fmt: skip


def logs(numbers: Integers) -> Floats:
    """log(1 + n) of whole numbers, from a table."""
    top = int(numbers.max(initial=0)) + 1
    return np.log1p(np.arange(top, dtype=np.float32)).take(numbers)


def agreement(first: Integers, second: Integers) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where both tell the same; where they differ. Neither where one tells nothing."""
    known = (first > 0) & (second > 0)
    same = known & (first == second)
    return same, known ^ same


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
    places = np.flatnonzero(same_head)
    rows = zip(places.tolist(), i[places].tolist(), j[places].tolist(), strict=True)
    for place, row, before in rows:
        later, earlier = words[row], words[before]
        new[place] = later <= earlier
        shared[place] = bool(later & earlier)
        clash[place] = bool(later) and bool(earlier) and not later & earlier
    return new, shared, clash
