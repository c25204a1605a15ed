"""What is no part of the story: the rules of ``lexicon/data/furniture.tsv`` and how they apply.

``cut`` works on blocks, so a page with markup and a page saved as plain text lose the same things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from dragoman.model import Note
from dragoman.reading import knowledge
from dragoman.reading.blocks import Block, Draft

ACTIONS = (
    "line", "top", "clock", "stamp", "byline", "credit", "label", "tail", "prefix", "end", "class",
    "section", "standfirst", "paper", "dated", "speaker",
)  # fmt: skip
_OF_LINES = ("line", "top", "clock", "stamp", "byline", "credit", "label", "end")
LONGEST_LINE = 600
"""Code points; a longer block is never furniture as a whole."""

_LONGEST_TAIL = 420
_SHORTEST_QUOTE = 40
"""Letters of a block that is dropped when a longer one holds it."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_CLOSED = re.compile(r"[.][\"'”’)\]]*$")
_INNER_STOP = re.compile(r"[.!?][\"'”’)\]]*\s+[\"'“‘(]?[A-Z0-9]")


@dataclass(frozen=True)
class Rule:
    """One row of the table: kind (for eyes), action (see the table's head), pattern, line number."""

    kind: str
    action: str
    pattern: re.Pattern[str]
    example: str
    not_example: str
    line: int

    def fires(self, text: str) -> bool:
        """Whether the rule applies to a block (or, for "tail", to the end of it)."""
        if self.action == "tail":
            return self.pattern.search(text) is not None
        if self.action == "prefix":
            return self.pattern.match(text) is not None
        return len(text) <= LONGEST_LINE and self.pattern.fullmatch(text) is not None


@cache
def rules() -> tuple[Rule, ...]:
    """The furniture table.

    Raises:
        DataError: a row has an unknown action or a bad pattern.
    """
    columns = ("kind", "action", "pattern", "example", "not_example")
    return tuple(
        Rule(row["kind"], action := row.one_of("action", ACTIONS),
             row.pattern("pattern", r"%s\s*$" if action == "tail" else "%s"),
             row["example"], row["not_example"], row.line)
        for row in knowledge.rows("furniture.tsv", columns)
    )  # fmt: skip


@cache
def _rules_for(actions: tuple[str, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.action in actions)


@lru_cache(maxsize=4096)
def match(text: str, *actions: str) -> Rule | None:
    """The first rule with one of the actions (all but "tail" when none are named) that fires."""
    if len(text) > LONGEST_LINE:
        return None
    for rule in _rules_for(actions or _OF_LINES):
        if rule.pattern.fullmatch(text):
            return rule
    return None


def is_prose(text: str) -> bool:
    """Whether a block reads as running text: a closed sentence of 9 words, or two sentences."""
    words = text.count(" ") + 1
    if words >= 9 and _SENTENCE_END.search(text):
        return True
    if words >= 40:
        return True
    return words >= 12 and _INNER_STOP.search(text) is not None


def reads_on(text: str) -> bool:
    """Whether a block is running text of the story, be it one short closed sentence."""
    closed = text.count(" ") >= 2 and _CLOSED.search(text) is not None
    return (closed or is_prose(text)) and match(text) is None


def strip_tail(text: str, cut_off: list[str] | None = None) -> str:
    """The paragraph without the links and credits glued to its end ("... region. Learn more").

    Args:
        cut_off: what is cut is added to it.
    """
    tails = _rules_for(("tail",))
    changed = True
    while changed:
        changed = False
        window = text[-_LONGEST_TAIL:]
        for rule in tails:
            found = rule.pattern.search(window)
            if found:
                if cut_off is not None:
                    cut_off.append(found[1])
                text = text[: len(text) - len(window) + found.start(1)].rstrip()
                changed = True
                break
    return text


def strip_prefix(title: str) -> str:
    """The title without an agency's slug or a call ("UPDATE 2-", "WATCH: ")."""
    for rule in _rules_for(("prefix",)):
        found = rule.pattern.match(title)
        if found and found.end(1) < len(title):
            return title[found.end(1) :].lstrip()
    return title


def cut(blocks: list[Block], draft: Draft) -> list[Block]:
    """The blocks that belong to the story; bylines, stamps and credits are kept in ``draft``."""
    kept: list[Block] = []
    position = 0
    while position < len(blocks):
        block = blocks[position]
        rule = match(block.text, "line", "stamp", "byline", "credit", "label", "end")
        if rule is None and _dates_the_story(kept, blocks[position + 1 :]):
            rule = match(block.text, "clock")
        if rule is not None and rule.kind == "paywall":
            draft.paywalled = True
        if rule is not None and rule.kind == "correction":
            draft.notes.append(Note("corrected", f"the story was corrected: “{block.text}”"))
        if rule is None or block.kind in ("title", "standfirst"):
            tails: list[str] = []
            text = strip_tail(block.text, tails)
            draft.credits += [tail for tail in tails if match(tail, "credit")]
            if text:
                kept.append(block if text == block.text else block.replace(text=text))
        elif rule.action == "end":
            position = _after_other_stories(blocks, position)
            continue
        elif rule.action == "credit":
            draft.credits.append(block.text)
        elif rule.action in ("stamp", "byline", "clock"):
            draft.bylines.append(block.text)
        elif rule.action == "label":
            position += 1
        position += 1
    return kept


def _dates_the_story(kept: list[Block], following: list[Block]) -> bool:
    """Whether a date that stands alone here dates the story: in it, it would head a part of it."""
    before = sum(is_prose(item.text) for item in kept)
    return before == 0 or (before == 1 and not (following and is_prose(following[0].text)))


def without_pull_quotes(blocks: list[Block]) -> list[Block]:
    """The blocks without those whose words stand, whole, in a longer one: they are set in twice."""
    keys = [re.sub(r"[\W_]+", "", block.text).lower() for block in blocks]
    together = "\n".join(keys)
    return [
        block
        for block, key in zip(blocks, keys, strict=True)
        if len(key) < _SHORTEST_QUOTE
        or together.count(key) == 1
        or not any(key in other and len(other) > len(key) for other in keys)
    ]


def _after_other_stories(blocks: list[Block], heading: int) -> int:
    """The index of the block where the story goes on after a heading such as "Most read".

    A list of other stories is short lines and teasers. The story goes on at the next running text
    only when two or more such blocks follow within twelve. When less follows than stood before the
    heading, they must also be as long (60 %) as those before it on average, and together a tenth
    of it; otherwise the story is over.
    """
    before = [len(block.text) for block in blocks[:heading] if is_prose(block.text)]
    prose = [index for index in range(heading + 1, len(blocks)) if reads_on(blocks[index].text)]
    after = [len(blocks[index].text) for index in prose]
    if len(after) < 2 or prose[0] - heading > 12:
        return len(blocks)
    if sum(after) > sum(before):
        return prose[0]
    teasers = before and sum(after) / len(after) < 0.6 * sum(before) / len(before)
    return len(blocks) if teasers or sum(after) <= 0.1 * sum(before) else prose[0]
