"""Events on sentences parsed by hand: no model decides these tests."""

from dragoman import ontology
from dragoman.coding import events
from dragoman.model import Story
from events_help import indexed, parsed

SCHEME = ontology.load()


def find(rows, published=None, **countries):
    doc = parsed(rows)
    story = Story(text=doc.text, published=published)
    return events.find(doc, story, indexed(doc, **countries), SCHEME)


def brief(found):
    return [
        (e.type, [a.country for a in e.actors], [r.country for r in e.recipients], list(e.aux))
        for e in found
    ]


def test_active_and_date():
    rows = """Kenya NNP 2 nsubj
accused VBD 0 root
Uganda NNP 2 obj
of IN 5 case
corruption NN 2 obl
on IN 7 case
Monday NNP 2 obl"""
    (event,) = find(rows, "2021-12-23", Kenya="KEN", Uganda="UGA")
    assert brief([event]) == [("ACCUSE", ["KEN"], ["UGA"], [])]
    assert event.coded_by.rule == "ACCUSE.accuse.crime"
    assert event.cameo == "1121"
    assert event.date.start == "2021-12-20"
    assert event.quad == 3


def test_the_year_before_a_deed_is_when_it_was():
    rows = """Uganda NNP 3 nsubj:pass
was VBD 3 aux:pass
wounded VBN 0 root
in IN 7 case
a DT 7 det
2015 CD 7 nummod
strike NN 3 obl
by IN 9 case
Kenya NNP 7 nmod"""
    found = find(rows, "2021-12-23", Uganda="UGA", Kenya="KEN")
    assert {(e.date.start, e.date.end) for e in found} == {("2015-01-01", "2015-12-31")}


def test_a_number_before_deeds_is_no_year():
    rows = """Kenya NNP 2 nsubj
made VBD 0 root
2000 CD 4 nummod
arrests NNS 2 obj
of IN 7 case
Ugandan JJ 7 amod
men NNS 4 nmod"""
    found = find(rows, "2021-12-23", Kenya="KEN", men="UGA")
    assert found and {e.date.start for e in found} == {"2021-12-23"}


def test_a_victim_says_nothing_of_the_means():
    rows = """Kenya NNP 2 nsubj
killed VBD 0 root
Ugandan JJ 4 amod
hostages NNS 2 obj"""
    (event,) = find(rows, Kenya="KEN", hostages="UGA")
    assert (event.type, event.mode) == ("ASSAULT", None)


def test_passive_turns_round():
    rows = """Uganda NNP 3 nsubj:pass
was VBD 3 aux:pass
shelled VBN 0 root
by IN 5 case
Kenya NNP 3 obl:agent"""
    assert brief(find(rows, Kenya="KEN", Uganda="UGA")) == [("ASSAULT", ["KEN"], ["UGA"], [])]


def test_reporting_is_no_event_of_its_own():
    rows = """Israel NNP 2 nsubj
said VBD 0 root
that IN 5 mark
Palestinians NNPS 5 nsubj
attacked VBD 2 ccomp
Egypt NNP 5 obj"""
    found = find(rows, Israel="ISR", Palestinians="PSE", Egypt="EGY")
    assert brief(found) == [("ASSAULT", ["PSE"], ["EGY"], [])]


def test_the_content_of_a_demand_is_no_event():
    rows = """Kenya NNP 2 nsubj
demanded VBD 0 root
that IN 5 mark
Uganda NNP 5 nsubj
withdraw VBP 2 ccomp
its PRP$ 7 nmod:poss
troops NNS 5 obj"""
    assert brief(find(rows, Kenya="KEN", Uganda="UGA")) == [("REQUEST", ["KEN"], ["UGA"], [])]


def test_compound_actors_are_one_list():
    rows = """Kenya NNP 4 nsubj
and CC 3 cc
Chad NNP 1 conj
condemned VBD 0 root
Uganda NNP 4 obj"""
    found = find(rows, Kenya="KEN", Chad="TCD", Uganda="UGA")
    assert brief(found) == [("ACCUSE", ["KEN", "TCD"], ["UGA"], [])]


def test_future_cooperation_is_agree_and_reciprocal():
    rows = """Kenya NNP 3 nsubj
will MD 3 aux
meet VB 0 root
Uganda NNP 3 obj"""
    assert brief(find(rows, Kenya="KEN", Uganda="UGA")) == [("AGREE", ["KEN", "UGA"], [], [])]


def test_refused_cooperation_is_reject():
    rows = """Kenya NNP 4 nsubj
will MD 4 aux
not RB 4 advmod
meet VB 0 root
Uganda NNP 4 obj"""
    (event,) = find(rows, Kenya="KEN", Uganda="UGA")
    assert event.type == "REJECT"


def test_a_light_verb_and_an_event_noun_are_one_event():
    rows = """Kenya NNP 2 nsubj
launched VBD 0 root
an DT 4 det
attack NN 2 obj
on IN 6 case
Uganda NNP 4 nmod"""
    assert brief(find(rows, Kenya="KEN", Uganda="UGA")) == [("ASSAULT", ["KEN"], ["UGA"], [])]


def test_a_threat_goes_to_whom_the_condition_names():
    rows = """Kenya NNP 2 nsubj
threatened VBD 0 root
to TO 4 mark
leave VB 2 xcomp
unless IN 7 mark
Uganda NNP 7 nsubj
paid VBD 4 advcl"""
    assert brief(find(rows, Kenya="KEN", Uganda="UGA")) == [("THREATEN", ["KEN"], ["UGA"], [])]


def test_one_event_told_twice_has_two_spans():
    rows = """Kenya NNP 2 nsubj
condemns VBZ 0 root
Uganda NNP 2 obj
raid NN 2 obl

Kenya NNP 2 nsubj
condemned VBD 0 root
Uganda NNP 2 obj
raid NN 2 obl"""
    (event,) = find(rows, Kenya="KEN", Uganda="UGA")
    assert len(event.evidence) == 2


def test_nobody_known_is_no_event():
    rows = """Rain NN 2 nsubj
hit VBD 0 root
roofs NNS 2 obj"""
    assert find(rows) == ()


def test_the_same_story_gives_the_same_ids():
    rows = """Kenya NNP 2 nsubj
bombed VBD 0 root
Uganda NNP 2 obj"""
    once, again = (find(rows, Kenya="KEN", Uganda="UGA") for _ in range(2))
    assert [e.to_dict() for e in once] == [e.to_dict() for e in again]


def test_what_a_condition_supposes_is_no_event():
    rows = """Kenya NNP 2 nsubj
slept VBD 0 root
unless IN 5 mark
Uganda NNP 5 nsubj
attacked VBD 2 advcl
Egypt NNP 5 obj"""
    assert find(rows, Kenya="KEN", Uganda="UGA", Egypt="EGY") == ()


def test_the_toll_of_an_assault_is_the_same_assault():
    rows = """Kenya NNP 2 nsubj
shelled VBD 0 root
Uganda NNP 2 obj
killing VBG 2 advcl
Ugandans NNPS 4 obj
and CC 7 cc
wounding VBG 4 conj
Ugandans NNPS 7 obj"""
    found = find(rows, Kenya="KEN", Uganda="UGA", Ugandans="UGA")
    assert brief(found) == [("ASSAULT", ["KEN"], ["UGA"], [])]


def test_a_situation_in_a_country_is_no_actor():
    rows = """situation NN 4 nsubj
in IN 3 case
Kenya NNP 1 nmod
threatened VBD 0 root
Uganda NNP 4 obj"""
    assert all(not event.actors for event in find(rows, Kenya="KEN", Uganda="UGA"))


def test_a_refused_offer_goes_back_to_who_offered():
    rows = """Kenya NNP 2 nsubj
offered VBD 0 root
talks NNS 2 obj
with IN 5 case
Uganda NNP 3 nmod
which WDT 8 obj
Kampala NNP 8 nsubj
refused VBD 3 acl:relcl"""
    found = find(rows, Kenya="KEN", Uganda="UGA", Kampala="UGA")
    assert ("REJECT", ["UGA"], ["KEN"], []) in brief(found)


def test_a_deed_named_by_noun_and_verb_is_one_event():
    rows = """A DT 2 det
bombing NN 6 nsubj
by IN 4 case
Kenya NNP 2 nmod
has VBZ 6 aux
killed VBN 0 root
Ugandans NNPS 6 obj"""
    found = find(rows, Kenya="KEN", Ugandans="UGA")
    assert brief(found) == [("ASSAULT", ["KEN"], ["UGA"], [])]


def test_the_attack_of_a_later_sentence_is_the_one_told_before():
    rows = """Kenya NNP 2 nsubj
shelled VBD 0 root
Uganda NNP 2 obj

The DT 2 det
attack NN 3 nsubj
killed VBD 0 root
Ugandans NNPS 3 obj"""
    (event,) = find(rows, Kenya="KEN", Uganda="UGA", Ugandans="UGA")
    assert event.type == "ASSAULT"
    assert len(event.evidence) == 2


def test_what_troops_are_there_for_is_no_event():
    rows = """Kenya NNP 2 nsubj
praised VBD 0 root
troops NNS 2 obj
to TO 5 mark
bomb VB 3 acl
Uganda NNP 5 obj"""
    assert all(event.type != "ASSAULT" for event in find(rows, Kenya="KEN", Uganda="UGA"))


def test_what_was_not_demanded_is_no_event():
    rows = """Kenya NNP 4 nsubj
did VBD 4 aux
not RB 4 advmod
accuse VB 0 root
Uganda NNP 4 obj"""
    assert not find(rows, Kenya="KEN", Uganda="UGA")


def test_a_decision_not_to_meet_is_a_refusal():
    rows = """Kenya NNP 2 nsubj
voted VBD 0 root
not RB 5 advmod
to TO 5 mark
meet VB 2 xcomp
Uganda NNP 5 obj"""
    assert [event.type for event in find(rows, Kenya="KEN", Uganda="UGA")] == ["REJECT"]


def test_names_behind_between_count_though_the_parser_did_not_join_them():
    rows = """They PRP 2 nsubj
described VBD 0 root
talks NNS 2 obj
between IN 5 case
Kenya NNP 3 nmod
and CC 7 cc
Uganda NNP 5 dep"""
    found = find(rows, Kenya="KEN", Uganda="UGA")
    assert [sorted(actor.country for actor in event.actors) for event in found] == [["KEN", "UGA"]]


def test_was_accused_of_counts_without_an_accuser():
    rows = """Kenya NNP 3 nsubj:pass
was VBD 3 aux:pass
accused VBN 0 root
of IN 5 case
corruption NN 3 obl"""
    assert brief(find(rows, Kenya="KEN")) == [("ACCUSE", [], ["KEN"], [])]


def test_a_second_thought_is_not_denied_with_the_first():
    rows = """Kenya NNP 4 nsubj
does VBZ 4 aux
not RB 4 advmod
want VB 0 root
war NN 4 obj
but CC 7 cc
condemns VBZ 4 conj
Uganda NNP 7 obj"""
    found = find(rows, Kenya="KEN", Uganda="UGA")
    assert ("ACCUSE", ["KEN"], ["UGA"], []) in brief(found)
