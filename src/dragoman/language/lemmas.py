"""Lemmas: a table of what the rules get wrong, then rules by tag.

``data/lemmas.tsv`` (form, universal tag, lemma; written by ``training/lemmas.py``) holds the forms
of the training treebanks, and common irregular ones, that the rules below would miss.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

from dragoman.errors import DataError, ModelError
from dragoman.language.embedding import DATA

VOWELS = "aeiou"


def _undo_ed(stem: str) -> str:
    """ "stopped" → stop, "tried" → try, "baked" → bake."""
    if stem.endswith("i"):
        return stem[:-1] + "y"
    return _restored(stem)


def _restored(stem: str) -> str:
    """The verb whose stem before -ed or -ing this is: a doubled letter undone or an e put back."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz" + VOWELS:
        return stem[:-1]
    if re.search(
        r"(?:[^aeiou]l|[aeiou][zv]|[cgsuvz]|[^aeiouy][aeiou]s|rs|dg|nc|[^n]g)$", stem
    ) and not (re.search(r"(?:ss|[aeo]us|ng|ew|ow|[aeiou][aeiou]s)$", stem)):
        return stem + "e"
    if re.search(r"(?:^|[^aeiou])[^aeiou]*[aeiouy][bdkmnprtl]$", stem) and (
        len(stem) <= 4 and not re.search(r"[aeiou][aeiou].$", stem)
    ):
        return stem + "e" if re.search(r"[aiou][kmprtdnl]$", stem) else stem
    if re.search(
        r"(?:[^aeo]at|[aeiou]t?ut|[aiu]r|[ae]id|[oi]d|iz|ak|ok|ik|[aiou]m|in|ib|[ei]t|op|ap)$", stem
    ):
        return stem + "e" if re.search(r"(?:at|ut|ir|ur|id|od|iz|am|im|um|ib|ap)$", stem) else stem
    return stem


def verb(form: str, tag: str) -> str:
    """The base form of a verb, by its Penn tag."""
    if tag == "VBZ":
        return _singular(form)
    if tag in ("VBD", "VBN") and form.endswith("ed") and len(form) > 3:
        return _undo_ed(form[:-2])
    if tag == "VBG" and form.endswith("ing") and len(form) > 4:
        return _restored(form[:-3])
    return form


def _singular(form: str) -> str:
    """ "cities" → city, "boxes" → box, "says" → say."""
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|zz|o)es$", form):
        return form[:-2]
    if form.endswith("s") and not form.endswith(("ss", "us", "is")) and len(form) > 2:
        return form[:-1]
    return form


def noun(form: str, tag: str) -> str:
    """The singular of a noun, by its Penn tag."""
    if tag != "NNS":
        return form
    if form.endswith("men") and len(form) > 4:
        return form[:-2] + "an"
    return _singular(form)


def comparative(form: str, tag: str) -> str:
    """The positive of "bigger", "earliest"."""
    ending = {"JJR": "er", "RBR": "er", "JJS": "est", "RBS": "est"}.get(tag)
    if not ending or not form.endswith(ending) or len(form) < len(ending) + 3:
        return form
    stem = form[: -len(ending)]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "ls" + VOWELS:
        return stem[:-1]
    return (
        stem + "e"
        if re.search(r"(?:[aeiou][^aeiouwy]|[rl]g|[cg]|bl|pl|tl|dl)$", stem)
        and not (re.search(r"(?:[aeiou]{2}.|ow|er|en|n)$", stem))
        else stem
    )


RULES: dict[str, Callable[[str, str], str]] = {
    "VERB": verb, "AUX": verb, "NOUN": noun, "ADJ": comparative, "ADV": comparative,
}  # fmt: skip


def by_rule(form: str, universal: str, tag: str) -> str:
    """The lemma the rules give, tables left aside. Names keep their letters' case."""
    if universal == "PROPN" or tag.startswith("NNP"):
        return _singular(form) if tag == "NNPS" else form
    rule = RULES.get(universal)
    lower = form.lower()
    return rule(lower, tag) if rule else lower


class Lemmas:
    """The lemmatiser: table first, then rules."""

    def __init__(self, file: Path = DATA / "lemmas.tsv") -> None:
        self.table: dict[tuple[str, str], str] = {}
        try:
            with file.open(encoding="utf-8", newline="") as lines:
                for number, row in enumerate(
                    csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1
                ):
                    if len(row) != 3:
                        raise DataError(str(file), number, "form, universal tag and lemma expected")
                    self.table[row[0], row[1]] = row[2]
        except OSError as error:
            raise ModelError(f"the lemma table {file} cannot be read: {error}") from error

    def __call__(self, form: str, universal: str, tag: str) -> str:
        """The lemma of a word form, by its universal and Penn tags."""
        named = tag.startswith("NNP") and universal != "PROPN"
        known = None if named else self.table.get((form.lower(), universal))
        return known or by_rule(form, universal, tag)
