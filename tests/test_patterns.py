import shutil

import pytest

from dragoman import ontology
from dragoman.coding import patterns
from dragoman.coding.patterns.examples import read_example
from dragoman.coding.patterns.lemmas import Lemmas
from dragoman.coding.patterns.repairs import reattach_subjects, rejoin_subjects
from dragoman.coding.patterns.table import SHIPPED
from dragoman.errors import DataError

#: Examples that the shipped parser may read wrongly; the number only goes down.
KNOWN_FAILURES = 0


def test_every_type_has_patterns_and_every_row_examples():
    rows = patterns.load(ontology.load()).rows
    assert {row.type for row in rows} == {*ontology.load().types, patterns.NOTHING}
    assert sum(len(row.lemmas) for row in rows) >= 600
    assert all(row.fires and row.spares for row in rows)


def test_examples_hold():
    from dragoman.language import load

    failures = patterns.check_examples(load().parse)
    assert len(failures) <= KNOWN_FAILURES, "\n".join(map(str, failures))


def test_marks_of_an_example():
    example = read_example("[Kenya] blamed <Chad>.")
    assert example.text == "Kenya blamed Chad."
    assert example.actors == ((0, 5),)
    assert example.recipients == ((13, 17),)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("\tverb\taccuse\t", "\tverbs\taccuse\t", "on must be"),
        ("of=@crime", "of=@krime", "no such word list"),
        ("subj>obj\tof=@crime", "subj\tof=@crime", "roles need"),
        ("accuse.crime\tallege", "accuse.crime\talleged", "no mode"),
    ],
)
def test_a_bad_row_is_named(tmp_path, old, new, reason):
    folder = tmp_path / "patterns"
    shutil.copytree(SHIPPED, folder)
    path = folder / "ACCUSE.tsv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=reason):
        patterns.load(ontology.load(), folder)


def test_a_lemma_does_not_depend_on_what_was_asked_before():
    asked = [("left", "VBD", "leave"), ("left", "VBN", "left"), ("left", "VB", "left")]
    there, back = (Lemmas({"go"}, {}) for _ in range(2))
    forward = [there.of(*x) for x in asked]
    assert [back.of(*x) for x in asked[::-1]][::-1] == forward


def test_a_subject_that_was_read_as_an_oblique_is_joined_to_its_twin():
    word = ["talks", "stopped", "after", "chad", "and", "mali", "accused", "togo"]
    dep = ["nsubj", "ROOT", "case", "obl", "cc", "nsubj", "advcl", "obj"]
    head = [1, 1, 3, 6, 6, 6, 1, 6]
    kids = [[k for k, h in enumerate(head) if h == i and k != i] for i in range(len(head))]
    rejoin_subjects(word, dep, head, kids)
    assert (dep[3], head[3], dep[5], head[5]) == ("nsubj", 6, "conj", 3)
    assert (dep[2], head[2], head[4]) == ("mark", 6, 5)
    assert sorted(kids[6]) == [2, 3, 7]


def test_a_second_subject_behind_that_goes_to_its_own_clause():
    dep = ["nsubj", "ROOT", "mark", "nsubj", "ccomp"]  # "They ask that Chad go"
    head = [1, 1, 4, 1, 1]
    kids = [[k for k, h in enumerate(head) if h == i and k != i] for i in range(len(head))]
    reattach_subjects(dep, head, kids)
    assert (head[3], sorted(kids[1]), sorted(kids[4])) == (4, [0, 4], [2, 3])
