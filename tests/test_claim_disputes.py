"""Accounts of two parties that cannot both be so, with and without a word of denial."""

from __future__ import annotations

import pytest

import dragoman
from dragoman.coding import claim_rebuttals
from dragoman.coding.claim_rebuttals import contrary, weights
from dragoman.errors import DataError
from dragoman.model import Story

CONTESTED = {
    "each other": (
        "Armenia and Azerbaijan accused each other on Tuesday of breaking the truce on the border.",
        ("Armenia", "Azerbaijan"),
    ),
    "each other, turned round": (
        "Armenia and Azerbaijan accused each other on Tuesday of breaking the truce on the border.",
        ("Azerbaijan", "Armenia"),
    ),
    "another account": (
        "Russia said on Monday that its forces had taken the town of Velin. Ukraine insisted that "
        "its troops were still fighting in the town and that Russian forces had not taken it.",
        ("Russia", "Ukraine"),
    ),
    "the accused answers": (
        "Poland accused Belarus on Friday of sending migrants across the border. “Belarus has sent "
        "nobody,” Belarus’s foreign minister, Vladimir Makei, told reporters.",
        ("Poland", "Belarus"),
    ),
    "blame and other blame": (
        "Turkey blamed Kurdish fighters for the blast in the market of Ostin. Syria’s government "
        "blamed Turkey for the blast.",
        ("Turkey", "Syria"),
    ),
    "a word of scorn": (
        "France says that Russian mercenaries robbed the mine in Mali last year. The Kremlin said "
        "the French claims were nonsense.",
        ("France", "Russia"),
    ),
    "who was hit": (
        "Israel said that its aircraft had struck a camp of fighters in Gaza. Hamas insisted the "
        "dead in the strike on the camp were civilians.",
        ("Israel", "Hamas"),
    ),
    "denial first": (
        "Iran has denied supplying drones to Russia. The United States said last week that Iran had "
        "supplied hundreds of drones to Russia.",
        ("United States", "Iran"),
    ),
}
AT_ONE = {
    "more of the same": "Germany said on Monday that the bridge would open in May. France said on "
    "Tuesday that it would pay for the bridge.",
    "one speaker": "Poland said that Belarus had sent migrants. Poland insisted that it would not "
    "let them in.",
    "a demand refused": "Poland said it would close the border unless Belarus withdraws its troops. "
    "Belarus rejected the demand.",
    "a refusal to speak": "Poland accused Belarus of sending migrants across the border. The "
    "government of Belarus declined to comment.",
}


def disputed(coder: dragoman.Coder, text: str) -> set[tuple[str, str]]:
    record = coder.code(Story(text=text, published="2022-03-01"))
    names = {item.id: item.name for item in record.entities}
    return {
        (names[one], names[other])
        for claim in record.claims
        if claim.contested
        for one in claim.asserted_by
        for other in claim.denied_by
    }


@pytest.mark.parametrize("name", CONTESTED)
def test_two_accounts_are_one_contested_claim(coder: dragoman.Coder, name: str) -> None:
    text, sides = CONTESTED[name]
    assert sides in disputed(coder, text)


@pytest.mark.parametrize("name", AT_ONE)
def test_parties_that_are_not_at_odds(coder: dragoman.Coder, name: str) -> None:
    assert not disputed(coder, AT_ONE[name])


def test_a_claim_names_the_statements_it_rests_on(coder: dragoman.Coder) -> None:
    text, _ = CONTESTED["another account"]
    record = coder.code(Story(text=text, published="2022-03-01"))
    claim = next(item for item in record.claims if item.contested)
    assert len(claim.statements) == 2
    assert "had taken the town" in claim.text


def test_contrary_words() -> None:
    militants, civilians = frozenset({"killed", "militants"}), frozenset({"killed", "children"})
    assert contrary(militants, civilians) and contrary(civilians, militants)
    assert not contrary(militants, militants)
    assert not contrary(militants | civilians, civilians)


def test_a_damaged_table_of_weights_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(claim_rebuttals, "DATA", tmp_path)
    table = tmp_path / "rebuttal_weights.tsv"  # type: ignore[operator]
    weights.cache_clear()
    for text, told in (("denies\tmuch\t\n", "no number"), ("denies\t1\t\n", "signs must be")):
        table.write_text("sign\tweight\tmeaning\n" + text, encoding="utf-8")
        with pytest.raises(DataError, match=told):
            weights()
    weights.cache_clear()
