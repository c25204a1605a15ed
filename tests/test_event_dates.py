from dragoman.coding.event_dates import EventDates
from dragoman.coding.event_draft import Draft
from dragoman.coding.patterns import Syntax, load
from dragoman.model import Story
from events_help import parsed

PUBLISHED = "2018-04-09"


def day_of(rows, trigger, **more):
    doc = parsed(rows)
    story = Story(text=doc.text, published=PUBLISHED)
    token = next(word.i for word in doc if word.text == trigger)
    draft = Draft(token, (0, len(doc)), "ASSAULT", "", "", "test", [], [], **more)
    when = EventDates(doc, story, Syntax(doc, load())).of(draft, False)
    return when and (when.start, when.end)


LAST_YEAR = """
Last JJ 2 amod
year NN 5 obl:unmarked
he PRP 5 nsubj
was VBD 5 cop
angry JJ 0 root
and CC 7 cc
ordered VBD 5 conj
strikes NNS 7 obj
"""


def test_a_time_at_the_head_of_a_sentence_is_that_of_all_its_clauses():
    assert day_of(LAST_YEAR, "ordered") == ("2017-01-01", "2017-12-31")


PLUPERFECT = """
Troops NNS 3 nsubj
had VBD 3 aux
shelled VBN 0 root
the DT 5 det
town NN 3 obj
"""


def test_what_had_been_before_has_no_day():
    assert day_of(PLUPERFECT, "shelled") is None
    assert day_of(PLUPERFECT.replace("had", "have"), "shelled") == (PUBLISHED, PUBLISHED)


def test_what_had_been_is_told_by_who_says_it():
    assert day_of(PLUPERFECT, "shelled", speaker=0) == (PUBLISHED, PUBLISHED)


REPORTED_THEN = """
In IN 3 case
July NNP 3 compound
2016 CD 5 obl
reports NNS 5 nsubj
emerged VBD 0 root
claiming VBG 5 advcl
he PRP 8 nsubj
died VBD 6 ccomp
"""


def test_what_was_told_long_ago_is_not_of_the_storys_day():
    assert day_of(REPORTED_THEN, "died") is None
    assert day_of(REPORTED_THEN.replace("July", "April").replace("2016", "2018"), "died") == (
        PUBLISHED,
        PUBLISHED,
    )


THIS_YEAR = """
They PRP 2 nsubj
left VBD 0 root
this DT 4 det
year NN 2 obl:unmarked
"""


def test_what_was_done_was_not_done_after_the_story():
    assert day_of(THIS_YEAR, "left") == ("2018-01-01", PUBLISHED)
    assert day_of(THIS_YEAR.replace("VBD", "VBP"), "left") == ("2018-01-01", "2018-12-31")


QUOTED = """
“ `` 5 punct
Tomorrow NN 5 obl:unmarked
we PRP 5 nsubj
will MD 5 aux
win VB 7 ccomp
” '' 5 punct
prayed VBD 0 root
they PRP 7 nsubj
"""


def test_a_time_in_quotation_marks_is_not_that_of_the_words():
    assert day_of(QUOTED, "prayed") == (PUBLISHED, PUBLISHED)
    assert day_of(QUOTED, "win") == ("2018-04-10", "2018-04-10")


AFTER = """
Bombs NNS 2 nsubj
killed VBD 0 root
ten CD 2 obj
on IN 5 case
Monday NNP 2 obl
after IN 8 mark
planes NNS 8 nsubj
struck VBD 2 advcl
"""


def test_a_clause_after_has_the_time_of_the_clause_above():
    assert day_of(AFTER, "struck") == (PUBLISHED, PUBLISHED)


DROPPED = """
Prosecutors NNS 3 nsubj
have VBP 3 aux
dropped VBN 0 root
charges NNS 3 obj
in IN 6 case
2010 CD 3 obl
"""


def test_what_has_been_done_is_of_no_former_year():
    assert day_of(DROPPED, "dropped") == (PUBLISHED, PUBLISHED)
    assert day_of(DROPPED.replace("have VBP 3 aux", "then RB 3 advmod"), "dropped") == (
        "2010-01-01",
        "2010-12-31",
    )


LASTING = """
Planes NNS 3 nsubj
have VBP 3 aux
bombed VBN 0 root
it PRP 3 obj
for IN 6 case
years NNS 3 obl
"""


def test_a_time_that_nobody_can_read_leaves_no_day():
    assert day_of(LASTING, "bombed") is None
    assert day_of(LASTING.replace("years", "miles"), "bombed") == (PUBLISHED, PUBLISHED)


TRAVELLED = """
He PRP 2 nsubj
travelled VBD 0 root
in IN 4 case
2014 CD 2 obl
and CC 8 cc
is VBZ 8 aux
being VBG 8 aux:pass
held VBN 2 conj
"""


def test_what_is_now_done_is_not_of_the_year_of_the_verb_it_is_joined_to():
    assert day_of(TRAVELLED, "travelled") == ("2014-01-01", "2014-12-31")
    assert day_of(TRAVELLED, "held") == (PUBLISHED, PUBLISHED)


DATED = """
In IN 3 case
a DT 3 det
letter NN 8 obl
dated VBN 3 acl
March NNP 6 nmod:unmarked
5 CD 4 obl:unmarked
they PRP 8 nsubj
accused VBD 0 root
him PRP 8 obj
"""


def test_words_are_of_the_day_of_the_letter_that_holds_them():
    assert day_of(DATED, "accused") == ("2018-03-05", "2018-03-05")
    assert day_of(DATED.replace("letter", "house").replace("dated", "built"), "accused") == (
        PUBLISHED,
        PUBLISHED,
    )


ATTACK = """
The DT 4 det
Dec. NNP 3 nmod:unmarked
20 CD 4 compound
attack NN 5 nsubj
killed VBD 0 root
ten CD 5 obj
"""


def test_an_attack_told_is_none_to_come():
    assert day_of(ATTACK.replace("Dec. NNP", "May NNP"), "attack") == ("2017-05-20", "2017-05-20")


CALLED = """
They PRP 2 nsubj
met VBD 0 root
on IN 4 case
Friday NNP 2 obl
and CC 6 cc
called VBD 2 conj
a DT 8 det
strike NN 6 obj
for IN 11 case
next JJ 11 amod
Monday NNP 8 nmod
"""


def test_what_was_done_is_not_of_a_day_still_to_come():
    assert day_of(CALLED, "called") == ("2018-04-06", "2018-04-06")
    assert day_of(CALLED.replace("Friday", "Earth"), "called") == (PUBLISHED, PUBLISHED)


FINER = """
In IN 2 case
March NNP 4 obl
troops NNS 4 nsubj
struck VBD 0 root
on IN 7 case
3 CD 7 nummod
March NNP 4 obl
"""


def test_the_finer_of_two_times_is_the_day():
    assert day_of(FINER, "struck") == ("2018-03-03", "2018-03-03")


SECOND = """
They PRP 2 nsubj
wrote VBD 0 root
their PRP$ 5 nmod:poss
second JJ 5 amod
letter NN 2 obj
in IN 8 case
two CD 8 nummod
months NNS 2 obl
"""


def test_a_length_that_ranks_a_deed_is_not_its_time():
    assert day_of(SECOND, "wrote") == (PUBLISHED, PUBLISHED)


PROMISED = """
They PRP 2 nsubj
promised VBD 0 root
talks NNS 2 obj
within IN 6 case
two CD 6 nummod
days NNS 2 obl
"""


def test_what_was_promised_is_not_of_the_days_that_it_may_take():
    assert day_of(PROMISED, "promised") == (PUBLISHED, PUBLISHED)


def test_an_attack_that_is_called_by_its_day_is_of_that_day():
    rows = "They PRP 2 nsubj\nsurvived VBD 0 root\n9/11 CD 4 nummod\nattacks NNS 2 obj"
    assert day_of(rows, "attacks") == ("2001-09-11", "2001-09-11")


AWAY = """
She PRP 2 nsubj
left VBD 0 root
on IN 4 case
Saturday NNP 2 obl
two CD 6 nummod
days NNS 4 appos
after IN 9 mark
rebels NNS 9 nsubj
struck VBD 2 advcl
"""


def test_a_deed_is_dated_by_how_far_it_lies_from_another():
    assert day_of(AWAY, "left") == ("2018-04-07", "2018-04-07")
    assert day_of(AWAY, "struck") == ("2018-04-05", "2018-04-05")
    undated = AWAY.replace("on IN 4 case", "home RB 2 advmod").replace("Saturday NNP", "again RB")
    assert day_of(undated, "struck") == ("2018-04-07", "2018-04-07")


FREED = """
Chad NNP 4 nsubj
on IN 3 case
Saturday NNP 4 obl
freed VBD 0 root
men NNS 4 obj
it PRP 8 nsubj
had VBD 8 aux
jailed VBN 5 acl:relcl
on IN 10 case
Friday NNP 4 obl
"""


def test_a_second_time_of_a_verb_is_that_of_the_deed_right_before_it():
    assert day_of(FREED, "freed") == ("2018-04-07", "2018-04-07")
    assert day_of(FREED, "jailed") == ("2018-04-06", "2018-04-06")


OCCURRED = """
The DT 2 det
raid NN 8 nsubj
which WDT 5 nsubj
, , 5 punct
happened VBD 2 acl:relcl
on IN 7 case
Friday NNP 5 obl
killed VBD 0 root
ten CD 8 obj
"""


def test_an_attack_killed_when_it_happened():
    assert day_of(OCCURRED, "killed") == ("2018-04-06", "2018-04-06")


DUE = """
They PRP 5 nsubj
are VBP 3 cop
due JJ 5 aux
to TO 5 mark
meet VB 0 root
on IN 7 case
Friday NNP 5 obl
"""


def test_what_is_due_is_on_a_day_to_come():
    assert day_of(DUE, "meet") == ("2018-04-13", "2018-04-13")


#: The parser hung the time on the clause before the semicolon.
AFTER_A_STOP = """
They PRP 2 nsubj
kept VBD 0 root
arms NNS 2 obj
; : 2 punct
on IN 6 case
Friday NNP 2 obl
, , 10 punct
rebels NNS 10 nsubj
shortly RB 10 advmod
shelled VBD 2 conj
a DT 12 det
camp NN 10 obj
"""


def test_a_time_behind_a_semicolon_is_that_of_what_follows():
    assert day_of(AFTER_A_STOP, "shelled") == ("2018-04-06", "2018-04-06")


OF_HIS_WORDS = """
Ruto NNP 2 nsubj
struck VBD 0 root
Goma NNP 2 obj
to TO 5 mark
mock VB 2 advcl
a DT 7 det
statement NN 5 obj
by IN 9 case
Moll NNP 7 nmod
in IN 11 case
December NNP 2 obl
"""


def test_a_time_behind_who_said_something_is_that_of_his_words():
    assert day_of(OF_HIS_WORDS, "struck") == (PUBLISHED, PUBLISHED)
    aside = OF_HIS_WORDS.replace("statement", "raid")
    assert day_of(aside, "struck") == ("2017-12-01", "2017-12-31")
