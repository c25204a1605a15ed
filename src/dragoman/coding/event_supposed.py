"""Clauses that tell of no deed: provided for, told of no day, waited for, or asked about."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from dragoman.coding.cues import word_list
from dragoman.entities.words import words_of

if TYPE_CHECKING:
    from dragoman.coding.patterns import Syntax

_GENERAL = frozenset({"when", "whenever", "wherever", "how", "once"})
#: "Every time Kenya retreats": words for a time before which "every" or "each" stands.
_EVERY, _TIMES = frozenset({"every", "each", "any"}), frozenset({"time", "year", "day", "occasion"})
_PRESENT, _UNREAL = frozenset({"VBZ", "VBP"}), frozenset({"MD"})
_IS = frozenset({"is", "are", "has", "have"})
_BE, _MEANT = frozenset({"is", "are"}), word_list("meant")
_WOULD = frozenset({"would", "'d", "’d", "will", "could"})
_MAY = frozenset({"may", "might", "could"})
#: The most words above a deed that may say that it only may come about.
_STEPS = 6
#: How a quoted clause hangs on the verb of saying.
_QUOTED = frozenset({"ccomp", "parataxis"})
#: Auxiliaries that a clause opens with in place of "if".
_IN_PLACE_OF_IF = frozenset({"had", "should", "were"})
_FOREGONE = frozenset({("instead", "of"), ("rather", "than")})
_PICTURED = "dragoman.pictured"
_QUESTION_WORDS = frozenset({"WP", "WP$", "WRB", "WDT"})


def is_in_case(syntax: Syntax, token: int) -> bool:
    """ "In case rebels raid the house"."""
    opens = [kid for kid in syntax.kids[token] if syntax.dep[kid] in {"mark", "case"}]
    if syntax.dep[token].startswith("acl"):
        opens.append(syntax.head[token] - 1)
    return any(syntax.word[kid : kid + 2] == ["in", "case"] for kid in opens)


def is_general(syntax: Syntax, token: int) -> bool:
    """ "When Kenya retreats, chaos follows", "every time Kenya retreats": told of no day at all."""
    dep = syntax.dep[token]
    if syntax.tag[token] not in _PRESENT:
        return False
    if dep == "acl:relcl":
        noun = syntax.head[token]
        opens = {syntax.word[kid] for kid in syntax.kids[noun] if syntax.dep[kid] == "det"}
        return syntax.lemma[noun] in _TIMES and bool(opens & _EVERY)
    if dep.startswith("advcl") and any(
        syntax.lemma[kid - 1] in _TIMES and syntax.word[kid - 2] in _EVERY
        for kid in syntax.kids[token] if syntax.dep[kid].startswith("nsubj") and kid > 1
    ):  # fmt: skip
        return True  # "each time" hung on the verb of what follows
    return dep.startswith(("advcl", "ccomp")) and any(
        syntax.word[kid] in _GENERAL and kid < token and syntax.dep[kid] in {"mark", "advmod"}
        for kid in syntax.kids[token]
    )


def opens_with(syntax: Syntax, token: int) -> str:
    """The auxiliary that opens a clause in place of "if": "had Kenya attacked", "should Kenya attack", "were Kenya
    to attack"; "" for all others."""
    if not syntax.dep[token].startswith(("advcl", "ccomp", "parataxis")):
        return ""
    kids = [kid for kid in syntax.kids[token] if kid < token and syntax.dep[kid] != "punct"]
    if not kids or syntax.word[kids[0]] not in _IN_PLACE_OF_IF:
        return ""
    subject = any(syntax.dep[kid].startswith(("nsubj", "expl")) for kid in kids[1:])
    return syntax.word[kids[0]] if subject and not is_asked(syntax, token) else ""


def is_foregone(syntax: Syntax, token: int) -> bool:
    """ "Instead of bombing Kenya", "rather than arm Kenya": what was not done."""
    return any(
        tuple(syntax.word[kid : kid + 2]) in _FOREGONE
        for kid in syntax.kids[token]
        if kid < token and syntax.dep[kid] in {"mark", "case", "cc", "advmod"}
    )


def is_pictured(syntax: Syntax, token: int) -> bool:
    """Whether a clause of the present stands in a paragraph that bids us imagine it: "Imagine a blockade. Kenya
    shells Oman's ports."."""
    words = words_of(syntax.doc)
    pictured: frozenset[int] | None = syntax.doc.user_data.get(_PICTURED)
    if pictured is None:
        imagines = syntax.patterns.lists["imagines"]
        first = [0, *(place + 1 for place in words.breaks if place + 1 < len(words.texts))]
        pictured = frozenset(
            words.paragraphs[place]
            for place in first
            if words.lemmas[place].lower() in imagines
            and words.tags[place] in {"VB", "VBP"}
            and not any(syntax.dep[kid].startswith("nsubj") for kid in syntax.kids[place])
        )
        syntax.doc.user_data[_PICTURED] = pictured
    return words.paragraphs[token] in pictured and syntax.tag[token] in {
        *_PRESENT,
        "VB",
        "NN",
        "NNS",
    }


def is_imagined(syntax: Syntax, token: int) -> bool:
    """ "It is easy to imagine that Kenya will attack", "suppose Kenya attacks"."""
    above = syntax.head[token]
    return (
        syntax.dep[token] == "ccomp"
        and above != token
        and syntax.lemma[above] in syntax.patterns.lists["imagines"]
        and syntax.is_verb(above)
    )


def is_folly(syntax: Syntax, token: int) -> bool:
    """ "Kenya would be mad to shell Goma", "it would be a mistake to leave": what somebody advises against."""
    above = syntax.head[token]
    if "to" not in syntax.marks(token) or syntax.lemma[above] not in syntax.patterns.lists["folly"]:
        return False
    return any(syntax.word[kid] in _WOULD for kid in syntax.kids[above])


def comes_of(syntax: Syntax, token: int) -> bool:
    """Whether a deed comes of another: "leads to talks", "ends with Chad signing a deal", "means Oman
    leaving", or is how it is done: "would retaliate by seizing ships"."""
    dep, lists = syntax.dep[token], syntax.patterns.lists
    lemma = syntax.lemma[syntax.head[token]]
    if dep == "obl":
        return lemma in lists["comes_of"]
    deed = syntax.tag[token] == "VBG" and any(
        syntax.dep[kid].startswith("nsubj") for kid in syntax.kids[token]
    )
    if dep == "advcl" and syntax.tag[token] == "VBG" and "by" in syntax.marks(token):
        return True
    if dep == "advcl":
        behind = not syntax.marks(token).isdisjoint({"to", "in", "with"})
        return deed and behind and lemma in lists["comes_of"]
    return deed and dep == "ccomp" and lemma in lists["amounts_to"]


def may_come(syntax: Syntax, token: int) -> bool:
    """Whether a deed only may come about: "might sign", "could lead to Chad signing"."""
    for _ in range(_STEPS):
        kids = syntax.kids[token]
        if any(syntax.word[kid] in _MAY and syntax.dep[kid].startswith("aux") for kid in kids):
            return True
        above = syntax.head[token]
        joined = syntax.dep[token] in {"conj", "xcomp"} or comes_of(syntax, token)
        if above == token or not joined:
            return False
        token = above
    return False


def is_mandated(syntax: Syntax, token: int) -> bool:
    """ "Recommends that the Council lift the ban": what somebody is only to do stands in its bare form."""
    if syntax.tag[token] != "VB" or syntax.dep[token] not in {"ccomp", "xcomp"}:
        return False
    above = syntax.head[token]
    if above == token or not syntax.is_verb(above) or "that" not in syntax.marks(token):
        return False
    kids = syntax.kids[token]
    acts = any(syntax.dep[kid].startswith("nsubj") for kid in kids)
    return acts and not any(
        syntax.dep[kid].startswith("aux") or syntax.tag[kid] == "TO" for kid in kids
    )


def does_what_is_to_come(syntax: Syntax, token: int) -> bool:
    """ "Plans an operation that drives out the Kurds", "will sign a pact that ends the war": what the
    object of a deed to come does is to come as well."""
    noun = syntax.head[token]
    verb = syntax.head[noun]
    if syntax.dep[token] != "acl:relcl" or syntax.dep[noun] != "obj":
        return False
    if noun not in syntax.arguments(token).surface:
        return False  # "to attack what Ankara calls rebels"
    helpers = {syntax.word[kid] for kid in syntax.kids[token] if syntax.dep[kid].startswith("aux")}
    to_come = "to" in syntax.marks(verb) or any(
        syntax.tag[kid] in _UNREAL for kid in syntax.kids[verb] if syntax.dep[kid] == "aux"
    )
    return to_come and syntax.tag[token] in _PRESENT and not helpers


def is_awaited(syntax: Syntax, token: int, above: int) -> bool:
    """ "cannot sign until Chad has left": what is waited for has not happened."""
    near = (*syntax.kids[above], *syntax.kids[token])
    to_come = any(syntax.tag[kid] in _UNREAL or syntax.word[kid] in _IS for kid in near)
    return syntax.tag[token] in _PRESENT or to_come


def is_asked(syntax: Syntax, clause: int) -> bool:
    """Whether a sentence, or a clause in quotation marks, only asks about it: "did Kenya attack?", "who will
    stop Kenya?".

    "Why did Kenya attack?" takes the attack for a fact.
    """
    if not _ends_in_question(syntax, clause):
        return False
    helpers = [kid for kid in syntax.kids[clause] if syntax.dep[kid].startswith(("aux", "cop"))]
    subjects = [k for k in syntax.kids[clause] if syntax.dep[k].startswith(("nsubj", "expl"))]
    opens = any(syntax.tag[kid] in _QUESTION_WORDS for kid in syntax.kids[clause] if kid < clause)
    if opens:
        return any(syntax.tag[kid] in _UNREAL for kid in helpers)
    return bool(helpers and subjects) and min(helpers) < min(subjects)


def _ends_in_question(syntax: Syntax, clause: int) -> bool:
    """Whether a question mark closes a clause, or the sentence that it is the root of."""
    if syntax.head[clause] != clause:
        return syntax.dep[clause] in _QUOTED and any(
            syntax.word[kid] == "?" for kid in syntax.kids[clause] if kid > clause
        )
    starts = syntax.sentence_starts
    place = bisect_right(starts, clause)
    end = starts[place] if place < len(starts) else len(syntax.word)
    return "?" in syntax.word[max(clause, end - 3) : end]


def _is_bare_infinitive(syntax: Syntax, verb: int, before: list[int]) -> bool:
    """Whether a sentence has no verb but an infinitive behind its own subject, as headlines do of what is to come."""
    if syntax.head[verb] != verb or syntax.tag[verb] != "VB":
        return False
    helped = any(syntax.dep[kid].startswith(("aux", "cop", "expl")) for kid in before)
    marks = [syntax.word[kid] for kid in before if syntax.dep[kid] == "mark"]
    return (
        not helped
        and marks == ["to"]
        and any(
            syntax.dep[kid].startswith("nsubj") and syntax.word[kid + 1] == "to" for kid in before
        )
    )


def is_due(syntax: Syntax, verb: int) -> bool:
    """Whether it is settled that somebody will do it: "troops are to withdraw", and in a headline "Kenya to withdraw
    troops"; not "the aim is to win"."""
    before = [kid for kid in syntax.kids[verb] if kid < verb]
    if _is_bare_infinitive(syntax, verb, before):
        return True
    be = any(syntax.word[x] in _BE and syntax.dep[x].startswith(("aux", "cop")) for x in before)
    if not be or all(syntax.tag[kid] != "TO" for kid in before):
        return False
    subject = syntax.arguments(verb).subject
    goal = any(syntax.lemma[noun] in _MEANT for noun in subject)
    return bool(subject) and not goal and syntax.lemma[verb] != "blame"
