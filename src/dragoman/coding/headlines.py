"""Speech in headlines, which drop the cue: "Putin: Russia does not want war", "… , minister says"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.coding.cues import word_list
from dragoman.coding.drafts import Draft
from dragoman.coding.title_topics import is_topic
from dragoman.coding.tokens import tokens_in, trimmed
from dragoman.language.turns import NO_SPEAKERS
from dragoman.model import Paragraph, Span, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.cues import Cues
    from dragoman.entities.index import EntityIndex

_COLON = re.compile(r"^\s*([^:\n.?!]{2,60}):\s+(?=\S)")
_TRAILING = re.compile(r"(?:,|\s[–—-])\s+([^,–—\n]{2,50}?)\s+(\w+)\s*[.]?\s*$")
_DASH = re.compile(r"\s[–—-]\s*([^\s,–—\n-][^,–—\n]{1,40}?)[.]?\s*$")
#: A line of a list of headlines, or of flashes in capitals; the longest there are.
_BULLET, _LINE = re.compile(r"\s*(?:[•*·‣▪]|[-–—]\s)\s*"), 140
_LABELS = word_list("labels")


def drafts(
    doc: Doc, story: Story, index: EntityIndex, cues: Cues, taken: list[Draft]
) -> list[Draft]:
    """Statements of the title that no other rule has found."""
    found: list[Draft] = []
    for paragraph in _titles(story):
        bullet = _BULLET.match(story.text, paragraph.start, paragraph.end)
        if bullet is not None:
            paragraph = paragraph.replace(start=bullet.end())
        if any(paragraph.start <= item.hull.start < paragraph.end for item in taken):
            continue
        draft = _speaker_colon(doc, story.text, paragraph, index) or _speaker_last(
            doc, story.text, paragraph, index, cues
        )
        if draft is not None:
            found.append(draft)
    return found


def title_end(story: Story) -> int:
    """Where the title at the head of a story ends, in code points; 0 where the story has none of its own."""
    first = story.paragraphs[0] if len(story.paragraphs) > 1 else None
    marked = first is not None and (first.kind == "title" or (
        first.kind == "text" and story.title is not None
        and story.text[first.start : first.end].strip() == story.title.strip()
    ))  # fmt: skip
    return first.end if first is not None and marked else 0


def _titles(story: Story) -> list[Paragraph]:
    marked = [item for item in story.paragraphs if item.kind in ("title", "standfirst", "heading")]
    first = [item for item in story.paragraphs[:1] if item.end - item.start < 200]
    found = marked or first
    return found + [
        item for item in story.paragraphs if item not in found and _is_line(story.text, item)
    ]


def _is_line(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph is one of a list of headlines, or a flash in capitals, and no sentence."""
    line = text[paragraph.start : paragraph.end].strip()
    headed = _BULLET.match(line) is not None or line.isupper()
    return headed and 0 < len(line) <= _LINE and line[-1] not in '.?!:”"'


def _speaker_colon(doc: Doc, text: str, paragraph: Paragraph, index: EntityIndex) -> Draft | None:
    """ "Putin: Russia does not want war": the words before the colon speak, those after are said."""
    line = text[paragraph.start : paragraph.end]
    found = _COLON.match(line)
    label = found.group(1).strip().lower() if found is not None else ""
    if found is None or label in _LABELS or not NO_SPEAKERS.isdisjoint(label.split()):
        return None
    span = Span(paragraph.start + found.start(1), paragraph.start + found.end(1))
    tokens = trimmed(doc, tokens_in(doc, span))
    if not tokens or len(tokens) > 8:
        return None
    mentions = list(index.within(tokens[0], tokens[-1] + 1))
    known = bool(mentions)
    lands = any(index.entities[mention.entity].kind in ("state", "place") for mention in mentions)
    if lands and line.rstrip()[-1:] == "." and line[: found.end(1)].strip().isupper():
        return None  # "MALI: Soldiers shot two herders."
    named = any(doc[i].ent_type_ in ("PER", "ORG", "LOC", "PERSON", "GPE") for i in tokens)
    verbal = any(doc[i].tag_ in ("VBZ", "VBP", "VBD") for i in tokens)
    if verbal or not (known or named):
        return None
    content = Span(paragraph.start + found.end(), paragraph.end)
    if is_topic(doc, tokens, content, index):
        return None
    return Draft(None, [], tokens, None, [content], origin="rule:headline", confidence=0.7)


def _speaker_last(
    doc: Doc, text: str, paragraph: Paragraph, index: EntityIndex, cues: Cues
) -> Draft | None:
    """ "… , minister says" and "… – UN": the last words of the title name the speaker."""
    line = text[paragraph.start : paragraph.end]
    found = _TRAILING.search(line)
    if found is not None and cues.starting(found.group(2).lower(), "verb"):
        cue = cues.starting(found.group(2).lower(), "verb")[-1]
        source = trimmed(doc, tokens_in(doc, _at(paragraph, found, 1)))
        words = trimmed(doc, tokens_in(doc, _at(paragraph, found, 2)))
        verbal = all(
            doc[i].tag_.startswith("VB") for i in words
        )  # not "…, few options on the table"
        if source and words and verbal and "quote" in cue.takes:
            content = Span(paragraph.start, paragraph.start + found.start())
            return Draft(cue, words, source, None, [content], origin="rule:headline")
    found = _DASH.search(line)
    if found is not None:
        source = trimmed(doc, tokens_in(doc, _at(paragraph, found, 1)))
        if source and len(source) <= 5 and any(index.within(source[0], source[-1] + 1)):
            content = Span(paragraph.start, paragraph.start + found.start())
            return Draft(None, [], source, None, [content], origin="rule:headline", confidence=0.6)
    return None


def _at(paragraph: Paragraph, found: re.Match[str], group: int) -> Span:
    return Span(paragraph.start + found.start(group), paragraph.start + found.end(group))
