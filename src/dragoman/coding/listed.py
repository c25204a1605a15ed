"""Who acts in the items of a list: "The two leaders:" and below "1. Agreed to …", "2. Condemned …".

A resolution is such a list: under "The Security Council," its paragraphs begin "Recalling …" and
"1. Demands that …".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

_KEPT = "dragoman.listed"
_BULLETS = frozenset({"•", "·", "*", "-", "–", "—", "‣", "o", "§"})
_NUMBERED = frozenset({"LS", "CD"})
_AFTER_NUMBER = frozenset({".", ")", ":", "]"})
#: The most words of a number or bullet, and of adverbs before the verb.
_MARK, _ADVERBS = 4, 2
#: The most words of a line that names a body, its comma counted.
_BODY = 14
_FINITE = frozenset({"VBD", "VBN", "VBZ", "VBP"})


def lead_subject(verb: Token) -> Token | None:
    """The subject of the line that opens the list in which a verb heads an item, None elsewhere."""
    found = _subjects(verb.doc).get(verb.i)
    return verb.doc[found] if found is not None else None


def leads(doc: Doc) -> frozenset[int]:
    """The subjects of lines that open lists: who does what the items below begin with."""
    return frozenset(_subjects(doc).values())


def _subjects(doc: Doc) -> dict[int, int]:
    """The verb of each item of a list → who the opening line says does it; held for the next question."""
    held: dict[int, int] | None = doc.user_data.get(_KEPT)
    if held is not None:
        return held
    found: dict[int, int] = {}
    text = doc.text
    if ":\n" in text or ",\n" in text:
        lead: int | None = None
        resolving = False
        for first, last in _lines(doc):
            if doc[last - 1].text == ":" and not resolving:
                lead = _subject_of_line(doc, first, last)
            elif lead is None and _resolves(doc, first, last):
                lead, resolving = _subject_of_line(doc, first, last), True
            elif lead is not None:
                verb = _verb_of_item(doc, first, last, resolving)
                if verb is not None:
                    found[verb] = lead
                elif not resolving:
                    lead = None
    doc.user_data[_KEPT] = found
    return found


def _lines(doc: Doc) -> Iterator[tuple[int, int]]:
    """The lines of a text that hold words, as half-open ranges."""
    first = 0
    for token in doc:
        if "\n" in token.text:
            if token.i > first:
                yield first, token.i
            first = token.i + 1
    if len(doc) > first:
        yield first, len(doc)


def _subject_of_line(doc: Doc, first: int, last: int) -> int | None:
    """Who an opening line is about: its verb's subject ("The mission has:"), or its noun ("The leaders:")."""
    roots = [token for token in doc[first:last] if token.head.i == token.i and not token.is_punct]
    for root in reversed(roots):
        subject = next((kid for kid in root.children if kid.dep_ == "nsubj"), None)
        if subject is not None:
            return subject.i
    named = (root.i for root in roots if root.tag_.startswith(("NN", "PRP")))
    return next(named, None)


def _resolves(doc: Doc, first: int, last: int) -> bool:
    """Whether a line names who resolves what stands below: "The Security Council,"."""
    if doc[last - 1].text != "," or not 2 < last - first <= _BODY or doc[first].lower_ != "the":
        return False
    return doc[first + 1].text[:1].isupper() and not any(
        token.tag_.startswith("VB") for token in doc[first:last]
    )


def _verb_of_item(doc: Doc, first: int, last: int, resolving: bool = False) -> int | None:
    """The verb that opens an item behind its number or bullet, None where none does.

    Args:
        resolving: whether the list is a resolution, where "Recalling …" and "Deeply concerned by …" are items too.
    """
    finite = _FINITE | {"VBG"} if resolving else _FINITE
    place, marked = first, False
    for token in doc[first : min(last, first + _MARK)]:
        number = token.tag_ in _NUMBERED or (len(token) == 1 and token.is_alpha and not marked)
        behind = marked and token.text in _AFTER_NUMBER
        if not (number or behind or token.text in _BULLETS or token.text == "("):
            break
        place, marked = token.i + 1, marked or number
    for token in doc[place : min(last, place + _ADVERBS + 1)]:
        if token.tag_ in finite and token.head.i == token.i:
            return token.i
        if token.tag_ != "RB" and not token.dep_.startswith("aux"):
            return None
    return None
