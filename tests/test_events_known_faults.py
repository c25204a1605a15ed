"""Who did and underwent what in headlines, at borders, in warnings and refusals: texts read by the parser.

The texts are written for these tests; nobody did or said any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Event, Story


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def told(event: Event) -> str:
    """Type, mode, codes of actors and recipients, auxiliary modes."""
    sides = ("+".join(party.code for party in side) for side in (event.actors, event.recipients))
    return " ".join([event.type, event.mode or "-", " > ".join(sides), *event.aux]).strip()


def events(coder: Coder, text: str) -> list[str]:
    return [told(event) for event in coder.code(Story(text=text, published="2024-03-05")).events]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # "was" is left out in a headline
        ("Policeman stabbed in Jerusalem", ["ASSAULT primitive  > ISRCOP"]),
        ("Deputy minister shot in Haiti", ["ASSAULT firearms  > HTIGOV"]),
        ("Mayor gunned down in Ecuador", ["ASSAULT firearms  > ECUGOV"]),
        ("A priest abducted a week ago in Nigeria was found dead.", ["ASSAULT abduct  > NGAREL"]),
        ("Police shot at protesters in Lome.", ["ASSAULT firearms TGOCOP > TGOCVLOPP"]),
        ("Rebels killed, wounded or captured forty soldiers near Gao.",
         ["ASSAULT - MLIREB > MLIMIL"]),
        # the states of a border
        ("Two guards shot on Tajik-Kyrgyz border", ["ASSAULT firearms  > TJKCOP"]),
        ("Guards fire on migrants at Polish-Belarusian border",
         ["ASSAULT firearms POLCOP > REF"]),
        ("Man arrested at Spanish-Moroccan border", ["COERCE arrest  > MARUNK"]),
        ("Israel shelled positions on the Lebanese border.",
         ["ASSAULT heavy-weapons ISRGOV > LBNGOV"]),
        ("Kenya closed its border with Somalia.", ["SANCTION discontinue KENGOV > SOMGOV"]),
    ],
)  # fmt: skip
def test_headlines_and_borders(coder: Coder, text: str, right: list[str]) -> None:
    assert events(coder, text) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # who underwent what is answered is not whom the answer is aimed at; and it befell them
        ("Ottawa protested over assaults on Canadian diplomats in Havana.",
         ["ACCUSE disapprove CANGOV > CUBGOV", "ASSAULT -  > CANGOV"]),
        ("India threatened strikes in response to attacks on pilgrims in Kashmir.",
         ["THREATEN violence INDGOV >", "ASSAULT -  > INDCVL"]),
        ("Trump threatened tariffs on Mexico over attacks on truckers.",
         ["THREATEN restrict USAELI > MEXGOV", "ASSAULT -  > MEXLAB"]),
        ("Iran threatened strikes on Saudi oil fields over the war in Yemen.",
         ["THREATEN violence IRNGOV > SAUBUS"]),
        ("France condemned Israel over its attacks on Gaza.",
         ["ACCUSE disapprove FRAGOV > ISRGOV", "ASSAULT - ISRGOV > PSE"]),
        # who held those whose release is welcomed is not supported; a state that lets go its prisoners is
        ("Kenya welcomed the release of four aid workers by al-Shabaab.",
         ["SUPPORT - KENGOV >", "RETREAT release SOMREB > NGO"]),
        ("Oman welcomed the release of nine hostages held by Hamas.",
         ["SUPPORT - OMNGOV >", "RETREAT release PSEREBPTY > PSECVL", "COERCE arrest PSEREBPTY > PSECVL"]),
        ("Washington welcomed the release of political prisoners by Belarus.",
         ["SUPPORT - USAGOV > BLRGOV", "RETREAT release BLRGOV > CVLOPP"]),
        # what befell some says nothing of who arrested others
        ("Protesters clashed with police in Tirana on Monday. Four officers were hurt and 20 people arrested.",
         ["ASSAULT - ALBCVLOPP+ALBCOP >", "ASSAULT -  > ALBCOP", "COERCE arrest ALBCOP > ALBCVL"]),
    ],
)  # fmt: skip
def test_what_is_answered(coder: Coder, text: str, right: list[str]) -> None:
    assert events(coder, text) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # those who must not be struck are not warned
        ("Uganda warned that any attack on its soldiers would be met with force.", "UGAGOV >"),
        ("Kenya's president warned that attacks on police would not be tolerated.", "KENGOV >"),
        ("Russia warned that any attack on its peacekeepers would be regarded as an attack on Russia.", "RUSGOV >"),
        ("The Philippines warned that a raid on its ships would trigger a treaty with the United States.",
         "PHLGOV >"),
        ("Nigeria's army warned that anyone sheltering bandits would be treated as an enemy.", "NGAMIL >"),
        ("Egypt warned that aggression against Somalia would not be allowed.", "EGYGOV >"),
        ("Lebanon's prime minister warned against any attempt to disarm Hezbollah.", "LBNGOV >"),
        # who is warned, who would attack and who is to be attacked are
        ("Ethiopia warned Eritrea that any attack on its troops would be answered.", "ETHGOV > ERIGOV"),
        ("Iran warned that an attack by Israel would bring a harsh answer.", "IRNGOV > ISRGOV"),
        ("Turkey warned it would launch an attack on Kurdish fighters in Syria.", "TURGOV > SYRREB"),
        ("Russia warned that strikes on Kyiv would continue.", "RUSGOV > UKRGOV"),
        ("Turkey threatened to scrap its treaty with Greece.", "TURGOV > GRCGOV"),
    ],
)  # fmt: skip
def test_who_is_warned(coder: Coder, text: str, right: str) -> None:
    (threat,) = [one for one in events(coder, text) if one.startswith("THREATEN")]
    assert threat.split(" ", 2)[2] == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Kenya pledged not to expel the refugees.", ["AGREE - KENGOV > REF"]),
        ("Chad vowed to expel the miners.", ["THREATEN expel TCDGOV > LAB"]),
        ("Iran pledged not to retaliate against Israel.", ["AGREE - IRNGOV > ISRGOV"]),
        ("Ethiopia said it would not attack Eritrea.", []),
        ("Greece said it would not pay the reparations.", ["REJECT - GRCGOV >  future"]),
    ],
)
def test_sparing_is_no_threat_and_no_refusal(coder: Coder, text: str, right: list[str]) -> None:
    assert events(coder, text) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # a man with a bomb, or an aircraft
        ("The bomber attacked a bus carrying soldiers in Mogadishu.", "suicide-attack SOMREB > SOMCVL"),
        ("Nine people were killed by a bomber in Maiduguri.", "suicide-attack NGAREB > NGACVL"),
        ("A US bomber struck an airfield in eastern Syria on Monday.", "aerial USAMIL > SYRGOV"),
        ("A strategic bomber hit a bridge in Ukraine.", "aerial MIL > UKRGOV"),
        ("Russian bombers struck a depot near Odesa on Tuesday.", "aerial RUSMIL > UKR"),
    ],
)  # fmt: skip
def test_bombers(coder: Coder, text: str, right: str) -> None:
    assert events(coder, text) == [f"ASSAULT {right}"]


@pytest.mark.parametrize(
    ("text", "right", "speaker"),
    [
        # whose one of its men is, and whose army tells of its losses abroad
        ("Israel's military said one of its soldiers was killed in Gaza.", " > ISRMIL", "ISRMIL"),
        ("Hamas said one of its leaders was killed in Beirut.", " > PSEREBPTY", "PSEREBPTY"),
        ("Three Ugandan soldiers were killed in Somalia, the army said.", " > UGAMIL", "UGAMIL"),
        ("ISLAMABAD - Two Indian soldiers were killed in Kashmir, the military said.", " > INDMIL", "PAKMIL"),
        # where it was done nobody has done it
        ("Uganda said some of its troops were killed in Somalia.", " > UGAMIL", "UGAGOV"),
        ("Ten people were killed in Israel by rockets from Gaza.", "PSE > ISRCVL", ""),
    ],
)  # fmt: skip
def test_losses(coder: Coder, text: str, right: str, speaker: str) -> None:
    record = coder.code(Story(text=text, published="2024-03-05"))
    (loss,) = record.events
    codes = {entity.id: entity.code for entity in record.entities}
    said = {one.id: codes[one.source.entity] for one in record.statements if one.source}
    assert told(loss).replace(" heavy-weapons ", " - ") == f"ASSAULT - {right}"
    assert "".join(said[one] for one in loss.attribution) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Turkey said one of its helicopters crashed in Iraq.",
        "Latvia's defence ministry said a Russian drone had crashed in Rezekne.",
    ],
)
def test_who_is_below_is_not_struck(coder: Coder, text: str) -> None:
    shown = coder.code(Story(text=text, published="2024-03-05")).events
    assert not any(event.recipients for event in shown)


@pytest.mark.parametrize(
    ("text", "right", "day"),
    [
        # of what somebody has long been accused the story does not say that he did it, nor on which day
        ("Iran, long accused of supplying missiles to the Houthis, rejected the report.", "IRNGOV > YEMREB", None),
        ("Chad was accused on Monday of arming rebels in Darfur.", "TCDGOV > SDNREB", "2024-03-04"),
    ],
)  # fmt: skip
def test_what_is_charged_is_not_told(coder: Coder, text: str, right: str, day: str | None) -> None:
    record = coder.code(Story(text=text, published="2024-03-05"))
    (aid,) = [event for event in record.events if event.type == "AID"]
    assert told(aid).endswith(right)
    assert aid.attribution
    assert (aid.date.start if aid.date else None) == day


def test_what_is_charged_accuses_nobody(coder: Coder) -> None:
    found = events(coder, "Accused of bombing a clinic, Ethiopia called for an inquiry.")
    assert "ACCUSE allege  > ETHGOV" in found


def test_whose_a_missile_is_has_not_brought_it_down(coder: Coder) -> None:
    text = "The Turkish foreign ministry said an Iranian missile had been downed over Hatay."
    assert events(coder, text) == ["ASSAULT heavy-weapons  > IRNMIL"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # who mediates is not of the state where he does so, nor is that state he
        ("The mediator in Libya called on both sides to stop fighting.", "GOV > LBYGOV"),
        ("The ECOWAS mediator in Guinea urged the junta to hold elections.", "IGOGOV > GINGOV"),
        ("Kenya's representative in Somalia condemned the raid.", "KENGOV >"),
        ("The Ugandan army in Congo attacked the rebels.", "UGAMIL > CODREB"),
    ],
)
def test_mediators(coder: Coder, text: str, right: str) -> None:
    (found,) = events(coder, text)
    assert found.split(" ", 2)[2] == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # who speaks to the press consults nobody
        ("The spokesman spoke with reporters in a conference call on Tuesday.", []),
        ("The minister talked to the BBC by phone.", []),
        ("Putin met Russian war correspondents in the Kremlin.", ["CONSULT - RUSGOV+RUSJRN >"]),
        ("Kenya's president spoke by phone with Chad's premier, he told reporters.",
         ["CONSULT phone KENGOV+TCDGOV >"]),
    ],
)  # fmt: skip
def test_interviews(coder: Coder, text: str, right: list[str]) -> None:
    assert events(coder, text) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # an attack named by its day, whose dead a clause counts
        ("The Security Council condemned the attack of 9 February, which killed ten.",
         ["ACCUSE disapprove IGOUNO >", "ASSAULT -  > CVL"]),
        ("Oman condemned the raid on 4 March that killed three of its soldiers.",
         ["ACCUSE disapprove OMNGOV >", "ASSAULT -  > OMNMIL"]),
        ("The Union would condemn any attack which kills civilians.", []),
        # who is told by more than a number was struck
        ("One soldier died and three were wounded in a raid by rebels on a base near Kidal.",
         ["ASSAULT - MLIREB > MLIMIL"]),
        # who is brought to safety is not coerced, nor is ground given up
        ("Authorities evacuated the airport in Lyon over a bomb threat.", []),
        ("Ukrainian officials ordered the evacuation of families from Kupiansk.", []),
        ("Israel ordered residents of Rafah to evacuate.", ["COERCE - ISRGOV > PSECVL"]),
        ("Israeli forces forcibly evacuated settlers from an outpost near Nablus.",
         ["COERCE deport ISRMIL > ISRCVL"]),
        ("The army evacuated its base in Kidal.", ["RETREAT withdraw MLIMIL > MLI"]),
    ],
)  # fmt: skip
def test_dated_attacks_and_rescues(coder: Coder, text: str, right: list[str]) -> None:
    assert events(coder, text) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Norway put sanctions on the judge who jailed Russian opposition politician Ilya Yashin.",
         ["SANCTION discontinue NORGOV > RUSJUD", "COERCE arrest RUSJUD > RUSOPP"]),
        ("Lithuania blacklisted three prosecutors who sentenced Belarusian opposition leaders.",
         ["SANCTION discontinue LTUGOV > BLRJUD", "COERCE - BLRJUD > BLROPP"]),
        # who tries foreigners need not be of their country
        ("The judge who convicted two Danish tourists spoke in Accra, Ghana, and criticised Togo.",
         ["COERCE - GHAJUD > DNKCVL", "ACCUSE disapprove GHAJUD > TGOGOV"]),
    ],
)  # fmt: skip
def test_judges_are_of_the_country_of_the_politicians_they_try(
    coder: Coder, text: str, right: list[str]
) -> None:
    assert events(coder, text) == right


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In 2007 the Iranian president threatened Israel.", "Mahmoud Ahmadinejad"),
        ("Twenty years ago the president of Russia threatened Georgia.", "Vladimir Putin"),
        ("In 1981 Israel bombed Iraq; the prime minister had threatened Baghdad.", "the prime minister"),
        ("The French president flew to Chad on Friday. In 2014 the president threatened Syria there.",
         "François Hollande"),
        ("Two decades ago the American president threatened Syria.", "George W. Bush"),
        # a year that is none of the deed's
        ("The French president, who had left school in 1994, threatened Mali.", "Emmanuel Macron"),
        ("Last year the French president threatened Mali.", "Emmanuel Macron"),
    ],
)  # fmt: skip
def test_an_office_is_whose_it_was_in_the_year_told(coder: Coder, text: str, name: str) -> None:
    found = coder.code(Story(text=text, published="2024-03-05")).events
    (threat,) = [event for event in found if event.type == "THREATEN"]
    assert [party.name for party in threat.actors] == [name]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # whom an official's side is at war with, though both are told to have fired
        ("Kenyan and Somali guards exchanged fire at the border on Monday. Nairobi said its post had been shelled.",
         "KENCOP+SOMCOP >|SOMGOV > KENGOV"),
        # or with whom it quarrels, where no other harm is told
        ("Eritrea accused Ethiopia of bad faith. Asmara says its patrol was attacked near the river.",
         "ETHGOV > ERIMIL"),
        # an army tells of what it has done
        ("Forty militants were killed in the hills near Gao, the Malian army said.", "MLIMIL > MLIREB"),
        ("The rebels said nine soldiers were killed in a raid near Gao, Mali.", "MLIREB > MLIMIL"),
        # nobody else does
        ("Forty militants were killed in the hills near Gao, Mali, a doctor said.", "> MLIREB"),
        ("Four soldiers were killed near Gao, the Malian army said.", "> MLIMIL"),
    ],
)  # fmt: skip
def test_who_is_meant_where_officials_tell_of_harm(coder: Coder, text: str, right: str) -> None:
    found = [one for one in events(coder, text) if one.startswith("ASSAULT")]
    sides = [one.split(" ", 2)[2].strip() for one in found]
    for wanted in right.split("|"):
        assert wanted in sides


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (
            "Soldiers shot from passing cars in Yaounde, Cameroon, a doctor said.",
            ["ASSAULT firearms CMRMIL >"],
        ),
        ("Soldiers shot in Haiti", ["ASSAULT firearms  > HTIMIL"]),
        ("The Omani envoy said he was struck by the size of the crowd.", []),
        ("The Omani envoy was struck by a stone in Sanaa.", ["ASSAULT primitive  > OMNGOV"]),
    ],
)
def test_who_shoots_and_who_is_only_impressed(coder: Coder, text: str, right: list[str]) -> None:
    assert events(coder, text) == right


@pytest.mark.parametrize(
    ("text", "right", "status"),
    [
        ("Chad would accept guidance on its mines from no one, its president told reporters.", "REJECT - TCDGOV >",
         "demand refused"),
        ("Eritrea will accept no instructions from anybody, its foreign minister said.", "REJECT - ERIGOV >",
         "demand refused"),
        ("Bolivia will not be bullied by Washington, the president said.", "REJECT - BOLGOV > USAGOV future", ""),
        ("Bolivia will accept aid from Washington, the president said.", "AGREE - BOLGOV > USAGOV future", "promise promised"),
    ],
)  # fmt: skip
def test_what_is_taken_from_nobody_is_refused(
    coder: Coder, text: str, right: str, status: str
) -> None:
    record = coder.code(Story(text=text, published="2024-03-05"))
    assert right in [told(event) for event in record.events]
    assert [f"{one.kind} {one.status}" for one in record.commitments] == (
        [status] if status else []
    )


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # where a missile falls into the sea, nobody but who fired it has done anything
        ("Three rockets launched by Iran splashed down in the waters off Oman on Monday.", ["MOBILIZE weapons IRNGOV >"]),
        ("South Korea said a North Korean projectile fell inside its zone.",
         ["MOBILIZE weapons PRKGOV > KORGOV"]),
        ("The plane of the Omani envoy landed in the Gulf state on Monday.", []),
        # who gives money for a country is of none, wherever they meet
        ("Donors in Oslo promised 900 million dollars for Malawi.", ["AGREE - IGOUNK > MWIGOV"]),
        # the wings of a party
        ("The youth wing of Kenya's Jubilee Party attacked demonstrators in Kisumu.",
         ["ASSAULT - KENPTY > KENCVLOPP"]),
        # an attack that is claimed by its own words
        ("Al-Shabaab claimed the shelling of a mosque in Beledweyne.",
         ["ASSAULT heavy-weapons SOMREB > SOMREL"]),
    ],
)  # fmt: skip
def test_missiles_donors_wings_and_claims(coder: Coder, text: str, right: list[str]) -> None:
    assert events(coder, text) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Two female bombers attacked a bus in Kano, Nigeria.", "suicide-attack NGAREB > NGACVL"),
        ("Four suicide bombers struck an army base in Ghazni, Afghanistan.", "suicide-attack AFGREB > AFGMIL"),
        ("Two bombers blew themselves up in a mosque in Karachi.", "suicide-attack PAKREB > PAKREL"),
        ("Two heavy bombers attacked a bridge in Idlib.", "aerial MIL > SYR"),
    ],
)  # fmt: skip
def test_bombers_on_foot(coder: Coder, text: str, right: str) -> None:
    assert events(coder, text) == [f"ASSAULT {right}"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A Norwegian and four Swedes were killed by a bomb in Herat.", 5),
        ("A Fijian, an Indian and nine Ghanaians were killed in an attack near Tyre.", 11),
        ("A Cessna and four Afghans were seized; nine guards were killed in the raid.", 9),
    ],
)
def test_people_told_by_their_nation_are_counted(coder: Coder, text: str, number: int) -> None:
    found = coder.code(Story(text=text, published="2024-03-05")).events
    tolls = [event.counts.dead.low for event in found if event.counts and event.counts.dead]
    assert set(tolls) == {number}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # an envoy who is called in by name
        ("Oman called in Jan Holm, the Danish ambassador, over the cartoons.", "ACCUSE disapprove OMNGOV > DNKGOV"),
        ("Jan Holm, the Danish ambassador, was called in by Oman's foreign ministry.",
         "ACCUSE disapprove OMNGOV > DNKGOV"),
    ],
)  # fmt: skip
def test_envoys_called_in_by_name(coder: Coder, text: str, right: str) -> None:
    assert right in events(coder, text)


def test_who_condemns_a_deed_has_not_done_it(coder: Coder) -> None:
    found = events(
        coder, "The Chilean president condemned the impeachment of Dilma Rousseff as a farce."
    )
    assert not [one for one in found if one.startswith("COERCE - CHL")]


def test_talks_are_not_whose_of_whom_something_is_wanted_first(coder: Coder) -> None:
    text = "Talks will begin only if Gabon pulls its guards off the island, Equatorial Guinea said."
    plans = [
        one
        for one in coder.code(Story(text=text, published="2024-03-05")).commitments
        if one.kind == "plan"
    ]
    assert [one.by for one in plans] == [()]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # a state and its army are one side, and rebels may be the other
        ("Myanmar said two of its soldiers had died. Rebels there denied it. China and India, who mediate, urged calm. "
         "The two sides are to meet in Kunming.", "AGREE - MMRGOV+MMRREB >"),
        ("Myanmar's army and the Arakan Army accused each other of lying. China and Thailand brokered the truce. "
         "The two sides agreed on Saturday to swap prisoners.", "AGREE - MMRREB+MMRMIL >"),
        # the two to whom one man did something
        ("The Chadian president dismissed General Omar Sall and General Idriss Deby. The two refused to leave.",
         "REJECT"),
        # a land is not spoken to for where somebody speaks, nor fought for its own people's fights
        ("Clashes between police and students in Conakry, Guinea, left two students dead.",
         "ASSAULT - GINCOP+GINEDU >"),
        ("Leopoldo Lopez called the vote in Caracas a farce from Madrid.", "ACCUSE disapprove VENPTYOPP > VENGOV"),
        # who calls on somebody visits him, unless he wants something
        ("The Omani ambassador called on the Kenyan president on Monday.", "CONSULT visit OMNGOV > KENGOV"),
        ("Oman called on the Kenyan president to free the sailors.", "REQUEST yield OMNGOV > KENGOV"),
    ],
)  # fmt: skip
def test_two_sides_scenes_and_calls(coder: Coder, text: str, right: str) -> None:
    assert any(one.startswith(right) for one in events(coder, text))


def test_the_followers_of_one_man_are_not_those_of_another(coder: Coder) -> None:
    text = "Supporters of Raila Odinga gathered in Kisumu. William Ruto's supporters threw stones at them."
    entities = coder.code(Story(text=text, published="2024-03-05")).entities
    crowds = [entity.id for entity in entities if "CVL" in entity.sectors]
    assert sorted(crowds) == ["raila-odinga-supporter", "william-ruto-supporter"]
