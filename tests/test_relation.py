"""The relation model through its public face: offsets, missing spans, long input, own sentences."""

from __future__ import annotations

import re

import pytest

from dragoman.coding.relation import DATA, RelationModel
from dragoman.coding.relation_lexicon import TYPES
from dragoman.errors import ModelError

pytestmark = pytest.mark.skipif(
    not (DATA / "relation.onnx").exists(), reason="the relation model is not built"
)


@pytest.fixture(scope="module")
def model() -> RelationModel:
    return RelationModel.load()


def marked(sentence: str) -> tuple[str, tuple[int, int] | None, tuple[int, int] | None]:
    """The sentence without its brackets, the [actor] and the (recipient)."""
    text, spans, opened = "", {}, 0
    for piece in re.split(r"([\[\]()])", sentence):
        if piece and piece in "[(":
            opened = len(text)
        elif piece and piece in "])":
            spans[piece] = (opened, len(text))
        else:
            text += piece
    return text, spans.get("]"), spans.get(")")


#: Written for this test after the training rows were closed; none of them is trained on.
HELD_OUT = [
    ("[Cameroon] has arrested (two opposition lawyers) in Douala.", {"COERCE"}),
    ("[Gunmen] killed (nine pilgrims) on the road to Samarra.", {"ASSAULT"}),
    ("[Portugal]'s president met (his Angolan counterpart) in Luanda on Monday.", {"CONSULT"}),
    ("[Bhutan] accused (China) of building a road on its land.", {"ACCUSE"}),
    ("[Laos] has asked (Vietnam) for fuel.", {"REQUEST"}),
    ("[The junta] rejected (the bishops)' offer to mediate.", {"REJECT"}),
    ("[Pyongyang] threatened to shell (the island).", {"THREATEN"}),
    ("[Dock workers] went on strike against (the port authority).", {"PROTEST"}),
    ("[Denmark] suspended aid to (Burundi).", {"SANCTION"}),
    ("[Luxembourg] gave 3 million euros of food aid to (Yemen).", {"AID"}),
    ("[Nepal] released (eleven fishermen) it had held since May.", {"RETREAT"}),
    ("[The president] praised (Senegal) for its conduct of the vote.", {"SUPPORT"}),
    ("[Estonia] will send ten doctors to (Moldova).", {"AGREE"}),
    ("(Two reporters) were detained by [the coast guard].", {"COERCE"}),
]


@pytest.mark.parametrize(("sentence", "types"), HELD_OUT)
def test_held_out_sentences_get_their_type(
    model: RelationModel, sentence: str, types: set[str]
) -> None:
    assert model.relate(*marked(sentence)).type in types


def test_exchanging_a_directed_pair_changes_the_answer(model: RelationModel) -> None:
    changed = 0
    directed = [row for row in HELD_OUT if not row[1] & {"CONSULT", "AGREE"}]
    for sentence, _ in directed:
        text, actor, recipient = marked(sentence)
        changed += (
            model.relate(text, actor, recipient).type != model.relate(text, recipient, actor).type
        )
    assert changed >= len(directed) - 1


def test_scores_are_probabilities_of_every_type_and_none(model: RelationModel) -> None:
    found = model.relate(*marked(HELD_OUT[0][0]))
    assert set(found.scores) == {*TYPES, "NONE"}
    assert sum(found.scores.values()) == pytest.approx(1.0)
    assert found.quad == 4
    assert found.mode == "arrest"


def test_bystanders_stand_in_no_event(model: RelationModel) -> None:
    text = "Kenya, like Uganda, depends on rain, the World Bank says in its yearly report."
    assert model.relate(text, (0, 5), (12, 18)).type is None


def test_one_span_may_be_missing(model: RelationModel) -> None:
    text = "Prime Minister Lee resigned on Tuesday."
    assert model.relate(text, (0, 18), None).type == "RETREAT"
    assert model.relate("Police arrested a man.", None, (16, 21)).type == "COERCE"


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_empty_text_has_no_relation(model: RelationModel, text: str) -> None:
    found = model.relate(text, (0, 0), (0, 0))
    assert found.type is None
    assert found.scores["NONE"] == 1.0


def test_the_order_and_company_of_pairs_change_nothing(model: RelationModel) -> None:
    pairs = [marked(sentence) for sentence, _ in HELD_OUT]
    alone = [model.relate(*pair) for pair in pairs]
    assert model.relate_many(pairs) == alone
    assert model.relate_many(reversed(pairs)) == alone[::-1]


def test_words_far_from_the_spans_change_nothing(model: RelationModel) -> None:
    sentence = "Cameroon has arrested two opposition lawyers in Douala"
    filler = " and the rain went on falling" * 400
    near = model.relate(sentence + filler, (0, 8), (22, 44))
    further = model.relate(sentence + filler * 2, (0, 8), (22, 44))
    assert near == further
    assert near.type == "COERCE"


@pytest.mark.parametrize(
    ("actor", "recipient"),
    [
        ((0, 0), (5, 5)),
        ((0, 500), (400, 900)),
        ((-3, 4), (2, 3)),
        ((10, 4), (0, 3)),
        ((0, 10), (3, 6)),
        ((4, 8), (4, 8)),
        (None, None),
    ],
)
def test_odd_spans_are_answered(
    model: RelationModel, actor: tuple[int, int] | None, recipient: tuple[int, int] | None
) -> None:
    found = model.relate("Łódź’s İzmir 🙂 mission met ΑΘΗΝΑ’s envoys.", actor, recipient)
    assert sum(found.scores.values()) == pytest.approx(1.0)


def test_offsets_count_code_points(model: RelationModel) -> None:
    plain = model.relate("Japan: Police arrested the man.", (7, 13), (23, 30))
    after_emoji = model.relate("🙂🙂🙂 Japan: Police arrested the man.", (11, 17), (27, 34))
    assert plain.type == after_emoji.type == "COERCE"


def test_a_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(ModelError, match="relation model"):
        RelationModel.load(tmp_path)
