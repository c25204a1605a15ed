"""Language: text to a spaCy Doc with sentences, words, tags, dependencies, names and speech."""

from dragoman.language.pipeline import Pipeline, load

__all__ = ["Pipeline", "load"]
