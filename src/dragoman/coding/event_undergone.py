"""Who underwent a deed, is blamed for it or has counted it, and is not who did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.event_barred import NO_SIDE
from dragoman.coding.event_untouched import is_blamed_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention


#: First sectors of people whom others speak for.
_NO_SIDE = tuple((sector,) for sector in sorted(NO_SIDE))
_PLACED = frozenset({"in", "near", "off", "inside", "over"})
_FORCES = (("COP",), ("MIL",))
_AFTER = frozenset({"after", "when"})
_ARMED = (("REB",), ("UAF",), ("MIL",))


def of_blamed(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Chad said Mali was to blame": Mali is blamed, and blames nobody."""
    token, kids = draft.token, syntax.kids[draft.token]
    if is_blamed_on(draft, syntax):
        told = syntax.arguments(token)
        draft.actors = roles.actors(told.agent)
        draft.recipients = roles.recipients(told.oblique["on"]) or draft.recipients
        return
    if syntax.word[token] != "blame" or syntax.word[token - 1] != "to":
        return
    if not any(syntax.dep[kid] in {"cop", "aux"} and syntax.lemma[kid] == "be" for kid in kids):
        return
    blamed = roles.recipients([kid for kid in kids if syntax.dep[kid] == "nsubj"])
    if blamed:
        above = syntax.head[token]
        says = syntax.dep[token] == "ccomp" and syntax.is_verb(above)
        draft.actors = roles.actors(syntax.arguments(above).subject) if says else []
        draft.recipients = blamed


def of_denied(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Chad denied having killed farmers", "denied that its police had been told to shoot": it contradicts
    others, and neither the farmers nor its police."""
    if draft.type != "REJECT" or syntax.lemma[draft.token] != "deny":
        return
    below = {
        word for clause in syntax.arguments(draft.token).clauses for word in syntax.subtree(clause)
    }
    own = roles.index.countries(draft.actors)
    spoken_of = [
        one for one in draft.recipients
        if one.head in below
        and (
            (sectors := roles.index.entity(one).sectors[:1]) in _NO_SIDE
            or (sectors in _FORCES and roles.index.countries([one]) & own)
        )
    ]  # fmt: skip
    draft.recipients = [one for one in draft.recipients if one not in spoken_of]
    draft.victims |= {one.entity for one in spoken_of}


def of_target(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "The shelling of the clinic (by the army) killed ten": the clinic is struck, and the army did it."""
    nouns = [draft.token]
    if not syntax.is_noun(draft.token):
        nouns = syntax.arguments(draft.token).subject
    for noun in nouns:
        below = syntax.behind(noun, "of")
        if syntax.lemma[noun] not in syntax.patterns.lists["done_to_of"] or not below:
            continue
        words = {word for head in below for word in (head, *syntax.modifiers(head))}
        struck = [one for one in draft.actors if one.head in words]
        if struck:
            others = [one for one in draft.actors if one not in struck]
            by = roles.actors(syntax.behind(noun, "by")) if not others else []
            draft.actors = others or by
            draft.recipients = draft.recipients or struck


def of_agent(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Killed by their own bomb": nobody else killed them; "died after being run over by cars of farmers":
    who is told of before has no part in it."""
    if not syntax.is_verb(draft.token):
        return
    told = syntax.arguments(draft.token)
    if any(_is_own_thing(noun, syntax) for noun in told.agent):
        draft.recipients = roles.recipients(told.object) or draft.recipients
        draft.actors = []
        return
    agents: list[int] = []
    for kid in syntax.kids[draft.token]:
        if syntax.dep[kid] == "advcl" and _AFTER & syntax.marks(kid):
            below = syntax.arguments(kid)
            agents += below.agent if below.passive else ()
    first, last = draft.sentence
    if not agents or any(first <= one.first < last for one in draft.actors):
        return
    draft.actors = roles.actors([*agents, *(x for one in agents for x in syntax.behind(one, "by"))])


def of_told_agent(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Oman said the clinic had been seized by hostile elements": who says so has not done it, whoever they are;
    "the army said 40 people had been killed": nor has it, where they do not fight it."""
    token = draft.token
    if not syntax.is_verb(token) or syntax.dep[token] not in {"ccomp", "parataxis"}:
        return
    told, above = syntax.arguments(token), syntax.head[token]
    if not told.passive or syntax.lemma[above] not in syntax.patterns.governors["reporting"]:
        return
    if told.agent or _befell_people(draft, syntax, roles):
        saying = syntax.arguments(above).surface
        inside = {word for noun in told.agent for word in syntax.subtree(noun)}
        draft.actors = [
            one for one in draft.actors if one.head not in saying or one.head in inside
        ]  # fmt: skip


def _befell_people(draft: Draft, syntax: Syntax, roles: Roles) -> bool:
    """Whether a harm befell only people of no side."""
    if draft.type != syntax.patterns.settings.get("struck"):
        return False
    sectors = [roles.index.entity(one).sectors[:1] for one in draft.recipients]
    return bool(sectors) and all(sector in _NO_SIDE or not sector for sector in sectors)


def _is_own_thing(noun: int, syntax: Syntax) -> bool:
    """ "Their own explosives"."""
    kids = {syntax.word[kid] for kid in syntax.kids[noun] if kid < noun}
    return "own" in kids and any(syntax.tag[kid] == "PRP$" for kid in syntax.kids[noun])


def of_record(draft: Draft, syntax: Syntax) -> None:
    """ "The mission recorded ten violations": who counts deeds has not done them."""
    verb = syntax.governing_verb(draft.token) if syntax.is_noun(draft.token) else None
    if verb is not None and syntax.lemma[verb] in syntax.patterns.lists["records_deed"]:
        counting = syntax.arguments(verb).subject
        draft.actors = [mention for mention in draft.actors if mention.head not in counting]


def of_victims(drafts: Sequence[Draft], syntax: Syntax, roles: Roles) -> None:
    """ "Vowed to avenge the killing of the general": it is not the general whom the words threaten."""
    for draft in drafts:  # "the general's killing", "there were 20 civilians killed"
        word = draft.token
        done = syntax.dep[word] == "acl" and syntax.tag[word] == "VBN"
        killed = [
            one for one in draft.actors
            if _undergone(one, syntax, roles) == word or (done and syntax.head[word] == one.head)
        ]  # fmt: skip
        if killed and not draft.recipients:
            draft.actors = [mention for mention in draft.actors if mention not in killed]
            draft.recipients = killed
    types = syntax.patterns.types("not_of_victims")
    answers = [draft for draft in drafts if draft.type in types]
    deeds = [draft for draft in drafts if draft.type not in types]
    spared: dict[tuple[int, int], set[str]] = {}  # sentence → who underwent a deed told in it
    for draft in answers:
        kept: list[Mention] = []
        found: list[Mention] = []
        for mention in draft.recipients:
            deed = _undergone(mention, syntax, roles)
            own = (
                syntax.dep[draft.token] == "acl:relcl" and syntax.head[draft.token] == mention.head
            )
            if deed is None or deed == draft.token or own:  # "the release of a man who was charged"
                kept.append(mention)
            else:
                spared.setdefault(draft.sentence, set()).add(mention.entity)
                found += _doers(deed, mention, deeds)
        acting = {mention.entity for mention in (*draft.actors, *kept)}
        draft.recipients = [*kept, *(x for x in found if x.entity not in acting)]
    for draft in answers:  # "condemned his killing and vowed to avenge it"
        draft.victims |= spared.get(draft.sentence, set())


def _doers(deed: int, victim: Mention, drafts: Sequence[Draft]) -> list[Mention]:
    """Who did what somebody underwent: in the deed's own words, or in the last telling before."""
    before = [
        draft.actors for draft in drafts
        if draft.actors and (draft.token == deed or (
            draft.token < deed and victim.entity in {one.entity for one in draft.recipients}
        ))
    ]  # fmt: skip
    return before[-1] if before else []


def _undergone(mention: Mention, syntax: Syntax, roles: Roles) -> int | None:
    """The noun that tells what was done to somebody: "the killing of", "her arrest"."""
    word, noun = mention.head, syntax.head[mention.head]
    if syntax.lemma[noun] not in syntax.patterns.lists["undergone"]:
        return None
    if syntax.dep[word] == "nmod:poss":  # "Chad's killing of"
        owned = roles.index.entity(mention).kind in ("person", "unnamed")
        return noun if owned and not syntax.behind(noun, "of") else None
    return noun if word in syntax.behind(noun, "of") else None


def of_scene(draft: Draft, syntax: Syntax) -> None:
    """ "Its troops were killed in Somalia", "a jet crashed in Iraq": no state has done it or was struck for being
    where it was."""
    verb = draft.token
    if not syntax.is_verb(verb):
        return
    if syntax.arguments(verb).passive:
        draft.actors = [one for one in draft.actors if not _is_where(one, verb, syntax)]
    if syntax.lemma[verb] in syntax.patterns.lists["comes_down"]:
        draft.recipients = [one for one in draft.recipients if not _is_where(one, verb, syntax)]


def of_owned(draft: Draft, syntax: Syntax) -> None:
    """ "An Omani missile was brought down": Oman, whose it was, has not brought it down."""
    found = syntax.arguments(draft.token) if syntax.is_verb(draft.token) else None
    if found is None or not found.passive:
        return
    before = {word for noun in found.surface for word in syntax.modifiers(noun)}
    draft.actors = [one for one in draft.actors if one.head not in before]


def _is_where(mention: Mention, verb: int, syntax: Syntax) -> bool:
    """Whether somebody is named only for where a verb's deed was done."""
    word = mention.head
    placed = mention.as_place and syntax.head[word] == verb and syntax.dep[word].startswith("obl")
    return placed and bool(_PLACED & set(syntax.prepositions(word)))


def of_attacker(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "The attack of the rebels on 7 October": an armed group behind "of" has attacked, unless somebody is said
    to have done so, or another to be struck."""
    noun, lists = draft.token, syntax.patterns.lists
    if not syntax.is_noun(noun) or syntax.lemma[noun] not in lists["attack_of"]:
        return
    told = {word for case in ("by", "on", "against") for word in syntax.behind(noun, case)}
    owned = any(syntax.dep[kid] == "nmod:poss" for kid in syntax.kids[noun])
    if owned or any(roles.recipients([word]) for word in told):
        return
    below = syntax.behind(noun, "of")
    armed = [
        one for one in roles.actors(below)
        if one.head in below and roles.index.entity(one).sectors[:1] in _ARMED
        and roles.index.entity(one).kind in ("group", "organisation")
    ]  # fmt: skip
    if armed:
        acting = {one.entity for one in armed}
        draft.actors = armed
        draft.recipients = [one for one in draft.recipients if one.entity not in acting]
