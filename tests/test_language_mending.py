"""Trees that no English sentence has are put right after the decoder."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.mending import Mender
from dragoman.language.mending_kinds import goes_round

TAGS = ["VBG", "MD", "VB", "IN", "VBD", "VBZ", "VBP", "VBN", "NNP", "NNS", "WDT", ",", "TO", "NN",
        "PRP", "-LRB-", "-RRB-", "CC", "RP", "HYPH", "JJ"]  # fmt: skip
LABELS = ["root", "nsubj", "nsubj:pass", "obj", "obl", "nmod", "mark", "aux", "aux:pass", "ccomp",
          "parataxis", "advcl", "conj", "acl:relcl", "advcl:relcl", "xcomp", "punct", "case", "appos",
          "cc", "obl:agent", "iobj", "advmod", "compound:prt", "compound", "flat", "expl", "acl",
          "amod", "nmod:poss"]  # fmt: skip


def mended(sentence: str) -> str:
    """A sentence of "word/tag/head/label", heads counted from 1 and 0 for the root, mended."""
    cells = [cell.split("/") for cell in sentence.split()]
    heads = np.array([int(x[2]) - 1 if x[2] != "0" else i for i, x in enumerate(cells)])
    labels = np.array([LABELS.index(x[3]) for x in cells])
    tags = np.array([TAGS.index(x[1]) for x in cells])
    Mender(TAGS, LABELS).mend([x[0] for x in cells], tags, heads, labels)
    return " ".join(
        f"{x[0]}/{LABELS[label]}>{cells[head][0]}"
        for x, head, label in zip(cells, heads.tolist(), labels.tolist(), strict=True)
    )


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Mali/NNP/2/nsubj accused/VBD/0/root Chad/NNP/5/nsubj of/IN/5/mark lying/VBG/2/advcl",
            "Chad/obj>accused",
        ),
        (
            "Mali/NNP/2/nsubj accused/VBD/0/root Chad/NNP/2/obj of/IN/5/mark lying/VBG/2/advcl by/IN/7/mark leaving/VBG/2/advcl",
            "leaving/advcl>lying",
        ),
        (
            "Mali/NNP/2/nsubj deplored/VBD/0/root use/NN/2/obj of/IN/5/case force/NN/3/nmod and/CC/7/cc "
            "told/VBD/2/conj reporters/NNS/7/iobj in/IN/10/case Baku/NNP/3/nmod",
            "Baku/obl>told",
        ),
        (
            "Chadian/JJ/12/amod men/NNS/3/nsubj left/VBD/14/ccomp Mali/NNP/3/obj and/CC/6/cc Niger/NNP/4/conj "
            "and/CC/8/cc Benin/NNP/4/conj ,/,/3/punct chief/NN/12/compound premier/NN/12/nmod minister/NN/14/nsubj ,/,/12/punct said/VBD/0/root",
            "Chadian/amod>men",
        ),
        (
            "envoys/NNS/4/nsubj ,/,/1/punct Chad/NNP/1/nmod:poss 's/TO/3/case "
            "premier/NN/6/nsubj left/VBD/0/root",
            "Chad/nmod:poss>premier",
        ),
        (
            "Mali/NNP/2/nsubj killed/VBD/0/root two/NNS/6/obj and/CC/5/cc wounded/JJ/3/conj"
            " others/NNS/2/obj",
            "wounded/conj>killed others/obj>wounded",
        ),
        (
            "Mali/NNP/2/nsubj proposed/VBD/0/root cutting/VBG/2/xcomp aid/NN/2/obj",
            "aid/obj>cutting",
        ),
        (
            "Mali/NNP/2/nsubj agreed/VBD/0/root to/TO/4/mark free/VB/2/advcl men/NNS/2/obj",
            "men/obj>free",
        ),
        (
            "Mali/NNP/2/nsubj offered/VBD/0/root to/TO/4/mark host/VB/2/xcomp Chad/NNP/4/obj"
            " on/IN/7/case Friday/NNP/2/obl",
            "Friday/obl>host",
        ),
        (
            "Mali/NNP/2/nsubj demanded/VBD/0/root that/IN/5/mark Chad's/NNP/5/nmod"
            " envoy/NN/2/iobj leave/VB/2/xcomp",
            "envoy/nsubj>leave leave/ccomp>demanded",
        ),
        (
            "Mali/NNP/2/nsubj said/VBD/0/root Chad/NNP/2/nsubj must/MD/2/ccomp leave/VB/2/ccomp",
            "Chad/nsubj>leave must/aux>leave leave/ccomp>said",
        ),
        (
            "Mali/NNP/7/nsubj ,/,/4/punct which/WDT/4/nsubj left/VBD/7/advcl:relcl talks/NNS/4/obj "
            ",/,/1/punct urged/VBD/0/root restraint/NN/7/obj",
            "left/acl:relcl>Mali",
        ),
        (
            "Mali/NNP/2/nsubj vowed/VBD/0/root Chad/NNP/5/nsubj will/MD/5/aux leave/VB/2/xcomp",
            "leave/ccomp>vowed",
        ),
        (
            "Mali/NNP/2/nsubj offered/VBD/0/root talks/NNS/2/obj ,/,/8/punct which/WDT/3/nmod "
            "Chad/NNP/8/nsubj has/VBZ/8/aux refused/VBN/2/conj",
            "which/obj>refused",
        ),
        (
            "Mali/NNP/2/nsubj left/VBD/0/root ,/,/6/punct which/WDT/6/obj Chad/NNP/6/nsubj "
            "regrets/VBZ/2/parataxis",
            "regrets/advcl:relcl>left",
        ),
        (
            "Mali/NNP/2/nsubj accused/VBD/0/root Chad/NNP/5/obj of/IN/5/mark arming/VBG/2/advcl "
            "rebels/NNS/5/obj",
            "Chad/obj>accused",
        ),
        (
            "Mali/NNP/2/nsubj struck/VBD/0/root militia/NN/2/obj Hezbollah/NNP/2/obj",
            "Hezbollah/appos>militia",
        ),
        (
            "There/PRP/2/expl were/VBD/0/root men/NNS/2/nsubj killed/VBN/2/ccomp",
            "killed/acl>men",
        ),
        (
            "Mali/NNP/2/nsubj met/VBD/0/root envoy/NN/2/obj ,/,/5/punct Nechayev/NNP/2/obj",
            "Nechayev/appos>envoy",
        ),
        (
            "Mali/NNP/2/nsubj said/VBD/0/root Monday/NNP/6/obl that/IN/6/mark Chad/NNP/6/nsubj"
            " left/VBD/2/ccomp",
            "Monday/obl>said",
        ),
        (
            "They/PRP/5/nsubj [/-LRB-/3/punct Mali/NNP/5/nsubj ]/-RRB-/3/punct left/VBD/0/root",
            "Mali/appos>They",
        ),
        (
            "Mali/NNP/2/nsubj mediates/VBZ/0/root between/IN/4/case Chad/NNP/2/obl and/IN/6/cc"
            " Niger/NNP/2/conj",
            "Niger/conj>Chad",
        ),
        (
            "Mali/NNP/2/nsubj mediated/VBD/0/root between/IN/4/case Chad/NNP/2/obl:agent",
            "Chad/obl>mediated",
        ),
        (
            "Mali/NNP/2/nsubj mourned/VBD/0/root writers/NNS/2/obj who/WDT/5/nsubj left/VBD/2/ccomp",
            "left/acl:relcl>writers",
        ),
        (
            "Amal/NNP/8/nsubj Bako/NNP/1/flat ,/,/5/punct who/WDT/5/nsubj met/VBD/8/advcl Idris/NNP/5/obj"
            " ,/,/1/punct left/VBD/0/root",
            "met/acl:relcl>Amal",
        ),
        (
            "Mali/NNP/2/nsubj said/VBD/0/root Chad/NNP/5/nsubj would/MD/5/aux leave/VB/2/ccomp"
            " and/CC/7/cc accused/VBD/5/conj Niger/NNP/7/obj",
            "accused/conj>said",
        ),
        (
            "Mali/NNP/2/nsubj said/VBD/0/root Chad/NNP/5/nsubj had/VBD/5/aux left/VBN/2/ccomp"
            " and/CC/7/cc accused/VBN/5/conj Niger/NNP/7/obj",
            "accused/conj>said",
        ),
        (
            "Mali/NNP/2/nsubj said/VBD/0/root Chad/NNP/5/nsubj had/VBD/5/aux left/VBN/2/ccomp"
            " ,/,/8/punct and/CC/8/cc accused/VBD/5/conj Niger/NNP/8/obj",
            "accused/conj>said",
        ),
        (
            "Mali/NNP/2/nsubj freed/VBD/0/root men/NNS/2/obj and/CC/5/cc Chad/NNP/3/conj"
            " dropped/VBD/2/conj charges/NNS/6/obj",
            "and/cc>dropped Chad/nsubj>dropped",
        ),
        (
            "Mali/NNP/2/nsubj left/VBD/0/root talks/NNS/2/obj in/IN/5/case which/WDT/7/obl"
            " Chad/NNP/7/nsubj lied/VBD/2/ccomp",
            "lied/acl:relcl>talks",
        ),
        (
            "Ships/NNS/3/nsubj:pass were/VBD/3/aux:pass seized/VBN/0/root off/RP/3/compound:prt"
            " Mali/NNP/3/obj",
            "off/case>Mali Mali/obl>seized",
        ),
        (
            "Mali/NNP/2/nsubj condemned/VBD/0/root attacks/NNS/2/obj by/IN/5/case Chad/NNP/2/obl:agent",
            "Chad/nmod>attacks",
        ),
        (
            "Talks/NNS/4/obj likely/NNP/0/root to/TO/4/mark follow/VB/2/xcomp",
            "Talks/nsubj>likely",
        ),
        (
            "Mali/NNP/7/nsubj condemned/VBD/0/root strikes/NNS/2/nsubj which/WDT/6/obj Chad/NNP/6/nsubj"
            " denies/VBZ/3/acl:relcl said/VBD/6/parataxis",
            "Mali/nsubj>condemned condemned/root>condemned strikes/obj>condemned",
        ),
        (
            "Mali/NNP/3/nsubj has/VBZ/3/aux moved/VBN/0/root as/IN/6/mark Chad/NNP/6/nsubj"
            " struck/VBD/3/advcl and/CC/8/cc left/VBD/3/conj",
            "left/conj>struck",
        ),
        (
            "Mali/NNP/2/nsubj urged/VBD/0/root cease/NN/2/obj -/HYPH/3/punct fire/NN/2/obj",
            "cease/compound>fire -/punct>fire fire/obj>urged",
        ),
        (
            "Mali/NNP/2/nsubj demanded/VBD/6/ccomp talks/NNS/2/obj and/CC/5/cc Chad/NNP/3/conj"
            " agreed/VBD/0/root",
            "demanded/root>demanded talks/obj>demanded and/cc>agreed Chad/nsubj>agreed agreed/conj>demanded",
        ),
        (
            "Mali/NNP/2/nsubj met/VBD/0/root Omar/NNP/2/obj Amin/NNP/6/flat of/IN/6/case Chad/NNP/3/nmod",
            "Amin/flat>Omar",
        ),
        (
            "Malian/NNP/5/nsubj and/CC/3/cc Chadian/JJ/1/conj guards/NNS/1/conj left/VBD/0/root",
            "Malian/amod>guards and/cc>Chadian Chadian/conj>Malian guards/nsubj>left",
        ),
        (
            "guards/NNS/6/nsubj of/IN/3/case Mali/NNP/1/nmod and/CC/5/cc Chad/NNP/1/conj met/VBD/0/root",
            "and/cc>Chad Chad/conj>Mali",
        ),
        (
            "Mali/NNP/2/nsubj urged/VBD/0/root Chad/NNP/2/iobj and/CC/5/cc Niger/NNP/2/obj to/TO/7/mark leave/VB/2/xcomp",
            "Chad/obj>urged and/cc>Niger Niger/conj>Chad",
        ),
        ("Mali/NNP/2/nsubj spoke/VBD/0/root of/IN/4/case Chad/NNP/2/obj", "Chad/obl>spoke"),
        (
            "Mali/NNP/2/nsubj brokered/VBD/0/root talks/NNS/2/obj between/IN/5/case Chad/NNP/2/obl and/CC/7/cc"
            " Niger/NNP/2/obl",
            "and/cc>Niger Niger/conj>Chad",
        ),
        (
            "Mali/NNP/2/nsubj demanded/VBD/0/root that/IN/5/mark Chad/NNP/2/nsubj free/VB/2/ccomp men/NNS/5/obj",
            "Chad/nsubj>free free/ccomp>demanded",
        ),
        (
            "Mali/NNP/2/nsubj demands/VBZ/0/root that/IN/5/mark Chad/NNP/5/nsubj leave/VB/2/acl",
            "leave/ccomp>demands",
        ),
        (
            "Mali/NNP/2/nsubj left/VBD/0/root after/IN/5/mark guards/NNS/5/nsubj fled/VBD/2/advcl ,/,/8/punct"
            " and/CC/8/cc blamed/VBD/5/conj Chad/NNP/8/obj",
            "blamed/conj>left",
        ),
        (
            "Mali/NNP/2/nsubj asked/VBD/0/root Chad/NNP/2/iobj ,/,/7/punct whose/PRP/6/nmod guards/NNS/7/nsubj "
            "fled/VBD/2/ccomp ,/,/3/punct for/IN/10/case help/NN/2/obl",
            "fled/acl:relcl>Chad",
        ),
    ],
)
def test_mends(sentence: str, found: str) -> None:
    assert found in mended(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mali/NNP/2/nsubj accused/VBD/0/root Chad/NNP/2/obj of/IN/5/mark lying/VBG/2/advcl",
        "Mali/NNP/2/nsubj accused/VBD/0/root Chad/NNP/2/obj of/IN/5/mark lying/VBG/2/advcl after/IN/7/mark leaving/VBG/2/advcl",
        "Mali/NNP/2/nsubj kept/VBD/0/root Chad/NNP/4/nsubj leaving/VBG/2/ccomp",
        "Mali/NNP/2/nsubj gave/VBD/0/root Chad/NNP/2/iobj guns/NNS/2/obj and/CC/6/cc trucks/NNS/4/conj",
        "Mali/NNP/3/nsubj must/MD/3/aux leave/VB/0/root",
        "Mali/NNP/5/nsubj and/CC/4/cc Chadian/JJ/4/amod guards/NNS/1/conj left/VBD/0/root",
        "Mali/NNP/2/nsubj asked/VBD/0/root writers/NNS/2/obj who/WDT/5/nsubj left/VBD/2/ccomp",
        "Mali/NNP/2/nsubj said/VBD/0/root Chad/NNP/5/nsubj had/VBD/5/aux left/VBN/2/ccomp and/CC/7/cc "
        "shelled/VBD/5/conj Niger/NNP/7/obj",
        "Mali/NNP/2/nsubj heard/VBD/0/root calls/NNS/2/obj that/IN/6/mark Chad/NNP/6/nsubj leave/VB/3/acl",
        "Mali/NNP/2/nsubj left/VBD/0/root after/IN/5/mark guards/NNS/5/nsubj fled/VBD/2/advcl and/CC/7/cc "
        "blamed/VBD/5/conj Chad/NNP/7/obj",
        "Guards/NNS/4/nsubj:pass were/VBD/4/aux:pass by/IN/4/mark led/VBN/0/root by/IN/6/case Mali/NNP/4/obl:agent",
    ],
)
def test_leaves_a_good_tree_alone(sentence: str) -> None:
    cells = [cell.split("/") for cell in sentence.split()]
    kept = " ".join(
        f"{x[0]}/{x[3]}>{cells[int(x[2]) - 1][0] if x[2] != '0' else x[0]}" for x in cells
    )
    assert mended(sentence) == kept


WORDS = ["Mali", "which", "who", "by", "and", "-", "(", ")", ",", "as", "had", "not", "that"]


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[str], list[int], list[int], list[int]]:
    """Words, tags, labels and heads of a tree, any of them; its own head is the root's."""
    size = draw(st.integers(2, 14))
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    for rank, word in enumerate(order):
        heads[word] = order[draw(st.integers(0, rank - 1))] if rank else word
    some = st.lists(st.integers(0, len(TAGS) - 1), min_size=size, max_size=size)
    kinds = st.lists(st.integers(0, len(LABELS) - 1), min_size=size, max_size=size)
    words = st.lists(st.sampled_from(WORDS), min_size=size, max_size=size)
    return draw(words), draw(some), draw(kinds), heads


@given(trees())
def test_a_tree_stays_a_tree(tree: tuple[list[str], list[int], list[int], list[int]]) -> None:
    words, tags, labels, heads = tree[0], *map(np.array, tree[1:])
    Mender(TAGS, LABELS).mend(words, tags, heads, labels)
    assert not goes_round(heads) and (heads == np.arange(len(heads))).sum() == 1


@pytest.mark.parametrize(
    ("word", "behind", "tag"),
    [
        ("killed", "", "VBN"),
        ("killed", " Chad/NNP/6/obj", "VBD"),  # whoever was dragged out had killed
        ("fled", "", "VBD"),
    ],
)
def test_who_was_dragged_out_and_killed_killed_nobody(word: str, behind: str, tag: str) -> None:
    sentence = f"Mali/NNP/3/nsubj:pass was/VBD/3/aux:pass dragged/VBN/0/root out/RP/3/compound:prt and/CC/6/cc {word}/VBD/3/conj{behind}"
    cells = [cell.split("/") for cell in sentence.split()]
    heads = np.array([int(x[2]) - 1 if x[2] != "0" else i for i, x in enumerate(cells)])
    labels = np.array([LABELS.index(x[3]) for x in cells])
    tags = np.array([TAGS.index(x[1]) for x in cells])
    Mender(TAGS, LABELS).mend([x[0] for x in cells], tags, heads, labels)
    assert TAGS[tags[5]] == tag
