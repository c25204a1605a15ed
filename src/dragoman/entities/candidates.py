"""Every noun phrase and pronoun of a story as rows of numbers: what the linking model reads.

Names and roles of the lexicon are a small part of what a story speaks of again; "the pact … it"
has to be seen as well, if only to keep "it" from a state.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.entities.clauses import Clauses
from dragoman.entities.mentions import NOMINAL_TAGS, PLURAL_TAGS
from dragoman.entities.pointers import PRONOUNS
from dragoman.entities.tables import first_names
from dragoman.language.embedding import PieceTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from dragoman.entities.mentions import Draft
    from dragoman.entities.words import Words

#: What a mention is by its words.
SORTS = ("i", "we", "you", "he", "she", "it", "they", "demonstrative", "name", "definite",
         "indefinite", "bare")  # fmt: skip
ROLES = (
    "subject",
    "passive",
    "object",
    "oblique",
    "owner",
    "compound",
    "apposition",
    "root",
    "other",
)
NUMBERS = ("", "singular", "plural")
GENDERS = ("", "male", "female")
FORMS = ("", "person", "people", "state", "organisation", "group", "place", "other")
DETERMINERS = ("", "the", "this", "a", "owner", "number", "no")
FIRST, SECOND = frozenset({"speaker", "speakers"}), frozenset({"hearer"})

ROLE_OF = {
    "nsubj": "subject", "nsubj:outer": "subject", "nsubj:pass": "passive", "obj": "object",
    "iobj": "object", "obl": "oblique", "obl:agent": "oblique", "nmod": "oblique",
    "nmod:poss": "owner", "compound": "compound", "appos": "apposition", "ROOT": "root",
}  # fmt: skip
THIS = frozenset({"this", "that", "these", "those", "such"})
ANY = frozenset({"a", "an", "some", "another", "any", "every", "each", "many", "several", "few"})
NO = frozenset({"no", "neither"})
SORT_OF_PRONOUN = {"speaker": "i", "speakers": "we", "hearer": "you", "thing": "it", "any": "they"}
MODIFIERS = frozenset({"amod", "compound", "nummod", "flat", "nmod:poss", "nmod:desc"})
NOUN_PHRASES = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "obj", "iobj", "obl", "obl:agent"})
POINTING_TAGS = frozenset({"DT", "CD", "PDT"})
MENTION_TAGS = NOMINAL_TAGS | POINTING_TAGS | {"PRP", "PRP$"}  # of heads, where no draft is known
SORT_NUMBERS, NUMBER_NUMBERS, GENDER_NUMBERS, FORM_NUMBERS, DETERMINER_NUMBERS = (
    {key: number for number, key in enumerate(keys)}
    for keys in (SORTS, NUMBERS, GENDERS, FORMS, DETERMINERS)
)
ROLE_NUMBERS = {dep: ROLES.index(role) for dep, role in ROLE_OF.items()}
OTHER_ROLE = ROLES.index("other")
NAME = SORTS.index("name")  # the sorts after it are common nouns
STATE = 384  # numbers of an encoder's state
COLUMNS = ("heads", "firsts", "sort", "role", "number", "gender", "form", "determiner", "sentence",
           "paragraph", "inside", "lemma", "text", "opening", "entity", "country", "governor",
           "last", "subject", "upper", "reported", "main", "question", "initials")  # fmt: skip


@dataclass(slots=True)
class Candidates:
    """The phrases of one story in text order; every array has one row a phrase.

    Args:
        heads: token index of the head.
        firsts: index of the phrase's first word before the head.
        sort, role, number, gender, form, determiner: indices into the tables above.
        sentence, paragraph: numbers.
        inside: 1 within quotation marks.
        lemma: number of the head's lemma (names: of the last word in small letters).
        text: number of the phrase's words without its determiner.
        opening: number of a name's first word.
        words: numbers of the modifiers, as sets.
        entity: number of the entity the words alone decide, −1 where they do not.
        country: number of the country the words tell, −1 for none.
        speaker: row of whoever speaks the quotation or reported speech it stands in, −1 for none.
        governor: token index of the head's head.
        last: token index of the last word under the head.
        subject, upper: token index of the subject of its clause, and of the clause above; −1.
        reported: 1 where the clause above reports speech ("said that …").
        main: 1 for the subject of a sentence's main verb.
        question: 1 in a sentence with a question mark.
        initials: number of a name's initials ("WHO" of "World Health Organisation"), −1.
        states: (rows, 384) what the encoder knows of the head, zeros where there is no encoder.
        nouns: common nouns in small letters, "" for names and pronouns.
    """

    heads: NDArray[np.int32]
    firsts: NDArray[np.int32]
    sort: NDArray[np.int32]
    role: NDArray[np.int32]
    number: NDArray[np.int32]
    gender: NDArray[np.int32]
    form: NDArray[np.int32]
    determiner: NDArray[np.int32]
    sentence: NDArray[np.int32]
    paragraph: NDArray[np.int32]
    inside: NDArray[np.int32]
    lemma: NDArray[np.int32]
    text: NDArray[np.int32]
    opening: NDArray[np.int32]
    words: list[frozenset[int]]
    entity: NDArray[np.int32]
    country: NDArray[np.int32]
    speaker: NDArray[np.int32]
    governor: NDArray[np.int32]
    last: NDArray[np.int32]
    subject: NDArray[np.int32]
    upper: NDArray[np.int32]
    reported: NDArray[np.int32]
    main: NDArray[np.int32]
    question: NDArray[np.int32]
    initials: NDArray[np.int32]
    states: NDArray[np.float32]
    nouns: list[str]

    def __len__(self) -> int:
        return len(self.heads)


def numbers() -> defaultdict[str, int]:
    """A number for every key, in the order they are asked for."""
    return defaultdict(count().__next__)


class Gatherer:
    """Collects the candidates of one story.

    Args:
        doc: the parsed story.
        words: its words as lists.
        by_head: the longest draft of every head.
        sentence: number of the sentence of every token.
        speech: lemmas of verbs of saying.
    """

    def __init__(
        self,
        doc: Doc,
        words: Words,
        by_head: Mapping[int, Draft],
        sentence: Sequence[int],
        speech: frozenset[str],
    ) -> None:
        self.doc = doc
        self.words = words
        self.by_head = by_head
        self.sentence = sentence
        self.tags, self.deps, self.lemmas = words.tags, words.deps, words.lemmas
        self.lowers, self.above, self.kids = words.lowers, words.above, words.kids
        self.clauses = Clauses(words, speech)
        self.ents = {place: ent.start for ent in words.ents for place in range(ent.start, ent.end)}

    def gather(self) -> Candidates:
        """All candidates of the story."""
        heads = [
            place for place, tag in enumerate(self.tags)
            if (tag in MENTION_TAGS or place in self.by_head) and self.is_mention(place)
        ]  # fmt: skip
        lemma, text, entity, country = numbers(), numbers(), numbers(), numbers()
        inside, paragraphs = self.words.quoted, self.words.paragraphs
        deps, lowers, lemmas, above = self.deps, self.lowers, self.lemmas, self.above
        sentence, last, clauses = self.sentence, self.words.last, self.clauses.around
        rows: list[int] = []  # all cells, row after row
        words = []
        nothing = frozenset[int]()
        questions = {sentence[place] for place, low in enumerate(lowers) if low == "?"}
        for place in heads:
            draft = self.by_head.get(place)
            determiner, own = self.modifiers(place)
            sort, number, gender = self.looks(place, draft, determiner)
            named = sort == "name"
            reading, form, told, land = None, 0, -1, -1
            if draft is not None:
                form = FORM_NUMBERS.get(draft.form, 0)
                reading = draft.reading
            if own:
                parts = sorted([*own, place])
                words.append(
                    frozenset([lemma[lemmas[kid]] for kid in own if deps[kid] != "nmod:poss"])
                )
                first, whole = parts[0], " ".join([lowers[part] for part in parts])
            else:
                parts, first, whole = [place], place, lowers[place]
                words.append(nothing)
            key = lemma[lowers[parts[-1]] if named else lemmas[place]]
            whole_number, opening = text[whole], lemma[lowers[first]] if named else -1
            if draft is not None and draft.entity:
                told = entity[draft.entity]
            if reading is not None and reading.country:
                land = country[reading.country]
            rows += (
                place, first, SORT_NUMBERS[sort], ROLE_NUMBERS.get(deps[place], OTHER_ROLE),
                NUMBER_NUMBERS[number], GENDER_NUMBERS[gender], form,
                DETERMINER_NUMBERS[determiner], sentence[place], paragraphs[place],
                inside[place], key, whole_number, opening, told, land,
                above[place], last[place], *clauses(place),
                sentence[place] in questions,
                lemma[self.initials(place, parts)] if named else -1,
            )  # fmt: skip
        return self.candidates(heads, rows, words)

    def candidates(
        self, heads: list[int], rows: list[int], words: list[frozenset[int]]
    ) -> Candidates:
        """The cells of all phrases, row after row, as columns, with the encoder's numbers."""
        table = np.frombuffer(array("i", rows), dtype=np.intc).reshape(len(heads), len(COLUMNS))
        columns = np.ascontiguousarray(table.T, dtype=np.int32)
        states = self.doc.user_data.get("states")
        return Candidates(
            **dict(zip(COLUMNS, columns, strict=True)),
            words=words,
            speaker=self.speakers(heads),
            states=(
                states[table[:, 0]].astype(np.float32)
                if states is not None
                else np.zeros((len(heads), STATE), dtype=np.float32)
            ),
            nouns=[
                self.lowers[place] if sort > NAME else ""
                for place, sort in zip(heads, columns[2].tolist(), strict=True)
            ],
        )

    # one phrase

    def is_mention(self, place: int) -> bool:
        """Whether a token heads a phrase that can be spoken of again."""
        tag, dep = self.tags[place], self.deps[place]
        if place in self.by_head:
            draft = self.by_head[place]
            return draft.form != "relative"
        if tag in ("PRP", "PRP$"):
            return dep != "expl" and self.lowers[place] in PRONOUNS
        if tag in NOMINAL_TAGS:
            if dep in ("flat", "goeswith", "fixed"):
                return False
            if dep in ("compound", "nmod:desc"):
                return (
                    tag in ("NNP", "NNPS")
                    and place in self.ents
                    and self.ents.get(self.above[place]) != self.ents[place]
                )
            return True
        return tag in POINTING_TAGS and dep in NOUN_PHRASES and self.lowers[place] not in NO

    def looks(self, place: int, draft: Draft | None, determiner: str) -> tuple[str, str, str]:
        """Sort, number and gender of a phrase."""
        tag, low = self.tags[place], self.lowers[place]
        if tag in ("PRP", "PRP$") and low in PRONOUNS:
            form, gender, number = PRONOUNS[low]
            sort = SORT_OF_PRONOUN.get(form) or ("he" if gender == "male" else "she")
            return sort, number, gender
        gender = draft.gender if draft is not None else ""
        if draft is not None and draft.kind != "pronoun":
            number = draft.number
        else:
            number = "plural" if tag in PLURAL_TAGS else "singular" if tag in NOMINAL_TAGS else ""
        if tag in POINTING_TAGS:
            return "demonstrative", "plural" if low in ("these", "those") else number, gender
        if tag in ("NNP", "NNPS") or (
            draft is not None and draft.kind in ("name", "title", "adjective")
        ):
            if not gender and place in self.ents:
                gender = first_names().get(self.words.texts[self.ents[place]], "")
            return "name", number, gender
        if determiner in ("the", "this", "owner"):
            return "definite", number, gender
        return ("indefinite" if determiner else "bare"), number, gender

    def modifiers(self, place: int) -> tuple[str, list[int]]:
        """What kind of determiner a phrase has (a key of ``DETERMINERS``), and its modifiers."""
        found, owner = "", False
        own: list[int] = []
        for kid in self.kids[place]:
            dep = self.deps[kid]
            if dep in MODIFIERS and (dep == "flat" or place - 6 < kid < place):
                own.append(kid)
            if dep == "nmod:poss":
                owner = True
            elif dep == "det":
                low = self.lowers[kid]
                if low == "the" or low in THIS or low in NO:
                    found = "the" if low == "the" else "this" if low in THIS else "no"
                else:
                    found = found or "a"
            elif not found:
                found = "number" if dep == "nummod" else "a" if self.lowers[kid] in ANY else ""
        return "owner" if owner else found, own

    def initials(self, place: int, parts: list[int]) -> str:
        """The initials of a name of several words, or a name that may be initials."""
        if len(parts) == 1:
            return self.lowers[place].replace(".", "")
        words = [self.words.texts[part] for part in parts if self.deps[part] != "nmod:poss"]
        return "".join(word[0] for word in words if word[:1].isupper()).lower()

    # the whole story

    def speakers(self, heads: list[int]) -> NDArray[np.int32]:
        """The row of whoever says the words a phrase stands in."""
        row = {place: number for number, place in enumerate(heads)}
        found = np.full(len(heads), -1, dtype=np.int32)
        sources: dict[int, int] = {}
        contents: list[tuple[int, int, int]] = []
        for kind, first, last, _, group in self.doc.user_data.get("speech_spans", ()):
            if kind == "SOURCE":
                inner = [place for place in range(first, last) if place in row]
                outer = [p for p in inner if not first <= self.above[p] < last]
                if inner:
                    sources.setdefault(group, row[(outer or inner)[0]])
            elif kind == "CONTENT":
                contents.append((first, last, group))
        for first, last, group in contents:
            if group in sources:
                for place in range(first, last):
                    if place in row:
                        found[row[place]] = sources[group]
        return found


def counts(numbers: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
    """How often each row's number stood before it."""
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    begins = np.flatnonzero(
        np.diff(ordered, prepend=ordered[:1] - 1)
    )  # where each number's rows begin
    sizes = np.diff(begins, append=len(numbers))
    found = np.empty(len(numbers), dtype=np.float32)
    found[order] = np.arange(len(numbers)) - np.repeat(begins, sizes)
    return found


def vectors_of(words: list[str]) -> NDArray[np.float32]:
    """The mean embedding of each word's pieces, zeros for empty words."""
    found = np.zeros((len(words), STATE), dtype=np.float32)
    table = PieceTable.shared()
    rows = [row for row, word in enumerate(words) if word]
    if rows:
        pieces = [table.pieces(words[row]) for row in rows]
        sizes = np.array([len(held) for held in pieces])
        ends = np.cumsum(sizes)
        values = table.rows([piece for held in pieces for piece in held])
        found[rows] = np.add.reduceat(values, ends - sizes, axis=0) / sizes[:, None]
    return found
