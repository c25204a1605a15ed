"""All the events of a story and only those: ``find``.

1. Patterns fire on verbs, event nouns and adjectives (``patterns/``).
2. What is only the content of a demand, promise, threat or accusation is no event of its own.
3. Words become mentions, mentions parties (``event_roles``).
4. Auxiliary modes; a deed to come becomes what the coding scheme calls it (``event_aux``).
5. What the language model sees is joined to them (``event_told``), parties that nobody names are
   understood from what stands around (``event_understood``), and every draft is judged
   (``event_judge``); whoever must have done a harm of nobody is named (``event_unsaid``); where
   another parser is used the relation model is asked (``event_model``).
6. Mode, CAMEO, scores, day, place, counts, contexts (``event_detail``).
7. Tellings of one event become one (``event_fold`` by the tree, ``event_merge`` by what
   ``event_same`` makes of two of them).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.event_apart import is_flight, is_interview, is_own_rescue, is_set_aside
from dragoman.coding.event_aux import AuxiliaryModes
from dragoman.coding.event_barred import PLACED
from dragoman.coding.event_content import is_content
from dragoman.coding.event_context import Context
from dragoman.coding.event_detail import Detail
from dragoman.coding.event_draft import Draft
from dragoman.coding.event_fold import fold
from dragoman.coding.event_foretold import without_foretold
from dragoman.coding.event_judge import Judge
from dragoman.coding.event_merge import merge
from dragoman.coding.event_roles import Roles
from dragoman.coding.event_same import Same, Telling
from dragoman.coding.event_settled import settle
from dragoman.coding.event_sides import settle_sides
from dragoman.coding.event_spoken import Spoken
from dragoman.coding.event_told import Told
from dragoman.coding.event_understood import Understood
from dragoman.coding.event_unsaid import name_unsaid
from dragoman.coding.patterns import NOTHING, Hit, Matcher, Patterns, Syntax
from dragoman.coding.patterns import load as load_patterns
from dragoman.coding.tokens import NEGATIONS
from dragoman.entities.words import words_of
from dragoman.model import Event, Events, Mention, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.relation import RelationModel
    from dragoman.entities.index import EntityIndex
    from dragoman.language.triggers import Trigger
    from dragoman.ontology import Ontology

#: What says on its own that nothing was done.
_NO = NEGATIONS | {"nobody", "none"}


def find(
    doc: Doc,
    story: Story,
    index: EntityIndex,
    ontology: Ontology,
    relation_model: RelationModel | None = None,
    patterns: Patterns | None = None,
    *,
    seen: Sequence[Trigger] | None = None,
) -> Events:
    """The events of a story, in order of the text, without attribution.

    Args:
        doc: the story's text, parsed with UD labels and PTB tags.
        story: gives the day, the paragraphs and the id.
        index: who is mentioned where.
        ontology: the coding scheme.
        relation_model: scores pairs of mentions, where the language model has seen nothing.
        patterns: rows to use instead of the shipped ones.
        seen: what the language model takes for events. With neither, patterns alone decide.
    """
    patterns = patterns or load_patterns(ontology)
    syntax = Syntax(doc, patterns)
    sentences = words_of(doc).bounds
    drafts = drafts_of(sentences, syntax, index, ontology, seen)
    if relation_model is not None:
        from dragoman.coding.event_model import consult

        drafts = consult(drafts, doc, sentences, syntax, index, ontology, relation_model)
    detail = Detail(doc, story, syntax, index, ontology)
    same = None
    if seen is not None:
        drafts = Judge.shipped().choose(drafts, detail)
        drafts = without_foretold(drafts, syntax, ontology)
        name_unsaid(drafts, detail)
        same = Same.shipped()
    return Events(events_of(drafts, detail, same))


def events_of(drafts: Iterable[Draft], detail: Detail, same: Same | None = None) -> list[Event]:
    """The drafts as events in order of the text, tellings of one event put together."""
    return merge(tellings_of(drafts, detail), detail, same)


def tellings_of(drafts: Iterable[Draft], detail: Detail) -> list[Telling]:
    """The drafts as events in order of the text, each with what it was made of."""
    found = [
        Telling(draft, event, detail.content_words(event))
        for draft in drafts if (event := detail.event(draft)) is not None
    ]  # fmt: skip
    return sorted(found, key=lambda told: (told.event.trigger.start, told.event.type))


def drafts_of(
    sentences: list[tuple[int, int]],
    syntax: Syntax,
    index: EntityIndex,
    ontology: Ontology,
    seen: Sequence[Trigger] | None = None,
    understood: Understood | None = None,
) -> list[Draft]:
    """What patterns and language model take for events, with parties and auxiliary modes.

    Args:
        understood: finds the parties that the words leave open, instead of the shipped trees.
    """
    patterns = syntax.patterns
    fired = list(Matcher(syntax, patterns).hits())
    nothing = {hit.token for hit in fired if hit.pattern.type == NOTHING}
    nothing |= {  # "did not comment", "no losses": nor does the "no" tell anything
        word
        for token in nothing
        for kid in syntax.kids[token]
        for word in (kid, *syntax.kids[kid])
        if syntax.word[word] in _NO
    }
    hits = [hit for hit in fired if hit.token not in nothing]
    roles = Roles(syntax, index)
    auxiliary = AuxiliaryModes(syntax, patterns)
    by_token = {hit.token: hit for hit in hits}
    spans = iter(sentences)
    sentence = next(spans, (0, len(syntax.lemma)))
    drafts = []
    for hit in hits:
        while hit.token >= sentence[1]:
            sentence = next(spans, (sentence[1], len(syntax.lemma)))
        if is_content(hit, by_token, syntax):
            continue
        draft = _draft(hit, sentence, roles, auxiliary, syntax, ontology)
        if draft is not None:
            drafts.append(draft)
    context = Context(syntax, index, roles, patterns)
    context.complete(drafts)
    settled = [draft for draft in drafts if settle(draft, roles, syntax, ontology)]
    if seen:
        told = Told(sentences, syntax, roles, auxiliary, index.countries, ontology)
        told.undone = {draft.token: draft.type for draft in drafts if "negation" in draft.aux}
        settled = told.join(settled, [item for item in seen if item.token not in nothing])
        context.again(sorted(settled, key=lambda draft: draft.token))
    settle_sides(settled, syntax, roles, ontology)
    settled = [
        draft for draft in settled
        if not is_flight(draft, syntax, roles) and not is_set_aside(draft, syntax)
        and not is_interview(draft, syntax, roles) and not is_own_rescue(draft, syntax, roles)
    ]  # fmt: skip
    found = fold(settled, syntax, index.countries)
    if seen:
        parties = understood or Understood.shipped()
        mutual = frozenset(name for name, row in ontology.rows.items() if row.reciprocal)
        found = parties.fill(found, Spoken(syntax, index, mutual))
    return found


def _draft(
    hit: Hit,
    sentence: tuple[int, int],
    roles: Roles,
    auxiliary: AuxiliaryModes,
    syntax: Syntax,
    ontology: Ontology,
) -> Draft | None:
    """The event of one hit, or None where nobody known takes part."""
    row = hit.pattern
    parties = _parties(hit, sentence, roles, syntax, ontology)
    if parties is None:
        return None
    actors, recipients = parties
    reality = auxiliary.of(hit.token)
    if not actors and ontology.quad(row.type) != 4 and reality.aux:
        return None  # a passive without a doer that did not happen, or not yet
    if any(("neg",) in test.ways and not test.negated for test in row.conditions):
        reality.aux.discard("negation")  # the row itself says what the "no" makes of it
    draft = Draft(
        token=hit.token,
        sentence=sentence,
        type=row.type,
        mode=row.mode,
        cameo=row.cameo,
        rule=row.name,
        actors=actors,
        recipients=recipients,
        aux=set(reality.aux),
        hit=hit,
        speaker=reality.speaker_verb,
        reciprocal=row.together,
    )
    return None if reality.purpose or reality.condition else draft


def _parties(
    hit: Hit, sentence: tuple[int, int], roles: Roles, syntax: Syntax, ontology: Ontology
) -> tuple[list[Mention], list[Mention]] | None:
    """Actors and recipients of one hit, or None where too few are known for an event."""
    row = hit.pattern
    actors = [mention for mention in roles.actors(hit.actors) if not mention.as_place] or (
        roles.actors(hit.actors)
    )
    if ontology.quad(row.type) == 4:  # "killed in a strike in Gaza City"
        actors = [mention for mention in actors if not _is_scene(mention, roles, syntax)]
    recipients = [
        mention
        for mention in roles.recipients(hit.recipients)
        if all(_may_act_on(actor, mention, syntax) for actor in actors)
    ]
    if not actors and not hit.actors and recipients:
        actors = _late_agent(hit.token, sentence, recipients, roles, syntax)
    if row.together:
        stated = [mention for mention in recipients if not mention.as_place or not actors]
        actors, recipients = actors + stated, []
    if not actors and not recipients:
        return None
    if not actors and not _needs_no_actor(hit, recipients, roles, syntax, ontology):
        return None
    if row.together and len(actors) < 2 and syntax.dep[hit.token] == "acl:relcl":
        actors = roles.actors([syntax.first_joined(word) for word in hit.actors]) or actors
    if row.together and len(actors) < 2:
        nouns = [hit.token] if row.on == "noun" else syntax.arguments(hit.token).object
        joined = [mention for noun in nouns for mention in roles.between(noun)]
        if len(joined) > 1:
            actors = joined
        elif row.on == "noun":
            return None
    if row.on == "noun" and ontology.quad(row.type) == 4:
        actors, recipients = _struck_places(actors, recipients, hit, roles, syntax)
    return actors, recipients


def _is_scene(mention: Mention, roles: Roles, syntax: Syntax) -> bool:
    """Whether a town is only where something was done: behind "in", "at" or "near", also "in Diffa province";
    so is a state of the deed itself ("the attack in Chad, which killed ten")."""
    if not mention.as_place:
        return False
    noun = mention.head
    if roles.index.entity(mention).kind != "place":
        deed = syntax.lemma[syntax.head[noun]] in syntax.patterns.lists["deed_again"]
        return deed and "in" in syntax.prepositions(noun)
    if syntax.dep[noun] == "compound" and syntax.is_place(syntax.head[noun]):
        noun = syntax.head[noun]
    return not PLACED.isdisjoint(syntax.prepositions(noun))


def _struck_places(
    actors: list[Mention], recipients: list[Mention], hit: Hit, roles: Roles, syntax: Syntax
) -> tuple[list[Mention], list[Mention]]:
    """ "the Goma offensive": a town before a noun of harm is where it strikes, not who strikes."""
    struck = [
        mention
        for mention in actors
        if (roles.index.entity(mention).kind == "place" or not roles.has_country(mention))
        and (mention.as_place or syntax.is_place(mention.head))
        and mention.head in syntax.modifiers(hit.token)
    ]
    if not struck:
        return actors, recipients
    return [mention for mention in actors if mention not in struck], recipients or struck


def _needs_no_actor(
    hit: Hit, recipients: list[Mention], roles: Roles, syntax: Syntax, ontology: Ontology
) -> bool:
    """Whether a deed without a known doer is worth telling: harm, or a passive like "was accused"."""
    if _aside(hit, recipients, roles, syntax):
        return False
    type_ = hit.pattern.type
    if ontology.quad(type_) == 4:
        return True
    if type_ in syntax.patterns.types("unknown_doer") and hit.actors and syntax.is_verb(hit.token):
        return any(len(roles.index.entity(item).country) == 3 for item in recipients)
    told = type_ in syntax.patterns.types("agentless")
    undergone = (
        syntax.arguments(hit.token).passive or not hit.pattern.actors
    )  # "walked out of jail"
    return told and undergone and any(roles.has_country(mention) for mention in recipients)


def _late_agent(
    token: int, sentence: tuple[int, int], recipients: list[Mention], roles: Roles, syntax: Syntax
) -> list[Mention]:
    """ "was accused of theft, much of it unproved, by officials": an agent set off by a comma, or hung on what stands
    between ("urged to sign the treaty by Oman")."""
    if not syntax.is_verb(token) or not syntax.arguments(token).passive:
        return []
    for place in range(token + 2, sentence[1]):
        if syntax.word[place] != "by":
            continue
        if syntax.word[place - 1] != "," and not _is_agent_of(token, place, syntax):
            continue
        found = roles.actors([syntax.head[place]])
        others = {mention.entity for mention in recipients}
        return [mention for mention in found if mention.entity not in others]
    return []


def _is_agent_of(verb: int, by: int, syntax: Syntax) -> bool:
    """Whether a name behind "by" hangs on what a verb of saying is about, and is no doer of that: of "sued over
    fishing by Oman" Oman sues, of "condemned for attacks by rebels" the rebels attack."""
    doer = syntax.head[by]
    between = syntax.head[doer]
    lists = syntax.patterns.lists
    if syntax.lemma[verb] not in lists["told_of_whom"] | lists[
        "brought_to_court"
    ] or not syntax.tag[doer].startswith("NNP"):
        return False
    if not verb < between < by or syntax.lemma[between] in lists["violence_noun"]:
        return False
    return verb in (syntax.head[between], syntax.head[syntax.head[between]])


def _aside(hit: Hit, recipients: list[Mention], roles: Roles, syntax: Syntax) -> bool:
    """ "prisoners taken since May": a deed told in passing, nobody's and to nobody known."""
    reduced = syntax.dep[hit.token] == "acl" and syntax.tag[hit.token] == "VBN"
    words_only = hit.pattern.type in syntax.patterns.types("unsaid")
    return reduced and (words_only or not any(roles.has_country(mention) for mention in recipients))


def _may_act_on(actor: Mention, recipient: Mention, syntax: Syntax) -> bool:
    """Whether both may stand in one event; a pronoun that makes them one is looked at later."""
    if actor.entity != recipient.entity:
        return True
    if actor.start == recipient.start:
        return False
    return any(syntax.tag[mention.first].startswith("PRP") for mention in (actor, recipient))
