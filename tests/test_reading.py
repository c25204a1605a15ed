"""Pages and texts to stories: what is cut, what is kept, and that every offset is right."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.model import Story
from dragoman.reading import furniture, page_pruning, plain, read
from dragoman.reading.blocks import Block, assemble
from dragoman.reading.datelines import agencies_in, find, spans

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
SHARED = ROOT.parent / "shared"
FURNITURE_WORDS = (
    "Also read", "Learn more", "Most Popular", "Sign up", "Subscribe", "cookies", "Log in",
    "Facebook", "41.5 C", "Photo:", "All rights", "Monday, November 23", "By Idriss", "Home",
)  # fmt: skip


def check_offsets(story: Story) -> None:
    """Paragraphs are trimmed, in order, apart, and leave out nothing but white space."""
    position, left = 0, []
    for paragraph in story.paragraphs:
        words = story.text[paragraph.start : paragraph.end]
        assert words and words == words.strip()
        left.append(story.text[position : paragraph.start])
        position = paragraph.end
    assert not "".join(left).strip()
    assert position == len(story.text)
    story.text.encode("utf-8")


def kinds(story: Story) -> list[str]:
    return [paragraph.kind for paragraph in story.paragraphs]


@pytest.mark.parametrize("rule", furniture.rules(), ids=lambda rule: f"{rule.line}-{rule.kind}")
def test_each_furniture_rule_fires_on_its_example_only(rule: furniture.Rule) -> None:
    assert rule.fires(rule.example)
    assert not rule.fires(rule.not_example)


@pytest.mark.parametrize("name", ["border_crisis.html", "border_crisis.txt"])
def test_the_example_page_loses_all_furniture(name: str) -> None:
    story = read(EXAMPLES / name)
    check_offsets(story)
    for words in FURNITURE_WORDS:
        assert words not in story.text
    assert story.title == "Sudan and Chad trade blame as border truce enters second day"
    assert story.standfirst and story.standfirst.startswith("Monitors report shelling")
    assert story.dateline == "N’DJAMENA"
    assert "TALKS PLANNED IN DOHA" in story.text
    assert story.text.endswith("The American embassy declined to comment.")
    assert "let its observers move freely.\n\n" in story.text
    assert any("Malloum" in credit for credit in story.credits)
    assert story.language == "en"


def test_page_and_text_of_the_example_give_the_same_body() -> None:
    page, text = read(EXAMPLES / "border_crisis.html"), read(EXAMPLES / "border_crisis.txt")
    assert kinds(text)[:2] == ["title", "standfirst"]
    assert text.text.endswith(page.text)
    assert page.published == "2026-03-03"
    assert page.published_basis == "metadata"
    assert page.publisher == "The Border Courier"
    assert text.published is None


def test_masthead_title_and_standfirst_of_a_text() -> None:
    story = read(
        "12.0 C\nOslo\nWednesday, 4 March 2026\n\nEnvoys leave Oslo without a text\n\n"
        "Both sides blame the mediator New round possible in May\n\n"
        "OSLO, March 2 (Reuters) - The envoys left on Monday after four days of talks, officials said.\n\n"
        "A SECOND ROUND\n\nThey may meet again in May, the mediator told reporters in the capital."
    )
    check_offsets(story)
    assert kinds(story) == ["title", "standfirst", "dateline", "text", "heading", "text"]
    assert story.title == "Envoys leave Oslo without a text"
    assert story.credits == ("Reuters",)
    assert story.dateline == "OSLO, March 2 (Reuters)"


def test_a_list_of_other_stories_in_the_middle_does_not_end_the_story() -> None:
    sentence = "The commission said on Monday that it had counted the guards at the crossing again."
    text = "\n\n".join(
        [sentence, sentence, "Related stories", "Guards counted", "Wells dry", sentence, sentence]
    )
    assert read(text).text == "\n\n".join([sentence] * 4)


def test_hard_wrapped_lines_are_joined() -> None:
    story = read(
        "The envoys of the two governments left the capital on Monday after four\n"
        "days of talks that brought no agreement on the border, the mediator and\n"
        "two diplomats said.\n\nThey may meet again in May."
    )
    assert "after four days of talks" in story.text
    assert len(story.paragraphs) == 2


def test_a_newspaper_s_columns_are_joined_and_its_words_made_whole() -> None:
    story = read(
        "THE HARBOUR GAZETTE Page 4\n\nChad ex-\npelled two envoys of\nSudan on Monday and clo-\nsed a crossing, its min-\n"
        "istry said.\n\n- 4 -\n\nSudan con-\ndemned the step.\n\nN'Djamena, 4 May 2026"
    )
    assert "GAZETTE" not in story.text and "Chad expelled two envoys of Sudan" in story.text
    assert "closed a crossing, its ministry said.\n\nSudan condemned the step." in story.text
    assert story.published == "2026-05-04"
    lines = ["Chad", "Sudan", "Envoys of both", "Guards at the wells"]
    assert [line for line in lines if line in read(chr(10).join(lines)).text.split("\n\n")] == lines


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("Chad&#8217;s envoy said &quot;no&quot; to R&amp;D&nbsp;aid.", "Chad’s envoy said \"no\" to R&D aid."),
        ("Chad &amp;#8211; the <b>host</b> &#x2013; left.<br>It came back.", "Chad – the host – left.\n\nIt came back."),
        ("Sales at A&T; rose, x<3 and 4>2 held.", "Sales at A&T; rose, x<3 and 4>2 held."),
    ],
)  # fmt: skip
def test_a_text_kept_as_a_page_s_source_is_read_as_text(told: str, text: str) -> None:
    assert read(told).text == text


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("MOSCOW – Russia said", "MOSCOW", None),
        ("KYIV, Ukraine (AP) — Troops", "KYIV, Ukraine", "AP"),
        ("NEW YORK (Reuters) - Oil fell", "NEW YORK", "Reuters"),
        ("GENEVA, March 3 (Reuters) – Talks", "GENEVA", "Reuters"),
        ("Hong Kong (CNN Business) A muddled", "Hong Kong", "CNN Business"),
        ("Indianapolis – Several thousand", "Indianapolis", None),
        ("NEW DELHI: Their dream", "NEW DELHI", None),
        ("LIMA, Peru, Jan 7, 2025 (Andes Wire) - Miners", "LIMA, Peru", "Andes Wire"),
        ("PORT SUDAN, Sudan (Nile Wire) — Shelling", "PORT SUDAN, Sudan", "Nile Wire"),
    ],
)
def test_datelines(text: str, place: str, agency: str | None) -> None:
    found = find(text)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)


@pytest.mark.parametrize(
    "text",
    ["US-backed forces left", "UN-sponsored talks failed", "Putin (69) said on Monday", "Talks – long delayed – began",
     "He said - twice - no", "The EU – all of it – agreed", "EU (European Union) — members agreed",
     "UN (the world body) — mostly", "UN (New York) The council met"],
)  # fmt: skip
def test_no_datelines(text: str) -> None:
    assert find(text) is None


def test_datelines_stand_at_the_head_of_lines() -> None:
    text = "Talks resume\n\nOSLO (AFP) - Envoys met.\nUN envoy Arno Vell (69) said - twice - that OSLO – a town – was safe."
    assert [text[first:end] for first, end in spans(text)] == ["OSLO (AFP) - "]


def test_agencies() -> None:
    assert agencies_in("Writing by A. Lim (Reuters), with inputs from AFP") == [
        "Reuters",
        "Agence France-Presse",
    ]


def test_a_body_in_several_boxes_is_read_to_its_end() -> None:
    sentence = (
        "The commission said on {} that it had counted the guards at the crossing again and again."
    )
    box = '<div class="body grid">{}</div><div class="ad-slot">Advertisement</div>'
    paragraphs = [
        f"<p>{sentence.format(day)} {sentence.format('the next day')}</p>"
        for day in ("Monday", "Tuesday", "Friday", "Sunday")
    ]
    page = f"<html><body><article>{''.join(box.format(item) for item in paragraphs)}</article></body></html>"
    story = read(page)
    assert all(day in story.text for day in ("Monday", "Tuesday", "Friday", "Sunday"))
    assert "Advertisement" not in story.text


def test_a_class_never_costs_the_story() -> None:
    sentence = (
        "<p>The commission said that it had counted the guards at the crossing again and again.</p>"
    )
    story = read(
        f'<html><body><div class="newsletter-page modal">{sentence * 5}</div></body></html>'
    )
    assert "counted the guards" in story.text
    assert page_pruning.is_furniture_class("newsletter-page")


def test_importing_the_room_is_cheap() -> None:
    code = "import sys, dragoman.reading; print([n for n in ('trafilatura', 'pyarrow', 'htmldate', 'lxml') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=8), st.sampled_from(["\n\n", "\n", "\r\n", " "]))
def test_offsets_hold_for_any_text(pieces: list[str], gap: str) -> None:
    # The dot keeps Hypothesis's words from being taken for the name of a file or a page.
    try:
        story = read(". " + gap.join(pieces) + "\n.")
    except InputError:
        return
    check_offsets(story)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(WORDS, st.sampled_from(["text", "heading", "dateline", "title"])), max_size=8
    )
)
def test_assembled_blocks_keep_their_words(pieces: list[tuple[str, str]]) -> None:
    text, paragraphs = assemble(Block(words, kind) for words, kind in pieces)
    wanted = [words.strip() for words, _ in pieces if words.strip()]
    assert [text[item.start : item.end] for item in paragraphs] == wanted


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "The guards left on Monday, said the mayor of the town.",
                "Also read: More on this",
                "Share",
                "TALKS",
                "Most read",
                "Log in",
            ]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_prose_is_never_lost_before_a_closing_list(lines: list[str]) -> None:
    body = [line for line in plain.read_plain("\n\n".join(lines)).blocks if line.kind == "text"]
    first_list = lines.index("Most read") if "Most read" in lines else len(lines)
    wanted = sum(line.startswith("The guards") for line in lines[:first_list])
    assert sum(block.text.startswith("The guards") for block in body) >= wanted


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")
def test_the_seed_page_loses_its_furniture_and_its_clock() -> None:
    story = read(next((SHARED / "seed").glob("*.txt")))
    check_offsets(story)
    assert not re.search(r"Also Read|Learn more|Most Popular|21\.1|Delhi|December 26", story.text)
    assert kinds(story).count("text") == 21 and kinds(story).count("heading") == 1
    assert kinds(story)[:3] == ["title", "standfirst", "dateline"]
    assert story.published is None
    notes = {note.code: note.message for note in story.notes}
    assert "2024-12-26" in notes["date-conflict"] and "2021" in notes["date-conflict"]
    assert "2021" in notes["year-implied"] and "Thursday" in notes["year-implied"]


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")
def test_no_word_of_a_clean_corpus_is_lost() -> None:
    from dragoman.reading.many import read_many

    path = SHARED / "corpora" / "stories" / "Guardian_SDF_sample.csv.zip"
    stories = list(read_many(path))
    assert len(stories) == 249
    assert all(isinstance(story, Story) for story in stories)
    assert all(
        story.published and story.language == "en" for story in stories if isinstance(story, Story)
    )


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")
def test_a_sample_of_real_pages_stays_over_the_floor() -> None:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import reading as bench  # type: ignore[import-not-found]

    found = bench.score(bench.ours, bench.pages(SHARED / "corpora" / "pages")[:30])
    assert found["f1"] >= 0.975, json.dumps(found)
