"""``dragoman lexicon …``: the commands, each a thin face of a function beside it."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.errors import UsageError

PATHS = click.option(
    "--lexicon",
    "paths",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="PATH",
    help="A lexicon of your own, stacked over the shipped one.",
)
OUT = click.option(
    "-o",
    "--out",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the lexicon is written.",
)
ALL = click.option(
    "--all-reports", is_flag=True, help="Print every reported line, not the first 20."
)


@click.group("lexicon")
def lexicon_group() -> None:
    """Check, search, extend, import and compare actor tables."""


@lexicon_group.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.pass_context
def check_command(context: click.Context, paths: tuple[Path, ...]) -> None:
    """Check the shipped tables, and yours where PATHS are given; exit status 1 on mistakes."""
    from dragoman.lexicon import check

    problems = check(paths)
    for problem in problems:
        click.echo(str(problem))
    count = f"{len(problems)} mistake" + "s" * (len(problems) > 1)
    click.echo(count if problems else "no mistakes", err=True)
    if problems:
        context.exit(1)


@lexicon_group.command("find")
@click.argument("phrase")
@click.option("--date", metavar="DATE", help="The day it was written, YYYY-MM-DD.")
@PATHS
@click.pass_context
def find_command(
    context: click.Context, phrase: str, date: str | None, paths: tuple[Path, ...]
) -> None:
    """Show who PHRASE may mean, with code, dates, offices and the row's place."""
    from dragoman.lexicon import load
    from dragoman.lexicon.commands import day_of, described

    day = day_of("--date", date or "") or None
    lines = described(load(paths), phrase, day)
    for line in lines:
        click.echo(line)
    if not lines:
        click.echo("nothing of that name", err=True)
        context.exit(1)


@lexicon_group.command("add")
@click.argument("name")
@click.option(
    "--into",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Your lexicon's folder.",
)
@click.option(
    "--kind",
    default="organisation",
    show_default=True,
    help="state, region, person, organisation, body, media or group.",
)
@click.option("--country", required=True, help="ISO 3166-1 alpha-3, or IGO, NGO, MNC, EUR, UNO, -.")
@click.option("--sectors", default="", help="PLOVER sectors, parted by | or a comma.")
@click.option("--aliases", default="", help="Other names, parted by |.")
@click.option("--from", "since", default="", metavar="DATE", help="First day.")
@click.option("--to", "until", default="", metavar="DATE", help="The day after the last.")
@click.option("--id", "key", default="", help="Its id; made from the name when left out.")
@click.option("--note", default="", help="A note for the reader.")
def add_command(**values: str | Path) -> None:
    """Add NAME to the actors.tsv of a lexicon of your own, and check that lexicon."""
    from dragoman.lexicon.commands import add

    path, line = add(**values)  # type: ignore[arg-type]
    click.echo(f"{path}:{line}: added")


@lexicon_group.group("import")
def import_group() -> None:
    """Make a lexicon folder from other people's lists."""


@import_group.command("petrarch")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@OUT
@ALL
def petrarch_command(files: tuple[Path, ...], folder: Path, all_reports: bool) -> None:
    """Import PETRARCH or TABARI actor and agent dictionaries."""
    from dragoman.lexicon import load
    from dragoman.lexicon.imports import import_petrarch

    show(import_petrarch(files, folder, load()), all_reports)


@import_group.command("wikidata")
@click.argument("dump", type=click.Path(path_type=Path, exists=True))
@OUT
@ALL
def wikidata_command(dump: Path, folder: Path, all_reports: bool) -> None:
    """Import positions held from a Wikidata JSON dump (.json, .gz, .bz2)."""
    from dragoman.lexicon import load
    from dragoman.lexicon.wikidata import import_wikidata

    show(import_wikidata(dump, folder, load()), all_reports)


@import_group.command("csv")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@OUT
@click.option("--table", default="actors", show_default=True, help="The table to write.")
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="OURS=THEIRS",
    help="Our column and theirs, a template ({year}-{month}) or a fixed value (==MIL).",
)
@click.option(
    "--country-code",
    default="iso3",
    show_default=True,
    help="How countries are written: iso3, iso2, cow, gw, name.",
)
@ALL
@click.pass_context
def csv_command(
    context: click.Context,
    file: Path,
    folder: Path,
    table: str,
    pairs: tuple[str, ...],
    country_code: str,
    all_reports: bool,
) -> None:
    """Import a CSV file of actors, people or tenures, and check what was made."""
    from dragoman.lexicon import check, load
    from dragoman.lexicon.imports import import_csv

    mapping = {}
    for pair in pairs:
        ours, sign, theirs = pair.partition("=")
        if not sign or not theirs:
            raise UsageError(f"--map {pair!r}: expected OURS=THEIRS")
        mapping[ours] = theirs
    show(import_csv(file, folder, table, mapping, load(), country_code), all_reports)
    mistakes = check([folder])
    for mistake in mistakes[:20]:
        click.echo(str(mistake))
    if mistakes:
        number = f"{len(mistakes)} mistake" + "s" * (len(mistakes) > 1)
        click.echo(f"{number}: no coder takes {folder} till mended", err=True)
        context.exit(1)


@lexicon_group.command("compare")
@click.argument("one", type=click.Path(path_type=Path))
@click.argument("other", type=click.Path(path_type=Path))
@click.option("--from", "since", default="", metavar="DATE", help="Only from this day.")
@click.option("--to", "until", default="", metavar="DATE", help="Only before this day.")
@click.option("--days", default=3, show_default=True, help="Leave out shorter differences.")
def compare_command(one: Path, other: Path, since: str, until: str, days: int) -> None:
    """Show where lexicon ONE and OTHER disagree; "-" is the shipped one."""
    from dragoman.lexicon.commands import compare_paths, day_of

    since, until = day_of("--from", since), day_of("--to", until)
    found = compare_paths(one, other, since, until, days)
    for item in found:
        click.echo(str(item))
    click.echo(f"{len(found)} disagreements", err=True)


def show(result: object, all_reports: bool) -> None:
    """What an import wrote and what it could not take."""
    from dragoman.lexicon.imports import Imported

    assert isinstance(result, Imported)
    for report in result.reports if all_reports else result.reports[:20]:
        click.echo(str(report))
    if len(result.reports) > 20 and not all_reports:
        click.echo(f"… {len(result.reports) - 20} more; --all-reports prints them")
    lines = ", ".join(f"{count} {what}" for what, count in result.lines.items())
    rows = ", ".join(f"{count} rows in {name}.tsv" for name, count in result.rows.items())
    click.echo(f"lines: {lines}\n{result.folder}: {rows}", err=True)
