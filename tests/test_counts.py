import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding import counts

WORDS = ["no one", "none", "of the", "12", "1.2", "999999999999999", "a", "half a", "several", "dozen",
    "hundred", "thousand", "million", "billion", "and", ",", ".", "or", "to", "killed", "wounded",
    "soldiers", "civilian", "were", "aged", "at least", "more than", "between", "two", "twenty"]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "kind", "low", "high"),
    [
        ("The raid killed three soldiers.", "dead", 3, 3),
        ("At least 12 people were killed in Goma.", "dead", 12, None),
        ("The toll has risen from 12 to 17 dead.", "dead", 17, 17),
        ("Nineteen rebels were killed in two separate operations.", "dead", 19, 19),
        ("Gunmen shot dead a police officer and wounded three others.", "dead", 1, 1),
        ("Police arrested a Kenyan journalist on Monday.", "arrested", 1, 1),
        ("A police officer died when rebels attacked.", "dead", 1, 1),
        ("Up to 100 people demonstrated in Belgrade.", "size", 0, 100),
        ("Between five and eight men were wounded.", "injured", 5, 8),
        ("Police arrested dozens of students.", "arrested", 24, 99),
        ("Some 2,500 farmers marched on Monday.", "size", 2500, 2500),
        ("Fifty-three people were killed.", "dead", 53, 53),
        ("Thirty-two thousand people marched.", "size", 32_000, 32_000),
        ("The raid killed twenty to thirty soldiers.", "dead", 20, 30),
        ("More than 700 people have been killed in three months.", "dead", 700, None),
        ("Almost 90 civilians were killed in dozens of airstrikes.", "dead", 90, 90),
        ("At least 14 civilians including three children were killed.", "dead", 14, None),
        ("Three of their 20 comrades were killed.", "dead", 3, 3),
        ("Two dozen people were killed.", "dead", 24, 24),
        ("Several dozen people were arrested.", "arrested", 36, 108),
        ("A few hundred people marched.", "size", 300, 900),
        ("Two hundred thousand people marched.", "size", 200_000, 200_000),
        ("One hundred and fifty people died.", "dead", 150, 150),
        ("Police arrested two hundred and three people.", "arrested", 203, 203),
        ("At least one person was killed.", "dead", 1, None),
        ("Three nuns died when one of the drones hit a mill.", "dead", 3, 3),
        ("Nine men died when one of their artillery shells fell short.", "dead", 9, 9),
        (
            "A Ghanaian was killed and six others, including two Malian officers, were hurt.",
            "injured",
            6,
            6,
        ),
        ("Eleven bus passengers were killed.", "dead", 11, 11),
        ("KYIV, Dec 5 - Police detained two men on 14 Aug.", "arrested", 2, 2),
        ("More than one person was killed.", "dead", 2, None),
        ("Some 1.2 billion people protested.", "size", 1_200_000_000, 1_200_000_000),
        ("About 1.2bn people protested.", "size", 1_200_000_000, 1_200_000_000),
        ("A million people marched.", "size", 1_000_000, 1_000_000),
        ("Half a million people marched.", "size", 500_000, 500_000),
        ("Two and a half million people marched.", "size", 2_500_000, 2_500_000),
        ("Two to three million people marched.", "size", 2_000_000, 3_000_000),
        ("A policeman of the kind of which a Kosovo officer was killed.", "dead", 1, 1),
        ("Twelve people, three of them children, were killed.", "dead", 12, 12),
        ("Three Palestinians, aged 14, 15 and 16, were killed.", "dead", 3, 3),
    ],
)
def test_bounds(sentence, kind, low, high):
    found = counts.find(sentence)
    count = getattr(found, kind)
    assert (count.low, count.high) == (low, high)


def test_offsets_are_those_of_the_story():
    found = counts.find("The raid killed three soldiers.", start=100)
    assert (found.dead.start, found.dead.end) == (116, 121)


@pytest.mark.parametrize(
    "sentence",
    [
        "The war of 1998 killed hope.",
        "Five soldiers killed many villagers.",
        "They walked 40 km.",
        "",
        "The raid of August 25 killed hope.",
        "He was jailed for seven years and six months.",
        "He was jailed for seven and a half years.",
        "The eight and nine-year-old sons died.",
        "The boys, aged six and seven, died.",
        "She was arrested on 22 July.",
        "The death in custody of Mahsa Amini, 22, shook Iran.",
        "His sons, 14, 15 and 16, were killed.",
        "They dropped two more bombs on the dead.",
        "Gunmen fired on two planes and left their dead.",
        "She called it one-sided and protested.",
        "99999999999999999999999 people were killed.",
        "900 billion people were killed.",
        "There were no immediate reports of casualties.",
        "He faces arrest on 27 warrants.",
        "Two of the drones that killed hope were made abroad.",
    ],
)
def test_other_numbers_count_nobody(sentence):
    assert counts.find(sentence) is None


def test_who_died_in_protests_is_not_who_protested():
    found = counts.find("She fled after weeks of protests in which about 300 people were killed.")
    assert (found.size, found.dead.low) == (None, 300)


@pytest.mark.parametrize(
    ("sentence", "dead", "injured"),
    [
        ("At least 12 people were killed and 30 wounded in Goma.", 12, 30),
        ("The raid killed 12 people and wounded 30.", 12, 30),
        ("The blast killed four soldiers, wounding seven.", 4, 7),
        ("Five people died, 20 were injured.", 5, 20),
        ("Four people died, bringing the number of dead since May to 90; 7 were injured.", 4, 7),
    ],
)
def test_dead_and_injured_are_not_exchanged(sentence, dead, injured):
    found = counts.find(sentence)
    assert (found.dead.low, found.injured.low) == (dead, injured)


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("No one was hurt.", {"injured"}),
        ("Not a single person was killed.", {"dead"}),
        ("None of the 12 hostages was hurt.", {"injured"}),
        ("There were no casualties.", {"dead", "injured"}),
        ("There were no deaths or injuries.", {"dead", "injured"}),
        ("No soldiers were killed or arrested.", {"dead", "arrested"}),
        ("The blast killed nobody.", {"dead"}),
    ],
)
def test_nobody_is_none(sentence, kinds):
    found = vars(counts.find(sentence))
    assert {
        kind: (count.low, count.high) for kind, count in found.items() if count
    } == dict.fromkeys(kinds, (0, 0))


def test_who_claimed_nothing_does_not_empty_the_count():
    found = counts.find("No one has claimed the attack that killed 12 people.")
    assert (found.dead.low, found.injured) == (12, None)


@pytest.mark.parametrize(
    ("sentence", "kind", "low", "high"),
    [
        ("12 soldiers and 3 civilians were killed.", "dead", 15, 15),
        ("The blast killed two soldiers and a civilian.", "dead", 3, 3),
        ("A soldier and two civilians were killed.", "dead", 3, 3),
        ("The shelling killed a woman and her two children.", "dead", 3, 3),
        ("The blast hurt Oliver Moll, also 24, and killed two.", "dead", 2, 2),
        ("Police arrested four men, a woman and two children.", "arrested", 7, 7),
        ("At least 20 Indian and four Chinese soldiers died.", "dead", 24, None),
        ("500 students and 3,000 teachers marched.", "size", 3500, 3500),
        ("Seven guards, four from Chad and three from Niger, were killed.", "dead", 7, 7),
        ("Rebels killed five hostages, two Kenyans and three Omanis.", "dead", 5, 5),
        ("Rebels killed six hostages, two guards and three drivers.", "dead", 11, 11),
        ("The blast killed 12 people and three soldiers were wounded.", "dead", 12, 12),
        ("12 people, including two soldiers and a child, were killed.", "dead", 12, 12),
        (
            "Gunmen killed a candidate for mayor of the small Mexican town of Zamora and two of his aides on Friday.",
            "dead",
            3,
            3,
        ),
        (
            "The junta has arrested a former minister and two generals it accuses of a plot.",
            "arrested",
            3,
            3,
        ),
        (
            "A bomber struck the rally, killing its candidate, Omar Khel, and 34 others.",
            "dead",
            35,
            35,
        ),
        ("Police arrested Amina Were and at least 12 others on Monday.", "arrested", 13, None),
        ("Police arrested the men and 12 others on Monday.", "arrested", 12, 12),
    ],
)
def test_numbers_joined_under_one_verb_are_added(sentence, kind, low, high):
    count = getattr(counts.find(sentence), kind)
    assert (count.low, count.high) == (low, high)


@pytest.mark.parametrize(
    "whom", ["a man and his son", "a group of soldiers", "a soldier's comrades"]
)
def test_who_is_not_one_person_is_not_counted_as_one(whom):
    assert counts.find(f"Gunmen killed {whom} in Goma.") is None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=100))
def test_any_words_give_bounds_in_order_and_within_reach(text):
    found = counts.find(text)
    for count in vars(found).values() if found else ():
        if count is not None:
            assert 0 <= count.low < 2**63
            assert count.high is None or count.low <= count.high < 2**63
            assert 0 <= count.start < count.end <= len(text)


@given(
    st.lists(st.sampled_from([*WORDS, "someone", "Aboutsix", "Tens", "of"]), max_size=12),
    st.sampled_from(["", " "]),
)
def test_no_number_stands_where_none_is_looked_for(words, between):
    text = between.join(words)
    assert counts._may_count(text) or not counts._QUANTITY.search(text)
