"""What joins words and clauses in a tree, put right after the decoder.

- In "mediates between Chad and Mali" Mali is joined to Chad, not to the verb, and in "the presidents of Chad and
  Mali" not to the presidents.
- In "said it would leave and accused Chad" and "said it had left and accused Chad" the accusing is joined
  to the verb that stands in its own form, above; a verb that tells nothing only behind a comma.
- In "Chad held the ship after its crew fled, and threatened Mali" Chad threatens.
- In "Chad freed two men and Mali dropped charges" Mali is who dropped them.
- Who stands before a verb is no subject of a verb below it.
- The two halves of "a cease-fire" are one noun.
- In "urged Chad and Mali to leave" both are urged.
- In "Chad and the rebels agreed on a truce, Mali said" the rebels agree, and say nothing.
- In "the TPLF accused federal troops" the TPLF accuses, and is no part of the troops' name.
- In "was dragged from his car and killed" he is the one killed.
- In "offered to host both leaders on Friday" they are to be hosted on Friday.
- In "demanded that Chad's envoy leave" the envoy is to leave.
- In "after talks with Chad's president, Mali's premier left" Mali owns the premier.
- In "accused Chad of breaking the truce by shelling a town" the shelling is how it was broken.
- In "Armed men raided the town, the governor said" the men are armed, not the governor.
- In "deplored the use of force and told reporters in Baku" they are told there.
- In "Chadian and Kenyan troops" the first word describes the troops too, though it looks like a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dragoman.language.mending_kinds import Kinds, is_above, way_up
from dragoman.tables import word_list

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

#: Words an adjective and its noun may stand apart ("a long, costly and by now almost forgotten war").
_FAR = 8
#: Words that stand between a noun, a verb and what hangs on one of them, at least.
_CLOSE = 2
#: Behind an owner.
_OWNS = frozenset({"'s", "’s"})
#: Verbs that tell: who says that another "had left and denied it" denies it himself.
_TELLS = word_list("language", "tells")
#: Verbs of what is still to be done, and the days on which it is.
_INTENDS, _DAYS = word_list("language", "intends"), word_list("language", "weekdays")
#: What is done to whom the clause is about, where nobody else stands behind it.
_UNDERGONE = word_list("language", "undergone")


class Joints(Kinds):
    """Mends what "and", hyphens and clauses side by side join."""

    def mend(self, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """Changes heads and labels in place, and a few tags, as ``Mender.mend`` does."""
        for place in np.flatnonzero(tags[:-1] == self.hyphen).tolist():
            self._hyphened(place, tags, heads, labels)
        for place in np.flatnonzero(labels == self.number["conj"]).tolist():
            self._joined(place, tags, heads, labels)
            self._shared_noun(place, tags, heads, labels)
            self._told_apart(place, text, tags, heads, labels)
            self._behind_clause(place, text, tags, heads, labels)
            self._doer(place, tags, heads, labels)
            self._beyond_verb(place, tags, heads, labels)
            self._undergone(place, text, tags, heads, labels)
        for place in np.flatnonzero(labels == self.number["cc"]).tolist():
            self._of_both(place, tags, heads, labels)
            self._both_asked(place, tags, heads, labels)
            self._between_both(place, text, tags, heads, labels)
            self._both_do(place, tags, heads, labels)
        for place in np.flatnonzero(
            (labels == self.number["amod"]) & (heads > np.arange(len(heads)) + _FAR)
        ).tolist():
            self._far_noun(place, tags, heads, labels)
        for place in np.flatnonzero(labels == self.number["compound"]).tolist():
            self._over_verb(place, tags, heads, labels)
        for place in np.flatnonzero(labels == self.number.get("nmod:poss", -1)).tolist():
            self._owner(place, text, tags, heads, labels)
        for place in np.flatnonzero(
            (labels == self.number["advcl"]) & (tags == self.gerund)
        ).tolist():
            self._by_doing(place, text, tags, heads, labels)
        for place in np.flatnonzero(labels == self.number["ccomp"]).tolist():
            self._two_clauses(place, tags, heads, labels)
            self._two_halves(place, text, heads, labels)
        for place in np.flatnonzero(labels == self.number["xcomp"]).tolist():
            self._day_of_deed(place, text, tags, heads, labels)
            self._that_clause(place, text, tags, heads, labels)
        for place in np.flatnonzero(labels == self.number["nsubj"]).tolist():
            self._over_its_verb(place, tags, heads, labels)
        for place in np.flatnonzero(
            (labels == self.number["nmod"]) & (heads < np.arange(len(heads)) - _CLOSE)
        ).tolist():
            self._behind_verb(place, tags, heads, labels)

    def _far_noun(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """ "Armed men raided the town, the governor said": an adjective hung on a noun of another clause."""
        noun, far = place + 1, int(heads[place])
        beyond = any(int(tags[k]) in self.finite for k in range(noun, far))
        while int(labels[noun]) in self.before_noun and noun < heads[noun] < far:
            noun = int(heads[noun])
        if beyond and int(tags[noun]) in self.nouns and not is_above(heads, place, noun):
            heads[place] = noun

    def _both_do(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """ "Chad and the rebels agreed on a truce, Mali said", the rebels taken for who said it."""
        second, first = int(heads[place]), place - 1
        while first > 0 and int(labels[first]) in self.in_phrase and heads[first] < first:
            first = int(heads[first])
        verb = int(heads[first])
        nouns = self.nouns | self.names
        if int(tags[second]) not in nouns or int(tags[first]) not in nouns:
            return
        if not first < place < second < verb or int(labels[first]) not in self.subjects:
            return
        apart = int(labels[second]) in self.subjects and int(heads[second]) != verb
        if apart and is_above(heads, int(heads[second]), verb):
            heads[second], labels[second] = first, self.number["conj"]

    def _over_verb(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """ "The TPLF accused federal troops", the name taken for a part of what stands behind the verb."""
        noun = int(heads[place])
        verb = int(heads[noun])
        if not place < verb < noun or int(tags[verb]) not in self.finite:
            return
        if not self.subjects.intersection(labels[heads == verb].tolist()):
            heads[np.flatnonzero(heads[:place] == noun)] = place
            heads[place], labels[place] = verb, self.number["nsubj"]

    def _behind_verb(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """ "Deplored the use of force and told reporters in Baku": what stands behind the second verb hangs on no
        noun before it."""
        noun = int(heads[place])
        for verb in range(place - 1, noun, -1):
            outside = heads[verb] < noun or heads[verb] > place
            if int(tags[verb]) in self.finite and outside and labels[verb] == self.number["conj"]:
                heads[place], labels[place] = verb, self.number["obl"]
                return

    def _owner(
        self, place: int, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        """ "Chad's president, Mali's premier": an owner hung on a noun that stands before him."""
        noun = place + 2
        if heads[place] > place or noun >= len(text) or text[place + 1] not in _OWNS:
            return
        while int(labels[noun]) in self.in_phrase and heads[noun] > noun:
            noun = int(heads[noun])
        if int(tags[noun]) in self.nouns | self.names and not is_above(heads, place, noun):
            heads[place] = noun

    def _by_doing(
        self, place: int, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        """ "Accused Chad of breaking the truce by shelling a town", the shelling hung on the accusing."""
        verb = int(heads[place])
        if verb > place or not self._opened_by("by", place, text, heads):
            return
        charges = [
            k
            for k in np.flatnonzero(heads[:place] == verb).tolist()
            if k > verb and int(tags[k]) == self.gerund and self._opened_by("of", k, text, heads)
        ]
        if charges:
            heads[place] = charges[-1]

    def _opened_by(self, word: str, place: int, text: Sequence[str], heads: Numbers) -> bool:
        return any(text[k] == word for k in np.flatnonzero(heads[:place] == place).tolist())

    def _day_of_deed(
        self, place: int, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        """The day right behind what somebody offers or plans to do, hung on the offering."""
        verb = int(heads[place])
        if text[verb] not in _INTENDS or int(tags[place]) != self.infinitive or verb > place:
            return
        for day in range(place + 2, len(text)):
            if text[day].lower() in _DAYS and heads[day] == verb and text[day - 1] == "on":
                if all(is_above(heads, place, k) for k in range(place + 1, day - 1)):
                    heads[day] = place
                return

    def _that_clause(
        self, place: int, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        """ "Demanded that Chad's envoy leave", the envoy taken for who is told and "that" for a part of him."""
        verb = int(heads[place])
        that = verb + 1
        if int(tags[place]) != self.infinitive or that >= place or text[that].lower() != "that":
            return
        who = int(heads[that])
        told = (self.number["obj"], self.number.get("iobj", -1))
        asked = heads[who] == verb and labels[who] in told and that < who < place
        if asked and int(tags[that]) == self.preposition and text[place - 1].lower() != "to":
            heads[that], labels[that] = place, self.number["mark"]
            heads[who], labels[who] = place, self.number["nsubj"]
            labels[place] = self.number["ccomp"]

    def _joined(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        verb, names = int(heads[place]), self.nouns | self.names
        if int(tags[place]) not in names or int(tags[verb]) not in self.verbs:
            return
        kids = np.flatnonzero(heads == place).tolist()
        joint = next((k for k in kids if labels[k] == self.number["cc"]), 0)
        alone = all(k < place or labels[k] == self.number["punct"] for k in kids)
        before = joint - 1
        if verb < before and alone and int(tags[before]) in names and heads[before] == verb:
            heads[place] = before

    def _of_both(self, joint: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        first, second = joint - 1, int(heads[joint])
        noun, nmod = int(heads[first]), self.number["nmod"]
        plural = noun < first and int(tags[noun]) == self.plural and labels[first] == nmod
        if not plural or heads[second] != noun or second != joint + 1:
            return
        if {int(tags[first]), int(tags[second])} == {self.name} and labels[second] in (
            nmod, self.number["conj"],
        ):  # fmt: skip
            heads[second], labels[second] = first, self.number["conj"]

    def _both_asked(self, joint: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """ "Urged Chad and Mali to leave", Chad taken for who is told and Mali for whom."""
        first, second = joint - 1, int(heads[joint])
        verb, obj = int(heads[first]), self.number["obj"]
        if second != joint + 1 or heads[second] != verb or verb >= first:
            return
        asked = labels[first] in (self.number.get("iobj", -1), obj) and labels[second] == obj
        if asked and {int(tags[first]), int(tags[second])} <= self.names:
            labels[first] = obj
            heads[second], labels[second] = first, self.number["conj"]

    def _between_both(
        self, joint: int, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        """ "Brokered a deal between Chad and Mali in June", Mali hung on the verb."""
        second = int(heads[joint])
        if second != joint + 1 or int(tags[second]) not in self.names or text[joint] != "and":
            return
        first = joint - 1
        opens = next(
            (k for k in range(first - 1, max(-1, first - 5), -1) if text[k] == "between"), -1
        )
        if opens < 0 or heads[opens] != first or int(tags[first]) not in self.names:
            return
        if heads[second] == heads[first] and labels[second] != self.number["conj"]:
            heads[second], labels[second] = first, self.number["conj"]

    def _shared_noun(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """A noun joined to a name or adjective, as is the adjective (or name) right before it: both
        describe the noun ("Chadian and U.S. envoys")."""
        first, before = int(heads[place]), place - 1
        while heads[before] == place and labels[before] in self.before_noun:
            before -= 1
        beside, names = {self.adjective, *self.names}, self.names
        if (
            int(tags[place]) not in self.nouns
            or not {int(tags[first]), int(tags[before])} <= beside
        ):
            return
        if before <= first or (heads[before], labels[before]) != (first, labels[place]):
            return
        if int(tags[first]) in names and int(tags[before]) in names:  # "Moll and U.S. envoys"
            heads[heads == before] = place
            heads[before], labels[before] = place, self.number["compound"]
            return
        above = int(heads[first])
        kids = np.flatnonzero(heads == first)
        heads[kids[(kids < first) | (kids > place)]] = place
        heads[place], labels[place] = place if above == first else above, labels[first]
        heads[first], labels[first] = place, self.number["amod"]

    def _told_apart(
        self, place: int, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        """A verb joined to one in another form, though one in its own form stands nearer or above."""
        beside = int(heads[place])
        if int(tags[place]) not in self.verbs:
            return
        form = self._form(place, text, tags, heads, labels)
        other = self._form(beside, text, tags, heads, labels)
        if not form and text[place] in _TELLS and other == "had":
            passive = (heads == beside) & (labels == self.number["aux:pass"])
            form = "" if passive.any() else self.finite[self.past]
        if not form or form == other:
            return
        kids = np.flatnonzero(heads == place).tolist()
        if any(int(labels[k]) in self.subjects | {self.number["mark"]} for k in kids):
            return
        for between in range(place - 1, beside, -1):
            told = int(labels[between]) in self.clauses and int(tags[between]) in self.verbs
            if told and self._form(between, text, tags, heads, labels) == form:
                if not is_above(heads, place, between):
                    heads[place] = between
                return
        if int(tags[beside]) not in self.nonfinite:
            joint = next((k for k in kids if labels[k] == self.number["cc"]), 0)
            apart = text[joint - 1] == "," or text[place] in _TELLS
            if int(tags[beside]) not in self.verbs or not apart:
                return
        for above in way_up(heads, beside):
            if above < beside and self._form(above, text, tags, heads, labels) == form:
                heads[place] = above
                return

    def _behind_clause(
        self, place: int, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        """ "Chad held the ship after its crew fled, and threatened Mali": behind a comma the clause is over."""
        beside = int(heads[place])
        above = int(heads[beside])
        clause = labels[beside] == self.number["advcl"] and above < beside < place
        form = self.finite.get(int(tags[place]))
        if not clause or form is None or self.finite.get(int(tags[above])) != form:
            return
        kids, own = np.flatnonzero(heads == place).tolist(), self.subjects | {self.number["mark"]}
        joint = next((k for k in kids if labels[k] == self.number["cc"]), 0)
        if text[joint - 1] != "," or any(int(labels[k]) in own for k in kids):
            return
        inner = np.flatnonzero(heads == beside).tolist()
        opened = any(labels[k] == self.number["mark"] and k > above for k in inner)
        if opened and any(int(labels[k]) in self.subjects for k in inner):
            heads[place] = above

    def _form(
        self, verb: int, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> str:
        """In what form a verb is told; empty where it shares its helping verb or has none to tell."""
        tag = int(tags[verb])
        helps = np.flatnonzero((heads == verb) & (labels == self.number["aux"])).tolist()
        if tag == self.participle or helps:
            return text[helps[0]] if helps else ""
        return self.finite.get(tag, "")

    def _doer(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """Who stands between "and" and a verb without a subject, taken for a second object."""
        verb, name = int(heads[place]), place - 1
        if int(tags[place]) not in (self.past, self.participle) or verb > name:
            return
        if int(tags[name]) not in self.nouns | self.names or labels[name] != self.number["conj"]:
            return
        joint = self._joint(name, verb, heads, labels)
        if joint and not (heads[:place] == place).any():
            heads[name], labels[name] = place, self.number["nsubj"]
            heads[joint] = place

    def _beyond_verb(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """ "The church offered to mediate, and Chad urged the two to talk", Chad taken for one with the church."""
        beside = int(heads[place])
        verb = int(heads[beside])
        if int(tags[place]) not in self.nouns | self.names or not beside < verb < place:
            return
        if int(labels[beside]) not in self.subjects:
            return
        for other in np.flatnonzero((heads == verb) & (labels == self.number["conj"])).tolist():
            below = np.flatnonzero(heads == other).tolist()
            own = next((k for k in below if int(labels[k]) in self.subjects), None)
            if other < place or int(tags[other]) not in self.verbs:
                continue
            if own is None:
                heads[place], labels[place] = other, self.number["nsubj"]
            elif verb < own < place:
                heads[place] = own  # "and Chad and Mali recalled"
            return

    def _undergone(
        self, place: int, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        """ "Was dragged from his car and killed": he killed nobody."""
        verb = int(heads[place])
        if int(tags[place]) != self.past or text[place].lower() not in _UNDERGONE:
            return
        kids = set(labels[heads == place].tolist())
        if not kids.isdisjoint(self.subjects | self.helps | self.objects):
            return
        if self.number["aux:pass"] in labels[heads == verb] and verb < place:
            tags[place] = self.participle

    def _joint(self, name: int, verb: int, heads: Numbers, labels: Numbers) -> int:
        """The one "and" before a name that is joined to an object of the verb, or of one; 0 for none."""
        joints = np.flatnonzero((heads == name) & (labels == self.number["cc"])).tolist()
        for up in way_up(heads, name):
            if up == verb:
                return joints[0] if len(joints) == 1 else 0
            if int(labels[up]) in self.subjects | self.clauses:
                break
        return 0

    def _two_clauses(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """ "Chad demanded talks and Mali said it was ready", all of it taken for what Mali said."""
        verb = int(heads[place])
        name = verb - 1
        if verb < place or int(tags[verb]) != self.past or labels[name] != self.number["conj"]:
            return
        joint = self._joint(name, place, heads, labels)
        if joint and not self.subjects.intersection(labels[heads == verb].tolist()):
            heads[name], labels[name], heads[joint] = verb, self.number["nsubj"], verb
            heads[place] = place if heads[verb] == verb else heads[verb]
            labels[place] = labels[verb]
            heads[verb], labels[verb] = place, self.number["conj"]

    def _two_halves(self, place: int, text: Sequence[str], heads: Numbers, labels: Numbers) -> None:
        """ "It has taken two towns; the premier told a council …": not what the premier told."""
        verb = int(heads[place])
        stops = [k for k in range(place + 1, verb) if text[k] == ";"]
        if not stops or any(is_above(heads, place, k) for k in range(stops[-1] + 1, verb)):
            return
        before = range(stops[-1] + 1, verb)
        if any(heads[k] == verb and int(labels[k]) in self.subjects for k in before):
            heads[place] = place if heads[verb] == verb else heads[verb]
            labels[place] = labels[verb]
            heads[verb], labels[verb] = place, self.number["parataxis"]

    def _over_its_verb(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """ "Chad condemned the strikes, which it said …": Chad is no subject of a verb below "condemned"."""
        verb = int(heads[place])
        if int(tags[place]) not in self.nouns | self.names | {self.pronoun} or verb < place:
            return
        for above in way_up(heads, verb):
            if not place < above < verb or int(tags[above]) not in self.finite:
                continue
            own = [k for k in np.flatnonzero(heads == above).tolist() if labels[k] in self.subjects]
            if not any(kid < above for kid in own):
                if not (heads[place + 1 : above] == verb).any():
                    heads[place] = above
                    labels[own] = self.number["obj"]
                return

    def _hyphened(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """ "Cease" and "fire" of "a cease-fire", both taken for what is agreed on: one noun."""
        first, last = place - 1, place + 1
        nouns = int(tags[first]) in self.nouns and int(tags[last]) in self.nouns
        if nouns and heads[first] == heads[last] and labels[first] == labels[last]:
            heads[heads == first] = last
            heads[first], labels[first] = last, self.number["compound"]
