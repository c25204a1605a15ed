"""Who says "I" and "we" and who is "you" in an interview: whoever answers, known from its opening."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span

    from dragoman.entities.mentions import Draft
    from dragoman.entities.words import Words

QUESTIONS = 3  # paragraphs ending in a question mark from which a story may be an interview
ANSWERS = 3  # "I" in answers from which it is one
FULL = 2  # words of a full name
TOGETHER = 4  # "we" in answers, times as often as "I", from which more than one answers
NOBODY, ASKER, ANSWERER = -1, 0, 1
LABELS = {"q": ASKER, "question": ASKER, "a": ANSWERER, "answer": ANSWERER}
MARKS = frozenset({":", "."})  # what stands behind the label of a turn ("Q: Will you leave?")
LABEL = 5  # words of a name in capitals before a colon
_ANSWERS = frozenset({"no.", "yes.", "no!", "yes!", "never.", "of course.", "of course not."})
LABELLED = 2  # questions with a label from which all turns are told by theirs


class Interview:
    """The turns of an interview, and who answers.

    Args:
        words: the words of the story.
        drafts: its drafts, those of names with their entities.

    Attributes:
        turns: for every word ``ASKER``, ``ANSWERER``, or ``NOBODY`` before the first question and
            inside quotation marks.
        answerer: the entity of whoever answers; "" where the story is no interview of one person
            or does not say of whom.
        labelled: whether "Q:" and "A:" open the turns.
    """

    def __init__(self, words: Words, drafts: Sequence[Draft]) -> None:
        self.answerer = ""
        self.turns: list[int] = []
        self.named = turn_labels(words)
        self._paragraphs, self._quoted = words.paragraphs, words.quoted
        paragraphs = words.paragraphs if ":" in words.texts or "?" in words.texts else []
        labels = labelled_turns(words, paragraphs)
        self.labelled = bool(labels)
        if not labels and words.lowers.count("?") < QUESTIONS:
            return
        quoted = words.quoted
        turns = labels or turns_of(words, paragraphs, quoted)
        self.turns = [
            NOBODY if inside else turns[number]
            for number, inside in zip(paragraphs, quoted, strict=True)
        ]
        opening = next((number for number, turn in enumerate(turns) if turn != NOBODY), 0)
        told: Counter[tuple[str, int]] = Counter()
        for draft in drafts:
            if draft.kind == "pronoun" and not quoted[draft.head]:
                told[draft.form, turns[paragraphs[draft.head]]] += 1
        if labels:
            self.answerer = leading(drafts, paragraphs, opening, told_of=True)
            return
        first = told["speaker", ANSWERER]
        if first >= ANSWERS and told["speakers", ANSWERER] <= TOGETHER * first:
            told_of = not told["speaker", NOBODY] and not told["hearer", NOBODY]
            self.answerer = leading(drafts, paragraphs, opening, told_of)

    def speaker_of(self, draft: Draft) -> range:
        """The words of the name that opens the turn ("KOVAC: …") an "I" or "we" stands in; none elsewhere."""
        return self.label_of(draft.head) if draft.form in ("speaker", "speakers") else range(0)

    def label_of(self, token: int) -> range:
        """The words that name whose turn a word outside quotation marks stands in; none elsewhere."""
        if not self.named or self._quoted[token]:
            return range(0)
        return self.named.get(self._paragraphs[token], range(0))

    def answers(self, token: int) -> bool:
        """Whether a word stands in an answer of the one who is interviewed."""
        return bool(self.answerer) and self.turns[token] == ANSWERER

    def means_answerer(self, draft: Draft) -> bool:
        """Whether a pronoun is "I" in an answer or "you" in a question."""
        return bool(self.answerer) and (draft.form, self.turns[draft.head]) in (
            ("speaker", ANSWERER), ("hearer", ASKER),
        )  # fmt: skip

    def means_group(self, draft: Draft) -> bool:
        """Whether a pronoun is "we" in an answer or "you" in a question, where each turn has its label."""
        return self.labelled and bool(self.answerer) and (draft.form, self.turns[draft.head]) in (
            ("speakers", ANSWERER), ("hearer", ASKER),
        )  # fmt: skip


def turn_labels(words: Words) -> dict[int, range]:
    """Of each paragraph that is somebody's turn the words that name him; empty for most stories."""
    told_by = {words.paragraphs[first]: turn.label for first, turn in words.turns.items()}
    return {**told_by, **(named_turns(words) if ":" in words.texts else {})}


def named_turns(words: Words) -> dict[int, range]:
    """Of each paragraph that is a turn the words of the speaker's name or role in capitals before its colon;
    initials stand for the name that was told whole before. Empty where fewer than two turns are told."""
    found: dict[int, range] = {}
    initials: dict[str, range] = {}
    before = -1
    for place, number in enumerate(words.paragraphs):
        if number == before or words.lowers[place].isspace():
            continue
        before = number
        last = place
        while last < len(words.texts) and last - place < LABEL and words.texts[last].isupper():
            last += 1
        if last == place or words.texts[last : last + 1] != [":"]:
            continue
        label = range(place, last)
        short = "".join(words.texts[x] for x in label).replace(".", "")
        if len(label) > 1:
            initials.setdefault("".join(words.texts[x][0] for x in label), label)
        found[number] = initials.get(short, label)
    return found if len(found) >= LABELLED else {}


def labelled_turns(words: Words, paragraphs: list[int]) -> list[int]:
    """Whose turn each paragraph is by the "Q:" and "A:" that open them; empty where too few do."""
    found: list[int] = []
    turn, before = NOBODY, -1
    for place, number in enumerate(paragraphs):
        if number == before or words.lowers[place].isspace():
            continue
        before = number
        label = LABELS.get(words.lowers[place].rstrip(":."), NOBODY)
        marked = words.lowers[place][-1] in MARKS or words.lowers[place + 1 : place + 2] in (
            [":"], ["."],
        )  # fmt: skip
        turn = label if label != NOBODY and marked else turn
        found += [turn] * (number + 1 - len(found))
    asked = [turn for last, turn in zip([NOBODY, *found], found, strict=False) if turn != last]
    return found if asked.count(ASKER) >= LABELLED else []


def turns_of(words: Words, paragraphs: list[int], quoted: list[bool]) -> list[int]:
    """Whose turn each paragraph is: a question's, or that of the answer after it."""
    finals = [-1] * (paragraphs[-1] + 1 if paragraphs else 0)
    for place, number in enumerate(paragraphs):
        if not words.lowers[place].isspace():
            finals[number] = place
    asked = [final >= 0 and words.lowers[final] == "?" and not quoted[final] for final in finals]
    if sum(asked) < QUESTIONS:
        return [NOBODY] * len(finals)
    found, turn = [], NOBODY
    for asks in asked:
        turn = ASKER if asks else ANSWERER if turn != NOBODY else NOBODY
        found.append(turn)
    return found


def leading(drafts: Sequence[Draft], paragraphs: list[int], opening: int, told_of: bool) -> str:
    """The one person that the headline names, else whom the opening names most; "" if that is open.

    Args:
        opening: the paragraph of the first question.
        told_of: whether the opening only tells of people, and nobody speaks in it.
    """
    named = [
        draft for draft in drafts
        if draft.form == "person" and draft.kind in ("name", "title") and draft.entity
        and paragraphs[draft.head] < opening
    ]  # fmt: skip
    headline = {
        draft.entity: draft.last - draft.first for draft in named if paragraphs[draft.head] == 0
    }
    if len(headline) == 1 and max(headline.values()) >= FULL:
        return next(iter(headline))
    counted = Counter(draft.entity for draft in named).most_common(2)
    if not told_of or headline or not counted:
        return ""
    return "" if len(counted) > 1 and counted[0][1] == counted[1][1] else counted[0][0]


def question_before(doc: Doc, words: Words, place: int) -> range:
    """The words of the question that is the whole paragraph before a word in the first sentence of one; labels of
    turns do not count."""
    first = doc[place].sent.start
    if first and doc[first - 1].sent.text.strip().lower() in _ANSWERS:
        first = doc[first - 1].sent.start
    if first and _is_label(doc[first - 1].sent, words):
        first = doc[first - 1].sent.start
    if not first or not all(words.spaces[x] for x in range(doc[place].sent.start, place)):
        return range(0)
    asked = doc[first - 1].sent
    told = [x for x in range(asked.start, asked.end) if not words.spaces[x]]
    if not told or words.texts[told[-1]] != "?":
        return range(0)
    paragraphs, number = words.paragraphs, words.paragraphs[told[0]]
    start = told[0]
    if start and _is_label(doc[start - 1].sent, words):
        start = doc[start - 1].sent.start
    before = start and paragraphs[start - 1] == number
    return range(0) if before or paragraphs[place] == number else range(told[0], told[-1])


def _is_label(sentence: Span, words: Words) -> bool:
    """Whether a sentence is only the name before a colon that opens a turn."""
    return len(sentence) <= LABEL + 1 and words.texts[sentence.end - 1] == ":"
