"""Which hits are only the content of another: "demanded that Oman withdraw" is one event.

A demand, promise, refusal or threat says nothing about whether its content came true; an
accusation's content is a claim. Such hits are dropped, unless they stand in a clause that is told
as fact ("rejected the plan that Chad signed on Monday").
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.coding.event_undone import is_lifted
from dragoman.coding.patterns import Hit, Syntax

#: Types whose content is not told as fact.
_OPEN = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
#: Types that speak about a real deed: "condemned the attack", "welcomed the release".
_ABOUT_FACTS = frozenset({"ACCUSE", "SUPPORT"})
_FACT_MARKS = frozenset(
    {"after", "since", "because", "as", "when", "while", "before", "following", "amid", "despite",
     "during", "although", "though", "where"}
)  # fmt: skip
#: Prepositions with which a verb and an event noun are one deed ("engaged in attacks").
_WITHIN = frozenset({"in", "into", "on"})
_STEPS = 12


def is_content(hit: Hit, hits: Mapping[int, Hit], syntax: Syntax) -> bool:
    """Whether the hit is merely part of what another hit is about."""
    token = hit.token
    if hit.pattern.name in syntax.patterns.types("told_beside"):
        return False
    if hit.pattern.on == "noun" and is_lifted(syntax, token):
        return True
    if _is_consequence(hit, hits, syntax):
        return True
    for _ in range(_STEPS):
        above, dep = syntax.head[token], syntax.dep[token]
        if above == token or _told_as_fact(token, dep, syntax):
            return False
        governor = hits.get(above)
        if governor is not None and governor is not hit:
            decided = _decide(hit, token, dep, governor, syntax)
            if decided is not None:
                return decided
        token = above
    return False


def _is_consequence(hit: Hit, hits: Mapping[int, Hit], syntax: Syntax) -> bool:
    """ "shelled the village, killing three and wounding eleven": one assault, its toll told."""
    token = hit.token
    while syntax.dep[token] == "conj" and syntax.tag[token] == "VBG":
        token = syntax.head[token]
    if syntax.dep[token] != "advcl" or syntax.tag[token] != "VBG" or syntax.marks(token):
        return False
    if hit.pattern.mode in syntax.patterns.types("of_people"):
        return False  # "abducting eleven" is more than a toll
    governor = hits.get(syntax.head[token])
    return (
        governor is not None
        and governor.pattern.type == hit.pattern.type == "ASSAULT"
        and bool(set(governor.actors) & set(hit.actors) or not governor.actors)
    )


def _told_as_fact(token: int, dep: str, syntax: Syntax) -> bool:
    if dep == "acl:relcl" or dep in {"parataxis", "nsubj", "nsubj:pass"}:
        return True
    marks = syntax.marks(token)
    if dep.startswith(("advcl", "obl", "nmod")) and marks & _FACT_MARKS:
        return True
    if dep == "advcl" and not marks and syntax.tag[token] in {"VBG", "VBN", "VBD"}:
        return True
    if dep.startswith("acl") and syntax.tag[token] in {"VBN", "VBD"} and "of" not in marks:
        return True
    return (
        dep == "conj"
        and syntax.is_verb(token)
        and syntax.is_verb(syntax.head[token])
        and any(syntax.dep[kid].startswith("nsubj") for kid in syntax.kids[token])
    )


def _decide(hit: Hit, token: int, dep: str, governor: Hit, syntax: Syntax) -> bool | None:
    """True: content. False: an event of its own. None: look further up."""
    type_ = governor.pattern.type
    if dep == "conj":
        return None
    if token == hit.token and dep in {"obj", "nsubj:pass"} and type_ == hit.pattern.type:
        return True
    if dep == "obl" and syntax.lemma[governor.token] in syntax.patterns.governors["reporting"]:
        return False  # "said in a call with Abe that": the call took place
    attitudes = syntax.patterns.lists["attitude"]
    if syntax.lemma[governor.token] in attitudes and syntax.is_noun(token):
        return False
    if type_ in _OPEN:
        return True
    if type_ in _ABOUT_FACTS:
        claimed = syntax.is_verb(token) and bool({"of", "for", "that"} & syntax.marks(token))
        return claimed or dep in {"ccomp", "xcomp"}
    if token == hit.token and dep in {"obj", "xcomp"}:
        return True
    if token == hit.token and dep == "obl" and _WITHIN & set(syntax.prepositions(token)):
        return True
    return None
