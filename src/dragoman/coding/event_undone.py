"""Deeds that words above them tell to be left undone, at an end, or told falsely."""

from __future__ import annotations

from dragoman.coding.patterns import Syntax

#: Verbs whose object is the time that somebody has for what is to be done.
_GIVES = frozenset({"give", "have", "get", "grant", "allow"})
_UNDERGONE = frozenset({"obj", "nsubj:pass"})
#: Verbs that begin something with "off".
_BEGINS = frozenset({"set", "spark", "touch", "kick", "trigger", "start", "pull"})
_TRUE, _FALSE = frozenset({"true", "correct"}), frozenset({"false", "untrue", "baseless", "fake"})


def is_failure(syntax: Syntax, verb: int) -> bool:
    """Whether a verb itself says that what hangs on it was not done ("failed to bomb"), or that it is not
    done ("has yet to bomb")."""
    kids = syntax.kids[verb]
    if syntax.word[max(0, verb - 2) : verb] == ["yet", "to"]:
        return True
    if "to" in syntax.marks(verb) and any(syntax.word[kid] == "yet" and kid < verb for kid in kids):
        return True
    return syntax.lemma[verb] == "fail" and any(syntax.dep[kid] == "xcomp" for kid in kids)


def is_left_undone(syntax: Syntax, verb: int) -> bool:
    """Whether what hangs on a verb was not done: "refrained from bombing", "stopped short of bombing"."""
    lists = syntax.patterns.lists
    if syntax.lemma[verb] in lists["leaves_undone"]:
        return True
    if syntax.lemma[verb] == "rule" and syntax.word[verb + 1 : verb + 2] == ["out"]:
        return True
    if syntax.word[verb] == "yet":  # "has yet to withdraw"
        return any(syntax.lemma[kid] in {"have", "be"} for kid in syntax.kids[verb])
    short = any(syntax.word[kid] == "short" for kid in syntax.kids[verb])
    return short and syntax.lemma[verb] in lists["stop_verb"]


def is_decided_against(syntax: Syntax, token: int, verb: int) -> bool:
    """ "Decided against recalling its envoy": so it has not recalled him."""
    against = any(syntax.word[kid] == "against" and kid < token for kid in syntax.kids[token])
    return against and syntax.lemma[verb] in syntax.patterns.lists["decides"]


def is_given_time(syntax: Syntax, token: int, verb: int) -> bool:
    """ "Was given ten days to cut ties", "had until Monday to leave": so it is still to be done."""
    if syntax.lemma[verb] not in _GIVES or "to" not in syntax.marks(token):
        return False
    times = syntax.patterns.lists["measures"]
    return any(
        syntax.lemma[kid] in times and syntax.dep[kid] in {"obj", "obl:unmarked", "iobj"}
        for kid in syntax.kids[verb]
    )


def is_called_false(syntax: Syntax, word: int) -> bool:
    """ "It is false that …", "it is not true that …", "reports that … are false", "retracted its report that …"."""
    if _is_taken_back(syntax, word):
        return True
    negation = syntax.patterns.governors["negation"]
    said = (word, syntax.head[word]) if syntax.dep[word] == "nsubj" else (word,)
    return any(
        syntax.lemma[held]
        in (_TRUE if any(syntax.word[kid] in negation for kid in syntax.kids[held]) else _FALSE)
        for held in said
    )


def _is_taken_back(syntax: Syntax, word: int) -> bool:
    """ "Retracted its report that", "apologised for its claim that", "dismissed reports that … as untrue"."""
    if syntax.lemma[word] not in syntax.patterns.lists["told_word"]:
        return False
    if syntax.dep[word] not in _UNDERGONE and "for" not in syntax.marks(word):
        return False
    verb = syntax.head[word]
    beside = (*syntax.kids[verb], *(kid for held in syntax.kids[word] for kid in syntax.kids[held]))
    if any(syntax.lemma[kid] in _FALSE and "as" in syntax.marks(kid) for kid in beside):
        return True
    back = syntax.lemma[verb] == "take" and any(
        syntax.word[kid] == "back" for kid in syntax.kids[verb]
    )
    return back or syntax.lemma[verb] in syntax.patterns.lists["takes_back"]


def is_ended(syntax: Syntax, token: int) -> bool:
    """ "Has ended support for the rebels", "called off the talks", "to end two years of fighting": what
    somebody stops doing is not done."""
    if syntax.lemma[syntax.head[token]] in syntax.patterns.lists["measures"]:
        token = syntax.head[token]
    verbs = [syntax.head[token]] if syntax.dep[token] in _UNDERGONE else []
    verbs += _clauses_on(syntax, token)
    stop = syntax.patterns.lists["stop_verb"] | syntax.patterns.lists["cancels"]
    return any(syntax.lemma[verb] in stop or _is_off(syntax, verb) for verb in verbs)


def is_called_off(syntax: Syntax, token: int) -> bool:
    """ "Called off the march": it was to come, and is not."""
    verb = syntax.head[token]
    return (
        syntax.dep[token] in _UNDERGONE and syntax.lemma[verb] == "call" and _is_off(syntax, verb)
    )


def is_lifted(syntax: Syntax, token: int) -> bool:
    """ "Lifted the night curfew", "the sanctions lifted by Chad": nobody is restricted by that."""
    lists = syntax.patterns.lists
    if syntax.lemma[token] not in lists["restriction"] | lists["econ_sanction"]:
        return False
    verbs = [syntax.head[token]] if syntax.dep[token] in _UNDERGONE else []
    verbs += _clauses_on(syntax, token)
    lifting = syntax.lemma[syntax.head[token]] in lists["lifting"]
    named = lifting and "of" in syntax.prepositions(token)
    return named or any(syntax.lemma[verb] in lists["lift_verb"] for verb in verbs)


def _clauses_on(syntax: Syntax, noun: int) -> list[int]:
    """The verbs of "talks cancelled by Chad" and "talks that Chad cancelled", of whose deed the noun is the object."""
    return [
        kid for kid in syntax.kids[noun]
        if syntax.dep[kid].startswith("acl") and noun in syntax.arguments(kid).object
    ]  # fmt: skip


def _is_off(syntax: Syntax, verb: int) -> bool:
    """Whether a verb says "off" of what is stopped; "set off days of rioting" does not."""
    return syntax.lemma[verb] not in _BEGINS and any(
        syntax.word[kid] == "off" and syntax.dep[kid] == "compound:prt" for kid in syntax.kids[verb]
    )


def will_spare(syntax: Syntax, token: int) -> bool:
    """ "Said it would not attack Chad": nothing is refused by it that anybody wants."""
    verb = token if syntax.is_verb(token) else syntax.head[token]
    if syntax.lemma[verb] not in syntax.patterns.lists["violence"]:
        return False
    below = [(syntax.tag[kid], syntax.word[kid]) for kid in syntax.kids[verb] if kid < verb]
    modal = any(tag == "MD" for tag, _ in below)
    return modal and any(word in syntax.patterns.governors["negation"] for _, word in below)
