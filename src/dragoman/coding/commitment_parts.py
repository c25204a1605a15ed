"""The parts of a commitment that its own sentence gives: condition, due date, the words without asides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dragoman.coding import dates
from dragoman.coding.commitment_words import condition_pattern
from dragoman.coding.cues import word_list
from dragoman.coding.tokens import (
    children,
    is_infinitive_to,
    label,
    span_of,
    subtree,
    tokens_in,
    trimmed,
)
from dragoman.model import Span, Statement, Story, When

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# The longest stretch, in days, that has begun and can still be a due date: "this month".
LONGEST = 31
# Words before a time by which something has to be done.
_DEADLINES = word_list("deadlines")
UNTIL = frozenset({"until", "till"})
_ASIDES = frozenset({"which", "who", "whom", "whose", "where"})
_APPOSITIONS = word_list("appositions")
_PUT_OFF = word_list("put_off")
_HALF_YEAR = 183  # days
_TODAY = frozenset({"today", "tonight"})
_LOOKING_BACK = frozenset({"before", "earlier", "ago", "previously"})
_CONCLUDING = frozenset({"sign", "ratify", "conclude", "strike", "reach", "clinch", "seal"})
# Words before the comma that the parse may cut off a condition.
_CUT_OFF = 2
_CONDITIONS = frozenset({"if", "unless"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def without_asides(doc: Doc, span: Span, head: int) -> Span:
    """The span up to a relative clause after a comma ("talks with Belmar, which it has refused").

    Args:
        head: token of the word that commits; an aside before it ("Belmar, which lost, will leave") stays.
    """
    tokens = tokens_in(doc, span)
    for index in tokens[1:]:
        if index <= head:
            continue
        token = doc[index]
        if doc[index - 1].text == "," and index - 1 > tokens[0] and _adds(doc, index):
            kept = trimmed(doc, range(tokens[0], index - 1))
            return span_of(doc, kept) if kept else span
        if token.lower_ in _ASIDES and doc[index - 1].text in (",", "–", "—", "-"):
            kept = trimmed(doc, range(tokens[0], index - 1))
            return span_of(doc, kept) if kept else span
        if token.lower_ in _ASIDES and doc[index - 2].text == "," and index - 2 > tokens[0]:
            kept = trimmed(doc, range(tokens[0], index - 2))  # ", some of which"
            return span_of(doc, kept) if kept else span
    return span


def within_speech(doc: Doc, span: Span, head: int, statements: Sequence[Statement]) -> Span:
    """The span up to the end of the quoted words that its verb (token ``head``) stands in."""
    place = doc[head].idx
    ends = [
        piece.end
        for item in statements
        if item.kind == "direct"
        for piece in item.content
        if piece.start <= place <= span.start < piece.end < span.end
    ]
    if not ends:
        return span
    kept = trimmed(doc, tokens_in(doc, Span(span.start, min(ends))))
    return span_of(doc, kept) if kept else span


def _adds(doc: Doc, index: int) -> bool:
    """Whether the words after a comma only add to what was committed: ", a reference to …",
    ", even as clashes went on"."""
    words = [token.lower_ for token in doc[index : index + 4]]
    if words[0] in ("a", "an") and set(words[1:3]) & _APPOSITIONS:
        return True
    if words[:2] == ["even", "as"] or words[0] == "amid":
        return True
    return words[0] == "while" or (words[0] == "as" and "long" not in words[1:2])


def with_marks(text: str, span: Span) -> Span:
    """The span with the quotation mark beside it that pairs with one inside it."""
    start, end = span.start, span.end
    words = text[start:end]
    for opening, closing in _PAIRS:
        unopened = words.count(closing) > words.count(opening)
        unclosed = words.count(opening) > words.count(closing)
        if unopened and opening != "‘" and text[start - 1 : start] == opening:
            start -= 1
        elif unopened and text[start - 1 : start] == opening and closing + " " in words:
            start -= 1  # ’ is an apostrophe more often than not
        elif unclosed and text[end : end + 1] == closing:
            end += 1
    if words.count('"') % 2 and text[start:end].count('"') == words.count('"'):
        if text[start - 1 : start] == '"':
            start -= 1
        elif text[end : end + 1] == '"':
            end += 1
    return Span(start, end)


_PAIRS = (("“", "”"), ("‘", "’"))


def reach_of(doc: Doc, head: int, span: Span) -> int:
    """Where the clause of the word that makes a commitment ends, in code points."""
    apart = [
        child
        for child in doc[head].children
        if label(child) in ("advcl", "conj", "parataxis", "ccomp", "nsubj") or child.i < head
    ]
    last = doc[max(subtree(doc[head], apart))]
    return max(span.end, last.idx + len(last))


def condition_of(
    doc: Doc, text: str, head: int, span: Span, statements: Sequence[Statement]
) -> str | None:
    """The words of a condition that the commitment hangs on ("if …", "in the event of …"), or None.

    Looks inside the commitment, then in the innermost statement around it, then in the sentence,
    where no statement is around it.

    Args:
        head: token of the word that makes the commitment.
        span: the commitment's words.
    """
    for low, high in _reaches(doc, head, span, statements):
        for match in condition_pattern().finditer(text, low, high):
            place = tokens_in(doc, Span(match.start(), match.start() + 1))
            if not place or _asks(doc[place[0]]) or _apart(doc[place[0]], doc[head]):
                continue
            words = _clause(doc, text, place[0], min(match.end(), high))
            if match.start() < span.start and span.end <= match.start() + len(words):
                continue  # "(shut until) both sides return", where that is what is asked
            if len(words.split()) > 1 and not _only_a_time(doc, place[0], words):
                return words
        for token in tokens_in(doc, Span(low, high)):
            words = _inverted(doc, text, token, high)
            if words:
                return words
    return None


def _apart(opener: Token, head: Token) -> bool:
    """Whether a condition belongs to a clause beside the commitment's ("Chad will pay, but Togo will
    fight if …")."""
    chain = [opener, *opener.ancestors]
    own = {head, *head.ancestors}
    beside = ("conj", "parataxis") if head in chain else ("conj", "parataxis", "ccomp")
    return any(
        label(token) in beside
        and token not in own
        and any(child.dep_.startswith("nsubj") for child in token.children)
        for token in chain
    )


def _only_a_time(doc: Doc, first: int, words: str) -> bool:
    """Whether "until …" gives a time and no clause ("until the end of the month", "until Friday to leave")."""
    token = doc[first]
    inside = tokens_in(doc, Span(token.idx, token.idx + len(words)))
    verbal = any(doc[i].tag_ in _FINITE for i in inside)
    return token.lower_ in UNTIL | {"once"} and not verbal


def _inverted(doc: Doc, text: str, place: int, end: int) -> str:
    """The words of "should Belmar resume the tests", where the modal stands before its subject."""
    token = doc[place]
    if token.lower_ != "should" or label(token) != "aux" or token.head.i == token.i:
        return ""
    subject = next((c for c in token.head.children if c.dep_.startswith("nsubj")), None)
    if subject is None or not token.i < subject.i < token.head.i or label(token.head) == "ROOT":
        return ""
    kept = trimmed(doc, [i for i in subtree(token.head) if i >= place and doc[i].idx < end])
    span = span_of(doc, kept)
    return text[span.start : span.end]


def _reaches(
    doc: Doc, head: int, span: Span, statements: Sequence[Statement]
) -> list[tuple[int, int]]:
    """Where a condition may stand, nearest first."""
    found = [(span.start, span.end)]
    place = max(span.start, min(doc[head].idx, span.end))
    holding = [
        piece
        for item in statements
        for piece in item.content
        if piece.start <= place < piece.end or piece.contains(span)
    ]
    if holding:
        inner = min(holding, key=lambda piece: piece.end - piece.start)
        sentence = doc[head].sent
        low, high = max(inner.start, sentence.start_char), min(inner.end, sentence.end_char)
        found.append((low, max(low, high)))
        opens = next((token for token in sentence if token.is_alpha), sentence[0])
        if opens.lower_ in _CONDITIONS and opens.idx < low:  # "If they stay, he warned, we will …"
            found.append((sentence.start_char, low))
        return [*found, *_on_condition(doc[head], inner)]
    sentence = doc[head].sent
    return [*found, (sentence.start_char, sentence.end_char)]


def _on_condition(head: Token, inner: Span) -> list[tuple[int, int]]:
    """Where "(but only) on condition that …" or "provided that …" stands behind the statement of the word
    that commits."""
    for item in children(head, "conj", "obl", "advcl"):
        opens = item.lower_ == "condition" or label(item) == "advcl"
        if opens and item.idx >= inner.end and item.i > head.i:
            words = subtree(item)
            last = item.doc[max(words)]
            return [(item.doc[min(words)].idx, last.idx + len(last))]
    return []


def _asks(token: Token) -> bool:
    """Whether "if" opens a question ("asked if …") or only concedes ("even if")."""
    before = token.i > 0 and token.doc[token.i - 1].lower_ in ("even", "as", "what")
    return (token.lower_ == "if" and label(token.head) == "ccomp") or before


def _clause(doc: Doc, text: str, first: int, end: int) -> str:
    """The words of a condition: the clause its first word opens, not the one it hangs on."""
    token = doc[first]
    head = token.head if token.head.i > first else token
    if label(token) == "fixed" or label(head) in ("fixed", "case", "mark"):
        head = head.head
    inside = [i for i in subtree(head) if i >= first and doc[i].idx < end]
    kept: list[int] = []
    for index in sorted(inside):
        if kept and any(not doc[i].is_quote for i in range(kept[-1] + 1, index)):
            break
        kept.append(index)
    last = next(
        (i for i in tokens_in(doc, Span(token.idx, end)) if i > first + 2 and doc[i].text == ","),
        None,
    )
    if len(kept) < 3 or head.i <= first:
        kept = [i for i in tokens_in(doc, Span(token.idx, end)) if last is None or i < last]
    kept = trimmed(doc, kept)
    if not kept:
        return ""
    left = range(kept[-1] + 1, last) if last is not None else range(0)
    if len(left) <= _CUT_OFF and all(doc[i].is_alpha and doc[i].tag_ != "PRP" for i in left):
        kept += left  # "if political means | fail,"
    behind = kept[-1] + 1
    if behind < len(doc) and doc[behind].lower_ in ("not", "n't", "n’t") and doc[behind].idx < end:
        kept.append(behind)  # "if it did not", whatever the "not" was hung on
    span = span_of(doc, kept)
    words, closing = text[span.start : span.end], text[span.end : span.end + 1]
    open_still = words.count('"') % 2 if closing == '"' else words.count("“") > words.count("”")
    return words + closing if closing in ('"', "”") and open_still else words


def due_of(doc: Doc, story: Story, head: int, span: Span, agreed: bool = False) -> When | None:
    """The time by which, or at which, it is to happen; None where the words name none to come.

    A time inside the commitment's words counts unless it is past; one after them in the sentence
    only where "by", "before" or the like stands before it. A story without a date gives the words
    alone, with empty days.

    Args:
        agreed: it is an agreement: a time under "if" is not its own ("will end the truce if …").
    """
    sentence = doc[head].sent
    undated = story.published is None
    times = list(dates.find(sentence, story.published, unresolved=undated))
    put_off = next(
        (when for first, last, when in times if _put_off_till(doc, first, last, head)), None
    )
    if put_off is not None and (undated or put_off.end > (story.published or "")):
        return put_off
    looks_back = _had(doc[head])
    for first, last, told in times:
        earlier = _year_back(told, story.published) if looks_back else None
        when = earlier or told
        words = {token.lower_ for token in doc[max(0, first - 1) : last]}
        words -= {doc[last - 1].lower_} & _LOOKING_BACK  # "six weeks before"
        deadline = bool(words & _DEADLINES)
        inside = span.start <= doc[first].idx < span.end
        granted = bool(words & UNTIL) and head < first  # "gave Belmar until Friday to leave"
        opens = "from" in words and head < first and when.start > (story.published or when.start)
        if not (granted or inside or opens or (deadline and doc[first].idx >= span.start)):
            continue
        place = _top(doc, first, last)
        if agreed and any(token.lower_ in _CONDITIONS for token in doc[sentence.start : first]):
            continue
        if agreed and not (deadline or granted) and _when_signed(place, doc[head]):
            continue
        beside = _of_verb_beside(place, doc[head]) or _apart(place, doc[head])
        if beside or _of_another_clause(place, head, span):
            continue
        if undated and not deadline and (when.start or not _ahead(place)):
            continue  # "states that joined after 1997", "signed on Thursday"
        if not deadline and when.start and _already_running(when, story.published):
            continue  # "their sixth meeting this year"
        gone = looks_back and deadline  # "had promised to leave by Friday", told on Monday
        if earlier is None and not gone and story.published and when.end <= story.published:
            if not (deadline or words & _TODAY) or when.end < story.published:
                continue
        return when
    return None


def _when_signed(place: Token, verb: Token) -> bool:
    """Whether a time is that of the signing: "signed a pact this month"."""
    done = verb.tag_ in ("VBD", "VBN") and not any(c.tag_ == "MD" for c in verb.children)
    return done and place.head.i == verb.i and verb.lemma_ in _CONCLUDING


def _had(verb: Token) -> bool:
    """Whether a commitment was made before the things that the story tells: "the Union, which had demanded it by 8 May"."""
    return verb.tag_ == "VBN" and any(
        child.lower_ in ("had", "’d", "'d") for child in verb.children
    )


def _year_back(when: When, published: str | None) -> When | None:
    """A day told without its year, of what was to be by then, where the next such day is over half a year ahead."""
    if not published or not when.end:
        return None
    ahead = date.fromisoformat(when.end) - date.fromisoformat(published)
    day = when.replace(start=when.end) if when.start == published else when  # "by" then
    return dates.year_before(day) if ahead.days > _HALF_YEAR else None


def _put_off_till(doc: Doc, first: int, last: int, head: int) -> bool:
    """Whether a time is that to which something is put off: "the talks set for Monday were postponed until 3 May"."""
    top = _top(doc, first, last)
    verb = top.head
    marks = {token.lower_ for token in doc[max(0, first - 1) : last]}
    return verb.lower_ in _PUT_OFF and bool(marks & {"to", *UNTIL}) and verb.is_ancestor(doc[head])


def _top(doc: Doc, first: int, last: int) -> Token:
    """The word of a time on which the others hang."""
    inside = range(first, last)
    return next((doc[i] for i in inside if doc[i].head.i not in inside), doc[first])


def _of_another_clause(place: Token, head: int, span: Span) -> bool:
    """Whether a time belongs to what has happened: a finite past verb stands between it and the
    commitment ("to punish those who fired on Friday"), and not under "if" ("if they had not left by Friday")."""
    token = place
    for _ in range(8):
        if token.i == head or token.head.i == token.i:
            return False
        token = token.head
        if token.i == head or not span.start <= token.idx < span.end:
            return False
        if any(c.lower_ == "without" for c in children(token, "case", "mark")):
            return True  # "will call him without waiting for the meeting in August"
        if _past(token) and label(token) in _SIDE_CLAUSES:
            return not any(child.lower_ in _CONDITIONS for child in token.children)
    return False


def _of_verb_beside(place: Token, head: Token) -> bool:
    """Whether a time hangs on another finite verb joined to the one that commits: "calls on Chad to leave, and calls on
    Mali to pay by Friday"."""
    token = place
    for _ in range(8):
        if token.i == head.i or token.head.i == token.i:
            return False
        if label(token) == "conj" and token.head.i == head.i and token.i > head.i:
            return token.tag_ in ("VBZ", "VBP", "VBD")
        token = token.head
    return False


_SIDE_CLAUSES = frozenset({"acl", "advcl", "ccomp", "csubj", "parataxis"})


def _past(token: Token) -> bool:
    """Whether a verb tells of the past: "fired", "had fired", "were fired"."""
    if token.tag_ == "VBD":
        return True
    helpers = {child.tag_ for child in token.children if label(child) == "aux"}
    return token.tag_ == "VBN" and bool(helpers & {"VBD", "VBZ", "VBP"}) and "MD" not in helpers


def _ahead(place: Token) -> bool:
    """Whether a time hangs on something to come: a verb under "to" or "will", or "next"."""
    if dates.looks_forward(place) or place.lower_ in ("tomorrow", "tonight"):
        return True
    if any(child.lower_ in ("next", "coming") for child in place.children):
        return True
    verb = place.head
    return verb.tag_ in ("VB", "VBZ", "VBP") or any(
        child.tag_ == "MD" or is_infinitive_to(child) for child in verb.children
    )


def _already_running(when: When, published: str | None) -> bool:
    """Whether the story's day lies in a stretch longer than a month that names no end."""
    if published is None or not when.start < published <= when.end:
        return False
    days = date.fromisoformat(when.end) - date.fromisoformat(when.start)
    return days.days > LONGEST
