"""Frames of speech: from a cue word and the parse to who speaks, the cue's words and the content.

Each rule is a small function over one token. Rules follow the conventions of PolNeAR (Newell and
others 2018), on which they are measured: the cue holds its auxiliaries, adverbs before it and the
preposition that governs the content; the content holds "that"; a source holds its apposition.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.coding.cues import Cue, Cues, word_list
from dragoman.coding.tokens import (
    RELATIVES,
    agent_of,
    children,
    is_verb,
    label,
    noun_phrase,
    subject_of,
    subtree,
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


def match_cue(token: Token, cues: Cues, part: str) -> tuple[Cue, list[int]] | None:
    """The longest cue that begins at the token, with the indices of its further words.

    The further words follow at once or after one adverb ("called again for").
    """
    doc = token.doc
    for cue in cues.starting(token.lower_, part):
        found: list[int] = []
        position = token.i + 1
        for word in cue.rest:
            gap = 0
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


def _reach(doc: Doc, first: Token, last: Token, stop: set[int]) -> set[int]:
    """Everything from the left edge of one argument to the right edge of another."""
    tokens = subtree(first) | subtree(last)
    return set(range(min(tokens), max(tokens) + 1)) - stop


def _clause(verb: Token) -> set[int]:
    """The clause said: the ccomp, or the clause the verb is thrown into as an aside."""
    own = [child for child in children(verb, "ccomp") if child.i != verb.i]
    own += [child for child in children(verb, "advcl", "acl") if child.i > verb.i and _that(child)]
    own = [child for child in own if child.i > verb.i][:1] or own[-1:]
    if own:
        stop = subtree(verb, [*own, *children(verb, "parataxis")])
        tokens: set[int] = set()
        for item in own:
            tokens |= subtree(item)
        low, high = min(tokens), max(tokens)
        return {index for index in range(low, high + 1) if index not in stop}
    for aside in children(verb, "parataxis"):
        if _is_clause(aside) and aside.i < verb.i and not _stop_between(aside, verb):
            return subtree(aside) - {verb.i}
    if label(verb) == "parataxis" and verb.head.i != verb.i and not _stop_between(verb.head, verb):
        host = verb.head
        tokens = subtree(host, [verb])
        return _whole(tokens, subtree(verb))
    for aside in children(verb, "parataxis"):
        if _is_clause(aside) and not _stop_between(aside, verb):
            return subtree(aside)
    return set()


def _stop_between(one: Token, other: Token) -> bool:
    """Whether a full stop or line break parts two tokens (the parser ran two sentences together)."""
    low, high = sorted((one.i, other.i))
    doc = one.doc
    return any(
        "\n" in doc[index].text
        or (doc[index].text in (".", "?", "!") and doc[index + 1].text[:1].isupper())
        for index in range(low, high)
    )


def _stretch(token: Token) -> tuple[int, int]:
    """First and last (exclusive) token between the full stops or line breaks around a token."""
    doc, low, high = token.doc, token.i, token.i
    while low > 0 and doc[low - 1].text not in (".", "?", "!") and "\n" not in doc[low - 1].text:
        low -= 1
    while high < len(doc) and doc[high].text not in (".", "?", "!") and "\n" not in doc[high].text:
        high += 1
    return low, high


def _that(token: Token) -> bool:
    """Whether a clause opens with "that" as its mark, whatever the parser called it."""
    return any(label(c) == "mark" and c.lower_ == "that" for c in token.children)


def _is_clause(token: Token) -> bool:
    return is_verb(token) or any(
        label(child) in ("nsubj", "cop", "csubj") for child in token.children
    )


def _whole(tokens: set[int], without: set[int]) -> set[int]:
    return {index for index in range(min(tokens), max(tokens) + 1) if index not in without}


def _arguments(verb: Token, cue: Cue, further: list[int]) -> set[int]:
    """The content of a verb by what it takes, in the order of the table's trust."""
    doc = verb.doc
    stop = {verb.i, *further}
    objects = [item for item in children(verb, "obj") if item.i > verb.i] or [
        item
        for item in children(verb, "xcomp")
        if item.i > verb.i and item.tag_[:2] in ("NN", "PR")
    ]
    if further and not objects:
        objects = [
            item
            for item in children(verb, "obl")
            if any(child.i in further for child in item.children)
        ]
    after = [
        item
        for item in verb.children
        if item.i > verb.i
        and (label(item) in ("xcomp", "ccomp", "obl", "advcl"))
        and not _is_time(item)
    ]
    for kind in cue.takes:
        if kind == "that":
            clauses = [item for item in children(verb, "ccomp") if item.i > verb.i]
            if clauses:
                return subtree(clauses[0]) - stop
        elif kind == "clause":
            found = _clause(verb)
            if found:
                return found - stop
        elif kind in ("to", "gerund"):
            goals = [item for item in children(verb, "xcomp") if item.i > verb.i]
            if goals:
                return _reach(doc, goals[0], goals[0], stop)
        elif kind in ("person-to", "person-of") and objects:
            goal = next((item for item in after if _continues_person(item, kind)), None)
            if goal is None and kind == "person-of":
                goal = _of_beside(objects[0])
            if goal is None and cue.takes == ("person-to",):
                continue
            return _reach(doc, objects[0], goal if goal is not None else objects[0], stop)
        elif kind == "object" and objects:
            last = objects[0]
            for item in after:
                if item.i > last.i and not _is_circumstance(item):
                    last = item
                elif item.i > last.i:
                    break
            return _reach(doc, objects[0], last, stop)
        elif kind == "object" and cue.strength != "weak":
            patient = next((c for c in verb.children if c.dep_ == "nsubj:pass"), None)
            if patient is not None and agent_of(verb) is not None:
                return subtree(patient)
        elif kind == "prep" and further:
            governed = [
                item
                for item in doc[further[-1]].ancestors
                if item.i > further[-1] and item.i != verb.i
            ] or [item for item in after + objects if item.i > further[-1]]
            if governed:
                tokens = subtree(governed[-1] if governed[-1].i > verb.i else governed[0])
                return {index for index in tokens if index > further[-1]}
    return set()


def _case(token: Token) -> str:
    return next((child.lower_ for child in token.children if label(child) == "case"), "")


def _continues_person(token: Token, kind: str) -> bool:
    """Whether the words after the person say what is asked of, or laid to, them."""
    if kind == "person-to":
        return label(token) in ("xcomp", "ccomp") or (
            label(token) == "advcl" and token.tag_ == "VB"
        )
    marks = {c.lower_ for c in token.children if label(c) in ("case", "mark")}
    return (bool(marks & {"of", "for", "in", "over"}) and "for" not in marks) or "of" in marks


def _of_beside(person: Token) -> Token | None:
    """What follows "of" right after the accused, where the parse does not tie the two."""
    doc, place = person.doc, max(subtree(person)) + 1
    if place + 1 >= len(doc) or doc[place].lower_ not in ("of", "for"):
        return None
    for token in doc[place + 1 : place + 8]:
        if token.tag_.startswith(("VBG", "NN")):
            return token if token.i > place else None
    return None


def _is_circumstance(token: Token) -> bool:
    """Whether a phrase says how or when something was said, and is no part of what was said."""
    marks = {c.lower_ for c in token.children if label(c) in ("case", "mark")}
    return bool(marks & _CIRCUMSTANCES) or (
        label(token) == "advcl" and token.tag_ != "VB" and not marks & {"for", "as"}
    )


_CIRCUMSTANCES = word_list("circumstances")


def _is_time(token: Token) -> bool:
    """Whether an oblique says when ("on Thursday", "last week")."""
    return token.dep_ in ("obl:tmod", "obl:unmarked") or token.lower_ in _DAYS


_DAYS = word_list("days")


def verb_frame(verb: Token, cues: Cues) -> Frame | None:
    """The frame of a verb that is a cue, or None."""
    if not is_verb(verb) and not (_mistagged(verb) and not cues.starting(verb.lower_, "noun")):
        return None
    matched = match_cue(verb, cues, "verb")
    if matched is None:
        return None
    cue, further = matched
    head = subject_of(verb)
    frame = Frame(cue, verb.i, cue_tokens(verb, further), rule="verb")
    if head is not None and head.i != verb.i:
        frame.source_head = head.i
        frame.source = noun_phrase(head, until=verb.i)
    content = (
        _arguments(verb, cue, further)
        or _antecedent(verb, cue, head)
        or _aside(verb, cue, frame.source)
    )
    if content:
        frame.content = content - set(frame.source) - set(frame.cue_tokens)
    frame.addressee = addressee_of(verb)
    return frame


def _aside(verb: Token, cue: Cue, source: list[int]) -> set[int]:
    """The sentence around "…, X said on Thursday, …" where the parse does not tie the two.

    Wants a comma or quotation mark right before the speaker (or the verb, when it comes first) and
    the end of the sentence or another comma within a few words after.
    """
    doc = verb.doc
    start, end = _stretch(verb)
    if not source or not {"quote", "clause"} <= set(cue.takes):
        return set()
    first, last = min(*source, verb.i), max(*source, verb.i)
    if last - first > 16 or first - 1 <= start or doc[first - 1].text != ",":
        return set()
    after = last + 1
    while after < end and doc[after].text not in (",", ".", ";") and after - last < 7:
        if is_verb(doc[after]):
            return set()
        after += 1
    if after < end and doc[after].text not in (",", ".", ";"):
        return set()
    before = set(range(start, first - 1))
    if not any(is_verb(doc[index]) for index in before):
        return set()
    rest = set(range(after + 1, end)) if doc[min(after, len(doc) - 1)].text == "," else set()
    return before | rest


def _antecedent(verb: Token, cue: Cue, subject: Token | None) -> set[int]:
    """The noun a relative clause says something of: "allegations that Moscow denies"."""
    noun = verb.head
    if verb.dep_ != "acl:relcl" or not {"object", "clause"} & set(cue.takes) or subject is None:
        return set()
    if subject.head.i != verb.i or subject.lower_ in RELATIVES or noun.i > verb.i:
        return set()
    return set(noun_phrase(noun)) - subtree(verb)


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
        if child.dep_ == "iobj" or (
            label(child) == "obj"
            and verb.lower_ in ("told", "tell", "tells", "telling", "assured", "informed", "warned",
                                "reminded", "asked", "briefed", "notified", "urged")
        ):  # fmt: skip
            return noun_phrase(child)
        if label(child) == "obl" and _case(child) == "to" and child.i > verb.i:
            return noun_phrase(child)
    return []


def noun_frame(noun: Token, cues: Cues) -> Frame | None:
    """The frame of a noun of speech with its content ("allegations by Ukraine that …"), or None."""
    if not noun.tag_.startswith("NN"):
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
        if label(item) in ("advcl", "ccomp", "acl", "xcomp") and _that(item):
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
        if label(child) == "nmod" and _case(child) in ("by", "from"):
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
    clause = _whole(subtree(host), inside) if host.i not in inside else set()
    clause -= _outside_clause(host, token)
    return Frame(cue, token.i, sorted({token.i, *further}), head.i, source, clause, rule="phrase")


def _outside_clause(host: Token, aside: Token) -> set[int]:
    """Coordinated clauses beyond the one that holds the aside."""
    found: set[int] = set()
    for child in host.children:
        if label(child) == "conj" and child.i > aside.i > host.i and _is_clause(child):
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
    for token in doc:
        if token.is_space or token.is_punct:
            continue
        frame = (
            phrase_frame(token, cues)
            or verb_frame(token, cues)
            or noun_frame(token, cues)
            or adverb_frame(token, cues)
        )
        if frame is not None:
            frame.content = set(trimmed(doc, frame.content))
            found.append(frame)
    return found
