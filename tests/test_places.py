import pytest

import dragoman
from dragoman.coding import places
from dragoman.coding.patterns import Syntax, load
from events_help import indexed, parsed


def place_of(rows, trigger, countries=(), struck=False, **entities):
    doc = parsed(rows)
    token = next(word.i for word in doc if word.text == trigger)
    parties = [(word.i, word.i + 1) for word in doc if word.text in entities]
    syntax, index = Syntax(doc, load()), indexed(doc, **entities)
    found = places.find(syntax, index, token, parties, countries, (), struck)
    return found and (found.name, found.country)


WEST = """
Rebels NNS 2 nsubj
raided VBD 0 root
a DT 4 det
village NN 2 obj
20 CD 6 nummod
km NNS 7 obl:unmarked
west RB 2 advmod
of IN 9 case
Goma NNP 7 obl
"""
HIT = "Shells NNS 2 nsubj\nhit VBD 0 root\nGoma NNP 2 obj"
NEAR = """
Chad NNP 2 nsubj
bombed VBD 0 root
a DT 4 det
base NN 2 obj
near IN 6 case
Hama NNP 4 nmod
in IN 8 case
Syria NNP 2 obl
"""
PORT = """
Shells NNS 2 nsubj
fell VBD 0 root
in IN 7 case
the DT 7 det
Black NNP 6 compound
Sea NNP 7 compound
port NN 2 obl
of IN 9 case
Odessa NNP 7 nmod
"""
CAPITAL = """
Shells NNS 2 nsubj
fell VBD 0 root
in IN 6 case
the DT 6 det
Ukrainian JJ 6 amod
capital NN 2 obl
"""


def test_a_place_may_be_told_by_the_way_to_it():
    assert place_of(WEST, "raided") == ("Goma", "COD")


def test_a_town_that_was_struck_is_where_it_happened_whoever_it_is_aimed_at():
    assert place_of(HIT, "hit", Goma="COD") is None
    assert place_of(HIT, "hit", struck=True, Goma="COD") == ("Goma", "COD")


def test_a_town_goes_before_its_country_however_it_is_spelt():
    assert place_of(NEAR, "bombed", ("SYR",), struck=True)[1] == "SYR"
    assert place_of(NEAR, "bombed", ("SYR",))[0] != "Syria"


@pytest.mark.parametrize(("countries", "country"), [(("UKR",), "UKR"), (("USA",), "USA")])
def test_towns_of_one_name_are_told_apart_by_who_takes_part(countries, country):
    assert place_of(PORT, "fell", countries)[1] == country


def test_a_capital_needs_no_name_but_that_of_a_province_does():
    assert place_of(CAPITAL, "fell", Ukrainian="UKR") == ("Kyiv", "UKR")
    provincial = CAPITAL.replace("the DT", "provincial JJ")
    assert place_of(provincial, "fell", Ukrainian="UKR") is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Sudan rejected an offer by Egypt to mediate.", None),
        ("Kenya arrested two Ugandan pilots in March.", None),
        ("Estonia closed its last crossing with Belarus on Monday.", None),
        ("Iran warns Oman\n\nIran warned Oman on Monday that it would retaliate.", None),
        ("Police broke up a protest against Hungary in Bratislava on Monday.", "Bratislava"),
        ("The army took part in the battle for Goma on Monday, killing ten rebels.", "Goma"),
        ("Crowds in Niamey chanted slogans in praise of Moscow on Monday.", "Niamey"),
        ("Students in Lima burned tyres on Monday.", "Lima"),
    ],
)
def test_who_takes_part_is_no_place(text, place):
    events = dragoman.load().code(dragoman.Story(text=text, published="2024-03-05")).events
    assert events
    assert {event.place.name for event in events if event.place} == ({place} if place else set())


def test_a_town_of_another_country_is_not_meant_by_a_name_unlike_its_own():
    told = ("RUS", "BFA")
    assert (
        places._located("Barga", (("BFA",), told)) is None
    )  # Zelenogorsk in Russia has that name too
    assert places._located("Barga", (("RUS",), told)) is not None
