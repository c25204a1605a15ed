"""Accuracy and speed of the language room, beside the floor pipeline when its path is given.

python benchmarks/language.py [--model FOLDER] [--floor PIPELINE] [--quick] [--no-speed]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).parent))

import language_accuracy as accuracy
from dragoman.language import Pipeline, load
from dragoman.language.reader import Reader


def measure(pipeline: Pipeline, quick: bool) -> dict:
    """Every accuracy figure of one pipeline on the dev sets."""
    read = pipeline.parse
    some = 500 if quick else None
    found = {
        "ewt, sentences": accuracy.parse(read, "en_ewt-ud-dev", some),
        "gum, sentences": accuracy.parse(read, "en_gum-open-dev", some),
        "headlines": accuracy.headlines(read, "en_gum-open-dev", some),
        "uner held out": accuracy.names(read, True),
    }
    if not quick:
        found["ewt, documents"] = accuracy.parse_documents(read, "en_ewt-ud-dev")
        found["gum, documents"] = accuracy.parse_documents(read, "en_gum-open-dev")
    found["silver names"] = accuracy.silver(read, 20 if quick else None)
    if "speech" in read("He said so.").user_data:
        found["speech"] = accuracy.speech(read, 30 if quick else None)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="folder of a model other than the shipped one")
    parser.add_argument("--floor", help="spaCy pipeline made by training/floor.py")
    parser.add_argument("--quick", action="store_true", help="parts of the dev sets")
    parser.add_argument("--json", type=Path, help="also write the accuracy figures there")
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--no-accuracy", action="store_true")
    options = parser.parse_args()
    ours = Pipeline(Reader(options.model)) if options.model else load()
    pipelines = {"dragoman": ours}
    if options.floor:
        pipelines["floor"] = load(options.floor)
    found: dict[str, dict] = {}
    for name, pipeline in pipelines.items():
        if not options.no_accuracy:
            found[name] = measure(pipeline, options.quick)
            for corpus, figures in found[name].items():
                print(f"{name:9} {corpus:16} {json.dumps(figures)}", flush=True)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if not options.no_speed:
        import language_speed

        language_speed.report(pipelines)


if __name__ == "__main__":
    main()
