"""How many were killed, hurt, held or marched in an event, by the words that count them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding import counts as people
from dragoman.coding.count_clauses import joined
from dragoman.model import Counts, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax

#: Clauses that may tell another's deed; "when a drone hit them" tells the means of the first.
_BESIDE = frozenset({"conj", "parataxis", "advcl"})
_COUNTED = {
    "ASSAULT": ("dead", "injured"),
    "COERCE": ("arrested",),
    "PROTEST": ("size", "dead", "injured"),
    "RETREAT": (),
}


class EventCounts:
    """The counts of the events of one story."""

    def __init__(self, doc: Doc, story: Story, syntax: Syntax) -> None:
        self.doc, self.story, self.syntax = doc, story, syntax

    def of(self, draft: Draft) -> Counts | None:
        """The counts that a draft's sentence tells, else those of where it is told again."""
        return self._counts(draft) or self._retold_counts(draft)

    def is_of_another(self, clause: int) -> bool:
        """Whether a clause beside a deed has its own doer: "shot at them while sappers cleared mines"."""
        syntax = self.syntax
        dep, marks = syntax.dep[clause], syntax.marks(clause)
        aside = dep != "advcl" or "while" in marks or self._is_answered(clause)
        aside = aside or syntax.is_apart(clause)  # "came hours after rockets wounded seven"
        return (
            dep in _BESIDE
            and aside
            and any(syntax.dep[kid] == "nsubj" for kid in syntax.kids[clause])
        )

    def _stands_beside(self, token: int) -> bool:
        """Whether a verb is that of a clause with "while" that has its own doer."""
        return "while" in self.syntax.marks(token) and self.is_of_another(token)

    def _is_answered(self, clause: int) -> bool:
        """Whether another deed follows upon a clause's: "struck the town after rockets killed ten"."""
        deed = self.syntax.answered_by(clause)
        return deed is not None and bool(self.syntax.arguments(deed).object)

    def _counts(self, draft: Draft) -> Counts | None:
        """Those of the draft's own sentence."""
        kinds = _COUNTED.get(draft.type, ())
        if not kinds or draft.modes & {"hypothetical", "negation", "future"}:
            return None
        words = self.doc[draft.sentence[0] : draft.sentence[1]]
        start = words.start_char
        text = self.story.text[start : words.end_char]
        found = people.find(text, start, kinds)
        if found is None:
            return None
        apart_text = self._without_others(draft, text, start)
        own = people.find(apart_text, start, kinds) if apart_text != text else None
        if own is not None or self._stands_beside(draft.token):
            found = own or Counts()  # "killed six, while Chad bombed a base": none of the six there
        alone = self._own_clause(draft.token)
        if alone is not None and (own := people.find(alone.text, alone.start_char, kinds)):
            found = own
        near = self._told_with(draft.token)
        apart = self._told_of_others(draft)
        struck = {mention.entity for mention in draft.recipients}
        # "two generals killed protesters": so many have struck, not died
        doers = [
            (self.doc[who.first].idx, self.doc[who.last - 1].idx)
            for who in draft.actors if who.entity not in struck
        ]  # fmt: skip
        held = {
            kind: count for kind in kinds
            if (count := getattr(found, kind)) is not None
            and any(first <= count.start < last for first, last in near)
            and not any(first <= count.start < last for first, last in apart)
            and (kind == "size" or not any(first <= count.start <= last for first, last in doers))
        }  # fmt: skip
        return Counts(**held) if held else None

    def _own_clause(self, token: int) -> Span | None:
        """The words of a clause with "when" that says who came to harm: "killed 80, ten of them on Friday, when
        three men died at sea"."""
        syntax = self.syntax
        opened = any(syntax.word[kid] == "when" for kid in syntax.kids[token])
        undergone = [kid for kid in syntax.kids[token] if syntax.dep[kid].startswith("nsubj")]
        if not (opened and undergone and syntax.is_verb(token)) or syntax.arguments(token).object:
            return None
        word = self.doc[token]
        return self.doc[word.left_edge.i : word.right_edge.i + 1]

    def _retold_counts(self, draft: Draft) -> Counts | None:
        """Who was counted where the deed is told again: "stormed the camp. Six died in the raid"."""
        for token, (first, last) in draft.retold:
            if not self.syntax.is_verb(token):
                continue
            again = replace(draft, token=token, sentence=(first, last), retold=[])
            found = self._counts(again)
            if found is not None:
                return found
        return None

    def _without_others(self, draft: Draft, text: str, start: int) -> str:
        """A sentence with blanks for the clauses in which others do another thing: "shells killed six, while a
        drone killed two"."""
        syntax, token = self.syntax, draft.token
        blank = [
            [word.left_edge.i, word.right_edge.i + 1]
            for word in self.doc[draft.sentence[0] : draft.sentence[1]]
            if self.is_of_another(word.i) and not word.left_edge.i <= token <= word.right_edge.i
        ]
        blank += self._joined(draft)
        top = token
        while not self.is_of_another(top) and syntax.head[top] != top:
            top = syntax.head[top]
        if self.is_of_another(top):
            own = self.doc[top]
            blank += [
                [draft.sentence[0], own.left_edge.i],
                [own.right_edge.i + 1, draft.sentence[1]],
            ]
        for first, last in blank:
            if first < last:
                words = self.doc[first:last]
                begin, end = words.start_char - start, words.end_char - start
                text = text[:begin] + " " * (end - begin) + text[end:]
        return text

    def _joined(self, draft: Draft) -> list[list[int]]:
        """Where verbs joined to the trigger say whom they count."""
        return joined(draft.token, _COUNTED.get(draft.type, ()), self.syntax, self.doc)

    def _told_with(self, token: int) -> list[tuple[int, int]]:
        """Where the clause of a trigger and the one above stand: who was counted elsewhere in the sentence
        ("said two had been killed, hours after Chad accused it of shooting", "four ministers have resigned since
        the rallies began") is of another deed."""
        syntax, verb = self.syntax, token
        while not syntax.is_verb(verb) and syntax.head[verb] != verb:
            verb = syntax.head[verb]
        alone = syntax.is_apart(verb) or self._is_answered(verb) or "since" in syntax.marks(verb)
        above = verb if alone else syntax.head[verb]
        if syntax.dep[above] == "conj" and any(syntax.word[x] == "when" for x in syntax.kids[verb]):
            above = syntax.head[above]  # "two died and three were hurt when a bomb went off"
        clauses = [self.doc[place] for place in (verb, above)]
        return [
            (first.left_edge.idx, first.right_edge.idx + len(first.right_edge)) for first in clauses
        ]

    def _told_of_others(self, draft: Draft) -> list[tuple[int, int]]:
        """Where relative clauses of other nouns stand ("a rally against strikes that killed ten"), but for
        those of who was struck; and the deeds that this one follows upon."""
        struck = draft.type in self.syntax.patterns.types("struck")
        clauses = [
            word for word in self.doc[draft.sentence[0] : draft.sentence[1]]
            if self._is_answered(word.i)
            or self.syntax.is_apart(word.i)
            or (not struck and word.dep_ == "acl:relcl" and word.head.i != draft.token)
        ]  # fmt: skip
        clauses = [x for x in clauses if not x.left_edge.i <= draft.token <= x.right_edge.i]
        joined = [self.doc[first:last] for first, last in self._joined(draft)]
        return [
            *((x.left_edge.idx, x.right_edge.idx + len(x.right_edge)) for x in clauses),
            *((words.start_char, words.end_char) for words in joined),
        ]
