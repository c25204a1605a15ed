"""Choosing among the likely spans of source, cue and content."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.coding import span_choice, span_features
from dragoman.coding.drafts import Draft
from dragoman.coding.span_features import COLUMNS, FEATURES, KINDS, Candidates
from dragoman.errors import DataError
from dragoman.language import speech
from dragoman.language.weights import read_weights
from dragoman.model import Span

WORDS = ["The", "minister", "said", "the", "road", "is", "open", ",", "as", "planned", "."]


@pytest.fixture
def doc():
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    return Doc(
        Vocab(),
        words=WORDS,
        spaces=[True] * 6 + [False, True, True, False, False],
        heads=[1, 2, 2, 4, 6, 6, 2, 9, 9, 6, 2],
        deps=[
            "det",
            "nsubj",
            "ROOT",
            "det",
            "nsubj",
            "cop",
            "ccomp",
            "punct",
            "mark",
            "advcl",
            "punct",
        ],
        sent_starts=[True] + [False] * 10,
    )


def reading(likely):
    size = len(WORDS)
    chance = np.log(np.full((size, 7), 1 / 7, dtype=np.float32))
    links = speech.Links(np.zeros((size, size), np.float32), np.zeros(size, bool))
    return speech.Reading([("CUE", 2, 3, 0.9, 0)], likely, chance, links)


LIKELY = [
    (0.9, ("SOURCE", 0, 2)),
    (0.9, ("CUE", 2, 3)),
    (0.4, ("CONTENT", 3, 7)),
    (0.1, ("CONTENT", 3, 8)),
    (0.3, ("CONTENT", 3, 10)),
]


def told(doc, likely=LIKELY, ruled=()):
    text = span_features.text_of(doc, range(len(WORDS)), [])
    found = span_features.candidates(text, [reading(likely)], [0, len(WORDS)])
    rows = span_features.features(text, found, [reading(likely)], [0, len(WORDS)], ruled)
    return found, [dict(zip(FEATURES, row, strict=True)) for row in rows]


def test_spans_that_differ_in_marks_only_count_together(doc):
    found, _ = told(doc)
    content = found.kind == KINDS.index("CONTENT")
    assert list(zip(found.low[content], found.high[content], strict=True)) == [(3, 7), (3, 10)]
    assert found.together[content].tolist() == pytest.approx([0.5, 0.3])
    assert found.end[content].tolist() == [7, 10]


def test_what_is_told_of_a_span(doc):
    _, rows = told(doc)
    short, long = rows[2], rows[3]
    assert short["rivals"] == short["longer rivals"] == pytest.approx(0.3)
    assert short["inner rivals"] == 0
    assert long["inner rivals"] == long["rivals from here"] == pytest.approx(0.5)
    assert (short["tops"], short["left out after"], long["left out after"]) == (1, 3, 0)
    assert (short["ends sentence"], long["ends sentence"]) == (0, 1)
    assert short["words"] == 4


def test_what_the_rules_found_is_told(doc):
    start = doc[3].idx
    draft = Draft(None, [2], [0, 1], 1, [Span(start, doc[10].idx)])
    source, cue, short, long = told(doc, ruled=[draft])[1]
    assert (source["rule span"], cue["rule span"], long["rule span"], short["rule span"]) == (
        1, 1, 1, 0,
    )  # fmt: skip
    assert (short["rule from here"], short["rule to here"], short["rule longer"]) == (1, 0, 3)
    assert short["rules over it"] == 1


def test_columns_have_their_names():
    rows = np.zeros((2, len(FEATURES)))
    rows[:, FEATURES.index("words")] = np.e - 1
    columns = span_features.weighable(rows)
    assert columns.shape == (2, len(COLUMNS))
    assert columns[0, COLUMNS.index("words, logarithm")] == pytest.approx(1)
    assert columns[0, COLUMNS.index("label first: other")] == 1
    assert len(set(COLUMNS)) == len(COLUMNS)


def test_no_span_is_picked_over_another_and_none_too_doubtful():
    kind, low, high = np.array([2, 2, 1, 2]), np.array([3, 3, 2, 9]), np.array([7, 10, 3, 10])
    nothing = np.zeros(4)
    found = Candidates(
        kind, low, high, low, high, nothing, nothing, np.zeros(4, np.int64), nothing > 0
    )
    chances = np.array([0.6, 0.5, 0.9, 0.1])
    assert span_choice.picked(found, chances, (0.3, 0.3, 0.3)) == [2, 0]


def test_chances_are_those_of_the_own_kind_and_of_bare_marks_the_models():
    weights = np.zeros((len(COLUMNS) + 1, 3))
    weights[0] = [-50.0, 0.0, 50.0]
    kind, place = np.array([0, 1, 2, 1]), np.arange(4)
    bare, chance = place == 3, np.full(4, 0.8)
    found = Candidates(kind, place, place + 1, place, place + 1, chance, chance, place * 0, bare)
    chances = span_choice.chances_of(found, np.zeros((4, len(COLUMNS))), weights)
    assert chances.tolist() == pytest.approx([0, 0.5, 1, 0.8])


def test_spans_over_each_other_share_their_chance():
    weights = np.zeros((len(COLUMNS) + 1, 3))
    first, end = np.array([0, 0, 2, 0]), np.array([2, 3, 3, 2])
    window, kind, chance = np.array([0, 0, 0, 1]), np.array([2, 2, 1, 2]), np.full(4, 0.8)
    found = Candidates(kind, first, end, first, end, chance, chance, window, np.zeros(4, bool))
    chances = span_choice.chances_of(found, np.zeros((4, len(COLUMNS))), weights)
    # None, each alone, and the two beside each other; in its own window a span has only itself.
    assert chances.tolist() == pytest.approx([2 / 5, 1 / 5, 2 / 5, 1 / 2])


def test_a_colon_can_be_a_cue(doc):
    found, rows = told(doc, [*LIKELY, (0.6, ("CUE", 7, 8))])
    cue = [i for i in range(len(rows)) if found.bare[i]]
    assert [(found.low[i], found.high[i]) for i in cue] == [(7, 8)]


def test_without_anything_to_choose_from_the_given_spans_stand(doc):
    doc.user_data["speech_spans"] = [("CUE", 2, 3, 0.9, 0)]
    assert span_choice.chosen(doc, [], []) == [("CUE", 2, 3, 0.9, 0)]
    doc.user_data["speech_windows"] = [(tuple(range(len(WORDS))), reading([]))]
    assert span_choice.chosen(doc, [], []) == [("CUE", 2, 3, 0.9, 0)]


def test_chosen_spans_are_tokens_of_the_story(doc):
    doc.user_data["speech_spans"] = []
    doc.user_data["speech_windows"] = [(tuple(range(len(WORDS))), reading(LIKELY))]
    spans = span_choice.chosen(doc, [], [])
    assert spans
    for kind, first, end, sure, _ in spans:
        assert kind in KINDS
        assert 0 <= first < end <= len(doc)
        assert 0 < sure <= 1


def test_the_shipped_weights_are_read():
    assert span_choice.shipped_weights().shape == (len(COLUMNS) + 1, 3)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda x: x[1:], 1),
        (lambda x: [x[0], *x[2:]], 2),
        (lambda x: [*x[:5], x[5] + "\t1", *x[6:]], 6),
        (lambda x: [*x[:5], x[5].rsplit("\t", 1)[0] + "\tnan", *x[6:]], 6),
        (lambda x: [*x[:5], x[5].rsplit("\t", 1)[0] + "\tmuch", *x[6:]], 6),
        (lambda x: x[:-1], None),
        (lambda x: [*x, "more\t1\t1\t1"], len(COLUMNS) + 3),
    ],
)
def test_a_damaged_table_names_its_line(tmp_path, change, line):
    lines = span_choice.TABLE.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "table.tsv"
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_weights(path, COLUMNS, KINDS)
    assert (error.value.line, error.value.file) == (line, str(path))
