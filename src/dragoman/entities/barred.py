"""The countries that somebody is not of, by whom he stands against, is sent to or sent away by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.besides import POSTED, has_role
from dragoman.entities.home_features import SUBJECTS
from dragoman.entities.tables import homelands
from dragoman.entities.unplaced import OFFICIAL

if TYPE_CHECKING:
    from dragoman.entities.home_features import Scene
    from dragoman.entities.unplaced import Open
    from dragoman.entities.words import Words

AWAY = frozenset({"by", "from"})  # before who sends somebody away
BACKED_BY = frozenset({"by"})
ARMED = frozenset({"MIL", "REB", "PRM", "UAF"})
STEPS = 8  # names joined or set beside each other


def barred(scene: Scene, unit: Open) -> set[str]:
    """The countries an entity is not of, none for most.

    Those it stands over against ("the allies of the US"); where diplomats work ("the consulate in
    Lagos"); of whom somebody tells in his turn to speak, but for the land over a transcript; who sends people away, or summons diplomats ("Mali expelled the envoy"); where a people
    of several states does not live ("Kurdish forces"); on whom sanctions are put; against whom weapons are used ("encircled
    Taiwan with warships"); whose troops an army next to them tells of; for governments and armies, those of which a story tells by
    an armed group alone ("Boko Haram" in Niger); for armed men, those who stand behind them ("Chad-backed rebels").

    Args:
        scene: the countries of the story.
        unit: an entity whose words tell no country.
    """
    lists = scene.maker.lists
    lands = lands_of(unit)
    found = set(scene.codes).difference(lands) if lands else set()
    if has_role(unit.draft, lists["other_side"]):
        owner, _, _ = unit.entity.rpartition(f"-{unit.draft.key}")
        found.add(scene.of_entity.get(owner, ""))
    found |= scene.stand_against.get(unit.entity, set()) | spoken_of(scene, unit)
    abroad, sent = (
        has_role(unit.draft, lists["abroad"]),
        has_role(unit.draft, lists["sent to talk"]),
    )
    reading = unit.draft.reading
    if reading is not None and OFFICIAL & set(reading.sectors[:1]):
        found |= scene.of_groups  # whose government is not that of where it strikes
    for head in unit.heads:
        if abroad:
            found |= around(scene, head, POSTED)
        found |= used_against(scene, head) | penalised(scene, head)
        found |= flown_into(scene, head) | protested_at(scene, head)
        found |= told_of(scene, unit, head) | over_the_border(scene, head)
        found |= backers(scene, unit, head)
        found |= sent_away(scene, head, lists["calls in" if abroad else "sends away"])
        found |= sent_away(scene, head, lists["takes in"]) if sent else set()
    return found - {""}


def spoken_of(scene: Scene, unit: Open) -> set[str]:
    """The countries told of in the turns of whoever speaks in a transcript, but for those named above its first."""
    own = {
        number for number, label in scene.turns.items() if any(head in label for head in unit.heads)
    }
    if not own:
        return set()
    lines, first = scene.words.paragraphs, min(scene.turns)
    above = {code for head, code in scene.by_head.items() if lines[head] < first}
    return {
        code
        for head, code in scene.by_head.items()
        if lines[head] in own and head not in scene.turns[lines[head]]
    } - above


def lands_of(unit: Open) -> tuple[str, ...]:
    """The states in which the people lives that an entity is, or is of; none for all others."""
    lands = homelands()
    if unit.entity in lands:
        return lands[unit.entity]
    entries = [item.entry.id for item in unit.draft.items if item.entry is not None]
    return next((lands[entry] for entry in entries if entry in lands), ())


def around(scene: Scene, place: int, cases: frozenset[str]) -> set[str]:
    """The countries of a word's complements with one of these prepositions."""
    words = scene.words
    return {
        scene.by_head[kid] for kid in words.kids[place] if kid in scene.by_head
        and any(words.deps[k] == "case" and words.lowers[k] in cases for k in words.kids[kid])
    }  # fmt: skip


def told_of(scene: Scene, unit: Open, head: int) -> set[str]:
    """The neighbours of the one state that a story comes from of whose troops an army tells: in a story
    from Islamabad "the military said two Indian soldiers were killed" is told by no Indian army."""
    words, reading = scene.words, unit.draft.reading
    lemma = words.lemmas[words.above[head]].lower()
    if words.deps[head] not in SUBJECTS or lemma not in scene.maker.lists["speech"]:
        return set()
    if len(scene.dateline) != 1 or reading is None or "MIL" not in reading.sectors:
        return set()
    home = scene.maker.phrases.scanner.lexicon.state(next(iter(scene.dateline)))
    if home is None:
        return set()
    return {
        draft.reading.country for draft in scene.drafts
        if scene.sentences[draft.head] == scene.sentences[head] and draft.reading is not None
        and ARMED & set(draft.reading.sectors) and draft.reading.country in home.neighbours
    }  # fmt: skip


def backers(scene: Scene, unit: Open, head: int) -> set[str]:
    """The states that stand behind armed men, or that these are for or against: "Chadian-backed rebels", "militias
    armed by Chad"."""
    words, reading = scene.words, unit.draft.reading
    if reading is None or not ARMED & set(reading.sectors):
        return set()
    found = {
        item.entry.country for item in unit.draft.items if item.backer and item.entry is not None
    }
    for kid in words.kids[head]:
        if words.deps[kid] == "acl" and words.lowers[kid] in scene.maker.lists["backed"]:
            found |= around(scene, kid, BACKED_BY)
    return found


def used_against(scene: Scene, head: int) -> set[str]:
    """The countries of those to whom something is done with a thing."""
    words, verb = scene.words, scene.words.above[head]
    if words.deps[head] != "obl" or words.preposition_of(head) != "with":
        return set()
    objects = [kid for kid in words.kids[verb] if words.deps[kid] in ("obj", "nsubj:pass")]
    return {scene.by_head[kid] for kid in objects if kid in scene.by_head}


def penalised(scene: Scene, head: int) -> set[str]:
    """The country that puts sanctions on somebody: "Mali imposed sanctions on the judge who …"."""
    words, penalties, verb = scene.words, scene.maker.lists["penalises"], scene.words.above[head]
    if words.deps[head] == "obj" and words.lemmas[verb].lower() in penalties:
        return acting(scene, verb)
    if words.preposition_of(head) not in ("on", "against"):
        return set()
    if words.deps[head] == "nmod" and words.lemmas[verb].lower() in penalties:
        return acting(scene, words.above[verb]) if words.deps[verb] == "obj" else set()
    things = [kid for kid in words.kids[verb] if words.deps[kid] == "obj"]
    imposed = any(words.lemmas[kid].lower() in penalties for kid in things)
    return acting(scene, verb) if imposed else set()


def acting(scene: Scene, verb: int) -> set[str]:
    """The countries of who does what a verb tells."""
    return {
        scene.by_head[kid] for kid in scene.words.kids[verb]
        if scene.words.deps[kid] in SUBJECTS and kid in scene.by_head
    }  # fmt: skip


def over_the_border(scene: Scene, head: int) -> set[str]:
    """The state behind a border of which a sentence tells: "killed in western Niger near the border with Mali",
    where it names another."""
    words, named = scene.words, scene.named_in[int(scene.sentences[head])]
    beyond = {
        code for place, code in named.items()
        if words.preposition_of(place) == "with"
        and words.lemmas[case_before(words, place)] in scene.maker.lists["border"]
    }  # fmt: skip
    return beyond if set(named.values()) - beyond - {""} else set()


def case_before(words: Words, place: int) -> int:
    """The word before the preposition of a phrase ("crossing" of "a crossing with Chad")."""
    first = min((kid for kid in words.kids[place] if words.deps[kid] == "case"), default=place)
    return max(0, first - 1)


def flown_into(scene: Scene, head: int) -> set[str]:
    """The countries of what drones and missiles hit, and of who shoots them down: who sent them is
    somebody else, or is not told."""
    words, verb, lists = scene.words, scene.words.above[head], scene.maker.lists
    if words.lemmas[head].lower() not in lists["flies in"]:
        return set()
    if any(words.lowers[kid] in lists["at home"] for kid in words.kids[head]):
        return set()  # "an army drone" may strike at home
    if words.deps[head] == "obj" and words.lemmas[verb].lower() in lists["shoots down"]:
        return acting(scene, verb)
    if words.deps[head] not in SUBJECTS:
        return set()
    found, level = set(), [kid for kid in words.kids[verb] if words.deps[kid] in ("obj", "obl")]
    for _ in range(STEPS):
        found |= {scene.by_head[word] for word in level if word in scene.by_head}
        level = [kid for word in level for kid in words.kids[word] if words.deps[kid][:4] == "nmod"]
    return found


def protested_at(scene: Scene, head: int) -> set[str]:
    """All countries but that of who protests: "thousands of Georgians rallied against the government"."""
    words, noun = scene.words, head
    if words.deps[noun] == "nmod:poss":  # "against the government's decision"
        noun = words.above[noun]
    verb = words.above[noun]
    if words.deps[noun] != "obl" or words.preposition_of(noun) != "against":
        return set()
    if words.lemmas[verb].lower() not in scene.maker.lists["protests"]:
        return set()
    people = [kid for kid in words.kids[verb] if words.deps[kid] in SUBJECTS]
    people += [below for kid in people for below in words.kids[kid] if words.deps[below] == "nmod"]
    own = {scene.by_head[word] for word in people if word in scene.by_head}
    return set(scene.codes) - own if len(own) == 1 else set()


def sent_away(scene: Scene, head: int, verbs: frozenset[str]) -> set[str]:
    """The country that does to somebody what one of the verbs says."""
    words, verb = scene.words, scene.words.above[head]
    for _ in range(STEPS):
        if words.deps[head] not in ("conj", "appos"):
            break
        head, verb = verb, words.above[verb]
    lemma = words.lemmas[verb].lower()
    with_particle = [
        f"{lemma} {words.lowers[kid]}" for kid in words.kids[verb]
        if words.deps[kid] == "compound:prt"
    ]  # fmt: skip
    if lemma not in verbs and verbs.isdisjoint(with_particle):
        return set()
    if words.deps[head] == "nsubj:pass":
        return around(scene, verb, AWAY)
    bare = with_particle and words.deps[head] == "obl" and not words.preposition_of(head)
    if words.deps[head] not in ("obj", "iobj") and not bare:  # "called in the envoy"
        return set()
    for _ in range(STEPS):  # "declined to receive the envoy"
        if words.deps[verb] != "xcomp" or any(words.deps[k] in SUBJECTS for k in words.kids[verb]):
            break
        verb = words.above[verb]
    return acting(scene, verb)
