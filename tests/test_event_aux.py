import pytest

from dragoman.coding.event_aux import AuxiliaryModes
from dragoman.coding.patterns import Syntax, load
from events_help import parsed

USED = """
Police NNS 2 nsubj
used VBD 0 root
gas NN 2 obj
to TO 5 mark
disperse VB 2 advcl
crowds NNS 5 obj
"""
SOUGHT = USED.replace("used", "sought").replace("advcl", "xcomp")
ABLE = """
Troops NNS 3 nsubj
were VBD 3 cop
able JJ 0 root
to TO 5 mark
shell VB 3 xcomp
towns NNS 5 obj
"""
ENDED = """
Chad NNP 3 nsubj
must MD 3 aux
end VB 0 root
this DT 5 det
crackdown NN 3 obj
"""
LEFT = """
She PRP 2 nsubj
left VBD 0 root
to TO 4 mark
join VB 2 advcl
rebels NNS 4 obj
"""
LEADS = """
Pullouts NNS 3 nsubj
could MD 3 aux
lead VB 0 root
to IN 5 case
fighting NN 3 obl
"""
WOULD = """
Chad NNP 4 nsubj
would MD 4 aux
have VB 4 aux
shelled VBN 6 ccomp
Mali NNP 4 obj
said VBD 0 root
"""
IN_CASE = """
Chad NNP 2 nsubj
waits VBZ 0 root
in IN 4 case
case NN 2 obl
of IN 3 fixed
attacks NNS 2 obl
"""
AGREED = """
Chad NNP 2 nsubj
agreed VBD 0 root
to TO 4 mark
reopen VB 2 xcomp
roads NNS 4 obj
after IN 7 case
talks NNS 4 obl
"""


@pytest.mark.parametrize(("case", "unreal"), [("after", False), ("for", True)])
def test_what_is_to_come_follows_upon_what_was(case, unreal):
    doc = parsed(AGREED.replace("after", case))
    patterns = load()
    found = AuxiliaryModes(Syntax(doc, patterns), patterns).of(6)
    assert ("future" in found.aux) is unreal


@pytest.mark.parametrize(
    ("rows", "trigger", "unreal"),
    [
        (LEADS, "fighting", True),
        (
            LEADS.replace("could MD 3 aux\n", "").replace("3", "2").replace("5 case", "4 case"),
            "fighting",
            False,
        ),
        (USED, "disperse", False),
        (SOUGHT, "disperse", True),
        (ABLE, "shell", False),
        (ABLE.replace("were VBD", "are VBP"), "shell", True),
        (ENDED, "crackdown", False),
        (IN_CASE, "attacks", True),
        (IN_CASE.replace("case NN", "spite NN"), "attacks", False),
        (LEFT, "join", False),
        (LEFT.replace("join", "see"), "see", True),
    ],
)
def test_what_was_used_or_able_to_do_it_did_it(rows, trigger, unreal):
    doc = parsed(rows)
    patterns = load()
    token = next(word.i for word in doc if word.text == trigger)
    found = AuxiliaryModes(Syntax(doc, patterns), patterns).of(token)
    assert ("hypothetical" in found.aux) is unreal


def test_what_would_have_been_is_not_to_come():
    doc = parsed(WOULD)
    patterns = load()
    found = AuxiliaryModes(Syntax(doc, patterns), patterns).of(3)
    assert found.aux == {"hypothetical"} and found.supposed


UNDONE = """
Chad NNP 2 nsubj
stopped VBD 0 root
short RB 2 advmod
of IN 5 mark
shelling VBG 2 advcl
Mali NNP 5 obj
"""
FALSE = """
Reports NNS 6 nsubj
that IN 4 mark
Chad NNP 4 nsubj
shelled VBD 1 acl
are VBP 6 cop
false JJ 0 root
"""
DENIED = """
Chad NNP 2 nsubj
denied VBD 0 root
that IN 6 mark
it PRP 6 nsubj
had VBD 6 aux
shelled VBN 2 ccomp
"""
RETRACTED = """
Courier NNP 2 nsubj
retracted VBD 0 root
its PRP$ 4 nmod:poss
report NN 2 obj
that IN 7 mark
Chad NNP 7 nsubj
shelled VBD 4 acl
Tine NNP 7 obj
"""
SORRY = """
Courier NNP 2 nsubj
apologised VBD 0 root
for IN 4 mark
reporting VBG 2 advcl
that IN 7 mark
Chad NNP 7 nsubj
shelled VBD 4 ccomp
Tine NNP 7 obj
"""
UNTRUE = """
Chad NNP 2 nsubj
dismissed VBD 0 root
reports NNS 2 obj
that IN 6 mark
Mali NNP 6 nsubj
shelled VBD 3 acl
Tine NNP 6 obj
as IN 9 case
untrue JJ 6 obl
"""
SUPPOSED = """
Chad NNP 3 nsubj:pass
was VBD 3 aux:pass
supposed VBN 0 root
to TO 5 mark
shell VB 3 xcomp
Mali NNP 5 obj
"""


@pytest.mark.parametrize(
    ("rows", "trigger", "aux"),
    [
        (UNDONE, "shelling", {"negation"}),
        (UNDONE.replace("short", "tired"), "shelling", set()),
        (FALSE, "shelled", {"negation"}),
        (FALSE.replace("false", "clear"), "shelled", set()),
        (DENIED, "shelled", {"negation"}),
        (DENIED.replace("denied", "admitted"), "shelled", set()),
        (RETRACTED, "shelled", {"negation"}),
        (RETRACTED.replace("retracted", "defended"), "shelled", set()),
        (RETRACTED.replace("report", "soldiers"), "shelled", set()),
        (SORRY, "shelled", {"negation"}),
        (SORRY.replace("apologised", "insisted"), "shelled", set()),
        (UNTRUE, "shelled", {"negation"}),
        (UNTRUE.replace("as IN 9 case\nuntrue JJ 6 obl\n", ""), "shelled", set()),
        (SUPPOSED, "shell", {"hypothetical"}),
    ],
)
def test_what_was_left_undone_or_falsely_told_was_not_done(rows, trigger, aux):
    doc = parsed(rows)
    patterns = load()
    token = next(word.i for word in doc if word.text == trigger)
    assert AuxiliaryModes(Syntax(doc, patterns), patterns).of(token).aux == aux
