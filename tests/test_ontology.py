import shutil

import pytest
from click.testing import CliRunner

import dragoman
from dragoman import ontology
from dragoman.cli import cli
from dragoman.commands.common import make_coder
from dragoman.errors import DataError
from dragoman.model import Story
from dragoman.ontology.tables import SHIPPED


def test_the_shipped_scheme_is_plover():
    scheme = ontology.load()
    assert len(scheme.types) == 16
    assert len(scheme.contexts) == 37
    assert scheme.quad("AID") == 2
    assert scheme.score("RETREAT", "disarm") == 10
    assert scheme.cameo("ACCUSE", "investigate") == "090"
    assert scheme.future("CONSULT") == "AGREE"
    assert scheme.code("UNO", ("MIL",)) == "IGOUNOMIL"


def test_every_mode_has_a_cameo_code_with_a_goldstein_score():
    scheme = ontology.load()
    for type_ in scheme.types:
        for mode in (None, *scheme.modes(type_)):
            assert scheme.goldstein(scheme.cameo(type_, mode)) is not None, (type_, mode)


@pytest.mark.parametrize(
    ("table", "old", "new", "reason"),
    [
        ("types.tsv", "CONSULT\t1\t", "CONSULT\t7\t", "quad"),
        ("modes.tsv", "CONSULT\tvisit", "CONSULTS\tvisit", "no such type"),
        ("cameo.tsv", "031\tAGREE\t\tdiplomatic", "031\tAGREE\t\tdiplomacy", "no such context"),
        ("cameo.tsv", "goldstein", "gold", "column missing"),
        (
            "cameo.tsv",
            "031\tAGREE\t\tdiplomatic\t5.2",
            "031\tAGREE\t\tdiplomatic\tnan",
            "-10 to 10",
        ),
        ("cameo.tsv", "031\tAGREE\t\tdiplomatic\t5.2", "031\tAGREE\t\tdiplomatic\t52", "-10 to 10"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(tmp_path, table, old, new, reason):
    folder = tmp_path / "own"
    shutil.copytree(SHIPPED, folder)
    path = folder / table
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=reason) as caught:
        ontology.load(folder)
    assert caught.value.file.endswith(table)
    assert caught.value.line


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(DataError, match="no such table"):
        ontology.load(tmp_path)
    shutil.copy(SHIPPED / "types.tsv", tmp_path)
    with pytest.raises(
        DataError, match=r"modes.tsv: no such table; an empty file will do, .* cues"
    ):
        ontology.load(tmp_path)


def test_a_folder_in_place_of_a_table_is_named(tmp_path):
    (tmp_path / "types.tsv").mkdir()
    with pytest.raises(DataError, match=r"types.tsv: cannot be read"):
        ontology.load(tmp_path)


def test_a_scheme_may_have_fewer_modes_than_plover(tmp_path, capsys):
    folder = tmp_path / "own"
    folder.mkdir()
    shutil.copy(SHIPPED / "types.tsv", folder)
    for table in ("modes.tsv", "contexts.tsv", "cameo.tsv", "families.tsv"):
        (folder / table).touch()
    values = {
        "nlp": None, "lexicons": (), "ontology": str(folder), "no_models": False, "types": "",
        "min_confidence": 0.0, "only_with_recipient": False, "sport": False,
    }  # fmt: skip
    coder = make_coder(values)
    assert "own has no mode CONSULT visit" in capsys.readouterr().err
    text = "Chad bombed Sudan from the air on Monday. Kenya accused Chad of arming rebels and will meet Sudan."
    events = coder.code(Story(text=text, published="2024-05-02")).events
    assert {"ASSAULT", "ACCUSE"} <= {event.type for event in events}
    assert not any(event.mode or event.contexts for event in events)


PATTERN = (
    "name\tmode\tcameo\ton\tlemmas\troles\twhen\tfires\tspares\n"
    "ban\t\t\tverb\tblacklist\tsubj>obj\t\t[Kenya] blacklisted <Uganda>.\tKenya praised Uganda.\n"
)


def own_scheme(folder, table="BLACKLIST"):
    """PLOVER with a type more and a pattern for it."""
    shutil.copytree(SHIPPED, folder)
    types = (folder / "types.tsv").read_text(encoding="utf-8")
    row = next(line for line in types.splitlines() if line.startswith("SANCTION\t"))
    new = row.replace("SANCTION", "BLACKLIST")
    (folder / "types.tsv").write_text(f"{types.rstrip()}\n{new}\n", encoding="utf-8")
    (folder / "patterns").mkdir()
    (folder / "patterns" / f"{table}.tsv").write_text(PATTERN, encoding="utf-8")
    return folder


def test_a_new_type_has_patterns_of_its_own(tmp_path):
    folder = own_scheme(tmp_path / "own")
    assert "own/patterns/BLACKLIST.tsv" in ontology.load(folder).hashes
    coder = dragoman.load(ontology_folder=folder)
    record = coder.code(Story(text="Kenya blacklisted Uganda on Monday.", published="2024-05-02"))
    assert "BLACKLIST" in {event.type for event in record.events}


def test_a_pattern_of_an_unknown_mode_is_named_when_it_is_loaded(tmp_path):
    folder = own_scheme(tmp_path / "own")
    path = folder / "patterns" / "BLACKLIST.tsv"
    path.write_text(PATTERN.replace("ban\t\t", "ban\tshun\t"), encoding="utf-8")
    with pytest.raises(DataError, match="BLACKLIST has no mode 'shun'") as caught:
        dragoman.load(ontology_folder=folder)
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("good", "slip", "step"),
    [("subj>obj", "subject>obj", "subject"), ("obj\t\t", "obj\tobl:wiht=Mali\t", "obl:wiht")],
)
def test_a_step_that_leads_nowhere_is_named_when_it_is_loaded(tmp_path, good, slip, step):
    folder = own_scheme(tmp_path / "own")
    path = folder / "patterns" / "BLACKLIST.tsv"
    path.write_text(PATTERN.replace(good, slip), encoding="utf-8")
    with pytest.raises(DataError, match=f"no step '{step}' in a way") as caught:
        dragoman.load(ontology_folder=folder)
    assert caught.value.line == 2


def test_tables_that_windows_has_marked_are_read(tmp_path):
    folder = own_scheme(tmp_path / "own")
    for path in (folder / "types.tsv", folder / "patterns" / "BLACKLIST.tsv"):
        path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig", newline="\r\n")
    assert "BLACKLIST" in ontology.load(folder).types
    dragoman.load(ontology_folder=folder)


def test_a_pattern_of_ones_own_must_fire_by_itself(tmp_path):
    folder = own_scheme(tmp_path / "own")
    path = folder / "patterns" / "BLACKLIST.tsv"
    rows = ("blacklisted\tsubj>obj", "blacklist\tsubj>iobj")
    for number, row in enumerate(rows):
        line = PATTERN.splitlines()[1].replace("blacklist\tsubj>obj", row, 1)
        path.write_text(f"{PATTERN}{line.replace('ban', 'other', 1)}\n", encoding="utf-8")
        done = CliRunner().invoke(cli, ["patterns", "test", "--ontology", str(folder)])
        assert done.exit_code == 1 and "BLACKLIST.tsv:3: BLACKLIST.other: " in done.output
        assert ("base forms" in done.output) == (number == 0) and "1 example" in done.output


def test_a_table_of_patterns_of_no_type_is_named(tmp_path):
    with pytest.raises(DataError, match=r"SHUN\.tsv.*types\.tsv"):
        ontology.load(own_scheme(tmp_path / "own", "SHUN"))
