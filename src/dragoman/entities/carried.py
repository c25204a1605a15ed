"""Whom a pronoun carries on: the object of the verb before it, or the body that the sentence before told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.grammar import OBJECTS, SUBJECTS, subject_of
from dragoman.entities.pronouns import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Lists = Mapping[str, frozenset[str]]

    from spacy.tokens import Doc, Token

    from dragoman.entities.chains import Chain, Chains
    from dragoman.entities.mentions import Draft

SHIPS_BACK = 1  # sentences back in which "its captain" looks for a ship
BODIES = frozenset({"organisation", "group"})
#: Mentions of one among which the subject of the sentence before is looked for.
_LATELY = 3
BEFORE_NOUN = frozenset({"amod", "compound", "nmod:desc"})


def object_before(
    doc: Doc, by_head: Mapping[int, Draft], chains: Chains, draft: Draft
) -> Chain | None:
    """ "Oman called in the envoy, Dara Moll, and told him", "spoke by phone with Moll and urged him": whom the first
    of two verbs has as its object, or deals with."""
    token = doc[draft.head]
    verb = token.head
    if draft.form != "person" or token.tag_ != "PRP" or token.dep_ not in OBJECTS:
        return None
    if verb.dep_ != "conj" or any(kid.dep_ in SUBJECTS for kid in verb.lefts):
        return None
    held = [by_head.get(kid.i) for kid in verb.head.rights if kid.i < token.i and is_object(kid)]
    told = {one.entity for one in held if one is not None and one.entity}
    if not told:
        dealt = [
            by_head.get(kid.i) for kid in verb.head.rights
            if kid.i < token.i and kid.dep_ == "obl"
            and any(case.dep_ == "case" and case.lower_ in ("with", "to") for case in kid.lefts)
        ]  # fmt: skip
        told = {one.entity for one in dealt if one is not None and one.entity}
    return _one_person(told, chains, draft)


def named_after(doc: Doc, by_head: Mapping[int, Draft], draft: Draft) -> set[str]:
    """Who is named in the clause that a pronoun opens: "it said Omani snipers had fired, which Muscat denied" is
    said by nobody of Muscat, and "she said Moll would go" is not said by Moll."""
    token = doc[draft.head]
    if token.dep_ not in SUBJECTS or token.tag_ != "PRP":
        return set()
    return {
        held.entity for word in token.head.subtree
        if word.i > token.i and (held := by_head.get(word.i)) is not None
        and held.kind == "name" and held.entity
    }  # fmt: skip


def _one_person(told: Iterable[str], chains: Chains, draft: Draft) -> Chain | None:
    """The one person among some entities that a pronoun's gender allows, or None."""
    people = [
        chain for key in told if (chain := chains.held.get(key)) and chain.form == "person"
        and not (draft.gender and chain.gender and draft.gender != chain.gender)
    ]  # fmt: skip
    return people[0] if len(people) == 1 else None


def is_object(token: Token) -> bool:
    """Whether a word is the object of its verb, or a name that the parser took for what it makes of him."""
    return token.dep_ in OBJECTS or (token.dep_ == "xcomp" and token.tag_ == "NNP")


def body_before(
    doc: Doc, chains: Chains, sentence: list[int], heads: frozenset[str], draft: Draft
) -> Chain | None:
    """ "The mission left Goma. Its commander, Dara Moll, said …": the one body told in the sentence before.

    Args:
        heads: words for those who lead or speak for a body, and for no state.
    """
    token = doc[draft.head]
    here = sentence[token.i]
    if token.lower_ != "its" or sentence[token.i - 1] == here or not token.i:
        return None
    subject = token.head
    while subject.dep_ in NAMED and subject.head != subject:
        subject = subject.head  # "its commander, Dara Moll, said"
    if subject.dep_ not in SUBJECTS or token.head.lemma_.lower() not in heads:
        return None
    told = [
        chain for chain in chains.held.values()
        if chain.form in BODIES and sentence[chain.last.head] == here - 1
        and chain.sectors[:1] != ("JRN",)
        and doc[chain.last.head].dep_ not in BEFORE_NOUN
    ]  # fmt: skip
    return told[0] if len(told) == 1 else None


def set_off_by_comma(doc: Doc, by_head: Mapping[int, Draft], draft: Draft) -> Draft | None:
    """ "Dara Moll, Oman's envoy, who telephoned Chad, offered help": where the parser hangs the clause on the
    verb behind it, its subject."""
    token = doc[draft.head]
    verb = token.head
    if token.lower_ not in ("who", "which") or token.dep_ not in SUBJECTS or verb.dep_ != "advcl":
        return None
    if not token.i or doc[token.i - 1].text != "," or verb.head.i < token.i:
        return None
    subject = next((kid for kid in verb.head.lefts if kid.dep_ in SUBJECTS), None)
    held = by_head.get(subject.i) if subject is not None and subject.i < token.i else None
    return held if held is not None and held.entity else None


def whose_before(doc: Doc, by_head: Mapping[int, Draft], draft: Draft) -> Draft | None:
    """ "Dropped five pacts with Oman, whose troops were to leave": who is told just before the comma, where the
    parser hangs the clause on what is nobody."""
    token = doc[draft.head]
    if token.lower_ != "whose" or token.i < 2 or doc[token.i - 1].text != ",":
        return None
    held = by_head.get(token.i - 2)
    named = held is not None and held.kind in ("name", "description") and held.last == token.i - 1
    return held if held is not None and named and held.entity else None


def senders(doc: Doc, by_head: Mapping[int, Draft], draft: Draft) -> set[str]:
    """Of whom those are who do something to "it": "observers from the bloc praised it" is no praise of the bloc."""
    token = doc[draft.head]
    subject = subject_of(token.head) if token.lower_ == "it" and token.dep_ in OBJECTS else None
    if subject is None or subject.i > token.i:
        return set()
    held = [by_head.get(kid.i) for kid in subject.rights if kid.dep_ == "nmod"]
    return {one.entity for one in held if one is not None and one.entity}


def ship_before(
    doc: Doc, by_head: Mapping[int, Draft], sentence: list[int], lists: Lists, draft: Draft
) -> Draft | None:
    """ "Chad's navy rammed a Malian trawler. Its captain …": the ship that was told last."""
    token = doc[draft.head]
    if token.lower_ != "its" or token.head.lemma_.lower() not in lists["of a ship"]:
        return None
    for head in range(draft.first - 1, -1, -1):
        if sentence[token.i] - sentence[head] > SHIPS_BACK:
            return None
        held = by_head.get(head)
        if held is not None and held.entity and doc[head].lemma_.lower() in lists["vessel"]:
            return held
    return None


def spoken_for(
    doc: Doc,
    by_head: Mapping[int, Draft],
    chains: Chains,
    sentence: list[int],
    lists: Lists,
    draft: Draft,
) -> Chain | None:
    """ "A spokesman for Dara Moll said he would go", "Moll left. An Omani official said he …": who speaks without
    a name speaks of the one he speaks for, or of his countryman who was the subject before."""
    token = doc[draft.head]
    if draft.form != "person" or token.dep_ not in SUBJECTS:
        return None
    verb = token.head
    while verb.dep_ == "conj" and verb.head.i < verb.i:
        verb = verb.head
    speaker = subject_of(verb.head) if verb.dep_ in ("ccomp", "parataxis") else None
    if speaker is None or speaker.lemma_.lower() not in lists["voice of another"]:
        return None
    held = by_head.get(speaker.i)
    if held is None or held.form != "person":
        return None
    owners = [by_head.get(kid.i) for kid in speaker.children if kid.dep_ in ("nmod", "nmod:poss")]
    chosen = [one.entity for one in owners if one is not None and one.form == "person"]
    if not chosen:
        home = chains.country_of(held.entity)
        chosen = [
            chain.entity for chain in chains.held.values()
            if home and chain.country == home and chain.entity != held.entity
            and any(
                one.kind in ("name", "title")
                and sentence[speaker.i] - sentence[one.head] == 1
                and doc[one.head].dep_ in SUBJECTS
                for one in chain.drafts[-_LATELY:]
            )
        ]  # fmt: skip
    return _one_person(chosen, chains, draft)
