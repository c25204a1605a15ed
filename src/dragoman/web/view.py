"""What the faces show, worked out once: names, speakers, excerpts, in words for a reader."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from dragoman.model import (
    DOUBTFUL,
    Claim,
    Commitment,
    Entity,
    Event,
    Participant,
    Record,
    Span,
    Statement,
    When,
)

ARROW = "→"
# A side of an event's path (``event_detail``) that stands before or after the trigger.
UNDERSTOOD = re.compile(r"(?P<recipient>> )?\([^()]*, understood (?P<chance>[\d.]+)\)")
STRAIGHT = re.compile(r'"([^"]*)"')
SINGLE = str.maketrans("“”", "‘’")
OFFICIAL = frozenset({"GOV", "MIL"})
UNNAMED = "(unnamed)"
DENYING = ", which denies it"
# Auxiliary modes of what was not, or not yet, done.
UNDONE = frozenset({"future", "hypothetical", "negation"})
EXCERPT = 160  # characters of a sentence shown beside an event
# Words that name no speaker by themselves.
POINTERS = frozenset({"he", "she", "it", "they", "who", "which", "that", "we", "i"})
# Words that name nobody where a party without a name is shown.
PRONOUNS = POINTERS | frozenset(
    {"him", "her", "them", "us", "me", "his", "its", "their", "our", "my", "whose", "whom"}
)


@dataclass(frozen=True)
class Side:
    """The names on one side of a line; ``understood`` where no words tell them there."""

    names: tuple[str, ...] = ()
    understood: bool = False

    def __str__(self) -> str:
        told = ", ".join(self.names)
        return f"[{told}]" if self.understood else told


@dataclass(frozen=True)
class View:
    """A record with the look-ups that showing it needs.

    Args:
        everything: show doubtful events and contested claims as well.
    """

    record: Record
    everything: bool = False

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Entities by id."""
        return {item.id: item for item in self.record.entities}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Statements by id."""
        return {item.id: item for item in self.record.statements}

    @cached_property
    def events(self) -> list[Event]:
        """The events that are shown, in the order of the story; what reads the same, once."""
        found: dict[tuple[object, ...], Event] = {}
        for event in sorted(self.record.events, key=lambda e: -e.confidence):
            if self._is_shown(event.confidence):
                told = (event.sentence, self.label(event), self.parties(event), event.date)
                found.setdefault((event.id,) if self.everything else told, event)
        return sorted(found.values(), key=lambda e: (e.sentence.start, e.trigger.start))

    @cached_property
    def gravest(self) -> list[Event]:
        """The events that are shown, what was done before what was not, the most dead and then
        the most hostile first."""
        return sorted(
            self.events,
            key=lambda e: (bool(UNDONE & set(e.aux)), -_people(e, "dead"), -_people(e, "injured"), e.score),
        )  # fmt: skip

    @property
    def harmful(self) -> list[Event]:
        """The events that were done and count dead or injured, the gravest first."""
        return [
            e for e in self.gravest
            if _people(e, "dead") + _people(e, "injured") and not UNDONE & set(e.aux)
        ]  # fmt: skip

    def _is_shown(self, confidence: float) -> bool:
        return self.everything or confidence >= DOUBTFUL

    @property
    def events_left_out(self) -> str:
        """ "and 3 doubtful ones, under 50%", "" for none."""
        return _left_out(sum(not self._is_shown(e.confidence) for e in self.record.events))

    @property
    def claims_left_out(self) -> str:
        """The same of the contested claims."""
        contested = sum(item.contested for item in self.record.claims)
        return _left_out(contested - len(self.contested))

    @cached_property
    def cast(self) -> list[Entity]:
        """Named entities, most mentioned first; those named once who take part in nothing, last.

        Those without a name are told where they take part.
        """
        shown = [
            e for e in self.record.entities
            if e.mentions and e.kind not in ("place", "collective", "unnamed")
            and not (e.kind == "organisation" and e.name.islower())  # "the town", "a clinic"
        ]  # fmt: skip
        aside = {e.id for e in shown if len(e.mentions) < 2 and e.id not in self._involved}
        return sorted(shown, key=lambda e: (e.id in aside, -len(e.mentions), e.name))

    @cached_property
    def _involved(self) -> frozenset[str]:
        """Ids of all who take part in an event shown, speak, or are bound by a commitment."""
        record = self.record
        parties = [p.entity for e in self.events for p in (*e.actors, *e.recipients)]
        speakers = [s.source.entity for s in record.statements if s.source and s.source.entity]
        bound = [key for c in record.commitments for key in (*c.by, *c.to, *c.parties)]
        return frozenset((*parties, *speakers, *bound))

    @cached_property
    def contested(self) -> list[Claim]:
        """The claims shown that some assert and others deny, the surest first."""
        found = [
            item for item in self.record.claims
            if item.contested and self._is_shown(item.confidence)
        ]  # fmt: skip
        return sorted(found, key=lambda claim: -claim.confidence)

    def sureness(self, claim: Claim) -> str:
        """ "62%"; below one in two a warning goes with it."""
        told = f"{claim.confidence:.0%}"
        return told if claim.confidence >= DOUBTFUL else f"doubtful, {told}"

    def words(self, span: Span) -> str:
        """The story's words in a span, on one line."""
        return one_line(self.record.story.text[span.start : span.end])

    def name(self, key: str) -> str:
        """The name of an entity, or its id when the record has no such entity."""
        entity = self.entities.get(key)
        return entity.name if entity else key

    def names(self, keys: Iterable[str]) -> str:
        """Names joined by commas; a state is not named beside somebody of its government."""
        return ", ".join(self.name_list(keys))

    def name_list(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The names that ``names`` joins."""
        keys = tuple(dict.fromkeys(keys))
        known = [self.entities[key] for key in keys if key in self.entities]
        governed = {e.country for e in known if e.kind != "state" and OFFICIAL & set(e.sectors)}
        spoken = {e.id for e in known if e.kind == "state" and e.country in governed}
        return tuple(dict.fromkeys(self.name(key) for key in keys if key not in spoken))

    def parties(self, event: Event) -> str:
        """``Ukraine, United States → [Russia]``; both sides of a reciprocal event stand together.

        In brackets stands who is not told where the event is, but understood from what is around it.
        """
        return _with_arrow(*self.sides(event))

    def sides(self, event: Event) -> tuple[Side, Side]:
        """Who acts and to whom, as ``parties`` tells them."""
        actors = self._side(event, "actor", event.actors)
        return actors, self._side(event, "recipient", event.recipients)

    def _side(self, event: Event, role: str, parties: tuple[Participant, ...]) -> Side:
        chance = self.understood(event).get(role)
        if chance is None:
            return Side(self._participants(parties))
        return Side(self._participants(parties), True) if self._is_shown(chance) else Side()

    def understood(self, event: Event) -> dict[str, float]:
        """ "actor", "recipient": how surely the event's path calls that side understood."""
        found = UNDERSTOOD.finditer(event.path or "")
        return {
            "recipient" if match["recipient"] else "actor": float(match["chance"])
            for match in found
        }

    def brackets(self, event: Event) -> str:
        """What the brackets of ``parties`` mean, empty where it has none."""
        shown = any(self._is_shown(chance) for chance in self.understood(event).values())
        return "[understood from the story]" if shown else ""

    def _participants(self, items: tuple[Participant, ...]) -> tuple[str, ...]:
        """Each name once; who has no name is called by the words that stand in the event."""
        names = []
        for item in items:
            entity = self.entities.get(item.entity)
            unnamed = entity is not None and entity.kind == "unnamed"
            told = unnamed and item.start is not None and item.end is not None
            words = self.words(Span(item.start, item.end)) if told else item.name  # type: ignore[arg-type]
            names.append(item.name if words.lower() in PRONOUNS else words)
        return tuple(dict.fromkeys(names))

    def label(self, event: Event) -> str:
        """``ASSAULT (bombing), negation``."""
        mode = f" ({event.mode})" if event.mode else ""
        aux = "".join(f", {item}" for item in event.aux)
        return f"{event.type}{mode}{aux}"

    def speaker(self, statement: Statement) -> str:
        """Who speaks: the entity's name, otherwise the words."""
        if statement.source is None:
            return "an unnamed source"
        if statement.source.entity and statement.source.entity in self.entities:
            return self.name(statement.source.entity)
        words = statement.source.text
        return words if words and words.lower() not in POINTERS else "an unnamed source"

    def attribution(self, event: Event) -> str:
        """Who says that the event happened: ``Ukraine, according to Russia`` for nested statements;
        ``Ukraine, which denies it`` where it is told only in a denial; empty for the story's own
        voice."""
        return ", according to ".join(
            speaker + (DENYING if denies else "") for speaker, denies in self.attributed(event)
        )

    def attributed(self, event: Event) -> list[tuple[str, bool]]:
        """Who say that the event happened, the innermost first, and whether they deny it."""
        chain = [self.statements[key] for key in event.attribution if key in self.statements]
        return [(self.speaker(item), item.act == "deny") for item in reversed(chain)]

    def commitment(self, item: Commitment) -> str:
        """``Russia → United States, NATO`` for a commitment; parties for an agreement."""
        return _with_arrow(*self.commitment_sides(item))

    def commitment_sides(self, item: Commitment) -> tuple[Side, Side]:
        """Who commits himself and toward whom."""
        return Side(self.name_list(item.by or item.parties)), Side(self.name_list(item.to))

    def history(self, item: Commitment) -> list[str]:
        """Each step of a commitment's status with its day and who says so."""
        return [step + (f" — says {said}" if said else "") for step, said in self.steps(item)]

    def steps(self, item: Commitment) -> list[tuple[str, str]]:
        """Each step of a commitment's status with its day; who says so, or nothing."""
        found = []
        for step in item.history:
            said = self.statements.get(step.statement or "")
            day = f" {step.date}" if step.date else ""
            found.append((f"{step.status}{day}", self.speaker(said) if said else ""))
        return found

    def excerpt(self, event: Event) -> tuple[str, str, str]:
        """The event's sentence cut between words to a readable length: before, trigger, after."""
        text, trigger = self.record.story.text, event.trigger
        first = event.sentence.start
        last = first + len(text[first : event.sentence.end].rstrip())
        start, end = first, last
        if last - first > EXCERPT:
            start = max(first, trigger.start - EXCERPT // 2)
            end = min(last, max(trigger.end, start + EXCERPT))
        while first < start < trigger.start and not text[start - 1].isspace():
            start += 1
        while trigger.end < end < last and not text[end].isspace():
            end -= 1
        before = one_line(text[start : trigger.start])
        after = one_line(text[trigger.end : end])
        left = "… " if start > first else ""
        right = "\u00a0…" if end < last else ""
        space = " " if text[trigger.start - 1 : trigger.start].isspace() and before else ""
        gap = " " if text[trigger.end : trigger.end + 1].isspace() and after else ""
        return (
            f"{left}{before}{space}",
            one_line(text[trigger.start : trigger.end]),
            f"{gap}{after}{right}",
        )


def _people(event: Event, name: str) -> int:
    """The most people that an event counts as "dead" or "injured"; 0 where it counts none."""
    count = getattr(event.counts, name) if event.counts else None
    return (count.high or count.low) if count else 0


def _with_arrow(left: Side, right: Side) -> str:
    """``left → right``, without the arrow where nobody stands on the right."""
    actors = str(left) if left.names else UNNAMED
    return f"{actors} {ARROW} {right}" if right.names else actors


def _left_out(count: int) -> str:
    if not count:
        return ""
    return f"and {count} doubtful one{'s' if count > 1 else ''}, under {DOUBTFUL:.0%}"


def one_line(words: str) -> str:
    """The words with every run of white space made one blank."""
    return " ".join(words.split())


def quotable(words: str) -> str:
    """The words on one line, to stand in double quotation marks: theirs become single ones, and
    a quotation that is cut off in them is closed or opened."""
    line = STRAIGHT.sub(lambda found: f"“{found[1]}”", one_line(words))
    opened, closed = line.count("“"), line.count("”")
    whole = "“" * max(0, closed - opened) + line + "”" * max(0, opened - closed)
    return whole.translate(SINGLE)


def days(when: When | None) -> str:
    """``2021-12-23`` or ``2022-01-01 to 2022-03-31``; the words where the days are unknown."""
    if when is None or not when.start:
        return when.text if when is not None else ""
    return when.start if when.start == when.end else f"{when.start} to {when.end}"
