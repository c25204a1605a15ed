"""The record types every room shares, and nothing else.

All offsets are half-open and count Unicode code points of ``story.text``. Every type is frozen,
knows how to become plain JSON data (``to_dict``) and how to come back (``from_dict``). The shape
of the JSON is the project's public contract; keys may be added, those below keep their meaning.
"""

from __future__ import annotations

import dataclasses
import hashlib
import types
import typing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Self, SupportsIndex, TypeVar, overload

from dragoman.days import iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable

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

_T = TypeVar("_T", bound="JsonType")


def _to_json(value: Any) -> Any:
    """Plain JSON data for any value found inside a record."""
    if isinstance(value, JsonType):
        return value.to_dict()
    if isinstance(value, (list, tuple)):
        return [_to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: _to_json(item) for key, item in value.items()}
    return value


def _from_json(kind: Any, value: Any) -> Any:
    """The value of type ``kind`` that ``value`` (plain JSON data) stands for."""
    if value is None:
        return None
    origin = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = next(item for item in arguments if item is not type(None))
        return _from_json(inner, value)
    if isinstance(kind, type) and issubclass(kind, Events):
        return Events(Event.from_dict(item) for item in value)
    if origin is tuple:
        return tuple(_from_json(arguments[0], item) for item in value)
    if isinstance(kind, type) and issubclass(kind, JsonType):
        return kind.from_dict(value)
    return value


@dataclass(frozen=True)
class JsonType:
    """Base of all record types: frozen, comparable, JSON in and out.

    Fields whose name starts with an underscore are for use inside one process and never
    leave it as JSON.
    """

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data, keys in the order of the fields."""
        return {
            item.name: _to_json(getattr(self, item.name))
            for item in dataclasses.fields(self)
            if not item.name.startswith("_")
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The value that ``data`` stands for. Unknown keys are ignored (newer writers add keys).

        Raises:
            TypeError: a required key is missing.
        """
        hints = typing.get_type_hints(cls)
        known = {item.name for item in dataclasses.fields(cls)}
        return cls(**{k: _from_json(hints[k], v) for k, v in data.items() if k in known})

    def replace(self: _T, **changes: Any) -> _T:
        """A copy with some fields changed."""
        return dataclasses.replace(self, **changes)


@dataclass(frozen=True)
class Span(JsonType):
    """A half-open range of code points in ``story.text``."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this range."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Note(JsonType):
    """What was doubtful about an input: a stable ``code`` and a sentence for the reader."""

    code: str
    message: str


def content_id(*parts: str) -> str:
    """Sixteen hexadecimal digits of SHA-256 over the parts, each closed with a NUL."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Paragraph(JsonType):
    """One block of the story's text. ``kind``: title, standfirst, dateline, heading, text, caption."""

    start: int
    end: int
    kind: str = "text"


@dataclass(frozen=True)
class Story(JsonType):
    """One report after its furniture is cut away.

    Args:
        text: the story's text; every offset in a record counts code points of this string.
            It begins with the title and standfirst when the page has them, paragraphs are
            parted by a blank line.
        published: ISO date (YYYY-MM-DD; a ``datetime.date`` becomes one) or None when the evidence
            does not decide it.
        published_basis: what decided ``published`` ("metadata", "url", "dateline", "byline",
            "given", "text", ...), or None.
        language: ISO 639-1 code.
        id: content hash of title and text; filled in when left empty.
        implied_year: the year the text implies when ``published`` is None.

    Raises:
        InputError: ``published`` is no date.
    """

    text: str
    id: str = ""
    source: str = ""
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    standfirst: str | None = None
    dateline: str | None = None
    language: str = "en"
    published: str | None = None
    published_basis: str | None = None
    credits: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    implied_year: int | None = None

    @property
    def day(self) -> str | None:
        """The day on which to ask who held an office: the day of publication, or the middle of
        the year that the text implies; None when neither is known."""
        return self.published or (f"{self.implied_year}-07-01" if self.implied_year else None)

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed, and with them those that follow from them."""
        if {"text", "title"} & set(changes) and self.id == content_id(self.title or "", self.text):
            changes.setdefault("id", "")
        if "text" in changes:
            changes.setdefault("paragraphs", ())
        if "published" in changes:
            changes.setdefault("published_basis", None)
        return dataclasses.replace(self, **changes)

    def __post_init__(self) -> None:
        day = iso_day(self.published, self.source or "the story")
        object.__setattr__(self, "published", day)
        if not self.id:
            object.__setattr__(self, "id", content_id(self.title or "", self.text))
        if self.published and self.published_basis is None:
            object.__setattr__(self, "published_basis", "given")
        if not self.paragraphs:
            object.__setattr__(self, "paragraphs", tuple(paragraphs_of(self.text)))


def paragraphs_of(text: str) -> Iterable[Paragraph]:
    """The blocks of ``text`` between line breaks, trimmed of white space at both ends."""
    position = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = position + line.index(bare)
            yield Paragraph(start, start + len(bare))
        position += len(line)


@dataclass(frozen=True)
class Rejection(JsonType):
    """An input that could not be read: what, where and why. It costs only itself."""

    source: str
    reason: str
    place: str | None = None
    code: str = "unreadable"

    def __str__(self) -> str:
        where = f"{self.source}:{self.place}" if self.place else self.source
        return f"{where}: {self.reason}"


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


@dataclass(frozen=True)
class Mention:
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
