"""The rules of time expressions, a pattern each; ``date_meanings`` tells the days that a match means."""

from __future__ import annotations

import re

from dragoman.coding.calendar_words import (
    FEASTS,
    MONTH_PATTERN,
    NUMBER_PATTERN,
    UNIT_PATTERN,
    WEEKDAY_PATTERN,
)
from dragoman.coding.eras import ORDINALS, eras

_PART = (
    r"(?P<part>early|earlier|late|later|mid|middle of|beginning of|start of|end of|"
    r"first half of|second half of)"
)
#: Months without May, whose name is another word in small letters.
_MONTHS = MONTH_PATTERN.replace("(?-i:May)|", "")
YEAR = r"(?:1[5-9]|20|21)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
#: A day of the week before its date: "on Tuesday, 19 November".
_NAMED = rf"(?:(?:on )?(?:{WEEKDAY_PATTERN}),? (?:the )?)?"
_TO = r"(?: ?[-–—] ?| to | till | until | through | and )"
#: Days between the first and the last: "on 3, 7 and 12 May".
_LISTED = rf"(?:, {_DAY}){{0,6}},?"
#: What stands behind a day of a month that is not named ("on the 21st"), and not behind the number of a floor.
_DAY_ENDS = (
    r"(?=[.,;:)?!–—]|$|\s[-–—]|\s(?-i:a|an|the|in|at|on|and|but|near|when|after|while|with|as|by|its|his|her|"
    r"their|two|three|four|five|six|seven|eight|nine|ten|it|he|she|they|some|more|another)\s)"
)
_WAY = r" (?:of )?(?P<way>last|this|next) year"
_HALF = r"(?P<half> and a half)?"
#: What stands behind a year's figures that are a time of day or a number of people or things.
_CLOCK = (
    r"(?! ?(?:hours?|hrs|local|GMT|UTC|(?-i:[A-Z]{1,3}T)|[ap]\.?m)\b"
    rf"|(?: on)? (?:{WEEKDAY_PATTERN}|yesterday|today)\b)"
)
_PLACES = (
    r"(?! (?:villages|towns|cities|houses|homes|schools|places|locations|districts|municipalities"
    r"|communities|countries|camps|buildings|polling stations)\b)"
)
_PEOPLE = (
    r"(?! (?:[a-z]+ )?(?:people|persons|soldiers|troops|civilians|fighters|men|women|children|members"
    r"|workers|refugees|migrants|policemen|police officers|officers|prisoners|tonnes|tons)\b)"
)
#: Round figures before what is counted; "in 2014 soldiers seized" is a year.
_NO_COUNT = rf"(?:(?<!00)|{_PLACES}{_PEOPLE})"
_NO_YEAR = (
    r"(?!\d|['’]?s\b| \w+ (?:agreement|accord|war|deal|election)|-\w| agreement"
    rf"| accord| deal| war| election| treaty| invasion){_CLOCK}"
)
_FEAST = "|".join(sorted(FEASTS, key=len, reverse=True)).replace("'", "['’]")
_ERA = "|".join(map(re.escape, sorted(eras(), key=len, reverse=True)))
#: Which half or quarter a word means; 0 is the last of them.
SHARES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0, "final": 0}
_TABLE: tuple[tuple[str, str], ...] = (
    ("days_month", rf"(?P<d>{_DAY}){_LISTED}{_TO}(?P<e>{_DAY})(?: of)? (?P<mon>{MONTH_PATTERN})\.?"
                   rf"(?:,? (?P<y>{YEAR}))?"),
    ("days_month", rf"(?P<mon>{MONTH_PATTERN})\.? (?P<d>{_DAY}){_LISTED}{_TO}(?P<e>{_DAY})\b(?!,\d)"
                   rf"(?:,? (?P<y>{YEAR}))?"),
    ("two_months", rf"(?P<d>{_DAY}) (?P<mon>{MONTH_PATTERN})\.?(?:,? (?P<y>{YEAR}))?{_TO}"
                   rf"(?P<e>{_DAY}) (?P<end>{MONTH_PATTERN})\.?(?:,? (?P<z>{YEAR}))?"),
    ("two_months", rf"(?P<mon>{MONTH_PATTERN})\.? (?P<d>{_DAY})(?:,? (?P<y>{YEAR}))?{_TO}"
                   rf"(?P<end>{MONTH_PATTERN})\.? (?P<e>{_DAY})\b(?!,\d)(?:,? (?P<z>{YEAR}))?"),
    ("years", rf"(?:between|from) (?P<y>{YEAR})(?: and | to |[-–])(?P<z>{YEAR}){_CLOCK}{_NO_COUNT}"),
    ("decade", rf"(?:(?:in|since|until|by|from|during|throughout|of) )?the (?:{_PART}[ -])?"
               r"(?P<y>(?:1[5-9]|20)\d0)['’]?s"),
    ("century", rf"(?:(?:in|since|until|by|from|during|throughout|of) )?the (?:{_PART}[ -])?"
                rf"(?P<n>\d\d(?:st|nd|rd|th)|{'|'.join(ORDINALS)})[ -]century"),
    ("era", rf"(?P<way>in|during|throughout|after|before) (?:the )?(?P<era>{_ERA})"),
    ("share", rf"(?:(?:in|during|by|for) )?(?:the )?(?P<part>{'|'.join(SHARES)}) (?P<unit>half|quarter)"
              rf" of (?:(?P<y>{YEAR})|(?P<way>the|this|last|next) year)"),
    ("feast", rf"(?<!Orthodox )(?:on )?(?P<feast>{_FEAST})(?!['’]s)(?:,? (?P<y>{YEAR}))?"),
    ("season_year", rf"(?:in |during )?(?:the )?(?:{_PART}[ -])?(?P<season>spring|summer|autumn|fall"
                    rf"|winter)(?: of|,)? (?P<y>{YEAR})"),
    ("month_of", rf"(?:in |of )?(?P<mon>{MONTH_PATTERN})(?: of)? (?P<way>this|last|next) year"),
    ("weekdays", rf"(?:overnight )?(?:(?:on|from) )?(?:(?P<way>last|next|this) )?(?P<day>{WEEKDAY_PATTERN}) (?:and|to|till"
                 rf"|until|through) (?P<to>{WEEKDAY_PATTERN})(?: (?P<week>last|next|this) week)?"),
    ("weekday", rf"(?:(?:on|by|until|before|from) )?(?P<day>{WEEKDAY_PATTERN}),? (?P<week>last|next"
                r"|this) week"),
    ("iso", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"),
    ("iso", rf"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>{YEAR})"),
    ("day_month", rf"{_NAMED}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: day)?(?: of)? (?P<mon>{MONTH_PATTERN})\.?"
                  rf"(?:,? (?P<y>{YEAR})|,?{_WAY})?"),
    ("day_month", rf"{_NAMED}(?P<mon>{MONTH_PATTERN})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d)"
                  rf"(?:,? (?P<y>{YEAR})|,?{_WAY})?"),
    ("month_year", rf"(?:(?:the )?{_PART}[ -])?(?P<mon>{MONTH_PATTERN})\.?,? (?:of )?(?P<y>{YEAR})"),
    ("ago", rf"(?:(?P<bound>more than|over|less than|under) )?(?P<n>{NUMBER_PATTERN})"
            rf" (?P<unit>{UNIT_PATTERN})s?{_HALF} (?P<way>ago|earlier(?! (?:this|in the) )|later|before(?! (?:the|an?|this|that|his|her|its|their|our|he|she|it|they|we) )|from now)"),
    ("vague", r"(?:(?:many |some )?(?:days|weeks|months|years|decades|centuries) ago|long ago"
              r"|for (?:many )?(?:months|years|decades|centuries|generations))"),
    ("span", rf"(?:in|over|during|within|for|throughout|across) (?:the )?"
             rf"(?P<way>past|last|next|coming)(?: (?P<n>{NUMBER_PATTERN}))? (?P<unit>{UNIT_PATTERN})s?{_HALF}"),
    ("span", rf"the (?P<way>past)(?: (?P<n>{NUMBER_PATTERN}))? (?P<unit>{UNIT_PATTERN})s?{_HALF}"),
    ("span", rf"the (?P<way>last|next) (?P<n>{NUMBER_PATTERN}) (?P<unit>{UNIT_PATTERN})s?{_HALF}"),
    ("within", rf"(?:within|in) (?P<n>{NUMBER_PATTERN}) (?P<unit>{UNIT_PATTERN})s?{_HALF}(?:['’]s? time)?"),
    ("recent", rf"(?:in |over )?(?:the )?recent (?P<unit>{UNIT_PATTERN})s"),
    ("coming", rf"(?:in |over )?(?:the )?coming (?P<unit>{UNIT_PATTERN})s"),
    ("day_of_month", r"(?:on|since|until|till|by|before|from|after) the (?P<d>[1-3]?\d(?:st|nd|rd|th))"
                     rf"(?: of (?P<way>last|this|next|the) month(?!\w)|{_DAY_ENDS})"),
    ("deictic", rf"(?:(?:the )?{_PART}[ -])?(?P<way>this|last|next|the same|the following|the)"
                rf" (?P<unit>{UNIT_PATTERN}|{WEEKDAY_PATTERN}|{MONTH_PATTERN}|weekend|summer|winter"
                r"|spring|autumn|fall|morning|afternoon|evening|night)"),
    ("weekday", rf"(?:overnight (?:into )?)?(?:the )?(?:{_PART} )?(?:(?:on|from|since|until|by|before|after) )?"
                rf"(?P<day>{WEEKDAY_PATTERN})(?: (?:morning|afternoon|evening|night|noon))?"),
    ("day_word", r"(?P<word>the day before yesterday|the day after tomorrow|today|yesterday"
                 r"|tomorrow|tonight|overnight|earlier in the day|earlier in the week|hours earlier"
                 r"|at the weekend"
                 r"|over the weekend)"),
    ("year", rf"(?:(?:since|by|until)(?: the)? |(?:in|before|after|from|during) )(?:{_PART}[ -])?"
             rf"(?P<y>{YEAR}){_NO_YEAR}{_NO_COUNT}(?! (?:to|or) \d)"),
    ("year", rf"of (?:{_PART}[ -])?(?P<y>{YEAR}){_NO_YEAR}{_PLACES}{_PEOPLE}"),
    ("year", rf"{_PART}[ -](?P<y>{YEAR})"),
    ("month", rf"(?:the )?{_PART}[ -](?P<mon>{MONTH_PATTERN})\b"),
    ("month", rf"(?:(?:in|since|by|until|before|after|from|during|of|last|next) )"
              rf"(?P<mon>{MONTH_PATTERN})\b"),
)  # fmt: skip
_SEASONS = "weekend|summer|winter|spring|autumn|fall|morning|afternoon|evening|night"
_NAMED_UNITS = f"{UNIT_PATTERN}|{WEEKDAY_PATTERN}|{_MONTHS}|{_SEASONS}".lower()
#: What stands in whatever a rule matches, and is sooner looked for than the rule is tried: in the text
#: in small letters, which takes a fifth of the time.
_WORDS = {
    name: re.compile(pattern)
    for name, pattern in (
        ("month", rf"(?<!\w)(?:{_MONTHS.lower()})"), ("weekday", rf"\b(?:{WEEKDAY_PATTERN.lower()})"),
        ("unit", rf"\b(?:{UNIT_PATTERN})"), ("figure", r"\d"), ("century", r"\bcentury"),
        ("share", r"\b(?:half|quarter)"), ("season", rf"\b(?:{_SEASONS})"),
        ("named unit", rf"(?:this|last|next|the same|the following|the) (?:{_NAMED_UNITS})"),
        ("back", r"\b(?:ago|earlier|later|before|from now)\b"), ("tens", r"\d0['’]?s"), ("th", r"the \d{1,2}(?:st|nd|rd|th)\b"),
        ("vague", r"\bago\b|\bfor (?:many |months|years|decades|centuries|generations)"),
        ("era", rf"\b(?:{_ERA})"), ("feast", rf"\b(?:{_FEAST})"),
        ("day word", r"day before|day after|today|yesterday|tomorrow|tonight|overnight|earlier|the weekend"),
    )
}  # fmt: skip
_MAY = re.compile(r"\bMay")
_NEEDED = {
    **dict.fromkeys(("days_month", "two_months", "day_month", "month_year"), ("month", "figure")),
    **dict.fromkeys(("month_of", "month"), ("month",)),
    **dict.fromkeys(("weekdays", "weekday"), ("weekday",)),
    **dict.fromkeys(("span", "within", "recent", "coming"), ("unit",)),
    **dict.fromkeys(("years", "iso", "year"), ("figure",)),
    "day_of_month": ("th",),
    **{name: (name,) for name in ("century", "share", "era", "feast", "vague")},
    "decade": ("tens",), "season_year": ("season", "figure"), "ago": ("unit", "back"),
    "deictic": ("named unit",), "day_word": ("day word",),
}  # fmt: skip
_RULES = tuple(
    (name, re.compile(rf"(?<![\w-]){rule}(?!\w)", re.IGNORECASE), _NEEDED[name])
    for name, rule in _TABLE
)


def rules_for(text: str) -> list[tuple[str, re.Pattern[str]]]:
    """Names and patterns of the rules that may match in a text, those that go before others first."""
    small = text.lower()
    held = {name for name, word in _WORDS.items() if word.search(small)}
    if _MAY.search(text):
        held |= {"month", "named unit"}
    return [(name, rule) for name, rule, needed in _RULES if held.issuperset(needed)]
