"""The relation model beside the patterns: it weighs broad hits and finds what no pattern names.

A pair costs more than parsing a sentence, so few are asked: at most ``PAIRS_A_SENTENCE`` over the
whole story, sentences without a hit first, and one where no pattern fired at all. On sixteen
newspaper features coded by hand it added two events, one of them right; a veto lost more right
events than wrong ones. Its worth is in single sentences and in pairs asked for by ``relate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.event_aux import AuxiliaryModes
from dragoman.coding.event_draft import Draft

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.patterns import Syntax
    from dragoman.coding.relation import RelationModel
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Mention, Relation
    from dragoman.ontology import Ontology

#: Pairs asked, as a share of the story's sentences (keeps the cost under 30 % of the parse).
PAIRS_A_SENTENCE = 0.06
#: Below this probability the model adds no event of its own.
ADD_AT = 0.85
#: Rows with fewer tests than this, or on nouns and adjectives, are asked about.
_SURE_WEIGHT = 2


class _Question(NamedTuple):
    sentence: tuple[int, int]
    actor: Mention
    recipient: Mention
    verb: int
    draft: Draft | None


def consult(
    drafts: list[Draft],
    doc: Doc,
    sentences: list[tuple[int, int]],
    syntax: Syntax,
    index: EntityIndex,
    ontology: Ontology,
    model: RelationModel,
) -> list[Draft]:
    """The drafts with what the model knows: confidences, and events of its own."""
    budget = int(len(sentences) * PAIRS_A_SENTENCE) or (0 if drafts else 1)
    if not budget:
        return drafts
    questions = [*_unanswered(drafts, sentences, syntax, index), *_doubts(drafts)][:budget]
    relations = model.relate_many(
        [
            (
                doc[question.sentence[0] : question.sentence[1]].text,
                _offsets(question.actor, doc, question.sentence),
                _offsets(question.recipient, doc, question.sentence),
            )
            for question in questions
        ]
    )
    added: list[Draft] = []
    for question, relation in zip(questions, relations, strict=True):
        if question.draft is not None:
            _weigh(question.draft, relation)
        elif draft := _new(question, relation, syntax, ontology, model):
            added.append(draft)
    return drafts + added


def _offsets(mention: Mention, doc: Doc, sentence: tuple[int, int]) -> tuple[int, int]:
    start = doc[sentence[0]].idx
    return mention.start - start, mention.end - start


def _doubts(drafts: list[Draft]) -> list[_Question]:
    """Hits of broad rows, the broadest first."""
    weak = [
        draft
        for draft in drafts
        if draft.hit is not None
        and draft.actors
        and (draft.recipients or len(draft.actors) > 1)
        and (draft.hit.pattern.on != "verb" or draft.hit.pattern.weight < _SURE_WEIGHT)
        and not draft.aux
    ]
    weak.sort(key=lambda draft: draft.hit.pattern.weight if draft.hit else 0)
    return [
        _Question(
            draft.sentence,
            draft.actors[0],
            draft.recipients[0] if draft.recipients else draft.actors[1],
            draft.token,
            draft,
        )
        for draft in weak
        if _inside(draft.actors[0], draft.sentence)
    ]


def _inside(mention: Mention, sentence: tuple[int, int]) -> bool:
    return sentence[0] <= mention.first and mention.last <= sentence[1]


def _unanswered(
    drafts: list[Draft], sentences: list[tuple[int, int]], syntax: Syntax, index: EntityIndex
) -> list[_Question]:
    """Pairs of parties that a verb joins in sentences where no pattern fired."""
    answered = {draft.sentence for draft in drafts}
    found = []
    reporting = syntax.patterns.governors["reporting"]
    for sentence in sentences:
        if sentence in answered:
            continue
        for verb in range(*sentence):
            if not syntax.is_verb(verb) or syntax.lemma[verb] in reporting:
                continue
            pair = _pair(verb, syntax, index)
            if pair is not None and all(_inside(mention, sentence) for mention in pair):
                found.append(_Question(sentence, pair[0], pair[1], verb, None))
                break
    return found


def _pair(verb: int, syntax: Syntax, index: EntityIndex) -> tuple[Mention, Mention] | None:
    arguments = syntax.arguments(verb)
    others = [*arguments.object, *arguments.indirect]
    others += [noun for nouns in arguments.oblique.values() for noun in nouns]
    for subject in arguments.subject:
        actor = index.headed_by(subject)
        if actor is None or not index.entity(actor).country:
            continue
        for noun in others:
            recipient = index.headed_by(noun)
            if recipient is None or recipient.as_place or recipient.entity == actor.entity:
                continue
            if index.entity(recipient).country:
                return actor, recipient
    return None


def _weigh(draft: Draft, relation: Relation) -> None:
    """Puts what the model says into a draft's confidence.

    The model has no veto: of the hits it doubted most on development stories more were right
    than wrong, because it was trained on pairs in which a clear act passes from one to the other.
    """
    type_ = draft.hit.pattern.type if draft.hit is not None else draft.type
    given = max(relation.scores.get(draft.type, 0.0), relation.scores.get(type_, 0.0))
    draft.confidence = round(0.6 * draft.confidence + 0.4 * min(1.0, 0.25 + given), 3)


def _new(
    question: _Question,
    relation: Relation,
    syntax: Syntax,
    ontology: Ontology,
    model: RelationModel,
) -> Draft | None:
    """An event of the model's own, where it is sure and nothing says that it did not happen."""
    if relation.type is None or relation.scores.get(relation.type, 0.0) < ADD_AT:
        return None
    if relation.type not in ontology.types:
        return None
    reality = AuxiliaryModes(syntax, syntax.patterns).of(question.verb)
    if reality.aux & {"hypothetical", "negation"}:
        return None
    return Draft(
        token=question.verb,
        sentence=question.sentence,
        type=relation.type,
        mode=relation.mode or "",
        cameo="",
        rule=f"relation-{getattr(model, 'version', '')}".rstrip("-"),
        actors=[question.actor],
        recipients=[question.recipient],
        aux=set(reality.aux),
        confidence=round(relation.scores[relation.type], 3),
        speaker=reality.speaker_verb,
        coder="model",
    )
