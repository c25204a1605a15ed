"""How a brief looks: one self-contained web page, or a few lines for the terminal."""

from dragoman.web.brief.page import render
from dragoman.web.brief.text import brief_text

__all__ = ["brief_text", "render"]
