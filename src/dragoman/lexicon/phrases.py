"""What the shipped tables call a phrase, for rooms that read a text before anybody is sought in it."""

from __future__ import annotations

import functools
from collections import defaultdict

from dragoman.lexicon.tables import DATA_FOLDER, Problems, files_of, read_rows, table_of

#: What the entries of a table are, by their kind.
CALLED = {"person": "person", "state": "place", "region": "place"} | dict.fromkeys(
    ("organisation", "body", "group", "media"), "organisation"
)
#: What the words of a list in ``entity_words.tsv`` are.
LISTS = {"usa state": "place"} | dict.fromkeys(
    ("groupword", "firm label", "collective"), "organisation word"
)


@functools.cache
def phrases() -> dict[str, frozenset[str]]:
    """Names and words by what they are, as written and in capitals, without a leading article.

    "person", "organisation" and "place" hold names and aliases, "last name" the last words of
    people's names, "organisation word" words that kinds of bodies end in ("ministry").
    """
    found: dict[str, set[str]] = defaultdict(set)
    for path, layer in files_of([]):
        table = table_of(path)
        called = CALLED.get(table.kind, "") if table is not None else ""
        for row in read_rows(path, path.read_bytes(), layer, Problems()) if called else ():
            names = (row.get("name"), *row.many("aliases"), *row.many("capital"))
            found[called].update(name.removeprefix("The ").removeprefix("the ") for name in names)
            if called == "person":
                found["last name"].add(names[0].split()[-1])
    found["place"].update(name for name, *_ in _rows("places.tsv"))
    for name, word, *_ in _rows("entity_words.tsv"):
        if name in LISTS:
            found[LISTS[name]].add(word)
    for phrase, _, _, kind, *_ in _rows("roles.tsv"):
        if kind == "body":
            found["organisation word"].add(phrase.lower().split()[-1])
    return {
        called: frozenset(held | {name.upper() for name in held}) for called, held in found.items()
    }


def _rows(name: str) -> list[list[str]]:
    """The cells of a table of words, whose mistakes ``words.py`` finds."""
    lines = (DATA_FOLDER / name).read_text(encoding="utf-8").split("\n")
    return [x.split("\t") for x in lines if x.strip() and not x.startswith("#")][1:]
