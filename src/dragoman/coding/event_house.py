"""Who is of the actors' own house: nobody is guessed to act on his own party, office or chief."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Mention

#: How the name of a house hangs on who belongs to it: "the bloc's leader", "the BNP chief".
_OWNING = frozenset({"nmod:poss", "compound"})
#: Kinds of owners on whom their own people may act: a party on its state.
_AT_LARGE = frozenset({"state", "place", "collective"})


class House:
    """Whose people the entities of one story are, as its phrases tell.

    Args:
        syntax: the parsed story.
        index: who is mentioned where.
    """

    def __init__(self, syntax: Syntax, index: EntityIndex) -> None:
        self.syntax, self.index = syntax, index
        self._owners: dict[str, set[str]] | None = None

    def is_of_one(self, mention: Mention, draft: Draft) -> bool:
        """Whether somebody and those who act belong together: "activists of the Front", "its chief"."""
        return any(
            mention.entity in self._houses.get(actor.entity, ())
            or actor.entity in self._houses.get(mention.entity, ())
            for actor in draft.actors
        )

    @property
    def _houses(self) -> dict[str, set[str]]:
        """The owners of each entity, found when first asked for."""
        if self._owners is None:
            found: dict[str, set[str]] = defaultdict(set)
            for mention in self.index.mentions:
                if mention.kind != "pronoun" and not self._stands_apart(mention):
                    found[mention.entity].update(self._owners_of(mention))
            self._owners = dict(found)
        return self._owners

    def _owners_of(self, mention: Mention) -> Iterator[str]:
        """Ids of those whose somebody is called in one of his phrases."""
        syntax, head = self.syntax, mention.head
        words = [kid for kid in syntax.kids[head] if syntax.dep[kid] in _OWNING and kid < head]
        for word in (*words, *syntax.behind(head, "of")):
            owner = self.index.headed_by(word) or self.index.covering(word)
            if owner is None or owner.entity == mention.entity:
                continue
            if self.index.entities[owner.entity].kind not in _AT_LARGE:
                yield owner.entity

    def _stands_apart(self, mention: Mention) -> bool:
        """Whether a word for somebody sets him against whose he is: "Moll's critics", "the firm's workers"."""
        lists = self.syntax.patterns.lists
        lemma = self.syntax.lemma[mention.head]
        return lemma in lists["not_of_house"] or lemma in lists["others"] | lists["critic"]
