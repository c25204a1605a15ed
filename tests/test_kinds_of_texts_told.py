"""Timelines, transcripts, communiqués, flashes, columns: who speaks, when it was, who the enemy is, what was not done.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.coding import chronology
from dragoman.model import Event, Record, Statement, Story


def read(coder: Coder, text: str, day: str = "2031-05-20") -> Record:
    return coder.code(Story(text=text, published=day))


def at(record: Record, word: str) -> Event:
    """The event with a word for its trigger."""
    text = record.story.text
    return next(
        event for event in record.events if text[event.trigger.start : event.trigger.end] == word
    )


def countries(parties) -> set[str]:  # type: ignore[no-untyped-def]
    return {party.country for party in parties}


# -- lists of years ------------------------------------------------------------------------

YEARS = """Who rules Chad's north? A chronology

2019: Rebels of the FACT seize Zouar. In May the army shells Wour.
June 2021 – Chad and the FACT sign a truce in Doha.
14 March 2024: Soldiers arrest nine rebel officers at Bardai.
2026
In August Libya closes its border with Chad. In October Chad expels two Libyan envoys.

Police arrested three students in Faya on Friday.
"""


def test_what_a_list_of_years_tells_was_in_its_year(coder: Coder) -> None:
    record = read(coder, YEARS)
    days = {
        "seize": ("2019-01-01", "2019-12-31"),
        "shells": ("2019-05-01", "2019-05-31"),
        "sign": ("2021-06-01", "2021-06-30"),
        "arrest": ("2024-03-14", "2024-03-14"),
        "expels": ("2026-10-01", "2026-10-31"),
        "arrested": ("2031-05-16", "2031-05-16"),
    }
    found = {word: at(record, word).date for word in days}
    assert {word: (x.start, x.end) for word, x in found.items() if x} == days


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("2019: Rebels seize Zouar.\nJune 2021 – They sign a truce.\n2024: They break it.\n", 4),
        ("Budget 2024: money for schools.\nThe vote is on 3 May.\n", 0),
        ("2019: Rebels seize Zouar.\nThey sign a truce.\n", 0),
    ],
)
def test_which_texts_are_lists_of_years(text: str, entries: int) -> None:
    assert len(chronology.starts(text)) == entries


def test_nobody_of_another_year_is_a_party(coder: Coder) -> None:
    told = at(read(coder, YEARS.replace("2026\nIn August", "2026: ")), "closes")
    assert countries(told.actors) == {"LBY"}
    assert "FACT" not in {party.name for party in told.recipients}


# -- transcripts and interviews ------------------------------------------------------------

HEARING = """SENATE COMMITTEE ON FOREIGN RELATIONS
HEARING ON UNITED STATES POLICY IN CHAD

CHAIRMAN ORR: We meet at a grave hour, since Libyan troops have shelled Wour. Mr. Tuvell, what have you asked of them?

MR. TUVELL: Senator, thank you for that question. We have urged President Deby to talk, and we have demanded that Tripoli leave Wour. The Libyan government denies that it shelled anybody.

CHAIRMAN ORR: A note from the Libyan embassy was read to us. It calls our charges a lie.
"""


def speakers(record: Record) -> list[str | None]:
    names = {entity.id: entity.name for entity in record.entities}
    return [
        names.get(x.source.entity or "") if x.source else None
        for x in record.statements
        if x.cue is None
    ]


def test_who_has_the_turn_speaks_behind_his_title(coder: Coder) -> None:
    record = read(coder, HEARING)
    assert "TUVELL" in {(name or "").upper().split()[-1] for name in speakers(record) if name}
    tuvell = next(x for x in record.entities if x.name.lower().endswith("tuvell"))
    assert tuvell.country in ("USA", "")
    asked = at(record, "demanded")
    assert {x.entity for x in asked.actors} == {tuvell.id}
    assert countries(asked.recipients) == {"LBY"}


def test_thanks_for_a_question_are_no_support(coder: Coder) -> None:
    assert "SUPPORT" not in {event.type for event in read(coder, HEARING).events}


def test_it_is_nobody_who_has_the_turn(coder: Coder) -> None:
    text = HEARING.rpartition("CHAIRMAN")[0]
    record = read(coder, HEARING)
    told = [
        e for e in record.events if e.trigger.start > len(text) and e.type in ("ACCUSE", "REJECT")
    ]
    assert all("ORR" not in party.name.upper() for event in told for party in event.actors)


def test_of_a_turn_only_the_sentence_that_is_denied_is_claimed(coder: Coder) -> None:
    claims = [x for x in read(coder, HEARING).claims if x.contested]
    assert claims
    assert all(len(claim.text.split(". ")) == 1 for claim in claims)


INTERVIEW = """Interview: Idris Kolo, spokesman of the Aouzou Front, talks to The Courier about the war with Chad

The Courier: The army says it has killed nine of your men. Is that true?

Idris Kolo: No. Chad bombs empty huts.

The Courier: President Deby has offered you talks. Will you come?

Kolo: He has offered us prison. If he frees our doctors, we will come.

Q: Do you take money from Libya's army?

A: No. They offered us lorries in 2029 and we refused them. I told them so in Sabha.

Q: And from the Toubou League?

A: They signed a pact with Chad in May.
"""


def test_he_in_a_turn_is_not_its_speaker(coder: Coder) -> None:
    offered = [e for e in read(coder, INTERVIEW).events if e.type == "AGREE" and e.date]
    actors = {x.name for event in offered for x in event.actors}
    assert "Idris Kolo" not in actors


def test_the_answers_are_of_whoever_is_interviewed(coder: Coder) -> None:
    record = read(coder, INTERVIEW)
    said: list[Statement] = [
        x
        for x in record.statements
        if x.source and x.source.text in ("A", "Kolo", "Idris Kolo") and not x.cue
    ]
    assert len(said) == 4
    assert len({x.source.entity for x in said if x.source}) == 1
    assert "Interview" not in {x.source.text for x in record.statements if x.source}


def test_who_only_asks_is_no_party_and_asserts_nothing_of_others(coder: Coder) -> None:
    record = read(coder, INTERVIEW)
    courier = {x.id for x in record.entities if "Courier" in x.name}
    struck = [event for event in record.events if event.type == "ASSAULT"]
    assert struck
    assert not courier & {x.entity for event in struck for x in (*event.actors, *event.recipients)}
    assert not courier & {
        key for claim in record.claims if claim.contested for key in claim.asserted_by
    }


@pytest.mark.parametrize(
    "text",
    [
        "FLASH: CHAD AND SUDAN SIGN BORDER PACT\n\nSNAP: LIBYA CALLS PACT A THREAT\n",
        "MALI: Soldiers shot two herders near Gao.\n\nNIGER: Police arrested nine students in Agadez.\n",
        "ALSO THIS WEEK: Chad freed two Sudanese pilots.\n\nMORE NEWS: Mali expelled a Danish envoy.\n",
    ],
)
def test_a_rubric_is_nobody_who_speaks(coder: Coder, text: str) -> None:
    labels = {line.partition(":")[0] for line in text.split("\n\n")}
    told = read(coder, text).statements
    assert labels.isdisjoint(x.source.text for x in told if x.source)


def test_a_land_that_says_we_speaks(coder: Coder) -> None:
    text = (
        "KENYA: We condemn the attack and we will send troops.\n\nUGANDA: We join Kenya in this.\n"
    )
    told = read(coder, text).statements
    assert {"KENYA", "UGANDA"} <= {x.source.text for x in told if x.source}


def test_a_flash_tells_its_source_behind_a_dash(coder: Coder) -> None:
    record = read(coder, "FLASH: IRAN SEIZES GREEK TANKER IN GULF -GUARDS\n\nOIL PRICES RISE\n")
    seized = at(record, "SEIZES")
    assert countries(seized.actors) == {"IRN"}
    source = next(x.source for x in record.statements if x.id == seized.attribution[-1])
    assert source is not None
    assert source.text == "GUARDS"


def test_a_headline_of_a_list_tells_its_source(coder: Coder) -> None:
    text = "HEADLINES\n\n- Chad's army kills ten rebels – minister\n- Mali frees nine traders – Red Cross\n"
    said = {x.source.text: x.content[0] for x in read(coder, text).statements if x.source}
    assert {"minister", "Red Cross"} <= set(said)
    assert text[said["minister"].start :].startswith("Chad's army")


# -- the enemy of an army's papers ---------------------------------------------------------

ENEMY = [
    (
        "MINISTRY OF DEFENCE OF THE REPUBLIC OF ARMENIA\nReport, 20 May\n\nAt dawn the enemy shelled Goris."
        " Two Azerbaijani drones were shot down.\n",
        "shelled", "AZE",
    ),
    (
        "General Staff of the Armed Forces of Ukraine\nUpdate, 20 May\n\nRussian troops stay near Kupiansk."
        " The occupiers shelled Chuhuiv with mortars.\n",
        "shelled", "RUS",
    ),
    (
        "GENERAL STAFF OF THE ARMED FORCES OF UKRAINE\n\nRussian troops stay near Kupiansk. The invaders struck Izium.\n\n"
        "MINISTRY OF DEFENCE OF THE RUSSIAN FEDERATION\n\nUkrainian guns fell silent near Kupiansk.\n",
        "struck", "RUS",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "country"), ENEMY)
def test_the_enemy_is_the_other_side(coder: Coder, text: str, word: str, country: str) -> None:
    assert countries(at(read(coder, text), word).actors) == {country}


def test_an_enemy_nobody_names_is_not_who_tells_of_him(coder: Coder) -> None:
    text = "MINISTRY OF DEFENCE OF THE REPUBLIC OF CHAD\nReport, 20 May\n\nThe enemy shelled Wour at dawn.\n"
    acting = {x.country for e in read(coder, text).events for x in e.actors}
    assert "TCD" not in acting


def test_the_foreign_ministry_is_not_the_ministry_of_defence(coder: Coder) -> None:
    record = read(
        coder,
        "The Ministry of Defence of Chad said rebels had shot two men. The Foreign Ministry called on Libya to leave.",
    )
    said = {x.source.text: x.source.entity for x in record.statements if x.source}
    assert said["The Foreign Ministry"] != said["The Ministry of Defence of Chad"]


# -- what did not happen -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Had Libya invaded Chad in 2029, France would have sent troops.", "invaded"),
        ("Imagine a bad week. Libya shells Faya, and Chad bans all flights to Tripoli.", "bans"),
        ("Imagine a bad week. Libya shells Faya, and Chad bans all flights to Tripoli.", "shells"),
        ("Rather than arming the Kurds, Chad sold lorries to Turkey.", "arming"),
        ("Instead of bombing Sabha, Chad sent an envoy to Libya.", "bombing"),
        ("The spectre of a Libyan attack on Faya has returned.", "attack"),
    ],
)
def test_what_is_only_supposed_was_not_done(coder: Coder, text: str, word: str) -> None:
    held = [e for e in read(coder, text).events if text[e.trigger.start : e.trigger.end] == word]
    assert all("hypothetical" in event.aux for event in held)


@pytest.mark.parametrize(
    "text",
    [
        "Had Libya left? Rebels shelled Faya on Friday.",
        "Rebels shelled Faya on Friday. Imagine that Libya had seen it.",
    ],
)
def test_what_is_told_beside_it_was_done(coder: Coder, text: str) -> None:
    assert any(
        e.type == "ASSAULT" and "hypothetical" not in e.aux for e in read(coder, text).events
    )


def test_should_in_place_of_if_tells_of_no_deed(coder: Coder) -> None:
    record = read(coder, "Should rebels attack Faya, Uganda will send troops.")
    assert "ASSAULT" not in {event.type for event in record.events}


# -- parties, names, places ----------------------------------------------------------------


def test_a_correspondent_is_not_his_city(coder: Coder) -> None:
    record = read(coder, "Chad has left the talks, our Brussels correspondent reports.")
    said = next(
        x.source for x in record.statements if x.source and "correspondent" in x.source.text
    )
    assert said.entity != "european-union"


def test_who_is_blamed_is_not_the_group_that_blames(coder: Coder) -> None:
    text = (
        "The RSF took Bara. The RSF shelled the market and the RSF burned the mill. The RSF has not spoken."
        " Twelve died, the Sudanese Doctors' Network says. The group blames the RSF."
    )
    blamed = at(read(coder, text), "blames")
    assert {x.name for x in blamed.actors}.isdisjoint({x.name for x in blamed.recipients})
    assert "Rapid Support Forces" in {x.name for x in blamed.recipients}


def test_a_body_of_somebody_in_the_plural_is_one_name(coder: Coder) -> None:
    names = {
        x.name for x in read(coder, "The Kenyan Doctors' Network says nine people died.").entities
    }
    assert any(name.endswith("Doctors' Network") for name in names)


def test_where_the_struck_come_from_is_not_where_it_was(coder: Coder) -> None:
    record = read(coder, "Two aid workers from Denmark were killed by gunmen on Friday.")
    assert [event.place for event in record.events] == [None]


def test_what_is_denied_beside_is_not_said() -> None:
    text = "Chad's envoy said the crossing was shut and denied that it was meant to punish traders."
    said = next(
        x
        for x in load().code(Story(text=text, published="2031-05-20")).statements
        if x.act == "say"
    )
    assert "denied" not in "".join(text[x.start : x.end] for x in said.content)


def test_they_are_those_of_whom_a_question_asks(coder: Coder) -> None:
    record = read(coder, INTERVIEW)
    offered = next(
        e for e in record.events if e.date and e.date.start.startswith("2029") and e.type == "AGREE"
    )
    assert countries(offered.actors) == {"LBY"}


def test_our_men_are_on_the_side_of_who_says_so(coder: Coder) -> None:
    text = (
        "General Staff of the Armed Forces of Ukraine\nUpdate, 20 May\n\nRussian troops stay near Kupiansk."
        " Our defenders shot down two reconnaissance drones of the enemy.\n"
    )
    assert countries(at(read(coder, text), "shot").actors) == {"UKR"}


def test_the_state_a_list_of_years_is_about_may_be_meant_in_each(coder: Coder) -> None:
    text = "2019: Rebels of the FACT seize Zouar, in Chad.\n2020: Chad's army retakes it.\nMay 2021: General Kaka seizes power.\n"
    seized = at(read(coder, text), "seizes")
    assert countries(seized.recipients) == {"TCD"}
