"""Who is only what others speak of: whom a bill, a protest or a denial is about, or what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.event_asked import is_only_spoken_of
from dragoman.coding.event_channels import is_channel
from dragoman.coding.event_untouched import is_avenged, is_let_go, is_of_apposition
from dragoman.coding.event_warned import is_warned_of

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention

#: What stands before what a report or a law is about.
ABOUT = frozenset({"on", "about", "over", "regarding", "concerning", "for", "against"})
#: Verbs and auxiliaries by which something is needed.
NEEDS = frozenset({"need", "want", "require", "must", "should"})


def is_not_asked(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """Whether somebody is only what others speak of: whom a bill or a protest is about, or what is to
    be done."""
    tests = (
        _is_topic,
        _undergoes,
        _is_protested,
        _is_fended_off,
        _is_behalf,
        _is_demanded,
        _is_denied,
        is_channel,
        is_let_go,
        is_of_apposition,
        is_warned_of,
        is_avenged,
        is_only_spoken_of,
    )
    return any(test(mention, draft, syntax) for test in tests)


def _undergoes(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "The killers must be brought to court": to whom it must be done is not asked to do it."""
    if draft.type != "REQUEST":
        return False
    verb = draft.token
    if syntax.is_verb(verb) and _is_wished(mention, verb, syntax):
        return True
    if draft.hit is not None:
        return False
    if syntax.tag[verb] == "MD" or syntax.lemma[verb] == "have":
        verb = next((k for k in syntax.kids[verb] if syntax.dep[k] == "xcomp"), syntax.head[verb])
    elif not any(syntax.tag[kid] == "MD" for kid in syntax.kids[verb]):
        return False  # "Chad is being urged to": it is
    if syntax.lemma[verb] in syntax.patterns.lists["request_verb"]:
        return False  # "Chad must be asked to": so it is
    arguments = syntax.arguments(verb)
    if not syntax.is_verb(verb) or not arguments.passive or arguments.agent:
        return False
    return mention.head in (*arguments.surface, *arguments.oblique.get("to", ()))


def _is_wished(mention: Mention, verb: int, syntax: Syntax) -> bool:
    """ "Appealed for her to be allowed home", "wanted the fate of the men to be settled"."""
    clauses = [
        kid for kid in syntax.kids[verb]
        if syntax.dep[kid] in {"advcl", "xcomp", "ccomp"} and syntax.is_verb(kid)
        and "to" in syntax.marks(kid)
    ]  # fmt: skip
    wished = any((found := syntax.arguments(kid)).passive and not found.agent for kid in clauses)
    if not wished:
        return False
    word = mention.head
    while syntax.head[word] not in (verb, *clauses) and syntax.head[word] != word:
        word = syntax.head[word]
    before = {
        syntax.word[kid] for kid in (*syntax.kids[word], *syntax.kids[clauses[0]]) if kid < word
    }
    return verb < word < clauses[0] and ("for" in before or syntax.lemma[verb] in NEEDS)


def _is_behalf(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Vowed vengeance on behalf of the rebels": they are not the ones it is aimed at."""
    word = mention.head
    return syntax.lemma[syntax.head[word]] == "behalf" and "of" in syntax.prepositions(word)


def _is_demanded(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Demand early elections and a constituent assembly": what is demanded is not asked for it."""
    verb = draft.token
    if draft.type != "REQUEST" or syntax.lemma[verb] != "demand" or not syntax.is_verb(verb):
        return False
    new = syntax.word[mention.first] in {"a", "an"}
    return new and syntax.first_joined(mention.head) in syntax.arguments(verb).object


def _is_denied(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Denied that it had shelled refugees": those without a name who underwent it have not claimed it."""
    if draft.type not in syntax.patterns.types("denies") or mention.kind != "unnamed":
        return False
    word = mention.head
    while syntax.head[word] != word:
        above = syntax.head[word]
        if "that" in syntax.marks(above) and syntax.dep[above] in ("acl", "ccomp"):
            return not syntax.dep[word].startswith("nsubj")
        word = above
    return False


def _is_fended_off(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Asked for help against Russian strikes": he is not asked against whom it is to help."""
    near = (mention.head, syntax.head[mention.head])
    return draft.type == "REQUEST" and any(
        "against" in syntax.prepositions(word) and syntax.dep[word] in ("nmod", "obl")
        for word in near if word != draft.token
    )  # fmt: skip


def _is_protested(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Gassed a rally against the mayor's arrest": what others protest at is not gassed."""
    word, protests = mention.head, syntax.patterns.lists["protest"]
    if draft.type == syntax.patterns.settings.get("rallies"):
        return False
    told = draft.hit is not None and word in draft.hit.recipients
    if told and draft.type in syntax.patterns.types("against"):
        return False  # "lodged a protest against Chad"
    below = ("nmod", "amod", "compound")
    while syntax.dep[word].startswith(below) and word != draft.token:
        if syntax.lemma[syntax.head[word]] in protests and ABOUT & set(syntax.prepositions(word)):
            return syntax.head[word] != draft.token
        word = syntax.head[word]
    return False


def _is_topic(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """Whether an enactment is about somebody, and others only speak up against it or him: "protested
    at a bill on foreign agents"."""
    return (
        mention.kind == "unnamed"
        and draft.type in syntax.patterns.types("not_of_topic")
        and syntax.lemma[syntax.head[mention.head]] in syntax.patterns.lists["enactments"]
        and bool(ABOUT & set(syntax.prepositions(mention.head)))
    )
