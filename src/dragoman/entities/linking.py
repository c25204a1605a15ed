"""Who is spoken of again: the linking model's chances, bound by what the chains already know.

Every phrase of a story belongs to a cluster: that of an entity (its id), or a nameless one (the
number of its first phrase). A phrase joins the cluster with the greatest chance, when that is
great enough; otherwise it opens one of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from dragoman.entities.candidates import DETERMINERS, FORMS, NAME, ROLES
from dragoman.entities.grammar import OBJECTS
from dragoman.entities.linker import KINDS, Links
from dragoman.entities.mentions import Draft
from dragoman.entities.pairs import PRONOUN_SORTS
from dragoman.entities.persons import Persons
from dragoman.entities.tables import words as word_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dragoman.entities.chains import Chain, Chains
    from dragoman.entities.words import Words

#: From which chance a phrase joins a cluster; above it recall falls faster than precision rises.
SURE = 0.50
#: Below which chance of all earlier phrases together a phrase is new without further reckoning.
FAINT = 0.1
#: From which mean chance a nameless cluster is one of people, organisations or places.
SOMEBODY = 0.66
#: The least that is left of the reckoning when impossible chains are taken out of it.
LEAST = 0.05
#: How many times likelier the subject above reported speech is than GUM alone teaches.
TOLD = 4.0
#: How many times likelier the only person of the sentence before is.
NEAR = 6.0
PERSON = FORMS.index("person")
ACTED_ON = frozenset({"him", "her"})
OBJECTS_OF = frozenset(map(ROLES.index, ("object", "oblique")))
#: How words of a name hang on its first or last, and how many such steps are followed.
NAMED_ON, STEPS = frozenset({"flat", "compound", "nmod:desc"}), 8
FORM_OF = {"person": "person", "organization": "organisation", "place": "place"}


class Linking:
    """The clusters of one story while it is read.

    Args:
        words: the words of the story.
        links: what the model says.
        chains: the chains of entities so far; they grow while the story is read.
    """

    def __init__(self, words: Words, links: Links, chains: Chains) -> None:
        self.words = words
        self.links = links
        self.chains = chains
        found = links.found
        self.heads: list[int] = found.heads.tolist()
        self.reported, self.uppers, self.sorts, self.subjects, self.forms = (
            held.tolist()
            for held in (found.reported, found.upper, found.sort, found.subject, found.form)
        )
        self.sentences, self.roles = found.sentence.tolist(), found.role.tolist()
        self.persons = Persons(found)
        self.nobody = (found.determiner == DETERMINERS.index("no")).tolist()
        self.cluster: list[str | int] = list(range(len(links.found)))
        self.chance: dict[int, float] = {}
        self.weighed: tuple[int, dict[str | int, float]] = (-1, {})  # the row weighed last

    def row(self, head: int) -> int | None:
        """The row of the phrase that a token heads."""
        return self.links.rows.get(head)

    def is_new(self, row: int) -> bool:
        """Whether a phrase takes up nothing: not even told speakers could lift it to ``SURE``."""
        return self.links.total[row] < FAINT

    def settle(self, head: int, entity: str) -> None:
        """Put a phrase into the cluster of an entity."""
        row = self.row(head)
        if row is not None:
            self.cluster[row] = entity

    def choose(
        self, row: int, fits: Callable[[Chain], bool], sure: float = SURE
    ) -> tuple[str | int, float] | None:
        """The cluster a phrase joins and the chance of it; None for one of its own.

        Args:
            fits: whether the phrase may stand for a chain; the chances of those it may not are
                taken out of the reckoning.
            sure: the chance from which it joins an entity's cluster.
        """
        if self.is_new(row):
            return None
        mass = self.chances(row, fits)
        self.weighed = row, mass
        if not mass:
            return None
        best = max(mass, key=mass.__getitem__)
        if mass[best] <= (sure if isinstance(best, str) else SURE):
            return None
        self.cluster[row] = best
        self.chance[row] = mass[best]
        return best, mass[best]

    def chances_of(self, row: int, fits: Callable[[Chain], bool]) -> dict[str | int, float]:
        """``chances`` of the phrase that ``choose`` has just left open, weighed once."""
        return self.weighed[1] if self.weighed[0] == row else self.chances(row, fits)

    def chances(self, row: int, fits: Callable[[Chain], bool]) -> dict[str | int, float]:
        """The chance of every cluster that a phrase may join."""
        mass: dict[str | int, float] = defaultdict(float)
        cluster, nobody = self.cluster, self.nobody
        rest = 1.0
        for before, chance in self.links.before(row):
            if nobody[before]:  # "no civilians" are not spoken of again
                rest -= chance
            else:
                mass[cluster[before]] += chance
        barred = self.persons.barred(row, cluster)
        apart = {
            cluster[other]
            for other in (self.owner(row), self.other(row), self.described(row))
            if other is not None
        }
        held = self.chains.held
        for key in list(mass):
            if key in apart:
                rest -= mass.pop(key)
            elif isinstance(key, str):
                chain = held.get(key)
                if chain is None or key in barred or not fits(chain):
                    rest -= mass.pop(key)
        told = self.teller(row)
        if told in mass:
            rest += (TOLD - 1) * mass[told]
            mass[told] *= TOLD
        near = self.only_near(row, mass)
        if near is not None:
            rest += (NEAR - 1) * mass[near]
            mass[near] *= NEAR
        rest = max(rest, LEAST)
        return {key: chance / rest for key, chance in mass.items()}

    def only_near(self, row: int, mass: Mapping[str | int, float]) -> str | int | None:
        """The one person of the sentence before whom a pronoun that is no subject may mean, where its own sentence
        names none: in "called on Moll to leave. Holm warned him" it is Moll."""
        if self.words.lowers[self.heads[row]] not in ACTED_ON or self.roles[row] not in OBJECTS_OF:
            return None
        here, found = self.sentences[row], set()
        for before, _ in self.links.before(row):
            key, back = self.cluster[before], here - self.sentences[before]
            if key not in mass or back > 1 or self.forms[before] != PERSON:
                continue
            if back == 0:
                return None
            found.add(key)
        return found.pop() if len(found) == 1 else None

    def owner(self, row: int) -> int | None:
        """The row of whom a phrase belongs to: "her mother" is not she."""
        if self.sorts[row] < PRONOUN_SORTS:
            return None
        head, deps = self.heads[row], self.words.deps
        for kid in self.words.kids[head]:
            if kid > head:
                break
            if deps[kid] == "nmod:poss":
                return self.row(kid)
        return None

    def other(self, row: int) -> int | None:
        """The row of who says of another what he does: in "the general said the president had fled" they are
        two."""
        if not self.reported[row] or self.sorts[row] <= NAME or self.forms[row] != PERSON:
            return None
        above = self.row(self.uppers[row])
        two = above is not None and above < row and self.forms[above] == PERSON
        return above if two else None

    def described(self, row: int) -> int | None:
        """The row of whom a clause describes whose subject is another: in "Moll, whom he met" he is not Moll."""
        words, head = self.words, self.heads[row]
        verb = words.above[head]
        clause = self.sorts[row] < PRONOUN_SORTS and words.deps[verb] == "acl:relcl"
        if not clause or words.deps[head] != "nsubj" or words.above[verb] > head:
            return None
        noun = words.above[verb]
        opens = [place for place in range(noun, head) if words.lowers[place] in ("whom", "whose")]
        if opens and words.lowers[opens[-1]] == "whose":
            return None
        if opens:  # "at the behest of Moll, whom he met"
            noun = opens[-1] - 1
            for _ in range(STEPS):
                if words.points[noun]:
                    noun -= 1
                elif words.deps[noun] in NAMED_ON:
                    noun = words.above[noun]
        return self.row(noun)

    def teller(self, row: int) -> str | int | None:
        """The cluster of the subject above reported speech, for a pronoun that is subject in it.

        In "Britain demanded that Iran free the ship and said it would …" GUM's interviews and
        travel guides teach too little of this. Who warns somebody may speak of either; somebody's
        lawyer or aide speaks of him.
        """
        if not self.reported[row] or self.sorts[row] >= PRONOUN_SORTS:
            return None
        if self.torn(row):
            return None
        above = self.row(self.uppers[row])
        if above is None:
            return None
        if self.words.lemmas[self.uppers[row]].lower() in word_lists()["serves somebody"]:
            owner = self.owner(above)
            if owner is not None and self.forms[owner] == PERSON:
                return self.cluster[owner]
        return self.cluster[above] if self.subjects[row] < 0 else None

    def torn(self, row: int) -> bool:
        """Whether a phrase stands in what somebody tells somebody else ("warned Mali that it")."""
        if not self.reported[row] or self.uppers[row] < 0:
            return False
        words = self.words
        verb = words.above[self.uppers[row]]
        return any(words.deps[kid] in OBJECTS for kid in words.kids[verb])

    def joined(self, head: int) -> bool:
        """Whether the phrase that a token heads has joined a cluster."""
        row = self.row(head)
        return row is not None and self.cluster[row] != row

    # nameless clusters

    def nameless(self) -> Iterable[list[int]]:
        """Rows of each nameless cluster of people, organisations or places, in text order."""
        groups: dict[int, list[int]] = defaultdict(list)
        for row, key in enumerate(self.cluster):
            if isinstance(key, int):
                groups[key].append(row)
        for rows in groups.values():
            if len(rows) > 1 and self.somebody(rows):
                yield rows

    def somebody(self, rows: list[int]) -> bool:
        """Whether a cluster is likelier one of people, organisations or places than of things."""
        told = sum(sum(self.links.kind_rows[row][:3]) for row in rows)
        return told / len(rows) > SOMEBODY

    def form(self, rows: list[int]) -> str:
        """What a nameless cluster is: person, people, organisation or place."""
        kind = KINDS[int(self.links.kinds[rows, :3].sum(0).argmax())]
        numbers = Counter(self.links.found.number[rows].tolist())
        if kind == "person":
            return "people" if numbers[2] > numbers[1] else "person"
        return FORM_OF[kind]

    def draft(self, row: int, entity: str, form: str) -> Draft:
        """A draft for a phrase that neither lexicon nor tables know."""
        words, head = self.words, int(self.links.found.heads[row])
        first, last = words.phrase_first(head), words.phrase_last(head)
        while first < head and (words.points[first] or words.tags[first] in ("CC", "POS")):
            first += 1
        while last - 1 > head and words.points[last - 1]:
            last -= 1
        found = Draft(first, last, head, "unnamed", entity=entity, form=form,
                      number="plural" if self.links.found.number[row] == 2 else "singular")  # fmt: skip
        found.name = words.text(first, last)
        found.as_place = form == "place"
        found.confidence = round(min(0.95, self.chance.get(row, 0.8)), 2)
        return found
