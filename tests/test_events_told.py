"""Events that the language model sees beside the patterns, and the judge that weighs them."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from dragoman import ontology
from dragoman.coding import event_judge, event_judge_network
from dragoman.coding.event_detail import Detail
from dragoman.coding.event_judge import Judge
from dragoman.coding.events import drafts_of
from dragoman.coding.patterns import Syntax
from dragoman.coding.patterns import load as load_patterns
from dragoman.coding.second_opinion import Network
from dragoman.coding.trees import Trees
from dragoman.errors import ModelError
from dragoman.language import triggers
from dragoman.language.embedding import WIDTH
from dragoman.language.triggers import Trigger
from dragoman.model import Story
from events_help import indexed, parsed

SCHEME = ontology.load()
WOOED = """Kenya NNP 2 nsubj
wooed VBD 0 root
Uganda NNP 2 obj"""
ACCUSED = """Kenya NNP 2 nsubj
accused VBD 0 root
Uganda NNP 2 obj
of IN 5 case
corruption NN 2 obl"""


def drafts(rows, seen, **countries):
    doc = parsed(rows)
    patterns = load_patterns(SCHEME)
    syntax = Syntax(doc, patterns)
    sentences = [(s.start, s.end) for s in doc.sents]
    return drafts_of(sentences, syntax, indexed(doc, **countries), SCHEME, seen)


def brief(found):
    return [
        (d.type, [m.entity for m in d.actors], [m.entity for m in d.recipients], d.coder)
        for d in found
    ]


def test_a_word_that_no_pattern_knows_becomes_a_draft():
    seen = [Trigger(1, {"SUPPORT": 0.7, "AID": 0.1}, {0: 0.9}, {2: 0.8})]
    found = drafts(WOOED, seen, Kenya="KEN", Uganda="UGA")
    assert brief(found) == [("SUPPORT", ["Kenya"], ["Uganda"], "model")]


def test_nobody_threatens_with_what_would_have_been():
    seen = [Trigger(3, {"THREATEN": 0.6, "COERCE": 0.3}, {0: 0.9}, {4: 0.8})]
    rows = "Kenya NNP 4 nsubj\nwould MD 4 aux\nhave VB 4 aux\n{} VBN 0 root\nUganda NNP 4 obj"
    found = drafts(rows.format("squeezed"), seen, Kenya="KEN", Uganda="UGA")
    assert [(draft.type, draft.aux) for draft in found] == [("COERCE", {"hypothetical"})]


def test_a_second_type_that_is_nearly_as_likely_is_a_draft_too():
    seen = [Trigger(1, {"SUPPORT": 0.4, "AID": 0.3}, {0: 0.9}, {2: 0.8})]
    found = drafts(WOOED, seen, Kenya="KEN", Uganda="UGA")
    assert [d.type for d in found] == ["SUPPORT", "AID"]


def test_what_is_hardly_an_event_is_no_draft():
    seen = [Trigger(1, {"SUPPORT": 0.1}, {0: 0.9}, {2: 0.9})]
    assert drafts(WOOED, seen, Kenya="KEN", Uganda="UGA") == []


def test_what_nobody_known_takes_part_in_is_no_draft():
    assert drafts(WOOED, [Trigger(1, {"SUPPORT": 0.9}, {0: 0.2}, {2: 0.2})]) == []


def test_what_a_pattern_found_is_not_found_again():
    seen = [Trigger(1, {"ACCUSE": 0.9}, {0: 0.9}, {2: 0.9})]
    (draft,) = drafts(ACCUSED, seen, Kenya="KEN", Uganda="UGA")
    assert draft.coder == "rule"
    assert draft.seen is seen[0]


def test_a_type_that_is_likelier_than_the_patterns_is_a_draft_too():
    seen = [Trigger(1, {"REJECT": 0.55, "ACCUSE": 0.1}, {0: 0.9}, {2: 0.8})]
    found = drafts(ACCUSED, seen, Kenya="KEN", Uganda="UGA")
    assert {draft.type for draft in found} == {"ACCUSE", "REJECT"}
    seen = [Trigger(1, {"REJECT": 0.55, "ACCUSE": 0.3}, {0: 0.9}, {2: 0.8})]
    found = drafts(ACCUSED, seen, Kenya="KEN", Uganda="UGA")
    assert {draft.type for draft in found} == {"ACCUSE"}


def test_the_model_names_a_party_that_the_pattern_left_open():
    rows = """Kenya NNP 2 nsubj
complained VBD 0 root
in IN 4 case
Oman NNP 2 obl
about IN 6 case
Uganda NNP 2 obl"""
    alone = drafts(rows, [], Kenya="KEN", Uganda="UGA")
    seen = [Trigger(1, {"ACCUSE": 0.9}, {0: 0.9}, {5: 0.9})]
    found = drafts(rows, seen, Kenya="KEN", Uganda="UGA")
    assert all("Uganda" in [m.entity for m in d.recipients] for d in found)
    assert len(found) == max(1, len(alone))


def test_what_is_only_supposed_is_told_so():
    rows = """Oman NNP 3 nsubj
would MD 3 aux
suffer VB 0 root
if IN 6 mark
it PRP 6 nsubj
joined VBD 3 advcl
Kenya NNP 6 obj"""
    joined = Trigger(5, {"AGREE": 0.9}, {0: 0.9}, {6: 0.9})
    (draft,) = drafts(rows, [joined], Oman="OMN", Kenya="KEN")
    assert draft.aux == {"hypothetical"}


def test_triggers_are_read_off_the_scores():
    event = np.full((3, 3), -9.0, np.float32)
    event[:, 0] = 9.0
    event[1] = [0.0, 2.0, 0.0]
    role = np.full((2, 3, 3), -9.0, np.float32)
    role[0, 1, 0] = role[1, 1, 1] = 9.0  # an actor, and nobody as recipient
    scores = SimpleNamespace(event=event, role=role)
    (found,) = triggers.find([(0, 3, scores)], (5, 6, 8), ["NONE", "AID", "ASSAULT"])
    assert found.token == 6
    assert found.chance == pytest.approx(sum(found.chances.values()))
    assert max(found.chances, key=found.chances.get) == "AID"
    assert list(found.actors) == [5]
    assert found.recipients == {}


def tree(feature, threshold, low, high):
    return {"feature": [feature, 0, 0], "threshold": [threshold, 0, 0], "left": [1, -1, -1],
            "right": [2, -1, -1], "value": [0.0, low, high]}  # fmt: skip


def test_trees_are_added_up():
    trees = Trees({"start": 0.5, "trees": [tree(0, 1.5, -1.0, 2.0), tree(1, 0.0, 0.25, -0.25)]})
    found = trees.chances(np.array([[1.0, 0.0], [2.0, 1.0]]))
    assert found == pytest.approx(1 / (1 + np.exp([0.25, -2.25])))


def test_the_shipped_judge_knows_every_type_and_its_own_patterns():
    judge = Judge.shipped()
    assert judge.types == list(SCHEME.types)
    names = {row.name for row in load_patterns(SCHEME).rows}
    assert set(judge.rules) <= names, "fit again: a pattern of the judge is gone"


def test_patterns_of_another_scheme_are_not_judged():
    doc = parsed(ACCUSED)
    patterns = load_patterns(SCHEME)
    syntax = Syntax(doc, patterns)
    index = indexed(doc, Kenya="KEN", Uganda="UGA")
    (draft,) = drafts_of([(0, len(doc))], syntax, index, SCHEME)
    detail = Detail(doc, Story(text=doc.text), syntax, index, SCHEME)
    data = {"rules": {}, "start": -9.0, "least": 0.5, "least_of_pattern": 0.5, "trees": []}
    assert Judge({**data, "types": list(SCHEME.types)}).choose([draft], detail) == []
    draft.confidence = 0.85
    assert Judge({**data, "types": ["ANOTHER"]}).choose([draft], detail) == [draft]


def test_a_damaged_judge_says_which_file(monkeypatch, tmp_path):
    broken = tmp_path / "event_judge.json.gz"
    broken.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(event_judge, "FILE", broken)
    Judge.shipped.cache_clear()
    with pytest.raises(ModelError, match=r"event_judge\.json\.gz"):
        Judge.shipped()
    Judge.shipped.cache_clear()


def test_the_judges_network_is_asked_where_the_encoder_left_states():
    doc = parsed(ACCUSED)
    syntax = Syntax(doc, load_patterns(SCHEME))
    index = indexed(doc, Kenya="KEN", Uganda="UGA")
    (draft,) = drafts_of([(0, len(doc))], syntax, index, SCHEME)
    detail = Detail(doc, Story(text=doc.text), syntax, index, SCHEME)
    data = {"rules": {}, "start": 0.0, "least": 0.5, "least_of_pattern": 0.5, "trees": [],
            "types": list(SCHEME.types)}  # fmt: skip
    wide = event_judge.features([draft], detail, {}, data["types"]).shape[1]
    arrays = {"mean": np.zeros(wide), "scale": np.ones(wide), "seen": np.ones((3 * WIDTH, 1)),
              "seen_bias": np.zeros(1), "hidden": np.eye(wide + 1)[:, -1:], "hidden_bias": np.zeros(1),
              "score": np.array([4.0]), "score_bias": np.zeros(1)}  # fmt: skip
    judge = Judge(data, Network(arrays))
    assert judge.chances([draft], detail).tolist() == [0.5]  # no states: the trees alone
    doc.user_data["states"] = np.ones((len(doc), WIDTH), dtype=np.float16)
    assert judge.chances([draft], detail) == pytest.approx(1 / (1 + np.exp(-2.0)))


def test_a_damaged_network_says_which_file(monkeypatch, tmp_path):
    broken = tmp_path / "event_judge.npz"
    broken.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(event_judge_network, "FILE", broken)
    event_judge_network.shipped.cache_clear()
    with pytest.raises(ModelError, match=r"event_judge\.npz"):
        event_judge_network.shipped()
    event_judge_network.shipped.cache_clear()


def test_who_is_hardly_seen_gives_way_to_who_is_sure_of_the_same_state():
    rows = """Police NNS 2 nsubj
beat VBD 0 root
marchers NNS 2 obj
demanding VBG 2 advcl
change NN 4 obj
from IN 7 case
Kenya NNP 5 nmod"""
    seen = Trigger(3, {"REQUEST": 0.9}, {2: 0.99}, {6: 0.9})
    found = drafts(rows, [seen], Police="KEN", marchers="KEN", Kenya="KEN")
    (demand,) = [draft for draft in found if draft.token == 3]
    assert [mention.entity for mention in demand.actors] == ["marchers"]


def test_a_plain_killing_is_told_though_nobody_is_said_to_have_done_it():
    rows = """Strikes NNS 2 nsubj
killed VBD 0 root
Ugandans NNPS 2 obj"""
    for chance, given in ((0.95, True), (0.4, False)):
        doc = parsed(rows)
        syntax = Syntax(doc, load_patterns(SCHEME))
        index = indexed(doc, Ugandans="UGA")
        seen = [Trigger(1, {"ASSAULT": chance}, {}, {2: 0.9})]
        found = drafts_of([(0, len(doc))], syntax, index, SCHEME, seen)
        data = {"rules": {}, "start": -2.0, "least": 0.48, "least_of_pattern": 0.42, "trees": [],
                "types": list(SCHEME.types)}  # fmt: skip
        detail = Detail(doc, Story(text=doc.text), syntax, index, SCHEME)
        chosen = Judge(data).choose(found, detail)
        assert [draft.type for draft in chosen] == (["ASSAULT"] if given else [])
