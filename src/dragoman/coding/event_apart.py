"""Whom the words set apart from a deed: set aside, only a place, shielded, aimed at, or in flight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.event_barred import NO_SIDE, is_given
from dragoman.coding.event_beside import is_denied_to, is_forum, is_hours_away, is_roads_end
from dragoman.coding.event_roles import EACH_OTHER
from dragoman.coding.event_undone import is_given_time
from dragoman.coding.event_untouched import head_of_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention

#: What sets somebody aside before a name, and how it hangs on it.
_SETS_ASIDE, _ONLY = frozenset({"rather", "instead", "not"}), frozenset({"only", "just", "merely"})
_BINDS = frozenset({"cc", "case", "advmod"})
#: What stands between two of whom the second's verb is left out.
_JOINS = frozenset({",", "and", "but", "while", ";"})
#: What joins somebody who is not set aside to one who is.
_ANOTHER = frozenset({"and", "but"})
#: How a word hangs on the noun that it tells of, or is joined to.
_PARTS = frozenset({"conj", "nmod", "nmod:poss", "amod", "compound"})
#: How a clause hangs on the noun of which it tells what it is for.
_TELLS_WHICH = frozenset({"acl", "acl:relcl", "advcl", "xcomp"})
_ARMED = (("MIL",), ("REB",), ("COP",), ("PRM",), ("UAF",))
#: How a clause hangs on the verb that says it.
_CONTENT = frozenset({"ccomp", "conj", "parataxis", "xcomp"})
_LANDS = frozenset({"state", "place"})
_FROM = frozenset({"from"})
_PEOPLE = frozenset({"person", "unnamed", "collective"})


def leave_out(draft: Draft, drafts: Sequence[Draft], syntax: Syntax, roles: Roles) -> None:
    """Takes from both sides of a draft who is set apart from it.

    Args:
        drafts: all of the story's, in order of the text.
    """
    draft.actors = [
        one for one in draft.actors
        if not (
            _is_left_out(one, syntax, roles)
            or _is_each_others(one, syntax)
            or is_denied_to(one, draft, syntax)
            or _names_what_is_struck(one, draft, syntax)
        )
    ]  # fmt: skip
    draft.recipients = [
        one for one in draft.recipients
        if not (
            _is_left_out(one, syntax, roles)
            or is_roads_end(one, syntax, roles.index)
            or is_given(one, draft, syntax)
            or is_hours_away(one, draft, syntax)
        )
    ]  # fmt: skip
    _of_prison(draft, syntax, roles)
    _of_against(draft, syntax)
    _of_themselves(draft, syntax, roles)
    _of_meeting_place(draft, syntax)
    _of_scene(draft, syntax, roles)
    if draft.type == syntax.patterns.settings.get("struck"):
        _of_own_side(draft, drafts, syntax, roles)
        _of_judge(draft, drafts, syntax)


def _names_what_is_struck(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Shells hit the Chinese town of Nansan, wounding five": China has not done it."""
    if mention.kind != "adjective" or draft.type != syntax.patterns.settings.get("struck"):
        return False
    verbs = [draft.token]
    if syntax.dep[draft.token] == "advcl":
        verbs.append(syntax.head[draft.token])
    noun = head_of_phrase(mention.head, syntax)
    return any(noun in syntax.arguments(verb).object for verb in verbs)


def _is_each_others(mention: Mention, syntax: Syntax) -> bool:
    """ "Agreed not to host each other's rebels": those are spoken of, and agree to nothing."""
    return syntax.word[mention.first : mention.first + 2] in EACH_OTHER


def is_flight(draft: Draft, syntax: Syntax, roles: Roles) -> bool:
    """Whether people of no side only flee ("children fled the fighting"): they give up no ground."""
    if draft.type not in syntax.patterns.types("gives_ground"):
        return False
    fleeing = [(one.head, roles.index.entity(one)) for one in draft.actors]
    return syntax.lemma[draft.token] in syntax.patterns.lists["flees"] and all(
        entity.kind in _PEOPLE
        and not set(entity.sectors) - NO_SIDE
        and not (entity.sectors[:1] == ("UNK",) and syntax.behind(head, "of"))
        for head, entity in fleeing
    )  # "members of the group" are of its side


_BY_FORCE = frozenset({"forcibly", "forcefully", "forced", "forcible"})


def is_interview(draft: Draft, syntax: Syntax, roles: Roles) -> bool:
    """ "Talked to a news agency by phone", "spoke with reporters": who speaks to the press consults nobody."""
    if draft.type != "CONSULT":
        return False
    words = [draft.token, *syntax.kids[draft.token]]
    if syntax.patterns.lists["speaks"].isdisjoint(syntax.lemma[word] for word in words):
        return False
    told = [roles.index.entity(one) for one in (*draft.actors, *draft.recipients)]
    others = {one.id for one in told if one.sectors[:1] != ("JRN",)}
    return len(others) < 2 and len(others) < len({one.id for one in told})


def is_own_rescue(draft: Draft, syntax: Syntax, roles: Roles) -> bool:
    """ "Ordered the evacuation of families", "told villagers to evacuate": no state coerces its own people by it."""
    if draft.type != "COERCE" or not roles.index.countries(draft.actors):
        return False
    words = [draft.token, *syntax.kids[draft.token]]
    evacuates = any(syntax.lemma[word] in {"evacuate", "evacuation"} for word in words)
    forced = any(syntax.lemma[word] in _BY_FORCE for word in words)
    own = roles.index.countries(draft.actors) & roles.index.countries(draft.recipients)
    return evacuates and not forced and bool(own)


def is_set_aside(draft: Draft, syntax: Syntax) -> bool:
    """Whether it is what somebody did not do: "instead of warning Oman off, Kenya agreed to leave", "was
    given ten days to leave"."""
    if is_given_time(syntax, draft.token, syntax.head[draft.token]) or _is_what_it_ends(
        draft, syntax
    ):
        return True
    words = draft.type in syntax.patterns.types("unsaid") and syntax.dep[draft.token] == "advcl"
    return words and bool(syntax.marks(draft.token) & _SETS_ASIDE)


def _is_what_it_ends(draft: Draft, syntax: Syntax) -> bool:
    """ "The accord that ended the war between Chad and Oman": it only tells which accord; "rehearsed strikes on
    Oman": nobody was struck."""
    if draft.type != syntax.patterns.settings.get("struck"):
        return False
    told = {syntax.lemma[draft.token], syntax.lemma[syntax.head[draft.token]]}
    behind = set(syntax.lemma[draft.token + 1 : draft.token + 2])
    if syntax.is_noun(draft.token) and behind & syntax.patterns.lists["strike_arms"]:
        return True  # "attack helicopters" are of a kind, whatever they do
    rehearsed = bool(told & syntax.patterns.lists["rehearses"])
    return rehearsed or accord_ending(draft.token, syntax) is not None


def accord_ending(deed: int, syntax: Syntax) -> int | None:
    """The noun of the accord that is to end a deed, or has; None for most."""
    verb, lists = syntax.head[deed], syntax.patterns.lists
    if syntax.dep[deed] != "obj" or syntax.lemma[verb] not in lists["stop_verb"]:
        return None
    while syntax.dep[verb] in _TELLS_WHICH and syntax.head[verb] != verb:
        verb = syntax.head[verb]
    return verb if syntax.lemma[verb] in lists["accord"] else None


def of_accord(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "A deal to end the war between Chad and Oman": it is theirs, where no two are told to have made it."""
    if draft.type != "AGREE" or not syntax.is_noun(draft.token):
        return
    if len(roles.index.countries(draft.actors)) > 1:
        return
    for deed in syntax.subtree(draft.token):
        if accord_ending(deed, syntax) == draft.token:
            below = syntax.subtree(deed)
            sides = [
                mention for mention in roles.index.within(below[0], below[-1] + 1)
                if roles.has_country(mention) and not mention.as_place
                and any(x in below and syntax.word[x] == "between" for x in range(deed, mention.first))
            ]  # fmt: skip
            found = {roles.index.entity(one).country: one for one in reversed(sides)}
            if len(found) > 1:
                draft.actors, draft.recipients = list(reversed(found.values())), []


def _is_left_out(mention: Mention, syntax: Syntax, roles: Roles) -> bool:
    """ "Will ask Kenya rather than Oman", "launched not by Chad or Oman but by Kenya": whom the words set
    aside; "seized off Yemen": whose coast is near."""
    word = mention.head
    if roles.index.entity(mention).kind in _LANDS and syntax.is_off(mention.first, word):
        return True
    if _is_told_off(mention.first, syntax):
        return True
    while True:
        if any(
            syntax.word[kid] in _SETS_ASIDE and syntax.word[kid + 1] not in _ONLY
            for kid in syntax.kids[word]
            if kid < word and syntax.dep[kid] in _BINDS
        ):
            return True
        further = {syntax.word[kid] for kid in syntax.kids[word] if syntax.dep[kid] in _BINDS}
        if syntax.dep[word] != "conj" or further & _ANOTHER:
            return False
        word = syntax.head[word]


def _is_told_off(first: int, syntax: Syntax) -> bool:
    """ "Met the envoy of Chad but not of Mali", "talks with Chad but not with Mali"."""
    place = first - 1
    while place > 1 and syntax.dep[place] in {"case", "det"}:
        place -= 1
    return place > 0 and syntax.word[place - 1 : place + 1] == ["but", "not"]


def _of_own_side(draft: Draft, drafts: Sequence[Draft], syntax: Syntax, roles: Roles) -> None:
    """ "Its soldiers were shot at. The army returned fire, killing two of them": nobody strikes his own
    whom the sentences before name; those are struck who struck him there."""
    first, last = draft.sentence
    own = [
        one for one in draft.recipients
        if not first <= one.first < last and roles.is_own_side(one, draft.actors)
    ]  # fmt: skip
    if not own:
        return
    held = {mention.entity for mention in own}
    before = [
        other.actors for other in drafts
        if other.type == draft.type and other.token < draft.token and other.actors
        and held & {mention.entity for mention in other.recipients}
    ]  # fmt: skip
    told = [one for one in draft.recipients if one not in own]
    draft.recipients = told or list(before[-1] if before else ())


def _of_themselves(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Undertook to pull their fighters back", "the front will answer, the front's spokesman warned": nothing is
    promised to one's own forces, nor said to those one speaks for, nor to who speaks for one; "offered a truce
    that the UN would watch": who has a part in what is offered is offered nothing."""
    if draft.type not in syntax.patterns.types("told_to_others"):
        return
    for_whom = {
        owner.entity
        for actor in draft.actors if syntax.lemma[actor.head] in syntax.patterns.lists["official"]
        for owner in roles.index.within(actor.first, actor.head)
    }  # fmt: skip
    speaking = _speakers(draft.token, syntax)
    own = roles.index.countries(draft.actors)
    draft.recipients = [
        one for one in draft.recipients
        if not (
            one.entity in for_whom
            or (one.head in speaking and own & roles.index.countries([one]))
            or _is_troops_of_maker(one, draft, syntax, roles)
            or _is_agent_of_offer(one, draft, syntax)
            or is_forum(one, draft, syntax, roles.index)
        )
    ]  # fmt: skip


def _speakers(verb: int, syntax: Syntax) -> set[int]:
    """The subjects of the verb of saying that a clause hangs on: "Dara Moll" of "Dara Moll said Chad would pay"."""
    while syntax.dep[verb] in _CONTENT and syntax.head[verb] != verb:
        verb = syntax.head[verb]
        if syntax.lemma[verb] in syntax.patterns.governors["speaking"]:
            return {*syntax.arguments(verb).subject}
    return set()


def _is_troops_of_maker(one: Mention, draft: Draft, syntax: Syntax, roles: Roles) -> bool:
    """ "Undertook to pull their fighters back", "pledged troops"."""
    entity = roles.index.entity(one)
    if draft.type != "AGREE" or entity.sectors[:1] not in _ARMED:
        return False
    if syntax.tag[one.first] == "PRP$":
        theirs = any(one.entity.startswith(f"{actor.entity}-") for actor in draft.actors)
        return theirs or roles.is_own_side(one, draft.actors) or len(draft.actors) > 1
    pledged = one.head in syntax.arguments(draft.token).object and entity.kind == "unnamed"
    return pledged and syntax.is_verb(draft.token) and one.first == one.head


def _is_agent_of_offer(one: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Offered a truce that would be watched by Chad": Chad is offered nothing."""
    if draft.type != "AGREE":
        return False
    word = syntax.first_joined(one.head)
    verb = syntax.head[word]
    by = "by" in syntax.prepositions(word) or syntax.dep[word] == "nsubj"
    return by and syntax.dep[verb] == "acl:relcl" and draft.token < verb


def _of_judge(draft: Draft, drafts: Sequence[Draft], syntax: Syntax) -> None:
    """ "Kenya deplores the bombing of 3 May": who speaks against a deed has not done it."""
    noun = draft.token
    while syntax.dep[noun] == "conj" and syntax.head[noun] != noun:
        noun = syntax.head[noun]
    verb = syntax.head[noun]
    if syntax.dep[noun] != "obj" or not draft.actors:
        return
    if any(other.token == verb and other.type == "ACCUSE" for other in drafts):
        subjects = syntax.arguments(verb).subject
        draft.actors = [one for one in draft.actors if one.head not in subjects]


def _of_meeting_place(draft: Draft, syntax: Syntax) -> None:
    """ "Fighting where Chad and Sudan meet", "struck where the borders of Chad and Sudan meet": those
    who are named for a place alone do nothing, and nothing is done to them."""
    for mentions in (draft.actors, draft.recipients):
        mentions[:] = [
            one for one in mentions
            if draft.token == one.head or not _is_where_they_meet(one.head, syntax)
        ]  # fmt: skip


def _of_scene(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Called the vote a sham from Oman", "clashes between police and crowds in Togo": nothing is done to a
    land for where somebody speaks, or where its own people fight each other."""
    own = roles.index.countries(draft.actors)
    calls = (
        draft.type == "ACCUSE" and syntax.lemma[draft.token] in syntax.patterns.lists["calls_it"]
    )
    fights = syntax.lemma[draft.token] in syntax.patterns.lists["fighting"]
    both = fights and syntax.is_noun(draft.token) and len(draft.actors) > 1
    if not calls and not both:
        return
    scene = [
        one for one in draft.recipients
        if roles.index.entity(one).kind in _LANDS and (
            (calls and bool(_FROM & set(syntax.prepositions(one.head))))
            or (both and roles.index.countries([one]) <= own)
        )
    ]  # fmt: skip
    draft.recipients = [one for one in draft.recipients if one not in scene]
    draft.victims |= {one.entity for one in scene}


def _is_where_they_meet(word: int, syntax: Syntax) -> bool:
    """Whether a word is, or belongs to, the subject of "meet" in "where Chad and Sudan meet"."""
    while syntax.dep[word] in _PARTS and syntax.head[word] != word:
        word = syntax.head[word]
    verb = syntax.head[word]
    return (
        syntax.dep[word] == "nsubj"
        and syntax.lemma[verb] in syntax.patterns.lists["borders"]
        and syntax.tag[verb] in {"VBP", "VBZ"}
        and any(syntax.word[kid] == "where" for kid in syntax.kids[verb])
    )


def _of_prison(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Held in Kenyan camps": no camp holds anybody, Kenya does."""
    prisons = syntax.patterns.lists["prison"]
    held = [mention for mention in draft.actors if syntax.lemma[mention.head] in prisons]
    if draft.type in syntax.patterns.types("detains") and held:
        near = (
            word for mention in held
            for word in (*syntax.modifiers(mention.head), *syntax.possessors(mention.head))
        )  # fmt: skip
        found = [*draft.actors, *roles.actors(near)]
        draft.actors = [mention for mention in found if syntax.lemma[mention.head] not in prisons]


def of_shelter(draft: Draft, syntax: Syntax) -> None:
    """ "The tunnels shielded them from the shelling": who is shielded is struck."""
    verb = syntax.head[draft.token]
    if syntax.lemma[verb] not in syntax.patterns.lists["shields"]:
        return
    if "from" in syntax.prepositions(draft.token) or "against" in syntax.prepositions(draft.token):
        sides = syntax.arguments(verb)
        struck = [one for one in draft.actors if one.head in sides.object]
        draft.actors = [
            one for one in draft.actors if one.head not in (*sides.subject, *sides.object)
        ]
        draft.recipients = draft.recipients or struck


def _of_against(draft: Draft, syntax: Syntax) -> None:
    """ "A legal challenge against the ministry's decision": those it is against do not make it."""
    against = syntax.behind(draft.token, "against") if syntax.is_noun(draft.token) else []
    below = {word for noun in against for word in syntax.subtree(noun)}
    aimed = [one for one in draft.actors if one.head in below]
    if aimed and draft.type in syntax.patterns.types("against"):
        draft.actors = [one for one in draft.actors if one not in aimed]
        told = [one for one in draft.recipients if one.head in below]
        draft.recipients = told or aimed


def of_gap(draft: Draft, syntax: Syntax) -> None:
    """ "Chad called for talks, Niger for peace": the second does the same as the first."""
    verb, words = draft.token, syntax.word
    if not syntax.is_verb(verb) or verb + 1 >= len(words) or syntax.tag[verb + 1] != "IN":
        return
    joins = [
        one for one in draft.recipients
        if one.kind == "name" and one.last < len(words) and words[one.last] == words[verb + 1]
        and one.first > verb + 2 and words[one.first - 1] in _JOINS
    ]  # fmt: skip
    if joins and not syntax.arguments(verb).object:
        draft.recipients = [one for one in draft.recipients if one not in joins]
        draft.actors = [*draft.actors, *joins]


def is_abstaining(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """Whether somebody only abstains from what others do ("demanded a truce, Oman abstaining")."""
    word = syntax.first_joined(mention.head)
    verb = syntax.head[word]
    return syntax.lemma[verb] == "abstain" and verb != draft.token
