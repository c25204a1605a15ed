"""A crisis on one page, from a ledger: ``ledger.brief(...)``. How it looks is for ``dragoman.web.brief``."""

from dragoman.ledger.brief.gather import brief
from dragoman.ledger.brief.parts import Brief

__all__ = ["Brief", "brief"]
