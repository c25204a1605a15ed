"""``dragoman patterns`` and ``dragoman eval``: the researcher's tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from dragoman.commands.common import coder_options, make_coder


@click.group()
def patterns() -> None:
    """Test the event patterns on their own examples."""


@patterns.command("test")
@click.option("--ontology", type=click.Path(exists=True, file_okay=False), metavar="FOLDER",
              help="A coding scheme of your own, with patterns of its own.")  # fmt: skip
def patterns_test(ontology: str | None) -> None:
    """Run every pattern's examples: the one that must fire and the one that must not."""
    from dragoman import ontology as schemes
    from dragoman.coding.patterns import check_examples
    from dragoman.coding.patterns import load as load_patterns
    from dragoman.language import load

    scheme = schemes.load(ontology) if ontology else None
    failures = check_examples(load().parse, load_patterns(scheme))
    for failure in failures:
        click.echo(str(failure))
    click.echo(f"{len(failures)} examples fail" if failures else "every example holds")
    if failures:
        raise click.exceptions.Exit(1)


@click.command("eval")
@click.argument("dataset", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@coder_options
def evaluate(dataset: Path, as_json: bool, **values: Any) -> None:
    """Score the coder on DATASET.

    DATASET is a PLV-style table of marked pairs (.tsv: marked_sentence, with <s>…</s> round the
    actor and <t>…</t> round the recipient, and gold_root), PLOVER gold records (.json: a list of
    text, event, source and target, both lists of {"code": "RUSGOV"}), or a folder of stories coded
    by hand (.json: text, published, events; of each event type, actors and recipients as
    [{"country": "RUS"}], spans [[start, end]], importance 1, which any coder must find, to 3, and
    said_by where somebody tells it).
    """
    from dragoman.evaluation import evaluate as run
    from dragoman.evaluation import table

    result = run(make_coder(values), dataset)
    click.echo(json.dumps(result, indent=1) if as_json else table(result))
