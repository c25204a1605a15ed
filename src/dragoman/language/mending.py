"""What no English tree has, put right after the decoder (what "and" joins: ``mending_joints``; losses:
``mending_tolls``; two who are asked: ``mending_asked``).

- ", which" opens a relative clause, whatever its verb was taken for, and stands in it.
- In "to mourn the writer who was killed" the killing is told of the writer, and is not what is mourned; what
  stands between ", who" and the verb is told of the subject.
- In "at the behest of Dara Moll, whom he met" he met Dara Moll.
- In "accused Russia of shelling" who stands before the "of" is no party of the gerund behind it.
- In "proposed cutting aid" the aid is cut; in "shot a pilot they had held since May" he was held since May.
- A verb has one object: "the ambassador, Sergei Nechayev," and "the militia Hezbollah" are one.
- In "they [the rebels] have left" the words in brackets say who the pronoun is.
- In "troops shelled Goma, killing ten, officials said" the troops are the subject of "shelled".
- A modal verb helps the infinitive behind it.
- What has a subject and a modal of its own borrows no subject ("vowed Kenya will expel them").
- In "a ruling in which a court rejected" the clause is the ruling's.
- In "deaths are likely to follow" the deaths are the subject of "likely".
- "By" behind the object of a verb that is no passive belongs to the object ("condemned the attack by Chad").
- Part of a name belongs to what stands before it.
- A passive has no object behind a particle ("seized off Crimea").
- What stands behind a preposition is no object, and who does something stands behind "by".
- In "Mali demands that Chad leave" the clause is the verb's, and Chad its subject.
- In "Chad will leave, Mali said on Monday" and "Mali said on Monday that Chad will leave" the time is
  that of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dragoman.language.mending_asked import Asked
from dragoman.language.mending_joints import Joints
from dragoman.language.mending_kinds import Kinds, goes_round, is_above
from dragoman.language.mending_tolls import Tolls
from dragoman.tables import word_list

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

#: Words a modal and its infinitive may stand apart ("must, of course, not leave").
_APART = 3
#: Words a relative pronoun and its verb may stand apart.
_CLAUSE = 12
#: The most words in brackets that say who a pronoun is.
_GLOSS = 6
#: After these "who" asks.
_ASKS = word_list("language", "asks")
_PERFECT = frozenset({"have", "has", "had", "'ve", "’ve"})
_BRACKETS = {"[": "]", "(": ")"}
#: What opens no second name for a thing ("books, not money").
_NOT = frozenset({"not", "never", "only", "just"})


class Mender(Kinds):
    """Mends the trees of one model.

    Args:
        tags: the names of its Penn tags, in their order.
        labels: the names of its dependency labels, in their order.
    """

    def __init__(self, tags: Sequence[str], labels: Sequence[str]) -> None:
        super().__init__(tags, labels)
        self.joints, self.tolls = Joints(tags, labels), Tolls(tags, labels)
        self.requests = Asked(tags, labels)

    def mend(self, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """Changes heads and labels in place, and tags of what is told of losses; words are counted within
        the window.

        Args:
            text: the words.
            tags, heads, labels: (words,) numbers; a root is its own head.
        """
        plain = heads.copy(), labels.copy()
        self.tolls.mend(text, tags, heads, labels)
        self._mend(text, tags, heads, labels)
        if goes_round(heads):  # no rule may leave words that hang on each other
            heads[:], labels[:] = plain

    def _mend(self, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        for place in np.flatnonzero(labels == self.number["compound:prt"]).tolist():
            self._particle(place, heads, labels)
        behind = heads[(labels == self.number["case"]) & (tags == self.preposition)]
        labels[behind[labels[behind] == self.number["obj"]]] = self.number["obl"]
        for place in np.flatnonzero(labels == self.number.get("obl:agent", -1)).tolist():
            cases = np.flatnonzero((heads == place) & (labels == self.number["case"])).tolist()
            if cases and not any(text[kid] == "by" for kid in cases):
                labels[place] = self.number["obl"]
            elif cases:
                self._done_by(place, cases[0], tags, heads, labels)
        for place in np.flatnonzero(labels == self.number.get("flat", -1)).tolist():
            if heads[place] > place:
                self._name_part(place, tags, heads, labels)
        for place in np.flatnonzero(tags == self.gerund).tolist():
            self._gerund(place, tags, heads, labels)
            self._own_object(place, heads, labels)
            self._trailing(place, tags, heads, labels)
        for place in np.flatnonzero(tags == self.infinitive).tolist():
            self._own_object(place, heads, labels)
        for place in np.flatnonzero(tags == self.modal).tolist():
            self._modal(place, tags, heads, labels)
        self.joints.mend(text, tags, heads, labels)
        self.requests.mend(text, tags, heads, labels)
        for place in np.flatnonzero(labels == self.number["obj"]).tolist():
            self._before_its_verb(place, heads, labels)
        self._objects(text, tags, heads, labels)
        self._crossing(text, tags, heads, labels)
        for place in range(1, len(text)):
            if text[place] == "which" and text[place - 1] == ",":
                self._relative(place, tags, heads, labels)
                self._aside(place, text, tags, heads, labels)
            elif text[place] == "which" and tags[place - 1] == self.preposition:
                self._behind(place, tags, heads, labels)
            elif text[place] in ("who", "whom"):
                self._of_name(place, int(heads[place]), text, tags, heads, labels)
                if text[place] == "who":
                    self._who(place, int(heads[place]), text, tags, heads, labels)
            elif text[place] == "whose" and int(labels[heads[place]]) in self.subjects:
                self._who(place, int(heads[heads[place]]), text, tags, heads, labels)
            elif text[place] == "since":
                self._since(place, text, heads, labels)
            elif text[place] in _BRACKETS and tags[place - 1] == self.pronoun:
                self._gloss(place, text, tags, heads, labels)
        told = heads[np.isin(labels, [*self.subjects])]
        told = np.intersect1d(told[labels[told] == self.number["xcomp"]], heads[tags == self.modal])
        labels[told] = self.number["ccomp"]

    def _who(
        self,
        place: int,
        verb: int,
        text: Sequence[str],
        tags: Numbers,
        heads: Numbers,
        labels: Numbers,
    ) -> None:
        noun = place - 1 - (text[place - 1] == ",")
        named = int(tags[noun]) in self.nouns | self.names and not is_above(heads, verb, noun)
        if labels[noun] == self.number.get("flat", -1):
            noun = int(heads[noun])
        told = labels[verb] == self.number["ccomp"] and heads[verb] < noun
        asked = told and text[int(heads[verb])] in _ASKS and text[place - 1] != ","
        aside = (
            text[place - 1] == "," and int(labels[verb]) in self.no_relatives and heads[noun] > verb
        )
        if verb > place and named and (aside or (told and not asked)):
            heads[verb], labels[verb] = noun, self.number["acl:relcl"]

    def _of_name(
        self,
        place: int,
        verb: int,
        text: Sequence[str],
        tags: Numbers,
        heads: Numbers,
        labels: Numbers,
    ) -> None:
        """ "At the behest of Dara Moll, whom he met": the clause tells of whoever has the name before it."""
        last = place - 2
        if text[place - 1] != "," or labels[last] != self.number.get("flat", -1):
            return
        noun, upper = int(heads[last]), int(heads[verb])
        told = labels[verb] == self.number["acl:relcl"] and upper < noun
        if told and int(tags[noun]) in self.names and is_above(heads, upper, noun):
            if is_above(heads, verb, noun):
                heads[noun], labels[noun] = upper, self.number["nmod"]
            heads[verb] = noun

    def _since(self, place: int, text: Sequence[str], heads: Numbers, labels: Numbers) -> None:
        """ "Shot a pilot they had held since May": what lasts is told right before it."""
        time, verb = int(heads[place]), place - 1
        lasts = labels[verb] == self.number["acl:relcl"] and any(
            text[kid] in _PERFECT for kid in np.flatnonzero(heads[:verb] == verb).tolist()
        )
        if (
            lasts
            and time > place
            and int(heads[time]) != verb
            and labels[place] == self.number["case"]
        ):
            if is_above(heads, int(heads[time]), verb):
                heads[time] = verb

    def _gloss(
        self, place: int, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        behind = range(place + 1, min(place + 2 + _GLOSS, len(text)))
        end = next((k for k in behind if text[k] == _BRACKETS[text[place]]), 0)
        inside = range(place + 1, end)
        tops = [k for k in inside if heads[k] not in inside and labels[k] != self.number["punct"]]
        named = len(tops) == 1 and int(tags[tops[0]]) in self.nouns | self.names
        if named and not is_above(heads, tops[0], place - 1):
            heads[tops[0]], labels[tops[0]] = place - 1, self.number["appos"]

    def _gerund(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        kids = np.flatnonzero(heads[:place] == place).tolist()
        marks = [
            k for k in kids if tags[k] == self.preposition and labels[k] == self.number["mark"]
        ]
        parties = self.subjects | {self.number["obj"]}
        subjects = [k for k in kids if labels[k] in parties]
        verb = int(heads[place])
        if not marks or not subjects or subjects[0] > marks[0] or verb > subjects[0]:
            return
        others = np.flatnonzero(heads == verb)
        held = set(labels[others].tolist())
        if int(tags[verb]) not in self.verbs or self.number["obj"] in held or held & self.helps:
            return
        heads[subjects[0]], labels[subjects[0]] = verb, self.number["obj"]

    def _own_object(self, place: int, heads: Numbers, labels: Numbers) -> None:
        """ "Proposed cutting aid", "agreed on Monday to free ten men": what stands right behind the second
        verb is its object, not the first one's."""
        verb = int(heads[place])
        behind = np.flatnonzero((heads == verb) & (labels == self.number["obj"])).tolist()
        thing = next((k for k in behind if k > place), -1)
        second = int(labels[place]) in (self.number["xcomp"], self.number["advcl"])
        if not second or verb > place or thing < 0:
            return
        between = range(place + 1, thing)
        if (
            all(heads[k] in (thing, *between) for k in between)
            and not (labels[heads == place] == self.number["obj"]).any()
        ):
            heads[thing] = place

    def _trailing(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """A participle that took the subject of the finite verbs before it, all under one "said"."""
        saying, said = int(heads[place]), self.number["ccomp"]
        kids = np.flatnonzero(heads == place)
        held = labels[kids].tolist()
        subjects = [k for k in kids[kids < place].tolist() if int(labels[k]) in self.subjects]
        if labels[place] != said or saying < place or not subjects or self.helps & set(held):
            return
        verbs = [
            verb
            for verb in np.flatnonzero((heads == saying) & (labels == said)).tolist()
            if subjects[0] < verb < place
            and int(tags[verb]) in self.finite
            and not self.subjects & set(labels[heads == verb].tolist())
        ]
        if not verbs:
            return
        heads[subjects[0]] = verbs[0]
        for verb in verbs[1:]:
            heads[verb], labels[verb] = verbs[0], self.number["conj"]
        heads[place], labels[place] = verbs[-1], self.number["advcl"]

    def _before_its_verb(self, place: int, heads: Numbers, labels: Numbers) -> None:
        """ "Deaths" of "deaths are likely to follow": what stands before "likely" is its subject."""
        verb = int(heads[place])
        above = int(heads[verb])
        if labels[verb] != self.number["xcomp"] or not place < above < verb:
            return
        if not self.subjects.intersection(labels[heads == above].tolist()):
            heads[place], labels[place] = above, self.number["nsubj"]

    def _objects(self, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """The second of two objects side by side, or behind a comma, renames the first."""
        before: dict[int, int] = {}
        for place in np.flatnonzero(labels == self.number["obj"]).tolist():
            verb = int(heads[place])
            first = before.setdefault(verb, place)
            known = int(tags[first]) in self.nouns | self.names
            if first == place or first < verb or not known:
                continue
            kids = np.flatnonzero(heads[first:place] == place)
            opens = first + int(kids[0]) if len(kids) else place
            opens += text[opens] == ","
            beside = opens == first + 1 and int(tags[first]) in self.nouns
            apart = text[opens - 1] == "," and text[opens] not in _NOT and opens - first <= _CLAUSE
            if (beside and int(tags[place]) in self.names) or apart:
                heads[place], labels[place] = first, self.number["appos"]

    def _crossing(
        self, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        """What follows a verb of saying right behind what is said, or before its "that", is its own."""
        for clause in np.flatnonzero(labels == self.number["acl"]).tolist():
            self._clause_of_verb(clause, text, tags, heads, labels)
        for said in np.flatnonzero(labels == self.number["ccomp"]).tolist():
            saying = int(heads[said])
            if int(tags[saying]) not in self.verbs:
                continue
            noun = said - 1  # "there were 20 civilians killed"
            there = "expl" in self.number and (labels[heads == saying] == self.number["expl"]).any()
            if there and tags[said] == self.participle and labels[noun] == self.number["nsubj"]:
                heads[said], labels[said] = noun, self.number["acl"]
                continue
            if saying < said:
                self._before_that(saying, said, text, heads, labels)
                continue
            behind = np.flatnonzero(heads[saying + 1 :] == said) + saying + 1
            for place in behind.tolist():
                aside = any(not word[:1].isalnum() for word in text[saying + 1 : place])
                if int(labels[place]) in self.adjuncts and not aside:
                    heads[place] = saying

    def _clause_of_verb(
        self, clause: int, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        """ "Demands that Chad leave": only a noun has a clause of its own, and this hangs on a verb."""
        verb = int(heads[clause])
        kids = np.flatnonzero(heads[:clause] == clause).tolist()
        opened = any(text[k] == "that" and labels[k] == self.number["mark"] for k in kids)
        if opened and verb < clause and int(tags[verb]) in self.verbs:
            labels[clause] = self.number["ccomp"]

    def _before_that(
        self, saying: int, said: int, text: Sequence[str], heads: Numbers, labels: Numbers
    ) -> None:
        kids = np.flatnonzero(heads[:said] == said).tolist()
        that = next((k for k in kids if text[k] == "that" and labels[k] == self.number["mark"]), 0)
        for kid in kids:
            if saying < kid < that and int(labels[kid]) in self.adjuncts:
                heads[kid] = saying
        if that and not self.subjects.intersection(labels[kids].tolist()):
            behind = np.flatnonzero(heads[that:said] == saying) + that
            heads[behind[np.isin(labels[behind], list(self.subjects))]] = said

    def _done_by(
        self, place: int, case: int, tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        """ "Condemned the attack by Chad": where the verb is no passive, "by" belongs to its object."""
        verb, noun = int(heads[place]), case - 1
        active = int(tags[verb]) in self.finite or int(tags[verb]) == self.infinitive
        helped = ((heads == verb) & (labels == self.number["aux:pass"])).any()
        if active and not helped and heads[noun] == verb and labels[noun] == self.number["obj"]:
            heads[place], labels[place] = noun, self.number["nmod"]

    def _name_part(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """ "Al-Assad's … an al-Qaida": the part of a name belongs to the name before it."""
        before = place - 1 - (place > 1 and int(tags[place - 1]) == self.hyphen)
        if before < 0 or int(tags[before]) not in self.names:
            return
        heads[place] = heads[before] if labels[before] == labels[place] else before

    def _particle(self, place: int, heads: Numbers, labels: Numbers) -> None:
        """ "Off" behind a passive, with an object behind it."""
        verb = int(heads[place])
        above = int(heads[verb]) if labels[verb] == self.number["conj"] else verb
        behind = np.flatnonzero((heads == verb) & (labels == self.number["obj"])).tolist()
        if not behind or not verb < place < behind[0] or is_above(heads, place, behind[0]):
            return
        own = np.flatnonzero(heads == verb)
        parties = set(labels[own[own < verb]].tolist()) & self.subjects
        passive = self.number["nsubj:pass"]
        if passive in parties or (
            not parties and (labels[heads == above] == passive).any() and above != verb
        ):
            heads[place], labels[place] = behind[0], self.number["case"]
            labels[behind[0]] = self.number["obl"]

    def _behind(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """The clause of "in which", taken for what the verb above is about."""
        verb, noun = int(heads[place]), place - 2
        named = noun >= 0 and int(tags[noun]) in self.nouns | self.names
        named = named and not is_above(heads, verb, noun)
        if named and verb > place and int(labels[verb]) in self.no_relatives and heads[verb] < noun:
            heads[verb], labels[verb] = noun, self.number["acl:relcl"]

    def _modal(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        if int(labels[place]) in self.helps:
            return
        behind = range(place + 1, min(place + 1 + _APART, len(tags)))
        verb = next((k for k in behind if tags[k] == self.infinitive), None)
        if verb is None or heads[verb] != heads[place] or heads[place] in (place, verb):
            return
        above = int(heads[verb])
        kids = np.flatnonzero(heads == above).tolist()
        subjects = [k for k in kids if labels[k] in self.subjects]
        for kid in np.flatnonzero(heads == place).tolist():
            heads[kid] = verb
        heads[place], labels[place] = verb, self.number["aux"]
        if len(subjects) > 1 and above < subjects[-1] < place:
            heads[subjects[-1]] = verb
        elif len(subjects) > 1 and subjects[0] < above < subjects[1] < place:
            heads[subjects[1]] = verb

    def _relative(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        verb: int | None = int(heads[place])
        if heads[place] < place:  # it hangs on the noun instead of in its clause
            behind = range(place + 1, min(place + 1 + _CLAUSE, len(tags)))
            verb = next(
                (k for k in behind if int(tags[k]) in self.verbs and heads[k] < place), None
            )
            if (
                verb is None
                or int(labels[verb]) not in self.clauses
                or is_above(heads, place, verb)
            ):
                return
            kids = np.flatnonzero(heads[place:verb] == verb) + place
            told = any(int(labels[k]) in self.subjects for k in kids)
            heads[place], labels[place] = verb, self.number["obj" if told else "nsubj"]
        assert verb is not None
        if heads[verb] < place < verb and int(labels[verb]) in self.no_relatives:
            labels[verb] = self.number["advcl:relcl"]

    def _aside(
        self, place: int, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        """ "Chad, which moved tanks to its border, urged talks", the moving taken for part of the urging."""
        verb, noun = int(heads[place]), place - 2
        told = int(heads[verb])
        apart = self.no_relatives | {self.number["advcl:relcl"]}
        if noun < 0 or verb < place or told < verb or int(labels[verb]) not in apart:
            return
        if int(tags[noun]) not in self.nouns | self.names:
            return
        if labels[noun] == self.number.get("flat", -1):
            noun = int(heads[noun])
        end = next((k for k in range(told - 1, verb, -1) if text[k] == ","), 0)
        if not end or is_above(heads, verb, noun):
            return
        heads[verb], labels[verb] = noun, self.number["acl:relcl"]
        inside = np.flatnonzero(heads[verb:end] == told) + verb
        heads[inside[np.isin(labels[inside], list(self.parts))]] = verb
