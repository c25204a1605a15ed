"""Who is spoken of again: the linking model's parts, and stories of our own through the parser."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.entities import linker
from dragoman.entities.candidates import SORTS, STATE, Candidates, Gatherer
from dragoman.entities.linker import LinkModel
from dragoman.entities.pairs import FAR, candidates_of, mention_features, pair_features
from dragoman.entities.words import Words
from dragoman.errors import ModelError

VOCAB = spacy.blank("en").vocab


def gathered(words: list[str], tags: list[str], heads: list[int], deps: list[str]) -> Candidates:
    doc = Doc(VOCAB, words=words, tags=tags, heads=heads, deps=deps, lemmas=words)
    return Gatherer(doc, Words(doc), {}, [0] * len(doc), frozenset({"said"})).gather()


SENTENCE = (
    ["The", "mayor", "said", "she", "saw", "her", "doctor"],
    ["DT", "NN", "VBD", "PRP", "VBD", "PRP$", "NN"],
    [1, 2, 2, 4, 2, 6, 4],
    ["det", "nsubj", "ROOT", "nsubj", "ccomp", "nmod:poss", "obj"],
)


def test_what_a_phrase_is_by_its_words() -> None:
    found = gathered(*SENTENCE)
    assert [SORTS[sort] for sort in found.sort] == ["definite", "she", "she", "definite"]
    assert found.upper[1] == 1 and found.reported[1] == 1  # "she" stands under "the mayor said"
    assert found.subject[2] == 3  # "her": the subject of the clause is "she"
    assert found.main.tolist() == [1, 0, 0, 0]


@given(st.integers(0, 140))
def test_every_phrase_meets_those_before_it(size: int) -> None:
    doc_words = ["Pact"] * size
    found = gathered(
        doc_words, ["NN"] * size, [0] * size, ["ROOT"] + ["dep"] * (size - 1) if size else []
    )
    later, earlier = candidates_of(found)
    assert (earlier < later).all()
    pairs = set(zip(later.tolist(), earlier.tolist(), strict=True))
    assert len(pairs) == len(later)
    assert all((i, i - 1) in pairs for i in range(1, len(found)))
    kinds = np.full((len(found), 4), 0.25, dtype=np.float32)
    features = pair_features(found, kinds, later, earlier)
    assert len(features) == len(later)
    assert np.isfinite(features).all()
    assert np.isfinite(mention_features(found, kinds)).all()
    assert size <= FAR or len(pairs) > size


def test_chances_of_one_phrase_are_at_most_one() -> None:
    links = LinkModel.load().links(gathered(*SENTENCE))
    assert links.found.states.shape == (4, STATE)
    assert links.before(0) == []
    for row in range(4):
        assert 0 <= sum(chance for _, chance in links.before(row)) <= 1


def test_neither_nouns_kept_nor_blocks_change_a_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    found, other = gathered(*SENTENCE), gathered(["Doctor"] * 9, ["NN"] * 9, [0] * 9, ["dep"] * 9)
    first, later = LinkModel(LinkModel.load().arrays), LinkModel(LinkModel.load().arrays)
    later.links(other)
    assert (first.kinds(found) == later.kinds(found)).all()
    told = first.links(other).total
    monkeypatch.setattr(linker, "BLOCK", 5)
    assert first.links(other).total == pytest.approx(told, abs=1e-5)


def test_a_damaged_model_names_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "coreference.npz"
    monkeypatch.setattr(linker, "MODEL", broken)
    LinkModel.load.cache_clear()
    with pytest.raises(ModelError, match=r"coreference\.npz"):
        LinkModel.load()
    np.savez(broken, nothing=np.zeros(1))
    with pytest.raises(ModelError, match="lacks"):
        LinkModel.load()
    LinkModel.load.cache_clear()


def chain_of(coder, text: str, word: str, number: int = 0) -> str:  # type: ignore[no-untyped-def]
    """The id of the entity of the ``number``-th occurrence of a word, "" when it is left open."""
    record = coder.code(text)
    place = -1
    for _ in range(number + 1):
        place = text.index(word, place + 1)
    for entity in record.entities:
        if any(span.start == place and span.end == place + len(word) for span in entity.mentions):
            return entity.id
    return ""


STORY = (
    "PRAGUE – Foreign Minister Jan Lipavsky met reporters on Tuesday. He said that Hungary had "
    "broken its promise and that he would summon its ambassador.\n\n"
    "Hungary denied the charge. It said that it had kept every agreement."
)


@pytest.mark.parametrize(
    ("word", "number", "entity"),
    [
        ("He", 0, "jan-lipavsky"),
        ("he ", 0, ""),
        ("its", 0, "HUN"),
        ("its", 1, "HUN"),
        ("It", 0, "HUN"),
    ],
)
def test_a_leader_and_a_state(coder, word: str, number: int, entity: str) -> None:  # type: ignore[no-untyped-def]
    found = chain_of(coder, STORY, word, number)
    assert found == entity or (entity == "jan-lipavsky" and found.startswith("person:"))


def test_somebody_without_a_name_is_one(coder) -> None:  # type: ignore[no-untyped-def]
    text = (
        "A nurse from a village near the coast waited at the gate. The nurse said that she had "
        "lost her keys."
    )
    nurse = chain_of(coder, text, "The nurse")
    assert nurse
    assert chain_of(coder, text, "she") == nurse
    assert chain_of(coder, text, "her") == nurse


def test_a_long_texts_products_are_those_of_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = np.random.default_rng(3)
    lefts, rights = (drawn.random((40, 16), dtype=np.float32) for _ in range(2))
    later, earlier = (drawn.integers(0, 40, 90) for _ in range(2))
    short = linker.products(lefts, rights, later, earlier)
    monkeypatch.setattr(linker, "MOST_AT_ONCE", 10)
    assert linker.products(lefts, rights, later, earlier) == pytest.approx(short, abs=1e-5)


QUOTED = (
    "The co-chair of the Kurdish council, Fatima Salih, has asked Oman for observers. “Our patience is "
    "not limitless,” Omani President Yusuf Karim said on Sunday. Salih said: “If there is an attack, we "
    "will regard those who stay silent as guilty. It will be the end of all trust in those we fought "
    "beside. The region will see big wars, and many people will leave it. No zone that others draw on "
    "a map will be a safe one. Huge crimes have been committed. A further attack will bring more war "
    "and more flight, and nobody can want that.” A force would bring calm, she said."
)


def test_whoever_speaks_is_we_and_no_other_state(coder) -> None:  # type: ignore[no-untyped-def]
    assert chain_of(coder, QUOTED, "we") != "OMN"


def test_she_is_the_one_woman_named_however_far(coder) -> None:  # type: ignore[no-untyped-def]
    salih = chain_of(coder, QUOTED, "Salih", 1)
    assert salih and chain_of(coder, QUOTED, "she") == salih


def test_a_state_below_is_not_set_against_who_speaks(coder) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Syrian minister Hanna Salih met reporters. She was speaking after the news that troops will "
        "leave Syria."
    )
    assert chain_of(coder, text, "She") == "person:hanna-salih"


def test_the_terror_group_is_the_one_group_named(coder) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Boko Haram seized a town in Chad. Witnesses saw fighters of the terror group burn the market. "
        "Chad freed hostages who had been taken by the organisation."
    )
    assert chain_of(coder, text, "the terror group") == chain_of(coder, text, "Boko Haram") != ""
    assert chain_of(coder, text, "the organisation") == chain_of(coder, text, "Boko Haram")


def test_a_party_with_a_name_is_no_group_before_it(coder) -> None:  # type: ignore[no-untyped-def]
    text = "Boko Haram seized a town in Chad. The People's Party accused the government of lies."
    assert chain_of(coder, text, "The People's Party") != chain_of(coder, text, "Boko Haram")


def test_he_is_not_who_says_i(coder) -> None:  # type: ignore[no-untyped-def]
    text = (
        "President Recep Tayyip Erdogan said he had not consulted Donald Trump. “Last time we spoke, he "
        "said he would get back to me. I am not planning to call him,” Erdogan said."
    )
    assert chain_of(coder, text, "him") == "donald-trump"
