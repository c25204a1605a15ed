"""One event told several times becomes one event with several spans of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.model import Event, Span

#: Words shared by two tellings of one event, as a share of the shorter telling's.
_SHARED_WORDS = 0.3
#: The same for words said: two refusals of one day are two, unless they are told alike.
_SHARED_BY_WORDS = 0.55
#: Quad classes of deeds.
_DEEDS = frozenset({2, 4})


def merge(events: Iterable[Event], words: dict[str, frozenset[str]], lead: int) -> list[Event]:
    """The events of a story, tellings of one and the same event put together.

    Two tellings are one event when type, auxiliary modes and parties agree, the days are
    compatible, and either the words of their sentences agree or one of them stands in the
    title or lead.

    Args:
        events: in order of the text.
        words: content words of each event's sentence, by event id.
        lead: code point where the title and first paragraph end.
    """
    kept: list[Event] = []
    for event in events:
        for place, held in enumerate(kept):
            if _same(held, event, words, lead):
                kept[place] = _joined(held, event)
                break
        else:
            kept.append(event)
    return kept


def _same(one: Event, two: Event, words: dict[str, frozenset[str]], lead: int) -> bool:
    if one.type != two.type or ("negation" in one.aux) != ("negation" in two.aux):
        return False
    if one.trigger == two.trigger:
        return True
    if not _same_parties(one, two) or not _compatible_days(one, two):
        return False
    if one.sentence == two.sentence:
        if one.coded_by.rule == two.coded_by.rule:
            return True
        return _like_modes(one, two) and _countries(one.recipients) == _countries(two.recipients)
    if one.sentence.start < lead:
        return _like_modes(one, two) or _agree(words[one.id], words[two.id])
    known = bool(one.recipients and two.recipients)
    told_alike = known and one.coded_by.rule == two.coded_by.rule
    share = _SHARED_WORDS if told_alike or one.quad in _DEEDS else _SHARED_BY_WORDS
    return _agree(words[one.id], words[two.id], share)


def _like_modes(one: Event, two: Event) -> bool:
    """Whether the modes agree; the model's own events seldom have one."""
    by_model = "model" in (one.coded_by.coder, two.coded_by.coder)
    return one.mode == two.mode or (by_model and not (one.mode and two.mode))


def _same_parties(one: Event, two: Event) -> bool:
    actors, others = _countries(one.actors), _countries(two.actors)
    recipients, other_recipients = _countries(one.recipients), _countries(two.recipients)
    if not (_nested(actors, others) and _nested(recipients, other_recipients)):
        return False
    return actors == others or bool(recipients and recipients == other_recipients)


def _countries(parties: Sequence[object]) -> frozenset[str]:
    return frozenset(
        getattr(party, "country", "") or getattr(party, "entity", "") for party in parties
    )


def _nested(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether one set of parties holds the other; no party at all fits any."""
    return one <= two or two <= one


def _compatible_days(one: Event, two: Event) -> bool:
    if one.date is None or two.date is None or not one.date.text or not two.date.text:
        return True
    return one.date.start <= two.date.end and two.date.start <= one.date.end


def _agree(one: frozenset[str], two: frozenset[str], share: float = _SHARED_WORDS) -> bool:
    smaller = min(len(one), len(two))
    return smaller > 0 and len(one & two) / smaller >= share


def _joined(held: Event, event: Event) -> Event:
    """The first telling, with what the second adds."""
    fuller = event if len(event.recipients) > len(held.recipients) else held
    better_date = held.date if held.date is not None and held.date.text else event.date
    return held.replace(
        actors=held.actors if len(held.actors) >= len(event.actors) else event.actors,
        recipients=fuller.recipients,
        mode=held.mode or event.mode,
        cameo=max((held.cameo, event.cameo), key=len),
        date=better_date or held.date,
        place=held.place or event.place,
        counts=held.counts or event.counts,
        confidence=max(held.confidence, event.confidence),
        evidence=_evidence(held, event),
    )


def _evidence(held: Event, event: Event) -> tuple[Span, ...]:
    found = list(held.evidence or (held.sentence,))
    for span in event.evidence or (event.sentence,):
        if span not in found:
            found.append(span)
    return tuple(found)
