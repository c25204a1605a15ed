"""Whom a verb joined to another counts: "arrested three students and detained a bishop" are two deeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.count_words import KINDS

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.patterns import Syntax

#: Whom a verb is done to.
_STRUCK = frozenset({"obj", "nsubj:pass"})


def joined(token: int, kinds: tuple[str, ...], syntax: Syntax, doc: Doc) -> list[list[int]]:
    """Ranges of words that tell whom verbs joined to a trigger count, each of the trigger's own kind, or of
    any where it counts nobody ("struck a lorry and killed nine farmers").

    Args:
        token: the trigger, a verb with somebody of its own that it is done to.
        kinds: what the event counts.
    """
    own = [kind for kind in kinds if KINDS[kind].match(_told(token, syntax))]
    mine = own or [kind for kind in kinds if kind != "size"]
    first = syntax.head[token] if syntax.dep[token] == "conj" else token
    if not mine or not _struck(token, syntax):
        return []
    found = []
    for verb in (first, *(kid for kid in syntax.kids[first] if syntax.dep[kid] == "conj")):
        same = any(KINDS[kind].match(_told(verb, syntax)) for kind in mine)
        if verb == token or not same or not _struck(verb, syntax):
            continue
        if verb == first:  # the clause above, but for what it shares
            found += [[verb, verb + 1]]
            found += [
                [doc[kid].left_edge.i, doc[kid].right_edge.i + 1] for kid in _struck(verb, syntax)
            ]
        else:
            found.append([doc[verb].left_edge.i, doc[verb].right_edge.i + 1])
    return found


def _told(verb: int, syntax: Syntax) -> str:
    """A verb with the word behind it: "shot dead"."""
    return " ".join(syntax.word[verb : verb + 2])


def _struck(verb: int, syntax: Syntax) -> list[int]:
    return [kid for kid in syntax.kids[verb] if syntax.dep[kid] in _STRUCK]
