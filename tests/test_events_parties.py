"""Who acts on whom: texts read by the parser, in which somebody else stands nearer.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Story


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


TOLD = [
    # text, type, countries of the actors, of the recipients (None: anybody)
    # of whom people are who are sent
    ("Mali met Togo in Accra. Observers sent by Brussels criticised the vote in Togo.", "ACCUSE", "EUR", "TGO"),
    ("Togo met Mali. Experts appointed by the United Nations accused Mali of torture.", "ACCUSE", "UNO", "MLI"),
    # whom the verb before has as its object
    ("Ann Marsh, the British foreign secretary, met Kofi Mensah of Ghana. She telephoned Prime Minister Paul "
     "Moll of Togo, according to two officials, and pressed him to accept mediation.", "REQUEST", "GBR", "TGO"),
    # the land that stands behind a name
    ("France's Ann Marsh spoke. Kenya accused President Paul Moll of Togo of lying.", "ACCUSE", "KEN", "TGO"),
    ("Mali and Ghana wrote to Foreign Minister Ivo Sand of Benin. France's Ann Marsh accused Ivo Sand of theft.",
     "ACCUSE", "FRA", "BEN"),
    ("Moldova and Russia quarrelled. Ukraine's State Border Watch accused Russia of theft.", "ACCUSE", "UKR", "RUS"),
    ("Moldova and Russia quarrelled. Togo's Paul Moll condemned Russia.", "ACCUSE", "TGO", "RUS"),
    ("Speaking in Lome after talks with Ghana's president, Mali's Paul Moll accused Benin of theft.",
     "ACCUSE", "MLI", "BEN"),
    ("Mali and Benin quarrelled. Ghana-based Moll Energy sued Togo.", "ACCUSE", "GHA", "TGO"),
    # the body that the sentence before told of
    ("Troops of the NATO-led mission KFOR were hurt in Kosovo on Monday. Its commander, Major General Ann "
     "Marsh, condemned Serbia.", "ACCUSE", "IGO", "SRB"),
    ("The United Nations mission in Congo, MONUSCO, opened a base in Goma. Its head, Ann Marsh, urged the "
     "rebels to withdraw.", "REQUEST", "UNO", "COD"),
    # bodies of the European Union by their short names
    ("EU leaders met on Friday. Hungary said the money was late. A Commission spokesman accused Hungary of "
     "blackmail.", "ACCUSE", "EUR", "HUN"),
    ("EU leaders met on Friday. Georgia did not answer. The foreign policy chief accused Georgia of blackmail.",
     "ACCUSE", "EUR", "GEO"),
    ("The European Union praised Nigeria. The Independent National Electoral Commission spoke in Abuja. The "
     "Commission accused the Nigerian opposition of fraud.", "ACCUSE", "NGA", "NGA"),
    # a nuncio is of the Holy See
    ("Nicaragua expelled the nuncio, Marco Bellini, on Sunday.", "SANCTION", "NIC", "VAT"),
    # who is only spoken of in what is asked, offered or threatened
    ("Togo jailed Ghana's envoy, Kofi Mensah. Ghana's minister demanded his return within a week.",
     "REQUEST", "GHA", "TGO"),
    ("Mali's president came to Accra and asked that sanctions on Togo be lifted.", "REQUEST", "MLI", "GHA"),
    ("Benin accused Togo of lying and offered to send observers of the African Union instead. The minister of "
     "Ghana agreed to send an inspector.", "AGREE", "GHA", None),
    ("Benin spoke. Ghana and Mali promised to send Togolese officers home this week.", "AGREE", "GHA MLI", "TGO"),
    ("Ghana struck Togo. Ghana threatened to close its embassy if the raid drove Ivorians into its north.",
     "THREATEN", "GHA", "TGO"),
    # a guest, and an envoy who is received, are of another country
    ("Togo's Paul Moll met the Ghanaian president, Kofi Mensah, in Lome. He asked his guest to leave.",
     "REQUEST", "TGO", "GHA"),
    ("Togo and Ghana quarrelled. Togo spoke first. Ghana declined to receive a special envoy.",
     "REJECT", "GHA", "TGO"),
    # whom a name means that several have; watchdogs of states and of the world
    ("Mozambique's president spoke. The gunmen of al-Shabaab attacked Cabo Delgado.",
     "ASSAULT", "MOZ", "MOZ"),
    ("Somali troops killed ten al-Shabaab fighters near Mogadishu.", "ASSAULT", "SOM", "SOM"),
    ("Turkish jets struck Iraq. The People's Defense Forces, whom the PKK leads, shelled Turkish soldiers.",
     "ASSAULT", "TUR", "TUR"),
    ("Japan waited. A deputy of the ruling Liberal Democratic Party asked South Korea for money.",
     "REQUEST", "JPN", "KOR"),
    ("The nuclear watchdog accused Iran of hiding a tunnel.", "ACCUSE", "UNO", "IRN"),
    ("The global chemical weapons watchdog accused Syria of using gas.", "ACCUSE", "IGO", "SYR"),
    ("South African miners were hurt in Pretoria. The police watchdog accused the officers of beatings.",
     "ACCUSE", "ZAF", "ZAF"),
    # two offices, each with its name
    ("Mali and Ghana met. Togo's president, Paul Moll, and his Beninese counterpart, Ivo Sand, accused Ghana. "
     "Ivo Sand accused Mali of theft.", "ACCUSE", "BEN", "MLI"),
    # Serbs who are local
    ("Kosovo's premier spoke. Serbia did not. Local Serbs attacked a Kosovo policeman.", "ASSAULT", "XKX", "XKX"),
    # the state in which an embassy is opened
    ("Next year Peru will reopen its embassy in Lome.", "AGREE", "PER", "TGO"),
    # no state expels its own envoys
    ("Five countries expelled Togolese diplomats on Monday.", "SANCTION", "", "TGO"),
    # a round of talks
    ("Togo began a new round of talks with Benin on Friday.", "CONSULT", "BEN TGO", ""),
    ("Togo's Paul Moll flew to Accra. Ghana's Ivo Sand told Togo to pay. He asked his host, Kofi Mensah of Mali, "
     "to leave.", "REQUEST", "GHA", "MLI"),
    # who says what a deed is has not done it
    ("Ghanaian jets struck a Togolese camp on Monday. Mali denounced the raid, which Togo called an act of war.",
     "ACCUSE", "MLI", "GHA"),
    # of whom the sentence before told
    ("The foreign ministry in Lome summoned Ghana's envoy, Kofi Mensah. The diplomat rejected the charge.",
     "REJECT", "GHA", "TGO"),
    ("A Ghanaian court charged two Togolese. The men deny the charges.", "REJECT", "TGO", "GHA"),
    ("Ghana held a vote on Sunday. Observers from the African Union praised it.", "SUPPORT", "IGO", "GHA"),
    ("Togo's coast guard rammed a Ghanaian trawler. Its captain accused the Togolese of piracy.",
     "ACCUSE", "GHA", "TGO"),
    # with whom one travels to talk
    ("Malian envoy Kofi Mensah will fly to Djibouti on Friday for talks with the African Union.",
     "AGREE", "MLI", "DJI IGO"),
    # "who" behind a name and an office
    ("Kofi Mensah, Ghana's president, who telephoned Paul Moll of Togo on Monday, offered the help of his army.",
     "CONSULT", "GHA TGO", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "type_", "actors", "recipients"), TOLD, ids=lambda x: x and x[-30:]
)
def test_who_acts_on_whom(
    coder: Coder, text: str, type_: str, actors: str | None, recipients: str | None
) -> None:
    found = [
        x for x in coder.code(Story(text=text, published="2024-03-05")).events if x.type == type_
    ]
    assert found, text
    wanted = [actors, recipients]
    sides = [
        [" ".join(sorted({party.country for party in side})) for side in (x.actors, x.recipients)]
        for x in found
    ]
    told = [[w if w is None else s for s, w in zip(side, wanted, strict=True)] for side in sides]
    assert wanted in told, sides
