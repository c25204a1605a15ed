"""How right the coder is on a corpus of one's own: a sample of events to judge by hand, and what the judgements say.

    >>> from dragoman import validation
    >>> rows = validation.draw(records, 200)
    >>> validation.write(rows, "sheet.xlsx")
    >>> validation.score("sheet.xlsx")["questions"]["event_right"]  # once it is filled in

The command line has them as ``dragoman sample`` and ``dragoman eval``.
"""

from dragoman.validation.judged import agreement, score
from dragoman.validation.sample import QUESTIONS, draw
from dragoman.validation.sheet import write

__all__ = ["QUESTIONS", "agreement", "draw", "score", "write"]
