import dragoman
from dragoman.coder import Options
from dragoman.coding.sport import KINDS, sport_note, sport_words

GAME = """Kenya attacked early and beat Uganda 3-1 in overtime on Tuesday. The goalie stopped
nine shots before the striker scored a hat-trick, and the coach praised the players. Uganda lost the
playoff semifinal last season as well. Its midfielder was sent off before halftime. The fans of both
teams will see a rematch in the tournament in May, the league said. Kenya accused
Uganda of bribing the referee."""
RIOT = """Police arrested forty fans after a football match between Kenya and Uganda on Tuesday.
The coach of the home team blamed the league. Three people were killed when a stand fell in, the
interior ministry said, and the government called off all games this season."""


def test_words_are_of_a_kind():
    assert set(sport_words().values()) == set(KINDS)


def test_a_story_of_sport_has_no_events_and_says_so():
    record = dragoman.load().code(dragoman.Story(text=GAME, published="2030-05-01"))
    assert not record.events and not record.commitments and record.entities
    assert [note.code for note in record.story.notes] == ["sport"]


def test_the_events_of_sport_are_coded_when_asked_for():
    coder = dragoman.load(options=Options(sport=True))
    assert coder.code(dragoman.Story(text=GAME, published="2030-05-01")).events


def test_a_riot_at_a_match_is_news():
    assert sport_note(dragoman.Story(text=RIOT)) is None
