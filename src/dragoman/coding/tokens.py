"""Small questions about the tokens of a parsed story that every rule of speech asks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from dragoman.coding.cues import word_list
from dragoman.coding.listed import lead_subject
from dragoman.entities.words import Words, words_of
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Marks that stand at the edge of a span and are not part of what it says.
EDGE_MARKS = frozenset(".,;:\"“”„«»‹›'‘’`–—-()[]")
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})
_NOBODY = frozenset({"nobody", "none", "no-one", "nothing", "neither"})
#: Before a subject of which it is not so, and how it hangs there.
_NO, _BEFORE = frozenset({"neither", "no"}), frozenset({"det", "cc:preconj", "cc"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})

# Nouns of time are no speakers, even where the parser takes one for a subject.
_TIMES = word_list("days")


@cache
def plain(dep: str) -> str:
    """A UD label without its subtype ("acl" of "acl:relcl")."""
    return dep.split(":", 1)[0]


def label(token: Token) -> str:
    """The UD label of a token without its subtype."""
    return plain(token.dep_)


def children(token: Token, *labels: str) -> list[Token]:
    """Dependents with one of these labels, subtype given or not, in order of the text."""
    doc = token.doc
    words = words_of(doc)
    deps = words.deps
    return [
        doc[kid] for kid in words.kids[token.i] if deps[kid] in labels or plain(deps[kid]) in labels
    ]


def is_negated(token: Token) -> bool:
    """Whether a word of negation hangs on the word: "will not attend", "no deal"; or nobody does it."""
    words = words_of(token.doc)
    return any(words.lowers[kid] in NEGATIONS for kid in words.kids[token.i]) or of_nobody(token)


def of_nobody(verb: Token) -> bool:
    """Whether a verb's subject says that nobody does it ("neither Chad nor Mali has agreed", "no side won")."""
    words = words_of(verb.doc)
    for kid in words.kids[verb.i]:
        if words.deps[kid] not in SUBJECTS:
            continue
        if words.lowers[kid] in _NOBODY:
            return True
        if any(
            words.lowers[below] in _NO and words.deps[below] in _BEFORE for below in words.kids[kid]
        ):
            return True
    return False


def gives_nothing(verb: Token) -> bool:
    """Whether a verb's objects say that it is not done: "take orders from no one", "accept no dictates"."""
    words = words_of(verb.doc)
    for kid in words.kids[verb.i]:
        dep = plain(words.deps[kid])
        if dep not in ("obj", "obl"):
            continue
        if words.lowers[kid] in _NOBODY:
            return True
        if any(words.lowers[below] == "no" for below in words.kids[kid]):
            if dep == "obj" or words.lowers[kid] == "one":
                return True
    return False


def is_verb(token: Token) -> bool:
    """Whether the tag is a verb's."""
    return bool(token.tag_.startswith("VB"))


def verbs(doc: Doc) -> Iterator[Token]:
    """The words that are tagged as verbs; their places are kept with the Doc (``token_verbs``)."""
    found: list[int] | None = doc.user_data.get("token_verbs")
    if found is None:
        tags = words_of(doc).tags
        found = [place for place, tag in enumerate(tags) if tag.startswith("VB")]
        doc.user_data["token_verbs"] = found
    return (doc[place] for place in found)


def is_noun(token: Token) -> bool:
    """Whether a word is a noun, by its tag or by an owner in a noun's place ("Norway's decision")."""
    if token.tag_.startswith("NN"):
        return True
    owned = any(child.dep_ == "nmod:poss" and child.i < token.i for child in token.children)
    return owned and label(token) in ("nsubj", "obj", "obl", "nmod")


def is_of(token: Token) -> bool:
    """Whether "of" stands before a noun."""
    return any(label(child) == "case" and child.lower_ == "of" for child in token.children)


def is_infinitive_to(token: Token) -> bool:
    """Whether a token is the "to" of an infinitive, whichever of its two tags it has."""
    return token.tag_ == "TO" or (
        token.lower_ == "to" and label(token) == "mark" and token.head.tag_ == "VB"
    )


def that_of(clause: Token) -> Token | None:
    """The "that" which opens a clause as its mark, or None."""
    return next((c for c in clause.children if label(c) == "mark" and c.lower_ == "that"), None)


def told_before_that(verb: Token) -> list[Token]:
    """Whom one tells, where the parse hung them on what is told: "warned Belmar that it would …"."""
    found: list[Token] = []
    for clause in children(verb, "ccomp"):
        mark = that_of(clause)
        found += [
            child
            for child in (clause.children if mark is not None else ())
            if mark is not None
            and verb.i < child.i < mark.i
            and label(child) in ("obj", "iobj", "nsubj", "obl")
            and child.tag_[:2] in ("NN", "PR")
        ]
    return found


def which_of(verb: Token) -> Token | None:
    """The object of a clause ", which Belmar denies", wherever the parse hung it; None without one."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if subject is None or subject.lower_ in RELATIVES:
        return None
    first = min(subtree(subject))
    if first < 2 or verb.doc[first - 1].lower_ != "which" or verb.doc[first - 2].text != ",":
        return None
    which = verb.doc[first - 1]
    return which if label(which) in ("obj", "nsubj", "iobj", "dep", "mark", "obl") else None


def subtree(token: Token, without: Iterable[Token] = ()) -> set[int]:
    """Indices of the token and all below it, branches in ``without`` left out.

    Walks with its own stack: a sentence of thousands of words must not end in a deep recursion.
    """
    kids = words_of(token.doc).kids
    banned = {item.i for item in without}
    found: set[int] = set()
    stack: list[int] = [token.i]
    while stack:
        place = stack.pop()
        if place in banned or place in found:
            continue
        found.add(place)
        stack.extend(kids[place])
    return found


def trimmed(doc: Doc, tokens: Iterable[int]) -> list[int]:
    """The indices in order, marks and white space at both ends left out."""
    ordered = sorted(tokens)
    words = words_of(doc)
    first, end = 0, len(ordered)
    while first < end and _is_edge(words, ordered[first]):
        first += 1
    while first < end and _is_edge(words, ordered[end - 1]):
        if words.texts[ordered[end - 1]] == ")" and any(
            words.texts[place] == "(" for place in ordered[first:end]
        ):
            break  # "(D-N.Y.)" keeps its bracket
        end -= 1
    return ordered[first:end]


def _is_edge(words: Words, place: int) -> bool:
    return bool(words.spaces[place]) or EDGE_MARKS.issuperset(words.texts[place])


def runs(doc: Doc, tokens: Iterable[int]) -> Iterator[list[int]]:
    """Unbroken stretches of tokens; marks and white space alone do not break one."""
    ordered = trimmed(doc, tokens)
    words = words_of(doc)
    held: list[int] = []
    for index in ordered:
        if held and any(not _is_edge(words, gap) for gap in range(held[-1] + 1, index)):
            yield trimmed(doc, held)
            held = []
        held.append(index)
    if held:
        yield trimmed(doc, held)


def span_of(doc: Doc, tokens: Sequence[int]) -> Span:
    """The code points from the first to the last token."""
    words = words_of(doc)
    return Span(words.starts[tokens[0]], words.ends[tokens[-1]])


def pieces_of(doc: Doc, tokens: Iterable[int]) -> tuple[Span, ...]:
    """The unbroken stretches of tokens as code points; none where nothing is left of them."""
    return tuple(span_of(doc, run) for run in runs(doc, tokens) if run)


def tokens_in(doc: Doc, span: Span) -> range:
    """Indices of the tokens that overlap a span of code points."""
    words = words_of(doc)
    return range(bisect_right(words.ends, span.start), bisect_left(words.starts, span.end))


def lowers(doc: Doc) -> list[str]:
    """Every word in small letters."""
    return words_of(doc).lowers


def sentence_of(doc: Doc, place: int) -> tuple[int, int]:
    """The first and the last (exclusive) token of the sentence in which a token stands."""
    words = words_of(doc)
    return words.bounds[bisect_right(words.sentences, place) - 1]


def subject_of(verb: Token) -> Token | None:
    """Who does what the verb says, also where the verb shares or inherits its subject.

    "He said A and added B": the subject of "added" is that of "said". "… , adding that B": that of
    the verb it hangs from. "officials accusing him": the noun it describes.
    """
    token = verb
    for _ in range(6):
        passive = (
            any(child.dep_ == "aux:pass" for child in token.children)
            or (token.tag_ == "VBN" and any(c.dep_ == "nsubj:pass" for c in token.children))
            or is_bare_passive(token)
        )
        if passive:
            agent = agent_of(token)
            if agent is not None or token.i == verb.i:
                return agent
        own = [
            child
            for child in token.children
            if (
                child.dep_ in ("nsubj", "nsubj:outer")
                or (child.dep_ == "nsubj:pass" and not passive)
            )
            and child.lower_ not in _TIMES
            and not (token.tag_ == "VBG" and child.i > token.i)  # "saying Mr Rao had agreed"
        ]
        own += [  # a subject the parser hung on the auxiliary
            child
            for aux in token.children
            if label(aux) == "aux"
            for child in aux.children
            if child.dep_ == "nsubj"
        ]
        if own:
            return own[0]
        astray = _astray_subject(token)
        if astray is not None:
            return astray
        if token.i == verb.i and not passive:
            beside = noun_before(verb)
            if beside is not None:
                return beside
        if token.dep_ == "acl" and not is_verb(token.head):
            return token.head if token.tag_ != "VBN" else agent_of(token)
        if label(token) in ("conj", "xcomp", "advcl", "parataxis", "ccomp") and token.head != token:
            person = _told_or_blamed(token)
            if person is not None:
                return person
            token = outer_verb(token) or token.head
            continue
        return lead_subject(token) if token.head == token and not passive else None
    return None


def is_bare_passive(verb: Token) -> bool:
    """Whether a participle tells what was done to the subject beside it ("Asked about it, he …")."""
    return (
        verb.tag_ == "VBN"
        and label(verb) == "advcl"
        and not any(label(child) in ("aux", "nsubj") for child in verb.children)
    )


def _astray_subject(clause: Token) -> Token | None:
    """The noun after a clause's "that" which the parse hung on the verb before the clause."""
    mark = that_of(clause) if label(clause) == "ccomp" else None
    if mark is None or clause.head.i >= mark.i:
        return None
    return next(
        (
            child
            for child in clause.head.children
            if mark.i < child.i < clause.i
            and child.tag_[:2] in ("NN", "PR")
            and child.lower_ not in _TIMES
            and not any(label(c) == "case" for c in child.children)
        ),
        None,
    )


def outer_verb(verb: Token) -> Token | None:
    """The verb of speech that a verb in the past is joined to, where the parse joined it to what is
    said: "said the army must withdraw and warned of …"."""
    said = verb.head
    if label(verb) != "conj" or verb.tag_ != "VBD" or said.tag_ != "VB" or label(said) != "ccomp":
        return None
    modal = any(child.tag_ == "MD" for child in said.children)
    return said.head if modal and said.head.tag_ in ("VBD", "VBN") else None


def _told_or_blamed(verb: Token) -> Token | None:
    """The object that does what the verb says: "accused Belmar of hiding …", "urged Belmar to go"."""
    if label(verb) == "conj" and verb.tag_ == "VBG" and verb.head.tag_ != "VBG":
        beside = [c for c in verb.head.children if label(c) == "advcl" and c.tag_ == "VBG"]
        verb = next((c for c in beside if c.i < verb.i), verb)  # "of hiding …, and refusing …"
    marks = {child.lower_ for child in verb.children if label(child) in ("mark", "case")}
    if label(verb) not in ("advcl", "xcomp") or not marks & {"of", "for", "to"}:
        return None
    if "to" not in marks and verb.tag_ != "VBG":
        return None
    objects = [c for c in verb.head.children if label(c) in ("obj", "iobj") and c.i < verb.i]
    return objects[0] if objects and (label(verb) == "xcomp" or "to" not in marks) else None


def noun_before(verb: Token) -> Token | None:
    """The head of the noun phrase right before a finite verb that the parse left without subject."""
    doc = verb.doc
    place = verb.i - 1
    finite = verb.tag_ in ("VBD", "VBZ", "VBP")
    while place >= 0 and (doc[place].tag_ in ("MD", "RB") or label(doc[place]) == "aux"):
        finite = finite or label(doc[place]) == "aux"
        place -= 1
    if not finite or place < 0 or doc[place].tag_[:2] not in ("NN", "PR"):
        return None
    token = doc[place]
    if token.lower_ in _TIMES or any(
        label(child) in ("case", "nummod") for child in token.children
    ):
        return None  # "on 10 January declared"
    for _ in range(6):
        up = token.head
        if label(token) not in ("conj", "nmod", "compound", "flat", "appos", "nmod:poss"):
            break
        if up.i >= token.i or up.tag_[:2] not in ("NN", "PR", "CD", "DT") or token.i - up.i > 8:
            break
        token = up
    return token


def agent_of(verb: Token) -> Token | None:
    """The noun after "by" of a passive."""
    for child in verb.children:
        if child.dep_ == "obl:agent" or (
            label(child) == "obl"
            and any(mark.dep_ == "case" and mark.lower_ == "by" for mark in child.children)
        ):
            return child
    return None


def noun_phrase(head: Token, until: int | None = None) -> list[int]:
    """The tokens of a source: its noun with what describes it, appositions included.

    Clauses after a comma, its preposition, a dateline before it, and what stands at or beyond
    ``until`` are left out; a clause that follows at once ("officials who fear war") stays.
    """
    doc, words = head.doc, words_of(head.doc)
    cut = [
        child
        for child in head.children
        if (child.i > head.i and label(child) in _AFTER_NOUN and not _close_clause(head, child))
        or (child.i < head.i and label(child) in _BEFORE_NOUN)
    ]
    tokens = subtree(head, cut)
    if until is not None:
        tokens = {index for index in tokens if (index < until) == (head.i < until)}
    number = bisect_left(words.breaks, head.i)  # of its line
    line = [index for index in tokens if bisect_left(words.breaks, index) == number]
    for index in sorted(line):
        if (
            index < head.i
            and doc[index].text in ("–", "—", "--", "-", ":")
            and (doc[index].text == ":" or doc[index].whitespace_ or doc[index - 1].whitespace_)
            and (doc[index - 1].text == ")" or doc[index - 1].is_upper or doc[index].text == ":")
        ):
            line = [item for item in line if item > index]
    held = trimmed(doc, line)
    held = next((run for run in runs(doc, held) if head.i in run), held)
    while len(held) > 1 and held[0] < head.i and _leads(doc[held[0]]):
        held = trimmed(doc, held[1:])
    return held


_AFTER_NOUN = frozenset({"acl", "parataxis", "advcl", "dep", "orphan", "discourse"})
_BEFORE_NOUN = frozenset({"case", "mark", "cc", "cop", "punct", "advcl", "discourse", "parataxis"})


def _close_clause(head: Token, clause: Token) -> bool:
    """Whether a clause follows its noun without a comma and is short."""
    tokens = subtree(clause)
    first = min(tokens)
    return (
        label(clause) == "acl"
        and head.doc[first - 1].text not in (",", "-", "–", "—", "(")
        and len(tokens) <= 14
    )


def _leads(token: Token) -> bool:
    """Whether the first token of a phrase is a conjunction, preposition or adverb with a comma."""
    if token.tag_ in ("CC", "IN", "TO", "UH"):
        return True
    return token.tag_ in ("RB", "JJ") and token.nbor(1).text == ","
