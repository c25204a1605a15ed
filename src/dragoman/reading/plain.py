"""Plain text that may have been saved from a page: its furniture cut, its parts named.

No library does this: with the tags gone, a menu, a headline and a sentence are all just lines.
"""

from __future__ import annotations

import re
from itertools import pairwise

from dragoman.reading import furniture
from dragoman.reading.blocks import Block, Draft, one_line
from dragoman.reading.joining import joined, lines_joined

_BLANK = re.compile(r"\n[ \t]*\n")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
_CLOSED = re.compile(r"[.!?][\"'”’)\]]*$")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(.+)")
_LETTER = re.compile(r"[^\W_]")
_SHOUTED_QUESTION = re.compile(r"[^a-z]{4,}\?")
_BULLET = re.compile(
    r"(?:[-*•‣▪–—]|\d{1,3}[.)]|\(?\d{1,2}/\d{0,2}\)?|\+\+\+)\s|[\[(]?\d{1,2}[:.]\d{2}(?!\d)|[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
)
_TICKED = re.compile(r"[ ]*\+\+\+[ ]*")
"""What parts the entries of a ticker in one line."""
_GAP = re.compile(r"(?<=[^\s.?!:;])(?:\t|[ ]{2,})\s*(?=\S)")  # between the cells of a table
_CELLS = 3
_LEADING = (",", ":")
_ROWS = 2
_MENU_WORDS = 4
_PARTED_WORD = re.compile(r"[a-z]-\n[ ]*[a-z]")
_COLUMN = (12, 50)  # characters of the longest line of a newspaper's column
_TITLE_WORDS = (4, 40)
_HEADING_WORDS = 14
_HEADING_LENGTH = 120


def read_plain(text: str) -> Draft:
    """The parts of a text without tags.

    1. lines to blocks, hard-wrapped lines joined;
    2. what stands before the first running text: masthead cut, title and standfirst named;
    3. furniture cut from the rest;
    4. headings named; what trails after the last running text cut.

    Args:
        text: cleaned (see ``characters.clean``), lines ended by ``\\n``.
    """
    draft = Draft()
    blocks = _without_labelled(split_blocks(text))
    first = next((i for i, block in enumerate(blocks) if furniture.reads_on(block.text)), None)
    header = name_header(blocks[:first], draft) if first else []
    draft.blocks = [*header, *body_of(blocks[first or 0 :], draft)]
    return draft


def body_of(blocks: list[Block], draft: Draft) -> list[Block]:
    """Running text without furniture, which leaves its evidence in the draft; headings named."""
    body = joined(furniture.cut(furniture.without_pull_quotes(blocks), draft))
    named = [_named(block) for block in body]
    return _trim_trailing(named) if any(block.kind == "text" for block in named) else body


def split_blocks(text: str) -> list[Block]:
    """One block a paragraph: parted by blank lines, or by line ends where lines are not wrapped."""
    blocks: list[Block] = []
    parted = _PARTED_WORD.search(text) is not None
    for chunk in _BLANK.split(_TICKED.sub("\n", text)):
        lines = _rows_marked([line.strip() for line in chunk.split("\n") if line.strip()])
        if wrapped(lines, parted):
            lines = [lines_joined(lines, text)]
        blocks.extend(Block(one_line(line)) for line in lines if _LETTER.search(line))
    return blocks


def _rows_marked(lines: list[str]) -> list[str]:
    """The lines, the cells of a table's rows (two or more of three cells) parted by " | "."""
    rows = [len(_GAP.split(line)) >= _CELLS for line in lines]
    if sum(rows) < _ROWS:
        return lines
    return [_GAP.sub(" | ", line) if row else line for line, row in zip(lines, rows, strict=True)]


def _without_labelled(blocks: list[Block]) -> list[Block]:
    """The blocks without labels ("Image caption,") and the lines they label."""
    labels = {i for i, block in enumerate(blocks) if furniture.match(block.text, "label")}
    return [
        block for i, block in enumerate(blocks) if i not in labels and i - 1 not in labels
    ]  # fmt: skip


def wrapped(lines: list[str], parted: bool) -> bool:
    """Whether the lines are one paragraph broken at a fixed width: of 50 to 110 characters, or of a
    newspaper's column, where words are parted at the ends of lines and most lines begin in the
    middle of a sentence, or narrower where every line holds as many words as go into it."""
    if len(lines) < 2 or any(_BULLET.match(line) for line in lines[1:]):
        return False
    longest = max(len(line) for line in lines)
    if not _COLUMN[0] <= longest <= 110:
        return False
    if longest < _COLUMN[1]:
        if not parted:
            return _filled(lines, longest)
        going_on = [line for line in lines[1:] if line[0].islower()]
        open_ended = [line for line in lines[:-1] if not _SENTENCE_END.search(line)]
        others = len(lines) - 1
        return 2 * len(going_on) >= others and 2 * len(open_ended) > others
    full = [line for line in lines[:-1] if len(line) >= 0.7 * longest]
    closed = [line for line in lines[:-1] if _SENTENCE_END.search(line)]
    return len(full) >= 0.9 * (len(lines) - 1) and len(closed) <= max(1, 0.5 * (len(lines) - 1))


def _filled(lines: list[str], longest: int) -> bool:
    """Whether no first word of a line would have fitted into the line before, and the last closes a sentence: so
    programs break lines, and nobody writes lists or verse. Of two lines the second goes on with a small letter."""
    if _CLOSED.search(lines[-1]) is None or (len(lines) == 2 and not lines[1][0].islower()):
        return False
    if 2 * sum(_CLOSED.search(line) is not None for line in lines[:-1]) > len(lines) - 1:
        return False
    return all(
        len(line) + 1 + len(following.split(" ", 1)[0]) > longest
        for line, following in pairwise(lines)
    )


def name_header(header: list[Block], draft: Draft) -> list[Block]:
    """Title and standfirst among the blocks before the first running text; the rest is cut.

    Dates standing alone above the title are the page's clock; under it, or over a paper such as a
    report or an agreement, they date the story.
    """
    title_at = _title_index(header)
    papers = any(furniture.match(block.text, "paper") for block in header)
    if title_at is None:
        for block in header:
            _file_evidence(block.text, draft, above_title=True)
        return []
    kept: list[Block] = []
    for index, block in enumerate(header):
        rule = furniture.match(block.text)
        if rule is not None:
            _file_evidence(block.text, draft, above_title=index < title_at and not papers)
        elif index == title_at:
            words = furniture.strip_prefix(_MARKDOWN_HEADING.sub(r"\1", block.text))
            draft.title = words
            kept.append(Block(words, "title"))
        elif index < title_at and block.text.startswith("The ") and block.text.endswith(","):
            kept.append(Block(block.text))  # "The Security Council,": who resolves what follows
        elif index > title_at and (_words(block.text) > _MENU_WORDS or _leads_on(block.text)):
            bullet = _BULLET.match(block.text)
            words = furniture.strip_tail(block.text[bullet.end() if bullet else 0 :])
            kept.append(Block(words, "standfirst"))
    if papers:
        dating = [
            b.text for b in header for rule in [furniture.match(b.text, "dated", "paper")] if rule
        ]
        draft.bylines += dating
    standfirsts = [block.text for block in kept if block.kind == "standfirst"]
    draft.standfirst = " ".join(standfirsts) or None
    return kept


def _leads_on(text: str) -> bool:
    """Whether a short line belongs to what stands below it ("The General Assembly,", "Mr Rao"), or names a paper."""
    return text.endswith(_LEADING) or furniture.match(text, "paper", "dated", "speaker") is not None


def _file_evidence(text: str, draft: Draft, *, above_title: bool) -> None:
    """Keep what a furniture line says about date and maker."""
    rule = furniture.match(text)
    if rule is None:
        return
    if rule.action == "clock":
        (draft.clocks if above_title else draft.bylines).append(text)
    elif rule.action in ("stamp", "byline"):
        draft.bylines.append(text)
    elif rule.action == "credit":
        draft.credits.append(text)


def _title_index(header: list[Block]) -> int | None:
    """Which block is the title: the first of at least four words that is no furniture or menu.

    A shorter one is taken when there is no such block and it stands alone below the masthead.
    """
    start = 0
    papers = any(furniture.match(block.text, "paper") for block in header)
    for index, block in enumerate(header):
        rule = furniture.match(block.text)
        later = header[index + 1 :]
        if papers and rule and rule.action == "clock":
            continue
        if rule and rule.action in ("top", "clock") and any(_may_be_title(item) for item in later):
            start = index + 1
        if _MARKDOWN_HEADING.match(block.text):
            return index
    for index in range(start, len(header)):
        if _may_be_title(header[index]):
            return index
    short = [i for i in range(start, len(header)) if furniture.match(header[i].text) is None]
    return short[0] if len(short) == 1 and _words(header[short[0]].text) >= 2 else None


def _may_be_title(block: Block) -> bool:
    low, high = _TITLE_WORDS
    if " | " in block.text:  # a menu, or a row of a table
        return False
    if furniture.match(block.text, "paper") is not None:
        return True
    fits = low <= _words(block.text) <= high and not _BULLET.match(block.text)
    return fits and furniture.match(block.text) is None


def _words(text: str) -> int:
    return len(text.split())


def _named(block: Block) -> Block:
    """The block as a heading when it is a short line that closes no sentence."""
    marked = _MARKDOWN_HEADING.fullmatch(block.text)
    if marked:
        return Block(marked.group(1), "heading")
    few = _words(block.text) <= _HEADING_WORDS and len(block.text) <= _HEADING_LENGTH
    short = few and not _BULLET.match(block.text)
    open_end = not _SENTENCE_END.search(block.text) or _SHOUTED_QUESTION.fullmatch(block.text)
    if short and open_end and block.text[:1] not in "\"“‘'":
        return Block(block.text, "heading")
    return block


def _trim_trailing(blocks: list[Block]) -> list[Block]:
    """The blocks up to the last running text (headings that head nothing are a page's foot)."""
    if sum(block.kind == "text" for block in blocks) < 3:
        return blocks
    while blocks and blocks[-1].kind == "heading" and not _leads_on(blocks[-1].text):
        blocks = blocks[:-1]
    return blocks
