"""One self-contained web page of a record: the story marked in place, the record beside it.

The page needs no network and no other file, so that it can be mailed and opened years later; it
forbids itself everything but its own style and script.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from textwrap import shorten

from dragoman.model import Record
from dragoman.version import __version__
from dragoman.web.glance import glance_html
from dragoman.web.lines import (
    cast_html,
    claims_html,
    commitments_html,
    doubts_html,
    events_html,
    statements_html,
)
from dragoman.web.marked import story_html
from dragoman.web.view import View
from dragoman.web.words import day_words

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def render(record: Record, *, everything: bool = False) -> str:
    """The page as HTML text; with ``everything`` doubtful events and contested claims are in it."""
    view = View(record, everything)
    style, script = asset("page.css"), asset("page.js")
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            policy(style, script),
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(_title(record))} — Dragoman</title>",
            f"<style>{style}</style></head><body>",
            _header(view),
            glance_html(view),
            f'<main><article class="story" id="story" aria-label="The story"{_language(view)}>',
            story_html(view),
            '</article><aside class="record" aria-label="The record">',
            events_html(view),
            claims_html(view),
            commitments_html(view),
            statements_html(view),
            cast_html(view),
            doubts_html(view),
            "</aside></main>",
            f"<footer>Coded by Dragoman {__version__}.</footer>",
            f"<script>{script}</script>",
            "</body></html>",
        ]
    )


def asset(name: str) -> str:
    """A style or script that the package is shipped with."""
    return (files("dragoman.web") / "assets" / name).read_text("utf-8")


def policy(style: str, script: str) -> str:
    """What the page may load: nothing, and run nothing but the script that it is shipped with."""
    rules = (
        "default-src 'none'",
        f"style-src {_digest(style)}",
        f"script-src {_digest(script)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'


def _digest(words: str) -> str:
    """The SHA-256 of an inline style or script as a browser compares it."""
    digest = base64.b64encode(hashlib.sha256(words.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _language(view: View) -> str:
    """The story's language and direction, which are not those of the page round it."""
    language = view.record.story.language
    direction = "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"
    return f' lang="{escape(language)}" dir="{direction}"'


def _title(record: Record) -> str:
    return (
        record.story.title
        or shorten(record.story.text.split("\n", 1)[0], 120, placeholder=" …")
        or "Untitled story"
    )


def _header(view: View) -> str:
    story = view.record.story
    facts = " · ".join(
        escape(item) for item in (story.publisher, day_words(story), *story.credits) if item
    )
    language = escape(story.language)
    standfirst = (
        f'<p class="standfirst" lang="{language}" dir="auto">{escape(story.standfirst)}</p>'
        if story.standfirst and story.standfirst not in story.text
        else ""
    )
    link = story.url if story.url and story.url.startswith(("http://", "https://")) else ""
    address = f'<p class="address">{escape(link)}</p>' if link else ""
    title = f'<h1 lang="{language}" dir="auto">{escape(_title(view.record))}</h1>'
    return (
        f"<header>{title}{standfirst}<p>{facts}</p>{address}{_menu(view)}{_legend(view)}</header>"
    )


def _menu(view: View) -> str:
    """Ways to the parts of the page that it has."""
    parts = [
        ("events", "Events", len(view.events)),
        ("contested", "Contested", len(view.contested)),
        ("commitments", "Commitments", len(view.record.commitments)),
        ("statements", "Statements", len(view.record.statements)),
        ("who", "Who", len(view.cast)),
        ("doubts", "Doubts", len(view.record.story.notes)),
    ]
    links = "".join(
        f'<a href="#{key}">{name} <b>{count}</b></a>' for key, name, count in parts if count
    )
    story = '<a href="#story">Story</a>'
    return f'<nav aria-label="Parts of the page">{story}{links}</nav>'


def _legend(view: View) -> str:
    """What colours and lines in the story mean; nothing where the story is not coded."""
    if not view.record.entities:
        return ""
    return (
        '<p class="legend">In the story: <span class="entity">who is named</span>, '
        '<span class="said">what somebody says</span>; events: '
        '<span class="trigger quad-1">verbal</span> and <span class="trigger quad-2">material cooperation</span>, '
        '<span class="trigger quad-3">verbal</span> and <span class="trigger quad-4">material conflict</span></p>'
    )
