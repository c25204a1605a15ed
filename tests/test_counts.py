import pytest

from dragoman.coding import counts


@pytest.mark.parametrize(
    ("sentence", "kind", "low", "high"),
    [
        ("The raid killed three soldiers.", "dead", 3, 3),
        ("At least 12 people were killed in Goma.", "dead", 12, None),
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
        "They walked 40 km.",
        "",
        "The raid of August 25 killed hope.",
        "He was jailed for seven years and six months.",
        "He was jailed for seven and a half years.",
        "The eight and nine-year-old sons died.",
        "The boys, aged six and seven, died.",
        "She was arrested on 22 July.",
    ],
)
def test_other_numbers_count_nobody(sentence):
    assert counts.find(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "dead", "injured"),
    [
        ("At least 12 people were killed and 30 wounded in Goma.", 12, 30),
        ("The raid killed 12 people and wounded 30.", 12, 30),
        ("The blast killed four soldiers, wounding seven.", 4, 7),
        ("Five people died, 20 were injured.", 5, 20),
    ],
)
def test_dead_and_injured_are_not_exchanged(sentence, dead, injured):
    found = counts.find(sentence)
    assert (found.dead.low, found.injured.low) == (dead, injured)
