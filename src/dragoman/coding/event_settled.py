"""What a draft comes to by its auxiliary modes: its type, where the deed is to come or refused, and whether it
is told at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.ontology import Ontology

#: Share of the confidence that each doubt leaves.
_NO_RECIPIENT, _NOUN, _HYPOTHETICAL = 0.85, 0.9, 0.7


def settle(draft: Draft, roles: Roles, syntax: Syntax, ontology: Ontology) -> bool:
    """Settles type and confidence; False for what is merely thought of and half known."""
    acting = {mention.entity for mention in draft.actors}
    draft.recipients = [item for item in draft.recipients if item.entity not in acting]
    _settle_type(draft, roles, syntax, ontology)
    if "negation" in draft.aux and draft.type in syntax.patterns.types("unsaid"):
        return False  # what was not demanded, threatened or alleged is no event
    if "negation" in draft.aux and ontology.quad(draft.type) != 3:
        return False  # "would not dare to shell the town", "was not invited": nothing was done
    if "hypothetical" in draft.aux and draft.type in syntax.patterns.types("unreal"):
        return False  # "could shell the town": nobody was shelled
    if draft.hit is not None:
        draft.confidence = _confidence(draft, draft.hit.pattern.on)
    if "hypothetical" not in draft.aux:
        return True
    complete = bool(draft.actors and (draft.recipients or draft.reciprocal))
    return complete and ontology.quad(draft.type) > 2


def _settle_type(draft: Draft, roles: Roles, syntax: Syntax, ontology: Ontology) -> None:
    """A deed to come, or refused, becomes the type that the coding scheme gives it."""
    unreal = (
        draft.aux & {"future", "hypothetical"}
        or _present(draft.token, syntax)
        or "to" in syntax.marks(draft.token)  # "voted not to attend"
    )
    noted = syntax.patterns.settings.get("notes", "")
    if noted in ontology.types and _protests_in_words(draft, roles, syntax):
        _retype(draft, noted, set())
    if "negation" in draft.aux and unreal:
        refused = ontology.rows[draft.type].refused
        if refused != draft.type and ontology.quad(draft.type) < 3:
            _retype(draft, refused, {"negation", "future", "hypothetical"})
            _part_refused(draft, roles)
        return
    if "negation" in draft.aux or "future" not in draft.aux or "hypothetical" in draft.aux:
        return
    if _unless(draft.token, syntax) and "unless" in syntax.patterns.settings:
        _retype(draft, syntax.patterns.settings["unless"], {"future"})
        draft.unless = True
        return
    future = ontology.future(draft.type, draft.mode or None)
    if future == draft.type:
        return
    if ontology.quad(draft.type) == 4 and not _speaks_for_itself(draft, roles, syntax):
        return
    _retype(draft, future, {"future"})


def _protests_in_words(draft: Draft, roles: Roles, syntax: Syntax) -> bool:
    """ "Kenya protested at the arrest": no government takes to the streets."""
    if (
        draft.type != syntax.patterns.settings.get("rallies")
        or syntax.lemma[draft.token] != "protest"
    ):
        return False
    entities = [roles.index.entity(mention) for mention in draft.actors]
    return bool(entities) and all(x.kind == "state" or x.sectors[:1] == ("GOV",) for x in entities)


def _retype(draft: Draft, type_: str, settled: set[str]) -> None:
    draft.type, draft.mode, draft.cameo = type_, "", ""
    draft.aux -= settled


def _part_refused(draft: Draft, roles: Roles) -> None:
    """Who refuses, and whom: "will not host the envoy" is no deed of both."""
    if not draft.reciprocal or draft.hit is None or not draft.hit.recipients:
        return
    refusing = {mention.entity for mention in roles.actors(draft.hit.actors)}
    others = [mention for mention in draft.actors if mention.entity not in refusing]
    if len(others) < len(draft.actors):
        draft.recipients = [*draft.recipients, *others]
        draft.actors = [mention for mention in draft.actors if mention.entity in refusing]
        draft.reciprocal = False


def _unless(token: int, syntax: Syntax) -> bool:
    """Whether an "unless" clause hangs on the trigger or on the verb beside it."""
    return any(
        "unless" in syntax.marks(kid)
        for verb in (token, syntax.head[token])
        for kid in syntax.kids[verb]
    )


def _present(token: int, syntax: Syntax) -> bool:
    return any(syntax.word[kid] in {"does", "do", "is", "are"} for kid in syntax.kids[token])


def _speaks_for_itself(draft: Draft, roles: Roles, syntax: Syntax) -> bool:
    """Whether the announced harm is announced by the one who would do it."""
    if draft.speaker is None:
        return False
    speakers = {mention.entity for mention in roles.actors(syntax.arguments(draft.speaker).subject)}
    countries = {roles.index.entities[key].country for key in speakers} - {""}
    own = {mention.entity for mention in draft.actors}
    own_countries = {roles.index.entities[key].country for key in own} - {""}
    return bool(speakers & own or countries & own_countries)


def _confidence(draft: Draft, part_of_speech: str) -> float:
    """A first guess at the probability that the event is right, from what is known of it."""
    value = 0.85
    if not draft.recipients and not draft.reciprocal:
        value *= _NO_RECIPIENT
    if part_of_speech == "noun":
        value *= _NOUN
    if draft.aux & {"hypothetical", "negation"}:
        value *= _HYPOTHETICAL
    if not draft.actors:
        value *= _NO_RECIPIENT
    return round(value, 3)
