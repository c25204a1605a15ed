"""Whose words a paragraph is by the layout alone: "Ana Rao: We have …" in a press conference, and in a
parliament's record a line with a name, its bearer's words below.

Names in capitals before a colon ("RAO: …") are told apart in the rooms below, in any text.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from dragoman.tables import word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Words of a name before a colon; words of a line that is a name, office and seat counted.
LABEL, LINE = 7, 20
#: Labelled paragraphs, and times that one of the labels stands, from which a text is a transcript.
SEVERAL, AGAIN = 3, 2
#: Lines with names from which a text is a record of a debate, and of which one must come twice or tell a seat.
LINES = 3
#: Part of the paragraphs that are labelled, from which one without a label goes on with the turn before.
MOSTLY = 1 / 3
#: The fewest words of a labelled paragraph that is speech; of such must be half of them.
SPOKEN = 6
SMALL = word_list("language", "in_names") | frozenset("-'’.") | {"'s", "’s"}
ENDS = frozenset(".?!…")
ASKING = frozenset({"question", "q", "journalist", "reporter", "moderator"})
#: Words of a label that no speaker's has: "FLASH: …", "ALSO THIS WEEK: …".
NO_SPEAKERS = word_list("language", "no_speakers")
HONOURED, PLACED = word_list("language", "honoured"), word_list("language", "presides")


class Turn(NamedTuple):
    """Whose words a paragraph is.

    ``label``: the words that name the speaker; empty where he is nobody known ("Question: …").
    ``first``: the first word of what is said. ``said``: whether the label stands in the paragraph.
    """

    label: range
    first: int
    said: bool


def turns(texts: Sequence[str], opens: Sequence[int]) -> dict[int, Turn]:
    """The turns of a transcript or of a debate, by the first word of each paragraph; empty for other texts.

    Args:
        texts: the words; white space may be among them.
        opens: the first words of the paragraphs, in order.
    """
    if not opens:
        return {}
    blocks = list(zip(opens, [*opens[1:], len(texts)], strict=True))
    if ":" in texts:
        found = {first: turn for first, end in blocks if (turn := _labelled(texts, first, end))}
        if _is_transcript(texts, found, blocks):
            goes_on = len(found) >= MOSTLY * len(blocks)
            return _carried(texts, blocks, found) if goes_on else found
    lines = {first: turn for first, end in blocks if (turn := _line(texts, first, end))}
    return _carried(texts, blocks, lines) if _is_debate(texts, lines) else {}


def _words(texts: Sequence[str], first: int, end: int) -> list[int]:
    return [place for place in range(first, end) if not texts[place].isspace()]


def _labelled(texts: Sequence[str], first: int, end: int) -> Turn | None:
    """The turn of a paragraph that opens with a name and a colon, None for others."""
    words = _words(texts, first, min(end, first + LABEL + 3))
    mark = next((n for n, place in enumerate(words) if texts[place] == ":"), 0)
    if not 0 < mark <= LABEL or mark + 1 >= len(words):
        return None
    label = [texts[place] for place in words[:mark]]
    if not all(word[:1].isupper() or word in SMALL for word in label) or not label[0][:1].isalpha():
        return None
    if not NO_SPEAKERS.isdisjoint(word.lower() for word in label):
        return None
    if len(label) == 1 and label[0].lower() in ASKING:
        return Turn(range(0), words[mark + 1], True)
    return Turn(range(words[0], words[mark - 1] + 1), words[mark + 1], True)


def _is_transcript(
    texts: Sequence[str], found: dict[int, Turn], blocks: Sequence[tuple[int, int]]
) -> bool:
    """Whether labelled paragraphs are turns: of several, somebody's comes again, and most are speech."""
    if len(found) < SEVERAL:
        return False
    times = Counter(_text(texts, turn.label) for turn in found.values())
    ends = dict(blocks)
    spoken = [first for first, turn in found.items() if ends[first] - turn.first >= SPOKEN]
    again = max(count for label, count in times.items() if label) if any(times) else 0
    return again >= AGAIN and len(times) > 1 and 2 * len(spoken) >= len(found)


def _text(texts: Sequence[str], label: range) -> str:
    return " ".join(texts[place] for place in label)


def _line(texts: Sequence[str], first: int, end: int) -> Turn | None:
    """The turn that a line opens which is only somebody's name: "Mr Rao", "Ana Moll (Eastwick) (Ind)"."""
    words = _words(texts, first, end) if end - first <= 2 * LINE else []
    if not 2 <= len(words) <= LINE or texts[words[-1]] in ENDS | {",", ":", ";"}:
        return None
    told = [texts[place] for place in words]
    if not all(word[:1].isupper() or word in SMALL or word in "(),/&" for word in told):
        return None
    opens = [n for n, word in enumerate(told) if word == "("]
    seated = bool(opens) and told[-1] == ")" and opens[0] > 0
    if not (told[0].lower().rstrip(".") in HONOURED or seated):
        return None
    if seated and told[0].lower() in PLACED:  # "The Minister for Trade (Mr Dan Rao)"
        close = told.index(")", opens[0])
        return Turn(range(words[opens[0] + 1], words[close]), end, False)
    last = opens[0] if opens else len(words)
    return Turn(range(words[0], words[last - 1] + 1), end, False)


def _is_debate(texts: Sequence[str], lines: dict[int, Turn]) -> bool:
    if len(lines) < LINES:
        return False
    names = Counter(texts[turn.label[-1]] for turn in lines.values())
    return names.most_common(1)[0][1] >= AGAIN


def _carried(
    texts: Sequence[str], blocks: Sequence[tuple[int, int]], found: dict[int, Turn]
) -> dict[int, Turn]:
    """The turns, with those of paragraphs that go on with the turn before: whole sentences without a label."""
    carried: dict[int, Turn] = {}
    held: Turn | None = None
    for first, end in blocks:
        words = _words(texts, first, end)
        turn = found.get(first)
        if turn is not None:
            held = turn
            if turn.said:
                carried[first] = turn
        elif held is not None and words and texts[words[-1]][-1] in "\"”'’)" + "".join(ENDS):
            carried[first] = held._replace(first=words[0], said=False)
    return carried
