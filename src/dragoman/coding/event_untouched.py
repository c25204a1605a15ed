"""Who stands beside a deed in the sentence and is not struck, asked or told anything by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Mention

_MEANWHILE = frozenset({"as", "while"})
#: What stands before a deed that others answer, and before those who underwent it.
_FOR, _BEFALLS = (
    frozenset({"over", "for", "after", "following"}),
    frozenset({"on", "against", "of", "upon"}),
)
_PRAISE = frozenset({"praise", "honour", "honor", "favour", "favor", "solidarity", "sympathy"})
_PHRASE = frozenset({"amod", "compound", "nmod:poss", "nmod:desc", "flat", "conj", "appos"})
#: First sectors of those who hold people and are no state.
_CAPTORS = frozenset({"REB", "UAF", "CRM", "PRM"})
#: First sectors of those who strike for a state.
_STATES = (("MIL",), ("GOV",))
#: What ends the words that a source at the end of its sentence follows.
_ENDS = frozenset({".", '."', "”", '"', ";", ":", ",", "?", "!"})


def is_untouched(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """Whether nothing is done to somebody who is named as a recipient."""
    tests = (_is_source, _is_of_next_verb, _acts_meanwhile, _is_praised)
    return any(test(mention, draft, syntax) for test in tests)


def _is_source(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Burnt tents, officials and survivors said.": they say so, whatever they were hung on."""
    word, last = mention.last, len(syntax.word)
    if word + 1 >= last or draft.token > word or syntax.tag[word] not in {"VBD", "VBP", "VBZ"}:
        return False
    if syntax.lemma[word] not in syntax.patterns.governors["reporting"]:
        return False
    return syntax.word[word + 1] in _ENDS and not syntax.arguments(word).object


def _is_of_next_verb(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Fired tear gas and arrested ten men", "condemned the raid and promised Chad help": whom the second
    verb has, where the first has its own."""
    verb = draft.token
    if not syntax.is_verb(verb):
        return False
    word = mention.head
    while syntax.dep[word] == "conj" and syntax.is_noun(syntax.head[word]):
        word = syntax.head[word]
    other = syntax.head[word]
    own = [kid for kid in syntax.kids[verb] if syntax.dep[kid] == "obj"]
    return (
        syntax.dep[word] in {"obj", "iobj"}
        and other > verb
        and syntax.dep[other] == "conj"
        and syntax.head[other] == verb
        and any(kid < other and mention.head not in syntax.subtree(kid) for kid in own)
    )


def _acts_meanwhile(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Demanded that Oman withdraw, as thousands of people marched": what they did is told beside it."""
    word = mention.head
    while syntax.dep[word] in {"conj", "nmod"} and syntax.head[word] != word:
        word = syntax.head[word]
    verb = syntax.head[word]
    return (
        syntax.dep[word] == "nsubj"
        and syntax.dep[verb] == "advcl"
        and syntax.head[verb] == draft.token
        and bool(syntax.marks(verb) & _MEANWHILE)
        and draft.type in syntax.patterns.types("unsaid")
    )


def _is_praised(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Marched in praise of Chad", "rallied in support of the king": nobody protests against whom he backs."""
    if draft.type != syntax.patterns.settings.get("rallies"):
        return False
    word = syntax.first_joined(mention.head)
    noun = syntax.head[word]
    return (
        bool({"of", "for", "with"} & set(syntax.prepositions(word)))
        and syntax.lemma[noun] in syntax.patterns.lists["rallied_for"] | _PRAISE
        and "in" in syntax.prepositions(noun)
    )


def is_let_go(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Demanded that 300 prisoners be freed": they are not asked to do it."""
    if draft.type != "REQUEST":
        return False
    word = syntax.first_joined(mention.head)
    verb = syntax.head[word]
    return (
        syntax.dep[word] == "nsubj:pass"
        and syntax.head[verb] == draft.token
        and syntax.lemma[verb] in syntax.patterns.lists["lets_go"]
    )


def struck_before(draft: Draft, drafts: Sequence[Draft], syntax: Syntax) -> set[str]:
    """Whom the deeds told before were done to, where one speaks of such a deed ("condemned the murder"): nobody
    condemns them."""
    lists = syntax.patterns.lists
    if draft.type not in syntax.patterns.types("not_of_victims") or not syntax.is_verb(draft.token):
        return set()
    objects = {syntax.lemma[noun] for noun in syntax.arguments(draft.token).object}
    if not objects & (lists["undergone"] | lists["violence_noun"]):
        return set()
    types = syntax.patterns.types("struck_or_held")
    before = [one for one in drafts if one.type in types and one.token < draft.token]
    acting = {mention.entity for one in before for mention in one.actors}
    struck = {mention.entity for one in before for mention in one.recipients}
    return struck - acting


def is_of_apposition(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "The council, a body of exiled lawmakers, demanded": they are named for what it is."""
    return syntax.tag[mention.head] == "NNS" and any(
        syntax.dep[kid] == "appos" and mention.head in syntax.subtree(kid)
        for actor in draft.actors for kid in syntax.kids[actor.head]
    )  # fmt: skip


def is_blamed_on(draft: Draft, syntax: Syntax) -> bool:
    """ "Attacks on deputies blamed on a gang": nobody need be told who says so, and no deputy does."""
    word = draft.token
    return (
        syntax.lemma[word] == "blame"
        and syntax.tag[word] == "VBN"
        and syntax.dep[word] == "acl"
        and "on" in syntax.arguments(word).oblique
    )


def head_of_phrase(word: int, syntax: Syntax) -> int:
    """The noun that a word stands in the phrase of: "soldiers" for "Omani" in "two Omani soldiers"."""
    while syntax.dep[word] in _PHRASE and syntax.head[word] != word:
        word = syntax.head[word]
    return word


def is_own_people(mention: Mention, syntax: Syntax) -> bool:
    """ "Told their citizens to leave Chad": whose people they are is who tells them."""
    people = syntax.patterns.lists["civilian"]
    return syntax.tag[mention.first] == "PRP$" and syntax.lemma[mention.head] in people


def is_avenged(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Threatened strikes over attacks on Christians", "marched in response to the killing of a farmer": who
    underwent what is answered is not who is threatened."""
    if draft.type not in syntax.patterns.types("not_of_victims"):
        return False
    word, lists = head_of_phrase(mention.head, syntax), syntax.patterns.lists
    deed = syntax.first_joined(syntax.head[word])
    if deed in (word, draft.token) or not _BEFALLS & set(syntax.prepositions(word)):
        return False
    if syntax.lemma[syntax.head[word]] not in lists["violence_noun"] | lists["undergone"]:
        return False
    response = syntax.lemma[syntax.head[deed]] in lists["responses"]
    return response or bool(_FOR & set(syntax.prepositions(deed)))


def is_captor(mention: Mention, draft: Draft, syntax: Syntax, sectors: Sequence[str]) -> bool:
    """ "Welcomed the release of two nuns by gunmen": nobody speaks up for those who held them."""
    if draft.type != "SUPPORT" or not sectors or sectors[0] not in _CAPTORS:
        return False
    word = syntax.first_joined(mention.head)
    deed = syntax.head[word]
    if syntax.dep[deed].startswith("acl") and "by" in syntax.prepositions(word):
        deed = syntax.head[syntax.head[deed]]  # "the release of two nuns held by gunmen"
    freed = syntax.lemma[deed] in syntax.patterns.lists["set_free"]
    return freed and "by" in syntax.prepositions(word) and syntax.dep[deed] == "obj"


def is_at_home(mention: Mention, draft: Draft, syntax: Syntax, index: EntityIndex) -> bool:
    """Whether a harm that a state tells to do to others would be done at home: "the army shot down two of them";
    rebels strike there."""
    entities = [index.entity(actor) for actor in draft.actors]
    if not all(one.kind == "state" or one.sectors[:1] in _STATES for one in entities):
        return False
    acting, told = index.countries(draft.actors), index.countries(draft.recipients)
    if draft.type not in syntax.patterns.types("struck") or not told or not acting:
        return False
    return acting.isdisjoint(told) and index.countries([mention]) <= acting
