"""What became of a commitment: the words that say so ("broke", "expired"), and which one they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.commitment_words import Change, agreements, noun_kinds
from dragoman.coding.cues import word_list
from dragoman.coding.tokens import (
    children,
    is_infinitive_to,
    is_negated,
    is_of,
    label,
    lowers,
    of_nobody,
    subtree,
    tokens_in,
    which_of,
)
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# How far, in tokens, a change may stand from the agreement that it is about.
REACH = 30
_TWO_SENSES, _KEPT = word_list("two_senses"), word_list("kept_things")
_ENSURES = word_list("ensures")
_ANOTHER = word_list("another_one")


class Target(NamedTuple):
    """A commitment that a change may be about: its words, the token that makes it, and the kinds a noun
    may call it by ("offer" for a promise under a condition)."""

    span: Span
    head: int
    kinds: tuple[str, ...]


def changes_in(
    doc: Doc, table: Mapping[str, Sequence[Change]], targets: Sequence[Target]
) -> Iterator[tuple[str, Token, int]]:
    """Status, the word that says so, and the number of the commitment it is about.

    A change is about the commitment in its object or subject; else about the last one before it
    that shares its noun ("the offer", "the ceasefire", "which").
    """
    for token in (doc[i] for i, word in enumerate(lowers(doc)) if word in table):
        for change in table[token.lower_]:
            if change.reading == "bare" or not reads(token, change):
                continue
            done = _undone(token, change) or (happened(token) and not _is_due(token, change))
            target = _target(doc, token, change, targets) if done else None
            if target is not None:
                if _undone(token, change):
                    yield "violated", token, target
                elif not _none(token):
                    yield change.status, token, target
                elif change.status == "violated":
                    yield "in-force", token, target
                break


def reads(token: Token, change: Change) -> bool:
    """Whether the word is used as the table says."""
    if change.reading == "noun":
        return token.tag_.startswith("NN")
    if not token.tag_.startswith("VB"):
        return False
    particles = tuple(c.lower_ for c in token.children if c.dep_ == "compound:prt")
    if set(particles) - set(change.words):
        return False  # "a row broke out" breaks nothing
    behind = token.doc[min(token.i + 1, len(token.doc) - 1)].lower_
    if behind in _AWAY and behind not in change.words:
        return False  # "which broke away in 1991"
    if change.reading == "state" and token.lemma_ == "hold":
        if any(c.i > token.i for c in children(token, "obj")):
            return False  # "the union, which has held no summit"
    if token.lemma_.lower() in _TWO_SENSES and not _keeps(token):
        return False  # "met the envoys", "kept the border shut"
    rest = change.words[1:]
    following = tuple(t.lower_ for t in token.doc[token.i + 1 : token.i + 1 + len(rest)])
    return rest in (following, particles)  # "turned down the offer", "turned it down"


def _keeps(verb: Token) -> bool:
    """Whether "meet" or "keep" has something kept as its object ("met its demands")."""
    things = children(verb, "obj", "nsubj:pass")
    return any(c.lemma_.lower() in _KEPT or c.lower_ in _KEPT for c in things)


_IF = frozenset({"if", "unless"})
_ONCE = frozenset({"when", "once", "until", "till"})
_PUT_THROUGH = word_list("calls_through")
_IDEAS = frozenset({"idea", "offer", "promise", "pledge", "proposal", "suggestion", "plan"})
_JOINS = frozenset({"conj", "appos", "obj", "xcomp", "ccomp", "obl"})
_DEEP = 3
_BESIDE = frozenset({"at", "after", "despite", "amid", "following", "upon", "under", "during"})
_AWAY = frozenset({"away", "out", "off"})
_WHOEVER = frozenset({"any", "anyone", "anybody", "whoever", "those", "whichever"})


def happened(token: Token) -> bool:
    """Whether a change has come about: not "would begin", "to withdraw", "denied ordering".

    "Seemed to reverse the plan" did so; "any party that violates it" has not, nor what is to be ensured,
    nor "once Chad keeps its pledge".
    """
    opened = {c.lower_ for c in token.lefts}
    present = token.tag_ in ("VBZ", "VBP") or (token.tag_ == "VBN" and opened & {"is", "are"})
    if opened & _IF or (present and opened & _ONCE):
        return False  # "if the truce is broken again"
    if label(token) in ("ccomp", "xcomp") and token.head.lemma_ in _ENSURES:
        return False
    if label(token) == "acl" and any(c.lower_ in _WHOEVER for c in (token.head, *token.head.lefts)):
        return False
    if _does_it(token) and any(c.lower_ in ("a", "an") for c in token.head.lefts):
        return False  # "a country that did not keep its promises"
    seemed = token.head.lemma_ in ("seem", "appear") and token.head.tag_ in ("VBD", "VBZ", "VBP")
    ahead = any(c.tag_ == "MD" or (not seemed and is_infinitive_to(c)) for c in token.children)
    gerund = any(label(c) in ("xcomp", "ccomp") and c.tag_ == "VBG" for c in token.children)
    return not ahead and not gerund


def _undone(token: Token, change: Change) -> bool:
    """Whether keeping it is what a party did not do: "failed to keep its promise", "did not keep"."""
    kept = change.status in ("met", "in-force") and change.reading == "direct"
    if kept and is_negated(token) and not any(c.lower_ == "yet" for c in token.children):
        return happened(token)
    failed = token.head.tag_ in ("VBD", "VBZ", "VBP", "VBN") and token.head.lemma_ == "fail"
    return kept and failed and label(token) == "xcomp" and not is_negated(token.head)


def _is_due(token: Token, change: Change) -> bool:
    """Whether an end is only told to come: "which expires on May 18"."""
    return change.status == "lapsed" and token.tag_ in ("VBZ", "VBP")


def _none(token: Token) -> bool:
    """Whether the change is said not to have happened ("no violations", "neither side has violated")."""
    words = ("no", "not", "n't", "n’t", "never", "without", "zero")
    return any(child.lower_ in words for child in token.children) or of_nobody(token)


# The dependents of a change word that can be the commitment it is about.
_RELATED = {
    "direct": frozenset({"obj", "nsubj:pass", "obl", "xcomp", "ccomp"}),
    "noun": frozenset({"nmod", "acl"}),
    "state": frozenset({"nsubj"}),
}


def _inside(related: set[int], tokens: range) -> bool:
    """Whether the words related to a change stand inside the commitment itself."""
    return bool(related) and min(related) in tokens


def _object_after(doc: Doc, token: Token) -> set[int]:
    """The few words after a verb up to a mark or verb: "violating its duties under the accord"."""
    found: set[int] = set()
    for word in doc[token.i + 1 : min(token.i + 9, token.sent.end)]:
        if word.tag_.startswith(("VB", "MD")) or word.is_punct or word.tag_ == "CC":
            break
        found.add(word.i)
    return found


def apposed(verb: Token) -> set[int]:
    """The "demand" of ", a demand Belmar rejected", read as a clause of its own."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    first = min(subtree(subject)) if subject is not None else 0
    first -= first > 0 and verb.doc[first - 1].lower_ in ("that", "which")
    noun = verb.doc[first - 1] if first > 2 else None
    if noun is None or not noun.tag_.startswith("NN") or noun.i in subtree(verb):
        return set()
    opens = verb.doc[first - 2].lower_ in ("a", "an") and verb.doc[first - 3].is_punct
    return {noun.i} if opens else set()


def _before_which(verb: Token) -> set[int]:
    """The object before ", which Belmar has refused", read as a clause of its own."""
    before = [item for item in children(verb.head, "obj") if item.i < verb.i]
    return {i for item in before for i in subtree(item)} - subtree(verb)


def _holding(doc: Doc, words: set[int], targets: Sequence[Target]) -> list[int]:
    """The numbers of the commitments in which one of some words stands."""
    return [n for n, item in enumerate(targets) if words & set(tokens_in(doc, item.span))]


def is_another(noun: Token) -> bool:
    """Whether a noun names one that was not told before: "a similar ultimatum", "an earlier offer"."""
    marks = {child.lower_ for child in noun.children if child.i < noun.i}
    return bool(marks & _ANOTHER) or ("a" in marks or "an" in marks)


def _does_it(verb: Token) -> bool:
    """Whether what the relative clause hangs on is who acts: "the resolution that ended the war"."""
    relative = any(c.dep_ == "nsubj" and c.tag_ in ("WDT", "WP") for c in verb.children)
    return relative and verb.dep_ == "acl:relcl" and bool(children(verb, "obj"))


def tells_another(noun: Token, inside: Sequence[int]) -> bool:
    """Whether a noun tells itself what it is about, and that is not in the words of a commitment: "promises to ease
    exports had not been kept", "the idea of a federation", of talks.

    Args:
        inside: the tokens of the commitment.
    """
    told = [c for c in noun.children if c.i > noun.i and label(c) in ("acl", "nmod")]
    told = [c for c in told if c.dep_ != "acl:relcl"]
    about = [
        c for c in told
        if label(c) == "acl" or any(k.lower_ == "for" for k in children(c, "case"))
        or (is_of(c) and noun.lemma_ in _IDEAS)
    ]  # fmt: skip
    lemmas = {t.lemma_ for c in about for t in c.subtree if t.tag_[:2] in ("NN", "VB")}
    return bool(lemmas) and not lemmas & {noun.doc[i].lemma_ for i in inside}


def _of_no_one(noun: Token) -> bool:
    """Whether promises are of no one in particular: "accused Chad of breaking promises"."""
    marks = {label(c) for c in noun.children}
    return noun.tag_ == "NNS" and not marks & {"det", "nmod:poss", "nummod", "acl"}


def _in_asides(verb: Token, words: set[int]) -> set[int]:
    """Those of some words that stand in a relative clause behind the verb: "suspended the decrees of the envoy who holds
    office under the accords"."""
    asides = [t for t in verb.subtree if t.dep_ == "acl:relcl" and t.i in words and t.i > verb.i]
    return {i for clause in asides for i in subtree(clause)}


def _in_reach(doc: Doc, verb: Token, words: set[int]) -> set[int]:
    """The words by whose noun a change may point back: what hangs on the verb, or on an infinitive under it; not "at its
    request" behind another noun."""
    near: set[int] = set()
    for i in words:
        token, steps = doc[i], 0
        while token.head.i != verb.i and token.head.i in words and steps < _DEEP:
            if label(token) not in _JOINS:
                break
            token, steps = token.head, steps + 1
        beside = {c.lower_ for c in children(token, "case")} & _BESIDE
        if (token.head.i == verb.i or token.head.i not in words) and not beside:
            near.add(i)
    return near


def _by_wire(noun: Token) -> bool:
    """Whether a call is one that is put through, and asks for nothing: "refused to take calls from Oman"."""
    verb = noun.head
    return noun.lemma_ == "call" and label(noun) == "obj" and verb.lemma_ in _PUT_THROUGH


def _target(doc: Doc, token: Token, change: Change, targets: Sequence[Target]) -> int | None:
    """The commitment a change is about, or None."""
    related: set[int] = set()
    wanted_labels = _RELATED[change.reading]
    for child in token.children:
        if child.dep_ in wanted_labels or (label(child) in wanted_labels and child.dep_ != "nsubj"):
            related |= subtree(child)
    if change.reading == "state":  # the parse took "The truce … is holding" for an object
        before = [c for c in children(token, "obj") if c.i < token.i]
        related |= {i for child in before for i in subtree(child)}
    if change.reading == "direct":
        related -= {i for child in token.children if child.dep_ == "nsubj" for i in subtree(child)}
    if token.dep_ == "advcl:relcl":
        related |= {i for item in children(token.head, "obj") for i in subtree(item)} - subtree(
            token
        )
    elif which_of(token) is not None and change.reading == "direct":
        related |= _before_which(token)
    things = {c.lower_ for c in children(token, "obj", "nsubj:pass", "xcomp", "ccomp")}
    if change.reading == "direct" and (things <= {"that", "which"} if things else not related):
        related |= apposed(token)
    if token.dep_ == "acl:relcl" and not (change.reading == "direct" and _does_it(token)):
        related |= {token.head.i, *subtree(token.head)} - subtree(token)
    related -= _in_asides(token, related)
    held_in = _holding(doc, related, targets)
    if not held_in and change.reading == "direct":
        held_in = _holding(doc, _object_after(doc, token), targets)
    if held_in:  # the one whose noun is the object, agreements then, then the shortest
        objects = {child.i for child in children(token, "obj", "nsubj:pass")}
        return min(
            held_in,
            key=lambda n: (
                targets[n].head not in objects or change.reading != "direct",
                "agreement" not in targets[n].kinds,
                targets[n].span.end - targets[n].span.start,
            ),
        )
    reach = _in_reach(doc, token, related)
    pointing = [doc[i] for i in reach if not doc[i].tag_.startswith("VB")]
    wanted = {noun.lower_ for noun in pointing} | (
        {"it", "which"} if change.reading == "direct" and not related else set()
    )
    known = agreements()
    nouns = {word for kind in ("agreement", "meeting") for word in known[kind]}
    others = {child.lower_ for child in children(token, "obj") if is_another(child)}
    if change.status in ("violated", "met"):
        others |= {noun.lower_ for noun in pointing if _of_no_one(noun)}
    others |= {doc[i].lower_ for i in related if _by_wire(doc[i])}
    referred = {kind for word in wanted - others for kind in noun_kinds().get(word, ())}
    for number in range(len(targets) - 1, -1, -1):
        tokens = tokens_in(doc, targets[number].span)
        if not tokens or tokens[0] > token.i or token.i - tokens[-1] > 4 * REACH:
            continue
        kinds = {*targets[number].kinds}
        if referred & kinds and not _inside(related, tokens):
            meant = [noun for noun in pointing if kinds & {*noun_kinds().get(noun.lower_, ())}]
            if not any(tells_another(noun, tokens) for noun in meant):
                return number
        held = {doc[i].lower_ for i in tokens} & nouns
        near = change.reading == "noun" and held and token.i - tokens[-1] < REACH
        if held & wanted or (near and not (change.status == "refused" and related)):
            return number
    return None
