"""Speech inside speech, and speech about speech: "the envoy said that Mr Rao had told him that …".

The parser model's tags never nest, so an inner statement comes from the rules, where syntax leaves
no doubt: a strong verb (or noun) of speech with a speaker of its own and a clause that it governs,
all of it inside one piece of what another has said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.cues import Cue, Cues
from dragoman.coding.drafts import Draft, without
from dragoman.coding.frames import cue_tokens, match_cue
from dragoman.coding.tokens import (
    children,
    noun_phrase,
    span_of,
    subject_of,
    subtree,
    tokens_in,
    trimmed,
)
from dragoman.entities.words import words_of
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Acts that report what was put into words. Thought and what a document shows are left in peace.
_ACTS = frozenset(
    {
        "say",
        "claim",
        "deny",
        "accuse",
        "demand",
        "promise",
        "warn",
        "propose",
        "confirm",
        "threaten",
    }
)
_QUOTING = frozenset({"quote", "cite"})
_FINITE = ("VBD", "VBZ", "VBP", "MD")


def is_inner(doc: Doc, item: Draft, tagged: Sequence[Draft]) -> bool:
    """Whether a draft of the rules is a statement inside one of the tagged statements."""
    row = item.cue_row
    if row is None or not item.cue or not item.source or item.borrowed or not item.content:
        return False
    if row.strength != "strong" or row.act not in _ACTS or not reports(doc, item):
        return False
    if row.act == "deny" and row.presupposes != "false":
        return False  # refusing to act
    place = span_of(doc, sorted([*item.cue, *item.source]))
    holder = next(
        (
            piece
            for draft in tagged
            if not set(draft.cue) & set(item.cue)
            for piece in draft.content
            if piece.contains(place) and all(piece.contains(own) for own in item.content)
        ),
        None,
    )
    if holder is None:
        return False
    words = [doc[i] for piece in item.content for i in tokens_in(doc, piece)]
    finite = any(token.tag_ in _FINITE for token in words)
    return finite or (row.act in ("demand", "deny", "accuse") and len(words) >= 3)


def reports(doc: Doc, item: Draft) -> bool:
    """Whether the cue tells of words that fell, from somebody the sentence names.

    "would demand" tells of none; a speaker who is only "he" is nearly always the outer one; laws
    and plans that "require" have no name.
    """
    modal = any(doc[i].tag_ == "MD" for i in item.cue)
    return not modal and any(doc[i].tag_.startswith("NNP") for i in item.source)


def with_that(doc: Doc, tagged: Sequence[Draft], known: Sequence[Draft], cues: Cues) -> list[Draft]:
    """Inner statements that the parse lost: a strong verb, its named speaker, "that" right after.

    The clause is taken to run to the end of the piece it stands in.
    """
    taken = {index for draft in (*tagged, *known) for index in draft.cue}
    found: list[Draft] = []
    told = words_of(doc)
    for draft in tagged:
        for piece in draft.content:
            tokens = tokens_in(doc, piece)
            for index in tokens[1:-2]:
                if told.lowers[index + 1] != "that" or told.tags[index] != "VBD":
                    continue
                if index in taken:
                    continue
                verb = doc[index]
                matched = match_cue(verb, cues, "verb")
                speaker = subject_of(verb)
                if matched is None or speaker is None or not tokens[0] <= speaker.i < index:
                    continue
                row, further = matched
                source = noun_phrase(speaker, until=index)
                if "clause" not in row.takes or not _strong(row) or speaker.tag_[:3] != "NNP":
                    continue
                content = [Span(doc[index + 1].idx, piece.end)]
                words = cue_tokens(verb, further)
                found.append(
                    Draft(
                        row, words, source, speaker.i, content, origin="rule:that", confidence=0.6
                    )
                )
    return found


def as_saying(doc: Doc, drafts: Sequence[Draft], cues: Cues) -> list[Draft]:
    """The words of "quoted the envoy as saying that …": the envoy's, inside the paper's.

    The paper's own statement is made to hold the envoy too; of "the envoy was quoted as saying …", the
    envoy becomes the speaker.
    """
    found: list[Draft] = []
    for draft in drafts:
        quoting = next((doc[i] for i in draft.cue if doc[i].lemma_ in _QUOTING), None)
        saying = next((doc[i] for i in draft.cue if _is_as_saying(doc[i])), None)
        if saying is not None and not draft.source:
            _give_speaker(doc, draft, saying)
        if quoting is None or saying is not None or not draft.source or not draft.content:
            continue
        end = draft.content[-1].end
        verb = next((t for t in doc[quoting.i : quoting.sent.end] if _is_as_saying(t)), None)
        matched = match_cue(verb, cues, "verb") if verb is not None else None
        speaker = (
            next((c for c in children(quoting, "obj") if c.i < verb.i), None) if verb else None
        )
        if verb is None or matched is None or speaker is None or doc[verb.i + 1].idx >= end:
            continue
        source = noun_phrase(speaker, until=verb.i - 1)
        told = {
            i for c in children(verb, "obj", "iobj") for i in subtree(c)
        }  # "telling parliament"
        first = next((t for t in doc[verb.i + 1 :] if t.i not in told and not t.is_punct), verb)
        before = Span(doc[quoting.i].idx, first.idx)
        content = [piece for piece in without(draft.content, before) if piece.end > first.idx]
        if not content:
            continue
        found.append(
            Draft(
                matched[0], [verb.i], source, speaker.i, content, origin="rule:as", confidence=0.7
            )
        )
        start = min(draft.content[0].start, doc[source[0]].idx)
        draft.content[0] = Span(start, draft.content[0].end)
    return found


def _is_as_saying(verb: Token) -> bool:
    """Whether a verb is the "saying" of "quoted as saying"."""
    return verb.tag_ == "VBG" and verb.i > 0 and verb.nbor(-1).lower_ == "as"


def _give_speaker(doc: Doc, draft: Draft, saying: Token) -> None:
    """Make who "was quoted as saying" the speaker of a statement that has none."""
    quoted = next((t for t in saying.ancestors if t.lemma_ in _QUOTING), None)
    subject = next((c for c in quoted.children if c.dep_ == "nsubj:pass"), None) if quoted else None
    if subject is not None:
        draft.source, draft.source_head = noun_phrase(subject), subject.i


def _strong(row: Cue) -> bool:
    return row.strength == "strong" and row.act in _ACTS and row.presupposes != "false"


def denied_nouns(doc: Doc, tagged: Sequence[Draft], cues: Cues) -> None:
    """Turn round "allegations that Moscow denies", tagged as if they alleged a denial.

    The relative clause becomes the statement: its verb denies, its subject speaks, the noun is what
    is denied.
    """
    for draft in tagged:
        if len(draft.content) != 1 or not draft.cue or draft.source:
            continue
        words = trimmed(doc, tokens_in(doc, draft.content[0]))
        if not 3 <= len(words) <= 8 or doc[words[0]].lower_ not in ("that", "which"):
            continue
        matched = match_cue(doc[words[-1]], cues, "verb")
        speaker = [i for i in words[1:-1] if doc[i].tag_[:2] in ("NN", "PR", "DT", "JJ", "PO")]
        if matched is None or matched[0].act != "deny" or not speaker or matched[1]:
            continue
        noun = draft.cue
        draft.cue_row, draft.source, draft.source_head = matched[0], speaker, None
        draft.cue = [i for i in words[1:] if i not in speaker]
        draft.content = [span_of(doc, noun)]
