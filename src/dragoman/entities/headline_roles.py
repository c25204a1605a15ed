"""Whom a headline means by a bare word: "Court frees reporter", over "A court in Lima ordered …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.aliases import take

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from dragoman.entities.mentions import Draft

#: Words that a headline has at most, and kinds of phrases of the lead that tell who they are.
LONGEST = 16
TELLING = frozenset({"unnamed", "name", "title", "description"})


def as_in_lead(doc: Doc, drafts: Sequence[Draft], breaks: Sequence[int]) -> None:
    """Give who stands in a headline by a role alone the entity of the one in the first sentence who is
    called by the same word, where there is one such on either side."""
    end = breaks[0] if breaks else 0
    if not 1 < end <= LONGEST or doc[end - 1].text in ".?!":
        return
    opening = [draft for draft in drafts if draft.first < end and draft.entity]
    after = next((token for token in doc[end:] if not token.is_space), None)
    if after is None or not any(_is_bare(doc, draft) for draft in opening):
        return
    last = after.sent.end
    told = [d for d in drafts if end <= d.first < last and d.entity and d.kind in TELLING]
    for draft in opening:
        if not _is_bare(doc, draft):
            continue
        word = doc[draft.head].lower_
        alike = {one.entity: one for one in told if doc[one.last - 1].lower_ == word}
        rivals = {one.entity for one in opening if doc[one.last - 1].lower_ == word}
        if len(alike) != 1 or len(rivals) != 1 or draft.entity in alike:
            continue
        (known,) = alike.values()
        former = draft.entity
        for one in drafts:
            if one.entity == former:
                take(one, known)
        draft.name = draft.name if not known.name else ""  # the lead's words say more


def _is_bare(doc: Doc, draft: Draft) -> bool:
    """Whether a phrase is a role alone, without name, article or owner."""
    alone = draft.first == draft.head and draft.last == draft.head + 1
    return alone and draft.kind == "unnamed" and draft.entity.startswith("unnamed:")
