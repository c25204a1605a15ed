import json
from pathlib import Path

import pytest

from dragoman import ontology
from dragoman.errors import InputError
from dragoman.evaluation import evaluate, f_scores, read_marked, table
from dragoman.model import Event, Events, Participant, Record, Relation, Run, Span

GOLD = Path(__file__).parent / "data" / "gold"


class FakeCoder:
    """Finds one accusation of Chad by Kenya in every story."""

    ontology = ontology.load()

    def code(self, story):
        span = Span(0, len(story.text))
        event = Event(
            "e1", "ACCUSE", None, (), (), "112", 3, -3.0, None,
            (Participant("k", "Kenya", "KEN"),), (Participant("c", "Chad", "TCD"),),
            None, None, Span(0, 1), span,
        )  # fmt: skip
        return Record(story, (), Events([event]), (), (), (), Run("0", {}, {}, {}))

    def relate(self, _sentence, _actor=None, _recipient=None):
        return Relation("ACCUSE", 3, None, {})


def test_marks_of_a_pair():
    assert read_marked("<s>Kenya</s> met <t>Chad</t>.") == ("Kenya met Chad.", (0, 5), (10, 14))
    assert read_marked("<s>Kenya</s> met.") == ("Kenya met.", (0, 5), None)


def test_stories(tmp_path):
    event = {
        "type": "ACCUSE", "actors": [{"country": "KEN"}], "recipients": [{"country": "TCD"}],
        "importance": 1, "said_by": [], "spans": [[0, 5]],
    }  # fmt: skip
    other = {**event, "type": "AID", "importance": 2}
    story = {"id": "s", "text": "Kenya blamed Chad.", "events": [event, other]}
    (tmp_path / "s.json").write_text(json.dumps(story), encoding="utf-8")
    result = evaluate(FakeCoder(), tmp_path)
    assert (result["must"], result["recall"], result["precision"]) == (1.0, 0.5, 1.0)
    assert "missed: AID 1" in table(result)


def test_types_that_the_scheme_has_not_are_named(tmp_path):
    event = {
        "type": "ACUSE", "actors": [], "recipients": [], "importance": 1, "spans": [[0, 5]],
    }  # fmt: skip
    known = {**event, "type": "OLD", "alt_types": ["ACCUSE"]}
    story = {"text": "Kenya blamed Chad.", "events": [event, known]}
    (tmp_path / "s.json").write_text(json.dumps(story), encoding="utf-8")
    result = evaluate(FakeCoder(), tmp_path)
    assert result["unknown_types"] == ["ACUSE"]
    assert "no types of the coding scheme, so never found: ACUSE" in table(result)


def test_records(tmp_path):
    rows = [{"text": "x y", "event": "DISAPPROVE", "source": [{"code": "KEN"}], "target": []}]
    path = tmp_path / "r.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert evaluate(FakeCoder(), path)["right"] == 1.0


def test_pairs(tmp_path):
    path = tmp_path / "p.tsv"
    path.write_text("marked_sentence\tgold_root\n<s>A</s> b <t>C</t>\tACCUSE\n", encoding="utf-8")
    assert evaluate(FakeCoder(), path)["macro_f1"] == 1.0


@pytest.mark.parametrize(("name", "text"), [("a.json", "{}"), ("b.json", "{"), ("c.tsv", "x\n1\n"),
    ("d.tsv", "marked_sentence\tgold_root\nA met B\tCONSULT\n")])  # fmt: skip
def test_other_files_are_refused(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        evaluate(FakeCoder(), path)


EVENT = {"type": "AID", "actors": [], "recipients": [], "importance": 1, "spans": [[0, 5]]}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "holds no records"),
        ([{}], "item 1: text: missing"),
        ([1, 2], "item 1: record: not a JSON object"),
        ([{"text": "a", "event": "AID", "source": 3}], "source: not a list"),
        ({"events": []}, "text_file: missing"),
        ({"text_file": "none.txt", "events": []}, "none.txt: cannot be read"),
        ({"text": "a b c", "published": "soon", "events": []}, "published: no YYYY"),
        ({"text": "a b c", "events": [EVENT, {**EVENT, "importance": "x"}]}, "event 2: importance"),
        ({"text": "a b c", "events": [{**EVENT, "spans": []}]}, "event 1: spans: empty"),
        ({"text": "a b", "events": [EVENT]}, "event 1: spans: no"),
        ({"text": "a b c", "events": [{**EVENT, "actors": None}]}, "actors: missing"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, data, words):
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError, match=words):
        evaluate(FakeCoder(), path)


def test_a_list_among_stories_binary_files_and_short_rows_are_named(tmp_path):
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    with pytest.raises(InputError, match=r"a.json: story: not a JSON object"):
        evaluate(FakeCoder(), tmp_path)
    for name in ("b.json", "b.tsv"):
        (tmp_path / name).write_bytes(b"\x00\xff\xfe" * 9)
        with pytest.raises(InputError, match="not UTF-8"):
            evaluate(FakeCoder(), tmp_path / name)
    short = tmp_path / "c.tsv"
    short.write_text("marked_sentence\tgold_root\n<s>A</s> b\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 1: gold_root: missing"):
        evaluate(FakeCoder(), short)


def test_f_scores():
    assert f_scores(["A", "A", "B"], ["A", "B", "B"]) == {"A": 0.6667, "B": 0.6667}


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.json")), ids=lambda path: path.stem)
def test_gold_spans_lie_in_their_story(path):
    story = json.loads(path.read_text(encoding="utf-8"))
    for event in story["events"]:
        assert event["spans"]
        for start, end in event["spans"]:
            assert 0 <= start < end <= len(story["text"])
