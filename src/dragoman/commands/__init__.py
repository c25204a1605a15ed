"""The commands that are not the ledger's: ``read``, ``code``, ``why``, ``patterns``, ``eval``."""
