"""Which of the times of a sentence is that of a clause in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from dragoman.coding import dates
from dragoman.coding import event_date_trees as trees
from dragoman.coding.calendar_words import MONTH_PATTERN, UNIT_PATTERN, WEEKDAY_PATTERN
from dragoman.coding.chronology import entry_at
from dragoman.coding.event_past import OldTales, is_over
from dragoman.entities.words import quoted_words
from dragoman.model import Story, When

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax

#: Prepositions between a deed and the larger one that it was part of ("killed in a 2015 airstrike").
_WITHIN = ("in", "during")
#: Clauses that a time at the head of their sentence is about as well ("Last year he was so upset …").
_UNDER_ONE_TIME = frozenset({"conj", "parataxis", "advcl", "ccomp", "xcomp", "ROOT"})
#: Days before the story's date from which an event is historical.
_HISTORICAL_DAYS = 365
#: Words before a sentence's first time that still leave it at its head ("But on the same day").
OPENING = 3
#: Words that begin a clause about the time of the clause above it.
_AT_ONCE = frozenset({"after", "when", "as", "while", "to"})
_THERE = frozenset({"where"})  # "began on Monday in a jail, where men of a gang shot two"
_WHEN = frozenset({"when", "as", "while", "once"})
#: Which way the time of a deed lies, as seen from the one told beside it.
_AWAY = {"after": "earlier", "before": "later"}
#: Before the day from which or until which something is to be.
_AHEAD = frozenset({"from", "until", "till", "by"})
#: Types of what is threatened or demanded.
_BINDING = frozenset({"THREATEN", "REQUEST"})
#: Types of words about what others did, on a day of its own.
_ABOUT_DEEDS = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST", "THREATEN", "CONCEDE"})
#: Types of what is called for a day ("called a strike for Friday"): the day is theirs.
_HELD = frozenset({"PROTEST"})
#: Agreements that are known by their day.
_PACTS = frozenset(
    {"ceasefire", "truce", "accord", "agreement", "deal", "pact", "treaty", "armistice"}
)
_DESPITE = frozenset({"despite", "notwithstanding"})
#: A length of time that may only rank a deed: "the first talks in eight months", not "in March".
_LENGTHS = re.compile(rf"(?:in|within)\b.*(?:{UNIT_PATTERN})s?$", re.IGNORECASE)
#: A time that goes on is that of its own clause alone ("has killed 80 since May, while Chad shelled Abbe").
_SINCE = "since "
_STOP = ";"
#: Names of days and months, which some people have.
_CALENDAR = re.compile(f"(?:{MONTH_PATTERN}|{WEEKDAY_PATTERN})", re.IGNORECASE)


#: First and last token of a time expression, and its days; no days where nobody knows them.
Time = tuple[int, int, When]


class ClauseTimes:
    """Finds the times of one story and the clause each belongs to."""

    def __init__(self, doc: Doc, story: Story, syntax: Syntax) -> None:
        self.doc, self.story, self.syntax = doc, story, syntax
        self._times: dict[int, list[Time]] = {}
        self._quoted = quoted_words(syntax.word)
        self._old = OldTales(self)
        self._called = _called_like_times(doc)

    def time_of_clause(self, verb: int, sentence: tuple[int, int]) -> When | None:
        """The time that is told of a verb's deed, or at the head of its sentence."""
        times = self._times_of(sentence)
        return (
            self._nearest(verb, times)
            or self._when(verb, times)
            or self._heading(verb, sentence, times)
        )

    def is_historical(self, when: When) -> bool:
        """Whether the days lie more than a year before the story's."""
        return self._is_older(when, _HISTORICAL_DAYS)

    def _is_older(self, when: When, days: int) -> bool:
        today, last = dates.as_date(self.story.published), dates.as_date(when.end)
        return today is not None and last is not None and (today - last).days > days

    def _told(self, token: int, sentence: tuple[int, int], times: Collection[Time]) -> When | None:
        """The year before the deed, the time nearest in the tree, or that at the sentence's head."""
        own = self._own_year([token])
        if own is not None:
            return own
        nearest = self._in_relative(token, times) or self._of_its_act(token, times)
        nearest = nearest or self._beside(token, times)
        nearest = nearest or self._nearest(token, times) or self._at_that_time(token, times)
        if nearest is not None:
            return nearest
        within = [n for word in _WITHIN for n in self.syntax.behind(token, word)]
        above, away = self._clause_above(token), self._away(token)
        shared = [time for time in times if not time[2].text.lower().startswith(_SINCE)]
        if away is not None:
            told = self._nearest(away[0], times)
            return dates.shifted(told, away[1]) if told else None
        return (
            self._own_year(within)
            or (self._nearest(above, shared) if above is not None else None)
            or self._when(token, times)
            or self._heading(token, sentence, times)
            or self._after_stop(token, times)
        )

    def _in_relative(self, token: int, times: Collection[Time]) -> When | None:
        """The time of what a deed did ("strikes that killed ten on Friday"), or of when it came ("the attack,
        which took place on Friday, killed ten")."""
        syntax = self.syntax
        for noun in (token, *syntax.kids[token]):
            for kid in syntax.kids[noun] if noun == token or syntax.dep[noun] == "nsubj" else ():
                done_to = [x for x in syntax.arguments(kid).object if syntax.lemma[x] != "place"]
                came = syntax.lemma[kid] in syntax.patterns.lists["occurrence"] and not done_to
                occurs = (
                    came or noun == token
                )  # "Chad, which ended its siege in May" did not come then
                if syntax.dep[kid] == "acl:relcl" and syntax.tag[kid] == "VBD" and occurs:
                    end = self.doc[kid].right_edge.i
                    return self._nearest(kid, [time for time in times if kid < time[0] <= end])
        return None

    def _of_its_act(self, token: int, times: Collection[Time]) -> When | None:
        """The past time behind the act of "the talks that Belmar had offered to host a month ago": that of the offer."""
        syntax, today = self.syntax, self.story.published
        if not today or syntax.dep[token] != "acl:relcl" or not is_over(syntax, token):
            return None
        for kid in syntax.kids[token]:
            if syntax.dep[kid] == "xcomp":
                end = self.doc[kid].right_edge.i
                over = [x for x in times if kid < x[0] <= end and x[2].end < today]
                return self._nearest(kid, over)
        return None

    def _at_that_time(self, token: int, times: Collection[Time]) -> When | None:
        """The time right before a clause with "when": "as in 2015, when it shot down a jet"."""
        words, verb = self.syntax.word, self._verb_of(token)
        kids = self.syntax.kids[verb] if verb is not None and times else ()
        opening = next((kid for kid in kids if words[kid] == "when"), None)
        if opening is None or words[opening - 1] != ",":
            return None
        return next((when for _, last, when in times if last == opening - 1), None)

    def _beside(self, token: int, times: Collection[Time]) -> When | None:
        """The second time of another verb, right behind: "on Friday freed men it had jailed on Monday"."""
        for first, last, when in times:
            verb = self.syntax.head[trees.outer(self.syntax, first, last)[0]]
            if first == token + 1 and verb < token and self.syntax.is_verb(verb):
                hung = (
                    self.syntax.head[trees.outer(self.syntax, *time[:2])[0]]
                    for time in times
                    if time[0] < token
                )
                return when if verb in hung else None
        return None

    def _away(self, token: int) -> tuple[int, str] | None:
        """The verb from whose time a deed's is counted, and how far: "left two days after rebels struck"."""
        syntax, verb = self.syntax, self._verb_of(token)
        if verb is None and syntax.dep[token] == "nsubj" and syntax.is_verb(syntax.head[token]):
            verb = syntax.head[token]  # "a day after a strike on Goma killed four"
        for word in dict.fromkeys((token, verb if verb is not None else token)):
            for kid in syntax.kids[word]:
                way = _AWAY.get(syntax.word[kid])
                length = dates.length_before(self.doc[max(0, kid - 3) : kid].text) if way else None
                if not way or not length or syntax.dep[kid] not in {"mark", "case"}:
                    continue
                above = self._verb_of(syntax.head[word])
                if above is not None and (syntax.tag[above], syntax.dep[above]) == ("VBG", "advcl"):
                    above = syntax.head[
                        above
                    ]  # "stormed the camp on Monday, killing two, a day after"
                if above is not None and above not in {word, token}:
                    return above, f"{length} {way}"
        return None

    def _counted_from_today(self, token: int) -> When | None:
        """The time of a deed that is counted from one of which no time is told: the story's own day."""
        away, published = self._away(token), self.story.published
        if (
            away is None
            or not published
            or self.syntax.tag[away[0]] != "VBD"
            or is_over(self.syntax, away[0])
        ):
            return None
        return dates.shifted(When(published, published, ""), away[1])

    def _times_for(
        self, token: int, sentence: tuple[int, int], draft: Draft
    ) -> tuple[list[Time], list[Time]]:
        """The times of a sentence that may be a deed's, with days that are known and that are not.

        Times in quotation marks are not those of the words outside ("tomorrow we will be in paradise",
        they prayed), and days after the story's are not those of what was done.
        """
        known: list[Time] = []
        unread: list[Time] = []
        done = self._is_done(token, draft)
        aside = self._set_aside(token)
        for first, last, when in self._times_of(sentence):
            if self._quoted[first] and not self._quoted[token]:
                continue
            if trees.is_of_word(self.syntax, first, token):
                continue
            if aside and first not in aside:
                continue  # "will leave on Monday despite the warning"
            if draft.type in _BINDING and self._is_term(first, last, when):
                continue
            if draft.type in _ABOUT_DEEDS and trees.is_of_deed(self.syntax, first, last, token):
                continue  # "condemned the attack of 9 March"
            if self._is_of_pact(first, last, token):
                continue  # "observed the ceasefire of 10 April"
            days: When | None = when
            if done and when.start > (self.story.published or when.start):
                own = trees.outer(self.syntax, first, last)[0]
                if self._is_term(first, last, when):
                    if draft.type in _HELD:
                        known.append((first, last, when))
                    continue  # "threatened a strike from May 2": the day of what is to come
                if draft.type in _BINDING:
                    continue  # "called them to a rally on Friday", "for a strike on May 4"
                earlier = dates.year_before(when)
                days = earlier if self.syntax.head[own] == token else None
            (known if days and days.start else unread).append((first, last, days or when))
        return known, unread

    def _is_of_pact(self, first: int, last: int, token: int) -> bool:
        """Whether a time only says which agreement is meant, that something else is done about."""
        syntax = self.syntax
        time = trees.outer(syntax, first, last)[0]
        noun = syntax.head[time]
        if noun == token or syntax.word[noun] not in _PACTS:
            return False
        return syntax.dep[time].startswith("nmod") and "of" in syntax.prepositions(time)

    def _is_term(self, first: int, last: int, when: When) -> bool:
        """Whether a time is that from which or by which something is to be done, or the day for which."""
        before = self.syntax.prepositions(trees.outer(self.syntax, first, last)[0])
        on_day = "for" in before and bool(when.start) and when.start == when.end
        return on_day or not _AHEAD.isdisjoint(before)

    def _set_aside(self, token: int) -> Collection[int]:
        """The words of a noun behind "despite": what it tells came before, on no day of its verb's."""
        syntax = self.syntax
        if not syntax.is_noun(token) or not _DESPITE & set(syntax.prepositions(token)):
            return ()
        return syntax.subtree(token)

    def _is_done(self, token: int, draft: Draft) -> bool:
        """Whether a draft tells of what was done: a verb of the past, or an attack."""
        if draft.modes & {"future", "hypothetical"}:
            return False
        syntax = self.syntax
        if not syntax.is_verb(token):
            return draft.type == "ASSAULT"
        helpers = {syntax.tag[kid] for kid in syntax.kids[token] if kid < token}
        to_come = helpers & {"MD", "TO"} or trees.helpers(self.syntax, token) & trees.PRESENT
        return syntax.tag[token] in {"VBD", "VBN"} and not to_come

    def _is_at(self, token: int, sentence: tuple[int, int], times: Collection[Time]) -> bool:
        """Whether one of the times is that of the deed's clause: "years ago"."""
        return bool(times) and (
            self._nearest(token, times) is not None
            or self._heading(token, sentence, times) is not None
        )

    def _nearest(self, token: int, times: Iterable[Time]) -> When | None:
        """The time that stands nearest to a word in the tree, of those that tell of its deed."""
        chain = trees.chain_above(self.syntax, token)
        found = [
            (steps, when, trees.outer(self.syntax, first, last)[0])
            for first, last, when in times
            if (steps := trees.distance(self.syntax, first, last, chain)) is not None
            and not self._is_long_over(token, when)  # "have dropped a case opened in 2010"
        ]
        if not found:
            return None
        _, best, place = min(found, key=lambda item: item[0])
        own = self.syntax.head[place] == token and self.syntax.is_verb(token)
        for _, when, other in found:  # "in January … on 12 January": the finer
            same = (best.start, best.end) == (when.start, when.end)
            if own and self._verb_of(self.syntax.head[other]) != token:
                continue  # "who came this week, spoke on Thursday"
            if best.start <= when.start and when.end <= best.end and not same:
                best = when
        return best

    def _verb_of(self, token: int) -> int | None:
        """The verb of the clause that a word stands in: the word itself where it is one."""
        return token if self.syntax.is_verb(token) else self.syntax.governing_verb(token)

    def _clause_above(self, token: int) -> int | None:
        """The verb of one time with the token's: "killed 22 in May after a man detonated …"."""
        syntax = self.syntax
        verb = self._verb_of(token)
        if verb is None or syntax.dep[verb] != "advcl" or is_over(self.syntax, verb):
            return None
        below = {syntax.word[kid] for kid in syntax.kids[verb] if kid < verb}
        return syntax.head[verb] if below & (_AT_ONCE | _THERE) else None

    def _when(self, token: int, times: Collection[Time]) -> When | None:
        """The time of a clause that tells when: "when troops came in 2009, they shot ten men"; it may hang on the
        last of joined verbs ("one was killed and two were hurt when rebels fired on Friday")."""
        syntax, verb = self.syntax, self._verb_of(token)
        if verb is None or not times:
            return None
        joined = [word for word in syntax.conjuncts(verb) if word > verb and syntax.is_verb(word)]
        for kid in [kid for word in (verb, *joined) for kid in syntax.kids[word]]:
            marks = {syntax.word[below] for below in syntax.kids[kid] if below < kid}
            if syntax.dep[kid] == "advcl" and self._is_past(kid) and marks & _WHEN:
                return self._nearest(kid, times)
        return None

    def _is_past(self, verb: int) -> bool:
        """Whether a verb is in the past tense, or is a participle that has a subject and nothing to go with it."""
        syntax = self.syntax
        if syntax.tag[verb] != "VBN":
            return syntax.tag[verb] == "VBD"
        below = {syntax.dep[kid] for kid in syntax.kids[verb]}
        return "nsubj" in below and not any(dep.startswith("aux") for dep in below)

    def _times_of(self, sentence: tuple[int, int]) -> list[Time]:
        times = self._times.get(sentence[0])
        if times is None:
            span = self.doc[sentence[0] : sentence[1]]
            entry = entry_at(self.doc, span[0].idx, self.story.published)
            today = entry.last.isoformat() if entry is not None else self.story.published
            times = self._times[sentence[0]] = [
                time
                for time in dates.find(span, today, unresolved=True)
                if not self._is_somebody(time)
                and not (
                    _LENGTHS.match(time[2].text)
                    and dates.is_ranked(self.doc[sentence[0] : time[0]].text)
                )
            ]
        return times

    def _is_somebody(self, time: Time) -> bool:
        """Whether words like a time's name a person of the story: "May" or "of May" after "Theresa May"."""
        _, last, when = time
        name = self.doc[last - 1]
        if name.text not in self._called:
            return False
        alone = when.text.lower() in (name.lower_, f"of {name.lower_}")
        return name.ent_type_ == "PER" or alone

    def _heading(self, token: int, sentence: tuple[int, int], times: Iterable[Time]) -> When | None:
        """The time at the head of the sentence, where the token's clause stands under it."""
        when = next((when for first, _, when in times if first - sentence[0] <= OPENING), None)
        if when is None or is_over(self.syntax, self._verb_of(token)):
            return None
        syntax, verb = self.syntax, self._verb_of(token)
        slays = syntax.lemma[syntax.head[token]] in syntax.patterns.lists["slays"]
        if verb is None and slays and syntax.dep[token] == "nsubj":
            verb = syntax.head[token]  # "after an attack killed ten"
        while verb is not None:
            head, dep = syntax.head[verb], syntax.dep[verb]
            if dep.split(":")[0] not in _UNDER_ONE_TIME or dep == "acl:relcl":
                return None
            if trees.is_of_its_own_time(self.syntax, verb):
                return None
            if dep == "ccomp" and self.tells(head):
                return None  # "On Monday he said that …": the time is that of the words
            if head == verb:
                return when
            verb = head
        return None

    def _after_stop(self, token: int, times: Iterable[Time]) -> When | None:
        """ "It has arms left; on Saturday rebels shot two": the time at the head of a clause behind a semicolon."""
        words, verb = self.syntax.word, self._verb_of(token)
        past = verb is not None and self.syntax.tag[verb] in {"VBD", "VBN"}
        if verb is None or not past or self.tells(verb) or is_over(self.syntax, verb):
            return None
        return next(
            (
                when for first, _, when in times
                if first < verb and words[first - 1] == _STOP and _STOP not in words[first:verb]
            ),
            None,
        )  # fmt: skip

    def tells(self, verb: int) -> bool:
        """Whether a verb is one of saying."""
        governors = self.syntax.patterns.governors
        lemma = self.syntax.lemma[verb]
        return lemma in governors["reporting"] or lemma in governors["speaking"]

    def _is_long_over(self, token: int, when: When) -> bool:
        """Whether a time lies in a year before the story's and the verb speaks of the present."""
        published = self.story.published
        if not published or not when.end or when.end[:4] >= published[:4]:
            return False
        syntax = self.syntax
        verb = self._verb_of(token)
        if verb is None:
            return False
        helpers = trees.helpers(self.syntax, verb)
        going_on = syntax.tag[verb] in {"VBG", "VBN"} and bool(helpers & trees.PRESENT)
        return going_on or bool(helpers & trees.PERFECT)

    def _own_year(self, nouns: Iterable[int]) -> When | None:
        """The year that stands before one of the nouns ("a 2015 airstrike", no "2000 arrests")."""
        for noun in nouns:
            for kid in self.syntax.kids[noun]:
                before = kid < noun and self.syntax.prepositions(kid) == [
                    ""
                ]  # not "since 2008 … taken"
                year = dates.year_of(self.doc[kid].text) if before else None
                plural = self.syntax.tag[noun] == "NNS" and self.doc[kid].text.isdigit()
                counts = plural and self.syntax.word[kid - 1] != "the"
                if year is not None and not counts:
                    return year
        return None


def _called_like_times(doc: Doc) -> frozenset[str]:
    """Last names of the story's people that are names of days or months as well."""
    last = {ent[-1].text for ent in doc.ents if ent.label_ == "PER" and len(ent) > 1}
    return frozenset(name for name in last if _CALENDAR.fullmatch(name))
