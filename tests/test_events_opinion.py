"""Rows that a reader of opinion pieces and long features found wrong, as they should be.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Event, Story
from events_help import row

PUBLISHED = "2025-03-17"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def events(coder: Coder, text: str) -> list[Event]:
    return list(coder.code(Story(text=text, published=PUBLISHED)).events)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # States that are named for a place do not meet, nor fight there.
        ("Fighting broke out where Chad and Sudan meet.", []),
        ("Gunmen killed four herders where the borders of Mali and Niger meet.",
         ["ASSAULT Gunmen > NER"]),
        ("Ministers of Chad met ministers of Sudan in Goma.", ["CONSULT SDN+TCD >"]),
        # Whom the words set aside, with all who are joined to him.
        ("The strikes were carried out not by Chad, Sudan or Oman but by Libya.", ["ASSAULT LBY >"]),
        # Who answers fire does not strike his own.
        ("Gunmen attacked a convoy of Kenyan soldiers near the Somali border. The Kenyan army "
         "returned fire, killing two of them.", ["ASSAULT SOM > KEN", "ASSAULT KEN > SOM"]),
        ("Militants shot at Nigerian troops in Borno. The troops returned fire, the army said.",
         ["ASSAULT NGA > NGA"]),
        # Nothing is promised to a weapon.
        ("Germany promised Leopard tanks and air defence systems.", ["AGREE DEU >"]),
        ("Russia threatened to shoot down Polish jets.", ["THREATEN RUS > POL"]),
        # What is only asked about, or happens "every time", happened on no day.
        ("Did Turkey invade Syria? Will Kenya attack Somalia again?", []),
        ("Who attacked the Kenyan base?", ["ASSAULT  > KEN"]),
        ("Every time Israel bombs Gaza, markets fall.", ["ASSAULT ISR > PSE hypothetical"]),
        ("He asked if Chad had attacked Sudan.", []),
        # What the object of a deed to come does is to come as well.
        ("Museveni is expected to launch an operation that pushes the Kenyans out.",
         ["ASSAULT UGA > KEN future", "COERCE UGA > KEN future"]),
        ("Museveni plans to arm men whom Kenya accuses of murder.",
         ["ACCUSE KEN > men"]),
        # What is only thought of is no threat.
        ("It is easy to imagine that Museveni will attack Kenya next year.", []),
        # Where captives come from is not who holds them, nor does a person of no side.
        ("Some 900 children from 40 countries, with 12 from Oman, are held in camps in Syria.",
         ["COERCE SYR > SYR"]),
        # Who says "they" in his own words is not one of them.
        ('"They arrested me at night," said Peter Otieno, a Kenyan journalist.',
         ["COERCE KEN > KEN"]),
        ('Peter Otieno was captured by Ugandan rebels in Goma. "They beat me," he says.',
         ["COERCE UGA > COD", "ASSAULT UGA > COD"]),
        ("The rebels said they had attacked the Kenyan base.", ["ASSAULT KEN > KEN"]),
        # Water on fields strikes nobody.
        ("Two men in overalls spray water on the tractors of a Ugandan farmer.", []),
    ],
)  # fmt: skip
def test_rows(coder: Coder, text: str, right: list[str]) -> None:
    assert {row(event) for event in events(coder, text)} == set(right)


def test_fire_that_is_answered_is_another_attack(coder: Coder) -> None:
    text = (
        "Gunmen opened fire on Kenyan police in Mandera. Police returned fire, killing two "
        "attackers."
    )
    sides = [(e.actors[0].code, e.recipients[0].code) for e in events(coder, text)]
    assert sides == [("KENUAF", "KENCOP"), ("KENCOP", "KENUAF")]


@pytest.mark.parametrize(
    ("text", "trigger", "days"),
    [
        # The clause that tells when has the time of what was done then.
        ("When Chadian forces arrived in Bardai in 2009, they shot forty miners.", "shot", "2009"),
        # What goes on with something of years ago is not of today, nor is its day known.
        ("In 2009 Chadian forces came to Bardai. They shot forty miners.", "shot", ""),
        (
            "In 2009 Chadian forces came to Bardai. They shot forty miners on Sunday.",
            "shot",
            "2025",
        ),
        ("In 2009 Chadian forces came to Bardai. They have shot forty miners.", "shot", "2025"),
        ("In 2009 Chadian forces came to Bardai.\n\nThey shot forty miners.", "shot", "2025"),
    ],
)
def test_days(coder: Coder, text: str, trigger: str, days: str) -> None:
    found = [e for e in events(coder, text) if text[e.trigger.start : e.trigger.end] == trigger]
    assert [e.date.start[:4] if e.date else "" for e in found] == [days]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mali's military rulers expelled the French ambassador.", "MLIGOV"),
        ("Niger's ruling generals rejected an ultimatum from Ghana.", "NERGOV"),
        ("Sudan's military rejected an ultimatum from Ghana.", "SDNMIL"),
    ],
)
def test_soldiers_who_rule_are_the_government(coder: Coder, text: str, code: str) -> None:
    (event,) = events(coder, text)
    assert [party.code for party in event.actors] == [code]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Donald Trump's lawyer Rudy Giuliani accused Iran of lying.", "lawyer Rudy Giuliani"),
        ("Oman condemned the revolt that toppled Hosni Mubarak.", "Hosni Mubarak"),
        ("Sweden's Foreign Minister Carl Bildt accused Iran of lying.",
         "Sweden's Foreign Minister Carl Bildt"),
    ],
)  # fmt: skip
def test_where_a_mention_begins(coder: Coder, text: str, name: str) -> None:
    record = coder.code(Story(text=text, published=PUBLISHED))
    told = {text[m.start : m.end] for entity in record.entities for m in entity.mentions}
    assert name in told and not any(x.startswith(("'s", "toppled")) for x in told)


@pytest.mark.parametrize(
    "text",
    [
        "Peter Otieno sat on a bed in Goma. “They beat me every day,” he recounts with composure.",
        "Peter Otieno fled Goma. “They beat me. They beat my little girl,” Otieno says.",
    ],
)
def test_who_tells_of_a_beating_has_not_beaten_his_own(coder: Coder, text: str) -> None:
    beaten = [e for e in events(coder, text) if e.type == "ASSAULT"]
    assert beaten and not any(event.actors for event in beaten)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Kenyan troops tore into the town of Goma with tanks.", "heavy-weapons"),
        ("Kenyan police tore at Ugandan students with tear gas.", "crowd-control"),
    ],
)
def test_who_tears_into_a_town_fires_no_tear_gas(coder: Coder, text: str, mode: str) -> None:
    (event,) = events(coder, text)
    assert event.mode == mode


def test_what_is_done_again_and_again_has_no_day(coder: Coder) -> None:
    (strike,) = events(coder, "Moscow routinely bombs hospitals in Syria.")
    assert strike.date is None


def test_who_is_met_does_not_offer_what_another_does(coder: Coder) -> None:
    text = "The envoy of Qatar, who met the Kenyan leader in Doha, has proposed a truce."
    record = coder.code(Story(text=text, published=PUBLISHED))
    countries = {entity.id: entity.country for entity in record.entities}
    (offer,) = record.commitments
    assert {countries[key] for key in offer.by} == {"QAT"}


def test_what_hangs_on_a_noun_dates_no_verb_beside_it(coder: Coder) -> None:
    text = "The party, in office since 1999 and accused of theft by judges, may split in Uganda."
    (event,) = events(coder, text)
    assert event.date is not None and event.date.start == PUBLISHED


def test_a_person_whose_brother_speaks_does_not(coder: Coder) -> None:
    text = "Jared Moss, whose brother, Donald Trump, had praised Kenya, left Oman."
    (praise,) = [e for e in events(coder, text) if e.type == "SUPPORT"]
    assert [x.name for x in praise.actors] == ["Donald Trump"]


def test_who_speaks_has_not_jailed_himself(coder: Coder) -> None:
    (arrest,) = events(
        coder, '"They arrested me at night," said Peter Otieno, a Kenyan journalist.'
    )
    assert [x.name for x in arrest.recipients] == ["Peter Otieno"]
    assert all(x.name != "Peter Otieno" for x in arrest.actors)


@pytest.mark.parametrize(
    "text",
    [
        "The villagers are fearful that the Taliban will return to Kandahar next year.",
        "There is a risk that Turkey will withdraw its ambassador.",
        "Police in Oslo stopped the march, concerned it would escalate.",
        "The ministers of Kenya reached under the table to pull out their papers.",
        "The Taliban is appealing to the young with its videos.",
        "Kenya said it needs more months to make the gunmen quit Lamu.",
    ],
)
def test_what_is_feared_or_reached_for_commits_nobody(coder: Coder, text: str) -> None:
    assert not coder.code(Story(text=text, published=PUBLISHED)).commitments


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kenya and Uganda reached a deal to withdraw their troops.", "agreement"),
        ("The Taliban appealed to Afghan voters to stay at home.", "demand"),
        ("Iran asked Oman for more time to hand over its uranium.", "demand"),
        ("Turkey said it will withdraw its ambassador.", "promise"),
    ],
)
def test_words_beside_those_still_commit(coder: Coder, text: str, kind: str) -> None:
    (made,) = coder.code(Story(text=text, published=PUBLISHED)).commitments
    assert made.kind == kind


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("Norway demanded the release of its citizen from Belarus.", {"BLR"}),
        ("Norway demanded the withdrawal of Belarusian troops.", {"BLR"}),
        ("Norway demanded the release of its citizen.", set()),
    ],
)
def test_who_is_to_be_freed_is_asked_for_nothing(coder: Coder, text: str, to: set[str]) -> None:
    record = coder.code(Story(text=text, published=PUBLISHED))
    (demand,) = record.commitments
    countries = {entity.id: entity.country for entity in record.entities}
    assert {countries[key] for key in demand.to} == to
