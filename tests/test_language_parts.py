"""The language room's parts without the network: words, sentence rules, trees, chains, lemmas."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import numpy as np
import pytest

import dragoman
from dragoman.errors import ModelError
from dragoman.language import chains, embedding, sentences, speech
from dragoman.language.embedding import FIRST, LAST, UNKNOWN, PieceTable
from dragoman.language.features import case_class, layouts
from dragoman.language.lemmas import Lemmas
from dragoman.language.reader import words_of
from dragoman.language.trees import best_tree, is_tree
from dragoman.language.windows import Words, longest_cut, next_cut, opens_paragraph
from dragoman.language.words import tokenizer


@pytest.fixture(scope="module")
def cut():
    return tokenizer()


@pytest.mark.parametrize(
    "text, words",
    [
        ("Al-Ani met Abdul-Rahman", "Al - Ani met Abdul - Rahman"),
        ("the Franco-German anti-tank unit", "the Franco - German anti-tank unit"),
        ("non-state actors re-elected the ex-minister", "non-state actors re-elected the ex-minister"),
        ("Putin's envoy doesn't agree", "Putin 's envoy does n't agree"),
        ("They cannot go", "They can not go"),
        ("civilians and/or soldiers", "civilians and / or soldiers"),
        ("since 9/11 and 11/28/2000", "since 9/11 and 11/28/2000"),
        ("call 713-853-3989 now", "call 713-853-3989 now"),
        ("Stop!!! Why?!", "Stop !!! Why ?!"),
        ("the U.S. on Jan. 5.", "the U.S. on Jan. 5 ."),
        ("see https://example.org/a-b/c.html today", "see https://example.org/a-b/c.html today"),
        ("Gen. Smith and Col. Jones", "Gen. Smith and Col. Jones"),
        ("paid $5m (about €4m)", "paid $ 5 m ( about € 4 m )"),
    ],
)  # fmt: skip
def test_words_are_those_of_the_treebanks(cut, text, words):
    assert [t.text for t in cut(text)] == words.split()


@pytest.mark.parametrize(
    "before, word, rule",
    [
        ("Gen.", "Smith", "title_before_name"),
        ("Jan.", "5", "month_before_day"),
        ("U.S.", "President", "state_before_office"),
        ("No.", "10", "number_after_no"),
        ("F.", "Kennedy", "initial_before_name"),
        ("said", "”", "closing_mark"),
    ],
)
def test_no_sentence_begins_where_a_rule_forbids_it(before, word, rule):
    fired = [r.__name__ for r in sentences.RULES if r(before, word)]
    assert fired == [rule]
    assert not sentences.starts([before, word], np.ones(2, np.float32), [True, False])[1]


@pytest.mark.parametrize("before, word", [(".", "Smith"), ("U.S.", "He"), ("Jan.", "He"), ("I.", "We"), ("there", "5")])  # fmt: skip
def test_rules_let_other_sentences_begin(before, word):
    if before != "I.":
        assert sentences.starts([before, word], np.ones(2, np.float32), [True, False])[1]


def test_a_paragraph_begins_a_sentence_whatever_the_scores_say():
    found = sentences.starts(["a", "b", "c"], np.full(3, -9, np.float32), [True, False, True])
    assert found.tolist() == [True, False, True]


def test_a_dateline_is_a_sentence_whatever_the_scores_say(cut):
    words = words_of(cut("OSLO, May 3 (Hill Wire) - Talks began.\n\nOslo - Talks began."))
    scores = np.where(np.array(words.text) == "Hill", 9, -9).astype(np.float32)
    found = sentences.starts(words.text, scores, words.paragraph, words.dateline)
    assert [words.text[place] for place in np.flatnonzero(found)] == ["OSLO", "Talks", "Oslo"]


def brute_force(scores):
    best = None
    for heads in itertools.product(range(len(scores)), repeat=len(scores)):
        if is_tree(np.array(heads)):
            total = sum(scores[i, h] for i, h in enumerate(heads))
            if best is None or total > best[0]:
                best = total, heads
    return best[0]


@pytest.mark.parametrize("seed", range(40))
def test_best_tree_is_the_best_tree(seed):
    scores = np.random.default_rng(seed).normal(size=(4, 4)).astype(np.float32)
    heads = best_tree(scores)
    assert is_tree(heads)
    total = sum(scores[i, h] for i, h in enumerate(heads))
    assert total == pytest.approx(brute_force(scores), abs=1e-5)


@pytest.mark.parametrize("size", [1, 2, 7, 60, 120])
def test_trees_have_one_root_and_no_cycle(size):
    for seed in range(5):
        assert is_tree(
            best_tree(np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32))
        )


KINDS = ("SOURCE", "CUE", "CONTENT")
TAGS = ["O", "B-SOURCE", "I-SOURCE", "B-CUE", "I-CUE", "B-CONTENT", "I-CONTENT"]


def test_chains_are_legal_and_do_not_depend_on_their_neighbours():
    rng = np.random.default_rng(3)
    rules = chains.forbidden(TAGS) + rng.normal(size=(8, 7)).astype(np.float32)
    windows = [rng.normal(size=(n, 7)).astype(np.float32) * 3 for n in (1, 30, 4, 77)]
    together = chains.best_chains(windows, rules)
    for scores, path in zip(windows, together, strict=True):
        assert chains.best_chains([scores], rules)[0].tolist() == path.tolist()
        before = "O"
        for tag in (TAGS[x] for x in path):
            assert not tag.startswith("I-") or before[2:] == tag[2:]
            before = tag
    for scores, (logs, _) in zip(windows, chains.marginals(windows, rules), strict=True):
        assert np.exp(logs).sum(1) == pytest.approx(1, abs=1e-3)
        alone, _ = chains.marginals([scores], rules)[0]
        assert alone == pytest.approx(logs, abs=1e-4)


def test_a_span_is_as_likely_as_all_the_sequences_that_hold_it():
    rng = np.random.default_rng(8)
    rules = chains.forbidden(TAGS) + rng.normal(size=(8, 7)).astype(np.float32)
    scores = rng.normal(size=(5, 7)).astype(np.float32) * 1.5
    total, held = 0.0, {}
    for path in itertools.product(range(7), repeat=5):
        steps = [rules[7, path[0]], *(rules[a, b] for a, b in itertools.pairwise(path))]
        weight = np.exp(sum(steps) + sum(scores[i, x] for i, x in enumerate(path)))
        total += weight
        for span in chains.spans([TAGS[x] for x in path]) if weight else []:
            held[span] = held.get(span, 0.0) + weight
    ((found, _),) = chains.span_chances([scores], rules, TAGS, dict.fromkeys(KINDS, 0.0))
    assert {span for _, span in found} >= set(held)
    for chance, span in found:
        assert chance == pytest.approx(held.get(span, 0.0) / total, abs=1e-4)
    chosen = chains.best_set([(chance - 0.05, span) for chance, span in found], 5)
    taken = [i for _, a, b in chosen for i in range(a, b)]
    assert taken
    assert len(taken) == len(set(taken))


def test_speech_is_linked_by_its_cue():
    words = ["He", "said", "go", "."]
    scores = np.full((4, 7), -9, np.float32)
    for i, tag in enumerate(("B-SOURCE", "B-CUE", "B-CONTENT", "O")):
        scores[i, TAGS.index(tag)] = 9
    link = np.full((4, 4), -5, np.float32)
    link[1, 0] = link[2, 1] = 5
    (reading,) = speech.decode([scores], [link], [np.zeros(4, bool)], chains.forbidden(TAGS), TAGS)
    assert [(k, words[a], g) for k, a, b, p, g in reading.spans] == [
        ("SOURCE", "He", 0),
        ("CUE", "said", 0),
        ("CONTENT", "go", 0),
    ]
    assert all(0.9 < p <= 1 for _, _, _, p, _ in reading.spans)


def words_made(text: str) -> Words:
    parts = text.split()
    return Words(tuple(parts), tuple(range(len(parts))), (True,) * len(parts),
                 tuple(i == 0 or p == "P" for i, p in enumerate(parts)))  # fmt: skip


@pytest.mark.parametrize(
    "text", ["a " * 1000, "a b . C " * 90, "P " * 400, "x . P y " * 100, "P" + " a" * 149 + " P b"]
)
def test_windows_cover_the_text_and_stay_small(text):
    words = words_made(text)
    pieces = [2] * len(words.text)
    first = 0
    while first < len(words.text):
        end, sure = next_cut(words, pieces, first, 510)
        if not sure:
            end = longest_cut(words, pieces, first, 510)
        assert first < end <= len(words.text) and 2 * (end - first) <= 510
        first = end


def test_paragraphs():
    assert opens_paragraph("\n\n", "and", "then")
    assert opens_paragraph("\n", ".", "Then")
    assert not opens_paragraph("\n", "and", "then")
    assert not opens_paragraph("  ", ".", "Then")


def test_layout_closes_a_quotation_with_its_paragraph():
    found = layouts(["“", "a", "b", "”", "c"], [True] * 5, [True, False, True, False, False])
    assert [x & 4 for x in found] == [4, 4, 0, 0, 0]
    assert [case_class(x) for x in ("war", "War", "NATO", "McCain", "5", ",", "A")] == list(
        range(7)
    )


@pytest.mark.parametrize(
    "form, universal, tag, lemma",
    [
        ("accused", "VERB", "VBD", "accuse"), ("negotiating", "VERB", "VBG", "negotiate"),
        ("stopped", "VERB", "VBD", "stop"), ("denies", "VERB", "VBZ", "deny"), ("fled", "VERB", "VBD", "flee"),
        ("fought", "VERB", "VBD", "fight"), ("withdrew", "VERB", "VBD", "withdraw"), ("troops", "NOUN", "NNS", "troop"),
        ("allies", "NOUN", "NNS", "ally"), ("Hostages", "NOUN", "NNS", "hostage"), ("Kyiv", "PROPN", "NNP", "Kyiv"),
        ("is", "AUX", "VBZ", "be"), ("n't", "PART", "RB", "not"), ("largest", "ADJ", "JJS", "large"),
        ("protesters", "NOUN", "NNS", "protester"), ("forces", "NOUN", "NNS", "force"), ("seized", "VERB", "VBN", "seize"),
        ("bombing", "VERB", "VBG", "bomb"), ("attacked", "VERB", "VBD", "attack"), ("threatening", "VERB", "VBG", "threaten"),
        ("agreed", "VERB", "VBD", "agree"), ("imposing", "VERB", "VBG", "impose"), ("shelled", "VERB", "VBD", "shell"),
    ],
)  # fmt: skip
def test_lemmas(form, universal, tag, lemma):
    assert Lemmas()(form, universal, tag) == lemma


def test_the_word_piece_table_has_a_row_for_every_piece():
    table = PieceTable.shared()
    vocabulary = table.tokenizer.get_vocab()
    assert sorted(vocabulary.values()) == list(range(len(table.values)))
    assert [vocabulary[x] for x in ("[UNK]", "[CLS]", "[SEP]")] == [UNKNOWN, FIRST, LAST]
    for word in ("ceasefire", "Erdoğan", "Hawaiʻi", "CO₂", "“", "—", "€5", "Əliyev"):
        assert UNKNOWN not in table.pieces(word)
    assert table.pieces("Москва") == (UNKNOWN,)  # one word, one unknown piece


def test_a_table_that_does_not_fit_its_tokenizer_is_refused(tmp_path):
    for name in ("pieces_scale.npy", "tokenizer.json"):
        shutil.copy(embedding.DATA / name, tmp_path / name)
    np.save(tmp_path / "pieces.npy", np.zeros((5, 384), dtype=np.int8))
    with pytest.raises(ModelError, match="differ in length"):
        PieceTable(tmp_path)


def test_all_that_was_learned_takes_forty_megabytes_at_most():
    package = Path(dragoman.__file__).parent
    files = [
        x for x in package.rglob("data/*") if x.suffix in (".onnx", ".npy", ".npz", ".json", ".gz")
    ]
    assert 30e6 < sum(x.stat().st_size for x in files) <= 40e6
