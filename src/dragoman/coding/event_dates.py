"""The day of an event: the time expression that its clause tells, or the story's own day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding import event_date_trees as trees
from dragoman.coding.chronology import entry_at
from dragoman.coding.dated_entries import entry_of
from dragoman.coding.event_past import is_habit, is_over
from dragoman.coding.event_times import OPENING, ClauseTimes
from dragoman.model import When

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft

#: Clauses above a deed that are asked for a time, and days before the story from which it is long ago.
_CLAUSES, _LONG_AGO = 4, 31


class EventDates(ClauseTimes):
    """The days of the events of one story."""

    def of(self, draft: Draft, said: bool) -> When | None:
        """The day that the draft's words tell, in any of its tellings; else the story's own.

        None where nobody knows it: of what is still to come, of what "had" been before the things
        that the story tells, and of what was told long ago, as far as no time is told. ``said``:
        whether it is told in somebody's words; there "had" stands for "has".
        """
        for token, sentence in ((draft.token, draft.sentence), *draft.retold):
            known, _ = self._times_for(token, sentence, draft)
            told = self._told(token, sentence, known) or self._counted_from_today(token)
            if told is not None:
                return self._until_today(token, told)
        published = self.story.published
        if not published or draft.modes & {"future", "hypothetical"}:
            return None
        if not said and draft.speaker is None and is_over(self.syntax, self._verb_of(draft.token)):
            return None
        entry = entry_at(self.doc, self.doc[draft.sentence[0]].idx, published)
        if entry is not None:  # a list of years
            return When(entry.first.isoformat(), entry.last.isoformat(), entry.words)
        _, unread = self._times_for(draft.token, draft.sentence, draft)
        if self._is_of_old(draft.token, draft.sentence) or self._is_at(
            draft.token, draft.sentence, unread
        ):
            return None
        if (day := self._of_entry(draft.sentence)) is not None:
            return day
        verb = self._verb_of(draft.token)
        if is_habit(self.syntax, verb) or (not said and self._old.hold(verb)):
            return None
        return When(published, published, "")

    def _of_entry(self, sentence: tuple[int, int]) -> When | None:
        """The day that opens the line of a chronology in which a sentence stands further on."""
        line = entry_of(self.doc, self.doc[sentence[0]].idx)
        if line is None:
            return None
        opening = self.doc.char_span(line, line + 1, alignment_mode="expand")
        if opening is None:
            return None
        head = opening[0].sent
        times = self._times_of((head.start, head.end))
        return next(
            (when for first, _, when in times if first - head.start <= OPENING and when.start),
            None,
        )

    def _until_today(self, token: int, when: When) -> When:
        """Days that began by the story's, of what was done: none after it ("early this year")."""
        published, verb = self.story.published, self._verb_of(token)
        if not published or verb is None or self.syntax.tag[verb] not in {"VBD", "VBN"}:
            return when
        return when.replace(end=published) if when.start <= published < when.end else when

    def is_to_come(self, when: When) -> bool:
        """Whether the days begin after the story's."""
        return bool(self.story.published) and when.start > (self.story.published or "")

    def _is_of_old(self, token: int, sentence: tuple[int, int]) -> bool:
        """Whether a clause above has a time long before the story's: "in 2017 it said he had died"."""
        times = [time for time in self._times_of(sentence) if time[2].start]
        verb = self._verb_of(token) if times else None
        for _ in range(_CLAUSES):
            if (
                verb is None
                or self.syntax.head[verb] == verb
                or trees.is_of_its_own_time(self.syntax, verb)
            ):
                return False
            verb = self._verb_of(self.syntax.head[verb])
            when = self._nearest(verb, times) if verb is not None else None
            if when is not None:
                return self._is_older(when, _LONG_AGO)
        return False
