"""Faults that a reader of crisis news found in statements, claims, events and commitments, as they should be.

The texts are written for these tests; nobody did or said any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Record, Story
from events_help import row

DAY = "2024-03-05"  # a Tuesday


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def coded(coder: Coder, text: str) -> Record:
    return coder.code(Story(text=text, published=DAY))


def said(coder: Coder, text: str) -> list[tuple[str, str]]:
    """Who says what, in order of the text."""
    record = coded(coder, text)
    names = {item.id: item.name for item in record.entities}
    return [
        (
            names.get(item.source.entity or "", item.source.text) if item.source else "",
            " … ".join(text[piece.start : piece.end] for piece in item.content),
        )
        for item in record.statements
    ]


def bonds(coder: Coder, text: str) -> list[tuple[str, set[str], set[str], str]]:
    """Kind, by, to and words of each commitment."""
    record = coded(coder, text)
    names = {item.id: item.name for item in record.entities}
    return [
        (item.kind, {names[key] for key in item.by}, {names[key] for key in item.to}, item.text)
        for item in record.commitments
    ]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # The place of an embassy is not who a protest is against.
        ("Chad filed a protest against Libya through its embassy in Cairo.", "ACCUSE TCD > LBY"),
        ("Libya shelled a village in Chad on Monday. Chad filed a protest through its embassy in Cairo.",
         "ACCUSE TCD > LBY"),
        ("North Korea launched a rocket on Sunday. Japan lodged a protest through the embassies in Hanoi.",
         "ACCUSE JPN > PRK"),
        # Whose own navy is ready to fire is not warned.
        ("Kenya seized a Somali trawler. President William Ruto warned that Kenya's navy was ready to fire.",
         "THREATEN KEN > SOM"),
        # Nobody punishes his own envoy by recalling him, nor has he expelled him.
        ("Somali gunmen shelled a Kenyan village on Monday. Kenya recalled its ambassador, Jane Mwangi.",
         "SANCTION KEN > SOM"),
        ("Rwanda jailed a reporter. Uganda, which granted asylum to his widow, has had its ambassador expelled.",
         "SANCTION RWA > UGA"),
        # An offer to mediate goes to both sides.
        ("Kenya and Somalia exchanged fire near Mandera. Oman offered to mediate.",
         "AGREE OMN > KEN+SOM"),
        # Who claims a deed did it, where only gunmen are told.
        ("Gunmen killed five policemen in Garissa on Sunday. Al-Shabaab said it had carried out the attack.",
         "ASSAULT SOM > KEN"),
        ("Masked gunmen killed a Kenyan judge on Sunday. Al-Shabaab claimed responsibility for the killing.",
         "ASSAULT SOM > KEN"),
        # Behind a comma the clause of another is over.
        ("Oman's navy stopped the ferry after its captain fled, and threatened to arrest Kenyan sailors.",
         "THREATEN OMN > KEN"),
        # What somebody "is to" do is to come, as what he will do.
        ("Niger is to expel the French ambassador on Friday.", "SANCTION NER > FRA future"),
        # A town is where a strike was, also where its name is of two words; the newsroom is not struck.
        ("Ten people were killed in an air strike in Gaza City.", "ASSAULT  > PSE"),
        ("North Korea fired a missile on Monday, Yonhap said.", "ASSAULT PRK >"),
    ],
)  # fmt: skip
def test_events(coder: Coder, text: str, right: str) -> None:
    assert right in [row(event) for event in coded(coder, text).events]


def test_who_is_not_hurt_is_refused_nothing(coder: Coder) -> None:
    text = "Chad said its jets had struck a camp in Libya. Tripoli said no one was hurt."
    assert [event.type for event in coded(coder, text).events] == ["ASSAULT"]


def test_a_warning_that_is_set_aside_is_not_of_the_day_of_its_verb(coder: Coder) -> None:
    text = "Chad will close its border from Thursday despite Libya's warning of a strike."
    days = {event.trigger.start: event.date for event in coded(coder, text).events}
    warned = days[text.index("warning")]
    assert warned is not None and warned.start == DAY


def test_what_another_denied_is_asserted_by_who_contradicts_him(coder: Coder) -> None:
    text = (
        "Gunmen released twelve schoolchildren in north-west Nigeria on Monday. The governor, Uba Sani, denied "
        "that any money had changed hands. A relative of one of the children said families had collected "
        "$40,000 and handed it to a middleman."
    )
    record = coded(coder, text)
    names = {item.id: item.name for item in record.entities}
    about = [item for item in record.claims if "money had changed hands" in item.text]
    assert about and all("Uba Sani" in {names[key] for key in item.denied_by} for item in about)
    assert not any("Uba Sani" in {names[key] for key in item.asserted_by} for item in about)


SPEECH = [
    (
        "Chad said two rockets had fallen in the desert. Nobody was hurt, the army said.",
        "Chad", "two rockets had fallen in the desert",
    ),
    (
        "Libya said its guards had only fired in the air. Two herders died in Tine, according to doctors.",
        "Libya", "its guards had only fired in the air",
    ),
    (
        "Libya said its guards had only fired in the air. Two herders died in Tine, according to doctors.",
        "doctors", "Two herders died in Tine",
    ),
    (
        "Police said two marchers had died, but doctors said seven bodies had come in.",
        "Police", "two marchers had died",
    ),
    (
        "Police said two marchers had died, but doctors said seven bodies had come in.",
        "doctors", "seven bodies had come in",
    ),
    (
        "Chad has shut its airspace to Libyan planes despite Tripoli's protests, its foreign ministry said.",
        "Chad's foreign ministry", "Chad has shut its airspace to Libyan planes despite Tripoli's protests",
    ),
    (
        "Kenya expelled the envoy because Uganda had armed the rebels, and accused Rwanda of helping them.",
        "Kenya", "Rwanda of helping them",
    ),
    (
        "Togo's president, Faure Gnassingbe, accused the parliament of treason. The speaker, Ama Doh, "
        "denied it. The president said he would call a vote.",
        "Faure Gnassingbé", "he would call a vote",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who", "what"), SPEECH)
def test_who_says_what(coder: Coder, text: str, who: str, what: str) -> None:
    assert (who, what) in said(coder, text)


TRANSCRIPT = (
    "Chad's foreign minister, Mahamat Saleh, spoke to Radio Ndjam.\n\n"
    "AMINA DOUMRO: Minister, will Chad leave the pact?\n"
    "MAHAMAT SALEH: We have asked Libya to pay. I will fly to Tripoli on Friday.\n"
    "AD: And if Libya refuses?\n"
    "MS: We condemn the raids by Libya."
)


def test_turns_are_of_whom_their_initials_name(coder: Coder) -> None:
    spoken = {what: who for who, what in said(coder, TRANSCRIPT)}
    assert spoken["We condemn the raids by Libya."] == "Mahamat Saleh"
    assert spoken["And if Libya refuses?"] == "AMINA DOUMRO"


def test_who_says_i_in_a_turn_is_named_at_its_head(coder: Coder) -> None:
    record = coded(coder, TRANSCRIPT)
    place = TRANSCRIPT.index("I will fly")
    speaker = next(item for item in record.entities if any(m.start == place for m in item.mentions))
    assert "SALEH" in speaker.name.upper()


def test_a_question_claims_nothing(coder: Coder) -> None:
    assert not any("will Chad leave" in claim.text for claim in coded(coder, TRANSCRIPT).claims)


BONDS = [
    (
        "Oman offered to mediate between Chad and Libya.",
        ("offer", {"Oman"}, {"Chad", "Libya"}, "to mediate between Chad and Libya"),
    ),
    (
        "Chad warned Libya to leave the strip or face the consequences.",
        ("demand", {"Chad"}, {"Libya"}, "to leave the strip or face the consequences"),
    ),
    (
        "Chad and Libya accused each other of breaking the truce in Tine.",
        ("agreement", {"Chad", "Libya"}, set(), "truce"),
    ),
    (
        "Libya asked Chad to open the road. Chad said it would do so if the tolls were paid.",
        ("promise", {"Chad"}, set(), "it would do so if the tolls were paid"),
    ),
]


@pytest.mark.parametrize(("text", "bond"), BONDS)
def test_bonds(coder: Coder, text: str, bond: tuple[str, set[str], set[str], str]) -> None:
    assert bond in bonds(coder, text)


@pytest.mark.parametrize(
    "text",
    [
        "I have seen this before. Chad will send troops to the border. Libya will close its ports.",
        "Opinion: the long war\nChad will send troops to the border.",
        "The rebels will hold the men until Chad agrees to talks.",
    ],
)
def test_what_nobody_has_undertaken(coder: Coder, text: str) -> None:
    assert not [bond for bond in bonds(coder, text) if "Chad" in bond[1]]


def test_what_is_all_that_is_said_is_nobody_spoken_to(coder: Coder) -> None:
    found = coded(coder, "Libya called for calm. Chad urged restraint.").statements
    assert [item.addressee for item in found] == [None, None]


def test_police_are_not_the_army_told_before() -> None:
    text = (
        "The army said the road was closed. Police said that the bridge in Velin had been blown up."
    )
    record = load().code(Story(text=text))
    assert len({item.source.entity for item in record.statements if item.source}) == 2


def test_who_is_called_to_a_gathering_is_called_to_one_to_come(coder: Coder) -> None:
    text = (
        "Police arrested 14 people on Monday. "
        "She called her supporters to a march in Tbilisi on Saturday."
    )
    record = coder.code(Story(text=text, published="2026-11-24"))
    days = {event.type: event.date.start for event in record.events if event.date is not None}
    assert days["COERCE"] == "2026-11-23"
    assert days["PROTEST"] == "2026-11-28"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Oman invited Iran to a meeting in Muscat on Sunday.", "2026-11-24"),
        ("Kenya called on Uganda on Thursday to end the siege of Goma.", "2026-11-19"),
    ],
)
def test_the_day_of_a_call_is_not_that_of_what_is_called_for(
    coder: Coder, text: str, day: str
) -> None:
    record = coder.code(Story(text=text, published="2026-11-24"))
    assert [e.date and e.date.start for e in record.events if e.type == "REQUEST"] == [day]
