"""Phrases without a name that a role heads: bodies, groups, office holders, unnamed people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.besides import from_elsewhere, is_thing, over_against, works_there
from dragoman.entities.identity import identify, with_country
from dragoman.entities.joint import several_states
from dragoman.entities.mentions import FORMS, PLURAL_TAGS, Draft
from dragoman.entities.pointers import descriptions
from dragoman.entities.resolve import slug
from dragoman.entities.titles import title_gender

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.entities.phrase import Reading
    from dragoman.entities.scan import Item
    from dragoman.entities.story_phrases import Phrase, StoryPhrases
    from dragoman.entities.tables import Role

POINTING = frozenset(
    {"the", "this", "that", "these", "those", "its", "his", "her", "their", "both"}
)
ADDRESSED = frozenset({"nsubj", "nsubj:pass", "ROOT", "appos", "vocative"})
OWNERS = frozenset({"my", "our", "your", "his", "her", "their"})
_ON_FOOT = ("REB",)
PERSONAL = frozenset({"person", "people"})


def role_draft(phrases: StoryPhrases, phrase: Phrase, reading: Reading) -> Draft | None:
    """The draft of a body, a group, an unnamed person or an office holder; None for nobody.

    Args:
        phrase: the phrase; one that goes on in its complements is told to end there.
        reading: what the items of the phrase tell, a role among it.
    """
    role, head_item = reading.role, phrases.at.get(phrase.head)
    head_role = head_item.role if head_item is not None and head_item.role else role
    assert role is not None and head_role is not None
    unknown = reading.sectors[:1] in ((), ("UNK",)) and not reading.country
    if role.kind == "other" or (unknown and head_role.kind == "body"):
        return None
    if head_role.priority <= 1 or head_role.kind in ("body", "person"):
        phrase.last = phrases.end_with(phrase)
    if means_nobody(phrases, phrase, head_role, reading):
        return None
    words, lists, first, last = phrases.words, phrases.lists, phrase.first, phrase.last
    plural = (
        words.tags[phrase.head] in PLURAL_TAGS
        or head_role.plural
        or (head_role.kind == "people" and is_collective(head_role, lists))
    )
    walks = not plural or carries_bomb(phrases, phrase)
    if head_role.phrase in lists["on foot"] and walks and reading.located != "own":
        if lists["flying"].isdisjoint(words.lowers[first : phrase.head]):
            reading = reading._replace(sectors=_ON_FOOT)  # "a bomber struck the mosque"
    draft = Draft(first, last, phrase.head, "unnamed", reading=reading,
                  number="plural" if plural else "singular",
                  definite=words.lowers[first] in POINTING, key=slug(head_role.phrase),
                  items=tuple(phrase.core))  # fmt: skip
    draft.form = form_of_role(head_role, draft.number, lists)
    owns = words.deps[phrase.head] == "nmod:poss" and words.lowers[first] in ("a", "an") and plural
    end = words.above[phrase.head] + 1 if owns else last  # "a miners' group"
    draft.name = words.text(first, end)
    draft.gender = title_gender(words.lowers[first:last], lists)
    draft.role = head_role
    settle(phrases, phrase, draft)
    return draft


def carries_bomb(phrases: StoryPhrases, phrase: Phrase) -> bool:
    """Whether bombers are people: "two female bombers", "two bombers blew themselves up"."""
    words, lists = phrases.words, phrases.lists
    if not lists["walking"].isdisjoint(words.lowers[phrase.first : phrase.head]):
        return True
    verb = words.above[phrase.head]
    return words.lemmas[verb].lower() in lists["sets off"] and any(
        words.lowers[kid] == "themselves" for kid in words.kids[verb]
    )


def means_nobody(phrases: StoryPhrases, phrase: Phrase, role: Role, reading: Reading) -> bool:
    """Whether a phrase of a role speaks of nobody: "no one", "the banks of", "in their court"."""
    lists, first = phrases.lists, phrase.first
    lead = phrases.words.lowers[first]
    if lead == "no" and (role.priority == 0 or not reading.country):
        return True  # "no further NATO movement", "no civilians"
    if role.phrase in lists["nobody"] or is_thing(phrases, phrase, role):
        return True
    if lead in ("a", "an") and role.phrase in lists["not yet told"]:
        return True
    if role.phrase in lists["deed"] and not reading.country:
        return True  # "air strikes hit the town"
    if first == phrase.head and phrase.last == first + 1:
        if role.phrase in lists["bare"]:
            return True  # "weighs force"
        if bare_one(phrases, first, role):
            return True  # "attack, fighter and bomber aircraft", "as commander"
    # "the ball is in their court"
    return lead in OWNERS and phrase.last == first + 2 and role.phrase in lists["owned"]


def bare_one(phrases: StoryPhrases, place: int, role: Role) -> bool:
    """Whether a word for one person stands without article where it means nobody."""
    return (
        phrases.words.tags[place] == "NN"
        and phrases.tokens[place].islower()
        and role.kind in PERSONAL
        and not role.plural
        and not is_collective(role, phrases.lists)
        and role.phrase not in phrases.lists["groupword"]
        and phrases.words.deps[place] not in ADDRESSED
    )


def settle(phrases: StoryPhrases, phrase: Phrase, draft: Draft) -> None:
    """Give the draft of a role its id, by the states and complements of its phrase."""
    reading = draft.reading
    assert reading is not None
    if draft.number == "plural" and several_states(
        draft, phrase.core, listed(phrases, phrase), phrases.doc, phrases.scanner
    ):
        return
    if reading.located == "complement" and (
        from_elsewhere(phrases, draft) or works_there(phrases, phrase, draft)
    ):
        draft.reading = with_country(reading, "", "")
    draft.speaks_for = organisations(phrases, phrase)
    if not over_against(phrases, phrase, draft):
        identify(draft, phrases.scanner)
        of_somebody(phrases, phrase, draft)


def of_somebody(phrases: StoryPhrases, phrase: Phrase, draft: Draft) -> None:
    """Tell the followers of one man from those of another: "Moll's supporters", "supporters of Holm"."""
    role, reading = draft.role, draft.reading
    if role is None or reading is None or draft.entity != f"{reading.country}-{draft.key}":
        return
    if role.phrase not in phrases.lists["of a person"]:
        return
    items = [*phrase.core, *(item for tail in phrase.tails[:1] for item in phrases.tail_of(tail))]
    people = [x.entry.id for x in items if x.entry is not None and x.entry.kind == "person"]
    if people:
        draft.entity = f"{people[0]}-{draft.key}"


def listed(phrases: StoryPhrases, phrase: Phrase) -> list[Item]:
    """The states that a complement lists ("courts in Mali, Niger and Chad")."""
    if not phrase.tails:
        return []
    tail = phrase.tails[0]
    items = [phrases.at.get(head) for head in (tail, *(t.i for t in phrases.doc[tail].conjuncts))]
    return [item for item in items if item is not None and item.is_state and item.country]


def organisations(phrases: StoryPhrases, phrase: Phrase) -> tuple[str, ...]:
    """Ids of organisations and groups in the complements of a phrase ("chair of the OSCE")."""
    edges, last = phrases.words.edges, phrases.words.last
    items = [item for tail in phrase.tails for item in phrases.between(edges[tail], last[tail] + 1)]
    entries = [item.entry for item in items if item.entry is not None]
    return tuple(entry.id for entry in entries if FORMS[entry.kind] in ("organisation", "group"))


def is_collective(role: Role, lists: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word in the singular means several people ("police", "military")."""
    return slug(role.phrase) in lists["collective"]


def form_of_role(role: Role, number: str, lists: Mapping[str, frozenset[str]]) -> str:
    """What a phrase of a role may stand for, as in ``Draft.form``."""
    if role.kind == "body":
        return "organisation"
    if number == "plural":
        return "people"
    if role.phrase in lists["groupword"]:
        return "group"
    return "person"


def is_title(phrases: StoryPhrases, place: int, last: int) -> bool:
    """Whether a role is the title of the name right after it ("President" of "Vladimir Putin")."""
    item = phrases.at.get(place)
    if item is None or item.role is None or item.role.kind not in PERSONAL:
        return False
    after = phrases.at.get(last)
    entry = after.entry if after is not None and after.first == last else None
    return entry is not None and entry.kind == "person"


# those who act in a compound


def acts_in(phrases: StoryPhrases, place: int, item: Item) -> bool:
    """Whether a body does what the noun after it tells: "a police crackdown"."""
    words, above = phrases.words, phrases.words.above[place]
    if words.deps[place] not in ("compound", "amod") or item.role is None or above <= place:
        return False
    if item.role.phrase not in phrases.lists["acts in compound"]:
        return False
    if words.tags[above] not in ("NN", "NNS"):
        return False
    held = phrases.at.get(above)
    return held is None or (held.role is not None and held.role.kind == "other")


def compound_draft(phrases: StoryPhrases, place: int, item: Item) -> Draft | None:
    """The mention of a body before what it does: "government" in "a government offensive".

    One without a role of its own is whom the story means by the word: "a coalition strike".
    """
    role = item.role
    assert role is not None
    told = descriptions()["one"].get(role.phrase)
    if isinstance(told, tuple):  # whom the story means by it, or nobody
        return Draft(item.first, item.last, place, "description", form=told[0], definite=True,
                     key=told[1].replace("whole:", "among:"), name=phrases.words.texts[place])  # fmt: skip
    before = phrases.at.get(item.first - 1)
    core = [before, item] if before is not None and before.is_state else [item]
    reading = phrases.read(core, item.last)
    if reading is None:
        return None
    number = "plural" if is_collective(role, phrases.lists) else "singular"
    draft = Draft(core[0].first, item.last, place, "unnamed", reading=reading, number=number,
                  key=slug(role.phrase), items=tuple(core), role=role)  # fmt: skip
    draft.form = form_of_role(role, number, phrases.lists)
    draft.name = phrases.words.text(draft.first, draft.last)
    identify(draft, phrases.scanner)
    return draft
