"""What a crisis desk wants in its list of events, and what it does not: texts read by the parser.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import re

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Event, Record, Story


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def read(coder: Coder, text: str, day: str = "2025-03-17") -> Record:
    return coder.code(Story(text=text, published=day))


def of_type(record: Record, type_: str) -> list[Event]:
    return [event for event in record.events if event.type == type_]


def named_at(record: Record, start: int) -> set[str]:
    """The ids of whom a phrase that begins at a code point names."""
    return {one.id for one in record.entities for m in one.mentions if m.start == start}


def countries(parties) -> set[str]:
    return {party.country for party in parties}


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The Kenyan army declined to address whether the pilot had slept.", "REJECT"),
        ("Kenya declined to comment on the arrests in Uganda.", "REJECT"),
        ("Chad did not respond to a request for comment from Sudan.", "REJECT"),
        ("Kenya's president has ended support for rebels in Somalia.", "SUPPORT"),
        ("Anna, a teacher from Leeds, agreed to speak to the newspaper.", "AGREE"),
        ("Kenya was given ten days to cut its ties to Sudan.", "SANCTION"),
        ("Kenyan unions called off a march against the government.", "PROTEST"),
    ],
)
def test_is_no_event(coder: Coder, text: str, type_: str) -> None:
    shown = [event for event in of_type(read(coder, text), type_) if event.confidence >= 0.5]
    assert shown == []


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("It is not true that Chad shelled Bangui, the spokesman said.", "ASSAULT"),
        ("It was false that Rwanda had sent troops.", "MOBILIZE"),
        ("None of the Chadian soldiers attacked Goma.", "ASSAULT"),
    ],
)
def test_what_is_called_false_is_not_done(coder: Coder, text: str, type_: str) -> None:
    assert all("negation" in event.aux for event in of_type(read(coder, text), type_))


def test_a_clause_with_its_own_auxiliary_is_told_as_fact(coder: Coder) -> None:
    text = "The plan would leave the boy without a home, and has been condemned by Amnesty International."
    (event,) = of_type(read(coder, text), "ACCUSE")
    assert "hypothetical" not in event.aux


def test_who_rallies_for_somebody_supports_him(coder: Coder) -> None:
    text = "Hundreds of people in Niger rallied on Sunday to cheer the soldiers who seized power."
    record = read(coder, text)
    assert all(event.recipients == () for event in of_type(record, "PROTEST"))
    assert any("hypothetical" not in event.aux for event in of_type(record, "SUPPORT"))


@pytest.mark.parametrize(
    ("text", "innocent"),
    [
        ("A chemical attack on Douma persuaded Donald Trump to act.", "donald-trump"),
        ("The Paris terror attacks shocked Germany.", "FRA"),
        ("The Marib prison bombing killed eighty people, a rebel spokesman said.", "YEM"),
        ("The Golan Heights rocket attack killed twelve.", "golan-heights"),
        ("Russia vetoed a panel run by the OPCW into gas attacks in Syria.", "opcw"),
        ("Two soldiers were killed in Raqqa, a town held by Islamic State.", "islamic-state"),
        ("Islamic State has lost Raqqa to the Kurdish militias.", "islamic-state"),
    ],
)
def test_who_is_moved_or_struck_has_not_done_it(coder: Coder, text: str, innocent: str) -> None:
    found = [a for event in of_type(read(coder, text), "ASSAULT") for a in event.actors]
    assert not any(innocent in (actor.entity, actor.country) for actor in found)


@pytest.mark.parametrize(
    ("text", "type_", "countries"),
    [
        (
            "Students in Muscat rallied against the law on migrant workers that Oman passed.",
            "PROTEST",
            ["OMN"],
        ),
        ("The Ankara offensive against Kurdish rebels in Syria began.", "ASSAULT", ["SYR"]),
        ("Turkey condemned the Timbuktu mosque bombing.", "ACCUSE", []),
        ("Students in Muscat rallied against migrant workers from Chad.", "PROTEST", ["TCD"]),
        ("Armenia plans to withdraw from the alliance with Russia.", "REJECT", ["RUS"]),
        ("Ukraine appealed for help against Russian air strikes.", "REQUEST", []),
        ("Mali and Niger agreed on talks after 11 Chadian captives were freed.", "AGREE", []),
        ("Islamic State has lost Raqqa to the Kurdish militias.", "ASSAULT", ["IMG"]),
        ('"You must pull back from the river," Ghana told the Togolese army.', "REQUEST", ["TGO"]),
        ("Togo rejected allegations that it had failed to free prisoners.", "REJECT", []),
        (
            "Israel should also be asked to open the crossing, a Danish envoy said.",
            "REQUEST",
            ["ISR"],
        ),
    ],
)
def test_whom_it_is_aimed_at(coder: Coder, text: str, type_: str, countries: list[str]) -> None:
    (event,) = of_type(read(coder, text), type_)
    assert [party.country for party in event.recipients] == countries


def test_whose_missiles_struck_is_told_and_who_did_much_did_it(coder: Coder) -> None:
    (struck,) = of_type(read(coder, "Iranian missiles struck a base in Pakistan."), "ASSAULT")
    assert countries(struck.actors) == {"IRN"}
    (backed,) = of_type(
        read(coder, "Chad has done the most to support rebels in Sudan."), "SUPPORT"
    )
    assert "hypothetical" not in backed.aux


def test_who_is_protested_at_is_not_dispersed_nor_do_police_protest(coder: Coder) -> None:
    record = read(coder, "Police dispersed a protest against the British premier in Harare.")
    (coerced,) = of_type(record, "COERCE")
    assert "GBR" not in countries(coerced.recipients)
    assert not any(event.actors for event in of_type(record, "PROTEST"))


def test_who_acted_days_before_has_not_struck_nor_is_he_counted_with(coder: Coder) -> None:
    text = (
        "A bomb killed 12 people in Mogadishu on Saturday, two days after troops captured a town from "
        "al Shabaab."
    )
    bombed, taken = of_type(read(coder, text), "ASSAULT")
    assert (bombed.actors, bombed.counts.dead.low) == ((), 12)
    assert taken.actors and taken.counts is None


def test_who_only_tells_of_it_was_not_struck(coder: Coder) -> None:
    text = "Protesters in Khartoum burned tyres. Soldiers killed two of them, medics said."
    record = read(coder, text)
    parties = {p.entity for event in record.events for p in (*event.actors, *event.recipients)}
    assert not named_at(record, text.index("medics")) & parties


def test_no_town_is_a_part_of_a_longer_name(coder: Coder) -> None:
    text = "Chad bombed rebels in the Wadi Hamra valley on Monday."
    (event,) = of_type(read(coder, text), "ASSAULT")
    assert event.place is None or event.place.country != "IND"


def test_what_a_region_borders_is_not_where_it_happened(coder: Coder) -> None:
    record = read(coder, "Kenya deployed troops in a region bordering Uganda.")
    (event,) = of_type(record, "MOBILIZE")
    assert event.place is None
    assert countries(event.recipients) == {"UGA"}


def test_he_is_nobody_of_a_womans_name(coder: Coder) -> None:
    text = "Kenyan minister {} Oduya arrived in Kampala on Monday. He offered talks to Chad."
    told = [
        {
            party.entity
            for event in of_type(read(coder, text.format(name)), "AGREE")
            for party in event.actors
        }
        for name in ("Peter", "Anna")
    ]
    assert told == [{"person:peter-oduya"}, set()]


def test_its_governor_is_of_the_place_named_last(coder: Coder) -> None:
    text = "A Ukrainian drone struck an oil depot in Russia's Rostov region, its governor said."
    record = read(coder, text)
    (governor,) = named_at(record, text.index("its governor")) - {"place:rostov"}
    assert {one.country for one in record.entities if one.id == governor} == {"RUS"}


def test_a_town_where_somebody_is_arrested_stands_for_its_state(coder: Coder) -> None:
    text = "A Russian officer was arrested in Munich last week, German prosecutors said."
    (held,) = of_type(read(coder, text), "COERCE")
    assert [actor.code for actor in held.actors] == ["DEUGOV"]


def test_why_somebody_is_held_is_not_who_holds_him(coder: Coder) -> None:
    text = "The mayor of Diyarbakir was detained on Monday over alleged links to the PKK."
    (held,) = of_type(read(coder, text), "COERCE")
    assert "kurdistan-workers-party" not in {party.entity for party in held.actors}


def test_an_army_chief_is_no_premier(coder: Coder) -> None:
    text = (
        "Sheikh Hasina resigned and fled to India. The army chief said a council would be formed."
    )
    record = read(coder, text, "2024-08-05")
    assert "sheikh-hasina" not in named_at(record, text.index("The army chief"))


def test_the_president_is_not_his_deputy(coder: Coder) -> None:
    text = (
        "Donald Trump said the war was won. The vice-president, Mike Pence, read out the president's"
        " words. In the Senate, Lindsey Graham, a supporter of the president, praised them."
    )
    record = read(coder, text, "2019-01-16")
    (backed,) = of_type(record, "SUPPORT")
    assert {party.entity for party in backed.recipients} <= {"donald-trump"}


def test_an_army_tells_of_its_neighbours_troops(coder: Coder) -> None:
    text = (
        "NEW DELHI (Reuters) - Pakistani troops fired on an Indian post on Monday, the army said."
    )
    start = text.index("the army")
    told = {e.country for e in read(coder, text).entities for m in e.mentions if m.start == start}
    assert told == {"IND"}


TWO_TOWNS = (
    "Gunmen killed 12 people in Mopti on Monday. Gunmen killed 30 people in Gao on Monday, "
    "officials said."
)


def test_attacks_in_two_towns_are_two(coder: Coder) -> None:
    found = of_type(read(coder, TWO_TOWNS, "2024-05-09"), "ASSAULT")
    told = {(e.place.name if e.place else "", e.counts.dead.low) for e in found if e.counts}
    assert told == {("Mopti", 12), ("Gao", 30)}


def test_another_deed_that_is_announced_as_such_is_one_of_its_own(coder: Coder) -> None:
    text = "Police arrested 40 people in Lima. In a separate raid, police arrested 12 people."
    assert len(of_type(read(coder, text), "COERCE")) == 2


def test_killing_is_the_attack_that_the_sentence_tells(coder: Coder) -> None:
    text = "Israeli jets bombed a hospital in Rafah, killing three doctors."
    (event,) = of_type(read(coder, text), "ASSAULT")
    assert event.counts is not None
    assert event.counts.dead.low == 3


def test_an_envoy_is_recalled_from_another_state(coder: Coder) -> None:
    text = (
        "The farmers of Paraguay let the lorries through. Bolivia's president, Luis Arce, spoke up for the"
        " villagers.\n\nAsuncion called this meddling and recalled its envoy."
    )
    (event,) = of_type(read(coder, text), "SANCTION")
    assert [party.country for party in event.recipients] == ["BOL"]


def test_weapons_are_not_the_dead(coder: Coder) -> None:
    text = "Chad fired at least 180 ballistic missiles at Niger in revenge for the killing of an envoy."
    assert all(event.counts is None for event in read(coder, text).events)


def test_each_of_two_verbs_counts_its_own_people(coder: Coder) -> None:
    for text, kind, told in (
        ("Police in Togo arrested three students and detained a bishop.", "arrested", [3, 1]),
        ("Rebels killed 12 Chadian soldiers and shot dead 3 Nigerian farmers.", "dead", [12, 3]),
        (
            "Kenya arrested two Ugandan pilots and jailed a Tanzanian gardener.",
            "arrested",
            [2, None],
        ),
    ):
        found = coder.code(Story(text=text, published="2024-03-05")).events
        counts = [getattr(event.counts, kind) if event.counts else None for event in found]
        assert [count.low if count else None for count in counts] == told


@pytest.mark.parametrize(
    ("text", "country"),
    [
        (
            "Syria's war goes on. Officials said the decision by the White House to withdraw US troops "
            "from the country had angered Kurds.",
            "SYR",
        ),
        (
            "Chad closed the border with Sudan. The country accused its neighbour of shelling.",
            "TCD",
        ),
        ("Turkish officials were angry when the country's military entered Syria.", "TUR"),
    ],
)
def test_the_country_is_the_one_named_last_or_who_acted(
    coder: Coder, text: str, country: str
) -> None:
    record = read(coder, text)
    start = text.lower().index("the country")
    assert country in named_at(record, start)


QUOTES = (
    "“We will wait for an answer,” Steven Mnuchin said. “I am sure of it,” William Barr said. "
    "“I would ask for more,” Stephen Biegun said."
)


def test_i_is_who_says_the_quotation(coder: Coder) -> None:
    record = read(coder, QUOTES)
    places = [found.start() for found in re.finditer(r"\bI\b", QUOTES)]
    said = [named_at(record, place) for place in places]
    assert [{name.split("-")[-1].split(":")[-1] for name in names} for names in said] == [
        {"barr"}, {"biegun"},
    ]  # fmt: skip


def test_a_name_ends_with_its_sentence_and_not_after_rather_than(coder: Coder) -> None:
    text = "She criticised Israel. Police were sent to Canada rather than Britain by Kenya."
    record = read(coder, text)
    start = text.index("Israel.")
    assert {m.end for one in record.entities for m in one.mentions if m.start == start} == {
        start + 6
    }


def test_an_abbreviation_is_that_of_the_state_whose_army_is_named(coder: Coder) -> None:
    text = "Sudan's army and the RSF signed a truce in Jeddah on Saturday."
    (event,) = of_type(read(coder, text), "AGREE")
    assert countries(event.actors) == {"SDN"}


def test_a_former_chief_and_a_lawmaker_do_not_speak_for_the_state(coder: Coder) -> None:
    text = (
        "“The United States must act,” said Ted Cruz, a US senator. Iran did not answer. "
        "“Britain will regret it,” said Ann Moll, a former director of MI6 in Britain."
    )
    record = read(coder, text)
    assert all("GBR" not in bond.by and "USA" not in bond.by for bond in record.commitments)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("On May 16, police in Kenya arrested 12 activists.", "2024-05-16"),
        ("On April 30 last year, rebels seized Goma.", "2024-04-30"),
        ("Thousands in Kenya took to the streets this weekend.", "2025-03-15"),
    ],
)
def test_what_was_done_was_done_before_the_story(coder: Coder, words: str, day: str) -> None:
    (date,) = {event.date.start for event in read(coder, words).events if event.date}
    assert date == day


def test_a_claim_tells_whom_it_accuses_in_words_that_can_be_read(coder: Coder) -> None:
    text = "Chad accused Sudan of arming rebels; Sudan denied it."
    assert [claim.text for claim in read(coder, text).claims][:1] == [
        "accused Sudan of arming rebels"
    ]


def test_who_claims_an_attack_made_it_and_a_missile_did_not(coder: Coder) -> None:
    text = (
        "Two Israeli soldiers were killed by an anti-tank missile on Tuesday, the army said. "
        "Hezbollah claimed the attack."
    )
    found = of_type(read(coder, text, "2024-10-02"), "ASSAULT")
    assert {actor.entity for event in found for actor in event.actors} == {"hezbollah"}


def test_who_came_to_kill_a_number_of_people_killed_them(coder: Coder) -> None:
    text = "Chadian rebels emerged from the bush on May 3 to massacre 40 villagers in Oum Hadjer."
    (attack,) = of_type(read(coder, text, "2025-05-06"), "ASSAULT")
    assert "hypothetical" not in attack.aux and attack.date.start == "2025-05-03"
    assert attack.counts.dead.low == 40
    (plan,) = of_type(read(coder, "Chadian rebels entered the town to kill a judge."), "ASSAULT")
    assert "hypothetical" in plan.aux


def test_talks_to_be_held_on_friday_are_to_come(coder: Coder) -> None:
    text = "The summit between Chad, Sudan and Oman to be held in Doha on Friday has been described by Mali as a chance."
    (talks,) = of_type(read(coder, text), "CONSULT")
    assert talks.date.start == "2025-03-21"


def test_who_stands_before_backed_is_no_party(coder: Coder) -> None:
    text = (
        "The accord between Omar al-Amin's government and the Lake Brigades, an al-Qaida-linked"
        " group, ended a siege."
    )
    (accord,) = of_type(read(coder, text), "AGREE")
    assert "al-qaeda" not in {one.entity for one in accord.actors}


def test_forces_are_called_by_the_whole_name_of_their_patron(coder: Coder) -> None:
    text = "The army said towns taken in March by forces allied to Bashar al-Assad were calm."
    names = {one.name for one in read(coder, text).entities}
    assert "forces allied to Bashar al-Assad" in names


def test_buses_are_nobody_who_agrees(coder: Coder) -> None:
    text = (
        "Buses left Zalingei in Sudan. The army forced surrender on rebels in one of the campaigns."
    )
    parties = [one for x in read(coder, text).events for one in (*x.actors, *x.recipients)]
    assert not [
        one.name for one in parties if one.entity.startswith(("unnamed:bus", "unnamed:one"))
    ]


@pytest.mark.parametrize(
    ("answer", "type_"),
    [
        ("Iran condemned Omar Haddad's killing", "ACCUSE"),
        ("Iran vowed to avenge the killing of Omar Haddad", "THREATEN"),
    ],
)
def test_who_was_killed_is_not_who_is_blamed(coder: Coder, answer: str, type_: str) -> None:
    (event,) = of_type(read(coder, f"Israel killed Omar Haddad in a raid. {answer}."), type_)
    assert [one.entity for one in event.recipients] == ["ISR"]


def test_a_president_who_leads_the_cabinet_is_no_prime_minister(coder: Coder) -> None:
    text = (
        "The Trump administration cut its target. Britain took 15 people. Jan Moll said if he could"
        " speak to the prime minister, he would thank her."
    )
    record = read(coder, text)
    assert "donald-trump" not in named_at(record, text.index("the prime minister"))
    assert not record.commitments  # and thanks are no promise


def test_who_is_being_asked_is_the_one_asked(coder: Coder) -> None:
    (event,) = of_type(read(coder, "Chad has been asked to release two journalists."), "REQUEST")
    assert countries(event.recipients) == {"TCD"}


@pytest.mark.parametrize(
    ("text", "type_", "mode"),
    [
        ("Chad deported three Kenyan nationals on Sunday.", "COERCE", "deport"),
        ("Mali left ECOWAS on Sunday.", "SANCTION", "withdraw"),
        ("Chad announced a unilateral truce on Friday.", "RETREAT", "ceasefire"),
        ("Chad and Niger reopened their border on Monday.", "CONCEDE", None),
        ("Russian drones entered Polish airspace overnight.", "MOBILIZE", "weapons"),
        ("Iran threatened to strike Israel.", "THREATEN", "violence"),
    ],
)
def test_a_sentence_alone_is_enough(coder: Coder, text: str, type_: str, mode: str | None) -> None:
    assert [event.mode for event in of_type(read(coder, text), type_)] == [mode]


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Chad imposed sanctions on Kenya because it jailed seven priests.", {"KEN"}),
        ("Chad expelled the Kenyan envoy after he arrested a priest.", {"KEN"}),
        ("Chad bombed Kenya after it lost a town and arrested a Kenyan priest.", {"TCD"}),
    ],
)
def test_who_is_punished_for_a_deed_did_it(coder: Coder, text: str, doer: set[str]) -> None:
    (event,) = of_type(read(coder, text), "COERCE")
    assert countries(event.actors) == doer


def test_who_answers_a_deed_did_not_do_it_nor_killed_those_it_tells_of(coder: Coder) -> None:
    text = "Chad shelled Niamey after rockets killed 12 children in Abeche."
    answer, deed = sorted(of_type(read(coder, text), "ASSAULT"), key=lambda e: e.trigger.start)
    assert answer.counts is None
    assert answer.mode == "heavy-weapons"
    assert not deed.actors
    assert deed.counts is not None


def test_a_deed_of_the_past_is_done_whatever_follows_upon_it(coder: Coder) -> None:
    text = "Kenya will recall its envoy after rebels in Sudan seized the town of Geneina."
    event = next(
        e for e in read(coder, text).events if text[e.trigger.start :].startswith("seized")
    )
    assert event.aux == ()


def test_drones_are_never_of_the_country_that_they_hit(coder: Coder) -> None:
    (event,) = of_type(read(coder, "Drones hit an oil depot near Belgorod overnight."), "ASSAULT")
    assert countries(event.actors) <= {""}
    assert countries(event.recipients) == {"RUS"}


@pytest.mark.parametrize(
    ("text", "type_", "doer"),
    [
        ("Chad said Kenya had shelled its embassy and vowed revenge.", "THREATEN", {"TCD"}),
        ("Chad said the Kenyan boat had entered its waters and denied it sank.", "REJECT", {"TCD"}),
    ],
)
def test_who_tells_is_who_tells_further(
    coder: Coder, text: str, type_: str, doer: set[str]
) -> None:
    (event,) = of_type(read(coder, text), type_)
    assert countries(event.actors) == doer


def test_a_withdrawal_to_come_is_not_done(coder: Coder) -> None:
    (event,) = of_type(read(coder, "France will withdraw its troops from Niger."), "CONCEDE")
    assert event.aux == ("future",)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Chad said it would hold talks with Kenya in September.", "2025-09"),
        ("Chad agreed to hold talks with Kenya in February.", "2026-02"),
    ],
)
def test_what_would_be_or_is_agreed_to_be_is_to_come(coder: Coder, text: str, month: str) -> None:
    due = [item.due.start[:7] for item in read(coder, text).commitments if item.due]
    assert set(due) == {month}


def test_a_town_tells_whose_forces_are_meant(coder: Coder) -> None:
    record = read(coder, "The RSF shelled El Fasher on Sunday, killing 18 people.")
    (event,) = of_type(record, "ASSAULT")
    assert countries(event.actors) == {"SDN"}


def test_an_army_that_says_it_did_a_thing_did_it(coder: Coder) -> None:
    text = "Nasser Hospital in Gaza received the bodies. The military said it had shot a Hamas officer."
    record = read(coder, text)
    (event,) = of_type(record, "ASSAULT")
    assert [party.name for party in event.actors] == ["The military"]


def test_where_a_story_was_filed_is_not_struck_nor_a_new_group_the_one_before(
    coder: Coder,
) -> None:
    text = (
        "Sudan's RSF under fire\n\nPORT SUDAN, Sudan, Dec. 10, 2024 (AFP) - An air strike on a market in the "
        "town of Kabkabiya killed 100 people on Monday, a miners' group said, accusing the army."
    )
    record = read(coder, text, "2024-12-10")
    struck = {x.name for event in of_type(record, "ASSAULT") for x in event.recipients}
    assert "Port Sudan" not in struck
    accusers = {x.name for event in of_type(record, "ACCUSE") for x in event.actors}
    assert "Rapid Support Forces" not in accusers


def test_a_statue_is_no_government(coder: Coder) -> None:
    (event,) = of_type(
        read(coder, "Protesters toppled a statue of Hugo Chavez in Coro."), "PROTEST"
    )
    assert event.mode == "vandalize"


def test_who_shoots_drones_down_has_not_sent_them(coder: Coder) -> None:
    events = of_type(read(coder, "Jordan shot down drones that violated its airspace."), "ASSAULT")
    assert countries(x for event in events for x in event.recipients) <= {""}


def test_what_is_named_as_a_mere_suggestion_was_not_done(coder: Coder) -> None:
    text = "Ruto's minister was credited with blocking such suggestions as assassinating Yoweri Museveni."
    assert all("hypothetical" in event.aux for event in of_type(read(coder, text), "ASSAULT"))


def test_a_party_is_named_without_the_word_that_joins_its_clause(coder: Coder) -> None:
    text = "The army of Kenya fled as 700 rebels in pickup trucks advanced towards Goma."
    assert {"700 rebels"} == {x.name for x in read(coder, text).entities if "700" in x.name}


def test_nobody_is_aimed_at_on_whose_behalf_a_deed_is_done(coder: Coder) -> None:
    text = "Kenya launched strikes on behalf of Uganda against Rwanda."
    (strike,) = of_type(read(coder, text), "ASSAULT")
    assert countries(strike.recipients) == {"RWA"}


@pytest.mark.parametrize("told", ["tried to attack", "attempted to storm"])
def test_an_attack_that_was_tried_was_made(coder: Coder, told: str) -> None:
    text = f"Rebels {told} the Kenyan embassy on Monday but were driven back."
    assert [event.aux for event in of_type(read(coder, text), "ASSAULT")] == [()]


def test_a_bounty_is_no_offer(coder: Coder) -> None:
    text = "The rebels have offered a reward to whomever kills James Otieno, a general of Kenya."
    record = read(coder, text)
    assert {event.type for event in record.events} == {"COERCE"} and not record.commitments


def test_a_town_does_not_hold_the_hostages_in_it(coder: Coder) -> None:
    (held,) = of_type(read(coder, "Foreign hostages are still being held in Goma."), "COERCE")
    assert not held.actors


def test_the_parties_of_talks_are_its_two_sides(coder: Coder) -> None:
    text = "Kenya and Uganda held talks in Geneva. The UN envoy urged the parties to lay down arms."
    (asked,) = of_type(read(coder, text), "REQUEST")
    assert countries(asked.recipients) == {"KEN", "UGA"}


def test_talks_that_do_not_go_well_are_held(coder: Coder) -> None:
    text = "The raids may show that the talks between Kenya and Uganda were not going well."
    (talks,) = of_type(read(coder, text), "CONSULT")
    assert talks.aux == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ruto feared for his soldiers in case Ugandan rebels raided the camp near Goma.",
        "Kenya sent troops to the border in case Uganda attacked.",
    ],
)
def test_what_may_be_the_case_was_not_done(coder: Coder, text: str) -> None:
    assert all(event.aux for event in of_type(read(coder, text), "ASSAULT"))


def test_who_is_stripped_of_a_passport_strips_nobody(coder: Coder) -> None:
    text = "Three crime suspects were stripped of their citizenship in Kenya on Monday."
    (event,) = of_type(read(coder, text), "COERCE")
    assert [x.name for x in event.recipients] == ["Three crime suspects"]


def test_western_is_the_west_and_its_officials_are_officials(coder: Coder) -> None:
    record = read(coder, "Mali rejected Western demands. Western officials accused Mali of lying.")
    (refused,), (accused,) = of_type(record, "REJECT"), of_type(record, "ACCUSE")
    assert [party.name for party in refused.recipients] == ["The West"]
    assert [(party.name, party.sectors) for party in accused.actors] == [
        ("Western officials", ("GOV",))
    ]


def test_what_is_only_claimed_tells_no_mode_of_who_rejects_it(coder: Coder) -> None:
    text = "Mali rejects {} that the talks with Togo be held in Lagos."
    (demand,) = of_type(read(coder, text.format("the demand")), "REJECT")
    text = "Mali rejects the view that Togo is merely a mediator in the war."
    (view,) = of_type(read(coder, text), "REJECT")
    assert (demand.mode, view.mode) == ("meet", None)


def test_an_accord_is_of_those_whose_war_it_ends(coder: Coder) -> None:
    text = "Togo accused Mali of breaking a 2015 accord meant to end fighting between Malian and Nigerien troops."
    record = read(coder, text)
    (accord,) = of_type(record, "AGREE")
    assert countries(accord.actors) == {"MLI", "NER"}
    assert not of_type(record, "ASSAULT")


@pytest.mark.parametrize("doers", ["Iranian proxies", "Iran's proxies", "Iran-backed proxy groups"])
def test_who_fights_for_a_state_is_not_that_state(coder: Coder, doers: str) -> None:
    (attack,) = of_type(read(coder, f"{doers} attacked Omani troops."), "ASSAULT")
    assert [(party.name, party.country) for party in attack.actors] == [(doers, "")]


def test_each_attack_of_a_sentence_has_its_own_dead_and_struck(coder: Coder) -> None:
    text = "After rockets from Togo killed ten people in Gao, Mali bombed Lome, killing two."
    first, second = of_type(read(coder, text), "ASSAULT")
    assert [countries(event.actors) for event in (first, second)] == [{"TGO"}, {"MLI"}]
    assert [event.counts and event.counts.dead.low for event in (first, second)] == [10, 2]
    assert countries(second.recipients) == {"TGO"}


def test_a_time_at_the_head_is_also_of_what_came_before(coder: Coder) -> None:
    text = "A year ago, after an attack by Togo killed dozens in Gao, Mali fired rockets at Lome."
    events = of_type(read(coder, text, "2025-01-01"), "ASSAULT")
    assert [event.date and event.date.start for event in events] == ["2024-01-01"] * 2


def test_who_is_told_by_a_word_for_others_is_not_guessed(coder: Coder) -> None:
    text = "Abandoned by all its allies, Togo now fights the Beninese army on behalf of Mali."
    assert not of_type(read(coder, text), "RETREAT")
