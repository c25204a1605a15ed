"""What the shipped tables call a phrase, for rooms that read a text before anybody is sought in it."""

from __future__ import annotations

import functools
from collections import defaultdict

from dragoman.lexicon.tables import Problems, files_of, read_rows, table_of
from dragoman.tables import DATA_FOLDER, read_table

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
    found["place"].update(row["name"] for row in read_table(DATA_FOLDER / "places.tsv", ("name",)))
    for words in read_table(DATA_FOLDER / "entity_words.tsv", ("list", "word")):
        if words["list"] in LISTS:
            found[LISTS[words["list"]]].add(words["word"])
    for role in read_table(DATA_FOLDER / "roles.tsv", ("phrase", "kind")):
        if role["kind"] == "body":
            found["organisation word"].add(role["phrase"].lower().split()[-1])
    return {
        called: frozenset(held | {name.upper() for name in held}) for called, held in found.items()
    }
