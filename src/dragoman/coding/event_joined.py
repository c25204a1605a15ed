"""Two tellings of one event made one: the surer one, with what the other adds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.model import Event, Span
from dragoman.numerals import NUMBER

#: The type of talks, which a visit is.
_TALKS = frozenset({"CONSULT"})


def countries_of(parties: Sequence[object]) -> frozenset[str]:
    """The countries of some parties, ids of those without one."""
    return frozenset(
        getattr(party, "country", "") or getattr(party, "entity", "") for party in parties
    )


def joined(held: Event, event: Event) -> Event:
    """The surer telling, with what the other adds; of two that name people of one country, who was counted."""
    same = set(event.aux) <= set(held.aux)  # "imposed sanctions", "would ease the sanctions in May"
    told = (
        one.date for one in (held, event)
        if one.date is not None and one.date.text and (one is held or same)
    )  # fmt: skip
    aux = event.aux if _came_to_it(held, event) else held.aux
    unreal = "future" in aux or "hypothetical" in aux
    alike = countries_of(held.recipients) == countries_of(event.recipients)
    clearer = not _names_the_counted(held) or (_only_counts(held) and not _only_counts(event))
    counted = alike and clearer and _names_the_counted(event)
    recipients = event.recipients if counted else held.recipients
    actors = held.actors or event.actors
    acting = {party.entity for party in actors}
    return held.replace(
        actors=actors,
        recipients=tuple(x for x in recipients or event.recipients if x.entity not in acting),
        mode=held.mode or event.mode,
        aux=aux,
        cameo=max((held.cameo, event.cameo), key=len),
        date=next(told, None) or held.date or (None if unreal else event.date),
        place=held.place or event.place,
        counts=held.counts or event.counts,
        evidence=_evidence(held, event),
    )


def _came_to_it(held: Event, event: Event) -> bool:
    """Whether talks only thought of were set about before in their sentence: "flew to Lagos to see the minister",
    not "entered the town to kill a judge"."""
    if held.type not in _TALKS:
        return False
    same = held.sentence == event.sentence and event.trigger.start < held.trigger.start
    return same and held.aux == ("hypothetical",) and not event.aux


def _only_counts(event: Event) -> bool:
    """Whether recipients are told as numbers alone: "three" of "a soldier died and three were hurt"."""
    return all(re.fullmatch(NUMBER, party.name.lower()) for party in event.recipients)


def _names_the_counted(event: Event) -> bool:
    """Whether a recipient is who was counted: "two soldiers were killed", not "fired on a village"."""
    dead_or_hurt = (event.counts.dead, event.counts.injured) if event.counts else ()
    return any(
        count is not None
        and party.start is not None
        and party.start <= count.start < (party.end or 0)
        for count in dead_or_hurt
        for party in event.recipients
    )


def _evidence(held: Event, event: Event) -> tuple[Span, ...]:
    """The sentences that tell it, in order of the text."""
    spans = {*(held.evidence or (held.sentence,)), *(event.evidence or (event.sentence,))}
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))
