"""Words: spaCy's tokenizer, tuned so that its words are those of the English UD treebanks.

Hyphens and slashes between words stand alone ("Al - Ani", "and / or"), except after prefixes that
are no words ("anti-tank", "non-state"), inside telephone numbers and between digits ("9/11").
Runs of one mark are one word ("!!!", "====").
"""

# ruff: noqa: SIM905 (word lists read better as text)
from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.attrs import ORTH
from spacy.lang.char_classes import ALPHA
from spacy.lang.en import English
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import create_vocab

HYPHENS = "-–—‐‑−"
#: Prefixes that keep their hyphen in the treebanks (counted on the training parts).
PREFIXES = frozenset(
    """
non e anti mid re co pro pre post cross over multi ex counter semi sub mini socio psycho intra
inter trans ultra un pseudo arch macro micro mega proto supra extra bi uh naqsh masjed
""".split()
)
SUFFIXES_KEPT = frozenset(("esque", "wise", "less", "fold", "e"))
RUNS = (
    r"[.:]?[!?]{2,}",
    r"[.:][!?]",
    r"[-=]{3,}",
    r"\+{3,}",
    *(rf"{mark}{{2,}}" for mark in ("=", "_", r"\*", "<", ">", "~", r"\$", "-", "#", "`")),
)
#: Written together, read apart.
APART = {
    "wanna": ("wan", "na"), "gimme": ("gim", "me"), "lotta": ("lot", "ta"),
    "outta": ("out", "ta"), "alot": ("a", "lot"), "US$": ("US", "$"),
    "C$": ("C", "$"), "A$": ("A", "$"),
}  # fmt: skip
#: Brackets inside a chunk that stand alone: "account(s)", "a.doc)(See".
BRACKETS = (r"(?<=[a-z])\((?=s\))", r"\)(?=\()", r"(?<=\))\(")
#: A dash without spaces beside another mark: "(AFP)—Soldiers", "the “deal”—a pause", "5%—more", "he said.—The".
GLUED = (
    r"(?<=[)\]”’\"'%.,;!?])[—–](?=[\w(\[“‘\"'$£€])", r"(?<=\w)[—–](?=[(\[“‘\"'$£€])",
    r"[)\]”\"](?=[—–])", r"(?<=[a-z.,!?])’(?=—)", r"(?<=[a-z]{3})\.(?=[”’\"]?[—–])", r"(?<=[a-z])[,;!?](?=[”’\"]?[—–])", r"(?<=\d)%(?=[—–])",
    r"(?<=[\w)\]”’\".,;!?][—–])[(\[“‘\"$£€]",
)  # fmt: skip
#: spaCy's exceptions that the treebanks do not share.
READ_ALONE = ("and/or", "):", "(:", "id", "Id", "wed", "Wed", "B.C.")
#: Abbreviations that keep their stop.
STOPPED = ("al.", "Mon.", "Tues.", "Wed.", "Thurs.", "cf.", "div.", "Maj.", "Sgt.", "Capt.", "Lt.", "Col.", "Cmdr.", "Brig.",
           "Hon.", "Amb.", "Pres.", "Atty.", "Supt.", "Adm.", "Gen.", "Gov.", "Rep.", "Sen.", "Rev.",
           "Messrs.", "Sept.", "Ft.", "Mt.", "St.", "‘’")  # fmt: skip
TELEPHONE = re.compile(
    r"(?:\+?\d{1,4}-)?\d{3}-\d{3,4}(?:-\d{3,5})?$|x?\d-\d{3,4}$|\d{1,2}-\d{1,2}-\d{2,4}$"
)


def _kept_together(chunk: str, start: int, end: int) -> bool:
    """Whether the hyphen or slash at ``start`` belongs inside its word."""
    mark = chunk[start:end]
    if mark == "/":
        digits = chunk[start - 1 : start].isdigit() and chunk[end : end + 1].isdigit()
        return digits or chunk.lower() in ("b/c", "l/c", "i/c", "c/o", "w/o", "n/a")
    if len(mark) != 1 or mark not in HYPHENS or not start:
        return False
    before = re.search(r"\w*$", chunk[:start])
    after = re.match(r"\w*", chunk[end:])
    if mark != "-" or before is None or after is None:
        return False
    if before.group().lower() in PREFIXES or after.group().lower() in SUFFIXES_KEPT:
        return True
    return bool(TELEPHONE.match(chunk))


class _Infixes:
    """Where a chunk without white space is cut; the regular expression proposes, the rules decide."""

    def __init__(self, patterns: list[str]) -> None:
        self.find = compile_infix_regex(patterns).finditer

    def __call__(self, chunk: str) -> Iterator[re.Match[str]]:
        return (
            match for match in self.find(chunk)
            if not _kept_together(chunk, match.start(), match.end())
        )  # fmt: skip


def tokenizer() -> Tokenizer:
    """The tokenizer, with a vocabulary of its own.

    It is built in one go: setting a finder on a tokenizer that exists makes spaCy read all its
    special cases again each time, which took most of the loading time.
    """
    defaults = English.Defaults
    rules: dict[str, list[dict[int, str]]] = dict(defaults.tokenizer_exceptions or {})
    for joined in READ_ALONE:
        rules.pop(joined, None)
    for whole, parts in APART.items():
        for form in {whole, whole[:1].upper() + whole[1:]}:
            rules[form] = [{ORTH: form[: len(parts[0])]}, {ORTH: form[len(parts[0]) :]}]
    rules.update((word, [{ORTH: word}]) for word in STOPPED)
    hyphen = rf"(?<=[{ALPHA}0-9])[{HYPHENS}](?=[{ALPHA}0-9])"
    stopped = rf"(?<=[A-Z]\.[A-Z]\.)[{HYPHENS}](?=[{ALPHA}])"  # "U.S.-led"
    slash = rf"(?<=[{ALPHA}0-9])/(?=[{ALPHA}0-9])"
    infixes = [*RUNS, *map(str, defaults.infixes or ()), hyphen, stopped, slash, *GLUED, *BRACKETS]
    suffixes = [*RUNS, r"(?<=:\d\d)[AaPp]\.?[Mm]\.?", *(defaults.suffixes or ())]
    return Tokenizer(
        create_vocab("en", defaults),
        rules=rules,
        prefix_search=compile_prefix_regex([*RUNS, *(defaults.prefixes or ())]).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=_Infixes(infixes),
        token_match=re.compile(r"#[A-Za-z]\w+$").match,
        url_match=defaults.url_match,
    )
