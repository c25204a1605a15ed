"""Words that point back: pronouns, descriptions ("the bloc"), collectives ("both sides")."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dragoman.entities.mentions import PLURAL_TAGS, Draft
from dragoman.entities.tables import PhraseTable, rows_of
from dragoman.entities.tables import words as word_lists
from dragoman.lexicon.names import pieces
from dragoman.lexicon.words import FORMS

if TYPE_CHECKING:
    from dragoman.entities.words import Words

# form, gender, number of what a pronoun stands for
PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("person", "male", "singular")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("person", "female", "singular")),
    **dict.fromkeys(("it", "its", "itself"), ("thing", "", "singular")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), ("any", "", "plural")),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), ("speaker", "", "singular")),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), ("speakers", "", "plural")),
    **dict.fromkeys(("you", "your", "yours", "yourself"), ("hearer", "", "")),
}  # fmt: skip
RELATIVES = frozenset({"who", "whom", "whose", "which", "that"})
TWO = frozenset({"two", "both", "three", "four", "five", "all"})
EACH = ("collective", "sides")  # of which "each" means both
ONE_BY_ONE = frozenset({"each", "neither"})  # of those who act together
PAIRS = frozenset({*ONE_BY_ONE, "both", "two", "three", "four", "five", "six", "pair", "duo"})
ENDS = {"former": "first", "latter": "last"}  # which of two named together
ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "nmod:poss"})
BACK = frozenset({"the", "this", "that", "these", "those", "both", "its", "his", "her", "their"})


@lru_cache(maxsize=1)
def descriptions() -> dict[str, PhraseTable]:
    """Descriptions by number: "one" for a single thing, "many" for collectives.

    Raises:
        DataError: a row of ``descriptions.tsv`` has an unknown form.
    """
    tables = {"one": PhraseTable(), "many": PhraseTable()}
    for row in rows_of("descriptions.tsv", "phrase", "form", "what"):
        form = row.one_of("form", FORMS)
        tables["many" if form == "collective" else "one"].add(row["phrase"], (form, row["what"]))
    return tables


@lru_cache(maxsize=1)
def description_heads() -> frozenset[str]:
    """Last words of all descriptions: of most nouns it is known at once that they describe nobody."""
    return frozenset(
        " ".join(key).split(" ")[-1] for table in descriptions().values() for key in table
    )


def pronoun(words: Words, place: int) -> Draft | None:
    """The draft of a personal or relative pronoun, None for other words."""
    word, tag = words.lowers[place], words.tags[place]
    held = PRONOUNS.get(word)
    if held is not None and tag in ("PRP", "PRP$", "NNP", "CD", "FW"):
        if tag not in ("PRP", "PRP$") or words.deps[place] == "expl":
            return None
        form, gender, number = held
        return Draft(place, place + 1, place, "pronoun", gender=gender, number=number,
                     form=form, key=word)  # fmt: skip
    if word in RELATIVES and tag in ("WP", "WP$", "WDT"):
        return Draft(place, place + 1, place, "pronoun", form="relative", key=word)
    return None


@lru_cache(maxsize=20_000)
def singular(text: str, tag: str) -> str:
    """A word in the singular, small letters, by its tag."""
    word = " ".join(pieces(text))
    if tag in PLURAL_TAGS:
        if word.endswith("ies"):
            return word[:-3] + "y"
        return word[:-1] if word.endswith("s") else "man" if word == "men" else word
    return word


def description(words: Words, place: int, plain: bool) -> Draft | None:
    """The draft of a noun phrase that describes without naming, None for other phrases.

    Args:
        words: the words of the story.
        place: the head of the phrase.
        plain: whether the head is no role: of roles, only counted ones ("the two leaders") and
            those that mean one actor ("the former Soviet republic") are descriptions.
    """
    texts, tags, lowers = words.texts, words.tags, words.lowers
    head = singular(texts[place], tags[place])
    if head not in description_heads():
        return None
    first, last = words.phrase_first(place), words.phrase_last(place)
    before = [singular(texts[at], tags[at]) for at in range(first, place) if not words.points[at]]
    phrase = [word for word in before if word] + [head]
    lead = lowers[first]
    if words.deps[first] == "cc:preconj":  # "both to the powers and …"
        return None
    each = lead == "each" and descriptions()["many"].get(head) == EACH
    plural = tags[place] in PLURAL_TAGS or lead == "both" or each
    owners = [x for x in words.kids[place] if x < place and words.deps[x] == "nmod:poss"]
    opens = {lowers[words.phrase_first(x)] for x in owners}
    opens |= {lowers[kid] for kid in words.kids[place] if words.deps[kid] == "det"}
    owned = bool(owners) and opens.isdisjoint(("a", "an"))  # "a miners' group" is a new one
    table = descriptions()["many" if plural else "one"]
    found = None
    for start in range(len(phrase)):
        found = table.get(" ".join(phrase[start:]))
        if found is not None:
            break
    if found is None and lowers[place] == "west" and lead == "the":
        if texts[place][:1].isupper() or _acts(words, place):
            found = descriptions()["many"].get("west")
    if found is None:
        return None
    assert isinstance(found, tuple)
    form, what = found
    if what.startswith("whole:"):  # "Iran's supreme national security council" is another
        if start > (phrase[0] in BACK) or _told(words, place):
            return None
        what = what.replace("whole:", "among:")
    known = what.startswith(("known:", "among:", "of:"))
    if not known and any(tag in ("NNP", "NNPS") for tag in tags[first:place]):
        return None  # "the Mercosur bloc" has a name
    numbered = any(word in TWO for word in phrase[:-1]) or lead in TWO or each
    numbered = numbered or phrase == ["the", "side"]
    if (
        plural
        and len(phrase) == 2
        and lead == "the"
        and words.texts[place + 1 : place + 2] == [":"]
    ):
        numbered = True  # "The Ministers:" over a list of what they agreed
    if (
        phrase == ["the", "party"] and plural
    ):  # of talks, where no story speaks of a political party
        numbered = "party" not in lowers
    if plural and not known:
        back = lead in (*BACK, "all") or each
        placed = (form, what) == EACH and _placed(words, place)
        if placed or not (numbered and back and not _told(words, place)):
            return None  # "two countries", "the two leaders of the group" are new
    if not plural and not known and (not plain or (lead not in BACK and not owned)):
        return None
    return Draft(first, last, place, "description", number="plural" if plural else "singular",
                 form=form, definite=True, key=what, name=words.text(first, last))  # fmt: skip


def western(words: Words, place: int) -> Draft | None:
    """The draft of a small "western" before what states do ("western criticism of Chad"), None before others."""
    noun = words.above[place]
    if words.deps[place] != "amod" or noun < place or words.texts[place] != "western":
        return None
    if words.lemmas[noun] not in word_lists()["of the west"]:
        return None
    return Draft(place, place + 1, place, "description", number="plural", form="collective",
                 definite=True, key="known:west", name=words.texts[place])  # fmt: skip


def _acts(words: Words, place: int) -> bool:
    """Whether a small "the west" does, says or undergoes what states do: no part of a land."""
    dep, above = words.deps[place], words.above[place]
    told = [kid for kid in words.kids[place] if words.deps[kid] in ("nmod", "acl:relcl")]
    if told or words.phrase_first(place) != place - 1:
        return False  # "the west of the country"
    if dep in ("nmod:poss", "obl:agent"):
        return True
    if dep == "nsubj":
        return (
            words.tags[above].startswith("VB")
            and words.lemmas[above] not in word_lists()["of land"]
        )
    if dep in ("obj", "iobj"):
        return words.lemmas[above] in word_lists()["to a state"]
    return dep in ("obl", "nmod") and words.preposition_of(place) in ("with", "against")


def _placed(words: Words, place: int) -> bool:
    """Whether a noun is of where a name says: "all parties in Yemen"."""
    return any(
        kid > place and words.tags[kid] == "NNP" and words.preposition_of(kid) == "in"
        for kid in words.kids[place]
    )


def pair(words: Words, place: int) -> Draft | None:
    """The draft of "both", "the two", "the four" and "the pair" where no noun follows, None for other words."""
    word = words.lowers[place]
    if word in ONE_BY_ONE:
        return one_by_one(words, place)
    first = place - (word != "both")
    alone = words.deps[place] in ARGUMENTS and not any(
        kid > place and words.deps[kid] in ("nmod", "flat", "conj") for kid in words.kids[place]
    )
    leads = ("the", "all") if word in TWO else ("the",)
    if not alone or (word != "both" and (first < 0 or words.lowers[first] not in leads)):
        return None
    key = "persons" if word in ("pair", "duo") else EACH[1]
    return Draft(first, place + 1, place, "description", number="plural", form=EACH[0],
                 definite=True, key=key, name=words.text(first, place + 1))  # fmt: skip


def one_by_one(words: Words, place: int) -> Draft | None:
    """The draft of "each" and "neither" as subjects: "Each recalled its envoy"; None for others."""
    if words.deps[place] not in ("nsubj", "nsubj:pass") or words.above[place] < place:
        return None
    if any(kid > place for kid in words.kids[place]):
        return None
    return Draft(place, place + 1, place, "description", number="plural", form=EACH[0],
                 definite=True, key="joined", name=words.texts[place])  # fmt: skip


def one_of_two(words: Words, place: int) -> Draft | None:
    """The draft of "the latter" and "the former" where no noun follows, None for other words."""
    end = ENDS.get(words.lowers[place])
    if end is None or place == 0 or words.lowers[place - 1] != "the":
        return None
    if words.deps[place] not in ARGUMENTS:
        return None  # "the former president"
    return Draft(place - 1, place + 1, place, "description", form="one", definite=True,
                 key=f"end:{end}", name=words.text(place - 1, place + 1))  # fmt: skip


def of_age(words: Words, place: int) -> Draft | None:
    """The draft of "the 44-year-old", where no noun follows and it is a subject; None for others."""
    first = place - 5
    if first < 0 or words.lowers[first] != "the" or words.lowers[place - 2] != "year":
        return None
    if (
        words.deps[place] not in ("nsubj", "nsubj:pass", "ROOT")
        or not words.lowers[first + 1].isdigit()
    ):
        return None
    return Draft(first, place + 1, place, "unnamed", form="person", definite=True, key="aged",
                 name=words.text(first, place + 1))  # fmt: skip


def _told(words: Words, place: int) -> bool:
    """Whether an "of" behind a noun says who is meant ("both sides of the border")."""
    return any(
        kid > place
        and words.deps[kid] == "nmod"
        and any(words.lowers[inner] == "of" for inner in words.kids[kid])
        for kid in words.kids[place]
    )
