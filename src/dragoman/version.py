"""The version of the package, read by the run manifest of every record."""

__version__ = "0.1.0"
