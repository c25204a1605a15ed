"""The language room with its shipped model, and with a user's pipeline in its place."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from dragoman import language
from dragoman.errors import ModelError
from dragoman.language.network import Network

STORY = """Foreign minister denies troops will move

KYIV (Reuters) - The country's foreign minister, Anna Petrenko, denied on Monday that the army would
enter the border zone. "We have no such plan," she told reporters, "and we never had one."

The U.S. President spoke to Gen. Smith on Jan. 5, officials said. According to a statement from the
United Nations, both sides agreed to a ceasefire. "It is fragile. It may not hold. But it is a start,"
said the envoy.
"""


@pytest.fixture(scope="module")
def pipeline():
    return language.load()


@pytest.fixture(scope="module")
def doc(pipeline):
    return pipeline.parse(STORY)


def facts(doc):
    return (
        [
            (t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, t.is_sent_start, str(t.morph))
            for t in doc
        ],
        [(e.start, e.end, e.label_) for e in doc.ents],
        doc.user_data.get("speech_spans"),
        doc.user_data["states"].tobytes(),
        doc.user_data["speech"].tobytes(),
    )


def test_the_text_is_kept(doc):
    assert doc.text == STORY
    assert all(STORY[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_every_sentence_is_a_tree(doc):
    for sentence in doc.sents:
        roots = [t for t in sentence if t.head == t]
        assert len(roots) == 1 and roots[0].dep_ == "ROOT"
        assert all(sentence.start <= t.head.i < sentence.end for t in sentence)


@pytest.mark.parametrize("words", ["U.S. President", "Gen. Smith", "on Jan. 5"])
def test_no_sentence_breaks_inside(doc, words):
    start = STORY.index(words)
    sentence = doc.char_span(start, start + len(words)).sent
    assert words in sentence.text


def test_a_headline_is_a_sentence_of_its_own(doc):
    assert next(iter(doc.sents)).text.strip() == "Foreign minister denies troops will move"


def test_tags_names_and_lemmas(doc):
    by_text = {t.text: t for t in doc}
    assert by_text["denied"].lemma_ == "deny" and by_text["denied"].tag_ == "VBD"
    assert by_text["Petrenko"].pos_ == "PROPN"
    assert by_text["minister"].dep_ in ("nsubj", "nmod:desc")  # or Petrenko is the subject
    assert "deny" in {token.lemma_ for token in by_text["minister"].ancestors}
    assert ("Anna Petrenko", "PER") in {(e.text, e.label_) for e in doc.ents}
    assert ("United Nations", "ORG") in {(e.text.removeprefix("the "), e.label_) for e in doc.ents}


def test_speech_is_found_and_linked(doc):
    spans = doc.user_data["speech_spans"]
    groups: dict[int, dict[str, list[str]]] = {}
    for kind, first, end, chance, group in spans:
        assert (
            kind in ("SOURCE", "CUE", "CONTENT")
            and 0 <= first < end <= len(doc)
            and 0 < chance <= 1
        )
        groups.setdefault(group, {}).setdefault(kind, []).append(doc[first:end].text)
    told = next(g for g in groups.values() if g.get("CUE", [""])[0].startswith("told"))
    assert told["SOURCE"] == ["she"]
    assert len(told["CONTENT"]) == 2
    assert doc.user_data["speech"].shape == (len(doc), 7)
    assert doc.user_data["states"].shape == (len(doc), 384)


def test_same_bytes_whatever_stands_beside(pipeline, doc):
    texts = ["He left.", STORY, "", "War.\n\nPeace.", STORY.upper(), STORY * 3]
    alone = [facts(pipeline.parse(x)) for x in texts]
    assert alone == [facts(x) for x in pipeline.parse_many(texts)]
    assert alone == [facts(x) for x in pipeline.parse_many(iter(texts))]
    assert alone[1] == facts(doc)
    assert facts(language.load().parse(STORY)) == facts(doc)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n \t", "\ud800 said", "x" * 100_000, "😀😀 🇺🇦", "\u200b", "\x00\x01", '"' * 400, "“" * 30 + "a",
     "a " * 1500, "1/2-3/4" * 50, "\u202eabc\u202c", "ﷺ" * 20, "e\u0301" * 50, "\r\n\r\na\r\nb", "()" * 200],
)  # fmt: skip
def test_hostile_texts(pipeline, text):
    found = pipeline.parse(text)
    assert sum(len(t.text_with_ws) for t in found) == len(text)
    assert not len(found) or all(t.head.sent == t.sent for t in found)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_any_text_parses(text):
    doc = SHARED.parse(text)
    assert len(doc.text) == len(text)
    for sentence in doc.sents:
        assert sum(t.head == t for t in sentence) == 1


SHARED = language.load()


def test_a_users_pipeline_takes_the_parsers_place():
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")

    @Language.component("everything_hangs_on_the_first_word")
    def hang(doc):
        for sentence in doc.sents:
            for token in sentence:
                token.head, token.dep_ = sentence[0], "dep" if token != sentence[0] else "ROOT"
        return doc

    nlp.add_pipe("everything_hangs_on_the_first_word")
    pipeline = language.load(nlp)
    doc = pipeline.parse("He left. She stayed.")
    assert [s.root.text for s in doc.sents] == ["He", "She"]
    assert "speech_spans" not in doc.user_data
    assert [d.text for d in pipeline.parse_many(["a", "b"])] == ["a", "b"]
    assert "language" in pipeline.hashes


def test_a_long_sentence_is_cut_into_whole_trees(pipeline):
    text = (
        "The army of Mali killed ten people in Gao and Russia said that Ukraine had attacked "
        "its troops near Kyiv while France condemned the strikes"
    )
    whole, parts = pipeline.parse(text), pipeline.parse(text, 20)
    assert len(list(whole.sents)) == 1
    assert whole.user_data["sentence_cuts"] == 0
    assert parts.user_data["sentence_cuts"] == 1
    assert [[t.i for t in s] for s in parts.sents] == [list(range(20)), list(range(20, 25))]
    assert [s.root.text for s in parts.sents] == ["said", "condemned"]
    for sentence in parts.sents:
        assert sum(t.head == t for t in sentence) == 1
        assert all(t.head.sent == sentence for t in sentence)
    assert [(t.idx, t.text, t.tag_, t.lemma_) for t in parts] == [
        (t.idx, t.text, t.tag_, t.lemma_) for t in whole
    ]
    assert [e.text for e in parts.ents] == [e.text for e in whole.ents]


def test_a_sentence_that_the_parser_cannot_read_at_once_is_counted(pipeline):
    doc = pipeline.parse("and Russia said that Ukraine had attacked " * 60, 2000)
    assert doc.user_data["sentence_cuts"] >= 1
    assert max(len(s) for s in doc.sents) <= 300


def test_a_users_sentences_are_cut_too():
    nlp = spacy.blank("en")
    assert language.load(nlp).parse("a b c d e", 2).user_data["sentence_cuts"] == 0
    nlp.add_pipe("sentencizer")
    doc = language.load(nlp).parse("a b c d end. f g", 2)
    assert [s.text for s in doc.sents] == ["a b", "c d", "end.", "f g"]


def test_a_users_pipeline_by_path(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "mine")
    assert len(language.load(str(tmp_path / "mine")).parse("He left.")) == 3


def test_missing_models_are_named(tmp_path):
    with pytest.raises(ModelError, match="no_such_pipeline"):
        language.load("no_such_pipeline")
    with pytest.raises(ModelError, match="cannot be read"):
        Network(tmp_path)


def test_the_hash_names_the_model(pipeline):
    assert len(pipeline.hashes["language"]) == 16
    assert pipeline.hashes == language.load().hashes


def test_states_are_meanings(pipeline):
    near = [
        pipeline.parse(x).user_data["states"].astype(np.float32).mean(0)
        for x in ("The army attacked.", "The army attacked!")
    ]
    assert near[0] @ near[1] / np.linalg.norm(near[0]) / np.linalg.norm(near[1]) > 0.7
