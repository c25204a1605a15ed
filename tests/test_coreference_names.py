"""Names that are one, mentions beside names, and who answers in an interview."""

from __future__ import annotations

import pytest

import dragoman
from dragoman.entities import Resolver, aliases, find
from dragoman.entities.aliases import Same, alike, bodies, distance, people_in_full, people_in_short
from dragoman.entities.interviews import ANSWERER, ASKER, NOBODY, Interview, turns_of
from dragoman.entities.mentions import Draft
from dragoman.entities.words import Words
from dragoman.model import Story


def same_as(names: list[str], step) -> dict[str, str]:  # type: ignore[no-untyped-def]
    same = Same()
    step(names, {name: name.split() for name in names}, same)
    return {name: same.of(name) for name in names if same.of(name) != name}


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("lindqvist", "lindquist", True),
        ("marchetti", "marcheti", True),
        ("moll", "mall", False),  # too short to tell a slip from another name
        ("petrova", "ivanova", False),
        ("petrenko", "metrenko", False),  # nobody mistakes a first letter
    ],
)
def test_slips_of_the_pen(first: str, second: str, one: bool) -> None:
    assert alike(first, second) is one


def test_letters_that_change_places_are_one_step() -> None:
    assert distance("brandt", "brandt") == 0
    assert distance("bradnt", "brandt") == 1
    assert distance("a", "abcd") > 2


def test_full_names_with_and_without_the_middle_one() -> None:
    names = ["dara moll", "dara ann moll", "dara voss", "tomas moll"]
    assert same_as(names, people_in_full) == {"dara ann moll": "dara moll"}


def test_a_short_name_is_that_of_one_person_only() -> None:
    names = ["dara lindqvist", "tomas reyes", "dara", "lindquist"]
    assert same_as(names, people_in_short) == {
        "dara": "dara lindqvist", "lindquist": "dara lindqvist"
    }  # fmt: skip
    names = ["dara lindqvist", "dara reyes", "dara"]
    assert same_as(names, people_in_short) == {}


def test_a_body_without_its_complement() -> None:
    names = ["harbour trust", "harbour trust for the sick", "trust"]
    assert same_as(names, bodies) == {"harbour trust for the sick": "harbour trust"}
    names = ["harbour trust for boats", "harbour trust for the sick", "harbour trust"]
    assert same_as(names, bodies) == {}
    assert aliases.cut_short(["aid", "office"], ["north", "aid", "office"])
    assert not aliases.cut_short(["foreign", "affairs"], ["ministry", "of", "foreign", "affairs"])


INTERVIEW = (
    "An interview with Dara Lindqvist\n\n"
    "Why did you found the choir?\n\nI wanted to sing. I still do.\n\n"
    "Do you travel?\n\nI travel a lot. One man said, \"I envy you.\"\n\n"
    "What comes next?\n\nI shall see."
)  # fmt: skip


def test_turns(coder) -> None:  # type: ignore[no-untyped-def]
    words = Words(coder.parse(INTERVIEW))
    found = turns_of(words, words.paragraphs, [False] * len(words))
    told = [turn for turn in found if turn != NOBODY]
    assert set(told) == {ASKER, ANSWERER} and told[0] == ASKER
    few = Words(coder.parse("Why did you go?\n\nI had to."))
    assert set(turns_of(few, few.paragraphs, [False] * len(few))) == {NOBODY}


def test_no_interview_without_drafts(coder) -> None:  # type: ignore[no-untyped-def]
    interview = Interview(Words(coder.parse(INTERVIEW)), [])
    assert interview.answerer == ""
    assert not interview.means_answerer(Draft(0, 1, 0, "pronoun", form="speaker"))


def entity_at(coder, text: str, word: str, number: int = 0) -> str:  # type: ignore[no-untyped-def]
    index = find(coder.parse(text), Story(text=text), Resolver(coder.lexicon))
    start = -1
    for _ in range(number + 1):
        start = text.index(word, start + 1)
    for mention in (*index.mentions, *index.others):
        if (mention.start, mention.end) == (start, start + len(word)):
            return index.entities[mention.entity].name
    return ""


def test_who_answers_says_i(coder) -> None:  # type: ignore[no-untyped-def]
    assert entity_at(coder, INTERVIEW, "I", 0) == "Dara Lindqvist"
    assert entity_at(coder, INTERVIEW, "you", 0) == "Dara Lindqvist"
    assert entity_at(coder, INTERVIEW, "you", 2) != "Dara Lindqvist"  # somebody else's words


def test_a_noun_beside_a_name_is_a_mention(coder) -> None:  # type: ignore[no-untyped-def]
    text = "The mayor met his brother Tomas Reyes on Monday. Reyes, a practising dentist, smiled."
    assert entity_at(coder, text, "a practising dentist") == "Tomas Reyes"


def test_a_last_name_that_is_a_towns_too_is_whose_it_is(coder) -> None:  # type: ignore[no-untyped-def]
    text = "Kenyan farmer Paul Nakuru was arrested. Nakuru asked the police for a lawyer in Nakuru."
    assert entity_at(coder, text, "Nakuru", 1) == "Paul Nakuru"
    assert entity_at(coder, text, "Nakuru", 2) == "Nakuru"


@pytest.mark.parametrize(
    ("text", "short", "name"),
    [
        ("President Dario Arce Lunar left Bolivia. Celso Prado phoned Arce.", "Arce", "Dario Arce Lunar"),
        ("Union chief Julio Condori Mamani spoke. Condori will march.", "Condori", "Julio Condori Mamani"),
        # a middle name that is a first name is nobody's family name
        ("Jose Luis Andrade was arrested in Quito. Luis was not.", "Luis", "Luis"),
    ],
)  # fmt: skip
def test_the_first_of_two_family_names_is_whose_it_is(
    coder, text: str, short: str, name: str
) -> None:  # type: ignore[no-untyped-def]
    assert entity_at(coder, text, short, 1) == name


def test_a_government_yet_to_be_made_is_not_the_government(coder) -> None:  # type: ignore[no-untyped-def]
    text = "Chad's president asked all parties to join a unity government. The government blocked the networks."
    assert entity_at(coder, text, "The government") != "a unity government"


def test_with_whom_one_speaks_is_whom_he_urges(coder) -> None:  # type: ignore[no-untyped-def]
    text = (
        "President Dario Arce Lunar left Bolivia. Police held Ramiro Condori. His lawyer said he had been "
        "beaten. Celso Prado spoke by telephone with Arce on Thursday and urged him to yield."
    )
    assert entity_at(coder, text, "him") == "Dario Arce Lunar"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The president's office", "The chief prosecutor's office"),
        ("The mayor's office", "The governor's office"),
    ],
)
def test_offices_of_two_holders_are_two(coder, first: str, second: str) -> None:  # type: ignore[no-untyped-def]
    text = f"{first} in Dakar denied sending them. {second} charged a deputy with fraud."
    assert entity_at(coder, text, second) == second


def test_nobody_is_spoken_of_again(coder: dragoman.Coder) -> None:
    text = (
        "Rebels attacked a post in Burundi and killed ten people, the government said. "
        "There were no civilians, their statement claimed."
    )
    record = coder.code(Story(text=text, published="2024-01-17"))
    assert not [e.name for e in record.entities if e.name.startswith("no ")]


@pytest.mark.parametrize(
    ("word", "name"), [("the former", "Mali"), ("the latter", "Chad"), ("The latter", "Chad")]
)
def test_one_of_two_named_together(coder, word: str, name: str) -> None:  # type: ignore[no-untyped-def]
    text = f"Mali and Chad traded blame over {word}’s arrest of drivers."
    if word[0] == "T":
        text = "Mali met Chad and Niger. Mali and Chad traded blame. The latter left the talks."
    assert entity_at(coder, text, word) == name


def test_a_name_behind_a_comma_is_whom_the_phrase_before_it_speaks_of(coder) -> None:  # type: ignore[no-untyped-def]
    text = "They fell out over Mali’s long detention of a Chadian citizen, the pastor Dara Moll."
    assert entity_at(coder, text, "a Chadian citizen") == "Dara Moll"


def test_the_former_president_is_not_one_of_two(coder) -> None:  # type: ignore[no-untyped-def]
    text = "Mali and Chad met the former minister of Niger."
    assert entity_at(coder, text, "the former") == ""


def test_weapons_are_nobody(coder: dragoman.Coder) -> None:
    text = "Engineers of Chad cleared land mines. Chad said a nerve agent had been used in Mali."
    record = coder.code(Story(text=text, published="2024-01-17"))
    names = [entity.name.lower() for entity in record.entities]
    assert not [name for name in names if "mine" in name or "nerve" in name]


def test_brackets_say_who_a_pronoun_is(coder) -> None:  # type: ignore[no-untyped-def]
    text = "Chad’s minister spoke of Mali. “They [Boko Haram] hold the road,” he said."
    assert entity_at(coder, text, "They") == "Boko Haram"


def test_tens_of_thousands_are_people(coder: dragoman.Coder) -> None:
    record = coder.code(Story(text="Tens of thousands marched in Nairobi.", published="2024-01-17"))
    assert "Tens of thousands" in {entity.name for entity in record.entities}


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("Amal Sorel-Putin, an aid chief, urged Chad to let lorries in.", "Amal Sorel-Putin", "person:amal-sorel-putin"),
        ("Envoys prepared a Trump-Putin meeting in Riyadh.", "Putin", "vladimir-putin"),
        ("The navy said the destroyer Carney sank a boat off Chad.", "the destroyer", "unnamed:destroyer-2"),
        ("Comrade Dara Moll, a minister of Laos, left.", "Comrade Dara Moll", "person:dara-moll"),
        ("Tehran condemned the Zionist regime over a raid.", "the Zionist regime", "ISR"),
        (
            "The Russian Foreign Ministry spoke of a raid. The Emergencies Ministry counted six dead.",
            "The Emergencies Ministry",
            "unnamed:emergencies-ministry-1",
        ),
        (
            "The Russian Defence Ministry spoke of a raid. The Defense Ministry counted six dead.",
            "The Defense Ministry",
            "russian-defence-ministry",
        ),
    ],
)  # fmt: skip
def test_whose_name_it_is_by_the_words_beside_it(coder, text: str, words: str, entity: str) -> None:  # type: ignore[no-untyped-def]
    from dragoman.entities import find

    index = find(coder.parse(text), Story(text=text), coder.resolver)
    assert entity in [m.entity for m in index.mentions if text[m.start : m.end] == words]
