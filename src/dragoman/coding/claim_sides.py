"""Who stands on which side of a claim: those denied, those who claimed it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from dragoman.coding.cues import DATA, shipped_cues
from dragoman.coding.propositions import Proposition, proposition_of, stem
from dragoman.coding.tokens import noun_phrase, span_of, tokens_in
from dragoman.coding.voices import named_in, voices, with_states
from dragoman.entities.index import EntityIndex
from dragoman.model import Event, Span, Statement, Story
from dragoman.tables import read_table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# How far back, in code points, a charge is looked for that a denial may answer.
NEAR = 700
# Acts of "as the paper reported" in which somebody says what another denies.
_CLAIMING = frozenset({"report", "claim", "accuse"})


@cache
def contradictions() -> dict[str, frozenset[str]]:
    """Kind → words of ``data/claim_words.tsv``."""
    path = DATA / "claim_words.tsv"
    found: dict[str, set[str]] = {
        "negates": set(),
        "refutes": set(),
        "reference": set(),
        "grant": set(),
        "opposes": set(),
        "disowned": set(),
        "insists": set(),
        "own": set(),
        "mutual": set(),
        "contrasts": set(),
        "harm": set(),
        "brings": set(),
        "stops": set(),
        "hits": set(),
        "one_thing": set(),
        "knows": set(),
    }
    for row in read_table(path, ("word", "kind"), whole=True):
        found[row.one_of("kind", found)].add(row["word"].lower())
    return {kind: frozenset(words) for kind, words in found.items()}


@cache
def claim_nouns() -> frozenset[str]:
    """Every form of the nouns that name something claimed ("allegation", "position")."""
    return frozenset(
        form
        for cue in shipped_cues().all
        if cue.part == "noun" and cue.act in ("claim", "accuse")
        for form in cue.forms
    )


def claimants(statement: Statement, doc: Doc, index: EntityIndex) -> list[str]:
    """Who claimed what is denied: "Ukrainian claims", "Kyiv's account", "…, as stated by Kyiv"."""
    found: list[str] = []
    claiming = claim_nouns() | contradictions()["reference"]
    mentions = [m for piece in statement.content for m in named_in(piece, doc, index)]
    for mention in mentions:
        head = doc[mention.head]
        if head.head.lower_ in claiming and head.dep_ in ("nmod:poss", "amod", "compound"):
            found += index.members(mention)
    last = tokens_in(doc, statement.content[-1])
    if not last:
        return found
    found += _as_reported(doc, last[-1], index)
    for token in doc[last[-1] + 1 : doc[last[-1]].sent.end - 3]:
        told = doc[token.i + 1]
        if (
            token.lower_ != "as"
            or told.tag_ != "VBN"
            or doc[token.i + 2].lower_ not in ("in", "by")
        ):
            continue
        if shipped_cues().starting(told.lower_, "verb"):
            beside = list(index.within(token.i + 3, min(token.i + 9, doc[last[-1]].sent.end)))
            found += [key for m in beside[:1] for key in index.members(m)]
    return found


def _as_reported(doc: Doc, last: int, index: EntityIndex) -> list[str]:
    """Who is behind ", as the paper reported": the party right before a verb of claiming or reporting."""
    end = doc[last].sent.end
    start = next((i for i in range(last + 1, end) if doc[i].lower_ == "as"), end)
    verb = next(
        (doc[i] for i in range(start + 1, min(start + 9, end)) if doc[i].tag_[:2] == "VB"), None
    )
    if verb is None or doc[start].head.i != verb.i:
        return []
    acts = {cue.act for cue in shipped_cues().starting(verb.lower_, "verb")}
    if not acts & _CLAIMING:
        return []
    beside = [mention for mention in index.within(start + 1, verb.i) if mention.last == verb.i]
    widest = max(beside, key=lambda mention: mention.last - mention.first, default=None)
    return index.members(widest) if widest is not None else []


def antecedent(statement: Statement, doc: Doc) -> Span | None:
    """The noun that "which" stands for in "the raid, which the army denied ordering", or None."""
    tokens = [doc[i] for piece in statement.content for i in tokens_in(doc, piece)]
    which = next((token for token in tokens if token.lower_ in ("which", "that")), None)
    gerund = any(token.tag_ == "VBG" for token in tokens)
    if which is None or not gerund or len(tokens) > 6:
        return None
    up = which.head
    for _ in range(4):
        if up.dep_ == "acl:relcl" and up.head.tag_.startswith("NN"):
            noun = _nearest_noun(doc, which.i, up.head)
            return span_of(doc, noun_phrase(noun, until=which.i))
        up = up.head
    return None


def _nearest_noun(doc: Doc, place: int, parsed: Token) -> Token:
    """The common noun nearest before "which", past names of places; the parse's where none is near."""
    for token in reversed(doc[max(parsed.i, place - 7) : place]):
        if token.tag_ in ("NN", "NNS") and token.dep_ not in ("compound", "nmod:poss"):
            return token
    return parsed


def claim_told_before(
    statement: Statement,
    statements: Sequence[Statement],
    speakers: Sequence[str],
    doc: Doc,
    index: EntityIndex,
) -> Statement | None:
    """What another said last before "the claim was disputed by …", in the same or last sentence, or
    right before "…, which Belmar denies" (which may be read as a denial of that very clause)."""
    cue, (first, *_) = statement.cue, statement.content
    if cue is not None and first.end <= cue.start:
        for other in statements:
            inside = other.cue is not None and first.contains(other.cue)
            if inside and any(key not in speakers for key in voices(other, doc, index)):
                return other
    tokens = tokens_in(doc, statement.content[0])
    words = [doc[i].lower_ for i in tokens if doc[i].is_alpha]
    pointing = contradictions()["reference"] - {"it", "that", "which", "this", "them"}
    if not words or len(words) > 3:
        return None
    sentence = doc[tokens[0]].sent
    if words == ["which"]:
        low = sentence.start_char
    elif words[0] in ("the", "this", "that", "these", "those") and words[-1] in pointing:
        low = doc[max(0, sentence.start - 1)].sent.start_char
    else:
        return None
    for other in reversed(statements):
        if other.id == statement.id or other.act in ("deny", "ask", "demand", "promise"):
            continue
        if not low <= other.content[0].start < statement.content[0].start:
            continue
        if any(key not in speakers for key in voices(other, doc, index)):
            return other
    return None


def accusers(
    denied: Proposition,
    events: Sequence[Event],
    speakers: Sequence[str],
    doc: Doc,
    index: EntityIndex,
) -> list[str]:
    """Who accused the denier of it shortly before, in kindred words, by the story's events."""
    for event in reversed(events):
        place = event.trigger
        if event.type != "ACCUSE" or not denied.start - NEAR < place.start < denied.start:
            continue
        accused = set(with_states([item.entity for item in event.recipients], index))
        actors = list(with_states([item.entity for item in event.actors], index))
        if not actors or set(actors) & set(speakers) or not accused & set(speakers):
            continue
        token = tokens_in(doc, place)
        told = {stem(word) for word in doc[token[0]].sent} if token else set()
        if told & set(denied.stems):
            return actors
    return []


def at_each_other(
    statement: Statement, doc: Doc, story: Story, index: EntityIndex
) -> list[Proposition]:
    """What two parties who "accused each other of breaking the truce" say, each denied by the other."""
    if statement.act not in ("accuse", "claim") or statement.cue is None or not statement.content:
        return []
    end = statement.content[-1].end
    words = story.text[statement.cue.start : end].lower()
    if not any(f"{word} " in words for word in contradictions()["mutual"]):
        return []
    speakers = [key for key in voices(statement, doc, index) if key in index.entities]
    states = [key for key in speakers if index.entities[key].kind == "state"]
    parties = states if len(states) > 1 else speakers
    found: list[Proposition] = []
    for key in parties if len(parties) > 1 else ():
        proposition = proposition_of(statement, doc, story, index, [])
        proposition.asserted_by = [key]
        proposition.about = {other for other in parties if other != key}
        proposition.deny([other for other in parties if other != key], statement.id, 0.7)
        found.append(proposition)
    return found
