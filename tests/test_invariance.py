"""What is told does not depend on which country, person, town, number or mark stands in the sentence.

The sentences are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder
from dragoman.coding import counts
from dragoman.coding.dates import is_ranked
from dragoman.informal.faults import edits
from dragoman.informal.rewritten import rewrite
from dragoman.model import Event, Story

DAY = "2024-03-12"  # a Tuesday
#: Country, state, adjective, one of its people, its people, capital.
STATES = [
    ("KEN", "Kenya", "Kenyan", "Kenyan", "Kenyans", "Nairobi"),
    ("POL", "Poland", "Polish", "Pole", "Poles", "Warsaw"),
    ("MDG", "Madagascar", "Malagasy", "Malagasy", "Malagasy", "Antananarivo"),
    ("TUR", "Türkiye", "Turkish", "Turk", "Turks", "Ankara"),
    ("PHL", "the Philippines", "Philippine", "Filipino", "Filipinos", "Manila"),
    ("COD", "DR Congo", "Congolese", "Congolese", "Congolese", "Kinshasa"),
    ("GNB", "Guinea-Bissau", "Bissau-Guinean", "Bissau-Guinean", "Bissau-Guineans", "Bissau"),
    ("TCD", "Chad", "Chadian", "Chadian", "Chadians", "N'Djamena"),
    ("SWZ", "Eswatini", "Swazi", "Swazi", "Swazis", "Mbabane"),
]


def row(event: Event, country: str) -> tuple[object, ...]:
    """What an event tells, its country under another name."""

    def sides(parties: tuple[object, ...]) -> tuple[str, ...]:
        told = {getattr(party, "country", "") for party in parties}
        return tuple(sorted("X" if code == country else code for code in told))

    bounds = tuple((name, value) for name, value in event.bounds().items() if value is not None)
    day = event.date.start if event.date else ""
    return event.type, sides(event.actors), sides(event.recipients), event.aux, day, bounds


def told(coder: Coder, text: str, country: str = "") -> list[tuple[object, ...]]:
    """All that the events of a text tell."""
    events = coder.code(Story(text=text, published=DAY)).events
    return sorted((row(event, country) for event in events), key=repr)


def one(coder: Coder, text: str, type_: str) -> Event:
    """The one event of a type."""
    events = [e for e in coder.code(Story(text=text, published=DAY)).events if e.type == type_]
    assert len(events) == 1, events
    return events[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "{adjective} soldiers killed three Zimbabwean farmers near the frontier on Friday, police said.",
        "Harare has rejected a demand from {capital} to withdraw its ambassador.",
        "The {adjective} president met his Zimbabwean counterpart in Geneva on Tuesday.",
        "{state} called on Zimbabwe to release the prisoners.",
        "Zimbabwean police arrested 14 {people} on Friday.",
        "Thousands of {people} marched through the capital to demand the resignation of the government.",
        "Gunmen in Zimbabwe killed a {person} and a priest on Friday.",
    ],
)
def test_any_country_may_stand_there(coder: Coder, sentence: str) -> None:
    found = {}
    for country, state, adjective, person, people, capital in STATES:
        words = {"adjective": adjective, "person": person, "people": people, "capital": capital}
        text = sentence.format(state=state, **words)
        found[state] = told(coder, text[0].upper() + text[1:], country)
    assert found["Kenya"] and all(rows == found["Kenya"] for rows in found.values()), found


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Anna {name} of Ghana accused Togo on Monday of shelling a village. "
        "{name} said nine people had been killed.",
        "Ghanaian Defence Minister Otto {name} warned Togo on Friday against sending troops. "
        "Togo rejected {name}'s remarks.",
    ],
)
def test_a_person_may_be_called_like_a_state_a_town_a_leader_or_a_month(
    coder: Coder, text: str
) -> None:
    plain = told(coder, text.format(name="Mensah"))
    for name in ("Jordan", "Kenya", "Paris", "Lima", "German", "May", "Szabó", "O'Neal"):
        assert told(coder, text.format(name=name)) == plain, name


def test_a_state_that_the_story_speaks_of_stays_one(coder: Coder) -> None:
    text = "Anna Jordan, a lawyer, fled Ghana. Jordan accused Ghana on Friday of torture. {}"
    last = "Amman called it a crime."
    assert one(coder, text.format(last), "ACCUSE").actors[0].country == "JOR"
    assert one(coder, text.format("She is ill."), "ACCUSE").actors[0].name == "Anna Jordan"


def test_another_first_name_makes_another_person(coder: Coder) -> None:
    text = (
        "Defence Minister Otto dos Santos of Ghana warned Togo. Togo accused dos Santos of lying."
    )
    record = coder.code(Story(text=text, published=DAY))
    people = [entity.id for entity in record.entities if entity.kind == "person"]
    assert people == ["person:otto-dos-santos"]


def test_supporters_of_mrs_may_act_on_no_day_of_may(coder: Coder) -> None:
    text = (
        "Police in Ghana arrested Anna {}. On Friday supporters of {} threw stones at the police."
    )
    assert told(coder, text.format("May", "May")) == told(coder, text.format("Moll", "Moll"))


@pytest.mark.parametrize("town", ["Accra", "Budapest", "Bucharest", "Lagos"])
def test_in_which_town_a_time_is_told_matters_nothing(coder: Coder, town: str) -> None:
    text = f"Ann Bern met the Togolese president in {town} in October."
    date = one(coder, text, "CONSULT").date
    assert date is not None and date.start == "2023-10-01"


@pytest.mark.parametrize(
    ("before", "ranks"),
    [
        ("the deadliest attack ", True),
        ("the first visit to the United States ", True),
        ("the first talks with Sheikh Ahmed ", True),
        ("a protest ", False),
        ("at the request of Togo ", False),
        ("the arrest of a priest amid unrest ", False),
    ],
)
def test_no_word_ranks_because_it_ends_like_one_that_does(before: str, ranks: bool) -> None:
    assert is_ranked(before) is ranks


def test_a_day_of_another_verb_makes_no_week_finer(coder: Coder) -> None:
    text = "Ghana, which bombed Togo this week, recalled its envoy on Wednesday."
    date = one(coder, text, "ASSAULT").date
    assert date is not None and date.text == "this week"


def test_what_joined_verbs_tell_was_when_the_last_says(coder: Coder) -> None:
    text = "A Kenyan was killed and two Malians were hurt when rebels fired on a bus on Friday."
    days = {
        event.date and event.date.start
        for event in coder.code(Story(text=text, published=DAY)).events
    }
    assert days == {"2024-03-08"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("nearly 5 000 people", "nearly 5,000 people"),
        ("some 12\u202f345\u202f678 men in\u00a02015", "some 12,345,678 men in 2015"),
        ("On March 3 200 soldiers left.", "On March 3 200 soldiers left."),
        ("in 2020 500 people", "in 2020 500 people"),
        ("call +44 207 946 000", "call +44 207 946 000"),
    ],
)
def test_thousands_may_be_parted_by_spaces(written: str, read: str) -> None:
    assert rewrite(written, list(edits(written))).text == read


def test_spaces_of_another_kind_are_spaces(coder: Coder) -> None:
    text = "Ghana arrested nine rebels in 2015 and freed them on March 3, 2016."
    rows = told(coder, text)
    assert rows and told(coder, text.replace(" ", "\u00a0")) == rows


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("LOME (AFP)—Rebels fell.", ["LOME", "(", "AFP", ")", "—", "Rebels", "fell", "."]),
        ("the “deal”—a pause—fell", ["the", "“", "deal", "”", "—", "a", "pause", "—", "fell"]),
        ("they left.—The end", ["they", "left", ".", "—", "The", "end"]),
        ("5%—more", ["5", "%", "—", "more"]),
        ("U.S.–led", ["U.S.", "–", "led"]),
        ("2019–20", ["2019", "–", "20"]),
    ],
)
def test_a_dash_without_spaces_is_a_word(coder: Coder, text: str, words: list[str]) -> None:
    assert [token.text for token in coder.parse(text)] == words


@pytest.mark.parametrize(
    ("sentence", "kind", "low", "high"),
    [
        ("The blast killed a Kenyan and two Danes.", "dead", 3, 3),
        ("Rebels killed a Swede near Goma.", "dead", 1, 1),
        ("Two Kenyans and a Dane died near Goma.", "dead", 3, 3),
        ("Rebels killed 2000 soldiers.", "dead", 2000, 2000),
        ("In 2000 soldiers killed nine men.", "dead", 9, 9),
        ("12 or more soldiers were killed.", "dead", 12, None),
    ],
)
def test_people_of_any_state_are_counted(
    sentence: str, kind: str, low: int, high: int | None
) -> None:
    found = counts.find(sentence)
    count = getattr(found, kind) if found is not None else None
    assert count is not None and (count.low, count.high) == (low, high)


@pytest.mark.parametrize("place", ["Hill 203", "Sector 4", "Ward 7"])
def test_the_figure_in_a_places_name_counts_nobody(place: str) -> None:
    assert counts.find(f"Protesters in {place} blocked a road.") is None


def test_a_weapon_of_any_state_is_counted_as_no_person() -> None:
    for adjective in ("Iraqi", "Omani", "Kenyan"):
        assert (
            counts.find(f"The raid with three {adjective} ballistic missiles killed men.") is None
        )


@pytest.mark.parametrize("backer", ["Syria", "Mali", "Denmark"])
def test_those_who_back_armed_men_are_not_their_country(coder: Coder, backer: str) -> None:
    text = f"Rebels backed by {backer} attacked a Zimbabwean convoy on Saturday."
    attack = one(coder, text, "ASSAULT")
    assert {party.country for party in attack.actors} <= {"ZWE", ""}


@pytest.mark.parametrize(
    "text",
    [
        "Zimbabwe's president flew to Luanda on Monday to meet Angolan officials.",
        "A delegation from Mali arrived in Algiers on Monday to negotiate with the rebels.",
        "Otto Kran, Ghana's envoy, went to Lagos on Monday to see the Nigerian president.",
    ],
)
def test_who_has_come_to_talk_has_come(coder: Coder, text: str) -> None:
    visit = one(coder, text, "CONSULT")
    assert not visit.aux and visit.date is not None and visit.date.start == "2024-03-11"


def test_a_town_in_a_longer_name_is_of_no_land_that_nobody_speaks_of(coder: Coder) -> None:
    for place in ("San Juan de Oro", "Santa Cruz del Norte", "Ust-Kamen"):
        text = f"Protesters in {place} blocked a road on Friday and demanded that Nigeria's governor resign."
        assert {party.country for party in one(coder, text, "PROTEST").actors} <= {"NGA", ""}
    text = "Rwanda said on Friday that rebels had cut the Goma-Bukavu road."
    names = {entity.name: entity.country for entity in coder.code(Story(text=text)).entities}
    assert names["Goma"] == "COD"
