"""Who speaks: from the words of a source to an entity, a pronoun's antecedent or an unnamed voice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.cues import word_list
from dragoman.coding.tokens import label, span_of
from dragoman.entities.index import EntityIndex
from dragoman.entities.tables import words
from dragoman.model import Mention, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Nouns whose "of"/"for" names the party they speak for.
SPEAKS_FOR = word_list("speaks_for")
SENT = word_list("sent")
UNNAMED_HEADS = word_list("unnamed_heads")
# "A former director of the agency" speaks for it no longer.
_FORMER = words()["former"]
# Papers that speak for those who issued them, and nouns for a body named before ("the group").
DOCUMENTS = word_list("documents")
# Before those whose words they are: "a letter from", "interviews with".
_ISSUERS = frozenset({"by", "from", "with"})
BODIES = word_list("bodies")
PRESS = word_list("press")


def resolve(
    doc: Doc, tokens: Sequence[int], head: int | None, index: EntityIndex, text: str
) -> Source | None:
    """The source whose words are these tokens, tied to an entity where the index knows one.

    Args:
        tokens: token indices of the words; empty gives None.
        head: the noun the phrase hangs on, None to look for it.
        text: the story's text.
    """
    if not tokens:
        return None
    span = span_of(doc, tokens)
    head = head if head is not None and head in tokens else head_of(doc, tokens)
    mention = mention_of(doc, tokens, head, index)
    named = mention.entity if mention is not None else issuer(doc, tokens, head, index)
    entity = index.entities.get(named) if named is not None else None
    words = doc[head].lower_
    unnamed = entity.kind == "unnamed" if entity else words in UNNAMED_HEADS
    return Source(
        entity=entity.id if entity else None,
        text=text[span.start : span.end],
        start=span.start,
        end=span.end,
        anonymous=unnamed,
        speaks_for=speaks_for(doc, tokens, index, entity.id if entity else None),
    )


def issuer(doc: Doc, tokens: Sequence[int], head: int, index: EntityIndex) -> str | None:
    """Whose paper speaks: "a report by Ostria's agencies", "the latest UN statement"."""
    if doc[head].lower_ not in DOCUMENTS:
        return None
    for mention in index.within(tokens[0], tokens[-1] + 1):
        owner = doc[mention.head]
        marks = {child.lower_ for child in owner.children if label(child) == "case"}
        if mention.kind == "pronoun" or mention.head == head:
            continue
        if owner.dep_ in ("nmod:poss", "compound", "amod") or marks & _ISSUERS:
            return mention.entity
    return None


def head_of(doc: Doc, tokens: Sequence[int]) -> int:
    """The token of a phrase whose head lies outside it."""
    inside = set(tokens)
    tops = [
        position
        for position in tokens
        if not doc[position].is_punct
        and not doc[position].is_space
        and (doc[position].head.i not in inside or doc[position].head.i == position)
    ]
    nouns = [position for position in tops if doc[position].tag_ not in ("DT", "CC", "IN")]
    return next(iter(nouns or tops), tokens[0])


def mention_of(doc: Doc, tokens: Sequence[int], head: int, index: EntityIndex) -> Mention | None:
    """The mention that a source phrase stands for: by its head, by what covers it, or inside it."""
    if doc[head].lower_ in ("who", "whom", "which"):  # the name before it, whatever the parse says
        place = head - 1
        while place > 0 and doc[place].is_punct:
            place -= 1
        beside = [
            m
            for m in index.mentions
            if m.last == place + 1 and m.kind in _NAMED and _may_speak(doc, m, head, index)
        ]
        if beside:
            return max(beside, key=lambda m: m.last - m.first)
    last = _name_last(doc, tokens, index)
    if last is not None:
        return last
    found = index.headed_by(head)
    whole = [m for m in index.within(tokens[0], tokens[-1] + 1) if m.first == tokens[0]]
    if found is None and whole and whole[0].last == tokens[-1] + 1:
        return whole[0]  # the mention is the phrase, whatever word the parse hangs it on
    named = _named_beside(doc, tokens, head, index)
    if found is not None:
        unnamed = index.entities[found.entity].kind == "unnamed"
        return named if named is not None and unnamed else found
    if doc[head].lower_ in ("who", "which", "that") and label(doc[head].head) == "acl":
        antecedent = doc[head].head.head
        if doc[head].lower_ == "who":
            antecedent = _somebody(antecedent, index)
        found = index.headed_by(antecedent.i) or index.covering(antecedent.i)
        if found is not None:
            return found
        return mention_of(doc, [antecedent.i], antecedent.i, index)
    if named is not None:
        return named
    for child in doc[head].children:  # one of the ministers, two of the sources
        if label(child) == "nmod" and doc[head].tag_ in ("CD", "DT", "JJ"):
            return index.headed_by(child.i)
    covering = index.covering(head)
    if covering is not None and covering.first >= tokens[0]:
        if covering.last <= tokens[-1] + 1 or covering.kind == "title":
            return covering
    if doc[head].lower_ in PRESS:
        return None  # "our Brussels correspondent" is nobody of Brussels
    for child in reversed(list(doc[head].lefts)):  # its troops, Oman's doctors' committee
        if label(child) in ("nmod", "amod", "compound"):
            owner = index.headed_by(child.i)
            if owner is not None:
                return owner
    return None


def _may_speak(doc: Doc, mention: Mention, relative: int, index: EntityIndex) -> bool:
    """Whether the name right before a relative pronoun is its antecedent.

    "Which" wants no place, and "who" nobody's employer or town ("a woman from Aleppo, who said").
    """
    case = any(label(child) == "case" for child in doc[mention.head].children)
    if doc[relative].lower_ != "which":
        named = mention.kind == "name" and index.entities[mention.entity].kind in _PEOPLE
        return named or not case
    return not mention.as_place and not case


def _somebody(noun: Token, index: EntityIndex) -> Token:
    """Whom "who" after a noun means: what stands over a body or a place is the person."""
    for _ in range(4):
        mention = index.headed_by(noun.i)
        known = mention is not None and index.entities[mention.entity].kind not in _PEOPLE
        if not known or label(noun) not in ("nmod", "appos") or noun.head.i == noun.i:
            break
        noun = noun.head
    return noun


def _name_last(doc: Doc, tokens: Sequence[int], index: EntityIndex) -> Mention | None:
    """The person whose name ends the phrase after a title: "the government's envoy Ivo Rao"."""
    if len(tokens) < 3:
        return None
    for mention in index.within(tokens[0], tokens[-1] + 1):
        kind = index.entities[mention.entity].kind
        person = kind == "person" and mention.kind in ("name", "title")
        if not person or mention.last != tokens[-1] + 1 or doc[mention.first - 1].tag_ in _PARTING:
            continue
        before = doc[tokens[0] : mention.first]
        if mention.first > tokens[0] and not any(t.tag_ in _PARTING for t in before):
            return mention
    return None


_NAMED = frozenset({"name", "title"})
_PEOPLE = frozenset({"person", "unnamed", "group", "collective"})
# Sectors of those who may speak for a state.
_ORGANS = frozenset({"GOV", "MIL", "SPY", "LEG", "JUD", "COP"})
_COMMITTEES = frozenset({"committee", "subcommittee", "panel", "caucus"})
_PARTING = frozenset({"IN", "TO", "CC", ",", ":", "VBG", "VBN", "VBD", "WP", "WDT", "."})


def _named_beside(doc: Doc, tokens: Sequence[int], head: int, index: EntityIndex) -> Mention | None:
    """The name that stands in apposition: "one of the sponsors, Belmar"; "our Brussels correspondent" is not the EU."""
    if doc[head].lower_ in PRESS:
        return None
    for child in doc[head].children:
        if label(child) in ("appos", "flat", "compound") and child.i in tokens:
            named = index.headed_by(child.i)
            if named is not None and named.kind == "name":
                return named
    return None


def speaks_for(
    doc: Doc, tokens: Sequence[int], index: EntityIndex, own: str | None
) -> tuple[str, ...]:
    """Entities whose voice the source is: "spokesman for X", "chair of the Y", "on behalf of Z"."""
    found: list[str] = []
    if not tokens:
        return ()
    for mention in index.within(tokens[0], tokens[-1] + 1):
        if mention.entity == own or mention.entity in found or mention.kind == "pronoun":
            continue
        if index.entities[mention.entity].kind == "place":
            continue  # "its Middle East director"
        if index.entities[mention.entity].kind == "state" and _no_official(own, index):
            continue  # "Chad's opposition leader"
        if _is_committee(doc, mention, index):
            continue  # "chairman of the Senate Foreign Relations Committee" speaks for no Senate
        noun = governor(doc[mention.head])
        if noun is None or noun.i not in tokens or _told_aside(noun, tokens):
            continue
        if not _sent_to(noun, doc[mention.head]):
            found.append(mention.entity)
    return tuple(found)


def _is_committee(doc: Doc, mention: Mention, index: EntityIndex) -> bool:
    """Whether a phrase names only a part of the house that it is taken for."""
    house = index.entities[mention.entity].sectors[:1] == ("LEG",)
    return house and any(doc[i].lower_ in _COMMITTEES for i in range(mention.first, mention.last))


def _no_official(own: str | None, index: EntityIndex) -> bool:
    """Whether it is known of the speaker that he is of no organ of a state."""
    sectors = index.entities[own].sectors if own is not None else ()
    return bool(sectors) and _ORGANS.isdisjoint(sectors)


def _told_aside(noun: Token, tokens: Sequence[int]) -> bool:
    """Whether a noun stands in a clause of the phrase: "Chad's envoy, who met Oman's leader", "the general,
    in Muscat to see Oman's leader"."""
    while noun.i in tokens and noun.head.i != noun.i:
        met = noun.dep_ in ("obj", "iobj") and noun.head.i in tokens
        if noun.dep_ == "acl:relcl" or met:
            return True
        noun = noun.head
    return False


def _sent_to(office: Token, name: Token) -> bool:
    """Whether an office is held with somebody and for another: "envoy to Chad", "envoy for Chad", or
    its body is for somebody ("head of the agency for refugees")."""
    marks = {child.lower_ for child in name.children if label(child) == "case"}
    sent = office.lower_ in SENT if name.head == office else label(name) == "nmod"
    return sent and bool(marks & {"to", "for", "on"})


def governor(token: Token) -> Token | None:
    """The office that a party's name depends on, or None."""
    up = token
    for _ in range(3):
        if label(up) in ("nmod", "compound", "amod", "flat", "appos"):
            up = up.head
            if up.lower_ in SPEAKS_FOR:
                return None if _FORMER & {child.lower_ for child in up.lefts} else up
        else:
            break
    return None
