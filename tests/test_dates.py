import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding import dates

THURSDAY = "2021-12-23"


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("on Thursday", "2021-12-23", "2021-12-23"),
        ("on Wednesday", "2021-12-22", "2021-12-22"),
        ("last Thursday", "2021-12-16", "2021-12-16"),
        ("next Friday", "2021-12-24", "2021-12-24"),
        ("in the first half of Thursday", "2021-12-23", "2021-12-23"),
        ("yesterday", "2021-12-22", "2021-12-22"),
        ("two days ago", "2021-12-21", "2021-12-21"),
        ("earlier this month", "2021-12-01", "2021-12-23"),
        ("early next year", "2022-01-01", "2022-05-01"),
        ("last week", "2021-12-13", "2021-12-19"),
        ("since 2014", "2014-01-01", "2021-12-23"),
        ("by Friday", "2021-12-23", "2021-12-24"),
        ("until Sunday", "2021-12-23", "2021-12-26"),
        ("by the end of January", "2021-12-23", "2022-01-31"),
        ("within 48 hours", "2021-12-23", "2021-12-24"),
        ("on 12 March 2019", "2019-03-12", "2019-03-12"),
        ("on Dec. 13, 2018", "2018-12-13", "2018-12-13"),
        ("in late 2019", "2019-09-02", "2019-12-31"),
        ("in June", "2021-06-01", "2021-06-30"),
        ("over the past three months", "2021-09-24", "2021-12-23"),
    ],
)
def test_phrases_mean_days(words, start, end):
    when = dates.resolve(words, THURSDAY)
    assert when is not None
    assert (when.start, when.end) == (start, end)
    assert when.text in words


@pytest.mark.parametrize(
    "words", ["may attack", "the 2015 agreement", "in the week", "on the road"]
)
def test_other_words_are_no_dates(words):
    assert dates.find(words, THURSDAY) == []


def test_without_the_storys_date_only_absolute_ones_are_known():
    assert dates.resolve("on Thursday", None) is None
    assert dates.resolve("on 12 March 2019", None).start == "2019-03-12"
    (found,) = dates.find("on Thursday", None, unresolved=True)
    assert found[2].start == "" and found[2].text == "on Thursday"


def test_a_weekday_after_will_is_the_next_one():
    (found,) = dates.find("Talks will begin on Monday", THURSDAY)
    assert found[2].start == "2021-12-27"


def test_an_impossible_day_is_not_resolved():
    assert dates.resolve("on 31 June 2019", THURSDAY) is None


@given(st.text(max_size=200), st.dates())
def test_never_raises_and_offsets_hold(text, day):
    for first, last, when in dates.find(text, day.isoformat(), unresolved=True):
        assert text[first:last] == when.text
        assert when.start <= when.end
