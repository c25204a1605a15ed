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
    ],
)
def test_bounds(sentence, kind, low, high):
    found = counts.find(sentence)
    count = getattr(found, kind)
    assert (count.low, count.high) == (low, high)


def test_offsets_are_those_of_the_story():
    found = counts.find("The raid killed three soldiers.", start=100)
    assert (found.dead.start, found.dead.end) == (116, 121)


@pytest.mark.parametrize("sentence", ["The war of 1998 killed hope.", "They walked 40 km.", ""])
def test_other_numbers_count_nobody(sentence):
    assert counts.find(sentence) is None
