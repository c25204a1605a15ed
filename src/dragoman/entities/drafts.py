"""Noun phrases to drafts: every mention of a story with what its own words tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.entities.besides import (
    from_elsewhere,
    is_thing,
    neighbours_home,
    over_against,
    works_there,
)
from dragoman.entities.identity import identify, with_country
from dragoman.entities.joint import joint_body, several_states
from dragoman.entities.mentions import PLURAL_TAGS, Draft
from dragoman.entities.metonymy import COMPOUND, is_place
from dragoman.entities.names import StoryNames
from dragoman.entities.phrase import PhraseReader, Reading, office_days
from dragoman.entities.pointers import (
    PAIRS,
    description,
    description_heads,
    descriptions,
    pair,
    pronoun,
    singular,
)
from dragoman.entities.resolve import slug
from dragoman.entities.scan import PEOPLE_HOWS, Item
from dragoman.entities.tables import Role, first_names, homelands
from dragoman.entities.titles import title_gender, title_start
from dragoman.lexicon import Entry

if TYPE_CHECKING:
    from spacy.tokens import Doc

FORMS = {"state": "state", "region": "state", "person": "person", "organisation": "organisation",
         "body": "organisation", "media": "organisation", "group": "group", "place": "place"}  # fmt: skip
POINTING = frozenset(
    {"the", "this", "that", "these", "those", "its", "his", "her", "their", "both"}
)
PLAIN_TAGS = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "PRP$"})  # of no punctuation
STRAY_TAGS = frozenset({"CC", "POS", "TO"})
ADDRESSED = frozenset({"nsubj", "nsubj:pass", "ROOT", "appos", "vocative"})
POINTING_TAGS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT"})
# where a word that is no noun by its tag stands as a noun would ("the displaced")
LOOSE = frozenset(
    {"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "conj", "appos", "ROOT"}
)
FIRMS = frozenset({"organisation", "media"})
OWNERS = frozenset({"my", "our", "your", "his", "her", "their"})


def form_of_entry(entry: Entry) -> str:
    """What an entry of the lexicon is to a story; a people of several states is no state."""
    return "group" if entry.id in homelands() else FORMS[entry.kind]


class DraftMaker:
    """Makes the drafts of one story.

    Args:
        doc: the parsed story.
        reader: puts items together.
        date: ISO day of the story, or None.
        days: ISO days on all of which whoever is meant by an office holds it; None = on ``date``.
    """

    def __init__(
        self, doc: Doc, reader: PhraseReader, date: str | None, days: Sequence[str] | None = None
    ) -> None:
        self.doc = doc
        self.reader = reader
        self.lists = reader.scanner.lists
        self.days = office_days(date) if days is None else days
        self.names = StoryNames(doc, reader, date)
        self.date = self.names.date  # for a story without one, as its words tell
        self.tokens = self.names.tokens
        self.words = self.names.words
        self.stops = self.words.stops
        self.roots: dict[tuple[int, int], int] = {}
        self.drafts: list[Draft] = []
        self.compounds: list[Draft] = []
        self.taken: set[int] = set()  # first tokens of items that head a draft

    def make(self) -> list[Draft]:
        """All drafts, in the order of the text: phrases first, then names nested in them."""
        words, at = self.words, self.names.at
        heads, deps = words.heads, words.deps
        described = description_heads()
        for place, tag in enumerate(words.tags):
            pointer = pronoun(words, place) if tag in POINTING_TAGS else None
            if pointer is not None:
                self.drafts.append(pointer)
                continue
            item = at.get(place)
            if item is None or item.modifier:
                if words.lowers[place] in PAIRS:
                    two = pair(words, place)
                    if two is not None:
                        self.drafts.append(two)
                if not heads[place]:
                    continue
                plain = item is None and not words.runs_on(place)
                if not plain or singular(words.texts[place], tag) in described:
                    self.phrase(place)
            elif place == self.head_of(item) and (heads[place] or deps[place] in LOOSE):
                self.phrase(place)
            elif place == item.last - 1 and self.acts_in(place, item):
                self.compound(place, item)
        for item in self.names.items:
            if (item.names or item.town) and item.first not in self.taken:
                self.nested(item)
            if item.last - item.first > 1 and item.names:
                self.inner_state(item)
        for item in self.names.inner:
            if not self.part_of_name(item):
                self.nested(item)
                self.drafts[-1].as_place = True
        self.drafts.sort(key=lambda draft: (draft.first, -draft.last))
        return self.drafts

    def head_of(self, item: Item) -> int:
        """The word of an item whose relations are the item's."""
        if item.last - item.first == 1:
            return item.first
        root = self.roots.get((item.first, item.last))
        if root is None:
            root = self.words.root_of(item.first, item.last)
            root = root if not self.words.spaces[root] else item.last - 1
            self.roots[item.first, item.last] = root
        return root

    # phrases

    def phrase(self, place: int) -> None:
        """The draft of the phrase that a word heads, when it speaks of somebody."""
        words, at = self.words, self.names.at
        head_item = at.get(place)
        last = words.phrase_last(place)
        if head_item is None and last == place + 1:
            draft = description(words, place, plain=True)
            if draft is not None:
                self.drafts.append(draft)
            return
        first = words.phrase_first(place)
        while last - 1 > place and words.points[last - 1]:
            last -= 1
        if head_item is not None:
            first, last = min(first, head_item.first), max(last, head_item.last)
        at_first = at.get(first)
        if at_first is not None and at_first.last <= place:
            first = min(first, at_first.first)  # "State of Iraq and [the Levant] fighters"
        first = self.with_owner(self.trimmed(first, place))
        if first >= 1 and words.lowers[first] in ("least", "most"):
            first -= words.lowers[first - 1] == "at"  # "at least three people"
        core = self.between(first, last)
        held = head_item is not None and not head_item.modifier
        if not held or (head_item is not None and head_item.role is not None):
            role = head_item.role if head_item is not None else None
            plain = not held or (role is not None and role.priority == 0)
            draft = description(words, place, plain)
            if draft is not None:
                self.drafts.append(draft)
                return
        final = next((item for item in reversed(core) if not item.modifier), None)
        if final is None or not any(item.last > place for item in core if not item.modifier):
            return
        if self.is_title(place, last):
            return
        tails = words.complements(place, last)
        tail = [item for head in tails for item in self.tail_of(head) if item.first >= last]
        reading = self.reader.read(self.tokens, [*core, *tail], last, self.date, days=self.days)
        if reading is None:
            return
        if (
            final.names
            and not final.backer
            and reading.entry is not None
            and reading.how != "office"
        ):
            joint = joint_body(self.doc, first, place, final, core, reading, self.reader.scanner)
            if joint is not None:
                self.drafts.append(joint)
                return
            self.named(place, first, last, final, core, reading)
        elif self.labelled(place, final, core) is not None:
            self.label(place, final, core)
        elif reading.role is not None:
            self.role_phrase(place, first, last, reading, tails, core)

    def tail_of(self, head: int) -> list[Item]:
        """The items of a complement, without those of what it is only set beside or against.

        "Members of the coalition against the group" are none of the group's.
        """
        words = self.words
        first, last = words.edges[head], words.last[head] + 1
        items = self.between(first, last)
        if not items:
            return items
        passed = {
            part.i
            for place in range(head + 1, last)
            if words.deps[place] in ("nmod", "obl")
            and words.preposition_of(place) in self.lists["beside"]
            and self.is_under(place, head)
            for part in self.doc[place].subtree
        }
        return [item for item in items if item.first not in passed] if passed else items

    def is_under(self, place: int, head: int) -> bool:
        """Whether a word stands under another in the tree."""
        above = self.words.above
        while place != head:
            if above[place] == place:
                return False
            place = above[place]
        return True

    def trimmed(self, first: int, head: int) -> int:
        """The start of a phrase without punctuation, conjunctions and stray "'s"."""
        words = self.words
        if words.tags[first] in PLAIN_TAGS:
            return first
        while first < head and (
            words.points[first] or words.tags[first] in STRAY_TAGS or words.spaces[first]
        ):
            first += 1
        return first

    def with_owner(self, first: int) -> int:
        """The start moved to the owner right before it ("Albania 's" + "parliament")."""
        if first >= 2 and self.words.tags[first - 1] == "POS":
            item = self.names.at.get(first - 2)
            if item is not None and item.last == first - 1 and (item.names or item.town):
                return item.first
        return first

    def is_title(self, place: int, last: int) -> bool:
        """Whether a role is the title of the name right after it ("President" of "Vladimir Putin")."""
        item = self.names.at.get(place)
        if item is None or item.role is None or item.role.kind not in ("person", "people"):
            return False
        after = self.names.at.get(last)
        entry = after.entry if after is not None and after.first == last else None
        return entry is not None and entry.kind == "person"

    def between(self, first: int, last: int) -> list[Item]:
        """Items that lie in a token range."""
        found: list[Item] = []
        at, position = self.names.at, first
        while position < last:
            item = at.get(position)
            if item is None:
                position += 1
                continue
            end = item.last
            if item.first >= first and end <= last:
                found.append(item)
            position = end if end > position else position + 1
        return found

    def named(
        self, place: int, first: int, last: int, item: Item, core: list[Item], reading: Reading
    ) -> None:
        """A phrase that ends in a name: title and name, or the name alone."""
        entry = reading.entry
        assert entry is not None
        form = form_of_entry(entry)
        titles: list[Item] = []
        self.taken.add(item.first)
        if form == "person":
            start = title_start(self.words, self.names.at, item.first, self.lists)
            titles = self.between(start, item.first)
            if len(titles) >= len(core) or not any(held.role for held in core):
                reading = self.titled([*titles, item], item)
        else:
            start = item.first
            if start - 1 >= first and self.words.lowers[start - 1] == "the":
                start -= 1
        draft = Draft(start, max(last, item.last) if form == "person" else item.last, place,
                      "title" if start < item.first and form == "person" else "name",
                      entity=entry.id, reading=reading, form=form, name=entry.name,
                      items=tuple(titles))  # fmt: skip
        self.finish_named(draft, place, item)

    def labelled(self, place: int, final: Item, core: list[Item]) -> Item | None:
        """The name that a word for its kind follows: "the Blue Front [armed group]", or None."""
        role = final.role
        if role is None or self.words.tags[place] in PLURAL_TAGS:
            return None
        firmly = role.phrase in self.lists["firm label"]
        if not firmly and role.phrase not in self.lists["label"]:
            return None
        before = next((item for item in core if item.last == final.first), None)
        entry = before.entry if before is not None and not before.backer else None
        if entry is None:
            return None
        firm = firmly and self.doc[place].is_title
        return before if entry.kind == "group" or (firm and entry.kind in FIRMS) else None

    def label(self, place: int, final: Item, core: list[Item]) -> None:
        """The mention of a name with its label, as one of whom the name names."""
        item = self.labelled(place, final, core)
        assert item is not None and item.entry is not None
        entry = item.entry
        start = item.first - (self.words.lowers[item.first - 1] == "the" and item.first > 0)
        reading = Reading(entry, item.how, entry.country, entry.sectors, located="own")
        self.drafts.append(
            Draft(start, final.last, place, "name", entity=entry.id, reading=reading,
                  form=form_of_entry(entry), name=entry.name)
        )  # fmt: skip

    def titled(self, core: list[Item], item: Item) -> Reading:
        """What a name with the titles before it tells."""
        roles = [held for held in core if held.role is not None]
        named = [held for held in core if (held.names or held.town) and not held.backer]
        return self.reader.named(item, roles, named, any(held.modifier for held in core))

    def finish_named(self, draft: Draft, place: int, item: Item) -> None:
        """Number, gender and place use of a named draft; peoples ("Russians") are groups."""
        reading = draft.reading
        assert reading is not None and reading.entry is not None
        if draft.form == "state" and reading.how in PEOPLE_HOWS:
            tag = self.words.tags[place]
            if tag in PLURAL_TAGS or (
                reading.how == "noun"
                and (tag not in ("JJ", "NNP") or item.names[0].text.endswith("s"))
            ):
                name = item.names[0].text
                home = neighbours_home(self, place, name)
                draft.entity = f"{home}-{slug(name)}" if home else f"{reading.entry.id}-people"
                if home:
                    role = Role(name.lower(), (), 0, "people", plural=True)
                    draft.reading = Reading(country=home, role=role, located="own")
                draft.form, draft.number, draft.kind = "people", "plural", "unnamed"
                draft.name = item.names[0].text
            else:
                draft.kind = "adjective"
        elif draft.form == "group" and item.is_state:  # a people
            draft.kind = "adjective" if reading.how == "adjective" else "name"
            draft.number = "plural"
        if draft.kind == "adjective" and draft.form == "state" and self.one_of_a_people(place):
            draft.entity, draft.form, draft.kind, draft.key = "", "person", "unnamed", "national"
            draft.reading = Reading(country=reading.country, sectors=("CVL",), located="own")
            draft.name = self.words.text(draft.first, draft.last)
        draft.gender = title_gender(self.words.lowers[draft.first : draft.last], self.lists)
        if draft.form == "person" and draft.kind != "unnamed" and not draft.gender:
            full = reading.entry.name if reading.entry.name.count(" ") else self.tokens[item.first]
            draft.gender = first_names().get(full.split(" ")[0], "")
        if draft.form in ("state", "place"):
            draft.as_place = is_place(self.doc, self.words, place, reading, self.lists)
        self.drafts.append(draft)

    def one_of_a_people(self, place: int) -> bool:
        """Whether a people's name stands for one of them: "an American", "a Spaniard"."""
        words = self.words
        return words.deps[place] in LOOSE and any(
            kid < place and words.deps[kid] == "det" and words.lowers[kid] in ("a", "an")
            for kid in words.kids[place]
        )

    def role_phrase(
        self, place: int, first: int, last: int, reading: Reading, tails: list[int],
        core: list[Item],
    ) -> None:  # fmt: skip
        """A phrase headed by a role: a body, a group, an unnamed person or an office holder."""
        role = reading.role
        words, lists = self.words, self.lists
        head_item = self.names.at.get(place)
        head_role = head_item.role if head_item is not None and head_item.role else role
        assert role is not None and head_role is not None
        unknown = reading.sectors[:1] in ((), ("UNK",)) and not reading.country
        if role.kind == "other" or (unknown and head_role.kind == "body"):
            return
        if head_role.priority <= 1 or head_role.kind in ("body", "person"):
            for tail in tails:
                if words.preposition_of(tail) in ("of", "for"):
                    last = max(last, self.end_of(tail))
        plural = words.tags[place] in PLURAL_TAGS or head_role.plural
        lead, phrase = words.lowers[first], head_role.phrase
        if lead == "no" and (head_role.priority == 0 or not reading.country):
            return  # "no further NATO movement", "no civilians"
        if phrase in lists["nobody"]:
            return
        if is_thing(self, place, first, head_role, tails, core):
            return
        if first == place and last == place + 1:
            if phrase in lists["bare"]:
                return  # "weighs force"
            if self.bare_one(place, head_role):
                return  # "attack, fighter and bomber aircraft", "as commander"
        if lead in OWNERS and last == first + 2 and phrase in lists["owned"]:
            return  # "the ball is in their court"
        plural = plural or (head_role.kind == "people" and self.collective(head_role))
        draft = Draft(first, last, place, "unnamed", reading=reading,
                      number="plural" if plural else "singular",
                      definite=lead in POINTING, key=slug(phrase), items=tuple(core))  # fmt: skip
        draft.form = self.form_of(head_role, draft)
        draft.name = words.text(first, last)
        draft.gender = title_gender(words.lowers[first:last], lists)
        draft.role = head_role
        if draft.number == "plural" and several_states(
            draft, core, self.listed(tails), self.doc, self.reader.scanner
        ):
            self.drafts.append(draft)
            return
        if reading.located == "complement" and (
            from_elsewhere(self, draft) or works_there(self, draft, tails)
        ):
            draft.reading = with_country(reading, "", "")
        draft.speaks_for = self.organisations(tails)
        if not over_against(self, draft, core, tails):
            identify(draft, self.reader.scanner)
        self.drafts.append(draft)

    def bare_one(self, place: int, role: Role) -> bool:
        """Whether a word for one person stands without article where it means nobody."""
        return (
            self.words.tags[place] == "NN"
            and self.tokens[place].islower()
            and role.kind in ("person", "people")
            and not role.plural
            and not self.collective(role)
            and role.phrase not in self.lists["groupword"]
            and self.words.deps[place] not in ADDRESSED
        )

    def listed(self, tails: list[int]) -> list[Item]:
        """The states that a complement lists ("courts in Mali, Niger and Chad")."""
        if not tails:
            return []
        heads = (tails[0], *(token.i for token in self.doc[tails[0]].conjuncts))
        items = [self.names.at.get(head) for head in heads]
        return [item for item in items if item is not None and item.is_state and item.country]

    def organisations(self, tails: list[int]) -> tuple[str, ...]:
        """Organisations in the complements of a phrase ("chair of the OSCE")."""
        edges, last = self.words.edges, self.words.last
        items = [item for tail in tails for item in self.between(edges[tail], last[tail] + 1)]
        entries = [item.entry for item in items if item.entry is not None]
        return tuple(entry.id for entry in entries if FORMS[entry.kind] == "organisation")

    def collective(self, role: Role) -> bool:
        """Whether a word in the singular means several people ("police", "military")."""
        return slug(role.phrase) in self.lists["collective"]

    def end_of(self, place: int) -> int:
        """Where the phrase of a complement ends: at its own words and its own "of"."""
        words = self.words
        end = words.phrase_last(place)
        item = self.names.at.get(place)
        if item is not None:
            end = max(end, item.last)
        for inner in words.complements(place, end):
            if words.preposition_of(inner) == "of":
                end = max(end, self.end_of(inner))
        return end

    def form_of(self, role: Role, draft: Draft) -> str:
        """What a role phrase may stand for."""
        if role.kind == "body":
            return "organisation"
        if draft.number == "plural":
            return "people"
        if role.phrase in self.lists["groupword"]:
            return "group"
        return "person"

    # those who act in a compound

    def acts_in(self, place: int, item: Item) -> bool:
        """Whether a body does what the noun after it tells: "a police crackdown"."""
        words, above = self.words, self.words.above[place]
        if words.deps[place] not in ("compound", "amod") or item.role is None or above <= place:
            return False
        if item.role.phrase not in self.lists["acts in compound"] or words.tags[above] not in (
            "NN", "NNS",
        ):  # fmt: skip
            return False
        held = self.names.at.get(above)
        return held is None or (held.role is not None and held.role.kind == "other")

    def compound(self, place: int, item: Item) -> None:
        """The mention of a body before what it does: "government" in "a government offensive"."""
        role = item.role
        assert role is not None
        told = descriptions()["one"].get(role.phrase)
        if isinstance(told, tuple):  # "a coalition strike": whom the story means by it, or nobody
            self.drafts.append(
                Draft(item.first, item.last, place, "description", form=told[0], definite=True,
                      key=told[1].replace("whole:", "among:"), name=self.words.texts[place])
            )  # fmt: skip
            return
        before = self.names.at.get(item.first - 1)
        core = [before, item] if before is not None and before.is_state else [item]
        reading = self.reader.read(self.tokens, core, item.last, self.date, days=self.days)
        if reading is None:
            return
        number = "plural" if self.collective(role) else "singular"
        draft = Draft(core[0].first, item.last, place, "unnamed", reading=reading, number=number,
                      key=slug(role.phrase), items=tuple(core), role=role)  # fmt: skip
        draft.form = self.form_of(role, draft)
        draft.name = self.words.text(draft.first, draft.last)
        identify(draft, self.reader.scanner)
        self.drafts.append(draft)
        self.compounds.append(draft)

    # nested names

    def nested(self, item: Item) -> None:
        """A name inside a phrase: a country's adjective, an owner, a part of a compound."""
        root = self.head_of(item)
        if item.town is not None and not item.names:
            if self.part_of_name(item):
                return
            draft = Draft(item.first, item.last, root, "name", entity=f"place:{slug(item.town.name)}",
                          form="place", name=item.town.name, as_place=True,
                          reading=Reading(country=item.town.country, how="town", located="own"))  # fmt: skip
            self.drafts.append(draft)
            return
        entry = item.entry
        assert entry is not None
        reading = Reading(entry, item.how, entry.country, entry.sectors, located="own")
        form = form_of_entry(entry)
        if form == "person":
            self.named(root, item.first, item.last, item, [item], reading)
            return
        adjective = item.is_state and (item.how in PEOPLE_HOWS or self.words.deps[root] in COMPOUND)
        draft = Draft(item.first, item.last, root, "adjective" if adjective else "name",
                      entity=entry.id, reading=reading, form=form, name=entry.name)  # fmt: skip
        if item.backer:
            draft.confidence = 0.9
        if form in ("state", "place"):
            draft.as_place = is_place(self.doc, self.words, root, reading, self.lists)
        self.drafts.append(draft)

    def part_of_name(self, item: Item) -> bool:
        """Whether a town is but the first word of a longer name ("Wadi" in "Wadi Khaled")."""
        if item.last >= len(self.doc) or item.last - item.first > 1:
            return False
        words, word, after = self.words, item.first, item.last
        return (
            words.tags[word] == words.tags[after] == "NNP"
            and after not in self.names.at
            and ((words.above[word] == after and words.deps[word] in ("compound", "flat"))
                 or (words.above[after] == word and words.deps[after] == "flat"))
        )  # fmt: skip

    def inner_state(self, item: Item) -> None:
        """The state in the name of its body: "Russian" in "Russian troops"."""
        names = self.reader.lexicon.lookup(self.tokens[item.first], self.date)
        for name in names:
            entry = name.entry
            if entry.kind == "state" and entry.country == item.country and not item.is_state:
                reading = Reading(entry, name.how, entry.country, entry.sectors, located="own")
                self.drafts.append(
                    Draft(item.first, item.first + 1, item.first, "adjective", entity=entry.id,
                          reading=reading, form="state", name=entry.name)
                )  # fmt: skip
                return
