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
@click.option("--second", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="SHEET",
              help="The same sheet as another person judged it: how far the two agree.")  # fmt: skip
@coder_options
def evaluate(dataset: Path, as_json: bool, second: Path | None, **values: Any) -> None:
    """Score the coder on DATASET.

    DATASET is a PLV-style table of marked pairs (.tsv: marked_sentence, with <s>…</s> round the
    actor and <t>…</t> round the recipient, and gold_root), PLOVER gold records (.json: a list of
    text, event, source and target, both lists of {"code": "RUSGOV"}), or a folder of stories coded
    by hand (.json: text, published, events; of each event type, actors and recipients as
    [{"country": "RUS"}], spans [[start, end]], importance 1, which any coder must find, to 3, and
    said_by where somebody tells it). Or it is a sheet of dragoman sample (.csv, .xlsx) that was filled in by hand.
    """
    from dragoman.validation.judged import is_sheet

    if is_sheet(dataset):
        _sheet(dataset, second, as_json)
        return
    if second is not None:
        raise click.UsageError("--second is for sheets of dragoman sample")
    from dragoman.evaluation import evaluate as run
    from dragoman.evaluation import table

    result = run(make_coder(values), dataset)
    click.echo(json.dumps(result, indent=1) if as_json else table(result))


def _sheet(sheet: Path, second: Path | None, as_json: bool) -> None:
    """Print what a sheet that was filled in says."""
    from dragoman.validation.judged import agreement, score, table

    result = score(sheet)
    if second is not None:
        result["agreement"] = agreement(sheet, second)
    click.echo(json.dumps(result, indent=1) if as_json else table(result))
