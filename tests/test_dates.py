import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding import date_rules, dates

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
        ("more than six years ago", "2014-01-01", "2015-12-31"),
        ("less than two weeks ago", "2021-12-06", "2021-12-19"),
        ("earlier this month", "2021-12-01", "2021-12-23"),
        ("early next year", "2022-01-01", "2022-05-01"),
        ("last week", "2021-12-13", "2021-12-19"),
        ("since 2014", "2014-01-01", "2021-12-23"),
        ("by Friday", "2021-12-23", "2021-12-24"),
        ("until Sunday", "2021-12-23", "2021-12-26"),
        ("by the end of January", "2021-12-23", "2022-01-31"),
        ("within 48 hours", "2021-12-23", "2021-12-25"),
        ("on 12 March 2019", "2019-03-12", "2019-03-12"),
        ("on Dec. 13, 2018", "2018-12-13", "2018-12-13"),
        ("in late 2019", "2019-09-02", "2019-12-31"),
        ("in June", "2021-06-01", "2021-06-30"),
        ("died in five days of fighting in July", "2021-07-01", "2021-07-31"),
        ("over the past three months", "2021-09-23", "2021-12-23"),
        ("last December", "2020-12-01", "2020-12-31"),
        ("in August this year", "2021-08-01", "2021-08-31"),
        ("on Thursday next week", "2021-12-30", "2021-12-30"),
        ("on Monday and Tuesday next week", "2021-12-27", "2021-12-28"),
        ("last Tuesday and Wednesday", "2021-12-21", "2021-12-22"),
        ("in the summer of 2016", "2016-06-01", "2016-08-31"),
        ("forty have now been hurt in three days", "2021-12-20", "2021-12-23"),
        ("it has told them to answer within two days", "2021-12-23", "2021-12-25"),
        ("forty have been killed in three months", "2021-09-23", "2021-12-23"),
        ("earlier in the week", "2021-12-20", "2021-12-23"),
        ("within 72 hours", "2021-12-23", "2021-12-26"),
        ("over the past 24 hours", "2021-12-22", "2021-12-23"),
        ("72 hours ago", "2021-12-20", "2021-12-20"),
        ("two hours ago", "2021-12-23", "2021-12-23"),
        ("twenty-five days ago", "2021-11-28", "2021-11-28"),
        ("within thirty days", "2021-12-23", "2022-01-22"),
        ("half a century ago", "1971-01-01", "1971-12-31"),
        ("two centuries ago", "1821-01-01", "1821-12-31"),
        ("a decade and a half ago", "2006-01-01", "2006-12-31"),
        ("two and a half years ago", "2019-06-01", "2019-06-30"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("in the early 1990s", "1990-01-01", "1993-05-01"),
        ("in the 1800s", "1800-01-01", "1899-12-31"),
        ("in the nineteenth century", "1800-01-01", "1899-12-31"),
        ("in the early 17th century", "1600-01-01", "1633-05-01"),
        ("last century", "1900-01-01", "1999-12-31"),
        ("throughout the Korean War", "1950-06-25", "1953-07-27"),
        ("the worst riot since Togo fell in 1963", "1963-01-01", "1963-12-31"),
        ("since the 1980s", "1980-01-01", "2021-12-23"),
        ("after 1900 GMT on Monday", "2021-12-20", "2021-12-20"),
        ("from 1998 to 2003", "1998-01-01", "2003-12-31"),
        ("in 2014 soldiers seized it", "2014-01-01", "2014-12-31"),
        ("from Monday to Wednesday", "2021-12-20", "2021-12-22"),
        ("in the first quarter of 2000", "2000-01-01", "2000-03-31"),
        ("in the second half of last year", "2020-07-01", "2020-12-31"),
        ("last fall", "2021-09-01", "2021-11-30"),
        ("on Christmas Day", "2021-12-25", "2021-12-25"),
        ("on New Year's Eve", "2021-12-31", "2021-12-31"),
        ("on Christmas Day 2019", "2019-12-25", "2019-12-25"),
        ("on 28.02.2020", "2020-02-28", "2020-02-28"),
        ("posts burned on the 13th.", "2021-12-13", "2021-12-13"),
        ("on the 28th a shell fell", "2021-11-28", "2021-11-28"),
        ("on the 30th of last month", "2021-11-30", "2021-11-30"),
        ("on 2, 4 and 9 August", "2021-08-02", "2021-08-09"),
        ("on August 2, 4, and 9", "2021-08-02", "2021-08-09"),
        ("took it in four days earlier this month", "2021-12-01", "2021-12-23"),
    ],
)
def test_phrases_mean_days(words, start, end):
    when = dates.resolve(words, THURSDAY)
    assert when is not None
    assert (when.start, when.end) == (start, end)
    assert when.text in words


@pytest.mark.parametrize(
    "words",
    [
        "an hour before the vote",
        "two days before its envoys left",
        "may attack",
        "the 2015 agreement",
        "in the week",
        "on the road",
        "until 2000 local time",
        "in 1500 villages",
        "a crowd of 2000 people",
        "from 1800 to 2000 soldiers",
        "on the 21st floor",
        "by the 15th Brigade",
    ],
)
def test_other_words_are_no_dates(words):
    assert dates.find(words, THURSDAY) == []


@pytest.mark.parametrize(
    ("words", "today", "start", "end"),
    [
        ("Parliament meets this Friday", "2022-03-02", "2022-03-04", "2022-03-04"),
        ("Parliament met this Tuesday", "2022-03-02", "2022-03-01", "2022-03-01"),
        ("last weekend", "2022-03-06", "2022-02-26", "2022-02-27"),
        ("last weekend", "2022-03-04", "2022-02-26", "2022-02-27"),
        ("over the weekend", "2022-03-06", "2022-03-05", "2022-03-06"),
        ("this winter", "2022-01-15", "2021-12-01", "2022-02-28"),
        ("this winter", "2022-10-15", "2022-12-01", "2023-02-28"),
        ("next winter", "2022-03-15", "2022-12-01", "2023-02-28"),
        ("last winter", "2022-03-15", "2021-12-01", "2022-02-28"),
    ],
)
def test_weekdays_and_seasons_are_those_near_the_story(words, today, start, end):
    when = dates.resolve(words, today)
    assert (when.start, when.end) == (start, end)


def test_years_ago_is_a_time_that_nobody_knows():
    assert dates.find("He fled years ago.", THURSDAY) == []
    (found,) = dates.find("He fled years ago.", THURSDAY, unresolved=True)
    assert found[2].text == "years ago"


@pytest.mark.parametrize(
    ("told", "words", "start", "end"),
    [
        ("He fled in 2013.", "in August that year", "2013-08-01", "2013-08-31"),
        ("It fell on Monday.", "The following day", "2021-12-21", "2021-12-21"),
        ("It fell on 3 May 2017.", "Two weeks later", "2017-05-15", "2017-05-21"),
        ("It fell on 3 May 2017.", "later that month", "2017-05-01", "2017-05-31"),
        ("It fell in May 2017.", "three years earlier", "2014-01-01", "2014-12-31"),
        ("It fell on 3 May 2017.", "72 hours later", "2017-05-06", "2017-05-06"),
        ("It fell on 3 May 2017.", "the next Friday", "2017-05-05", "2017-05-05"),
    ],
)
def test_times_lean_on_the_one_told_before(told, words, start, end):
    when = dates.find(f"{told} {words} they left.", THURSDAY)[-1][2]
    assert (when.start, when.end) == (start, end)


def test_there_is_no_day_after_the_last():
    assert len(dates.find("It ends on 9999-12-31. The following day we rest.", THURSDAY)) == 1


def test_nothing_is_told_by_times_that_have_nothing_to_lean_on():
    assert dates.find("It voted in August that year; two days later it fell.", THURSDAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "It was the worst attack since the siege of 1998.",
        "It was the worst violence this year.",
        "It was the deadliest day in the past year.",
        "It was the worst riot for years.",
    ],
)
def test_a_comparison_is_no_date(text):
    assert dates.find(text, THURSDAY, unresolved=True) == []


def test_how_long_after_a_war_nobody_knows():
    (found,) = dates.find("after the Korean War", THURSDAY, unresolved=True)
    assert found[2].start == ""


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


@pytest.mark.parametrize("name", sorted({name for name, _, _ in date_rules._RULES}))
def test_a_rule_matches_nothing_without_the_word_that_it_is_tried_for(name):
    texts = [
        "on 12 March 2019, from 2011 to 2014, in the 1990s, May 3 to 7, 2020-01-31",
        "last Friday and Sunday, early next week, two years ago, in recent months, over the weekend",
        "since the early 19th century, in the second half of last year",
        "DURING WORLD WAR II, on Christmas Eve 2011, in the spring of 1999, the following SUMMER",
        "three weeks earlier, for decades, Overnight, in May 2003, this May, on 4 MAY, late in May",
    ]
    for own, rule, _ in date_rules._RULES:
        for text in texts:
            for found in rule.finditer(text) if own == name else ():
                assert (own, rule) in date_rules.rules_for(found.group())


@pytest.mark.parametrize(
    "words", ["that day", "the next Friday", "Two Weeks Later", "in June the same year"]
)
def test_what_leans_on_a_time_is_looked_for_wherever_it_may_stand(words):
    found = dates.find(f"It fell on 3 March 2012. {words} it rose", THURSDAY, unresolved=True)
    assert any(when.text in words for _, _, when in found[1:])
