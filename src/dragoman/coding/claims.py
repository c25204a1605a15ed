"""Claims: one proposition with everyone who asserts it, denies it, or merely reports it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.attribution import cue_of
from dragoman.coding.claim_rebuttals import disputes, settle
from dragoman.coding.claim_sides import (
    LIKE_ACCUSED,
    LIKE_WORDS,
    NEAR,
    accusers,
    antecedent,
    at_each_other,
    claim_nouns,
    claim_told_before,
    claimants,
    contradict,
    contradicted,
    contradictions,
    named_with_states,
)
from dragoman.coding.propositions import Proposition, kinship, likeness, proposition_of
from dragoman.coding.tokens import tokens_in
from dragoman.coding.voices import voices
from dragoman.entities.index import EntityIndex
from dragoman.model import Claim, Event, Span, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Acts that put a proposition forward, and how sure the act alone makes it that one is.
ASSERTING = {"accuse": 0.9, "claim": 0.9, "confirm": 0.8, "report": 0.7, "warn": 0.7, "say": 0.6}

# Least kinship (-1 to 1) of the nouns of two claims with the same sides for them to be one.
KIN = 0.3
# How far after a charge, in code points, a denial in other words still answers it.
BESIDE = 300


def find(
    doc: Doc,
    story: Story,
    index: EntityIndex,
    events: Sequence[Event],
    statements: Sequence[Statement],
) -> list[Claim]:
    """The claims of a story, in order of the text.

    1. every accusation, claim and attributed event is a proposition asserted by its speaker;
    2. every denial finds the proposition it is about: inside its own words, just before it, or
       the one most like it; a denial of nothing said makes a proposition of its own;
    3. those who say the opposite, or call a claim about them untrue, deny as well;
    4. of two accounts at odds, with or without a word of denial, the later denies the earlier;
    5. propositions about the same thing are made one.
    """
    found: list[Proposition] = []
    denials: list[Statement] = []
    for statement in statements:
        mutual = at_each_other(statement, doc, story, index)
        if mutual:
            found += mutual
        elif denies(statement, doc):
            denials.append(statement)
        else:
            asserted = _asserted(statement, doc, story, index, events)
            if asserted is not None:
                found.append(asserted)
    for statement in denials:
        _deny(statement, doc, story, index, events, statements, found)
    contradict(doc, story, index, statements, found)
    for dispute in disputes(doc, story, index, events, statements):
        settle(dispute, found)
    return _numbered(_merged(found, index))


def denies(statement: Statement, doc: Doc) -> bool:
    """Whether a statement says that something is not so (and does not only refuse to act)."""
    row = cue_of(statement, doc)
    if statement.act != "deny" or row is None or row.presupposes != "false":
        return False
    cue = {doc[i].lower_ for i in tokens_in(doc, statement.cue)} if statement.cue else set()
    if cue & contradictions()["negates"]:
        return False  # "did not deny" denies nothing
    words = cue | {doc[i].lower_ for i in tokens_in(doc, statement.content[0])}
    content = tokens_in(doc, statement.content[0])
    if len(content) <= 2 and doc[content[0]].lower_ == "which":  # "talks with Belmar, which …"
        words |= {token.lower_ for token in doc[max(0, content[0] - 5) : content[0]]}
        return not words & contradictions()["grant"]
    told = cue & contradictions()["opposes"] or _closes_sentence(statement, doc)
    if not told and not _can_be_untrue(doc, content):
        return False  # "disavowed its ties to Belmar"
    if "clause" in row.takes:
        return not (len(words) <= 6 and words & contradictions()["grant"])
    return bool(words & contradictions()["reference"] - {"that", "it", "which", "this"}) or any(
        word in words for word in claim_nouns()
    )


def _closes_sentence(statement: Statement, doc: Doc) -> bool:
    """Whether the denial is a "…, which Belmar denies", whatever noun the parse ties it to."""
    cue = statement.cue
    return cue is not None and any(
        doc[i].dep_.endswith("relcl") and any(c.lower_ == "which" for c in doc[i].children)
        for i in tokens_in(doc, cue)
    )


def _can_be_untrue(doc: Doc, content: Sequence[int]) -> bool:
    """Whether the words are a clause, or turn on a noun of claiming ("the charge", "any link")."""
    if not content:
        return False
    words = contradictions()["reference"] | contradictions()["disowned"] | claim_nouns()
    inside = set(content)
    for i in content:
        token = doc[i]
        if token.head.i in inside and token.head.i != i:
            continue
        clause = any(c.dep_.startswith(("nsubj", "csubj", "cop")) for c in token.children)
        if clause or token.tag_.startswith("VB") or token.lower_ in words:
            return True
    return False


def _asserted(
    statement: Statement, doc: Doc, story: Story, index: EntityIndex, events: Sequence[Event]
) -> Proposition | None:
    """The proposition a statement puts forward, or None when it puts none forward."""
    if statement.act not in ASSERTING:
        return None
    own = [event for event in events if event.attribution[-1:] == (statement.id,)]
    if statement.act in ("say", "warn", "report", "confirm") and not own:
        return None
    if statement.source is None:
        return None
    proposition = proposition_of(statement, doc, story, index, own)
    speakers = list(voices(statement, doc, index))
    if statement.act == "report":
        proposition.reported_by = speakers
    else:
        proposition.asserted_by = speakers
    proposition.confidence = ASSERTING[statement.act]
    if statement.cue is not None:
        cue = {doc[i].lower_ for i in tokens_in(doc, statement.cue)}
        proposition.judging = bool(cue & contradictions()["judges"])
    return proposition if speakers or statement.act in ("accuse", "claim") else None


def _deny(
    statement: Statement,
    doc: Doc,
    story: Story,
    index: EntityIndex,
    events: Sequence[Event],
    statements: Sequence[Statement],
    found: list[Proposition],
) -> None:
    """Write a denial into the propositions it is about (``found`` is changed in place)."""
    speakers = list(voices(statement, doc, index))
    inner = [
        item
        for item in found
        if any(_holds(statement, other) for other in statements if other.id in item.statements)
    ]
    if inner:
        for item in inner:
            item.deny(speakers, statement.id, 0.95)
        return
    denied = proposition_of(
        statement, doc, story, index,
        [event for event in events if event.attribution[-1:] == (statement.id,)],
    )  # fmt: skip
    earlier = _referred(statement, doc, found, speakers, story.text)
    if earlier is not None:
        earlier.deny(speakers, statement.id, 0.85)
        return
    told = claim_told_before(statement, statements, speakers, doc, story, index)
    if told is not None:
        told.deny(speakers, statement.id, 0.75)
        found.append(told)
        return
    person = contradicted(statement, doc, story, index, statements)
    if person is not None:
        held = next((item for item in found if set(item.statements) & set(person.statements)), None)
        (held or person).deny(speakers, statement.id, 0.7)
        if held is None:
            found.append(person)
        return
    noun = antecedent(statement, doc)
    if noun is not None:
        denied.text, denied.start, denied.end = (
            story.text[noun.start : noun.end],
            noun.start,
            noun.end,
        )
        denied.about |= set(speakers)
    whole = _sentence_before(statement, statements, doc) if noun is None else None
    if whole is not None:
        asserted = proposition_of(whole, doc, story, index, [])
        asserted.asserted_by = [k for k in voices(whole, doc, index) if k not in speakers]
        asserted.deny(speakers, statement.id, 0.8)
        found.append(asserted)
        return
    best, score = _most_like(denied, found, speakers)
    if best is not None:
        best.deny(speakers, statement.id, 0.5 + score / 2)
        return
    untold = _untold(denied, statement, statements, doc, story, index, speakers)
    if untold is not None:
        untold.deny(speakers, statement.id, 0.8)
        found.append(untold)
        return
    denied.denied_by = speakers
    claiming = claimants(statement, doc, index) or accusers(denied, events, speakers, doc, index)
    denied.asserted_by = [key for key in claiming if key not in speakers]
    denied.confidence = 0.8
    found.append(denied)


def _holds(outer: Statement, inner: Statement) -> bool:
    """Whether the inner statement's cue or words lie in the outer one's content."""
    if inner.id == outer.id:
        return False
    place = inner.cue or inner.content[0]
    if outer.cue is not None and inner.cue is not None and outer.cue.contains(inner.cue):
        return True
    return any(piece.contains(place) for piece in outer.content)


def _referred(
    statement: Statement, doc: Doc, found: Sequence[Proposition], speakers: list[str], text: str
) -> Proposition | None:
    """The proposition just before that "it", "the allegations" or "which" points back at."""
    tokens = [doc[i] for i in tokens_in(doc, statement.content[0]) if doc[i].is_alpha]
    words = [token.lower_ for token in tokens]
    pointing = contradictions()["reference"]
    if len(words) > 5 or not any(word in pointing for word in words):
        return None
    if any(token.tag_ == "VBG" and token.lemma_ != "do" for token in tokens):
        return None  # "denied violating it": what is denied stands there
    place = min(statement.content[0].start, statement.cue.start if statement.cue else 10**9)
    before = [
        item
        for item in found
        if item.start <= place + 1
        and place - item.end < 600
        and not set(item.asserted_by) & set(speakers)
    ]
    accused = [item for item in before if item.about & set(speakers)]
    return max(accused or before, key=lambda item: item.start, default=None)


def _sentence_before(
    statement: Statement, statements: Sequence[Statement], doc: Doc
) -> Statement | None:
    """The statement that "…, which Moscow denies" closes: the one whose clause it hangs on."""
    if statement.cue is None:
        return None
    tokens = [doc[i] for i in tokens_in(doc, statement.cue)]
    verb = next((t for t in reversed(tokens) if t.dep_ == "acl:relcl"), None)
    if verb is None or not any(child.lower_ == "which" for child in verb.children):
        return None
    words = {doc[i].lower_ for i in tokens_in(doc, statement.content[0])}
    if words & contradictions()["grant"]:
        return None
    before = [
        item
        for item in statements
        if item.id != statement.id
        and item.cue is not None
        and verb.sent.start_char <= item.cue.start < statement.cue.start
        and item.source is not None
    ]
    return max(before, key=lambda item: item.cue.start if item.cue else 0, default=None)


def _most_like(
    denied: Proposition, found: Sequence[Proposition], speakers: list[str]
) -> tuple[Proposition | None, float]:
    """The proposition of another speaker most like what is denied, and how like it is (0 to 1)."""
    best: Proposition | None = None
    best_score = 0.0
    for item in found:
        if set(item.asserted_by) & set(speakers) or not (item.asserted_by or item.reported_by):
            continue
        if item.negated or (item.hypothetical and not item.about & set(speakers)):
            continue
        score = likeness(denied, item)
        accused = bool(item.about & set(speakers))
        if accused and 0 < denied.start - item.end < BESIDE and kinship(denied, item) >= KIN:
            score = max(score, KIN)  # "violating the ceasefire", "had broken the truce"
        least = LIKE_ACCUSED if accused else LIKE_WORDS
        if score >= least and score > best_score:
            best, best_score = item, score
    return best, best_score


def _untold(
    denied: Proposition,
    statement: Statement,
    statements: Sequence[Statement],
    doc: Doc,
    story: Story,
    index: EntityIndex,
    speakers: list[str],
) -> Proposition | None:
    """What another said shortly before of the denier in the verb that is denied, though no event.

    "Belmar's navy said a boat of Ostria had rammed its ship. Ostria denied ramming it."
    """
    verb = top_verb(denied, doc)
    for other in reversed(statements):
        near = 0 < statement.content[0].start - other.content[0].start < NEAR
        if not near or other.act not in ASSERTING or verb is None:
            continue
        said = proposition_of(other, doc, story, index, [])
        said.asserted_by = list(voices(other, doc, index))
        if not said.asserted_by or said.negated or set(said.asserted_by) & set(speakers):
            continue
        if said.about & set(speakers) and top_verb(said, doc) == verb:
            return said
        if said.nouns & denied.nouns and named_with_states(other, doc, index) & set(speakers):
            return said
    return None


def top_verb(proposition: Proposition, doc: Doc) -> str | None:
    """The lemma of the verb a proposition turns on, or None."""
    inside = tokens_in(doc, Span(proposition.start, proposition.end))
    for i in inside:
        token = doc[i]
        if token.tag_.startswith("VB") and (token.head.i not in inside or token.head.i == i):
            return None if token.lemma_ in ("be", "have", "do") else token.lemma_
    return None


def _merged(found: list[Proposition], index: EntityIndex) -> list[Proposition]:
    """Propositions that say the same of the same party, made one."""
    result: list[Proposition] = []
    for item in sorted(found, key=lambda p: (p.start, p.end)):
        same = next((held for held in result if _same(held, item)), None)
        if same is None:
            result.append(item)
        else:
            same.absorb(item)
    return result


def _same(one: Proposition, other: Proposition) -> bool:
    """Whether two propositions are one claim: same event, or alike about the same party."""
    if one.negated != other.negated or one.hypothetical != other.hypothetical:
        return False
    if one.event is not None and one.event == other.event:
        return True
    if one.about and other.about and not one.about & other.about:
        return False
    for mine, theirs in ((one, other), (other, one)):
        if set(mine.asserted_by) & set(theirs.denied_by):
            return False
    if (
        set(one.asserted_by) & set(other.asserted_by)
        and set(one.denied_by) & set(other.denied_by)
        and one.about & other.about
        and kinship(one, other) >= KIN
    ):
        return True  # the same parties at odds over the same party, in kindred words
    score = likeness(one, other)
    sides = set(one.asserted_by) & set(other.asserted_by)
    return score >= (0.5 if sides or one.about & other.about else 0.7)


def _numbered(found: Sequence[Proposition]) -> list[Claim]:
    """Claims with ids, in order of the text."""
    claims: list[Claim] = []
    for item in sorted(found, key=lambda p: (p.start, p.end)):
        denied = tuple(key for key in item.denied_by if key not in item.asserted_by)
        claims.append(
            Claim(
                id=f"c{len(claims) + 1}",
                text=item.text,
                event=item.event,
                asserted_by=tuple(item.asserted_by),
                denied_by=denied,
                reported_by=tuple(k for k in item.reported_by if k not in item.asserted_by),
                contested=bool(item.asserted_by and denied),
                start=item.start,
                end=item.end,
                statements=tuple(item.statements),
                confidence=round(item.confidence, 3),
            )
        )
    return claims


__all__ = ["Span", "denies", "find"]
