"""Writes src/dragoman/language/data/lemmas.tsv: forms whose lemma the rules miss.

    python training/lemmas.py

From the training treebanks (form, universal tag and lemma as counts: no sentence of theirs), and
from ``irregular.tsv``, which is ours: irregular forms, and verbs of the news whose stems the rules
would misread.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from corpora import treebank
from dragoman.language.lemmas import by_rule

TARGET = Path(__file__).parents[1] / "src" / "dragoman" / "language" / "data" / "lemmas.tsv"
IRREGULAR = Path(__file__).parent / "irregular.tsv"


def main() -> None:
    counts: dict[tuple[str, str], Counter] = defaultdict(Counter)
    tags: dict[tuple[str, str], Counter] = defaultdict(Counter)
    for name in ("en_ewt-ud-train", "en_gum-open-train"):
        for s in treebank(name):
            for form, lemma, universal, tag in zip(
                s.words, s.lemmas, s.universal_tags, s.tags, strict=True
            ):
                if universal != "PROPN" and tag.startswith("NNP"):
                    continue
                key = form.lower(), universal
                counts[key][lemma] += 1
                tags[key][tag] += 1
    rows = {}
    for key, lemmas in counts.items():
        form, universal = key
        (lemma, count), total = lemmas.most_common(1)[0], sum(lemmas.values())
        tag = tags[key].most_common(1)[0][0]
        if universal in ("PROPN", "X", "SYM", "NUM", "PUNCT") and count < 3:
            continue
        if universal == "PROPN" and by_rule(form, universal, tag).lower() == lemma.lower():
            continue
        if count / total >= 0.6 and by_rule(form, universal, tag) != lemma:
            rows[key] = lemma
    for line in IRREGULAR.read_text(encoding="utf-8").splitlines():
        form, universal, lemma = line.split("\t")
        rows[form, universal] = lemma
    with TARGET.open("w", encoding="utf-8", newline="") as lines:
        for (form, universal), lemma in sorted(rows.items()):
            if not {"\t", "\n"} & set(form + lemma):
                lines.write(f"{form}\t{universal}\t{lemma}\n")
    print(len(rows), "rows")


if __name__ == "__main__":
    main()
