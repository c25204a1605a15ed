"""Who says "we" or "I" in a document outside all quotation marks: whose heading says they issued it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.entities.chains import Chain
    from dragoman.entities.mentions import Draft
    from dragoman.entities.words import Words

HEADINGS = 3  # paragraphs at the top that may say whose the document is
LINE = 25  # the most words of a heading
BY = frozenset({"of", "by", "from"})
BODIES = frozenset({"organisation", "state", "group", "collective", "people"})
OF = frozenset({"of", "the", "for", "and"})  # within an organ's name
BETWEEN = frozenset({",", "and", "the", "&"})  # what joins several issuers
ORGANS = frozenset({"GOV", "MIL", "LEG", "COP"})  # sectors of a state's organs
PERSON = "person"
ONE = frozenset({"speaker", "hearer"})  # "I" and "you"
SURE = 0.9  # how sure it is that "we" is who issued the document
REACH = 6  # words between "statement" and who issued it ("statement issued today by the rebels")


def issuers(words: Words, drafts: Sequence[Draft], papers: frozenset[str]) -> list[Draft]:
    """Whose "we" a document is: "Statement of the Foreign Ministry of Chad", "ICRC – operational update".

    A body after "statement by" goes before one that merely stands in such a heading, which must be
    the only one there. Nobody's for most stories: their heading names no paper.

    Args:
        words: the words of the story.
        drafts: its drafts.
        papers: nouns for papers that a body issues in its own voice ("statement").
    """
    for first, last in headings(words):
        named = [place for place in range(first, last) if words.lowers[place] in papers]
        if not named:
            continue
        held = [draft for draft in drafts if first <= draft.first and draft.last <= last]
        behind = [
            draft for draft in held
            if draft.first and words.lowers[before(words, draft)] in BY
            and any(0 < draft.first - place <= REACH for place in named)
            and (draft.form in BODIES or draft.speaks_for or draft.form == PERSON)
        ]  # fmt: skip
        if behind:
            first_of_all = max(behind, key=lambda draft: (-draft.first, draft.last))
            return joined(words, first_of_all, held)
        bodies = {
            draft.entity: draft for draft in held
            if draft.form == "organisation" and draft.kind == "name" and draft.entity
        }  # fmt: skip
        only = next(iter(bodies.values())) if len(bodies) == 1 else None
        if only is not None and words.preposition_of(only.head) in ("", *BY):
            return [only]
    return letterhead(words, drafts)


def letterhead(words: Words, drafts: Sequence[Draft]) -> list[Draft]:
    """The organ of a state whose name is all that a heading says: "Ministry of Foreign Affairs of Chad",
    "General Staff of the Armed Forces of Chad"."""
    lines = {last: first for first, last in headings(words)}
    return [
        draft for draft in drafts if is_organ(draft)
        and lines.get(draft.last, draft.last) <= draft.first
        and is_name(words, lines[draft.last], draft.first)
    ][:1]  # fmt: skip


def is_organ(draft: Draft) -> bool:
    """Whether a draft names an organ of a state, or its armed forces."""
    told = draft.reading is not None and set(draft.reading.sectors) & ORGANS
    return bool(told) and draft.form == "organisation"


def is_name(words: Words, first: int, end: int) -> bool:
    """Whether all words before an organ's name are part of it: "General Staff of the"."""
    return all(
        words.texts[place][:1].isupper() or words.lowers[place] in OF for place in range(first, end)
    )


def issued_parts(
    words: Words, drafts: Sequence[Draft], papers: frozenset[str]
) -> list[tuple[int, list[Draft]]]:
    """Where each document of a text begins and who issued it: of several under each other, each has its own heading,
    a line in capitals that is an organ's name. Empty for most stories."""
    first = issuers(words, drafts, papers)
    ends = {place: number for number, place in enumerate(words.breaks)} if words.breaks else {}
    found = [(0, first)] if first else []
    for draft in drafts:
        if not is_organ(draft) or draft.last not in ends or not words.texts[draft.head].isupper():
            continue
        number = ends[draft.last]
        start = words.breaks[number - 1] + 1 if number else 0
        if any(place == start for place, _ in found):
            continue
        if draft.last - start <= LINE and is_name(words, start, draft.first):
            found.append((start, [draft]))
    return sorted(found, key=lambda part: part[0])


def issuers_at(parts: Sequence[tuple[int, list[Draft]]], place: int) -> list[Draft]:
    """Who issued the document in which a word stands."""
    return next((issued for start, issued in reversed(parts) if start <= place), [])


def joined(words: Words, first: Draft, held: Sequence[Draft]) -> list[Draft]:
    """A body with those set beside it: "by Chad, Mali and the African Union"."""
    found = [first]
    for draft in sorted(held, key=lambda draft: (draft.first, -draft.last)):
        between = words.lowers[found[-1].last : draft.first]
        if draft.first >= found[-1].last and between and BETWEEN.issuperset(between):
            if draft.form in BODIES:
                found.append(draft)
    return found


def before(words: Words, draft: Draft) -> int:
    """The word before a phrase, its article passed over."""
    place = draft.first - 1
    return place - 1 if place and words.lowers[place] == "the" else place


def headings(words: Words) -> list[tuple[int, int]]:
    """The first lines of a story that are no sentences, as half-open ranges of words."""
    found: list[tuple[int, int]] = []
    first = 0
    for place, text in enumerate(words.texts):
        if "\n" not in text:
            continue
        if place > first and place - first <= LINE and words.texts[place - 1] not in ".?!":
            found.append((first, place))
        first = place + 1
        if len(found) == HEADINGS or (found and place - found[-1][1] > LINE):
            break
    return found


def issuing(drafts: Sequence[Draft], known: Mapping[str, Chain]) -> list[str]:
    """The entities of issuers the story knows: the bodies themselves, or those whose speakers they are."""
    found = []
    for draft in drafts:
        keys = (draft.entity,) if draft.form in BODIES else draft.speaks_for
        found += [key for key in keys if key in known]
    return list(dict.fromkeys(found))


def say_we(draft: Draft, drafts: Sequence[Draft], known: Mapping[str, Chain]) -> bool:
    """Link a "we" outside quotation marks to those who issued the document, where it says who did.

    Args:
        draft: the pronoun.
        drafts: the issuers.
        known: the entities told so far.
    """
    if draft.form in ONE:
        return say_i(draft, drafts, known)
    keys = sorted(issuing(drafts, known)) if drafts else []
    if keys:
        draft.entity, draft.confidence = "+".join(keys), SURE
        draft.members = tuple(keys) if len(keys) > 1 else ()
        draft.form = "collective" if len(keys) > 1 else known[keys[0]].form
    return bool(keys)


def say_i(draft: Draft, drafts: Sequence[Draft], known: Mapping[str, Chain]) -> bool:
    """Link an "I" to the one person who issued the document: "Report of the Secretary-General"."""
    people = {one.entity for one in drafts if one.form == PERSON and one.entity in known}
    if draft.form != "speaker" or len(people) != 1:
        return False
    draft.entity, draft.form, draft.confidence = people.pop(), PERSON, SURE
    return True
