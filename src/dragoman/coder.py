"""The whole pipeline in one method: ``Coder.code``."""

from __future__ import annotations

import datetime
import hashlib
import logging
import operator
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman import coding, entities, informal, language, reading, tables
from dragoman.coding.patterns import load as load_patterns
from dragoman.days import is_missing
from dragoman.errors import InputError, UsageError, of_kind
from dragoman.garbage import without_collecting
from dragoman.lexicon import Lexicon
from dragoman.lexicon import load as load_lexicon
from dragoman.limits import Limits
from dragoman.model import (
    Claim,
    Commitment,
    Entity,
    Events,
    Note,
    Record,
    Rejection,
    Relation,
    Run,
    Statement,
    Story,
)
from dragoman.ontology import Ontology
from dragoman.ontology import load as load_ontology
from dragoman.reading.frames import is_table
from dragoman.reading.many import read_many
from dragoman.reading.story import checked_date
from dragoman.threads import one_thread
from dragoman.version import __version__

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from dragoman.coding.relation import RelationModel


@dataclass(frozen=True)
class Options:
    """What a user may change about coding. All of it is written into the run manifest.

    Args:
        models: False codes by rules alone: no model of events, pairs, speech tags or links.
        min_confidence: events under this probability are left out, 0–1.
        types: PLOVER types to keep; empty keeps all.
        only_with_recipient: leave out events without a recipient.
        sport: code the events of stories of sport too.
        languages: ISO 639-1 codes that are coded; stories in others are kept, with a note.
    """

    models: bool = True
    min_confidence: float = 0.0
    types: tuple[str, ...] = ()
    only_with_recipient: bool = False
    sport: bool = False
    languages: tuple[str, ...] = ("en",)


def load(
    nlp: str | Language | None = None,
    *,
    lexicons: str | Path | Iterable[str | Path] = (),
    ontology_folder: str | Path | None = None,
    options: Options | None = None,
    limits: Limits | None = None,
) -> Coder:
    """Load models and tables once; about a second.

    Args:
        nlp: a spaCy pipeline (or its name) with UD labels that takes the parser's place.
        lexicons: folders or files of the user's own, stacked over the shipped ones.
        ontology_folder: a coding scheme in the format of ``ontology/plover``.

    Raises:
        ModelError: a model is missing or damaged.
        DataError: a table has a bad row; the message names file and line.
        UsageError: ``options.types`` names a type the coding scheme does not have, or
            ``options.min_confidence`` is no probability.
    """
    options = of_kind(options or Options(), Options, "load wants dragoman.Options as options")
    if isinstance(options.types, str):  # one name, as R hands over a vector of one
        options = replace(options, types=(options.types,))
    if not isinstance(options.min_confidence, (int, float)) or not 0 <= options.min_confidence <= 1:
        raise UsageError(f"min_confidence is a probability, not {options.min_confidence!r}")
    lexicons = [lexicons] if isinstance(lexicons, (str, Path)) else lexicons
    scheme = load_ontology(Path(ontology_folder) if ontology_folder else None)
    if ontology_folder:
        load_patterns(scheme)  # what does not fit the scheme is told now, not at the first story
    unknown = sorted(set(options.types) - set(scheme.types))
    if unknown:
        known = ", ".join(scheme.types)
        raise UsageError(f"no such event type: {', '.join(unknown)} (one of {known})")
    return Coder(
        pipeline=language.load(nlp),
        lexicon=load_lexicon([Path(item) for item in lexicons]),
        ontology=scheme,
        options=options,
        limits=limits or Limits(),
    )


@dataclass
class Coder:
    """Codes stories. Keeps no state between them: the same story gives the same bytes."""

    pipeline: language.Pipeline
    lexicon: Lexicon
    ontology: Ontology
    options: Options = field(default_factory=Options)
    limits: Limits = field(default_factory=Limits)

    def __repr__(self) -> str:
        return f"<dragoman.Coder {__version__}, {self.ontology.name}, {self.options}>"

    def __reduce__(self) -> Any:
        """A coder holds models that no pickle can.

        Raises:
            TypeError: always; each process loads its own.
        """
        raise TypeError("a coder cannot be sent to another process; call dragoman.load() there")

    @cached_property
    def resolver(self) -> entities.Resolver:
        """Who a phrase means."""
        return entities.Resolver(self.lexicon)

    @cached_property
    def relation(self) -> RelationModel | None:
        """The trained relation model, or None when coding by rules alone."""
        if not self.options.models:
            return None
        from dragoman.coding.relation import RelationModel

        return RelationModel.load()

    @cached_property
    def run(self) -> Run:
        """Versions and hashes of everything that shapes a record."""
        models = dict(self.pipeline.hashes)
        if self.options.models:
            models.update({**entities.hashes(), **coding.model_hashes()})
        shaping = {**tables.hashes(), **self.lexicon.hashes, **self.ontology.hashes}
        shipped = hashlib.sha256(repr(sorted(shaping.items())).encode()).hexdigest()[:16]
        own = {
            name: value for name, value in self.lexicon.hashes.items() if Path(name).is_absolute()
        }
        return Run(
            dragoman=__version__,
            models=models,
            lexicons={"tables": shipped, **own},
            options={
                "models": self.options.models,
                "min_confidence": self.options.min_confidence,
                "types": list(self.options.types),
                "only_with_recipient": self.options.only_with_recipient,
                "sport": self.options.sport,
                "languages": list(self.options.languages),
                "limits": asdict(self.limits),
            },
        )

    def read(
        self, source: Any, url: str | None = None, published: str | datetime.date | None = None
    ) -> Story:
        """The story in ``source`` (a Story is handed back as it is). See ``dragoman.read``."""
        day = None if is_missing(published) else str(published)
        if not isinstance(source, Story):
            return reading.read(source, url=url, published=day, limits=self.limits)
        day = checked_date(day, source.source or "the story")
        return source if day is None else source.replace(published=day)

    def parse(self, text: str) -> Doc:
        """The text with sentences, tags, dependencies and names.

        Raises:
            UsageError: it is no string (of a story, give its ``text``).
        """
        text = of_kind(text, str, "parse wants a text")
        return self.pipeline.parse(text, self.limits.sentence_words)

    def code(
        self, source: Any, url: str | None = None, published: str | datetime.date | None = None
    ) -> Record:
        """The record of one story.

        Args:
            source: path, URL, HTML, plain text, bytes, or a ``dragoman.Story``.
            url: the address a saved page came from.
            published: ISO date that overrides the evidence of the page.

        Raises:
            InputError: the input cannot be read, or ``published`` is no date; names source,
                place and reason.
        """
        story = self.read(source, url, published)
        if story.language not in self.options.languages:
            return Record(self._foreign(story), (), Events(), (), (), (), self.run)
        plain = informal.in_plain_words(story, self.parse, self.lexicon)
        if plain is None:
            return self._coded(story)
        return informal.own_words(self._coded(story.replace(text=plain.text)), story, plain)

    def _coded(self, story: Story) -> Record:
        """The record of a story that is read already."""
        with one_thread(), without_collecting():
            doc = self.parse(story.text)
            story = _with_cuts(story, doc)
            index = entities.find(doc, story, self.resolver, models=self.options.models)
            statements = coding.find_statements(doc, story, index, models=self.options.models)
            note = None if self.options.sport else coding.sport_note(story)
            if note is not None:
                return self._record(story.replace(notes=(*story.notes, note)), index, statements)
            events = self._events(doc, story, index)
            events = coding.attribute(events, statements, doc)
            events = coding.with_later_tolls(events, statements, doc, index)
            events = self._wanted(events)
            claims = coding.find_claims(
                doc, story, index, events, statements, models=self.options.models
            )
            if self.options.models:
                events = self._wanted(
                    coding.with_denials(
                        doc, story, index, events, statements, claims, self.ontology
                    )
                )
            commitments = coding.find_commitments(doc, story, index, events, statements)
        return self._record(story, index, statements, events, claims, commitments)

    def _foreign(self, story: Story) -> Story:
        """The story with the note that it is not coded for its language."""
        if any(note.code == "language" for note in story.notes):
            return story
        coded = ", ".join(self.options.languages)
        message = f"the text is in {story.language!r}; coded are: {coded}"
        return story.replace(notes=(*story.notes, Note("language", message)))

    def _record(
        self,
        story: Story,
        index: entities.EntityIndex,
        statements: Iterable[Statement],
        events: Events | None = None,
        claims: Iterable[Claim] = (),
        commitments: Iterable[Commitment] = (),
    ) -> Record:
        return Record(
            story=story,
            entities=tuple(index.entities.values()),
            events=Events() if events is None else events,
            statements=tuple(statements),
            claims=tuple(claims),
            commitments=tuple(commitments),
            run=self.run,
        )

    def _events(self, doc: Doc, story: Story, index: entities.EntityIndex) -> Events:
        """The events: by patterns and models. The relation model is asked where a user's own
        parser took the place of ours, which sees events itself."""
        seen = doc.user_data.get("triggers") if self.options.models else None
        relation = self.relation if seen is None else None
        return coding.find_events(doc, story, index, self.ontology, relation, seen=seen)

    def pipe(self, sources: Iterable[Any]) -> Iterator[Record | Rejection]:
        """Records in the order of ``sources``; an input that fails costs only itself.

        One path, text or table of stories is read by ``read_many``, whose stories are also taken.
        """
        if isinstance(sources, (str, Path, bytes)) or is_table(sources):
            sources = read_many(sources, limits=self.limits)
        for source in of_kind(sources, Iterable, "pipe wants stories, paths or a table"):
            if isinstance(source, Rejection):
                yield source
                continue
            try:
                yield self.code(source)
            except InputError as error:
                yield Rejection.of(error)
            except Exception as error:  # a fault of ours must not cost the batch
                name = (
                    source.source or source.id if isinstance(source, Story) else str(source)[:200]
                )
                logging.getLogger("dragoman").debug("fault while coding %s", name, exc_info=True)
                yield Rejection(
                    name, f"fault of ours: {type(error).__name__}: {error}", None, "fault"
                )

    def resolve(
        self, phrase: str, date: str | datetime.date | None = None, context: str = ""
    ) -> Entity | None:
        """Who ``phrase`` means on ``date`` (ISO; None = today's lexicon), or None.

        Raises:
            InputError: ``date`` is no date.
            UsageError: ``phrase`` is no string.
        """
        phrase = of_kind(phrase, str, "resolve wants a phrase")
        day = checked_date(None if is_missing(date) else str(date), repr(phrase[:40]))
        return self.resolver.resolve(phrase, context=context, date=day)

    def relate(
        self,
        sentence: str,
        actor: tuple[int, int] | None = None,
        recipient: tuple[int, int] | None = None,
    ) -> Relation:
        """What the actor does to the recipient in the sentence.

        Args:
            actor, recipient: half-open code-point spans of ``sentence``; one of them may be None.

        Raises:
            UsageError: both spans are None, one is no part of the sentence, or the coder was
                loaded with ``models=False``.
        """
        sentence = of_kind(sentence, str, "relate wants a sentence")
        if actor is None and recipient is None:
            raise UsageError("relate needs an actor span, a recipient span, or both")
        actor, recipient = _span(actor), _span(recipient)
        for span in filter(None, (actor, recipient)):
            if not 0 <= span[0] < span[1] <= len(sentence):
                raise UsageError(f"no span of the sentence ({len(sentence)} characters): {span}")
        if self.relation is None:
            raise UsageError("relate needs the relation model; the coder was loaded without models")
        return self.relation.relate(sentence, actor, recipient)

    def _wanted(self, events: Events) -> Events:
        """The events that the options let through."""
        return Events(
            event
            for event in events
            if event.confidence >= self.options.min_confidence
            and (not self.options.types or event.type in self.options.types)
            and (event.recipients or not self.options.only_with_recipient)
        )


def _with_cuts(story: Story, doc: Doc) -> Story:
    """The story with the note that sentences were cut, where they were."""
    cuts = doc.user_data.get("sentence_cuts", 0)
    if not cuts:
        return story
    message = f"sentences too long to be read whole were cut, {cuts} time{'s' * (cuts > 1)}"
    return story.replace(notes=(*story.notes, Note("sentence-cut", message)))


def _span(given: Any) -> tuple[int, int] | None:
    """A span as two whole numbers, numpy's too.

    Raises:
        UsageError: it is none.
    """
    if given is None:
        return None
    try:
        start, end = (operator.index(item) for item in given if not isinstance(item, bool))
    except (TypeError, ValueError):
        raise UsageError(f"relate wants a span as (start, end), not {given!r}") from None
    return start, end
