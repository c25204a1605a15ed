"""What one party denies of what another asserts, with and without a word of denial."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import dragoman
from dragoman.coder import Options
from dragoman.coding import claims
from dragoman.coding.claim_asserters import candidates
from dragoman.coding.claim_denials import Told, contrary
from dragoman.coding.claim_disputes import FILE, Disputes, Probe, chosen, once_each
from dragoman.coding.propositions import Proposition
from dragoman.errors import ModelError
from dragoman.fitted import plain, read
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
    "traded accusations": (
        "Armenia and Azerbaijan traded accusations over the shelling of a village.",
        ("Armenia", "Azerbaijan"),
    ),
    "a charge it denies": (
        "Armenia accuses Azerbaijan of arming the rebels, a charge it denies.",
        ("Armenia", "Azerbaijan"),
    ),
    "a charge that an army denies": (
        "Doctors accuse the army of forcing Lahu boys into its ranks, a charge it rejects.",
        ("Doctors", "the army"),
    ),
    "it denies the charge": (
        "Armenia says Azerbaijan armed the rebels. It has rejected the accusation.",
        ("Armenia", "Azerbaijan"),
    ),
    "called false": (
        "Poland accused Belarus on Friday of sending migrants across the border. Belarus’s foreign "
        "minister, Vladimir Makei, called the accusation false.",
        ("Poland", "Belarus"),
    ),
    "an account that others call untrue": (
        "Russia said on Monday that its forces had taken the town of Velin. Ukraine said the report "
        "was untrue and that its troops were still fighting in the town.",
        ("Russia", "Ukraine"),
    ),
    "whose claims": (
        "The hospital of Ostin was hit on Monday. Turkey rejected Syria’s claims that its aircraft "
        "had bombed the hospital.",
        ("Syria", "Turkey"),
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
        "TEHRAN - Iran has denied supplying drones to Russia. The United States said last week that Iran had "
        "supplied hundreds of drones to Russia, which used them against Ukraine.",
        ("United States", "Iran"),
    ),
    "which another denies": (
        "Kenya said the convoy carried rifles, which the government of Somalia denies.",
        ("Kenya", "Somalia"),
    ),
    "who denies, after a title": (
        "Turkey blames the exiled preacher Fethullah Gulen, who denied any part in it.",
        ("Turkey", "Fethullah Gülen"),
    ),
    "two tolls, one by that word": (
        "The governor of Tessit said nine herders had been killed in the raid. Nurses at the clinic put the "
        "toll at 31.",
        ("The governor of Tessit", "Nurses"),
    ),
    "the other way round": (
        "Police said three marchers died in Lusaka on Sunday, but the opposition said eleven were shot dead.",
        ("the opposition", "Police"),
    ),
    "told long before": (
        "Chad's opposition leader Idriss Oumar said on Monday that soldiers had burned six villages on the lake. "
        + "Millet was dear in the markets of the south, and the rain was late. " * 30
        + "The defence ministry denied that soldiers had burned villages.",
        ("Idriss Oumar", "The defence ministry"),
    ),
    "told beside, as a claim that is denied": (
        "The bishops hailed the accord. Russia, a merchant said, had put pressure on the sultan, a claim the "
        "Kremlin denied.",
        ("a merchant", "Russia"),
    ),
    "as another reported": (
        "Qatar denied that its envoy had left Cairo in anger, as the Egyptian daily Al-Ahram reported.",
        ("Al-Ahram", "Qatar"),
    ),
    "who is quoted": (
        "KCNA quoted a colonel as saying that a South Korean balloon had crossed into the North. Seoul denied "
        "that any balloon had crossed the line.",
        ("a colonel", "South Korea"),
    ),
    "what was told last": (
        "France said Chad was paying the rebels. Germany said Chad had also hidden their tanks. "
        "N'Djamena denied this.",
        ("Germany", "Chad"),
    ),
}
AT_ONE = {
    "nobody was hurt": "Oman said its planes had bombed a depot in Aden. The Houthis said nobody was hurt.",
    "no casualties, it said": "Armenia said it had struck a barracks near Ganja at night. Azerbaijan said "
    "there were no casualties.",
    "one was intercepted": "The Houthis said they had fired four missiles at a US destroyer. One was "
    "intercepted, the US military said.",
    "they were shot down": "Ukraine said it had launched drones at Moscow. Three were shot down, the Russian "
    "defence ministry said.",
    "one of five was intercepted": "Ukraine said Russia had fired five drones at Lviv. One was intercepted, its "
    "military said.",
    "one was intercepted, and another says it hit": "One drone was intercepted, Chad's military said. Sudan "
    "said its drones had struck a depot.",
    "nobody was hurt when it went off": "Nobody was hurt when a shell burst near the school in Tine, police said. "
    "Chad called the words of its neighbours reckless.",
    "could not say": "Chad said shots had been fired at a shepherd. A UN official said observers had heard the "
    "shots but could not say where they came from.",
    "who quotes another": "Interfax quoted a shepherd as saying troops had entered Goris.",
    "nobody knows": "Chad said Sudanese gunners had shelled Tine. “We do not know who fired the shells,” a "
    "UN official said.",
    "more of the same": "Germany said on Monday that the bridge would open in May. France said on "
    "Tuesday that it would pay for the bridge.",
    "one speaker": "Poland said that Belarus had sent migrants. Poland insisted that it would not "
    "let them in.",
    "a demand refused": "Poland said it would close the border unless Belarus withdraws its troops. "
    "Belarus rejected the demand.",
    "a policy disliked": "France said it would close its ports to fishing boats. Germany said the "
    "plan was a bad idea and would cost jobs.",
    "who underwent what is denied": "Togo denied claims that its soldiers had burned the homes of farmers.",
    "a denial of nothing said": "The weather was fine in Ostin. Norway denied having a plan for it.",
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


ALONE = [
    # "called the report a provocation" answers the sentence before, and no charge further back
    ("Kenya accused Uganda of smuggling cattle. Uganda denied this. Two Togolese officials said that a rebel "
     "envoy, Ama Tolli, had asked Kenya last week for arms. Tolli called the report a provocation.",
     {("Kenya", "Uganda"), ("Two Togolese officials", "Ama Tolli"), ("Togo", "Ama Tolli")}),
    # who insists that something be done denies nothing
    ("Oman accused Chad of selling passports to rebels. Chad rejected the charge. Togo has accepted the plan, "
     "but insists that Oman sign first.", {("Oman", "Chad")}),
    # nor who finds a deed unwise
    ("Kenya's envoy, John Otieno, said the West had refused to include a line on the dam. Uganda's Ali Tumwine "
     "denied that. Togolese Foreign Minister Ama Tolli called the vote deeply mistaken and regrettable.",
     {("John Otieno", "Ali Tumwine"), ("Kenya", "Ali Tumwine")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sides"), ALONE)
def test_nobody_else_denies_it(
    coder: dragoman.Coder, text: str, sides: set[tuple[str, str]]
) -> None:
    assert disputed(coder, text) == sides


@pytest.mark.parametrize("name", AT_ONE)
def test_parties_that_are_not_at_odds(coder: dragoman.Coder, name: str) -> None:
    assert not disputed(coder, AT_ONE[name])


@pytest.mark.parametrize(
    "text",
    [
        "Doctors said six people were killed in the blast in Lviv. The mayor later put the toll at nine.",
        "The army said four soldiers were killed in Gao. Police said 12 people were killed in Kidal.",
        "Police said four marchers were killed in Lusaka, but the opposition said at least three died.",
    ],
)
def test_numbers_that_do_not_contradict_each_other(coder: dragoman.Coder, text: str) -> None:
    record = coder.code(Story(text=text, published="2022-03-01"))
    assert all(claim.confidence < 0.4 for claim in record.claims if claim.contested)


def test_who_denies_asserts_nothing(coder: dragoman.Coder) -> None:
    text = (
        "Turkey's foreign minister Kemal Aydin denied that Turkish soldiers had shot at a shepherd. Cyprus's "
        'spokeswoman Eleni Markou had said that soldiers shot twice at a shepherd. "We are not afraid," she said.'
    )
    found = disputed(coder, text)
    assert ("Eleni Markou", "Kemal Aydin") in found
    assert not any(one in ("Kemal Aydin", "Turkey") for one, _ in found)


def test_only_who_told_it_asserts_what_is_denied_in_his_words(coder: dragoman.Coder) -> None:
    text = (
        "The rebels threatened to leave the talks. A nurse said soldiers had fired on a queue outside a bakery. "
        "The army of Chad denied that soldiers had fired on a queue."
    )
    assert {one for one, _ in disputed(coder, text)} == {"A nurse"}


def test_an_opposition_leader_does_not_speak_for_the_state(coder: dragoman.Coder) -> None:
    text = "Chad's opposition leader Idriss Oumar said that soldiers had burned six villages."
    record = coder.code(Story(text=text, published="2022-03-01"))
    (said,) = record.statements
    assert said.source is not None and said.source.speaks_for == ()


def test_a_claim_names_the_statements_it_rests_on(coder: dragoman.Coder) -> None:
    text, _ = CONTESTED["called false"]
    record = coder.code(Story(text=text, published="2022-03-01"))
    claim = next(item for item in record.claims if item.contested)
    assert len(claim.statements) == 2
    assert "migrants" in claim.text
    assert 0.3 < claim.confidence < 1


def test_contrary_words() -> None:
    militants, civilians = frozenset({"killed", "militants"}), frozenset({"killed", "children"})
    assert contrary(militants, civilians) and contrary(civilians, militants)
    assert not contrary(militants, militants)
    assert not contrary(militants | civilians, civilians)


ANSWERS = "Poland accused Belarus of sending migrants across the border. “Belarus has sent nobody,” Belarus’s foreign minister said."
NO_ANSWER = "Poland said that the bridge would open in May. Belarus’s foreign minister said it would pay for the road."


def told_of(coder: dragoman.Coder, text: str) -> Told:
    story = Story(text=text, published="2022-03-01")
    doc = coder.parse(text)
    index = dragoman.entities.find(doc, story, coder.resolver)
    statements = dragoman.coding.find_statements(doc, story, index)
    events = dragoman.coding.attribute(coder._events(doc, story, index), statements, doc)
    return Told(doc, story, index, events, statements)


def likeliest(coder: dragoman.Coder, text: str) -> float:
    """The highest probability of a dispute in a text, however low."""
    data = plain(FILE) | {"least": 0.01}
    return max(
        (x.confidence for x in Disputes(data).find(told_of(coder, text), frozenset())), default=0.0
    )


def test_an_answer_in_other_words_is_likelier_than_none(coder: dragoman.Coder) -> None:
    assert likeliest(coder, ANSWERS) > 2 * likeliest(coder, NO_ANSWER)


def test_everybody_else_near_a_denial_may_assert_what_it_denies(coder: dragoman.Coder) -> None:
    told = told_of(coder, CONTESTED["called false"][0])
    denial = told.denials[-1]
    names = {told.index.entities[item.entity].name for item in candidates(told, denial)}
    assert "Poland" in names
    assert not names & {told.index.entities[key].name for key in denial.denying}


def test_another_official_of_the_state_may_say_otherwise(coder: dragoman.Coder) -> None:
    told = told_of(
        coder,
        "Kenya’s foreign minister Amina Mohamed said one of the gunmen was British. Kenya’s army chief, "
        "General Julius Karangi, denied that on Monday.",
    )
    denial = told.denials[-1]
    assert {told.index.entities[x].name for x in denial.denying} >= {"Julius Karangi", "Kenya"}
    names = {told.index.entities[item.entity].name for item in candidates(told, denial)}
    assert "Amina Mohamed" in names


def test_of_one_denial_three_disputes_at_most_and_the_surest_first(coder: dragoman.Coder) -> None:
    told = told_of(coder, CONTESTED["called false"][0])
    place = len(told.denials) - 1
    held = candidates(told, told.denials[place])
    found = chosen(told, place, held, np.linspace(0.9, 0.1, len(held)), 0.01)
    assert 1 <= len(found) <= 3
    assert found[0].asserting[0] == held[0].entity
    assert chosen(told, place, held, np.full(len(held), 0.1), 0.2) == []
    assert once_each([found[0], replace(found[0], confidence=0.1)]) == found[:1]


def test_without_states_a_probe_says_what_is_usual() -> None:
    probe = Probe({"weights": [1.0, -1.0], "bias": 0.5, "without": -3.0})
    assert probe.odds(None, 2).tolist() == [-3.0, -3.0]
    assert probe.odds(np.array([[2.0, 1.0]], dtype=np.float32), 1).tolist() == [1.5]


def test_by_rules_alone_only_words_of_denial_count() -> None:
    rules = dragoman.load(options=Options(models=False))
    assert not disputed(rules, CONTESTED["who was hit"][0])
    assert disputed(rules, CONTESTED["each other"][0])


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    file = tmp_path / "disputes.json.gz"
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="table of disputes"):
        read(Disputes, file, "the table of disputes")


def test_nobody_stands_on_both_sides_of_one_claim() -> None:
    one = Proposition("the post was shelled", 0, 20, frozenset({"shell"}), {"mali"}, event="e1")
    one.asserted_by, one.denied_by = ["chad"], ["mali"]
    other = one.apart()
    other.asserted_by, other.denied_by = ["mali"], ["chad"]
    assert other.text == one.text and other.confidence == 0
    assert one.at_odds(other) and not one.at_odds(one.apart())
    assert not claims._same(one, other)
    assert claims._same(one, one.apart())


def test_a_claim_is_in_the_words_of_who_asserts_it(coder: dragoman.Coder) -> None:
    text = (
        "Poland accused Belarus of sending migrants across the border, a charge that Minsk rejected. "
        "The two states have quarrelled for years, and each side has accused the other of lies."
    )
    record = coder.code(Story(text=text, published="2022-03-01"))
    surest = max((item for item in record.claims if item.contested), key=lambda x: x.confidence)
    assert "migrants" in surest.text


IN_WORDS = [
    # who says otherwise tells the contrary of what is claimed
    ("Kenya said its patrol was fishing near Sio when Ugandan marines shot at it without warning. Uganda's army "
     "said the boat had come ashore with guns under its nets.", "marines shot at it"),
    ("A health union in Juba said eleven marchers had been killed. The police say that rubber bullets are all they "
     "ever used.", "eleven marchers"),
    # of all that somebody told, what shares a word with the answer
    ("Mullah Ama Tolli condemned the raid and said that Kabul had vowed to him to arrest the killers. Pakistan's "
     "defence minister, Khawaja Asif, retorted that Kabul had vowed nothing of the kind.", "had vowed to him"),
    # "that" and "it" are the words before
    ("Togo has long complained that Benin lets cattle thieves hide in its forests. Benin's foreign minister, Ama "
     "Tolli, dismissed that as malice.", "cattle thieves"),
    # of whom and of what somebody is accused is no clause
    ("The governor of Kivu blamed the fire on rebels of the M23. The M23 said it had no men in the market.",
     "blamed the fire on rebels"),
    ("The bishops have accused soldiers of shooting at unarmed farmers. The army's spokesman, Colonel Ama Tolli, "
     "called the charge absurd.", "accused soldiers of shooting"),
    ("Police in Baidoa held a lawmaker, Abdi Warfa, whom marchers accused of pocketing money from Kenya. He said "
     "that he had pocketed nothing.", "accused of pocketing money"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), IN_WORDS)
def test_a_claim_is_what_its_asserter_told(coder: dragoman.Coder, text: str, words: str) -> None:
    record = coder.code(Story(text=text, published="2022-03-01"))
    surest = max((item for item in record.claims if item.contested), key=lambda x: x.confidence)
    assert words in surest.text


def test_who_may_deny_it_too_does_not_stand_beside_who_surely_does() -> None:
    surely = Proposition("the station was bombed", 0, 22, frozenset({"stati", "bomb"}), {"RUS"},
                         asserted_by=["UKR"], denied_by=["RUS"], confidence=0.9)  # fmt: skip
    maybe = replace(surely, denied_by=["BLR"], confidence=0.3)
    assert surely.outweighs(0.3) and not surely.outweighs(0.6)
    assert not claims._same(surely, maybe) and not claims._same(maybe, surely)
    assert claims._same(surely, replace(maybe, confidence=0.6))
    assert claims._same(surely, replace(maybe, denied_by=["RUS"]))


def test_chances_that_round_to_one_are_sure() -> None:
    assert Disputes.shipped()._calibrated(1.0) == 1.0


def test_who_leads_a_land_that_broke_away_does_not_speak_for_the_state_it_left(
    coder: dragoman.Coder,
) -> None:
    text = (
        "Somaliland's president, Muse Bihi Abdi, said that Ethiopian engineers had begun to build a port at "
        "Lughaya. Ethiopia denied it."
    )
    record = coder.code(Story(text=text, published="2024-01-05"))
    names = {item.id: item.name for item in record.entities}
    sides = [{names[key] for key in item.asserted_by} for item in record.claims if item.contested]
    assert {"Muse Bihi Abdi", "Somaliland"} in sides
    assert not any("Somalia" in side for side in sides)
