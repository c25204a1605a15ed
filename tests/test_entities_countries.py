"""Countries of people, groups and bodies whose names no table holds, over documents built by hand."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from dragoman.entities import Resolver, find, hashes, home_network
from dragoman.entities.home_deeds import deeds
from dragoman.entities.home_network import PAIR, HomeModel, Seen
from dragoman.entities.home_others import OTHERS
from dragoman.entities.person_names import FEATURES
from dragoman.errors import ModelError
from dragoman.language.triggers import Trigger
from dragoman.lexicon import load
from dragoman.model import Story
from test_entities_find import document, index_of


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(load())


def countries(resolver: Resolver, *sentences: str) -> dict[str, tuple[str, str]]:
    """Country and id of the entity of every mention, by its words."""
    doc = document(*sentences)
    index = index_of(doc, resolver)
    return {
        doc.text[m.start : m.end]: (index.entity(m).country, m.entity)
        for m in reversed(index.mentions)
    }


def test_a_people_of_several_states_is_at_home_in_the_place_told(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "Kurdish/JJ/2/amod fighters/NNS/3/nsubj left/VBD/0/ROOT Manbij/NNP/3/obj/B-LOC ././3/punct",
        "Kurds/NNPS/2/nsubj stayed/VBD/0/ROOT in/IN/4/case Kobani/NNP/2/obl/B-LOC ././2/punct",
    )
    assert found["Kurdish fighters"][0] == "SYR"
    assert found["Kurds"] == ("SYR", "kurds")
    assert countries(resolver, "Kurds/NNPS/2/nsubj stayed/VBD/0/ROOT")["Kurds"][0] == ""
    called = countries(resolver, "Kurds/NNPS/2/nsubj called/VBD/0/ROOT Britain/NNP/2/obj/B-LOC")
    assert called["Kurds"][0] == ""  # they do not live there


def test_kurdish_forces_are_no_states_army(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "Kurdish/JJ/2/amod forces/NNS/3/nsubj left/VBD/0/ROOT Manbij/NNP/3/obj/B-LOC ././3/punct",
    )
    assert found["Kurdish forces"][1] != "syrian-armed-forces"


def test_residents_live_where_the_sentence_plays(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "Residents/NNS/2/nsubj fled/VBD/0/ROOT Aleppo/NNP/2/obj/B-LOC ././2/punct",
        "Women/NNS/2/nsubj wept/VBD/0/ROOT ././2/punct",
    )
    assert found["Residents"][0] == "SYR"
    assert found["Women"][0] == "SYR"
    assert countries(resolver, "Women/NNS/2/nsubj wept/VBD/0/ROOT")["Women"][0] == ""


def test_where_a_person_is_from(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "Jon/NNP/8/nsubj/B-PER Marlow/NNP/1/flat/I-PER ,/,/4/punct 25/CD/1/nmod:unmarked "
        ",/,/4/punct from/IN/7/case Bristol/NNP/1/nmod/B-LOC spoke/VBD/0/ROOT",
    )
    assert found["Jon Marlow"][0] == "GBR"


def test_two_share_a_title(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "British/JJ/3/amod aid/NN/3/compound workers/NNS/9/nsubj Tom/NNP/3/appos/B-PER "
        "Garrow/NNP/4/flat/I-PER and/CC/7/cc Neil/NNP/4/conj/B-PER Hart/NNP/7/flat/I-PER "
        "left/VBD/0/ROOT",
    )
    assert found["Neil Hart"][0] == "GBR"


def test_a_name_with_its_label_is_one_group(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "The/DT/4/det M23/NNP/4/compound/B-ORG armed/JJ/4/amod group/NN/5/nsubj left/VBD/0/ROOT",
        "M23/NNP/2/compound/B-ORG fighters/NNS/3/nsubj left/VBD/0/ROOT",
    )
    assert found["The M23 armed group"] == ("COD", "m23")
    assert found["M23 fighters"][1] != "m23"


def test_courts_of_several_states(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "Courts/NNS/8/nsubj in/IN/3/case Mali/NNP/1/nmod/B-LOC ,/,/5/punct Niger/NNP/3/conj/B-LOC "
        "and/CC/7/cc Chad/NNP/3/conj/B-LOC agreed/VBD/0/ROOT",
    )
    assert found["Courts"][1] == "MLI-court+NER-court+TCD-court"


def test_the_security_council_alone(resolver: Resolver) -> None:
    found = countries(
        resolver, "The/DT/3/det security/NN/3/compound council/NN/4/nsubj met/VBD/0/ROOT"
    )
    assert found["The security council"] == ("UNO", "un-security-council")
    found = countries(
        resolver,
        "Iran/NNP/4/nmod:poss/B-LOC 's/POS/1/case security/NN/4/compound council/NN/5/nsubj "
        "met/VBD/0/ROOT",
    )
    assert found["Iran 's security council"][0] == "IRN"


def test_both_men_are_those_joined_last(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "Paul/NNP/8/nsubj/B-PER Orr/NNP/1/flat/I-PER and/CC/4/cc Ian/NNP/1/conj/B-PER "
        "Dell/NNP/4/flat/I-PER saw/VBD/0/ROOT Joe/NNP/6/obj/B-PER Fox/NNP/7/flat/I-PER ././6/punct",
        "Both/DT/2/det men/NNS/3/nsubj left/VBD/0/ROOT",
    )
    assert found["Both men"][1] == "person:ian-dell+person:paul-orr"


def test_aid_agencies_have_no_country_but_their_own(resolver: Resolver) -> None:
    found = countries(resolver, "Aid/NN/2/compound agencies/NNS/3/nsubj left/VBD/0/ROOT")
    assert found["Aid agencies"][0] == "NGO"


def test_many_governments_are_nobodys(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "Governments/NNS/2/nsubj met/VBD/0/ROOT in/IN/4/case Mali/NNP/2/obl/B-LOC ././2/punct",
    )
    assert found["Governments"][0] == ""


def test_a_person_of_no_table_is_of_the_country_told_beside_him(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "Moll/NNP/4/nsubj/B-PER ,/,/1/punct 24/CD/1/appos fled/VBD/0/ROOT Syria/NNP/4/obj/B-LOC "
        "././4/punct",
        "British/JJ/2/amod student/NN/3/nsubj Moll/NNP/0/ROOT/B-PER spoke/VBD/3/acl ././3/punct",
    )
    assert found["Moll"][0] == "GBR"


def drawn(*shape: int) -> np.ndarray:
    return np.random.default_rng(sum(shape)).random(shape, dtype=np.float32)


def test_chances_of_countries_and_of_silence_are_all_there_is() -> None:
    model = HomeModel.shipped()
    units, codes, places = 3, 5, 9
    story = Seen(
        rows=drawn(units, codes, len(model.arrays["mean"])),
        states=drawn(units, 384),
        firsts=drawn(units, 384),
        keys=drawn(places, 384),
        columns=np.eye(codes, dtype=np.float32)[np.arange(places) % codes],
        pairs=drawn(units, places, PAIR),
        apart=np.ones((units, places), dtype=bool),
        names=drawn(units, codes, FEATURES),
        others=drawn(units, units, OTHERS),
        chosen=np.arange(units),
    )
    chances = model.chances([story])
    assert chances.shape == (units, codes)
    assert (chances >= 0).all()
    assert (chances.sum(1) < 1 + 1e-5).all()
    assert np.array_equal(chances, model.chances([story]))
    parts = [
        Seen(*(column if column is story.keys or column is story.columns else column[place]
               for column in story))
        for place in (slice(0, 1), slice(1, None))
    ]  # fmt: skip
    assert np.allclose(chances, model.chances(parts), atol=1e-5)


def test_who_strikes_whom_tells_of_homes() -> None:
    seen = Trigger(4, {"ASSAULT": 0.75, "CONSULT": 0.125}, {2: 0.5}, {6: 1.0})
    units = [SimpleNamespace(heads=[2, 9]), SimpleNamespace(heads=[6])]
    found = deeds(units, ["MLI", "SYR"], {6: "SYR", 2: "MLI"}, [seen])  # type: ignore[arg-type]
    assert found.shape == (2, 2, 15)
    assert found[0, 1, :2].tolist() == [0.375, 0.0625]  # acts against Syria, with it
    assert found[1, 0, 3] == 0.375  # acted against by Mali
    assert not found[0, 0].any() or found[0, 0, 12] == 0.1875


def test_a_damaged_table_of_homes_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(home_network, "FILE", tmp_path / "homes.npz")
    (tmp_path / "homes.npz").write_text("{}")
    HomeModel.shipped.cache_clear()
    with pytest.raises(ModelError, match="homes"):
        HomeModel.shipped()
    HomeModel.shipped.cache_clear()


def test_the_numbers_are_in_the_manifest() -> None:
    assert "entities/homes.npz" in hashes()


def test_somebodys_first_name_is_no_leaders_last(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "His/PRP$/2/nmod:poss mother/NN/6/nsubj ,/,/4/punct Sharon/NNP/2/appos/B-PER ,/,/4/punct "
        "left/VBD/0/ROOT Israel/NNP/6/obj/B-LOC ././6/punct",
        "Paul/NNP/4/nsubj/B-PER Anton/NNP/1/flat/I-PER Marsh/NNP/1/flat/I-PER left/VBD/0/ROOT "
        "Washington/NNP/4/obj/B-LOC ././4/punct",
    )
    assert found["Sharon"][1] == "person:sharon"
    assert found["Paul Anton Marsh"][1] == "person:paul-anton-marsh"
    met = countries(resolver, "Sharon/NNP/2/nsubj/B-PER met/VBD/0/ROOT Arafat/NNP/2/obj/B-PER")
    assert met["Sharon"][1] == "ariel-sharon"


def test_initials_stand_for_whom_the_story_speaks_of(resolver: Resolver) -> None:
    struck = "CJTF/NNP/2/nsubj/B-ORG struck/VBD/0/ROOT {}/NNP/2/obj/B-LOC"
    there = countries(resolver, struck.format("Maiduguri"), "Nigeria/NNP/2/nsubj spoke/VBD/0/ROOT")
    assert there["CJTF"][0] == "NGA"
    here = countries(resolver, struck.format("Mosul"), "Washington/NNP/2/nsubj spoke/VBD/0/ROOT")
    assert here["CJTF"][0] == "USA"


def test_an_undated_story_tells_its_time_by_whom_it_names(resolver: Resolver) -> None:
    def country(*names: str, year: str = "") -> str:
        said = " ".join(f"{name}/NNP/2/nsubj/B-PER spoke/VBD/0/ROOT" for name in names[1:])
        first, last = names[0].split()
        doc = document(
            f"{first}/NNP/3/nsubj/B-PER {last}/NNP/1/flat/I-PER spoke/VBD/0/ROOT", *[said] * bool(said),
            *([f"It/PRP/2/nsubj began/VBD/0/ROOT in/IN/4/case {year}/CD/2/obl"] if year else []),
        )  # fmt: skip
        index = find(doc, Story(text=doc.text), resolver)
        return next(e.country for e in index.entities.values() if e.name == names[0])

    assert country("Barham Salih") == "UNO"
    assert country("Barham Salih", year="2019") == "IRQ"


def test_who_acts_in_a_compound_is_spoken_of(resolver: Resolver) -> None:
    doc = document(
        "Syrian/JJ/2/amod police/NN/3/nsubj denied/VBD/0/ROOT it/PRP/3/obj ././3/punct",
        "A/DT/3/det police/NN/3/compound crackdown/NN/4/nsubj followed/VBD/0/ROOT ././4/punct",
        "A/DT/3/det police/NN/3/compound officer/NN/4/nsubj wept/VBD/0/ROOT ././4/punct",
    )
    index = index_of(doc, resolver)
    (acting,) = (m for m in index.mentions if m.first == 6 and m.last == 7)
    assert (acting.kind, index.entity(acting).country) == ("adjective", "SYR")
    assert not [m for m in index.mentions if m.first == 11 and m.last == 12]


def test_a_fighters_parents_are_of_a_country(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "Daesh/NNP/2/nsubj/B-ORG lost/VBD/0/ROOT ././2/punct",
        "Its/PRP$/2/nmod:poss fighters/NNS/4/nmod:poss 's/POS/2/case parents/NNS/5/nsubj left/VBD/0/ROOT "
        "Britain/NNP/5/obj/B-LOC ././5/punct",
    )
    assert found["Daesh"][0] == "IMG"
    assert all(country != "IMG" for words, (country, _) in found.items() if "parents" in words)


def test_two_men_whom_nobody_named_are_people(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "The/DT/3/det two/CD/3/nummod suspects/NNS/4/nsubj fled/VBD/0/ROOT Mali/NNP/4/obj/B-LOC ././4/punct",
    )
    assert found["The two suspects"][1].startswith("unnamed:")


def test_a_clause_of_a_place_tells_whose_its_people_are(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "Gabon/NNP/2/nsubj watched/VBD/0/ROOT Niger/NNP/2/obj/B-LOC ,/,/2/punct where/WRB/7/advmod "
        "soldiers/NNS/7/nsubj ruled/VBD/3/acl:relcl ././2/punct",
    )
    assert found["soldiers"][0] == "NER"


def test_the_australian_is_one_and_the_french_are_many(resolver: Resolver) -> None:
    found = countries(
        resolver,
        "The/DT/2/det Australian/NNP/3/nsubj met/VBD/0/ROOT the/DT/5/det French/NNPS/3/obj",
    )
    told = {words.removeprefix("the ").removeprefix("The "): who for words, who in found.items()}
    assert told["Australian"][0] == "AUS" and told["Australian"][1] != "AUS"
    assert told["French"] == ("FRA", "FRA-people")
