"""Deeds in the forms that the syntax of news gives them: each sentence with the events that it tells, no more.

Nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder
from dragoman.model import Story
from events_help import row

#: What stands below a headline and tells of no deed.
BELOW = "\n\nThe ministry's press office was closed for the holiday."

#: Sentence → its events.
TOLD = {
    # Nobody refuses anything by leaving a harm undone, or words unsaid.
    "Malawi did not expel the Zambian attaches on Friday.": [],
    "Malawi has not imposed sanctions on Zambia.": [],
    "Malawian police did not arrest the Zambian priests on Friday.": [],
    "Malawi did not threaten Zambia with a blockade on Friday.": [],
    "Malawi did not sue Zambia over the dam on Friday.": [],
    "Malawi denied asking Zambia for fuel.": ["REJECT MWI > ZMB"],
    "Malawi denied threatening Zambia with war.": ["REJECT MWI > ZMB"],
    # A deed that is planned is one event, what the coding scheme calls it while it is to come.
    "Malawi plans to expel two Zambian attaches next week.": ["THREATEN MWI > ZMB"],
    "Malawi plans to ban a Zambian newspaper next week.": ["THREATEN MWI > ZMB"],
    "Malawi plans to withdraw its soldiers from Zambia next week.": ["CONCEDE MWI > ZMB"],
    "Malawi said it was ready to expel the Zambian envoy.": ["THREATEN MWI > ZMB"],
    "Malawi said it was ready to halt power exports to Zambia.": ["THREATEN MWI > ZMB"],
    "Malawi vowed to break off ties with Zambia.": ["THREATEN MWI > ZMB"],
    "Malawi vowed to lift the embargo on Zambia.": ["AGREE MWI > ZMB"],
    "Malawian students plan to march against Zambia next week.": ["PROTEST MWI > ZMB future"],
    # Who stands behind "by" did it, though another word stands between or "was" is left out.
    "Zambia was criticised over the dam by Malawi.": ["ACCUSE MWI > ZMB"],
    "Zambia sued over the wreck by Malawi" + BELOW: ["ACCUSE MWI > ZMB"],
    "Zambia urged to sign the charter by Malawi" + BELOW: ["REQUEST MWI > ZMB"],
    "Zambia threatened with tariffs by Malawi" + BELOW: ["THREATEN MWI > ZMB"],
    "Zambia accused of spying by Malawi" + BELOW: ["ACCUSE MWI > ZMB"],
    # A headline's infinitive is still to come.
    "Malawi to expel three Zambian attaches" + BELOW: ["SANCTION MWI > ZMB future"],
    "Malawian president to meet Zambian president" + BELOW: ["AGREE MWI+ZMB >"],
    # Both peoples before one noun.
    "The Malawian president met the Zambian and Angolan ministers on Friday.": [
        "CONSULT AGO+MWI+ZMB >"
    ],
    "Malawi deployed two thousand soldiers to the Zambian and Angolan borders.": [
        "MOBILIZE MWI > AGO+ZMB"
    ],
    # Deeds named by nouns.
    "Malawi's seizure of a Zambian barge surprised many traders.": ["COERCE MWI > ZMB"],
    "Malawi's ban on a Zambian weekly newspaper surprised many readers.": ["COERCE MWI > ZMB"],
    "Malawi's beating of three Zambian reporters surprised many readers.": ["ASSAULT MWI > ZMB"],
    "The lifting of an embargo on Zambia by Malawi surprised many traders.": ["CONCEDE MWI > ZMB"],
    "The sale of five helicopters to Zambia by Malawi surprised many.": ["COOPERATE MWI+ZMB >"],
    "Malawi's reopening of its consulate in Zambia surprised many.": ["SUPPORT MWI > ZMB"],
    # What is lifted or cancelled restricts nobody.
    "Sanctions that Malawi lifted on Zambia on Friday were in force for years.": [
        "CONCEDE MWI > ZMB"
    ],
    # Sites that are blocked, ministries that are hacked, arms that are sold, embassies that open again.
    "Malawi blocked a Zambian news site on Friday.": ["COERCE MWI > ZMB"],
    "Malawian hackers hacked the Zambian health ministry.": ["COERCE MWI > ZMB"],
    "Malawi sold five patrol vessels to Zambia on Friday.": ["COOPERATE MWI+ZMB >"],
    "Malawi reopened its embassy in Zambia on Friday.": ["SUPPORT MWI > ZMB"],
    "Malawi gave Zambia an ultimatum on Friday.": ["THREATEN MWI > ZMB"],
    # What is returned, eased or dropped, though nobody is said to do it.
    "Malawi returned two islands to Zambia on Friday.": ["RETREAT MWI > ZMB"],
    "Visa rules were eased for Zambian nurses on Friday.": ["CONCEDE  > ZMB"],
    "Malawi will withdraw its soldiers from Zambia if the vote succeeds.": ["CONCEDE MWI > ZMB future"],
    "In 1998, Malawi supplied Zambia with mortar shells.": ["AID MWI > ZMB historical"],
    # Participles that can be nothing but passive.
    "Zambia given an ultimatum by Malawi" + BELOW: ["THREATEN MWI > ZMB"],
    "Zambia was given six helicopters by Malawi.": ["AID MWI > ZMB"],
    # What somebody only might do, as the story has it, is thought of.
    "Malawi is considering sending food aid to Zambia.": ["AGREE MWI > ZMB hypothetical"],
    # Who "is said to have" done something did it, as others tell it.
    "Malawi is said to have expelled three Zambian attaches.": ["SANCTION MWI > ZMB"],
    "Malawian troops were reported to have attacked a Zambian lorry.": ["ASSAULT MWI > ZMB"],
    # What is not done, however that is said.
    "Malawi's envoy went home without expelling anybody from Zambia.": [],
    "Malawi has yet to expel the Zambian attaches.": [],
    "Malawi has yet to urge Zambia to sign the charter.": [],
    "Two Zambian attaches were not expelled by Malawi.": [],
    "Malawi's threat to sever ties with Zambia surprised many readers.": ["THREATEN MWI > ZMB"],
    "Malawi did not annex a Zambian district on Friday.": [],
    "Malawi's destruction of a Zambian bridge shocked many travellers.": ["ASSAULT MWI > ZMB"],
    "Malawian navy to rescue six Zambian divers" + BELOW: ["AGREE MWI > ZMB"],
    "Malawi will send two warships to the Zambian coast.": ["MOBILIZE MWI > ZMB future"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "right"), TOLD.items())
def test_a_deed_in_its_forms(coder: Coder, text: str, right: list[str]) -> None:
    record = coder.code(Story(text=text, published="2023-02-08"))
    assert [row(event) for event in record.events] == right


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Malawian drones confirmed hitting a Zambian fuel store on Friday.", "drone"),
        ("Malawian warplanes fell silent after bombing two Zambian hamlets.", "aerial"),
        ("The Malawian navy has ordered the seizure of a Zambian barge.", "seize"),
    ],
)
def test_the_mode_is_told_by_who_did_it(coder: Coder, text: str, mode: str) -> None:
    assert [
        event.mode for event in coder.code(Story(text=text, published="2023-02-08")).events
    ] == [mode]


def test_who_is_said_to_have_done_something_says_nothing(coder: Coder) -> None:
    record = coder.code(
        Story(text="Malawi is said to have closed its bridge.", published="2023-02-08")
    )
    assert all(item.source is None or item.source.anonymous for item in record.statements)
