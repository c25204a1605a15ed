"""Mentions and coreference over documents built by hand: heads, labels and tags are given."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from dragoman.entities import EntityIndex, Resolver, find
from dragoman.entities.sites import sites
from dragoman.lexicon import load
from dragoman.model import Mention, Story

VOCAB = spacy.blank("en").vocab


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(load())


def document(*sentences: str) -> Doc:
    """A Doc of sentences written "word/tag/head/label[/LABEL]"; heads count from 1, 0 is the root."""
    words, tags, heads, deps, ents = [], [], [], [], []
    for sentence in sentences:
        base = len(words)
        for position, cell in enumerate(sentence.split()):
            parts = cell.split("/")
            words.append(parts[0])
            tags.append(parts[1])
            head = int(parts[2])
            heads.append(base + (head - 1 if head else position))
            deps.append(parts[3] if head else "ROOT")
            ents.append(parts[4] if len(parts) > 4 else "O")
    lemmas = [
        {"said": "say", "accused": "accuse", "arrested": "arrest"}.get(word, word.lower())
        for word in words
    ]
    return Doc(VOCAB, words=words, tags=tags, heads=heads, deps=deps, ents=ents, lemmas=lemmas)


def index_of(doc: Doc, resolver: Resolver, date: str = "2021-12-23") -> EntityIndex:
    return find(doc, Story(text=doc.text, published=date), resolver)


def mention(index: EntityIndex, doc: Doc, text: str) -> Mention:
    found = [m for m in index.mentions if doc.text[m.start : m.end] == text]
    assert found, [doc.text[m.start : m.end] for m in index.mentions]
    return found[0]


def test_a_word_is_covered_by_the_shortest_mention_over_it_the_first_of_equals() -> None:
    spans = [(0, 6), (2, 5), (2, 5), (4, 7)]
    mentions = [Mention(0, 0, first, last, first, str(n)) for n, (first, last) in enumerate(spans)]
    index = EntityIndex([], mentions)
    found = [index.covering(token) for token in range(8)]
    assert [m and m.entity for m in found] == ["0", "0", "1", "1", "1", "3", "3", None]


def test_title_and_name_are_one_person(resolver: Resolver) -> None:
    doc = document(
        "Swedish/JJ/3/amod Foreign/JJ/3/amod Minister/NNP/4/nmod:desc Ann/NNP/6/nsubj/B-PER "
        "Linde/NNP/4/flat/I-PER left/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    found = mention(index, doc, "Swedish Foreign Minister Ann Linde")
    entity = index.entity(found)
    assert (entity.country, entity.sectors[:1], entity.kind) == ("SWE", ("GOV",), "person")
    assert index.headed_by(3) == found
    assert index.entity(mention(index, doc, "Swedish")).id == "SWE"


def test_an_unknown_person_keeps_what_the_text_tells(resolver: Resolver) -> None:
    doc = document(
        "Bo/NNP/9/nsubj/B-PER Quexley/NNP/1/flat/I-PER ,/,/7/punct a/DT/7/det Kharkiv/NNP/6/compound "
        "police/NN/7/compound officer/NN/1/appos ,/,/7/punct fled/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    entity = index.entity(mention(index, doc, "Bo Quexley"))
    assert (entity.country, entity.sectors[:1]) == ("UKR", ("COP",))


def test_speaks_for_an_organisation(resolver: Resolver) -> None:
    doc = document(
        "Ann/NNP/8/nsubj/B-PER Linde/NNP/1/flat/I-PER ,/,/4/punct chair/NN/1/appos of/IN/7/case "
        "the/DT/7/det OSCE/NNP/4/nmod/B-ORG spoke/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    entity = index.entity(mention(index, doc, "Ann Linde"))
    assert entity.note == "speaks for: osce"


def test_numbers_stand_for_people_where_the_verb_tells_so(resolver: Resolver) -> None:
    doc = document(
        "Four/CD/3/nsubj:pass were/VBD/3/aux:pass arrested/VBN/0/ROOT in/IN/5/case "
        "Mali/NNP/3/obl/B-LOC and/CC/8/cc prices/NNS/8/nsubj tripled/VBD/3/conj ,/,/12/punct "
        "the/DT/11/det wounded/VBN/12/nsubj said/VBD/3/conj"
    )
    index = index_of(doc, resolver)
    found = {doc.text[m.start : m.end] for m in index.mentions}
    assert found == {"Four", "Mali", "the wounded"}
    assert index.entity(mention(index, doc, "Four")).country == "MLI"


def test_an_initial_in_a_name_changes_nobody(resolver: Resolver) -> None:
    doc = document(
        "President/NNP/4/compound Vladimir/NNP/4/compound V./NNP/4/compound Putin/NNP/6/nsubj/B-PER "
        "then/RB/6/advmod spoke/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    assert index.entity(mention(index, doc, "President Vladimir V. Putin")).id == "vladimir-putin"


def test_capital_acts_or_is_a_place(resolver: Resolver) -> None:
    doc = document(
        "Kyiv/NNP/2/nsubj/B-LOC accused/VBD/0/ROOT Moscow/NNP/2/obj/B-LOC in/IN/5/case "
        "Geneva/NNP/2/obl/B-LOC"
    )
    index = index_of(doc, resolver)
    assert index.entity(mention(index, doc, "Kyiv")).id == "UKR"
    assert not mention(index, doc, "Kyiv").as_place
    assert not mention(index, doc, "Moscow").as_place
    assert mention(index, doc, "Geneva").as_place


def test_in_a_capital_it_is_a_place(resolver: Resolver) -> None:
    doc = document("They/PRP/2/nsubj met/VBD/0/ROOT in/IN/4/case Kyiv/NNP/2/obl/B-LOC")
    index = index_of(doc, resolver)
    assert mention(index, doc, "Kyiv").as_place


def test_government_is_the_state_itself(resolver: Resolver) -> None:
    doc = document("The/DT/3/det Malian/JJ/3/amod government/NN/4/nsubj agreed/VBD/0/ROOT")
    index = index_of(doc, resolver)
    assert index.entity(mention(index, doc, "The Malian government")).id == "MLI"


def test_pronoun_and_owner(resolver: Resolver) -> None:
    doc = document(
        "Ukraine/NNP/2/nsubj/B-LOC said/VBD/0/ROOT its/PRP$/4/nmod:poss troops/NNS/5/nsubj "
        "withdrew/VBD/2/ccomp"
    )
    index = index_of(doc, resolver)
    assert index.entity(mention(index, doc, "its")).id == "UKR"
    troops = index.entity(mention(index, doc, "its troops"))
    assert (troops.country, troops.sectors[:1]) == ("UKR", ("MIL",))


def test_object_pronoun_is_not_the_subject(resolver: Resolver) -> None:
    doc = document(
        "Emmanuel/NNP/4/nsubj/B-PER Macron/NNP/1/flat/I-PER quietly/RB/4/advmod left/VBD/0/ROOT",
        "Olaf/NNP/3/nsubj/B-PER Scholz/NNP/1/flat/I-PER accused/VBD/0/ROOT him/PRP/3/obj",
    )
    index = index_of(doc, resolver)
    assert index.entity(mention(index, doc, "him")).id == "emmanuel-macron"


def test_nobody_to_go_to_is_left_open(resolver: Resolver) -> None:
    doc = document("He/PRP/2/nsubj left/VBD/0/ROOT")
    assert index_of(doc, resolver).mentions == []


def test_two_states_share_a_noun(resolver: Resolver) -> None:
    doc = document(
        "Ukrainian/JJ/4/amod and/CC/3/cc Russian/JJ/1/conj troops/NNS/5/nsubj clashed/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    found = mention(index, doc, "Ukrainian and Russian troops")
    assert {p.country for p in index.participants(found)} == {"UKR", "RUS"}


def test_two_bodies_of_one_noun_are_named_as_the_words_do(resolver: Resolver) -> None:
    doc = document(
        "Chadian/JJ/4/amod and/CC/3/cc Kenyan/JJ/1/conj teachers/NNS/5/nsubj met/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    found = {entity.name for entity in index.entities.values() if entity.kind == "unnamed"}
    assert found == {"Chadian teachers", "Kenyan teachers"}


def test_both_countries(resolver: Resolver) -> None:
    doc = document(
        "Russia/NNP/2/nsubj/B-LOC warned/VBD/0/ROOT Ukraine/NNP/2/obj/B-LOC",
        "Both/DT/2/det countries/NNS/3/nsubj agreed/VBD/0/ROOT",
    )
    index = index_of(doc, resolver)
    found = mention(index, doc, "Both countries")
    assert {p.country for p in index.participants(found)} == {"UKR", "RUS"}


def test_neighbour_by_the_map(resolver: Resolver) -> None:
    doc = document(
        "Kyiv/NNP/2/nsubj/B-LOC accused/VBD/0/ROOT Russia/NNP/2/obj/B-LOC of/IN/5/mark "
        "threatening/VBG/2/advcl its/PRP$/8/nmod:poss southern/JJ/8/amod neighbor/NN/5/obj"
    )
    index = index_of(doc, resolver)
    assert index.entity(mention(index, doc, "its southern neighbor")).id == "UKR"
    assert index.entity(mention(index, doc, "its")).id == "RUS"


def test_unnamed_sources_are_entities(resolver: Resolver) -> None:
    doc = document("Four/CD/2/nummod sources/NNS/3/nsubj told/VBD/0/ROOT reporters/NNS/3/obj")
    index = index_of(doc, resolver)
    assert index.entity(mention(index, doc, "Four sources")).kind == "unnamed"


def test_empty_document(resolver: Resolver) -> None:
    index = index_of(Doc(VOCAB, words=[]), resolver)
    assert index.mentions == []
    assert index.headed_by(0) is None


def test_offsets_are_those_of_the_text(resolver: Resolver) -> None:
    doc = document("Iran/NNP/2/nsubj/B-LOC said/VBD/0/ROOT it/PRP/4/nsubj agreed/VBD/2/ccomp")
    mentions = index_of(doc, resolver).mentions
    assert [doc.text[m.start : m.end] for m in mentions] == ["Iran", "it"]
    for found in mentions:
        assert doc.text[found.start : found.end] == doc[found.first : found.last].text
        assert found.first <= found.head < found.last


def test_a_short_name_in_brackets_is_the_long_one(resolver: Resolver) -> None:
    doc = document(
        "The/DT/4/det Congo/NNP/4/compound/B-ORG River/NNP/4/compound/I-ORG Alliance/NNP/8/nsubj/I-ORG "
        "(/-LRB-/6/punct CRAZ/NNP/4/appos )/-RRB-/6/punct agreed/VBD/0/ROOT",
        "CRAZ/NNP/2/nsubj left/VBD/0/ROOT",
    )
    index = index_of(doc, resolver, "2025-03-01")
    assert {index.entity(m).id for m in index.mentions if "CRAZ" in doc.text[m.start : m.end]} == {
        "afc-congo"
    }


def test_a_known_last_name_with_another_first_name(resolver: Resolver) -> None:
    doc = document(
        "Quillon/NNP/3/nsubj Lavrov/NNP/1/flat/B-PER left/VBD/0/ROOT Russia/NNP/3/obj/B-LOC"
    )
    index = index_of(doc, resolver)
    assert "sergey-lavrov" not in index.entities


def test_a_country_as_first_name(resolver: Resolver) -> None:
    doc = document("Israel/NNP/3/nsubj Quexley/NNP/1/flat won/VBD/0/ROOT")
    assert "ISR" not in index_of(doc, resolver).entities


def test_an_office_alone_is_of_the_country_reported_from(resolver: Resolver) -> None:
    doc = document(
        "GEORGETOWN/NNP/0/ROOT/B-LOC –/:/1/punct Guyana/NNP/4/nsubj/B-LOC agreed/VBD/1/parataxis",
        "Foreign/NNP/2/amod Minister/NNP/4/nsubj Zedek/NNP/2/flat/B-PER met/VBD/0/ROOT Brazil/NNP/4/obj/B-LOC",
    )
    index = index_of(doc, resolver)
    person = index.entity(mention(index, doc, "Foreign Minister Zedek"))
    assert (person.country, person.sectors) == ("GUY", ("GOV",))
    assert person.confidence < 1


def test_a_regions_capital_is_a_town_unless_it_speaks(resolver: Resolver) -> None:
    fell = document("Goma/NNP/2/nsubj/B-LOC fell/VBD/0/ROOT")
    assert index_of(fell, resolver).mentions[0].entity == "place:goma"
    spoke = document("Erbil/NNP/2/nsubj/B-LOC accused/VBD/0/ROOT Baghdad/NNP/2/obj/B-LOC")
    assert index_of(spoke, resolver).mentions[0].entity == "kurdistan-region"


def test_georgia_by_its_cities(resolver: Resolver) -> None:
    doc = document(
        "Georgia/NNP/2/nsubj/B-LOC voted/VBD/0/ROOT in/IN/4/case Savannah/NNP/2/obl/B-LOC"
    )
    assert index_of(doc, resolver).mentions[0].entity == "georgia-us"


def test_georgia_is_a_state_though_america_is_told_of(resolver: Resolver) -> None:
    text = (
        "Berlin/NNP/2/nsubj/B-LOC joined/VBD/0/ROOT Washington/NNP/2/obj/B-LOC in/IN/5/case "
        "Georgia/NNP/2/obl/B-LOC"
    )
    assert index_of(document(text), resolver).mentions[-1].entity == "GEO"
    text = text.replace("Berlin", "Ohio")  # a province of America is told of as well
    assert index_of(document(text), resolver).mentions[-1].entity == "georgia-us"


def test_the_halves_of_a_country(resolver: Resolver) -> None:
    doc = document(
        "The/DT/2/det North/NNP/3/nsubj fired/VBD/0/ROOT at/IN/6/case the/DT/6/det South/NNP/3/obl ,/,/3/punct "
        "Seoul/NNP/9/nsubj/B-LOC told/VBD/3/parataxis North/NNP/11/compound/B-LOC Korea/NNP/9/obj/I-LOC"
    )
    told = [(mention.first, mention.entity) for mention in index_of(doc, resolver).mentions]
    assert {(0, "PRK"), (4, "KOR")} <= set(told)


def test_described_places() -> None:
    doc = document(
        "Rebels/NNS/2/nsubj held/VBD/0/ROOT two/CD/4/nummod bridges/NNS/2/obj near/IN/8/case "
        "the/DT/8/det front/JJ/8/amod line/NN/2/obl there/RB/2/advmod"
    )
    assert [doc[a:b].text for a, b in sites(doc)] == ["two bridges", "the front line", "there"]


HOME_OFFICE = document(
    "The/DT/3/det home/NN/3/compound secretary/NN/8/nsubj ,/,/5/punct Sajid/NNP/3/appos/B-PER "
    "Javid/NNP/5/flat/I-PER ,/,/3/punct resigned/VBD/0/ROOT"
)


@pytest.mark.parametrize("published", [None, "2016-03-01", "2024-03-01"])
def test_a_name_beside_an_office_outweighs_the_tables(
    resolver: Resolver, published: str | None
) -> None:
    index = find(HOME_OFFICE, Story(text=HOME_OFFICE.text, published=published), resolver)
    person = index.entity(mention(index, HOME_OFFICE, "The home secretary"))
    assert (person.id, person.code) == ("sajid-javid", "GBRGOV")


def test_the_story_outweighs_the_tables_further_down(resolver: Resolver) -> None:
    doc = document(
        "Home/NNP/2/compound Secretary/NNP/5/nsubj Dara/NNP/2/flat/B-PER Moll/NNP/3/flat/I-PER left/VBD/0/ROOT",
        "The/DT/4/det British/JJ/4/amod home/NN/4/compound secretary/NN/5/nsubj returned/VBD/0/ROOT",
    )
    index = index_of(doc, resolver, "2024-03-01")
    assert index.entity(mention(index, doc, "The British home secretary")).id == "person:dara-moll"


def test_an_office_is_nobody_where_no_time_is_told(resolver: Resolver) -> None:
    doc = document("The/DT/3/det French/JJ/3/amod president/NN/4/nsubj resigned/VBD/0/ROOT")
    told = {
        published: find(doc, Story(text=doc.text, published=published), resolver)
        for published in (None, "2019-03-01")
    }
    assert [index.entity(index.mentions[0]).id for index in told.values()] == [
        "FRA-president",
        "emmanuel-macron",
    ]
    assert told[None].entity(told[None].mentions[0]).code == "FRAGOV"


@pytest.mark.parametrize(
    ("year", "who"), [(2019, "emmanuel-macron"), (2017, "FRA-president")], ids=str
)
def test_an_implied_year_must_have_one_holder(resolver: Resolver, year: int, who: str) -> None:
    doc = document("The/DT/3/det French/JJ/3/amod president/NN/4/nsubj resigned/VBD/0/ROOT")
    index = find(doc, Story(text=doc.text, implied_year=year), resolver)
    assert index.entity(index.mentions[0]).id == who


def test_a_body_lies_where_its_name_says(resolver: Resolver) -> None:
    doc = document(
        "Queen/NNP/2/nmod:desc/B-ORG Mary/NNP/3/compound/I-ORG University/NNP/6/nsubj/I-ORG "
        "of/IN/5/case/I-ORG London/NNP/3/nmod/B-LOC agreed/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    body = index.entity(index.mentions[0])
    assert (body.name, body.code) == ("Queen Mary University of London", "GBREDU")
    assert {index.entity(m).id for m in index.mentions[1:] if m.as_place} == {"GBR"}


def test_a_name_does_not_end_in_of(resolver: Resolver) -> None:
    doc = document(
        "The/DT/3/det Amber/NNP/3/compound/B-ORG Federation/NNP/7/nsubj/I-ORG of/IN/6/case/I-ORG "
        "Northern/NNP/6/amod/B-LOC Syria/NNP/3/nmod/I-LOC agreed/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    assert index.entity(index.mentions[0]).name == "Amber Federation of Northern Syria"
    doc = document(
        "Amber/NNP/2/compound/B-ORG Federation/NNP/4/nsubj/I-ORG of/IN/2/case/I-ORG agreed/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    assert index.entity(index.mentions[0]).name == "Amber Federation"
    doc = document(
        "Amber/NNP/2/compound/B-ORG Chamber/NNP/8/nsubj/I-ORG of/IN/5/case/I-ORG the/DT/5/det/I-ORG "
        "Republic/NNP/2/nmod/B-LOC of/IN/7/case/I-LOC Chad/NNP/5/nmod/I-LOC agreed/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    assert index.entity(index.mentions[0]).name == "Amber Chamber of the Republic of Chad"


def test_a_town_is_in_the_state_named_after_it(resolver: Resolver) -> None:
    doc = document(
        "They/PRP/2/nsubj met/VBD/0/ROOT in/IN/4/case Tripoli/NNP/2/obl/B-LOC ,/,/6/punct "
        "Lebanon/NNP/4/nmod:unmarked/B-LOC ././2/punct"
    )
    index = index_of(doc, resolver)
    town = index.entity(mention(index, doc, "Tripoli"))
    assert (town.id, town.country, "LBY" in index.entities) == ("place:tripoli", "LBN", False)
    doc = document(
        "They/PRP/2/nsubj left/VBD/0/ROOT Tripoli/NNP/2/obj/B-LOC ,/,/5/punct "
        "Lebanon/NNP/3/conj/B-LOC ,/,/8/punct and/CC/8/cc Egypt/NNP/3/conj/B-LOC"
    )
    assert "LBY" in index_of(doc, resolver).entities


def test_a_town_is_in_the_one_state_of_the_story_that_has_it(resolver: Resolver) -> None:
    meeting = "They/PRP/2/nsubj met/VBD/0/ROOT in/IN/4/case Tripoli/NNP/2/obl/B-LOC"
    doc = document("Lebanon/NNP/2/nsubj/B-LOC waited/VBD/0/ROOT", meeting)
    index = index_of(doc, resolver)
    assert index.entity(mention(index, doc, "Tripoli")).country == "LBN"
    both = "Lebanon/NNP/4/nsubj/B-LOC and/CC/3/cc Libya/NNP/1/conj/B-LOC waited/VBD/0/ROOT"
    index = index_of(doc := document(both, meeting), resolver)
    assert index.entity(mention(index, doc, "Tripoli")).country == "LBY"


def test_a_town_is_in_the_state_of_the_story_told_most_of_those_that_have_it(
    resolver: Resolver,
) -> None:
    first = "Brazil/NNP/2/nsubj/B-LOC waited/VBD/0/ROOT for/IN/4/case Brazil/NNP/2/obl/B-LOC"
    second = "Bolivia/NNP/2/nsubj/B-LOC met/VBD/0/ROOT in/IN/5/case Santa/NNP/5/compound/B-LOC Cruz/NNP/2/obl/I-LOC"
    index = index_of(doc := document(first, second), resolver)
    assert index.entity(mention(index, doc, "Santa Cruz")).country == "BOL"
    index = index_of(doc := document(first, second.replace("Bolivia", "Peru")), resolver)
    assert index.entity(mention(index, doc, "Santa Cruz")).country == "PHL"


def test_the_south_is_the_other_half_of_the_north(resolver: Resolver) -> None:
    doc = document(
        "North/NNP/2/compound/B-LOC Korea/NNP/3/nsubj/I-LOC left/VBD/0/ROOT the/DT/5/det South/NNP/3/obj/B-LOC"
    )
    assert "KOR" in index_of(doc, resolver).entities
    doc = document(
        "North/NNP/2/compound/B-LOC Kivu/NNP/3/nsubj/I-LOC left/VBD/0/ROOT the/DT/5/det South/NNP/3/obj/B-LOC"
    )
    assert "south-kivu" not in index_of(doc, resolver).entities


def test_initials_of_a_name_of_the_story(resolver: Resolver) -> None:
    doc = document(
        "The/DT/4/det Iraqi/NNP/4/compound/B-ORG Security/NNP/4/compound/I-ORG Forces/NNPS/5/nsubj/I-ORG left/VBD/0/ROOT",
        "The/DT/2/det ISF/NNP/3/nsubj/B-ORG returned/VBD/0/ROOT",
    )
    assert index_of(doc, resolver).entity(mention(index_of(doc, resolver), doc, "The ISF")).id == (
        "iraqi-army"
    )


def test_allies_and_guards_are_not_of_their_owners_state(resolver: Resolver) -> None:
    doc = document(
        "The/DT/2/det US/NNP/4/nmod:poss/B-LOC 's/POS/2/case allies/NNS/5/nsubj left/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    assert index.entity(mention(index, doc, "The US 's allies")).country == ""
    doc = document(
        "Baghdadi/NNP/3/nmod:poss/B-PER 's/POS/1/case bodyguards/NNS/4/nsubj left/VBD/0/ROOT"
    )
    index = index_of(doc, resolver, "2019-03-01")
    assert "COP" not in index.entity(mention(index, doc, "Baghdadi 's bodyguards")).sectors[:1]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("a/DT/2/det couple/NN/5/nsubj of/IN/4/case months/NNS/2/nmod passed/VBD/0/ROOT", False),
        ("a/DT/2/det couple/NN/5/nsubj of/IN/4/case soldiers/NNS/2/nmod left/VBD/0/ROOT", True),
        ("the/DT/2/det banks/NNS/6/nsubj of/IN/5/case the/DT/5/det Euphrates/NNP/2/nmod/B-LOC flooded/VBD/0/ROOT", False),
        ("the/DT/2/det banks/NNS/5/nsubj of/IN/4/case Cyprus/NNP/2/nmod/B-LOC closed/VBD/0/ROOT", True),
        ("the/DT/3/det latest/JJS/3/amod figures/NNS/4/nsubj rose/VBD/0/ROOT", False),
        ("5/CD/2/nummod PM/NN/3/nsubj passed/VBD/0/ROOT", False),
        ("the/DT/2/det PM/NN/3/nsubj left/VBD/0/ROOT", True),
        ("two/CD/3/nummod senior/JJ/3/amod figures/NNS/4/nsubj left/VBD/0/ROOT", True),
    ],
)  # fmt: skip
def test_words_for_people_that_mean_things(resolver: Resolver, words: str, found: bool) -> None:
    doc = document(words)
    index = index_of(doc, resolver)
    heads = [token.i for token in doc if token.dep_ == "nsubj"]
    assert (index.headed_by(heads[0]) is not None) is found


def test_an_office_and_a_name_between_commas(resolver: Resolver) -> None:
    doc = document(
        "After/IN/11/mark the/DT/4/det US/NNP/4/compound/B-LOC secretary/NN/11/nsubj of/IN/6/case "
        "state/NN/4/nmod ,/,/8/punct Rex/NNP/11/nsubj/B-PER Tillerson/NNP/8/flat/I-PER ,/,/8/punct spoke/VBD/0/ROOT"
    )
    index = index_of(doc, resolver, "2016-03-01")
    person = index.entity(mention(index, doc, "the US secretary of state"))
    assert (person.id, person.code) == ("rex-tillerson", "USAGOV")


def test_three_countries_are_those_listed(resolver: Resolver) -> None:
    doc = document(
        "Mali/NNP/6/nsubj/B-LOC ,/,/3/punct Niger/NNP/1/conj/B-LOC and/CC/5/cc Chad/NNP/1/conj/B-LOC "
        "met/VBD/0/ROOT Kenya/NNP/6/obj/B-LOC",
        "The/DT/3/det three/CD/3/nummod countries/NNS/4/nsubj agreed/VBD/0/ROOT",
    )
    index = index_of(doc, resolver)
    found = index.entity(mention(index, doc, "The three countries"))
    assert set(found.members) == {"MLI", "NER", "TCD"}


@pytest.mark.parametrize(("word", "who"), [("RNC", "republican-party"), ("UNHCR", "unhcr")])
def test_initials_of_a_full_name(resolver: Resolver, word: str, who: str) -> None:
    doc = document(
        "The/DT/4/det Republican/NNP/4/amod/B-ORG National/NNP/4/amod/I-ORG Committee/NNP/5/nsubj/I-ORG met/VBD/0/ROOT",
        f"{word}/NNP/2/nsubj/B-ORG left/VBD/0/ROOT",
    )
    assert index_of(doc, resolver).entity(mention(index_of(doc, resolver), doc, word)).id == who


def test_a_last_name_is_whom_the_story_names_in_full(resolver: Resolver) -> None:
    doc = document(
        "Jeb/NNP/3/nsubj/B-PER Bush/NNP/1/flat/I-PER spoke/VBD/0/ROOT",
        "Bush/NNP/2/nsubj/B-PER left/VBD/0/ROOT",
    )
    index = index_of(doc, resolver, "2016-03-01")
    assert {index.entity(m).id for m in index.mentions} == {"jeb-bush"}


def test_one_of_a_people_is_no_state(resolver: Resolver) -> None:
    doc = document("A/DT/2/det Spaniard/NNP/3/nsubj left/VBD/0/ROOT")
    index = index_of(doc, resolver)
    assert [(item.code, item.kind) for item in index.entities.values()] == [("ESPCVL", "unnamed")]


def test_a_longer_name_is_not_the_congress(resolver: Resolver) -> None:
    doc = document(
        "The/DT/4/det Syrian/JJ/4/amod/B-NORP Dialogue/NNP/4/compound Congress/NNP/5/nsubj/B-ORG met/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    assert "us-congress" not in index.entities


def test_people_from_elsewhere_are_not_of_the_place(resolver: Resolver) -> None:
    doc = document(
        "Western/JJ/2/amod diplomats/NNS/5/nsubj in/IN/4/case Mali/NNP/2/nmod/B-LOC left/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    assert index.entity(mention(index, doc, "Western diplomats")).country == ""


@pytest.mark.parametrize("pair", ["two/CD countries/NNS", "two/CD sides/NNS", "two/CD leaders/NNS"])
def test_two_of_a_kind_are_those_the_story_speaks_of_most(resolver: Resolver, pair: str) -> None:
    number, noun = pair.split()
    doc = document(
        "Chad/NNP/2/nsubj/B-LOC accused/VBD/0/ROOT Togo/NNP/2/obj/B-LOC of/IN/5/case lies/NNS/2/obl",
        "Togo/NNP/2/nsubj/B-LOC denied/VBD/0/ROOT it/PRP/2/obj",
        "Chad/NNP/2/nsubj/B-LOC left/VBD/0/ROOT talks/NNS/2/obj",
        "Japan/NNP/4/nsubj/B-LOC and/CC/3/cc Australia/NNP/1/conj/B-LOC worry/VBP/0/ROOT",
        f"The/DT/3/det {number}/3/nummod {noun}/4/nsubj agreed/VBD/0/ROOT",
    )
    index = index_of(doc, resolver)
    found = mention(index, doc, "The two " + noun.split("/")[0])
    assert {party.country for party in index.participants(found)} == {"TCD", "TGO"}


def test_both_are_the_two_that_acted_together_and_not_their_host(resolver: Resolver) -> None:
    doc = document(
        "Chad/NNP/4/nsubj/B-LOC and/CC/3/cc Togo/NNP/1/conj/B-LOC agreed/VBD/0/ROOT on/IN/6/case talks/NNS/4/obl in/IN/8/case Kenya/NNP/6/nmod/B-LOC",
        "Kenya/NNP/2/nsubj/B-LOC praised/VBD/0/ROOT Chad/NNP/2/obj/B-LOC",
        "The/DT/3/det two/CD/3/nummod countries/NNS/4/nsubj agreed/VBD/0/ROOT",
    )
    index = index_of(doc, resolver)
    found = mention(index, doc, "The two countries")
    assert {party.country for party in index.participants(found)} == {"TCD", "TGO"}


def test_two_leaders_who_are_new_point_back_at_nobody(resolver: Resolver) -> None:
    doc = document(
        "Chad/NNP/2/nsubj/B-LOC accused/VBD/0/ROOT Togo/NNP/2/obj/B-LOC of/IN/5/case lies/NNS/2/obl",
        "It/PRP/2/nsubj met/VBD/0/ROOT two/CD/4/nummod leaders/NNS/2/obj",
    )
    index = index_of(doc, resolver)
    found = [m for m in index.mentions if doc[m.head].text == "leaders"]
    assert all(not index.entity(m).members for m in found)


@pytest.mark.parametrize(("other", "country"), [("EU", "EUR"), ("Belgium", "BEL")])
def test_brussels_acts_for_whom_the_story_speaks_of(
    resolver: Resolver, other: str, country: str
) -> None:
    doc = document(
        f"{other}/NNP/2/nsubj/B-ORG ministers/NNS/3/nsubj met/VBD/0/ROOT",
        "Brussels/NNP/2/nsubj/B-LOC accused/VBD/0/ROOT Togo/NNP/2/obj/B-LOC",
    )
    index = index_of(doc, resolver)
    assert index.entity(mention(index, doc, "Brussels")).country == country


def test_no_civilians_are_nobody(resolver: Resolver) -> None:
    doc = document("There/EX/2/expl were/VBD/0/- no/DT/4/det civilians/NNS/2/nsubj")
    index = index_of(doc, resolver)
    assert not [m for m in index.mentions if m.head == 3]


def test_words_that_are_passed_on_are_no_station_s(resolver: Resolver) -> None:
    doc = document(
        "RT/NNP/3/dep @envoy/ADD/3/dep left/VBD/0/ROOT", "RT/NNP/2/nsubj said/VBD/0/ROOT"
    )
    index = index_of(doc, resolver)
    assert [mention.first for mention in index.mentions if mention.entity == "rt"] == [3]


def test_a_name_ends_with_its_line(resolver: Resolver) -> None:
    doc = Doc(
        VOCAB,
        words=["Amber", "Gazette", "\n\n", "Kasse", "left"],
        tags=["NNP", "NNP", "_SP", "NNP", "VBD"],
        heads=[1, 4, 1, 4, 4],
        deps=["compound", "nsubj", "dep", "nsubj", "ROOT"],
        ents=["B-ORG", "I-ORG", "I-ORG", "I-ORG", "O"],
    )
    names = {item.name for item in index_of(doc, resolver).entities.values()}
    assert "Amber Gazette" in names and not any("\n" in name for name in names)
