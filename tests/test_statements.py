"""Statements, claims and commitments of short stories; the stories are plain text beside this file."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

import dragoman
from dragoman.coder import Options
from dragoman.coding.drafts import Draft
from dragoman.coding.quotes import find_quotations
from dragoman.coding.strays import brought_home
from dragoman.coding.tokens import pieces_of
from dragoman.model import Record, Span, Statement, Story

STORIES = Path(__file__).parent / "data" / "speech" / "stories.txt"
QUESTIONS = ("said", "inner", "claim", "bond", "never")


@dataclass
class Case:
    """One story and the lines that say what must be found."""

    name: str
    lines: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def cases() -> list[Case]:
    found: list[Case] = []
    for line in STORIES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("== "):
            found.append(Case(line[3:]))
            continue
        half, rest = "both", line
        if line.startswith("["):
            half, rest = line[1:].split("] ", 1)
        word, _, cells = rest.partition(" ")
        if word in QUESTIONS and found:
            asked = tuple(cell.strip() for cell in cells.split("|"))
            found[-1].asked.append((half, word, asked))
        elif found:
            found[-1].lines.append(line)
    return found


@cache
def coder(half: str) -> dragoman.Coder:
    return dragoman.load(options=Options(models=half == "models"))


@cache
def coded(half: str, text: str) -> Record:
    return coder(half).code(Story(text=text, published="2021-12-23"))


def names(record: Record, ids: tuple[str, ...]) -> str:
    found = [record.entity(key) for key in ids]
    return " ".join(f"{item.name} {item.country}" for item in found if item)


def spoken(record: Record, statement: Statement) -> str:
    source = statement.source
    if source is None:
        return ""
    known = (source.entity,) if source.entity else ()
    return f"{source.text} {names(record, known)} {names(record, source.speaks_for)}"


def content(record: Record, statement: Statement) -> str:
    return " // ".join(record.story.text[p.start : p.end] for p in statement.content)


def holds(text: str, asked: str) -> bool:
    return asked == "*" or asked.lower() in text.lower()


def is_said(record: Record, asked: tuple[str, ...]) -> bool:
    speaker, cue, words, act, kind = asked
    return any(
        holds(spoken(record, item), speaker)
        and holds(record.story.text[item.cue.start : item.cue.end] if item.cue else "", cue)
        and holds(content(record, item), words)
        and act in (item.act, "*")
        and kind in (item.kind, "*")
        for item in record.statements
    )


def is_inner(record: Record, asked: tuple[str, ...]) -> bool:
    speaker, outer = asked
    parents = {item.id: item for item in record.statements}
    return any(
        item.parent is not None
        and holds(spoken(record, item), speaker)
        and holds(spoken(record, parents[item.parent]), outer)
        for item in record.statements
    )


def is_contested(record: Record, asked: tuple[str, ...]) -> bool:
    by, denied, words = asked
    return any(
        item.contested
        and holds(names(record, item.asserted_by), by)
        and holds(names(record, item.denied_by), denied)
        and holds(item.text, words)
        for item in record.claims
    )


def is_bound(record: Record, asked: tuple[str, ...]) -> bool:
    kind, by, to, words, status = asked
    return any(
        item.kind == kind
        and holds(names(record, item.by), by)
        and holds(names(record, item.to), to)
        and holds(item.text, words)
        and item.status == status
        for item in record.commitments
    )


def is_found(record: Record, word: str, asked: tuple[str, ...]) -> bool:
    if word == "never":
        return not any(holds(content(record, item), asked[0]) for item in record.statements)
    if word == "inner":
        return is_inner(record, asked)
    return {"said": is_said, "claim": is_contested, "bond": is_bound}[word](record, asked)


def shown(record: Record) -> str:
    """What was found, for the message of a test that fails."""
    lines = [
        f"said {spoken(record, s)} | {content(record, s)} | {s.act} | {s.kind}"
        for s in record.statements
    ]
    lines += [
        f"claim {names(record, c.asserted_by)} | {names(record, c.denied_by)} | {c.text}"
        for c in record.claims
    ]
    lines += [
        f"bond {k.kind} | {names(record, k.by)} | {names(record, k.to)} | {k.text} | {k.status}"
        for k in record.commitments
    ]
    return "\n".join(lines)


ASKED = [
    pytest.param(half, case.text, word, asked, id=f"{half}-{case.name}-{word}-{number}")
    for case in cases()
    for number, (only, word, asked) in enumerate(case.asked)
    for half in ("rules", "models")
    if only in (half, "both")
]


@pytest.mark.parametrize(("half", "text", "word", "asked"), ASKED)
def test_story(half: str, text: str, word: str, asked: tuple[str, ...]) -> None:
    record = coded(half, text)
    assert is_found(record, word, asked), shown(record)


@pytest.mark.parametrize("half", ["rules", "models"])
def test_every_span_holds_its_words(half: str) -> None:
    for case in cases():
        record = coded(half, case.text)
        size = len(record.story.text)
        known = {item.id for item in record.statements}
        entities = {item.id for item in record.entities}
        for item in record.statements:
            assert item.content
            assert all(0 <= p.start < p.end <= size for p in item.content)
            assert item.parent is None or item.parent in known - {item.id}
            if item.source is not None and item.source.start is not None:
                words = record.story.text[item.source.start : item.source.end]
                assert words == item.source.text
            if item.source is not None and item.source.entity is not None:
                assert item.source.entity in entities
        for claim in record.claims:
            assert set(claim.asserted_by + claim.denied_by + claim.reported_by) <= entities
            assert claim.contested == bool(claim.asserted_by and claim.denied_by)
            assert set(claim.statements) <= known
        for bond in record.commitments:
            assert set(bond.by + bond.to + bond.parties) <= entities
            assert record.story.text[bond.start : bond.end] == bond.text
            assert bond.history and bond.history[0].status


def test_no_chain_of_parents_comes_back_to_itself() -> None:
    for case in cases():
        parents = {item.id: item.parent for item in coded("models", case.text).statements}
        for start in parents:
            seen, at = set(), start
            while at is not None:
                assert at not in seen
                seen.add(at)
                at = parents[at]


def test_the_same_story_gives_the_same_bytes() -> None:
    text = cases()[0].text
    one, two = (coder("models").code(Story(text=text)).to_dict() for _ in range(2))
    assert one == two


@pytest.mark.parametrize("half", ["rules", "models"])
def test_who_is_asked_does_not_ask(half: str) -> None:
    record = coded(half, "Asked whether the port would reopen, Ana Kovac said no day was named.")
    asked = next(s for s in record.statements if "port" in content(record, s))
    assert (spoken(record, asked).strip(), asked.addressee) == ("", "Ana Kovac")


@pytest.mark.parametrize(
    ("text", "parts", "expected"),
    [
        ("Kovac scolded him: “You left the gate open.”", ["him", "You left the gate open."], 1),
        ("Kovac tweeted that, “for once,” it rained.", ["that", "for once"], 1),
        ("Kovac hailed the plan.\n\n“We drew it.”", ["the plan", "We drew it."], 2),
    ],
)
def test_what_a_quotation_goes_with(text: str, parts: list[str], expected: int) -> None:
    doc = coder("models").parse(text)
    content = [Span(text.index(part), text.index(part) + len(part)) for part in parts]
    draft = Draft(None, [1], [0], 0, content)
    quotations = find_quotations(text, Story(text=text).paragraphs)
    found = brought_home(doc, text, [draft], quotations)
    assert len(found) == expected
    assert [doc[i].text for i in draft.addressee] == (["him"] if "him" in parts else [])
    assert sum(len(item.content) for item in found) == (1 if "him" in parts else 2)


def test_what_is_said_beside_a_denial_is_not_denied() -> None:
    text = (
        "Chad’s Defence Ministry denied the accusation and said Sudanese gunners had shelled the"
        " village of Am Sirra, killing at least three people and wounding eleven."
    )
    found = dragoman.load().code(Story(text=text)).statements
    assert [text[s.cue.start : s.cue.end] for s in found if s.cue] == ["denied", "said"]
    assert text[found[0].content[0].start : found[0].content[-1].end] == "the accusation"


def test_what_nobody_claimed_is_not_what_the_police_said() -> None:
    text = (
        "A bomber blew himself up in Kabul, killing at least 14 people, police said. No group claimed"
        " responsibility."
    )
    (said, *_) = dragoman.load().code(Story(text=text)).statements
    assert [text[piece.start : piece.end] for piece in said.content] == [text.split(", police")[0]]


def test_who_claims_responsibility_claims_the_attack() -> None:
    text = "Boko Haram has claimed responsibility for the attack."
    (claim,) = dragoman.load().code(Story(text=text)).statements
    assert claim.source is not None
    assert (claim.act, claim.source.text) == ("claim", "Boko Haram")
    assert [text[piece.start : piece.end] for piece in claim.content] == ["the attack"]


def test_a_stretch_of_nothing_but_marks_is_no_piece() -> None:
    doc = Doc(Vocab(), ["Gates", "are", ",", "he", "open"])
    assert [doc.text[x.start : x.end] for x in pieces_of(doc, {0, 2, 4})] == ["Gates", "open"]


def test_what_is_rejected_ends_where_somebody_elses_deed_is_told():
    import dragoman

    text = "Oman rejected a Kenyan plan for a truce and Chad recalled its envoys from Muscat, officials said."
    record = dragoman.load().code(dragoman.Story(text=text, published="2026-03-02"))
    rejected = next(item for item in record.statements if item.act == "deny")
    assert [text[x.start : x.end] for x in rejected.content] == ["a Kenyan plan for a truce"]


def test_whom_a_verb_beside_the_cue_is_done_to_is_not_said():
    import dragoman

    text = "Iran's foreign ministry rejected the accusations as baseless and summoned the Hungarian ambassador."
    record = dragoman.load().code(dragoman.Story(text=text, published="2026-03-02"))
    (rejected,) = (item for item in record.statements if item.act == "deny")
    assert [text[x.start : x.end] for x in rejected.content] == ["the accusations as baseless"]


TITLES = [
    ("Haiti: a year of gangs and empty markets", ""),
    ("Kosovo unrest: Serbia calls up reservists", ""),
    ("Oman and Chad: the long way back from a feud", ""),
    ("Turkey: We will answer every shell", "Turkey"),
    ("Kremlin: Ukraine shelled the dam again", "Kremlin"),
    ("Lavrov: Russia wants no summit", "Lavrov"),
    ("UN: Sudan floods drive 90,000 from home", "UN"),
]


@pytest.mark.parametrize(("title", "speaker"), TITLES)
def test_what_a_title_is_about_does_not_speak(title: str, speaker: str) -> None:
    text = f"{title}\n\nThe army said on Monday that two bridges had been closed near the border."
    found = dragoman.load().code(Story(text=text, published="2024-03-05")).statements
    said = [s.source.text for s in found if s.source and s.content[0].start < len(title)]
    assert said == ([speaker] if speaker else [])


def test_a_bodys_members_speak_and_not_their_state() -> None:
    text = "Sudan's doctors' committee said that nine people had been shot dead in Omdurman."
    record = dragoman.load().code(Story(text=text, published="2024-03-05"))
    (said,) = record.statements
    assert said.source is not None
    assert said.source.entity != "SDN"
