"""States of a kind, waters, counted people, names written otherwise: whole texts, read by the parser."""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Story


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def who(coder: Coder, text: str, day: str = "2017-06-20") -> dict[str, tuple[str, str]]:
    """Words of the first mention → name and country of the entity."""
    record = coder.code(Story(text=text, published=day))
    return {
        text[mention.start : mention.end]: (entity.name, entity.country)
        for entity in record.entities for mention in entity.mentions
    }  # fmt: skip


def parties(coder: Coder, text: str, day: str = "2017-06-20") -> list[tuple[str, set, set]]:
    record = coder.code(Story(text=text, published=day))
    return [
        (event.type, {x.country for x in event.actors}, {x.country for x in event.recipients})
        for event in record.events
    ]


def test_four_states_of_a_kind_are_those_listed(coder: Coder) -> None:
    text = (
        "Four Arab countries have severed ties with Qatar. "
        "Saudi Arabia, Egypt, Bahrain and the UAE accused Doha of terrorism."
    )
    assert ("SANCTION", {"SAU", "EGY", "BHR", "ARE"}, {"QAT"}) in parties(coder, text)


def test_the_baltic_states_are_three(coder: Coder) -> None:
    found = parties(coder, "The Baltic states warned Russia on Monday.")
    assert found == [("THREATEN", {"EST", "LVA", "LTU"}, {"RUS"})]


def test_a_sea_is_nobodys(coder: Coder) -> None:
    assert who(coder, "Iran sent two warships to the Gulf on Monday.")["Gulf"][1] == ""


def test_counted_soldiers_are_not_the_army(coder: Coder) -> None:
    found = who(
        coder, "Five Turkish soldiers were killed in Syria. Turkish soldiers entered Idlib."
    )
    assert found["Five Turkish soldiers"] == ("Five Turkish soldiers", "TUR")
    assert found["Turkish soldiers"] == ("Turkish Armed Forces", "TUR")


def test_a_name_of_two_words_that_are_names_of_others(coder: Coder) -> None:
    text = "Kassem Sulaimani, an Iranian general, landed in Baghdad on Thursday."
    assert who(coder, text)["Kassem Sulaimani"] == ("Qassem Soleimani", "IRN")


def test_a_court_in_the_hague_is_no_dutch_one(coder: Coder) -> None:
    assert who(coder, "A tribunal in The Hague rejected China's claims.")["A tribunal"][1] == "IGO"
    assert who(coder, "A Dutch court in The Hague jailed a man.")["A Dutch court"][1] == "NLD"


def test_warships_are_not_of_whom_they_encircle(coder: Coder) -> None:
    found = who(coder, "China encircled Taiwan with naval vessels on Thursday.")
    assert found["naval vessels"][1] == "CHN"


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        # a ship is called after somebody and is not he
        ("Mark Carney met the king. The Canadian frigate, the Carney, left.", "Carney,", ""),
        ("Mark Carney met the king. The destroyer Carney shelled a Yemeni port.", "Carney sh", ""),
        ("Iran praised the raid by the Zionist regime's foes.", "the Zionist regime", "ISR"),
        ("Oman spoke. The Houthis thanked the Sultanate for its help.", "the Sultanate", "OMN"),
        # peoples at home where the story plays
        ("Turkmen fighters held a hill near Latakia in Syria.", "Turkmen fighters", "SYR"),
        ("Syria shelled two towns; Turkmens fled to Turkey.", "Turkmens", "SYR"),
        ("Turkmenistan said Turkmen traders were held in Syria.", "Turkmen traders", "TKM"),
        ("Ethnic Serbs left the police of Kosovo; Serbia praised them.", "Serbs", "XKX"),
        ("The Turkmen Front accused Iran of meddling in Kirkuk.", "The Turkmen Front", "IRQ"),
        # whose police, whose embassy, whose aide
        (
            "Police in Bamako searched a shop. In Niamey, police held a Malian trader.",
            "police held",
            "NER",
        ),
        ("Mali expelled a Danish diplomat. The embassy called it absurd.", "The embassy", "DNK"),
        ("An aide to President Ruto accused Uganda of lying.", "An aide", "KEN"),
        # nobody visits his own country; a question alone says who "he" is; the allies are NATO's
        (
            "Ruto met Samia in Nairobi. Tanzania thanked Kenya. Ruto will visit the country in May.",
            "the country",
            "TZA",
        ),
        (
            "Mark Rutte said he was calm.\n\nWhat does Viktor Orban want?\n\nHe wants money.",
            "He wants",
            "HUN",
        ),
        ("NATO met. Ambassadors of the 32 allies spoke of Russia.", "the 32 allies", "IGO"),
        ("Oman met three allies of Chad. The 12 allies spoke of Russia.", "The 12 allies", ""),
        ("A Malian trader fled to Niger. Police there held a Malian man.", "Police there", "NER"),
        # a name that a word for its kind leads in; one that is longer than a town's
        ("The campaign group Mothers of Mopti accused Oman. They wept.", "They", "MLI"),
        ("Libyan rebels held the Brak al-Shati airbase.", "the Brak al-Shati airbase", "LBY"),
        # no newspaper has troops
        ("A colonel of Chad told Reuters that its troops had left Mali.", "its troops", "TCD"),
    ],
)
def test_whose_they_are(coder: Coder, text: str, words: str, country: str) -> None:
    start = text.index(words)
    record = coder.code(Story(text=text, published="2025-06-20"))
    _, found = max(
        (
            (mention.end, entity.country)
            for entity in record.entities for mention in entity.mentions
            if mention.start == start
        ),
        default=(0, ""),
    )  # fmt: skip
    assert found == country


def test_a_double_name_is_not_that_of_who_has_its_end(coder: Coder) -> None:
    text = "The UN envoy in Mali, Clementine Moll-Salami, urged the army to hold fire."
    assert who(coder, text)["Clementine Moll-Salami"] == ("Clementine Moll-Salami", "UNO")


def test_whose_envoy_belittles_a_charge_was_charged(coder: Coder) -> None:
    text = (
        "Libya accused Qatar of arming rebels. "
        "Its envoy in Geneva, Dara Moll, called the charge baseless."
    )
    assert ("REJECT", {"QAT"}, {"LBY"}) in parties(coder, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The group Friends of Mopti said Mali had lied.", "Friends of Mopti"),
        ("A rally was held at King’s Cross station in London.", "King’s Cross station"),
        ("Oman asked how many foreign volunteers had left.", "foreign volunteers"),
    ],
)
def test_whole_names(coder: Coder, text: str, name: str) -> None:
    assert name in {found for found, _ in who(coder, text).values()}


def test_half_a_name_behind_a_prefix_is_nobody(coder: Coder) -> None:
    text = (
        "Anti-Islamic State rebels of four countries stood beside dozens of guests who "
        "filled a hall in Dover on Friday."
    )
    assert "State" not in {name for name, _ in who(coder, text).values()}
