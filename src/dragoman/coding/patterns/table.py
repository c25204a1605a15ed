"""Event patterns as data: reads and checks the tables of this folder."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from dragoman.coding.patterns.lemmas import Lemmas
from dragoman.errors import DataError
from dragoman.ontology import Ontology
from dragoman.tables import Row, read_table

SHIPPED = Path(__file__).parent
COLUMNS = ("name", "mode", "cameo", "on", "lemmas", "roles", "when", "fires", "spares")
PARTS_OF_SPEECH = {"verb", "noun", "adj"}
#: Lists that are questions about a token and not words.
PREDICATES = frozenset({"@can_act", "@can_threaten", "@plural", "@place"})
WILDCARD = "*"
#: The table of words that look like an event and are none: no type of any coding scheme.
NOTHING = "NOTHING"

_REQUIRED = {
    "words": {
        "actor_nouns", "light_verbs", "place_word", "troops", "deed_again", "occurrence",
        "attitude", "contains", "bodies", "led_by", "violence_noun", "fights", "beside", "on_the_side",
        "volunteers", "means", "goes", "goals", "emerges", "slays", "inert", "tolls", "undergone", "decries", "stop_verb",
        "joint", "quantities", "subject_control", "mediates", "prepositions",
    },
    "governors": {
        "hypothetical", "future", "negation", "reporting", "speaking", "irrealis_nouns", "scheduled",
        "saying_nouns",
    },
    "anaphora": set(),
    "irregular": set(),
}  # fmt: skip

#: Steps that look at the word itself or right below it.
_CHEAP = frozenset(
    {"lemma", "neg", "aux", "prt", "form", "tense", "voice", "clause_of", "inf", "under"}
)

#: A way through the tree, as the names of its steps: ("obj", "poss").
Way = tuple[str, ...]
_Words = dict[str, frozenset[str]]
_Sets = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Condition:
    """One test of a row: some of ``ways`` leads to a word of ``words`` (or to one of ``asks``)."""

    ways: tuple[Way, ...]
    words: frozenset[str]
    asks: frozenset[str]
    negated: bool


@dataclass(frozen=True)
class Pattern:
    """One row: where it fires and who is who.

    ``actors`` and ``recipients`` are ways, the first that leads to a word wins. ``together`` puts
    the second list among the actors (reciprocal events). ``name`` is "TYPE.row"; ``own`` marks one
    that the scheme brings along.
    """

    name: str
    type: str
    mode: str
    cameo: str
    on: str
    lemmas: tuple[str, ...]
    actors: tuple[Way, ...]
    recipients: tuple[Way, ...]
    together: bool
    conditions: tuple[Condition, ...]
    fires: str
    spares: str
    file: str
    line: int
    own: bool = False

    @cached_property
    def weight(self) -> float:
        """How specific the row is: its tests that demand something."""
        demands = [condition for condition in self.conditions if not condition.negated]
        return sum(1 if condition.words != {WILDCARD} else 0.8 for condition in demands)


@dataclass(frozen=True)
class Patterns:
    """All rows, found by part of speech and lemma, and the word lists they share."""

    rows: tuple[Pattern, ...]
    by_lemma: Mapping[tuple[str, str], tuple[Pattern, ...]]
    lists: Mapping[str, frozenset[str]]
    governors: Mapping[str, frozenset[str]]
    anaphora: Mapping[str, frozenset[str]]
    settings: Mapping[str, str]
    lemmas: Lemmas

    @cached_property
    def triggers(self) -> frozenset[str]:
        """The lemmas that any row fires on."""
        return frozenset(lemma for _, lemma in self.by_lemma)

    def words(self, name: str) -> frozenset[str]:
        """A word list by its name without "@"."""
        return self.lists[name]

    def types(self, setting: str) -> frozenset[str]:
        """The types, modes or patterns that a setting names; none where it is not made."""
        return self._types.get(setting, frozenset())

    @cached_property
    def _types(self) -> dict[str, frozenset[str]]:
        return {setting: frozenset(told.split()) for setting, told in self.settings.items()}


@cache
def load(ontology: Ontology | None = None, folder: Path | None = None) -> Patterns:
    """The patterns in ``folder`` (None: the shipped ones), checked against a coding scheme.

    A scheme's own patterns come to the shipped ones and go before them; their type stands, whatever
    the language model sees. Of two of one name the scheme's own holds.

    Raises:
        DataError: a row names an unknown mode, list or part of speech, or has no example.
    """
    root = folder or SHIPPED
    data = _lists(root / "lists.toml")
    lists = _word_sets(data["words"])
    own = ontology.patterns if ontology is not None and folder is None else ()
    tables = [*sorted(root.glob("*.tsv")), *own]
    named = {row.name: row for path in tables for row in _table(path, lists, ontology)}
    rows = list(named.values())
    settings = data.get("settings", {})
    firm = " ".join([settings.get("firm", ""), *(row.name for row in rows if row.own)])
    by_lemma: dict[tuple[str, str], list[Pattern]] = {}
    for row in rows:
        for lemma in row.lemmas:
            if _never(row, lemma):
                continue
            by_lemma.setdefault((row.on, lemma), []).append(row)
    known = {lemma for _, lemma in by_lemma}
    known.update(word for words in lists.values() for word in words)
    known.update(word for row in rows for test in row.conditions for word in test.words)
    return Patterns(
        rows=tuple(rows),
        by_lemma={key: tuple(found) for key, found in by_lemma.items()},
        lists=lists,
        governors=_word_sets(data["governors"]),
        anaphora=_word_sets(data["anaphora"]),
        settings={**settings, "firm": firm},
        lemmas=Lemmas(known, {k: v.split() for k, v in data["irregular"].items()}),
    )


def _never(row: Pattern, lemma: str) -> bool:
    """Whether the row's own tests of the lemma shut this lemma out."""
    return any(
        test.ways == (("lemma",),) and (lemma in test.words) == test.negated
        for test in row.conditions
    )


def _cost(test: Condition) -> int:
    """How dear a test is: looking at the word itself first, at clauses below last."""
    return sum(1 if len(way) == 1 and way[0] in _CHEAP else 4 * len(way) for way in test.ways)


def _lists(path: Path) -> dict[str, dict[str, str]]:
    """The tables of the word lists; every one that the rest relies on is there."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(str(path), None, "no such table") from None
    except tomllib.TOMLDecodeError as error:
        raise DataError(str(path), None, str(error)) from None
    for table, names in _REQUIRED.items():
        missing = sorted(names - set(data.get(table, {})))
        if missing or table not in data:
            raise DataError(str(path), None, f"[{table}] lacks {', '.join(missing) or 'all'}")
    return data


def _word_sets(table: Mapping[str, str]) -> _Words:
    return {name: frozenset(words.split()) for name, words in table.items()}


def _table(
    path: Path, lists: Mapping[str, frozenset[str]], ontology: Ontology | None
) -> Iterable[Pattern]:
    type_ = path.stem
    if ontology is not None and type_ not in (*ontology.types, NOTHING):
        return  # patterns of a type that the scheme does not have
    seen: set[str] = set()
    own = ontology is not None and path in ontology.patterns
    for row in read_table(path, COLUMNS):
        if row["name"] in seen:
            raise row.error(f"name given twice: {row['name']}")
        seen.add(row["name"])
        if row["on"] not in PARTS_OF_SPEECH:
            raise row.error(f"on must be verb, noun or adj, not {row['on']!r}")
        mode = row["mode"]
        if mode and type_ != NOTHING and ontology and mode not in ontology.modes(type_):
            if own or ontology.shipped:
                raise row.error(f"{type_} has no mode {mode!r}")
            mode = ""  # a scheme with fewer modes than PLOVER has
        if not row["fires"] or not row["spares"]:
            raise row.error("every row needs a sentence that fires it and one that must not")
        if not row.listed("lemmas"):
            raise row.error("no lemma")
        actors, recipients, together = _roles(row)
        conditions = [_condition(part, row, lists) for part in _parts(row["when"])]
        if own:
            _check_ways(row, "roles", (*actors, *recipients), lists)
            _check_ways(row, "when", [way for test in conditions for way in test.ways], lists)
        yield Pattern(
            name=f"{type_}.{row['name']}",
            type=type_,
            mode=mode,
            cameo=row["cameo"],
            on=row["on"],
            lemmas=row.listed("lemmas"),
            actors=actors,
            recipients=recipients,
            together=together,
            conditions=tuple(sorted(conditions, key=_cost)),
            fires=row["fires"],
            spares=row["spares"],
            file=row.file,
            line=row.line,
            own=own,
        )


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _roles(row: Row) -> tuple[tuple[Way, ...], tuple[Way, ...], bool]:
    text = row["roles"]
    sign = ">" if ">" in text else "+"
    if sign not in text:
        raise row.error('roles need ">" (actor > recipient) or "+" (all are actors)')
    left, right = text.split(sign, 1)
    return _ways(left), _ways(right), sign == "+"


def _ways(text: str) -> tuple[Way, ...]:
    return tuple(tuple(way.strip().split(".")) for way in text.split("/") if way.strip())


def _check_ways(row: Row, column: str, ways: Iterable[Way], lists: _Sets) -> None:
    """Refuse a step that leads nowhere: a slip of the pen, after which a row would never fire.

    Raises:
        DataError: it is neither a step nor a preposition.
    """
    known = STEPS | lists["prepositions"]
    for step in (step for way in ways for step in way):
        if step not in known and step.removeprefix("obl:") not in lists["prepositions"]:
            allowed = ", ".join(sorted(STEPS))
            raise row.error(
                f"{column}: no step {step!r} in a way; it is a preposition, obl:PREPOSITION or one of {allowed}"
            )


def _condition(text: str, row: Row, lists: Mapping[str, frozenset[str]]) -> Condition:
    negated = text.startswith("!")
    left, equals, right = text.lstrip("!").partition("=")
    if not equals:
        raise row.error(f'a test needs "=": {text}')
    words: set[str] = set()
    asks: set[str] = set()
    for item in right.split("|"):
        item = item.strip()
        if item in PREDICATES:
            asks.add(item)
        elif item.startswith("@"):
            if item[1:] not in lists:
                raise row.error(f"no such word list: {item}")
            words |= lists[item[1:]]
        elif item:
            words.add(item)
    return Condition(_condition_ways(left), frozenset(words), frozenset(asks), negated)


def _condition_ways(text: str) -> tuple[Way, ...]:
    """The left side of a test; after "obl:" bare prepositions go on ("obl:on|upon")."""
    ways: list[Way] = []
    oblique = False
    for item in text.split("|"):
        item = item.strip()
        head = item.split(".")[0]
        if head.startswith("obl:"):
            oblique = True
        elif oblique and head not in STEPS:
            item = "obl:" + item
        ways.append(tuple(item.split(".")))
    return tuple(ways)


#: Steps that are not prepositions.
STEPS = frozenset(
    {
        "subj", "obj", "iobj", "agent", "prt", "advmod", "xcomp", "clause", "of", "as", "neg",
        "tense", "same", "lemma", "voice", "aux", "joint", "irrealis", "obj_of", "scheduled",
        "lv", "hs", "if", "poss", "mod", "by", "any", "clause_of", "speaker", "inf", "wh", "between",
        "form", "under", "subj_of", "called",
    }
)  # fmt: skip
