"""Commitments: what parties demand, offer, promise, agree to, threaten and plan, and its fate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding import agreements as pacts
from dragoman.coding import (
    commitment_bare,
    commitment_cutoffs,
    commitment_futures,
    commitment_refusals,
    commitment_ultimatums,
    commitment_unnamed,
    commitment_until,
    commitment_warnings,
    dates,
    headlines,
    provisions,
    recommendations,
    undertakings,
)
from dragoman.coding.commitment_answers import answering_only, answers_in, named_again, who_answers
from dragoman.coding.commitment_changes import Target, changes_in
from dragoman.coding.commitment_content import complete_content
from dragoman.coding.commitment_doubts import doubtful, menaces
from dragoman.coding.commitment_found import Found, last_parties
from dragoman.coding.commitment_makers import binds_another, makes
from dragoman.coding.commitment_menaces import (
    is_threat,
    met_by,
    share_their_day,
    strikes_if,
    struck_inside,
    whose_condition,
    without_bare_answers,
)
from dragoman.coding.commitment_owners import owners
from dragoman.coding.commitment_parts import (
    condition_of,
    reach_of,
    with_marks,
    within_speech,
    without_asides,
)
from dragoman.coding.commitment_retelling import told_once
from dragoman.coding.commitment_standing import stands
from dragoman.coding.commitment_words import changes, makers
from dragoman.coding.commitment_yielding import asked_to_yield
from dragoman.coding.cues import word_list
from dragoman.coding.drafts import tidy
from dragoman.coding.due_terms import due
from dragoman.coding.frames import frames_of
from dragoman.coding.parties import parties_of, parties_under, toward
from dragoman.coding.tokens import (
    children,
    label,
    pieces_of,
    subject_of,
)
from dragoman.coding.voices import with_states
from dragoman.entities.index import EntityIndex
from dragoman.model import Commitment, Event, Span, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.coding.frames import Frame


# The type of event that a word of a commitment of a kind tells.
_TOLD_AS = {"threat": "THREATEN", "demand": "REQUEST", "offer": "AGREE"}
# Words up from a commitment to the verb by which it is made.
_ABOVE = 4
# Sectors of a state's organs that it makes do by orders.
_OF_STATE = frozenset({"GOV", "MIL", "COP", "SPY"})
# How far before its sentence, in code points, the meeting of "it was agreed that" may stand.
NEAR = 600
# How far before it the agreement may stand whose part "will be withdrawn by Friday" is.
FAR = 1800
_SIDES = word_list("the_sides")


def find(
    doc: Doc,
    story: Story,
    index: EntityIndex,
    events: Sequence[Event],
    statements: Sequence[Statement],
) -> list[Commitment]:
    """The commitments of a story, in order of the text.

    1. words that make one (``data/commitments.tsv``), with who commits, toward whom, the content;
    2. agreements by name or date (``data/agreements.tsv``) and meetings that are planned;
    3. conditions and due dates from the same sentence;
    4. what the story says became of each: refused, agreed, kept, violated, lapsed, disputed.
    """
    found = _made(doc, story, index, events, statements)
    found += provisions.find(doc, story, index, events)
    found += recommendations.find(doc, story, index, statements)
    named = pacts.find(doc, story, index)
    found += [_from_pact(item) for item in named]
    plain = [
        *undertakings.find(doc, index, statements),
        *commitment_futures.find(doc, story, index, statements),
        *commitment_warnings.find(doc, index, statements),
        *commitment_ultimatums.find(doc, index),
        *commitment_cutoffs.find(doc, index, statements),
        *commitment_until.find(doc, index, statements),
    ]
    for told in plain:
        refused = told.status == "refused"
        by = list(told.by) or ([] if refused else last_parties(found, doc[told.head].idx, FAR))
        if by or refused:
            found.append(Found(told.kind, told.status, by, list(told.to), told.span, told.head))
    found += [*commitment_refusals.find(doc, index), *commitment_unnamed.find(doc, index)]
    found = told_once(doc, found, headlines.title_end(story))
    for item in found:
        wide = item.span
        item.span = with_marks(story.text, without_asides(doc, wide, item.head))
        reach = doc[item.head].sent.end_char if item.meeting else reach_of(doc, item.head, wide)
        if item.name is None and not item.pact:  # an agreement stands, whatever its sentence adds
            item.condition = condition_of(doc, story.text, item.head, item.span, statements)
        if item.kind != "agreement" or item.name is None:
            whole = Span(wide.start, max(wide.end, reach))
            agreed = item.kind == "agreement"
            item.due = item.due or due(doc, story, item.head, whole, agreed)
        made = _event_at(doc[item.head].idx, events)
        binds = item.kind == "promise" or (item.condition or "").lower().startswith("unless ")
        planned = item.kind == "plan" and item.by and item.condition
        if planned:  # "should Togo persist, Chad will close the bridge"
            planned = whose_condition(doc, story.text, item, index)
        if (binds and is_threat(doc, item, made)) or ((binds or planned) and strikes_if(doc, item)):
            if item.status == "refused":  # "will not free them unless Oman pays": it threatens
                item.by, item.to = item.to, []
            item.kind, item.status = "threat", "threatened"
        if item.kind == "threat" and not item.to and item.condition:
            item.to = whose_condition(doc, story.text, item, index)
        item.to = _not_itself(item, index)
        if item.kind == "threat" and not item.to and made is None:
            item.to = struck_inside(doc, item, events, index)
        if not item.to and (said := _said_by(doc[item.head], item.kind, events)) is not None:
            item.to = met_by(doc, said, item, index)
        if not item.history:
            inside = _statement_of(item.span, statements)
            day = _made_on(made, inside, statements, events, story)
            if made is not None or not item.pact:  # a truce merely named was agreed some day before
                day = day or story.published
            item.step(day, item.status, inside, made.id if made is not None else None)
            if item.due is None and item.kind == "demand" and not item.condition:
                item.due = commitment_ultimatums.time_granted(doc[item.head], day)
    share_their_day(doc, found)
    found = without_bare_answers(doc, found)
    _apply_changes(doc, story, index, statements, events, found)
    _apply_answers(doc, story, index, statements, events, found)
    for item, demand in list(commitment_refusals.answered(doc, found)):
        _step(story, demand, "refused", doc[item.head], statements, events)
        demand.to = demand.to or item.to
        found.remove(item)
    for item, status, token in list(commitment_bare.find(doc, index, found)):
        _step(story, item, status, token, statements, events)
        found.append(item)
    return _numbered(found, story.text)


def _made(
    doc: Doc,
    story: Story,
    index: EntityIndex,
    events: Sequence[Event],
    statements: Sequence[Statement],
) -> list[Found]:
    """Commitments from the words that make one."""
    cues, table = makers()
    found: list[Found] = []
    for frame in frames_of(doc, cues):
        if frame.cue is None or frame.rule not in ("verb", "noun"):
            continue
        maker = table[frame.cue.line]
        complete_content(doc, frame, maker)
        content = tidy(story.text, list(pieces_of(doc, frame.content)))
        if not content or not makes(doc, frame, maker, statements):
            continue
        place = doc[frame.head].idx
        span = min(content, key=lambda piece: (piece.end <= place, piece.start - piece.end))
        span = within_speech(doc, span, frame.head, statements)
        by = owners(doc, frame, statements, index)
        if not by and maker.kind == "agreement":
            by = _those_who_met(doc, frame, events) or _same_sides(doc, frame, found)
        if not by or not stands(doc, frame, maker, by, statements, index):
            continue
        if maker.kind == "agreement" and _shares(span, place, by, statements):
            continue
        to = [
            key
            for key in with_states(toward(doc, frame, maker.toward, index), index)
            if key not in by
        ]
        threat = maker.kind == "threat" or menaces(doc, frame, maker)
        if threat and not frame.addressee and _acts_itself(doc, frame, to, index):
            to = []  # "warned that its allies would respond": they are not the ones warned
        if maker.kind == "promise" and not frame.addressee and _acts_itself(doc, frame, to, index):
            if all(index.entities[key].kind == "person" for key in by):
                by = [*by, *to]  # "she promised that the Union would pay": the Union is bound
            to = []
        if doubtful(doc, frame, maker, by, to, index):
            continue
        kind, status = maker.kind, maker.status
        if threat and maker.kind != "threat":
            kind, status = "threat", "threatened"
        yielding = asked_to_yield(doc, frame, maker, by, index)
        if yielding:
            kind, status, to = "demand", "demanded", yielding
        if kind == "plan" and binds_another(doc, frame):
            kind, status = "demand", "demanded"
        found.append(Found(kind, status, list(with_states(by, index)), to, span, frame.head))
    return found


def _shares(span: Span, place: int, by: Sequence[str], statements: Sequence[Statement]) -> bool:
    """Whether what is agreed are another's words that end before: "Oman's envoy agreed. “…”"."""
    return any(
        piece.start <= span.start and span.end <= piece.end <= place
        and item.source is not None and item.source.entity not in (None, *by)
        for item in statements for piece in item.content
    )  # fmt: skip


def _those_who_met(doc: Doc, frame: Frame, events: Sequence[Event]) -> list[str]:
    """Who agreed in "it was agreed that …": those whose meeting was told shortly before."""
    word = doc[frame.head]
    if not children(word, "expl") or not children(word, "aux"):
        return []
    low = doc[max(0, word.sent.start - 1)].sent.start_char - NEAR
    met = [
        event
        for event in events
        if event.type == "CONSULT"
        and low <= event.trigger.start < word.idx
        and len(event.actors) + len(event.recipients) > 1
    ]
    sides = [*met[-1].actors, *met[-1].recipients] if met else []
    return list(dict.fromkeys(item.entity for item in sides))


def _same_sides(doc: Doc, frame: Frame, found: Sequence[Found]) -> list[str]:
    """Who "the sides" are that agreed: the parties of the agreement told shortly before."""
    subject = subject_of(doc[frame.head])
    if subject is None or subject.lower_ not in _SIDES:
        return []
    return last_parties(found, doc[frame.head].idx)


def _not_itself(item: Found, index: EntityIndex) -> list[str]:
    """Toward whom a state demands or threatens: no organ of its own ("its soldiers", of another before)."""
    made_by = {
        index.entities[key].country for key in item.by if index.entities[key].kind == "state"
    }
    if item.kind not in _TOLD_AS or len(item.by) != 1 or not made_by:
        return item.to
    found = [(key, index.entities[key]) for key in item.to]
    return [
        key for key, one in found if one.country not in made_by or not _OF_STATE & {*one.sectors}
    ]


def _acts_itself(doc: Doc, frame: Frame, to: Sequence[str], index: EntityIndex) -> bool:
    """Whether those a threat seems to be made to are the subject of what is threatened."""
    clauses = children(doc[frame.head], "ccomp", "xcomp")
    clause = next((c for c in clauses if c.i in frame.content and children(c, "nsubj")), None)
    subject = subject_of(clause) if clause is not None else None
    if subject is None or not to:
        return False
    acting = parties_under(doc, subject, index)
    return set(to) <= set(acting)


def _from_pact(pact: pacts.Pact) -> Found:
    return Found(
        kind="plan" if pact.meeting else "agreement",
        status=pact.status,
        by=list(pact.parties),
        to=[],
        span=pact.span,
        head=pact.head,
        name=pact.name,
        parties=[] if pact.meeting else list(pact.parties),
        confidence=pact.confidence,
        meeting=pact.meeting,
        pact=not pact.meeting,
        again=pact.again,
    )


def _statement_of(span: Span, statements: Sequence[Statement]) -> str | None:
    """The innermost statement whose content holds the span's first character."""
    holding = [
        item
        for item in statements
        if any(piece.start <= span.start < piece.end for piece in item.content)
    ]
    inner = min(
        holding, key=lambda item: item.content[-1].end - item.content[0].start, default=None
    )
    return inner.id if inner is not None else None


def _event_at(place: int, events: Sequence[Event]) -> Event | None:
    """The event whose trigger covers a place of the text: what a word that stands there tells."""
    return next((e for e in events if e.trigger.start <= place < e.trigger.end), None)


def _said_by(word: Token, kind: str, events: Sequence[Event]) -> Event | None:
    """The event in which a commitment is made: at its own word, else at the verb of whose words it is part
    ("warned Oman that it would close the border")."""
    for _ in range(_ABOVE):
        told = _event_at(word.idx, events)
        if told is not None and told.type == _TOLD_AS.get(kind):
            return told
        if label(word) not in ("ccomp", "xcomp", "conj"):
            return None
        word = word.head
    return None


def _made_on(
    made: Event | None,
    inside: str | None,
    statements: Sequence[Statement],
    events: Sequence[Event],
    story: Story,
) -> str | None:
    """The past day that the words tell of the event, or of the event by whose words it was made."""
    held = next((item for item in statements if item.id == inside), None)
    cue = held.cue if held is not None else None
    by_words = next(
        (e for e in events if cue is not None and cue.start <= e.trigger.start < cue.end), None
    )
    days = [event.date for event in (made, by_words) if event is not None]
    last = story.published or "9999"
    told = [day for day in days if day is not None and day.text and day.start]
    day = next((day.start for day in told if day.end <= last), None)
    if day is not None or told or held is None or cue is None:
        return day
    between = story.text[cue.end : held.content[0].start]  # "told parliament in March that"
    when = dates.resolve(between, story.published) if between.strip() else None
    return when.start if when is not None and when.end <= last else None


def _apply_changes(
    doc: Doc,
    story: Story,
    index: EntityIndex,
    statements: Sequence[Statement],
    events: Sequence[Event],
    found: list[Found],
) -> None:
    """Write into the histories what the story says became of each commitment."""
    places = sorted(
        ((span, item) for item in found for span in (item.span, *item.again)),
        key=lambda pair: (pair[0].start, pair[0].end),
    )
    targets = [Target(span, item.head, item.called) for span, item in places]
    for change, token, target in changes_in(doc, changes(), targets):
        item = places[target][1]
        if token.i == item.head or item.span.start <= token.idx < item.span.end:
            continue
        if label(doc[item.head]) == "advcl" and doc[item.head].head.i == token.i:
            continue  # "suspended its mediation until both sides return"
        subject = subject_of(token)
        actors = parties_of(doc, [subject.i], subject.i, index) if subject is not None else []
        if change == "refused" and (item.kind == "agreement" or set(actors) & set(item.by)):
            continue
        if change == "violated" and item.kind in ("offer", "demand"):
            continue  # "hid the breach of its network": what is only wanted or offered binds nobody
        _step(story, item, change, token, statements, events)
        answered = change == "refused" or (change == "agreed" and item.kind in ("offer", "demand"))
        if answered and not item.to:
            item.to = [key for key in with_states(actors, index) if key not in item.by]


def _apply_answers(
    doc: Doc,
    story: Story,
    index: EntityIndex,
    statements: Sequence[Statement],
    events: Sequence[Event],
    found: list[Found],
) -> None:
    """Write into the histories what those asked answer without naming what they were asked."""
    open_to_all = {id(item) for item in found if not item.to}
    for change, token, item in list(answers_in(doc, changes(), index, found)):
        _step(story, item, change, token, statements, events)
        if id(item) in open_to_all:  # "Belmar agreed. Ostria refused."
            answering = who_answers(doc, token, item, index)
            item.to += [key for key in answering if key not in item.to]
        found[:] = [other for other in found if not answering_only(token, other)]
    for change, token, item in list(named_again(doc, changes(), index, found)):
        if item.status in ("demanded", "offered", "promised"):
            _step(story, item, change, token, statements, events)
            item.to = item.to or who_answers(doc, token, item, index)
        found[:] = [other for other in found if not answering_only(token, other)]


def _step(
    story: Story, item: Found, status: str, token: Token,
    statements: Sequence[Statement], events: Sequence[Event],
) -> None:  # fmt: skip
    """Write into a commitment's history what a word of the story says became of it."""
    event = _event_at(token.idx, events)
    said = _statement_of(Span(token.idx, token.idx + len(token)), statements)
    day = _made_on(event, said, statements, events, story) or story.published
    if item.kind == "promise" and item.condition and status in ("refused", "agreed"):
        item.kind = "offer"  # what another takes or turns down was put before him
        item.history[:] = [
            step.replace(status="offered") if step.status == "promised" else step
            for step in item.history
        ]
    item.step(day, status, said, event.id if event else None)


def _numbered(found: Sequence[Found], text: str) -> list[Commitment]:
    """Commitments with ids, in order of the text."""
    ordered = sorted(found, key=lambda item: (item.span.start, item.span.end))
    return [
        Commitment(
            id=f"k{number}",
            kind=item.kind,
            by=tuple(item.by),
            to=tuple(item.to),
            text=text[item.span.start : item.span.end],
            start=item.span.start,
            end=item.span.end,
            condition=item.condition,
            due=item.due,
            status=item.status,
            history=tuple(item.history),
            name=item.name,
            parties=tuple(item.parties),
            confidence=item.confidence,
        )
        for number, item in enumerate(ordered, start=1)
    ]


__all__ = ["find"]
