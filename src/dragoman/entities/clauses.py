"""Whose clause a phrase stands in: the subject of its verb, that of the clause above, and who reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.grammar import SUBJECTS

if TYPE_CHECKING:
    from dragoman.entities.words import Words

CLAUSES = frozenset({"ccomp", "advcl", "acl", "acl:relcl", "parataxis", "ROOT"})
JOINED = frozenset({"conj", "xcomp"})
BORROWING = frozenset({"xcomp", "advcl", "conj", "acl"})
VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


class Clauses:
    """The clauses of one story; what was found of a verb is kept.

    Args:
        words: the words of the story as lists.
        speech: lemmas of verbs of saying.
    """

    def __init__(self, words: Words, speech: frozenset[str]) -> None:
        self.speech = speech
        self.tags, self.deps, self.lemmas = words.tags, words.deps, words.lemmas
        self.above, self.kids = words.above, words.kids
        labelled, tags = words.labelled, words.tags
        self.heads = {place for dep in CLAUSES for place in labelled.get(dep, ())}
        self.heads |= {p for dep in JOINED for p in labelled.get(dep, ()) if tags[p] in VERBS}
        self.tensed: dict[int, bool] = {}
        self.subjects: dict[int, int] = {}
        self.of_verb: dict[int, tuple[int, int, int, bool]] = {}

    def around(self, place: int) -> tuple[int, int, int, int]:
        """The subjects of the phrase's clause and of the one above, whether that reports speech,
        and whether the phrase is the subject of its sentence's main verb."""
        above, heads, verb = self.above, self.heads, place
        for _ in range(12):
            if verb in heads:
                break
            verb = above[verb]
        held = self.of_verb.get(verb)
        if held is None:
            held = self.of_verb[verb] = self.clause(verb)
        subject, upper, reported, root = held
        own = subject == place
        return -1 if own else subject, upper, reported, int(own and root)

    def clause(self, verb: int) -> tuple[int, int, int, bool]:
        """A verb's subject, that of the clause above, whether that reports speech, whether the verb
        is its sentence's main one."""
        deps, above = self.deps, self.above
        subject, root = self.subject_of(verb), deps[verb] == "ROOT"
        while deps[verb] in JOINED and above[verb] != verb:
            verb = above[verb]
        upper = above[verb]
        if upper == verb:
            return subject, -1, 0, root
        reported = deps[verb] in ("ccomp", "parataxis") and self.lemmas[upper] in self.speech
        return subject, self.subject_of(upper), int(reported), root

    def subject_of(self, verb: int) -> int:
        """The subject of a verb, borrowed from the clause above where it has none; −1 for none.

        A finite verb borrows from a finite one: in "Chad demanded that Mali release him and said",
        Chad said, even where the parse joins "said" to "release".
        """
        held = self.subjects.get(verb)
        if held is None:
            held = self.subjects[verb] = self.found_subject(verb)
        return held

    def found_subject(self, verb: int) -> int:
        """``subject_of``, looked for."""
        deps, finite = self.deps, self.finite(verb)
        for _ in range(6):
            lent = not finite or self.finite(verb)
            for kid in self.kids[verb] if lent else ():
                if deps[kid] in SUBJECTS:
                    return kid
            if (lent and deps[verb] not in BORROWING) or self.above[verb] == verb:
                return -1
            verb = self.above[verb]
        return -1

    def finite(self, verb: int) -> bool:
        """Whether a verb has tense, by its own tag or an auxiliary's."""
        held = self.tensed.get(verb)
        if held is None:
            tags, deps = self.tags, self.deps
            helping = [kid for kid in self.kids[verb] if deps[kid] in AUXILIARIES]
            held = tags[verb] in FINITE or any(tags[kid] in FINITE for kid in helping)
            self.tensed[verb] = held
        return held
