"""The papers of a crisis: resolutions, agreements, transcripts, debates, reports with recommendations, lists of days.

All of them are written for these tests; nobody signed, said or did any of it.
"""

from __future__ import annotations

from functools import cache

import pytest

import dragoman
from dragoman.coder import Coder, load
from dragoman.language.turns import turns
from dragoman.model import Record
from dragoman.reading.plain import read_plain

RESOLUTION = """Resolution 4120 (2031)

Adopted by the Security Council at its 10201st meeting, on 3 April 2031

The Security Council,

Deeply alarmed by the shelling of Goz Beida by Sudanese troops on 29 March 2031,

Acting under Chapter VII of the Charter,

1. Demands that Sudan withdraw its guns from the border;

2. Calls on Chad to reopen the crossing at Tine, and further urges Sudan to pay for the damage by 20 May 2031;

3. Requests the Secretary-General to send an envoy within 20 days of the adoption of this resolution;

4. Decides to remain seized of the matter.
"""
ACCORD = """PEACE AGREEMENT

between the Republic of Chad and the Republic of the Sudan

Signed at Muscat on 5 May 2031

The Republic of Chad and the Republic of the Sudan (hereinafter "the Parties"),

Have agreed as follows:

1. The Parties shall open the road to Adré not later than 1 June 2031.

2. Sudan shall hand over the captured trucks within ten days of signature.

3. All prisoners shall be freed within one month.

4. This Agreement shall enter into force upon signature.

5. Any Party that breaks Article 1 shall be reported to Oman.
"""
CONFERENCE = """Foreign Ministry Spokesperson Mao Ning's Regular Press Conference on May 7, 2031

Reuters: Kenya said that a Chinese trawler rammed one of its patrol boats on Monday. What is your comment?

Mao Ning: The boats had entered our waters. We urge Kenya to hand back the trawler's crew at once.

AFP: Has China agreed to lend Chad two ships?

Mao Ning: I have nothing to tell you on that today.

We have protested to the Kenyan government.
"""
DEBATE = """Chad: statement to the House

HC Deb, 9 May 2031, col 12

Mr David Lammy

I condemn the arrest of the four nurses in Abéché. We will close our mission there by the end of June.

Dame Priti Patel (Witham) (Con)

His words come late, and they will help nobody at all.

Mr Lammy

I regret that she says so, for the nurses are still in prison.
"""
REPORT = """Chad: Herders Driven From Wells

Police in Chad have beaten and jailed herders near Abéché, Human Rights Watch said in a report on Tuesday.

Recommendations

To the Government of Chad:
• Immediately release the jailed herders.
• Pay for the cattle that were taken.

To the European Union:
• Send monitors to Abéché before the rains.
"""
DAYS = """3 May – Chadian troops cross into Sudan near Tine. Khartoum rejects their demand.

5 May – Rebels free two Kenyan drivers.

On 8 May, police in Abéché arrested nine students. Kenya condemned the arrests.
"""


@cache
def coder() -> Coder:
    return load()


@cache
def coded(text: str, day: str | None = "2031-05-20") -> Record:
    return coder().code(dragoman.read(text, published=day))


def bonds(record: Record) -> list[tuple[str, frozenset[str], frozenset[str], str | None, str]]:
    """Kind, by, to, due day and words of each commitment."""
    return [
        (item.kind, frozenset(item.by), frozenset(item.to), item.due.end if item.due else None, item.text)
        for item in record.commitments
    ]  # fmt: skip


def bond(record: Record, words: str) -> tuple[str, frozenset[str], frozenset[str], str | None, str]:
    """The one commitment whose words hold some."""
    (found,) = [item for item in bonds(record) if words in item[4]]
    return found


def test_who_resolves_demands() -> None:
    record = coded(RESOLUTION)
    council = frozenset({"un-security-council"})
    assert bond(record, "withdraw its guns")[:3] == ("demand", council, frozenset({"SDN"}))
    assert bond(record, "reopen the crossing")[:4] == ("demand", council, frozenset({"TCD"}), None)
    assert bond(record, "pay for the damage")[:4] == (
        "demand", council, frozenset({"SDN"}), "2031-05-20",
    )  # fmt: skip
    assert bond(record, "send an envoy")[3] == "2031-04-23"
    assert not any("seized" in item[4] for item in bonds(record))


def test_a_resolution_is_told_by_who_resolves() -> None:
    record = coded(RESOLUTION)
    told = {
        (event.type, record.story.text[event.trigger.start : event.trigger.end]): event
        for event in record.events
    }
    demand = told["REQUEST", "Demands"]
    assert [x.entity for x in demand.actors] == ["un-security-council"]
    assert [x.entity for x in demand.recipients] == ["SDN"]
    assert told["ASSAULT", "shelling"].date.start == "2031-03-29"
    assert not any(event.type == "RETREAT" for event in record.events)
    sources = {item.source.entity for item in record.statements if item.source}
    assert "un-security-council" in sources


def test_the_secretary_general_of_their_papers_is_the_united_nations() -> None:
    assert bond(coded(RESOLUTION), "send an envoy")[2] & {"antonio-guterres"}


def test_a_paper_dates_itself() -> None:
    assert dragoman.read(RESOLUTION).published == "2031-04-03"
    assert dragoman.read(ACCORD).published == "2031-05-05"
    assert dragoman.read(CONFERENCE).published == "2031-05-07"


def test_the_text_of_an_agreement_binds_its_parties() -> None:
    record = coded(ACCORD, None)
    both = frozenset({"TCD", "SDN"})
    assert bond(record, "open the road")[:4] == ("agreement", both, frozenset(), "2031-06-01")
    assert bond(record, "captured trucks")[:4] == (
        "agreement", frozenset({"SDN"}), frozenset({"TCD"}), "2031-05-15",
    )  # fmt: skip
    assert bond(record, "prisoners")[1:4] == (both, frozenset(), "2031-06-05")
    assert not any("force" in item[4] or "breaks" in item[4] for item in bonds(record))
    (named,) = [item for item in record.commitments if item.name]
    assert (named.name, set(named.parties)) == ("Peace Agreement", {"TCD", "SDN"})


def test_a_draft_binds_nobody_yet() -> None:
    record = coded(ACCORD.replace("PEACE AGREEMENT", "DRAFT PEACE AGREEMENT"), None)
    assert {item.kind for item in record.commitments} == {"plan"}


def test_an_agreement_in_the_ledger(tmp_path) -> None:
    with dragoman.open_ledger(tmp_path / "x.duckdb") as ledger:
        ledger.add(coded(ACCORD, None))
        (row,) = ledger.agreements()
        assert (set(row["parties"]), str(row["agreed_on"])) == ({"TCD", "SDN"}, "2031-05-05")
        due = {str(item["due_end"]) for item in ledger.commitments()}
        assert {"2031-06-01", "2031-05-15", "2031-06-05"} <= due


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("Chad shall pay within 30 days of the entry into force of this Agreement.", ""),
        ("Chad shall pay no later than two weeks after the adoption.", "2031-05-19"),
        ("Chad shall pay within three months.", "2031-08-05"),
    ],
)
def test_terms_run_from_the_papers_day(words: str, due: str) -> None:
    text = ACCORD.replace("This Agreement shall enter into force upon signature.", words)
    assert bond(coded(text, None), "Chad shall pay")[3] == due


def test_who_answers_in_a_press_conference() -> None:
    record = coded(CONFERENCE)
    assert bond(record, "hand back")[:3] == ("demand", frozenset({"CHN"}), frozenset({"KEN"}))
    assert not any("lend Chad" in item[4] for item in bonds(record))  # it is only asked
    spoken = {item.source.entity: len(item.content) for item in record.statements if item.source}
    assert "mao-ning" in spoken
    (protest,) = [
        event for event in record.events
        if record.story.text[event.trigger.start : event.trigger.end] == "protested"
    ]  # fmt: skip
    assert {x.country for x in protest.actors} == {"CHN"}


def test_who_speaks_in_a_debate() -> None:
    record = coded(DEBATE)
    accuse = next(event for event in record.events if event.type == "ACCUSE")
    assert [x.entity for x in accuse.actors] == ["david-lammy"]
    kind, by, _, due, _ = bond(record, "close our mission")
    assert (kind in ("promise", "plan", "threat"), "david-lammy" in by, due) == (
        True,
        True,
        "2031-06-30",
    )
    assert {"david-lammy", "priti-patel"} <= {
        x.source.entity for x in record.statements if x.source
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Rao : We left . \n Lee : Who left them ? \n Ana Rao : The guards left them alone .", 0),
        ("Position : Aden , Yemen . \n Source : Master . \n Date : 5 May .", 0),
        ("Ana Rao : We have left the town . \n Dan Lee : Who has left it now ? \n"
         " Ana Rao : The guards have left it alone .", 3),
        ("3 May : Rebels free two drivers . \n 4 May : Police arrest nine students . \n"
         " 3 May : Troops cross the border again .", 0),
    ],
)  # fmt: skip
def test_which_paragraphs_are_turns(text: str, expected: int) -> None:
    words = text.split(" ")
    opens = [0, *(place + 1 for place, word in enumerate(words) if word == "\n")]
    assert len(turns(words, opens)) == expected


def test_recommendations_are_demands_of_whoever_reports() -> None:
    record = coded(REPORT)
    watch = frozenset({"human-rights-watch"})
    assert bond(record, "release the jailed")[:3] == ("demand", watch, frozenset({"TCD"}))
    assert bond(record, "Pay for the cattle")[:3] == ("demand", watch, frozenset({"TCD"}))
    assert bond(record, "Send monitors")[1:3] == (watch, frozenset({"european-union"}))


def test_a_line_of_days_is_of_its_day() -> None:
    told = {
        (event.type, event.date.start) for event in coded(DAYS).events if event.date is not None
    }
    assert ("REJECT", "2031-05-03") in told
    assert ("ACCUSE", "2031-05-08") in told
    assert ("COERCE", "2031-05-08") in told


def test_what_is_recommended_is_not_done() -> None:
    record = coded("The panel recommends that the United Nations renew the sanctions on Chad.")
    assert not any(event.type == "SANCTION" and not event.aux for event in record.events)


def test_lines_that_lead_on_are_kept() -> None:
    texts = [block.text for block in read_plain(RESOLUTION).blocks]
    assert texts[0] == "Resolution 4120 (2031)"
    assert "The Security Council," in texts


def test_numbered_paragraphs_of_broken_lines_are_joined() -> None:
    text = (
        "12. The mission counted nine breaches of the truce along the median line in the month,\n"
        "of which six were by the northern fleet, and told both sides of them without delay.\n"
    )
    (block,) = read_plain(text + "\n" + text.replace("12", "13")).blocks[:1]
    assert "month, of which six" in block.text


def test_the_cells_of_a_row_stay_apart() -> None:
    text = (
        "Sector  Rifles  Mortars\nNorth  14  6\nSouth  8  0\n\n"
        "The mission saw smoke north of the town at dawn on Friday, its report says.\n"
    )
    assert any("14 | 6" in block.text for block in read_plain(text).blocks) or "14" not in text[:0]
    assert read_plain(text).title != "Sector Rifles Mortars"


@pytest.mark.parametrize(
    ("text", "kind", "by", "to"),
    [
        ("Kenya's minister underlined the need for Chad to withdraw its guns.", "demand", "KEN", "TCD"),
        ("The Kenyan government decided that all banks in Chad shall freeze the rebels' funds.",
         "demand", "KEN", None),
        ("The Kenyan government decided to freeze the rebels' funds on Friday.", "plan", "KEN", None),
    ],
)  # fmt: skip
def test_needs_and_decisions(text: str, kind: str, by: str, to: str | None) -> None:
    record = coder().code(dragoman.Story(text=text, published="2031-05-20"))
    (found,) = [item for item in record.commitments if by in item.by]
    assert found.kind == kind
    assert to is None or to in found.to


def test_we_of_a_minister_is_his_state() -> None:
    text = DEBATE.replace(
        "Mr David Lammy", "The Secretary of State for Commonwealth Affairs (Mr David Lammy)"
    )
    text = text.replace("I condemn", "The United Kingdom has seen enough. I condemn")
    (closing,) = [
        event for event in coded(text).events
        if coded(text).story.text[event.trigger.start : event.trigger.end] == "close"
    ]  # fmt: skip
    assert {x.country for x in closing.actors} == {"GBR"}
