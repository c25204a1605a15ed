"""Claims: one proposition with everyone who asserts it, denies it, or merely reports it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding import claim_called
from dragoman.coding.accounts import relays
from dragoman.coding.attribution import cue_of
from dragoman.coding.claim_corrections import take_back_corrected
from dragoman.coding.claim_denials import Told
from dragoman.coding.claim_disputes import Disputes
from dragoman.coding.claim_narrowing import narrow
from dragoman.coding.claim_pointers import ASSERTING, pointed_at, points_elsewhere, told_since
from dragoman.coding.claim_repeats import answered_beside, repeated
from dragoman.coding.claim_settling import settle
from dragoman.coding.claim_sides import (
    NEAR,
    accusers,
    antecedent,
    at_each_other,
    claim_nouns,
    claim_told_before,
    claimants,
    contradictions,
)
from dragoman.coding.claim_tolls import set_tolls_at_odds
from dragoman.coding.propositions import Proposition, kinship, likeness, proposition_of
from dragoman.coding.tokens import tokens_in, which_of
from dragoman.coding.voices import voices
from dragoman.entities.index import EntityIndex
from dragoman.model import Claim, Event, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Least kinship (-1 to 1) of the nouns of two claims with the same sides for them to be one.
KIN = 0.3


def find(
    doc: Doc,
    story: Story,
    index: EntityIndex,
    events: Sequence[Event],
    statements: Sequence[Statement],
    *,
    models: bool = True,
) -> list[Claim]:
    """The claims of a story, in order of the text.

    1. every accusation, claim and attributed event is a proposition asserted by its speaker;
    2. every denial finds the proposition it is about: inside its own words or just before it;
       a denial of nothing said makes a proposition of its own;
    3. tolls that differ are each denied by the other's side (``claim_tolls``);
    4. whatever else denies, with or without a word of denial, is told by a fitted model, and so is
       who asserts what it denies (``claim_disputes``, written in by ``claim_settling``);
    5. what its own speaker corrects is taken back (``claim_corrections``);
    6. propositions about the same thing are made one.

    Args:
        models: False leaves out step 4.
    """
    found = by_rules(doc, story, index, events, statements)
    ruled = at_odds(found)
    if models:
        disputes = Disputes.shipped()
        for item in found:
            if item.asserted_by and item.denied_by:
                item.confidence = max(disputes.ruled, item.least)
    set_tolls_at_odds(found, doc, story, index, statements)
    if models:
        told, pointed = (
            Told(doc, story, index, events, statements),
            pointed_at(found, statements, doc, story, index),
        )
        for dispute in sorted(disputes.find(told, ruled), key=lambda item: -item.confidence):
            if not points_elsewhere(dispute, pointed):
                settle(dispute, found, told)
    take_back_corrected(found, doc, story, index, events, statements)
    merged = _merged(found)
    narrow(merged, doc, story, index, events, statements)
    return _numbered(merged)


def by_rules(
    doc: Doc,
    story: Story,
    index: EntityIndex,
    events: Sequence[Event],
    statements: Sequence[Statement],
) -> list[Proposition]:
    """What words of asserting and denying tell: steps 1 and 2 of ``find``."""
    found: list[Proposition] = []
    denials: list[Statement] = []
    called: list[Statement] = []
    own: dict[str, list[Event]] = defaultdict(list)
    relayed = relays(statements, doc)
    for event in events:
        for key in event.attribution[-1:]:
            own[key].append(event)
    for statement in statements:
        mutual = at_each_other(statement, doc, story, index)
        if mutual:
            found += mutual
        elif denies(statement, doc):
            denials.append(statement)
        elif claim_called.calls_untrue(statement, doc):
            called.append(statement)
        else:
            asserted = _asserted(statement, doc, story, index, own[statement.id])
            if asserted is not None and statement.id in relayed:
                asserted.reported_by, asserted.asserted_by = asserted.asserted_by, []
            if asserted is not None:
                found.append(asserted)
    for statement in denials:
        _deny(statement, doc, story, index, events, statements, found)
    for statement in called:
        claim_called.write_in(statement, doc, story, index, statements, found)
    answered_beside(doc, story, index, events, statements, found)
    return found


def at_odds(found: Sequence[Proposition]) -> frozenset[tuple[str, str]]:
    """Pairs of entities of which one asserts what the other denies."""
    return frozenset(
        (one, other)
        for item in found
        for one in item.asserted_by
        for other in item.denied_by
        if other not in item.asserted_by
    )


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
        (doc[i].dep_.endswith("relcl") and any(c.lower_ == "which" for c in doc[i].children))
        or which_of(doc[i]) is not None
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
    statement: Statement, doc: Doc, story: Story, index: EntityIndex, own: Sequence[Event]
) -> Proposition | None:
    """The proposition a statement puts forward, or None when it puts none forward.

    Args:
        own: the events that are its words.
    """
    if statement.act not in ASSERTING:
        return None
    if statement.act in ("say", "warn", "report", "confirm") and not own:
        return None
    if statement.source is None or _names_somebody(statement, doc, index):
        return None
    if statement.act == "say" and _only_asks(statement, doc):
        return None
    proposition = proposition_of(statement, doc, story, index, own)
    speakers = list(voices(statement, doc, index))
    if statement.act == "report":
        proposition.reported_by = speakers
    else:
        proposition.asserted_by = speakers
    proposition.confidence = ASSERTING[statement.act]
    return proposition if speakers or statement.act in ("accuse", "claim") else None


def _only_asks(statement: Statement, doc: Doc) -> bool:
    """Whether all that is said is one question: "Will Belmar leave?"."""
    tokens = [doc[i] for piece in statement.content for i in tokens_in(doc, piece)]
    marks = [token for token in tokens if token.text in (".", "?", "!")]
    return [token.text for token in marks] == ["?"] and marks[0].i >= tokens[-1].i - 1


def _names_somebody(statement: Statement, doc: Doc, index: EntityIndex) -> bool:
    """Whether the words are a party alone, of which nothing is claimed: "condemned Oman"."""
    words = {i for piece in statement.content for i in tokens_in(doc, piece) if not doc[i].is_punct}
    named = [index.headed_by(i) for i in words]
    return any(m is not None and words <= set(range(m.first, m.last)) for m in named)


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
    held = {other.id for other in statements if _holds(statement, other)}
    inner = [item for item in found if not held.isdisjoint(item.statements)]
    if inner:
        for item in inner:
            item.deny(speakers, statement.id, 0.95)
        return
    earlier = _referred(statement, doc, found, speakers)
    if earlier is not None:
        since = told_since(earlier, statement, statements, speakers, doc, index)
        if since is not None:
            earlier = proposition_of(since, doc, story, index, [])
            earlier.asserted_by = list(voices(since, doc, index))
            found.append(earlier)
        earlier.deny(speakers, statement.id, 0.85)
        return
    repeating = repeated(statement, doc, story, index, statements, speakers, found)
    for item in repeating:
        item.deny(speakers, statement.id, 0.85)
    if repeating:
        return
    told = claim_told_before(statement, statements, speakers, doc, index)
    if told is not None:
        item = proposition_of(told, doc, story, index, [])
        item.asserted_by = [key for key in voices(told, doc, index) if key not in speakers]
        item.deny(speakers, statement.id, 0.75)
        found.append(item)
        return
    own = [event for event in events if event.attribution[-1:] == (statement.id,)]
    denied = proposition_of(statement, doc, story, index, own)
    charge = _charge_answered(denied, speakers, statements, found)
    if charge is not None:
        charge.deny(speakers, statement.id, 0.8)
        return
    noun = antecedent(statement, doc)
    if noun is not None:
        denied.text = story.text[noun.start : noun.end]
        denied.start, denied.end = noun.start, noun.end
    denied.denied_by = speakers
    claiming = claimants(statement, doc, index) or accusers(denied, events, speakers, doc, index)
    denied.asserted_by = [key for key in claiming if key not in speakers]
    denied.confidence = 0.8
    found.append(denied)


def _charge_answered(
    denied: Proposition,
    speakers: Sequence[str],
    statements: Sequence[Statement],
    found: Sequence[Proposition],
) -> Proposition | None:
    """The charge against the denier told shortly before, in kindred nouns ("truce", "ceasefire")."""
    accusing = {item.id for item in statements if item.act == "accuse"}
    if denied.negated or not denied.about & set(speakers):
        return None
    return next(
        (
            item
            for item in reversed(found)
            if set(item.statements[:1]) & accusing
            and denied.start - NEAR < item.end < denied.start
            and item.about & set(speakers)
            and not set(item.asserted_by) & set(speakers)
            and kinship(item, denied) >= KIN
        ),
        None,
    )


def _holds(outer: Statement, inner: Statement) -> bool:
    """Whether the inner statement's cue or words lie in the outer one's content."""
    if inner.id == outer.id:
        return False
    place = inner.cue or inner.content[0]
    if outer.cue is not None and inner.cue is not None and outer.cue.contains(inner.cue):
        return True
    return any(piece.contains(place) for piece in outer.content)


def _referred(
    statement: Statement, doc: Doc, found: Sequence[Proposition], speakers: list[str]
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


def _merged(found: list[Proposition]) -> list[Proposition]:
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
    if one.at_odds(other) or _hardly_beside(one, other) or _hardly_beside(other, one):
        return False
    if one.event is not None and one.event == other.event:
        return True
    if one.about and other.about and not one.about & other.about:
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


def _hardly_beside(one: Proposition, other: Proposition) -> bool:
    """Whether one is disputed far more surely than the other is, by somebody else."""
    contested = other.asserted_by and other.denied_by
    beside = set(other.denied_by) - set(one.denied_by) or set(other.asserted_by) - set(
        one.asserted_by
    )
    return bool(contested and beside) and one.outweighs(other.confidence)


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


__all__ = ["at_odds", "by_rules", "denies", "find"]
