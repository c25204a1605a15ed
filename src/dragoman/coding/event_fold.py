"""One deed told by two words of a sentence, or told again as "the attack": one draft.

"A bombing has killed four": the noun is subject of the verb, and both are one assault. "Three
soldiers died in the attack": the attack is the one told before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.event_draft import Draft

if TYPE_CHECKING:
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention

#: Relations through which a word belongs to the same deed as the word above it.
_SAME_DEED = frozenset(
    {"nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod", "appos", "compound", "acl", "xcomp"}
)
_WHEN = frozenset({"when", "as", "after"})
_STRETCHES = frozenset({"year", "month", "decade"})
_TELLS = frozenset({"tell", "say"})
_STEPS = 3
#: What stands before the deed in which somebody was hurt.
_OF_IT = ("in", "by", "during", "after")
#: What stands before a deed that others answer.
_ABOUT = frozenset({"against", "over", "about"})
#: Drafts and sentences back that "the attack" may look.
_BACK, _SENTENCES = 8, 8

#: Who was carried off was not killed by it.
_ABDUCTED = "abduct"

_Countries = Callable[[Sequence["Mention"]], frozenset[str]]


def fold(drafts: list[Draft], syntax: Syntax, countries: _Countries) -> list[Draft]:
    """The drafts without those that tell a deed of the same sentence, or an earlier one, again.

    Args:
        drafts: in order of the text, types settled.
        syntax: the story's tree.
        countries: the countries behind mentions.
    """
    kept: list[Draft] = []
    told: dict[int, Draft] = {}  # each trigger, and the draft that it came to
    for draft in drafts:
        if _is_said_in(draft, drafts, syntax):
            continue
        held = (
            _beside(draft, kept, syntax, countries)
            or _shared(draft, kept, syntax)
            or _before(draft, kept, syntax, countries)
            or _toll(draft, kept, syntax, countries)
            or _same_noun(draft, kept, syntax, countries)
        )
        toll = None if held is not None else _same_toll(draft, told, syntax, countries)
        held = held or toll
        told[draft.token] = held or draft
        if held is None:
            kept.append(draft)
            continue
        _join(held, draft, countries)
        if held.type == "ASSAULT" and _counts_dead(draft, held, syntax):
            held.toll = draft.token
        participle = held.sentence == draft.sentence and syntax.tag[draft.token] == "VBG"
        own = toll and syntax.dep[draft.token] == "conj"
        if participle and not own and _agree(held, draft, countries):
            known = {mention.entity for mention in (*held.actors, *held.recipients)}
            held.recipients += [m for m in draft.recipients if m.entity not in known]
    return kept


def _beside(draft: Draft, kept: list[Draft], syntax: Syntax, countries: _Countries) -> Draft | None:
    """The draft of the same sentence and type whose trigger governs this one, or is governed."""
    for held in reversed(kept):
        if held.sentence != draft.sentence:
            return None
        if held.type != draft.type or held.reciprocal != draft.reciprocal:
            continue
        if not (_below(draft.token, held.token, syntax) or _below(held.token, draft.token, syntax)):
            continue
        agreeing = _agree(held, draft, countries) and not _answers(held, draft, syntax)
        if agreeing or _is_toll_of(draft, held, syntax):
            return held
    return None


def _is_said_in(draft: Draft, drafts: Sequence[Draft], syntax: Syntax) -> bool:
    """ "Told the envoy that it would kill the prisoner": the prisoner is threatened, and it was told to the envoy."""
    if syntax.lemma[draft.token] not in _TELLS:
        return False
    clauses = [kid for kid in syntax.kids[draft.token] if syntax.dep[kid] == "ccomp"]
    return any(
        other.token in clauses and other.type == draft.type == "THREATEN" and other.recipients
        for other in drafts
    )


def _is_toll_of(draft: Draft, held: Draft, syntax: Syntax) -> bool:
    """ "Mali bombed Lome, killing two": whose people the two are is only guessed."""
    return (
        syntax.tag[draft.token] == "VBG"
        and (syntax.dep[draft.token], syntax.head[draft.token]) == ("advcl", held.token)
        and all(syntax.tag[mention.head] == "CD" for mention in draft.recipients)
        and {one.entity for one in draft.actors} <= {one.entity for one in held.actors}
    )


def _counts_dead(draft: Draft, held: Draft, syntax: Syntax) -> bool:
    """ "The attack of 9 February, which killed ten", "in which a family died": another word for the same harm."""
    lemma, lists = syntax.lemma[draft.token], syntax.patterns.lists
    clause = syntax.dep[draft.token] == "acl:relcl" and syntax.head[draft.token] == held.token
    return clause and bool(draft.recipients) and (lemma in lists["tolls"] or lemma == "die")


def _answers(held: Draft, draft: Draft, syntax: Syntax) -> bool:
    """Whether somebody does it after another has done the like: "fired on them after gunmen attacked a bus"."""
    later = max(held, draft, key=lambda one: one.token)
    if syntax.dep[later.token] != "advcl" or "after" not in syntax.marks(later.token):
        return False
    acting = [{mention.entity for mention in one.actors} for one in (held, draft)]
    return all(acting) and acting[0].isdisjoint(acting[1])


def _shared(draft: Draft, kept: list[Draft], syntax: Syntax) -> Draft | None:
    """The assault of a verb joined to this one by the same on the same people: "struck a lorry and killed nine
    farmers", where they are who was struck; "shot and stabbed seven people"."""
    if draft.type != "ASSAULT" or not draft.recipients or not draft.actors:
        return None
    for held in reversed(kept):
        if held.sentence != draft.sentence:
            return None
        joined = syntax.dep[draft.token] == "conj" and syntax.head[draft.token] == held.token
        if joined and held.type == draft.type and held.aux == draft.aux and _one(held, draft):
            return held
    return None


def _same_toll(
    draft: Draft, told: dict[int, Draft], syntax: Syntax, countries: _Countries
) -> Draft | None:
    """The assault whose dead another word counts: "killed nine and wounded twelve", "shelled Goma, killing nine
    and wounding twelve"; the participle may be hung on the verb of saying above ("said they had shelled Goma,
    killing nine")."""
    token, tolls = draft.token, syntax.patterns.lists["tolls"]
    if draft.type != "ASSAULT" or syntax.lemma[token] not in tolls:
        return None
    above, held = syntax.head[token], None
    if syntax.dep[token] == "conj" and syntax.lemma[above] in tolls:
        held = told.get(above)
    elif syntax.dep[token] in {"advcl", "ccomp"} and syntax.tag[token] == "VBG":
        beside = (x for x in syntax.kids[above] if x < token and syntax.dep[x] == "ccomp")
        own = any(syntax.dep[kid].startswith("nsubj") for kid in syntax.kids[token])
        apart = own or syntax.marks(token)
        held = None if apart else next((told[x] for x in beside if x in told), None)
    if held is None or held.type != draft.type or held.aux != draft.aux:
        return None
    return held if _agree(held, draft, countries) else None


def _one(held: Draft, draft: Draft) -> bool:
    """Whether two drafts name the same words for who did it and to whom."""
    return all(
        {mention.start for mention in one} == {mention.start for mention in two}
        for one, two in ((held.actors, draft.actors), (held.recipients, draft.recipients))
    )


def _below(token: int, above: int, syntax: Syntax) -> bool:
    if syntax.dep[token] == "acl:relcl" and syntax.head[token] == above:
        return True  # "talks, which begin on Monday"
    joined = syntax.dep[syntax.head[token]] == "conj" and syntax.head[syntax.head[token]] == above
    if syntax.dep[token] == "acl:relcl" and joined and syntax.is_noun(syntax.head[token]):
        return True  # "months of shelling and rocket fire that killed four"
    if syntax.dep[token] == "advcl" and syntax.head[token] == above:
        if syntax.is_apart(token) or _is_answered(token, syntax):
            return False
        marks = syntax.marks(token)  # "were killed as jets struck", "shelled Goma, killing four"
        marks |= {"when"} & {syntax.word[kid] for kid in syntax.kids[token] if kid < token}
        return bool(marks & _WHEN) or (syntax.tag[token] == "VBG" and not marks)
    for _ in range(_STEPS):
        if syntax.dep[token] not in _SAME_DEED or syntax.head[token] == token:
            return False
        if syntax.dep[token] == "nmod" and _ABOUT & set(syntax.prepositions(token)):
            return False  # "gassed a rally against the arrests"
        token = syntax.head[token]
        if token == above:
            return True
    return False


def _is_answered(clause: int, syntax: Syntax) -> bool:
    """ "After rockets killed ten, the army shelled the town": two deeds, each with its own doer and aim."""
    own = syntax.arguments(clause)
    return bool(own.surface and own.object) and syntax.answered_by(clause) is not None


def _agree(one: Draft, two: Draft, countries: _Countries) -> bool:
    """Whether the parties of two drafts do not contradict each other."""
    for left, right in ((one.actors, two.actors), (one.recipients, two.recipients)):
        first, second = countries(left), countries(right)
        if first and second and not first & second:
            return False
    return True


def _before(draft: Draft, kept: list[Draft], syntax: Syntax, countries: _Countries) -> Draft | None:
    """The earlier assault that the sentence names again with "the" ("the attack")."""
    nouns = syntax.patterns.lists["deed_again"]
    if draft.type != "ASSAULT" or not _names_again(draft, nouns, syntax):
        return None
    near = _earlier(draft, kept, syntax)
    return next(
        (held for held in near if _agree(held, draft, countries) and not _is_trait(held, syntax)),
        None,
    )


def _is_trait(held: Draft, syntax: Syntax) -> bool:
    """ "Stormed a hijacked boat": what is only told of a thing by the way is not the deed named next."""
    return syntax.dep[held.token] == "amod"


def _earlier(draft: Draft, kept: list[Draft], syntax: Syntax) -> Iterator[Draft]:
    """Drafts of the same type in the sentences just before, the nearest first."""
    for held in reversed(kept[-_BACK:]):
        if held.type != draft.type or held.sentence == draft.sentence or held.aux != draft.aux:
            continue
        if _sentences_between(held, draft, syntax) > _SENTENCES:
            return
        yield held


def _same_noun(
    draft: Draft, kept: list[Draft], syntax: Syntax, countries: _Countries
) -> Draft | None:
    """ "launched an offensive", after "its offensive against" of the same attacker: the same one."""
    nouns = _deed_nouns(draft, syntax)
    striking = countries(draft.actors)
    if draft.type != "ASSAULT" or not nouns or not striking:
        return None
    for held in _earlier(draft, kept, syntax):
        if nouns & _deed_nouns(held, syntax) and striking == countries(held.actors):
            if _agree(held, draft, countries):
                return held
    return None


def _deed_nouns(draft: Draft, syntax: Syntax) -> set[str]:
    near = [draft.token]
    if syntax.is_verb(draft.token):
        near = list(syntax.arguments(draft.token).object)
    known = syntax.patterns.lists["deed_again"]
    return {syntax.lemma[word] for word in near} & known


def _toll(draft: Draft, kept: list[Draft], syntax: Syntax, countries: _Countries) -> Draft | None:
    """ "three soldiers were killed", told with no doer, day or place of its own: the same assault."""
    if draft.type != "ASSAULT" or draft.actors or not syntax.is_verb(draft.token):
        return None
    oblique = syntax.arguments(draft.token).oblique
    if any(oblique.get(word) for word in ("in", "near", "at", "on", "outside", "since")):
        return None
    if any(syntax.lemma[noun] in _STRETCHES for noun in oblique.get("", ())):
        return None  # "40 have been killed this year"
    if _by_a_new_one(draft.token, syntax):
        return None
    struck = countries(draft.recipients)
    for held in reversed(kept[-_BACK:]):
        if held.type != draft.type or held.sentence == draft.sentence or held.aux != draft.aux:
            continue
        if _sentences_between(held, draft, syntax) > _SENTENCES:
            return None
        if struck and struck <= countries(held.recipients) and held.mode != _ABDUCTED:
            return held
    return None


def _by_a_new_one(verb: int, syntax: Syntax) -> bool:
    """ "Died when a bomb fell on a barn": of something that was not told before."""
    return any(
        syntax.word[kid] in {"a", "an"}
        for clause in syntax.kids[verb]
        if syntax.dep[clause] == "advcl"
        and any(syntax.word[x] in _WHEN for x in syntax.kids[clause])
        for subject in syntax.arguments(clause).surface
        for kid in syntax.kids[subject]
    )


def _names_again(draft: Draft, nouns: frozenset[str], syntax: Syntax) -> bool:
    """Whether the trigger, its subject or what stands behind "in" is "the attack"."""
    near = [draft.token]
    if syntax.is_verb(draft.token):
        arguments = syntax.arguments(draft.token)
        near = [*arguments.subject, *arguments.agent, *arguments.object]
        for verb in syntax.conjuncts(draft.token):  # "were killed and ten hurt in the raid"
            oblique = syntax.arguments(verb).oblique
            near += [noun for word in _OF_IT for noun in oblique.get(word, [])]
            near += [kid for kid in syntax.kids[verb] if syntax.dep[kid] == "orphan"]
    return any(
        syntax.lemma[noun] in nouns
        and any(syntax.word[kid] in {"the", "this", "that"} for kid in syntax.kids[noun])
        for noun in near
    )


def _sentences_between(held: Draft, draft: Draft, syntax: Syntax) -> int:
    starts = syntax.sentence_starts
    return bisect_left(starts, draft.token) - bisect_left(starts, held.token)


def _join(held: Draft, draft: Draft, countries: _Countries) -> None:
    """The held draft, with what the other adds."""
    if not countries(held.actors) and draft.actors:
        held.actors = draft.actors
    if not countries(held.recipients) and draft.recipients:
        held.recipients = draft.recipients
    held.mode = held.mode or draft.mode
    held.confidence = max(held.confidence, draft.confidence)
    if held.sentence == draft.sentence and draft.seen_chance > held.seen_chance:
        held.seen = draft.seen
    told = {held.sentence, *(sentence for _, sentence in held.retold)}
    held.retold += [
        (token, sentence)
        for token, sentence in ((draft.token, draft.sentence), *draft.retold)
        if sentence not in told
    ]
