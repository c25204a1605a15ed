"""Countries that the words around people and bodies tell, over documents built by hand."""

from __future__ import annotations

import pytest

from dragoman.entities import Resolver
from dragoman.lexicon import load
from test_entities_countries import countries


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(load())


RUSSIA = "Russia/NNP/2/nsubj/B-LOC protested/VBD/0/ROOT ././2/punct"


def test_the_adjective_of_what_somebody_is_called(resolver: Resolver) -> None:
    found = countries(
        resolver,
        RUSSIA,
        "Jon/NNP/8/nsubj/B-PER Marlow/NNP/1/flat/I-PER ,/,/6/punct a/DT/6/det Malian/JJ/6/amod "
        "trader/NN/1/appos ,/,/6/punct left/VBD/0/ROOT ././8/punct",
    )
    assert found["Jon Marlow"][0] == "MLI"


def test_a_sentence_that_begins_with_its_place(resolver: Resolver) -> None:
    found = countries(
        resolver,
        RUSSIA,
        "In/IN/2/case Mali/NNP/5/obl/B-LOC the/DT/4/det police/NN/5/nsubj left/VBD/0/ROOT ././5/punct",
        RUSSIA,
    )
    assert found["the police"][0] == "MLI"


def test_what_is_reported_from_a_place_may_be_elsewhere(resolver: Resolver) -> None:
    found = countries(
        resolver,
        RUSSIA,
        RUSSIA,
        "In/IN/2/case Mali/NNP/4/obl/B-LOC he/PRP/4/nsubj said/VBD/0/ROOT the/DT/6/det "
        "police/NN/7/nsubj fled/VBD/4/ccomp Russia/NNP/7/obj/B-LOC ././4/punct",
    )
    assert found["the police"][0] != "MLI"


def test_to_whom_something_is_done_in_a_place(resolver: Resolver) -> None:
    found = countries(
        resolver,
        RUSSIA,
        "Missiles/NNS/2/nsubj killed/VBD/0/ROOT two/CD/4/nummod men/NNS/2/obj in/IN/6/case "
        "Mali/NNP/2/obl/B-LOC ././2/punct",
        RUSSIA,
    )
    assert found["two men"][0] == "MLI"


def test_a_spokeswoman_set_beside_her_name(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "Mali/NNP/2/nsubj/B-LOC left/VBD/0/ROOT ././2/punct",
        RUSSIA,
        "Mali/NNP/4/nmod:poss/B-LOC 's/POS/1/case chief/JJ/4/amod keeper/NN/9/nsubj ,/,/6/punct "
        "Ann/NNP/4/appos/B-PER Marlow/NNP/6/flat/I-PER ,/,/6/punct spoke/VBD/0/ROOT ././9/punct",
    )
    assert found["Ann Marlow"][0] == "MLI"


def test_the_authorities_are_one_states(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "In/IN/2/case Mali/NNP/5/obl/B-LOC the/DT/4/det authorities/NNS/5/nsubj met/VBD/0/ROOT ././5/punct",
    )
    assert found["the authorities"][0] == "MLI"


def test_an_envoy_is_not_of_who_expels_him(resolver: Resolver) -> None:
    story = (
        "Mali/NNP/3/nsubj/B-LOC will/MD/3/aux expel/VB/0/ROOT Ambassador/NNP/5/nmod:desc "
        "Jon/NNP/3/obj/B-PER Marlow/NNP/5/flat/I-PER ././3/punct"
    )
    assert countries(resolver, story)["Ambassador Jon Marlow"][0] == ""


def test_allies_of_an_organisation_are_of_it(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "NATO/NNP/2/compound/B-ORG allies/NNS/3/nsubj met/VBD/0/ROOT in/IN/5/case Mali/NNP/3/obl/B-LOC",
        "Two/CD/3/nummod NATO/NNP/3/compound/B-ORG allies/NNS/4/nsubj quarrelled/VBD/0/ROOT ././4/punct",
    )
    assert found["NATO allies"][0] == "IGO"


def test_a_party_of_a_shared_name_is_that_of_the_story(resolver: Resolver) -> None:
    story = (
        "The/DT/5/det Freedom/NNP/5/compound/B-ORG and/CC/4/cc/I-ORG Justice/NNP/2/conj/I-ORG "
        "Party/NNP/6/nsubj/I-ORG met/VBD/0/ROOT in/IN/8/case {}/NNP/6/obl/B-LOC ././6/punct"
    )
    there = countries(resolver, story.format("Serbia"))
    assert all(entity != "freedom-and-justice" for _, entity in there.values())
    at_home = countries(resolver, story.format("Egypt"))
    assert any(entity == "freedom-and-justice" for _, entity in at_home.values())


def test_the_nationality_set_before_a_name(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "A/DT/2/det Malian/JJ/7/nsubj ,/,/4/punct Ann/NNP/2/appos/B-PER Marlow/NNP/4/flat/I-PER "
        ",/,/4/punct left/VBD/0/ROOT Russia/NNP/7/obj/B-LOC ././7/punct",
    )
    assert found["Ann Marlow"][0] == "MLI"


def test_an_office_and_a_comma_before_the_name(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "Mali/NNP/4/nmod:poss/B-LOC 's/POS/1/case deputy/NN/4/compound envoy/NN/6/nmod:desc "
        ",/,/6/punct Dara/NNP/9/nsubj/B-PER Moll/NNP/6/flat/I-PER ,/,/6/punct blamed/VBD/0/ROOT "
        "Russia/NNP/9/obj/B-LOC ././9/punct",
    )
    assert found["Dara Moll"][0] == "MLI"
    assert found["Mali 's deputy envoy"][1] == found["Dara Moll"][1]


def test_a_spokesman_of_whom_the_sentence_before_tells(resolver: Resolver) -> None:
    told = "NATO/NNP/2/nsubj/B-ORG waited/VBD/0/ROOT ././2/punct"
    named = "Jon/NNP/4/nsubj/B-PER Marlow/NNP/2/flat/I-PER met/VBD/0/ROOT Mali/NNP/4/obj/B-LOC ././4/punct"
    found = countries(resolver, told, f"Spokesman/NNP/2/nmod:desc {named}")
    assert found["Spokesman Jon Marlow"][0] == "IGO"
    found = countries(resolver, told, f"Fisherman/NNP/2/nmod:desc {named}")
    assert all(country != "IGO" for words, (country, _) in found.items() if "Marlow" in words)


def test_the_people_of_a_body_of_no_state_are_of_it(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "NATO/NNP/3/nmod:poss/B-ORG 's/POS/1/case chronicler/NN/6/nsubj ,/,/5/punct "
        "Jon/NNP/3/appos/B-PER met/VBD/0/ROOT Mali/NNP/6/obj/B-LOC ././6/punct",
    )
    assert found["Jon"][0] == "IGO"


def test_pirates_are_somalis_where_the_story_speaks_of_somalia(resolver: Resolver) -> None:
    story = (
        "Pirates/NNS/2/nsubj fled/VBD/0/ROOT ././2/punct",
        "India/NNP/2/nsubj/B-LOC left/VBD/0/ROOT {}/NNP/2/obj/B-LOC ././2/punct",
    )
    assert countries(resolver, story[0], story[1].format("Somalia"))["Pirates"][0] == "SOM"
    assert countries(resolver, story[0], story[1].format("Nigeria"))["Pirates"][0] != "SOM"


def test_a_congress_is_that_of_the_state_told_most(resolver: Resolver) -> None:
    congress = "Congress/NNP/2/nsubj/B-ORG met/VBD/0/ROOT ././2/punct"
    america = "Washington/NNP/2/nsubj/B-LOC waited/VBD/0/ROOT ././2/punct"
    peru = "Peru/NNP/2/nsubj/B-LOC waited/VBD/0/ROOT ././2/punct"
    mali = "Mali/NNP/2/nsubj/B-LOC waited/VBD/0/ROOT ././2/punct"
    assert countries(resolver, peru, america, peru, congress)["Congress"][1] != "us-congress"
    assert countries(resolver, mali, america, mali, congress)["Congress"][1] == "us-congress"


def test_a_title_ends_no_name_that_goes_on(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "President/NNP/2/nmod:desc Hassan/NNP/4/nsubj/B-PER Rouhani/NNP/2/flat/I-PER "
        "left/VBD/0/ROOT Iran/NNP/4/obj/B-LOC ././4/punct",
    )
    assert found["President Hassan Rouhani"][1] == "hassan-rouhani"
    found = countries(
        resolver,
        "President/NNP/2/nmod:desc Hassan/NNP/4/nsubj/B-PER Marlow/NNP/2/flat/I-PER "
        "left/VBD/0/ROOT Iran/NNP/4/obj/B-LOC ././4/punct",
    )
    assert found["President Hassan Marlow"][1] == "person:hassan-marlow"


@pytest.mark.parametrize("words", ["Each/DT side/NN", "The/DT sides/NNS", "Both/DT capitals/NNS"])
def test_each_side_and_both_capitals_are_both(resolver: Resolver, words: str) -> None:
    first, second = words.split()
    found = countries(
        resolver,
        "Mali/NNP/2/nsubj/B-LOC met/VBD/0/ROOT Niger/NNP/2/obj/B-LOC ././2/punct",
        f"{first}/2/det {second}/3/nsubj waited/VBD/0/ROOT ././3/punct",
    )
    told = words.replace("/DT", "").split("/")[0]
    assert found[told][1] == "MLI+NER"


def test_an_envoy_is_not_of_who_calls_him_in(resolver: Resolver) -> None:
    story = (
        "Mali/NNP/2/nsubj/B-LOC called/VBD/0/ROOT in/RP/2/compound:prt the/DT/5/det "
        "ambassador/NN/2/obl ././2/punct"
    )
    story = story.replace("called/", "call/")
    assert countries(resolver, story)["the ambassador"][0] == ""


@pytest.mark.parametrize("words", ["Both/DT/2/nsubj", "The/DT/2/det two/CD/3/nsubj"])
def test_both_and_the_two_without_a_noun(resolver: Resolver, words: str) -> None:
    cells = words.split()
    found = countries(
        resolver,
        "Mali/NNP/2/nsubj/B-LOC met/VBD/0/ROOT Niger/NNP/2/obj/B-LOC ././2/punct",
        f"{words} waited/VBD/0/ROOT ././{len(cells) + 1}/punct",
    )
    assert found[" ".join(cell.split("/")[0] for cell in cells)][1] == "MLI+NER"


def test_serbs_of_kosovo_by_the_place_beside_them(resolver: Resolver) -> None:
    story = (
        "Serbs/NNPS/2/nsubj rallied/VBD/0/ROOT in/IN/4/case {}/NNP/2/obl/B-LOC ././2/punct",
        "Serbia/NNP/2/nsubj/B-LOC waited/VBD/0/ROOT ././2/punct",
    )
    assert countries(resolver, story[0].format("Kosovo"), story[1])["Serbs"][0] == "XKX"
    assert countries(resolver, story[0].format("Vienna"), story[1])["Serbs"][0] == "SRB"
