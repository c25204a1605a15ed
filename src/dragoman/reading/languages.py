"""Which language a text is in: its script first, then its function words.

Counting function words tells the languages of news apart without a model: the words of
``lexicon/data/function_words.tsv`` make up 25–45 % of running text. Loading takes under 5 ms.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from dragoman.model import Note
from dragoman.reading import knowledge
from dragoman.reading.blocks import Draft

_SCRIPTS = {
    "latin": r"A-Za-zÀ-ɏḀ-ỿ", "cyrillic": r"Ѐ-ӿ", "arabic": r"؀-ۿݐ-ݿ", "hebrew": r"֐-׿",
    "greek": r"Ͱ-Ͽ", "kana": r"぀-ヿ", "hangul": r"가-힣", "han": r"一-鿿", "devanagari": r"ऀ-ॿ",
    "bengali": r"ঀ-৿", "tamil": r"஀-௿", "telugu": r"ఀ-౿", "thai": r"฀-๿", "georgian": r"Ⴀ-ჿ",
    "armenian": r"԰-֏", "ethiopic": r"ሀ-፿", "myanmar": r"က-႟", "khmer": r"ក-៿", "gurmukhi": r"਀-੿",
    "gujarati": r"઀-૿", "malayalam": r"ഀ-ൿ", "kannada": r"ಀ-೿", "sinhala": r"඀-෿", "lao": r"຀-໿",
    "tibetan": r"ༀ-࿿",
}  # fmt: skip
_LETTERS = {name: re.compile(f"[{letters}]") for name, letters in _SCRIPTS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6_000
_SCRIPT_SAMPLE = 1_500
_FEW_WORDS = 12
DEFAULT = "en"


@cache
def _words() -> dict[str, dict[str, frozenset[str]]]:
    """Script to language to function words.

    Raises:
        DataError: a row names an unknown script.
    """
    table: dict[str, dict[str, frozenset[str]]] = {}
    for row in knowledge.rows("function_words.tsv", ("language", "script", "words")):
        known = frozenset() if row["words"] == "-" else frozenset(row["words"].split())
        table.setdefault(row.one_of("script", _SCRIPTS), {})[row["language"]] = known
    return table


def function_words() -> frozenset[str]:
    """The function words of English."""
    return _words()["latin"][DEFAULT]


def identify(text: str, draft: Draft) -> str:
    """The ISO 639-1 code of the text's language; adds a note when it is not English or is unclear.

    Args:
        draft: its ``language`` (what the page declares) decides when the text is too short.
    """
    sample = _sample(text)
    script = _script(sample)
    language, share = _best(sample, script)
    declared = (draft.language or "").split("-")[0].split("_")[0].lower() or None
    if not share and declared in _words().get(script or "", {}) and script != "latin":
        language = declared
    if language is None:
        language = declared or DEFAULT
        if declared is None and len(_WORD.findall(text)) >= _FEW_WORDS:
            note = "the language could not be told; taken for English"
            draft.notes.append(Note("language-unclear", note))
    if language != DEFAULT:
        share_text = f" ({share:.0%} of its words are that language's commonest)" if share else ""
        draft.notes.append(
            Note(
                "language", f"the text is in {language!r}, not English{share_text}; it is not coded"
            )
        )
    return language


def _sample(text: str) -> str:
    """The middle of long texts: heads of pages are names and menus."""
    if len(text) <= _SAMPLE:
        return text
    start = (len(text) - _SAMPLE) // 2
    return text[start : start + _SAMPLE]


def _best(text: str, script: str | None) -> tuple[str | None, float]:
    """Language and the share of its function words; (None, 0) when nothing decides.

    Where the letters are not Latin it is never English: the likeliest language of the script is given.
    """
    if script is None:
        return None, 0.0
    languages = _words().get(script, {})
    if len(languages) == 1 and script not in ("latin", "cyrillic", "arabic"):
        return next(iter(languages)), 0.0
    found = _WORD.findall(text)  # "EST" is a time zone, and no French
    words = [word.lower() for word in found if len(word) == 1 or not word.isupper()]
    words = words if 2 * len(words) > len(found) else [word.lower() for word in found]
    frequency = Counter(words)
    shares = {
        language: sum(frequency[word] for word in known) / max(1, len(words))
        for language, known in languages.items()
    }
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    (first, share), (_, second) = ranked[0], ranked[1]
    more_than_one = first == DEFAULT or share * len(words) > 1.5
    if script == "latin" and first != DEFAULT:  # "Kenya met Chad in Lome" is no Dutch
        more_than_one = len((languages[first] - languages[DEFAULT]) & frequency.keys()) > 1
    enough = len(words) >= _FEW_WORDS or (share - second >= 0.15 and more_than_one)
    if share < 0.08 or not enough:
        return (None if script == "latin" else first), 0.0
    if first != DEFAULT and shares.get(DEFAULT, 0.0) > 0.8 * share:
        return DEFAULT, shares[DEFAULT]
    return first, share


def _script(text: str) -> str | None:
    """The script of most letters, None when there are hardly any."""
    sample = text[:_SCRIPT_SAMPLE]
    latin = len(_LETTERS["latin"].findall(sample))
    if sample.isascii() or latin > 0.5 * len(sample):
        return "latin" if latin >= 3 else None
    counts = {name: len(letters.findall(sample)) for name, letters in _LETTERS.items()}
    total = sum(counts.values())
    if total < 3:
        return None
    script = max(counts, key=lambda name: counts[name])
    return "kana" if script == "han" and counts["kana"] > 0.05 * total else script
