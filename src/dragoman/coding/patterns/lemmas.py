"""Dictionary forms of English words, led by the words that the patterns know.

The engine must find "shelled" under "shell" and "sanctions" under "sanction" whatever parser made
the tags, so it does not lean on the pipeline's lemmatiser alone: regular endings are taken off and
the result preferred that the pattern tables know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

_VOWELS = frozenset("aeiou")


class Lemmas:
    """Word form → lemma.

    Args:
        known: the lemmas that patterns and word lists name.
        irregular: lemma → its forms that no rule gives.
    """

    def __init__(self, known: Iterable[str], irregular: Mapping[str, Iterable[str]]) -> None:
        self._known = frozenset(known)
        self._irregular = {form: lemma for lemma, forms in irregular.items() for form in forms}
        self._held: dict[tuple[str, str, str], str] = {}

    def of(self, word: str, tag: str, given: str = "") -> str:
        """The lemma of a word.

        Args:
            word: the form as written.
            tag: Penn tag; its first two letters tell verb, noun and adjective apart.
            given: the pipeline's lemma, used where no rule leads to a known one.
        """
        key = (word, tag[:2], given)
        found = self._held.get(key)
        if found is None:
            if len(self._held) > 200_000:
                self._held.clear()
            if tag == "NNS" and given == word and word[:1].isupper():
                given = ""  # "Ministers" at the head of a sentence: the pipeline let it stand
            found = self._held[key] = self._find(word.lower(), tag, given.lower())
        return found

    def _find(self, word: str, tag: str, given: str) -> str:
        if tag.startswith("VB"):
            return self._first(_verb_candidates(word), word, given, irregular=True)
        if tag.startswith("NN"):
            if word in self._known and not word.endswith("s"):
                return word
            return self._first(_noun_candidates(word), word, given, irregular=False)
        return given or word

    def _first(self, candidates: Iterator[str], word: str, given: str, *, irregular: bool) -> str:
        if irregular and word in self._irregular:
            return self._irregular[word]
        if given in self._known:
            return given
        best = ""
        for candidate in candidates:
            if candidate in self._known:
                return candidate
            best = best or candidate
        return given or best or word


def _verb_candidates(word: str) -> Iterator[str]:
    """What a verb form may come from, the likeliest first."""
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    elif word.endswith("es"):
        yield word[:-1]
        yield word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    for ending in ("ied", "ed", "ing"):
        if not word.endswith(ending) or len(word) < len(ending) + 2:
            continue
        stem = word[: -len(ending)]
        if ending == "ied":
            yield stem + "y"
            continue
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS | {"l", "s", "z"}:
            yield stem[:-1]
        yield stem + "e" if stem[-1] in "cvzgu" or stem.endswith(("at", "iz", "is", "nc")) else stem
        yield stem
        yield stem + "e"
        if len(stem) > 2 and stem[-1] == stem[-2]:
            yield stem[:-1]
    yield word


def _noun_candidates(word: str) -> Iterator[str]:
    """What a noun form may come from, the likeliest first."""
    if word.endswith("men"):
        yield word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        yield word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]
    yield word
