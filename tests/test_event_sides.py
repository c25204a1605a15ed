from dragoman.coding.event_draft import Draft
from dragoman.coding.event_roles import Roles
from dragoman.coding.event_sides import settle_sides
from dragoman.coding.patterns import Syntax, load
from dragoman.ontology import load as load_ontology
from events_help import indexed, parsed

SCHEME = load_ontology()


def settled(rows, trigger, type_, actor, *struck, **countries):
    doc = parsed(rows)
    syntax, index = Syntax(doc, load(SCHEME)), indexed(doc, **countries)
    named = {index.entity(mention).id: mention for mention in index.mentions}
    token = next(word.i for word in doc if word.text == trigger)
    draft = Draft(token, (0, len(doc)), type_, "", "", "test", [named[actor]],
                  [named[name] for name in struck])  # fmt: skip
    settle_sides([draft], syntax, Roles(syntax, index), SCHEME)
    return draft.type, [m.entity for m in draft.actors], [m.entity for m in draft.recipients]


ALONGSIDE = """
Chad NNP 2 nsubj
fought VBD 0 root
alongside IN 4 case
Niger NNP 2 obl
against IN 6 case
Mali NNP 2 obl
"""
LANDS = {"Chad": "TCD", "Niger": "NER", "Mali": "MLI"}


def test_nobody_strikes_those_at_whose_side_he_fights():
    found = settled(ALONGSIDE, "fought", "ASSAULT", "Chad", "Niger", "Mali", **LANDS)
    assert found == ("ASSAULT", ["Chad"], ["Mali"])


def test_to_fight_at_somebodys_side_is_to_cooperate():
    found = settled(ALONGSIDE, "fought", "ASSAULT", "Chad", "Niger", **LANDS)
    assert found == ("COOPERATE", ["Chad"], ["Niger"])


BACKED = """
Chad NNP 3 obl:unmarked
- HYPH 1 punct
backed VBN 4 amod
rebels NNS 5 nsubj
met VBD 0 root
Mali NNP 5 obj
"""


def test_what_stands_before_the_hyphen_acts_on_what_stands_behind():
    found = settled(BACKED, "backed", "SUPPORT", "Mali", "Chad", rebels="NER", **LANDS)
    assert found == ("SUPPORT", ["Chad"], ["rebels"])


PARTNERS = """
Chad NNP 2 nsubj
urged VBD 0 root
its PRP$ 4 nmod:poss
partners NNS 2 obj
to TO 6 mark
act VB 2 xcomp
"""


def test_somebodys_partners_are_not_he():
    doc = parsed(PARTNERS)
    syntax, index = Syntax(doc, load(SCHEME)), indexed(doc, Chad="TCD", its="TCD", partners="")
    index.entities["partners"] = index.entities["partners"].replace(kind="unnamed")
    found = Roles(syntax, index).recipients([3])
    assert [mention.entity for mention in found] == ["partners"]


BY_A_MINE = """
Soldiers NNS 3 nsubj:pass
were VBD 3 aux:pass
killed VBN 0 root
by IN 6 case
a DT 6 det
mine NN 3 obl:agent
in IN 8 case
Mali NNP 6 nmod
"""


def test_where_a_mine_lies_is_not_who_kills():
    doc = parsed(BY_A_MINE)
    syntax, index = Syntax(doc, load(SCHEME)), indexed(doc, Mali="MLI")
    assert Roles(syntax, index).actors([5]) == []


HELD = """
Moll NNP 9 nsubj:pass
, , 4 punct
who WP 4 nsubj:pass
held VBN 9 csubj:pass
by IN 6 case
Chad NNP 4 obl:agent
, , 4 punct
is VBZ 9 aux:pass
charged VBN 0 root
"""


def test_a_clause_taken_for_a_subject_is_of_the_name_before_it():
    syntax = Syntax(parsed(HELD), load(SCHEME))
    assert (syntax.head[3], syntax.dep[3]) == (0, "acl:relcl")


GAP = """
Chad NNP 2 nsubj
called VBD 0 root
for IN 4 case
talks NNS 2 obl
, , 6 punct
Niger NNP 2 vocative
for IN 8 case
peace NN 2 obl
"""


def test_whose_verb_is_left_out_does_the_same():
    found = settled(GAP, "called", "REQUEST", "Chad", "Niger", Chad="TCD", Niger="NER")
    assert found == ("REQUEST", ["Chad", "Niger"], [])
    with_object = GAP.replace("talks NNS 2 obl", "talks NNS 2 obj")
    found = settled(with_object, "called", "REQUEST", "Chad", "Niger", Chad="TCD", Niger="NER")
    assert found == ("REQUEST", ["Chad"], ["Niger"])


ABSTAINING = """
Chad NNP 2 nsubj
demanded VBD 0 root
peace NN 2 obj
, , 6 punct
Niger NNP 6 nsubj
abstaining VBG 2 advcl
"""


def test_of_who_abstains_nothing_is_demanded():
    found = settled(ABSTAINING, "demanded", "REQUEST", "Chad", "Niger", Chad="TCD", Niger="NER")
    assert found == ("REQUEST", ["Chad"], [])
