"""No quotation mark, however unbalanced, raises or swallows the rest of the story."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.coding.quotes import find_quotations
from dragoman.coding.statements import find
from dragoman.entities.index import EntityIndex
from dragoman.model import Story

MARKS = ['"', "“", "”", "„", "«", "»", "‹", "›", "‘", "’", "'", "`", "``", "''", "‚"]
WORDS = [
    "Troops", "left", "the", "village", "he", "said", "and", "added", "that", "minister's",
    "rebels'", "it", "was", "over", ".", ",", ":", "?", "—", "\n\n", "\n", "told", "reporters",
]  # fmt: skip
mangled = st.lists(st.sampled_from(WORDS + MARKS * 2), max_size=60).flatmap(
    lambda words: st.sampled_from([" ", ""]).map(lambda gap: gap.join(words))
)
nlp = spacy.blank("en")


@given(mangled)
@settings(max_examples=300, deadline=None)
def test_quotations_stay_inside_their_paragraph_and_never_overlap(text: str) -> None:
    story = Story(text=text)
    found = find_quotations(text, story.paragraphs)
    for item in found:
        assert 0 <= item.outer_start < item.start < item.end <= item.outer_end <= len(text)
        assert any(p.start <= item.start and item.end <= p.end for p in story.paragraphs)
    outer = sorted((item.start, item.end) for item in found if item.depth == 0)
    assert all(one[1] <= other[0] for one, other in pairwise(outer))


VERBS = ("said", "added", "told", "left")


def parsed(text: str) -> Doc:
    """A crude parse: every word hangs on the verb before it, every verb on the first one."""
    plain = nlp(text)
    verbs = [token.i for token in plain if token.lower_ in VERBS] or [0]
    heads = [
        verbs[0] if token.i in verbs else max([i for i in verbs if i < token.i], default=verbs[0])
        for token in plain
    ]
    deps = [
        "ROOT" if heads[i] == i else "parataxis" if i in verbs else ("nsubj", "ccomp", "obj")[i % 3]
        for i in range(len(plain))
    ]
    return Doc(
        nlp.vocab,
        words=[token.text for token in plain],
        spaces=[bool(token.whitespace_) for token in plain],
        tags=["VBD" if token.lower_ in VERBS else "NN" for token in plain],
        heads=heads,
        deps=deps,
    )


@given(mangled.filter(lambda text: bool(text.strip())))
@settings(max_examples=150, deadline=None)
def test_statements_survive_any_marks(text: str) -> None:
    doc = parsed(text)
    assert doc.text == text
    for statement in find(doc, Story(text=text), EntityIndex([], [])):
        assert statement.content
        ends = [0]
        for piece in statement.content:
            assert ends[-1] <= piece.start < piece.end <= len(text)
            ends.append(piece.end)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_never_closed_leaves_the_next_paragraph_alone(mark: str) -> None:
    text = f"He said {mark}we will go. They left.\n\nThe market was open and nobody spoke."
    found = find_quotations(text, Story(text=text).paragraphs)
    assert all(text[item.start : item.end].find("market") < 0 for item in found)


def test_a_speech_over_three_paragraphs_is_one_chain() -> None:
    text = "“We came in peace.\n\n“We stay in peace.\n\n“We leave in peace,” she said."
    found = find_quotations(text, Story(text=text).paragraphs)
    assert [text[item.start : item.end] for item in found] == [
        "We came in peace.", "We stay in peace.", "We leave in peace,",
    ]  # fmt: skip
    assert len({item.chain for item in found}) == 1


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("The rebels' leader said 'we won' to all.", ["we won"]),
        ("In the '90s nobody said so.", []),
        ('She called it "a "final" word" on it.', ["final"]),
        ("„Wir gehen“, she said.", ["Wir gehen"]),
        ("He said: «Peace now».", ["Peace now"]),
        ("''Not us,'' he said.", ["Not us,"]),
        ("``Not us,'' he said.", ["Not us,"]),
    ],
)
def test_marks_of_every_kind(text: str, inside: list[str]) -> None:
    found = find_quotations(text, Story(text=text).paragraphs)
    held = [text[item.start : item.end] for item in found]
    for words in inside:
        assert any(words in item for item in held), held
    if not inside:
        assert not held


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("He called the 'sanctions' a 'declaration of war'.", ["sanctions", "declaration of war"]),
        ("He called the 'sanctions' illegal.", ["sanctions"]),
        ("‘Bandits’ hit the soldiers’ camp, the ‘rebels’ said.", ["Bandits", "rebels"]),
        ("'The rebels' leader left,' he said.", ["The rebels' leader left,"]),
        ("In the '90s the rebels' leader left.", []),
        ("“We will go,“ he said. They left. “We won,“ he said.", ["We will go,", "We won,"]),
        ("„Nein“, she said. They left. „Ja“, he said.", ["Nein", "Ja"]),
        ("»Nein«, she said. They left. »Ja«, he said.", ["Nein", "Ja"]),
        ("”Nej”, she said. They left. ”Ja”, he said.", ["Nej", "Ja"]),
        (
            "“We heard ‘he said “no.”’” They left.",
            ["We heard ‘he said “no.”’", "he said “no.”", "no."],
        ),
    ],
)
def test_each_quotation_ends_with_its_own_mark(text: str, held: list[str]) -> None:
    found = find_quotations(text, Story(text=text).paragraphs)
    assert [text[item.start : item.end] for item in found] == held
    assert all(item.closed for item in found)
