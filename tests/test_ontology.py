import shutil

import pytest

from dragoman import ontology
from dragoman.errors import DataError
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
