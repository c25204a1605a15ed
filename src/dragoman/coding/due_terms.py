"""Days that run from a paper's own day: "within 30 days of signature", "not later than two weeks after the adoption"."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from dragoman.coding import dates
from dragoman.coding.calendar_words import NUMBER_PATTERN, UNIT_PATTERN, length_of, recent
from dragoman.coding.commitment_parts import due_of
from dragoman.coding.cues import word_list
from dragoman.model import When

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.model import Span, Story

_SIGNING, _FORCE = "signature signing adoption conclusion issuance approval date", "entry effect"
#: Groups: ``n`` and ``unit`` how long; ``from`` what it runs from, where that is said.
_TERM = re.compile(
    rf"\b(?:within|in|(?:not|no) (?:later|more) than|at the latest) (?:a period of )?(?P<n>{NUMBER_PATTERN}) "
    rf"(?:calendar |working |business )?(?P<unit>{UNIT_PATTERN})s?['’]?(?: at the latest)?"
    rf"(?: (?:of|after|from|following|as of) (?:the |its |this )?(?:date of |day of )?(?:the |its |this )?"
    rf"(?P<from>{'|'.join((_SIGNING + ' ' + _FORCE).split())}))?\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\b(?:shall|will) (?:enter|come|be) (?:into|in) (?:force|effect) (?:immediately )?(?:up)?on (?:the date of |the day of )?"
    r"(?:its |the )?(?:signature|signing|adoption)",
    re.IGNORECASE,
)
_KEPT = "dragoman.own_day"
_MADE = word_list("papers_made")
#: Sentences at the top and at the end of a paper that may say when it was signed.
_ENDS = 12


def due(doc: Doc, story: Story, head: int, span: Span, agreed: bool) -> When | None:
    """The time by which a commitment is due: a term that runs from the paper's day, else what ``due_of`` finds.

    Args:
        head: token of the word that commits.
        span: the commitment's clause.
        agreed: it is an agreement.
    """
    words = story.text[span.start : span.end]
    if any(found["from"] for found in _TERM.finditer(words)):
        return term_due(doc, story, span)
    return due_of(doc, story, head, span, agreed)


def term_due(doc: Doc, story: Story, span: Span) -> When | None:
    """The time that runs from the paper's own day inside a span, None where the span tells none.

    A term that runs from a day nobody tells ("after its entry into force") has its words and empty days.
    """
    for found in _TERM.finditer(story.text, span.start, span.end):
        told = (found["from"] or "").lower()
        if not told and re.match(
            r"\s+(?:of|after|from|following)\b", story.text[found.end() : span.end]
        ):
            return When("", "", found.group())
        today = dates.as_date(own_day(doc, story))
        if told in _FORCE.split() and _AT_ONCE.search(story.text) is None:
            today = None
        count, unit = length_of(found["n"], found["unit"], False)
        days = recent(today, count, unit, forward=True)
        if days is None:
            return When("", "", found.group())
        return When(days[0].isoformat(), days[1].isoformat(), found.group())
    return None


def own_day(doc: Doc, story: Story) -> str | None:
    """The ISO day on which a paper says it was signed or adopted, else the story's."""
    held: str | None = doc.user_data.get(_KEPT, "")
    if held != "":
        return held
    found = story.published
    sentences = list(doc.sents)
    ends = [*sentences[:_ENDS], *sentences[_ENDS:][-_ENDS:]]
    for sentence in ends:
        opening = next((token for token in sentence if token.is_alpha), None)
        if opening is None or opening.lower_ not in _MADE:
            continue
        told = [when for _, _, when in dates.find(sentence, story.published) if when.start]
        exact = [when.start for when in told if when.start == when.end and _past(when, story)]
        if exact:
            found = exact[0]
            break
    doc.user_data[_KEPT] = found
    return found


def _past(when: When, story: Story) -> bool:
    last = dates.as_date(story.published)
    return last is None or date.fromisoformat(when.start) <= last


__all__ = ["due", "own_day", "term_due"]
