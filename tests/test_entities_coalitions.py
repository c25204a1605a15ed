"""Coalitions: whom a story means by "the coalition", and what is nobody's name."""

from __future__ import annotations

import pytest

from dragoman.entities import find
from dragoman.model import Story

COALITION = "coalition-against-islamic-state"


def told(coder, text: str) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """Words of every mention of a story of February 2017, with its entity."""
    story = Story(text=text, published="2017-02-01")
    index = find(coder.parse(text), story, coder.resolver)
    return {text[m.start : m.end]: m.entity for m in index.mentions}


@pytest.mark.parametrize(
    ("words", "text", "one"),
    [
        ("The Coalition", "CJTF-OIR hit a bridge. The Coalition lost no aircraft.", True),
        ("coalition", "CJTF-OIR sent drones. A coalition airstrike hit a depot.", True),
        ("the counter-ISIL coalition", "Jordan left the counter-ISIL coalition.", True),
        ("The coalition", "The coalition lost no aircraft.", False),
        ("The ruling coalition", "CJTF-OIR hit a bridge. The ruling coalition fell.", False),
        ("A coalition of parties", "CJTF-OIR hit a bridge. A coalition of parties met.", False),
    ],
)
def test_the_coalition_is_the_one_the_story_names(  # type: ignore[no-untyped-def]
    coder, words: str, text: str, one: bool
) -> None:
    assert (told(coder, text).get(words) == COALITION) is one


def test_a_thing_with_a_short_name_is_no_body(coder) -> None:  # type: ignore[no-untyped-def]
    assert not any(key.startswith("org:") for key in told(coder, "Rebels drove an ATV.").values())


def test_a_clan_is_a_group(coder) -> None:  # type: ignore[no-untyped-def]
    story = Story(text="The clan left the valley. Its elders stayed.", published="2017-02-01")
    index = find(coder.parse(story.text), story, coder.resolver)
    clan = next(m for m in index.mentions if story.text[m.start : m.end] == "The clan")
    its = next(m for m in index.mentions if story.text[m.start : m.end] == "Its")
    assert clan.entity == its.entity


@pytest.mark.parametrize(
    ("words", "text", "entity"),
    [
        ("The bloc", "ECOWAS met in Lagos. NATO did not. The bloc shut the frontier.", "ecowas"),
        ("The southern African bloc", "The southern African bloc sent monitors.", "sadc"),
        ("the world's top court", "Gabon went to the world's top court.", "icj"),
        ("the two allies", "Chad accused Niger of theft. Oman urged the two allies to talk.",
         "NER+TCD"),
        ("both countries",
         "The United States brokered a deal between Chad and Niger in May. It warned both countries.",
         "NER+TCD"),
        ("the two delegations",
         "DOHA - Envoys of the Congolese government and the M23 rebel group resumed talks in the Qatari"
         " capital. Qatar's minister said the two delegations had met.", "COD+m23"),
        ("The two sides",
         "Boko Haram shelled Diffa. The army fired back. A Swiss envoy begged the army for calm."
         " The two sides agreed to talk.", "boko-haram+unnamed:army-1"),
        ("Commanders of the two armies",
         "Chadian troops shot at Nigerian soldiers on Monday. Commanders of the two armies met.",
         "NGA-MIL+TCD-MIL"),
        ("The presidents of both countries",
         "Chad shut the frontier with Niger. The presidents of both countries spoke.",
         "mahamadou-issoufou+idriss-deby"),
        ("The four", "Egypt, Bahrain, Chad and Mali met. The four blamed Oman.",
         "BHR+EGY+MLI+TCD"),
    ],
)  # fmt: skip
def test_a_word_for_several_states_is_those_told(  # type: ignore[no-untyped-def]
    coder, words: str, text: str, entity: str
) -> None:
    assert told(coder, text)[words] == entity


@pytest.mark.parametrize(
    ("words", "text", "country"),
    [
        ("Its spokesman", "The UN was silent. Its spokesman in Bamako was sent home.", "UNO"),
        ("A Turkish-owned gold mine", "A Turkish-owned gold mine in Mali was shut.", "TUR"),
        ("Jan Kubis",
         "The United Nations' envoy, Jan Kubis, begged Chad for calm.", "UNO"),
        ("EU foreign policy chief Kaja Kallas",
         "EU foreign policy chief Kaja Kallas rebuked Chad.", "EUR"),
        ("Slovakia's ambassador",
         "Slovakia's ambassador to the United Nations, Jan Kubis, begged Chad for calm.", "SVK"),
        ("Doro",
         "The Popular Front of Togo, known as Doro, blocked a road. Police attacked Doro.", "TGO"),
        ("The army",
         "NAIROBI, Feb 1 - Al Shabaab gunmen took nine teachers hostage in Garissa. The group wants money."
         " The army surrounded the school.", "KEN"),
        ("two Kenyan employees",
         "Uganda expelled two Kenyan employees of the telecoms company MTN.", "KEN"),
        ("An arbitral tribunal", "An arbitral tribunal in Paris gave Chad the island.", "IGO"),
        ("its neighbour",
         "Congo calls Rwanda's men thieves, a charge its neighbour has rejected.", "RWA"),
    ],
)  # fmt: skip
def test_whose_somebody_is_goes_before_where_he_is(  # type: ignore[no-untyped-def]
    coder, words: str, text: str, country: str
) -> None:
    index = find(coder.parse(text), Story(text=text, published="2017-02-01"), coder.resolver)
    found = [m for m in index.mentions if text[m.start : m.end] == words][-1]
    assert index.entity(found).country == country


def test_a_crew_is_of_the_boat_it_is_named_with(coder) -> None:  # type: ignore[no-untyped-def]
    text = "Oman's coast guard detained a Yemeni fishing boat and its nine crew near Salalah on Friday."
    found = told(coder, text)
    assert found["its"] == found["a Yemeni fishing boat"]
