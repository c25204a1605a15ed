"""The ledger: one record of the crisis from many reports, in one DuckDB file."""

from dragoman.ledger.ledger import Added, Ledger, open_ledger

__all__ = ["Added", "Ledger", "open_ledger"]
