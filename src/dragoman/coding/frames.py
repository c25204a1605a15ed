"""Frames of speech: from a cue word and the parse to who speaks, the cue's words and the content.

Each rule is a small function over one token. Rules follow the conventions of PolNeAR (Newell and
others 2018), on which they are measured: the cue holds its auxiliaries, adverbs before it and the
preposition that governs the content; the content holds "that"; a source holds its apposition.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.coding.arguments import (
    antecedent_of,
    arguments_of,
    around_aside,
    case_of,
    is_clause,
    opens_with_that,
    stretch_without,
)
from dragoman.coding.cues import Cue, Cues, word_list
from dragoman.coding.tokens import (
    is_bare_passive,
    is_noun,
    is_verb,
    label,
    lowers,
    noun_phrase,
    subject_of,
    subtree,
    told_before_that,
    trimmed,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass
class Frame:
    """What one cue says. Token indices; ``content`` may be empty where a quotation will fill it."""

    cue: Cue | None
    head: int
    cue_tokens: list[int]
    source_head: int | None = None
    source: list[int] = field(default_factory=list)
    content: set[int] = field(default_factory=set)
    addressee: list[int] = field(default_factory=list)
    rule: str = ""


_DAYS = word_list("days")
_TIMES_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})


def _behind_day(doc: Doc, place: int) -> int:
    """The word behind a day that is told there ("late on Saturday night"), else the word itself."""
    found = place
    if found < len(doc) and doc[found].tag_ == "RB":
        found += 1
    if found < len(doc) and doc[found].lower_ == "on":
        found += 1
    if found >= len(doc) or doc[found].lower_ not in _DAYS:
        return place
    found += 1
    return found + (found < len(doc) and doc[found].lower_ in _TIMES_OF_DAY)


def match_cue(token: Token, cues: Cues, part: str) -> tuple[Cue, list[int]] | None:
    """The longest cue that begins at the token, with the indices of its further words.

    The further words follow at once, after one adverb ("called again for") or after a day ("agreed late
    on Saturday to").
    """
    doc = token.doc
    for cue in cues.starting(token.lower_, part):
        found: list[int] = []
        position = token.i + 1
        for word in cue.rest:
            gap, position = 0, _behind_day(doc, position)
            while (
                position < len(doc)
                and doc[position].lower_ != word
                and gap < 1
                and doc[position].tag_ in ("RB", "PRP", "RBR")
            ):
                position, gap = position + 1, gap + 1
            if position >= len(doc) or doc[position].lower_ != word:
                found = []
                break
            found.append(position)
            position += 1
        if len(found) == len(cue.rest):
            if found and position < len(doc) and doc[position].lower_ in _DAYS:
                continue  # "agreed on Monday to talk" is no agreement on Monday
            return cue, found
    return None


def cue_tokens(verb: Token, further: list[int]) -> list[int]:
    """Auxiliaries, the adverbs among them, the verb, its particle and the cue's further words."""
    held = {verb.i, *further}
    for child in verb.children:
        if (child.i < verb.i and label(child) == "aux") or child.dep_ == "compound:prt":
            held.add(child.i)
    before = verb.i - 1
    while before >= 0 and (
        verb.doc[before].i in held
        or (
            verb.doc[before].head.i == verb.i
            and label(verb.doc[before]) == "advmod"
            and verb.doc[before].tag_ in ("RB", "RBR")
        )
    ):
        held.add(before)
        before -= 1
    low, high = min(held), max(held)
    if high - low > 6:
        return sorted(held)
    return [index for index in range(low, high + 1) if index in held or _between(verb, index)]


def _between(verb: Token, index: int) -> bool:
    """Whether a token inside the cue belongs to it: an adverb or "not", never a noun."""
    token = verb.doc[index]
    return token.head.i == verb.i and label(token) in ("advmod", "aux", "compound")


def verb_frame(verb: Token, cues: Cues) -> Frame | None:
    """The frame of a verb that is a cue, or None."""
    if not is_verb(verb) and not (_mistagged(verb) and not cues.starting(verb.lower_, "noun")):
        return None
    matched = match_cue(verb, cues, "verb")
    if matched is None:
        return None
    cue, further = matched
    head = _outer_speaker(verb) or subject_of(verb)
    frame = Frame(cue, verb.i, cue_tokens(verb, further), rule="verb")
    if head is not None and head.i != verb.i:
        frame.source_head = head.i
        frame.source = noun_phrase(head, until=verb.i)
    content = (
        arguments_of(verb, cue, further)
        or antecedent_of(verb, cue, head)
        or around_aside(verb, cue, frame.source)
    )
    if content:
        frame.content = content - set(frame.source) - set(frame.cue_tokens)
    frame.addressee = addressee_of(verb)
    return frame


def _outer_speaker(verb: Token) -> Token | None:
    """Who says ", saying …" after "denied that Mr Rao had …": the denier, wherever it was hung."""
    doc = verb.doc
    if verb.tag_ != "VBG" or verb.i == 0 or doc[verb.i - 1].text != "," or label(verb) != "advcl":
        return None
    top, reported = verb.head, False
    for _ in range(6):
        if label(top) not in ("ccomp", "conj", "xcomp") or top.head.i == top.i:
            break
        reported = reported or label(top) == "ccomp"
        top = top.head
    return subject_of(top) if reported else None


def _mistagged(token: Token) -> bool:
    """Whether a word tagged as a noun stands in a verb's place ("allegations that Moscow denies")."""
    return (
        token.tag_ in ("NNS", "NN", "JJ")
        and label(token) in ("acl", "ROOT", "ccomp", "parataxis", "advcl")
        and any(child.dep_ == "nsubj" for child in token.children)
    )


def addressee_of(verb: Token) -> list[int]:
    """Whom the words are said to: the object of "tell", or a noun after "to"."""
    for child in verb.children:
        if verb.i < child.i and verb.doc[min(subtree(child)) - 1].lower_ == "that":
            continue  # "promised that the pupils …"
        if child.dep_ == "iobj" or (
            label(child) == "obj"
            and verb.lower_ in _TELLING
        ):  # fmt: skip
            return noun_phrase(child)
        if label(child) == "obl" and case_of(child) == "to" and child.i > verb.i:
            return noun_phrase(child)
    if is_bare_passive(verb) and verb.lower_ in _TELLING:
        asked = subject_of(verb.head)
        return noun_phrase(asked) if asked is not None else []
    told = told_before_that(verb)
    return noun_phrase(told[0]) if told else []


def noun_frame(noun: Token, cues: Cues) -> Frame | None:
    """The frame of a noun of speech with its content ("allegations by Ukraine that …"), or None."""
    if not is_noun(noun):
        return None
    matched = match_cue(noun, cues, "noun")
    if matched is None:
        return None
    cue, further = matched
    content: set[int] = set()
    for child in noun.children:
        if child.i < noun.i:
            continue
        marks = {c.lower_ for c in child.children if label(c) in ("mark", "case")}
        verbal = label(child) in ("acl", "ccomp", "xcomp") and child.dep_ != "acl:relcl"
        finite = "that" in marks or (child.dep_ == "ccomp")
        if "clause" in cue.takes and (verbal or child.dep_ == "acl:relcl") and finite:
            relative = [c for c in child.children if c.lower_ == "that" and label(c) in SUBJ_OBJ]
            if not relative and not _ends_bare(child):
                content = subtree(child)
                break
        if "to" in cue.takes and verbal and "to" in marks:
            content = subtree(child)
            break
        if label(child) == "nmod" and "for" in cue.takes and "for" in marks:
            content = subtree(child) - {c.i for c in child.children if label(c) == "case"}
            further = [c.i for c in child.children if label(c) == "case"][:1]
            break
        if label(child) in ("nmod", "acl") and "of" in cue.takes and "of" in marks:
            content = subtree(child) - {c.i for c in child.children if label(c) in ("case", "mark")}
            further = [c.i for c in child.children if label(c) in ("case", "mark")][:1]
            break
    if not content and "clause" in cue.takes:
        content = _that_clause_beside(noun)
    if not content:
        return None
    frame = Frame(cue, noun.i, sorted({noun.i, *further}), content=content, rule="noun")
    head = noun_source(noun)
    if head is not None:
        frame.source_head = head.i
        frame.source = noun_phrase(head)
        frame.content -= set(frame.source)
    return frame


def _ends_bare(clause: Token) -> bool:
    """Whether a "that" clause ends with its verb and lacks an object ("allegations that he denies")."""
    words = [i for i in subtree(clause) if clause.doc[i].is_alpha]
    return is_verb(clause) and len(words) <= 4 and max(words) == clause.i


def _that_clause_beside(noun: Token) -> set[int]:
    """A "that" clause right after a noun phrase, which the parser hung on the verb instead."""
    last = max(subtree(noun))
    for item in noun.head.children:
        if label(item) in ("advcl", "ccomp", "acl", "xcomp") and opens_with_that(item):
            tokens = subtree(item)
            if min(tokens) == last + 1:
                return tokens
    return set()


SUBJ_OBJ = frozenset({"nsubj", "obj", "nsubj:pass"})


def noun_source(noun: Token) -> Token | None:
    """Who speaks in a noun of speech: "Kyiv's claim", "a claim by Kyiv", "Russian allegations"."""
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            return child
    for child in noun.children:
        if label(child) == "nmod" and case_of(child) in ("by", "from"):
            return child
    doc = noun.doc
    if noun.i + 2 < len(doc) and doc[noun.i + 1].lower_ == "by":  # the parse hung it elsewhere
        beside = next((t for t in doc[noun.i + 2 : noun.i + 8] if t.tag_[:2] in ("NN", "PR")), None)
        if beside is not None:
            top = beside.head if beside.dep_ in ("compound", "amod", "flat") else beside
            return top if top.i > noun.i else beside
    verb = noun.head
    if label(noun) == "obj" and verb.lower_ in _LIGHT:
        return subject_of(verb)
    return None


_LIGHT = word_list("light")
_TELLING = word_list("telling")


def phrase_frame(token: Token, cues: Cues) -> Frame | None:
    """The frame of "according to X": the source is governed, the content is the rest of the clause."""
    matched = match_cue(token, cues, "phrase")
    if matched is None or (matched[0].words[0] == "per" and token.tag_ != "IN"):
        return None
    cue, further = matched
    last = max([token.i, *further])
    head = None
    for candidate in (token, *(token.doc[index] for index in further)):
        for up in (candidate.head, candidate.head.head):
            if up.i > last and up.tag_[:2] in ("NN", "PR", "DT", "WP", "CD", "JJ"):
                head = up
                break
        if head is not None:
            break
    if head is None and last + 1 < len(token.doc):
        head = next((t for t in token.doc[last + 1 : last + 12] if t.tag_.startswith("NN")), None)
    if head is None:
        return None
    source = [index for index in noun_phrase(head) if index > last]
    host = head.head
    if host.i in (token.i, *further):
        host = host.head
    if host.i >= token.i and host.i in subtree(head):
        return None
    inside = set(source) | {token.i, *further} | subtree(head)
    clause = stretch_without(subtree(host), inside) if host.i not in inside else set()
    clause -= _outside_clause(host, token)
    return Frame(cue, token.i, sorted({token.i, *further}), head.i, source, clause, rule="phrase")


def _outside_clause(host: Token, aside: Token) -> set[int]:
    """Coordinated clauses beyond the one that holds the aside."""
    found: set[int] = set()
    for child in host.children:
        if label(child) == "conj" and child.i > aside.i > host.i and is_clause(child):
            found |= subtree(child)
    return found


def adverb_frame(token: Token, cues: Cues) -> Frame | None:
    """The frame of "reportedly": nobody named, the clause it weakens is the content."""
    if token.tag_ != "RB":
        return None
    matched = match_cue(token, cues, "adverb")
    if matched is None or token.head.i == token.i:
        return None
    clause = subtree(token.head, [token])
    if len(clause) < 3:
        return None
    return Frame(matched[0], token.i, [token.i], content=clause, rule="adverb")


def frames_of(doc: Doc, cues: Cues) -> list[Frame]:
    """Every frame of speech of a story that the parse shows, in order of the text."""
    found: list[Frame] = []
    for token in (doc[i] for i, word in enumerate(lowers(doc)) if word in cues.forms):
        if token.is_space or token.is_punct:
            continue
        frame = (
            phrase_frame(token, cues)
            or verb_frame(token, cues)
            or noun_frame(token, cues)
            or adverb_frame(token, cues)
        )
        if frame is not None:
            frame.content = set(_without_which(doc, trimmed(doc, frame.content)))
            found.append(frame)
    return found


def _without_which(doc: Doc, tokens: list[int]) -> list[int]:
    """Content without the ", which" of the next clause at its end."""
    if len(tokens) > 2 and doc[tokens[-1]].lower_ in _WHICH and doc[tokens[-1] - 1].text == ",":
        return trimmed(doc, tokens[:-1])
    return tokens


_WHICH = frozenset({"which", "who", "whom"})
