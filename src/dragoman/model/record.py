"""What is coded from one story: entities, events, statements, claims, commitments, and the record of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, SupportsIndex, overload

from dragoman.model.plain import JsonType
from dragoman.model.story import Span, Story

if TYPE_CHECKING:
    import pyarrow

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
AuxiliaryMode = Literal["historical", "future", "hypothetical", "negation"]
StatementKind = Literal["direct", "indirect", "mixed"]
CommitmentKind = Literal["demand", "offer", "promise", "agreement", "threat", "plan"]
CommitmentStatus = Literal[
    "demanded", "offered", "promised", "threatened", "planned", "agreed", "in-force",
    "refused", "withdrawn", "met", "violated", "lapsed", "disputed",
]  # fmt: skip

#: Confidence under which an event, a party that is understood or a contested claim is sooner wrong than right:
#: the faces and the ledger's lists of disputes show those only when asked to.
DOUBTFUL = 0.5


def code_of(country: str, sectors: Iterable[str]) -> str:
    """A country, or what stands for one, followed by its sectors, each told once: "RUSGOV", "NGO"."""
    return "".join(dict.fromkeys((country, *sectors)))


@dataclass(frozen=True)
class Entity(JsonType):
    """A state, organisation, group or person that can act.

    ``id`` is the lexicon's key for entities it knows (the same in every story), otherwise a key
    made from the words of the story. ``code`` is country followed by sectors ("RUSGOV").
    ``kind``: state, organisation, group, person, unnamed, collective, place, other.
    ``members`` are entity ids, for collectives ("the two sides").
    """

    id: str
    name: str
    country: str = ""
    sectors: tuple[str, ...] = ()
    code: str = ""
    mentions: tuple[Span, ...] = ()
    kind: str = "other"
    confidence: float = 1.0
    members: tuple[str, ...] = ()
    note: str | None = None

    def __post_init__(self) -> None:
        if not self.code:
            object.__setattr__(self, "code", code_of(self.country, self.sectors))


class Mention(NamedTuple):
    """A span of the story that names an entity (for use inside the pipeline; not exported).

    ``first``/``last`` are token indices of the Doc, half-open; ``head`` is the token whose
    relations are the mention's. ``kind``: name, title, description, adjective, pronoun, unnamed.
    ``as_place`` is true where the words are used as a place ("in Kyiv") and not as an actor.
    """

    start: int
    end: int
    first: int
    last: int
    head: int
    entity: str
    kind: str = "name"
    as_place: bool = False
    confidence: float = 1.0

    @property
    def span(self) -> Span:
        """The mention's range of code points."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class When(JsonType):
    """A resolved time: ISO dates, both ends inclusive, and the words (``text`` may be empty)."""

    start: str
    end: str
    text: str = ""


@dataclass(frozen=True)
class Place(JsonType):
    """A place of an event; offsets of its words, ISO 3166-1 alpha-3 country, degrees."""

    text: str
    start: int
    end: int
    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Count(JsonType):
    """A number of people as the story gives it: bounds inclusive; None = open ("at least 3")."""

    low: int
    high: int | None
    start: int
    end: int


@dataclass(frozen=True)
class Counts(JsonType):
    """People counted in an event, each with bounds and the words that say it."""

    dead: Count | None = None
    injured: Count | None = None
    arrested: Count | None = None
    size: Count | None = None


#: What is counted, by the names of the fields of ``Counts``.
COUNTED = tuple(item.name for item in fields(Counts))


@dataclass(frozen=True)
class Participant(JsonType):
    """An entity in an event, with the span that stands for it there (offsets None when implied)."""

    entity: str
    name: str
    country: str = ""
    sectors: tuple[str, ...] = ()
    code: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class CodedBy(JsonType):
    """Who coded an event: ``coder`` is "rule", "model" or "analyst"; ``rule`` or ``model`` names it."""

    coder: str
    rule: str | None = None
    model: str | None = None
    version: str = ""


@dataclass(frozen=True)
class Event(JsonType):
    """One thing done or said by actors to recipients, typed by PLOVER (codebook 0.8, 2021)."""

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    aux: tuple[str, ...]
    cameo: str
    quad: int
    score: float
    date: When | None
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    place: Place | None
    counts: Counts | None
    trigger: Span
    sentence: Span
    attribution: tuple[str, ...] = ()
    confidence: float = 1.0
    coded_by: CodedBy = field(default_factory=lambda: CodedBy("rule"))
    goldstein: float | None = None
    evidence: tuple[Span, ...] = ()
    path: str | None = None

    def bounds(self) -> dict[str, int | None]:
        """The counts as flat columns, ``dead_low``, ``dead_high`` …: None where there is none or no bound."""
        counts = ((name, getattr(self.counts, name, None)) for name in COUNTED)
        return {
            f"{name}_{end}": getattr(count, end, None)
            for name, count in counts
            for end in ("low", "high")
        }


class Events(tuple[Event, ...]):
    """The events of a record: a tuple that also becomes an Arrow table, as its slices do."""

    @overload
    def __getitem__(self, key: SupportsIndex) -> Event: ...
    @overload
    def __getitem__(self, key: slice) -> Events: ...
    def __getitem__(self, key: SupportsIndex | slice) -> Event | Events:
        """One event, or several as ``Events``."""
        if isinstance(key, slice):
            return Events(super().__getitem__(key))
        return super().__getitem__(key)

    def to_arrow(self) -> pyarrow.Table:
        """One row an event; nested columns as in the JSON contract (see ``exports``)."""
        from dragoman.exports.arrow import events_table

        return events_table(self)


@dataclass(frozen=True)
class Source(JsonType):
    """Who speaks in a statement: entity id (or None), the words, and whether it is unnamed."""

    entity: str | None
    text: str
    start: int | None
    end: int | None
    anonymous: bool = False
    speaks_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement(JsonType):
    """A source, a cue and the content said. ``content`` has several pieces when a cue breaks it.

    ``act``: say, claim, deny, accuse, demand, promise, warn, propose, ask, confirm, praise,
    threaten, report, think. ``parent`` is the id of the statement this one is nested in.
    """

    id: str
    kind: str
    act: str
    source: Source | None
    cue: Span | None
    content: tuple[Span, ...]
    addressee: str | None = None
    parent: str | None = None
    hedged: bool = False
    confidence: float = 1.0


@dataclass(frozen=True)
class Claim(JsonType):
    """One proposition, with the entities that assert, deny or merely report it.

    ``statements`` are the ids of the statements it rests on.
    """

    id: str
    text: str
    event: str | None
    asserted_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    reported_by: tuple[str, ...]
    contested: bool
    start: int | None = None
    end: int | None = None
    statements: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True)
class StatusChange(JsonType):
    """One step in a commitment's history, with the statement or event that shows it."""

    date: str | None
    status: str
    statement: str | None = None
    event: str | None = None


@dataclass(frozen=True)
class Commitment(JsonType):
    """Something a party demands, offers, promises, agrees to, threatens or plans.

    ``name`` is set for agreements that have one ("Minsk agreement", "2015 agreement").
    ``start``/``end`` is the span of the content in the story.
    """

    id: str
    kind: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    text: str
    start: int
    end: int
    condition: str | None
    due: When | None
    status: str
    history: tuple[StatusChange, ...]
    name: str | None = None
    parties: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True)
class Run(JsonType):
    """Versions and hashes of everything that shaped a record: same input + same run = same bytes."""

    dragoman: str
    models: dict[str, str]
    lexicons: dict[str, str]
    options: dict[str, Any]


@dataclass(frozen=True)
class Record(JsonType):
    """Everything coded from one story."""

    story: Story
    entities: tuple[Entity, ...]
    events: Events
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    commitments: tuple[Commitment, ...]
    run: Run

    def entity(self, key: str) -> Entity | None:
        """The entity with id ``key``, or None."""
        return next((item for item in self.entities if item.id == key), None)


@dataclass(frozen=True)
class Relation(JsonType):
    """What holds between two marked spans: PLOVER type (or None), quad class, mode, scores.

    ``scores`` maps every type (and "NONE") to a calibrated probability.
    """

    type: str | None
    quad: int | None
    mode: str | None
    scores: dict[str, float]
    rule: str | None = None
