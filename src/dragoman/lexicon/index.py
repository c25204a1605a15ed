"""Names to entries, by phrase and along a sequence of words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dragoman.lexicon.entry import Entry, Name
from dragoman.lexicon.names import ARTICLES, case_fits, is_acronym, key_of, pieces

# tokens that may stand inside a name without being part of its key
SILENT = frozenset({"-", "–", "‑", "'s", "’s", "'", "’", "."})

KEPT = 50_000  # phrases of which it is kept what they name
#: Letters of a word up to which a full stop after it may shorten it ("Gen").
_ABBREVIATED = 3


def case_differs(one: str, other: str) -> bool:
    """Whether two writings of one key ask for different capitals ("IS", "Is")."""
    return is_acronym(one) != is_acronym(other)


class NameIndex:
    """All written names of a lexicon, by the pieces they are compared with."""

    def __init__(self) -> None:
        self._names: dict[str, list[Name]] = defaultdict(list)
        self._fitting: dict[str, list[Name]] = {}  # by phrase, what may be written so
        self._lengths: dict[str, tuple[int, ...]] = {}  # by first piece, the longest first
        self._seconds: dict[str, set[str]] = {}  # by first piece, the pieces that go on with it

    def add(self, text: str, entry: Entry, how: str) -> None:
        """Let ``text`` stand for ``entry``; the same name twice for one entry counts once."""
        key = key_of(text)
        if not key:
            return
        self._fitting.clear()
        held = self._names[" ".join(key)]
        for name in held:
            if name.entry is entry and (name.text == text or name.how == how):
                if not (how == "alias" and case_differs(name.text, text)):
                    return
        held.append(Name(entry, how, text))
        lengths = self._lengths.get(key[0], ())
        if len(key) not in lengths:
            self._lengths[key[0]] = tuple(sorted((*lengths, len(key)), reverse=True))
        if len(key) > 1:
            self._seconds.setdefault(key[0], set()).add(key[1])

    def order(self, phrase: str, ids: Sequence[str]) -> None:
        """Let the owners of a name stand in the order of their ids, others behind them."""
        self._fitting.clear()
        places = {key: place for place, key in enumerate(ids)}
        held = self._names.get(" ".join(key_of(phrase)), [])
        held.sort(key=lambda name: places.get(name.entry.id, len(places)))

    def get(self, phrase: str, any_case: bool = False) -> list[Name]:
        """Names that ``phrase`` may be a writing of."""
        held = self._names.get(" ".join(key_of(phrase)), [])
        return [name for name in held if any_case or case_fits(name.text, phrase)]

    def longest(self, words: Sequence[str], first: int) -> tuple[int, str, list[Name]] | None:
        """The longest name that begins at word ``first``: end index (exclusive), its words, and names.

        A leading article is no part of a name: begin at the word after it. The name ends at a
        word's end; hyphens, full stops and "'s" inside it are passed over.
        """
        begun = pieces(words[first])
        if not begun or begun[0] in ARTICLES:
            return None
        lengths = self._lengths.get(begun[0])
        if not lengths:
            return None
        if len(begun) == 1 and not self._goes_on(words, first, begun[0]):
            fitting = self._written(begun[0], words[first])
            return (first + 1, words[first], fitting) if fitting else None
        found = list(begun)
        limit = lengths[0]
        ends = {len(found): first + 1}
        for position in range(first + 1, len(words)):
            if len(found) >= limit:
                break
            more = pieces(words[position])
            if more:
                found.extend(more)
                ends[len(found)] = position + 1
            elif words[position] not in SILENT or self._is_stop(words, position):
                break
        for length in lengths:
            end = ends.get(length)
            if end is not None and (key := " ".join(found[:length])) in self._names:
                phrase = " ".join(words[first:end])
                fitting = self._written(key, phrase)
                if fitting:
                    return end, phrase, fitting
        return None

    def _written(self, key: str, phrase: str) -> list[Name]:
        """Names of a key that may be written so; kept, for ``KEPT`` phrases at most."""
        found = self._fitting.get(phrase)
        if found is None:
            if len(self._fitting) >= KEPT:
                self._fitting.clear()
            held = self._names.get(key, ())
            found = self._fitting[phrase] = [n for n in held if case_fits(n.text, phrase)]
        return found

    def _goes_on(self, words: Sequence[str], first: int, piece: str) -> bool:
        """Whether a name of more than the one piece of word ``first`` may begin there."""
        seconds = self._seconds.get(piece)
        if seconds is not None:
            for position in range(first + 1, len(words)):
                more = pieces(words[position])
                if more:
                    return more[0] in seconds
                if words[position] not in SILENT or self._is_stop(words, position):
                    return False
        return False

    @staticmethod
    def _is_stop(words: Sequence[str], position: int) -> bool:
        """Whether a full stop ends a sentence ("accused Israel. Police …"), not an abbreviation."""
        return words[position] == "." and len(words[position - 1]) > _ABBREVIATED

    def shared(self) -> Iterable[tuple[str, list[Name]]]:
        """Keys that more than one entry id owns, with their names."""
        for key, names in self._names.items():
            if len(names) > 1 and len({name.entry.id for name in names}) > 1:
                yield key, names

    def __len__(self) -> int:
        return len(self._names)
