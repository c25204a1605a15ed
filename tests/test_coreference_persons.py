"""First, second and third person: whom "I" and "she" of one turn cannot be."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from dragoman.entities.candidates import Gatherer
from dragoman.entities.persons import Persons
from dragoman.entities.words import Words
from dragoman.model import Story

VOCAB = spacy.blank("en").vocab


def persons(words: list[str], tags: list[str], sentences: list[int]) -> list[list[int]]:
    """For every phrase of words that all hang on the first, the rows before it that are others."""
    deps = ["ROOT", *["obl"] * (len(words) - 1)]
    doc = Doc(VOCAB, words=words, tags=tags, heads=[0] * len(words), deps=deps, lemmas=words)
    found = Gatherer(doc, Words(doc), {}, sentences, frozenset()).gather()
    told = Persons(found)
    return [sorted(told.around(row)[0]) for row in range(len(found))]


def test_who_speaks_is_nobody_spoken_of() -> None:
    words = ["saw", "I", "her", ".", "called", "she", "you"]
    tags = ["VBD", "PRP", "PRP", ".", "VBD", "PRP", "PRP"]
    # "she" of the next sentence is still not "I"; "you" may be "I" there, and is not its "she"
    assert persons(words, tags, [0, 0, 0, 0, 1, 1, 1]) == [[], [0], [0], [2]]


def test_another_paragraph_or_quotation_is_another_turn() -> None:
    tags = ["VBD", "PRP", "_SP", "VBD", "PRP"]
    assert persons(["saw", "I", "\n\n", "saw", "she"], tags, [0, 0, 0, 1, 1]) == [[], []]
    words, tags = ["said", "she", '"', "I", '"'], ["VBD", "PRP", "``", "PRP", "''"]
    assert persons(words, tags, [0] * 5) == [[], []]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Nadia Sorel came in. I'm Dara Moll, and I work here.", "Dara Moll"),
        ("Nadia Sorel came in. My name is Dara Moll and I work here.", "Dara Moll"),
    ],
)
def test_who_names_himself_is_meant(coder, text: str, same: str) -> None:  # type: ignore[no-untyped-def]
    from dragoman.entities import find

    index = find(coder.parse(text), Story(text=text), coder.resolver)
    told = {text[m.start : m.end]: m.entity for m in index.mentions}
    speaking = {m.entity for m in index.mentions if text[m.start : m.end] in ("I", "My")}
    assert speaking == {told[same]} != {told["Nadia Sorel"]}


def test_an_owner_with_a_title_is_one_mention(coder) -> None:  # type: ignore[no-untyped-def]
    from dragoman.entities import find

    text = "Critics of President Dara Moll's policies met."
    index = find(coder.parse(text), Story(text=text), coder.resolver)
    held = [m for m in index.mentions if "Moll" in text[m.start : m.end] and m.start > 8]
    assert [m.entity for m in held] == ["person:dara-moll"]


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("Ghana is small. A tax in the country is high.", "the country", "GHA"),
        ("The Malian gov't closed the border. No reason was given.", "The Malian gov't", "MLI"),
    ],
)
def test_a_country_and_its_government(  # type: ignore[no-untyped-def]
    coder, text: str, words: str, entity: str
) -> None:
    from dragoman.entities import find

    index = find(coder.parse(text), Story(text=text), coder.resolver)
    assert entity in {m.entity for m in index.mentions if text[m.start : m.end] == words}


def test_what_belongs_to_somebody_is_not_she(coder) -> None:  # type: ignore[no-untyped-def]
    from dragoman.entities import find

    text = "Dara Moll was ill. Nadia stayed with her. Her mother slept, and her mother wept."
    index = find(coder.parse(text), Story(text=text), coder.resolver)
    told = {(m.start, text[m.start : m.end]): m.entity for m in [*index.mentions, *index.others]}
    pairs = [
        (entity, told.get((start, words[:3])))
        for (start, words), entity in told.items()
        if words.lower() == "her mother"
    ]
    assert pairs
    assert all(mother != she for mother, she in pairs)


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Statement by the Foreign Ministry of Chad\n\nWe condemn the raid by Sudan on Tine.", "TCD-foreign-ministry"),
        ("Joint declaration of Chad and Sudan\n\nWe agree to reopen the border post at Adre.", "SDN+TCD"),
        ("ICRC: weekly update\n\nTwo lorries were hit by shells. We ask all sides to spare them.", "icrc"),
        ('ICRC: weekly update\n\nTwo lorries were hit. "We are innocent," said an envoy of Chad.', "TCD"),
        ("Statement on Chad\n\nWe ask the army of Sudan to leave Tine.", ""),
    ],
)  # fmt: skip
def test_we_of_a_document_is_who_issued_it(coder, text: str, entity: str) -> None:  # type: ignore[no-untyped-def]
    from dragoman.entities import find

    index = find(coder.parse(text), Story(text=text), coder.resolver)
    found = [m.entity for m in index.mentions if text[m.start : m.end] == "We"]
    assert found == [entity] if entity else "TCD" not in found


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ('"You must leave the bridge," Kenya told the Ugandan army.', "UGA"),
        ('"You have to give us an answer," the Kenyan minister said to Uganda.', "UGA"),
        ('"You must leave the bridge," Kenya\'s president told reporters in Uganda.', ""),
        ('"You know the law," the Kenyan minister said.', ""),
        ("Kenya's president met Uganda's. \"You have to help us,\" he said.", ""),
    ],
)
def test_who_is_spoken_to_is_you(coder, text: str, entity: str) -> None:  # type: ignore[no-untyped-def]
    from dragoman.entities import find

    index = find(coder.parse(text), Story(text=text), coder.resolver)
    you = [m.entity for m in index.mentions if text[m.start : m.end] == "You"]
    assert {index.entities[x].country for x in you} == ({entity} if entity else set())
