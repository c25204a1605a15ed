"""Who holds somebody whose release is demanded, or who is told again to be held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention

_ASKS, _HOLDS = "REQUEST", "COERCE"
#: Probability of an actor under which the language model hardly sees who holds.
_UNSURE = 0.5
#: Words back to the deed by which somebody is held.
_FAR = 200


def of_holders(drafts: Sequence[Draft], syntax: Syntax, roles: Roles) -> None:
    """ "Called for her release" goes to whoever was told to have arrested her, and never to herself; "she is being
    held" is by them too, and not by the state whose minister complains of it."""
    held = [draft for draft in drafts if draft.type == _HOLDS and draft.actors and draft.recipients]
    if not held:
        return
    for draft in drafts:
        if draft.type == _ASKS:
            freed = {
                key for one in _freed(draft, syntax, roles) for key in roles.index.members(one)
            }
            draft.victims |= freed
            draft.recipients = [one for one in draft.recipients if one.entity not in freed]
            if freed and not draft.recipients:
                draft.recipients = _by_whom(freed, draft, held, roles)
                draft.named_again = bool(draft.recipients)
        elif draft.type == _HOLDS and _is_hardly_seen(draft, syntax):
            held_again = {key for one in draft.recipients for key in roles.index.members(one)}
            draft.actors = _by_whom(held_again, draft, held, roles) or draft.actors


def _freed(draft: Draft, syntax: Syntax, roles: Roles) -> Iterator[Mention]:
    """Whose release is asked for: "his release", "the release of the men", "that they be freed"."""
    arguments, lists = syntax.arguments(draft.token), syntax.patterns.lists
    nouns = [*arguments.object, *arguments.oblique.get("for", ())]
    words = [
        word for noun in nouns if syntax.lemma[noun] in lists["asked_back"]
        for word in (*syntax.possessors(noun), *syntax.behind(noun, "of"))
    ]  # fmt: skip
    for clause in arguments.clauses:
        inner = syntax.arguments(clause)
        if inner.passive and syntax.lemma[clause] in lists["lets_go"]:
            words += inner.surface
    for word in words:
        if (mention := roles.index.headed_by(word)) is not None:
            yield mention


def _by_whom(keys: set[str], draft: Draft, held: Sequence[Draft], roles: Roles) -> list[Mention]:
    """Who was told last before to hold one of some people, of another country than who asks."""
    countries = roles.index.countries
    for deed in reversed(held):
        if deed.token >= draft.token or deed is draft or draft.token - deed.token > _FAR:
            continue
        struck = {key for one in deed.recipients for key in roles.index.members(one)}
        if struck & keys:
            apart = not countries(deed.actors) & countries(draft.actors)
            return list(deed.actors) if apart else []
    return []


def _is_hardly_seen(draft: Draft, syntax: Syntax) -> bool:
    """Whether nobody is said to hold somebody, and the model is not sure who does."""
    if draft.seen is None or draft.coder != "model" or not syntax.is_verb(draft.token):
        return False
    arguments = syntax.arguments(draft.token)
    chance = max(draft.seen.actors.values(), default=0.0)
    return arguments.passive and not arguments.agent and chance < _UNSURE
