"""Texts that are no agency copy: no capitals, posts, tickers, reports from the field, lost marks.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import informal
from dragoman.coder import Coder, load
from dragoman.informal import posts, shorthand
from dragoman.informal.casing import lines_without
from dragoman.informal.rewritten import Edit, rewrite
from dragoman.model import JsonType, Record, Story
from dragoman.reading import read

DAY = "2025-03-18"  # a Tuesday


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def plain(coder: Coder, text: str) -> str | None:
    made = informal.in_plain_words(Story(text=text, published=DAY), coder.parse, coder.lexicon)
    return None if made is None else made.text.rstrip()


READ = [
    # without capitals
    ("chad's army shelled a rebel camp near abeche on sunday, the un said.",
     "Chad's Army shelled a rebel camp near Abeche on Sunday, the UN said."),
    ("she told us that the us envoy may leave in may", "She told us that the US Envoy may leave in May"),
    ("abdel fattah al-burhan met the rsf in jeddah. i saw him", "Abdel Fattah al-Burhan met the RSF in Jeddah. I saw him"),
    ("kenya shuts border with somalia\n\nKenya shut its border with Somalia on Monday.",
     "Kenya shuts border with Somalia\n\nKenya shut its border with Somalia on Monday."),
    # posts
    ("BREAKING 🚨 #SouthSudan's army shells #Malakal, @UN says 🇸🇸 1/4", "South Sudan's army shells Malakal, UN says"),
    ("#Peru and #Chile sign a border pact #Andes #news https://example.org/a", "Peru and Chile sign a border pact"),
    ("talks with #Oman #peace", "talks with Oman"),
    ("🇷🇺 shells Kharkiv after 🇺🇦 raid on a depot", "Russia shells Kharkiv after Ukraine raid on a depot"),
    ("Talks between 🇵🇪 and 🇨🇱 go on in Lima. Peru 🇵🇪 is hopeful", "Talks between Peru and Chile go on in Lima. Peru is hopeful"),
    ("Mali met the 🇯🇴 FM in Oslo", "Mali met the Jordan foreign minister in Oslo"),
    ("RT @MFA_Ghana: Ghana condemns the raid", "Ghana's foreign ministry: Ghana condemns the raid"),
    ("Chad thanks @EmmanuelMacron and @SecMoll for help", "Chad thanks Emmanuel Macron and Secretary Moll for help"),
    ("Thread on Gao 🧵 1/ The army left. 2/ The rebels came, says @UNOCHA #Mali", "Thread on Gao. The army left. The rebels came, says OCHA"),
    ("2/5 The army left Gao 😔 The rebels took it", "The army left Gao. The rebels took it"),
    ("Chad's army left Gao.\n\n➡️ @gao_now", "Chad's army left Gao."),
    # tickers
    ("14:05 GMT — Chad closes its border\n[15.30] Sudan protests\n3h ago Togo offers to mediate",
     "Chad closes its border\nSudan protests\nTogo offers to mediate"),
    # reports from the field
    ("SITREP 021830Z MAR 25. Rebels shelled Gao o/n: 2 x KIA, 11 WIA.", "On 2 March 2025, Rebels shelled Gao overnight: 2 killed, 11 wounded."),
    ("Raid nr Gao at 200100Z. UKR MFA spox denied it.", "Raid near Gao on 20 February 2025. Ukraine foreign ministry spokesperson denied it."),
    # marks
    ("Mali s president left and they don?t know why.", "Mali's president left and they don't know why."),
    # lines
    ("The towns that had been told to lay down their arms by the general Ab-\ndou were given until noon to do so and to let the lor-\nries pass",
     "The towns that had been told to lay down their arms by the general Abdou were given until noon to do so and to let the lorries pass"),
    ("— We shall stay, said Mali's envoy Awa Diallo.", "“We shall stay,” said Mali's envoy Awa Diallo."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_is_read_as(coder: Coder, text: str, expected: str) -> None:
    assert plain(coder, text) == expected


LEFT = [
    "Chad's army shelled a rebel camp near Abeche on Sunday, the UN said.",
    "UN says aid to Chad was cut by half",
    "A dam, a river and a vote that nobody wants",
    "It told the towns:\n- to lay down arms\n- to let lorries pass and to open the road\n",
    "Write to desk@example.org about the #1 story of 9/11.",
    "Prices rose 3.45 per cent.\n10.30 metres of wall fell.",
    "Does Mali want peace? So it says – a rebel answered that it does not.",
    "The Kia plant in Žilina built a car with 4 x 4 drive; Malcolm X spoke there.",
    "She holds an MFA in dance, and the FM read the budget.",
]


@pytest.mark.parametrize("text", LEFT)
def test_is_left_as_it_stands(coder: Coder, text: str) -> None:
    assert plain(coder, text) is None


def test_every_short_form_keeps_its_examples(coder: Coder) -> None:
    def told(text: str) -> str:
        found = [
            *(posts.edits(text, coder.lexicon) if posts.is_post(text) else ()),
            *(shorthand.edits(text, coder.lexicon, DAY) if shorthand.is_short(text) else ()),
        ]
        return rewrite(text, found).text

    for short in shorthand.forms().values():
        assert short.words.lower() in told(short.example).lower() != short.example.lower(), short
        assert told(short.not_example) == short.not_example, short


def test_every_account_is_somebody(coder: Coder) -> None:
    for account, name in posts.accounts().items():
        found = coder.resolve(name, date=DAY)
        assert found is not None and found.country, account


def test_a_line_that_goes_on_a_sentence_is_none_without_capitals() -> None:
    text = "The envoy of the ministry told all of the reporters in town\nthat it was over for the time being\n"
    assert lines_without(text) == []
    assert lines_without(text.lower()) == [(0, len(text) - 1)]


@settings(max_examples=150, deadline=None)
@given(
    st.text(min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.text(max_size=6)), max_size=6),
)
def test_ranges_lead_back(text: str, wanted: list[tuple[int, int, str]]) -> None:
    edits = [Edit(min(a, len(text)), min(a + n, len(text)), words) for a, n, words in wanted]
    made = rewrite(text, edits)
    assert len(made.starts) == len(made.ends) == len(made.text)
    for start in range(len(made.text) + 1):
        for end in range(start, len(made.text) + 1):
            first, last = made.back(start, end)
            assert 0 <= first <= last <= len(text)
    assert rewrite(text, []).text == text


def quotations(value: Any) -> Iterator[tuple[str, int, int]]:
    """Every quotation of a record with its range."""
    if isinstance(value, tuple):
        for item in value:
            yield from quotations(item)
    elif isinstance(value, JsonType):
        start, end = getattr(value, "start", None), getattr(value, "end", None)
        words = getattr(value, "text", None)
        if isinstance(start, int) and isinstance(end, int) and isinstance(words, str):
            yield words, start, end
        for name in value.__dataclass_fields__:
            yield from quotations(getattr(value, name))


def told(record: Record) -> set[tuple[str, str, str]]:
    """Type, countries that act and countries acted on, of every event."""
    return {
        (
            event.type,
            "+".join(sorted({x.country for x in event.actors})),
            "+".join(sorted({x.country for x in event.recipients})),
        )
        for event in record.events
    }


TOLD = [
    ("kenyan troops killed three somali gunmen near garissa on sunday. somalia's president hassan sheikh mohamud"
     " demanded an inquiry and said that nairobi must apologise by friday.",
     {("ASSAULT", "KEN", "SOM"), ("REQUEST", "SOM", "KEN")}),
    ("JUST IN: 🇵🇪 shells a post of 🇨🇱 near #Tacna // Chile's FM: \"We reject it\" #LatAm @radio_sur",
     {("ASSAULT", "PER", "CHL")}),
    ("#Kenya|n army shelled #AlShabaab camp nr Garissa 🔥🔥 @KDFInfo says", {("ASSAULT", "KEN", "SOM")}),
    ("+++ 11:02 Ghana meets Togo in Accra +++ 11:20 Chad accuses Libya of shelling a post +++ 11:45 Libya rejects the claim",
     {("ACCUSE", "TCD", "LBY"), ("REJECT", "LBY", "TCD")}),
    ("SITREP 161830Z. KEN forces shelled al-Shabaab posn nr Garissa o/n, 4 x KIA.", {("ASSAULT", "KEN", "SOM")}),
    ("Mali s army arrested a French trader in Gao on Sunday Paris demanded his release", {("REQUEST", "FRA", "MLI")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_tells_in_the_words_of_the_story(
    coder: Coder, text: str, expected: set[tuple[str, str, str]]
) -> None:
    story = read(text.encode(), published=DAY)
    record = coder.code(story)
    assert expected <= told(record)
    assert record.story.text == story.text and record.story.id == story.id
    for words, start, end in quotations(
        (record.entities, record.events, record.statements, record.commitments)
    ):
        assert words == story.text[start:end]
    for event in record.events:
        assert story.text[event.trigger.start : event.trigger.end].strip()
        assert event.date is None or event.date.text in story.text


def test_missing_capitals_are_noted(coder: Coder) -> None:
    lower = coder.code(Story(text="chad shelled a village in libya on sunday.", published=DAY))
    assert [note.code for note in lower.story.notes] == ["capitals"]
    assert lower.events[0].date is not None and lower.events[0].date.text == "on sunday"
    usual = coder.code(Story(text="Chad shelled a village in Libya on Sunday.", published=DAY))
    assert usual.story.notes == ()
    assert [event.trigger for event in usual.events] == [event.trigger for event in lower.events]


LINES = [
    ("14:05 Chad closes its border with Sudan\n14:30 Togo offers to mediate between the two\n", 2),
    ("1/3 Chad closed its border with Sudan on Monday\n2/3 Togo offers to mediate between both\n", 2),
    ("🟢 Chad closed its border with Sudan today\n🟢 Togo offers to mediate between both sides\n", 2),
    ("+++ Chad closes its border +++ Togo offers to mediate +++", 2),
    ("— We shall stay, said the envoy of Chad.\n— Then we shall fight, the envoy of Togo said.", 2),
    ("The envoy of the Chadian presi-\ndency said that nothing was set-\ntled.", 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "count"), LINES)
def test_lines_are_entries(text: str, count: int) -> None:
    assert len(read(text.encode()).text.split("\n\n")) == count


def test_letters_printed_as_one_and_parted_names() -> None:
    text = "The o\ufb03ce of Colonel Omar al-\nAmin de\ufb01ned the truce for the towns of the nor-\nth."
    assert (
        read(text.encode()).text
        == "The office of Colonel Omar al-Amin defined the truce for the towns of the north."
    )


def test_time_zones_are_no_french() -> None:
    text = "06:10 EST: Haitian police kill a man in Port-au-Prince. 07:20 EST: Togo suspends flights. 08:00 EST: Mali leaves."
    assert read(text.encode()).language == "en"
