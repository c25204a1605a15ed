"""Who speaks a quotation that has no verb of saying in its own clause."""

from __future__ import annotations

from dragoman.coding.patterns.syntax import Syntax

_OPENING, _CLOSING = frozenset({"“", '"', "``"}), frozenset({"”", '"', "''"})
#: Tokens a quotation may run on, and from its mark to the verb of saying.
_QUOTE, _REACH = 120, 25


def saying_verb(syntax: Syntax, word: int, step: int) -> int | None:
    """The verb of saying just behind (step 1) or before (-1) the quotation around a word.

    Returns:
        a token index, or None where no quotation mark or no such verb is near.
    """
    marks = _CLOSING if step == 1 else _OPENING
    place, outside = word + step, None
    while 0 <= place < len(syntax.lemma) and abs(place - word) < _QUOTE:
        text = syntax.doc[place].text
        if "\n" in text:
            return None
        if outside is None and text in marks:
            outside = place
        elif outside is not None:
            if abs(place - outside) > _REACH or text in {".", "?", "!"}:
                return None
            if syntax.lemma[place] in syntax.patterns.governors["reporting"]:
                if syntax.tag[place].startswith("VB"):
                    return place
        place += step
    return None
