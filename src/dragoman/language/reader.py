"""The shipped model at work: a text's words, window by window, to one annotated Doc."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IS_SPACE, LEMMA, MORPH, POS, SPACY, TAG
from spacy.parts_of_speech import IDS

from dragoman.language import chains, speech, supplied, triggers
from dragoman.language.embedding import DATA, REMEMBERED, WIDTH
from dragoman.language.features import case_class, layouts
from dragoman.language.lemmas import Lemmas
from dragoman.language.mending import Mender
from dragoman.language.morphology import FEATURES
from dragoman.language.name_choice import NameChoice
from dragoman.language.network import PIECES, Network, Scores
from dragoman.language.sentences import starts
from dragoman.language.subjects import one_subject
from dragoman.language.trees import best_tree
from dragoman.language.turns import turns
from dragoman.language.windows import Words, longest_cut, next_cut, opens_paragraph
from dragoman.language.words import tokenizer
from dragoman.reading import datelines
from dragoman.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Keys = NDArray[np.uint64]

#: Half a character, which UTF-8 cannot hold; read as the replacement character.
SURROGATE = re.compile("[\ud800-\udfff]")
#: Taken off the scores of name tags: training shows more names than texts hold. On the names kept
#: from training F1 is 75.6 without, 76.9 with 0.6, 76.7 with 1.0.
NAME_DOUBT = 0.6
#: Paragraphs that open with a word in capitals and a colon, and how many of them make a transcript.
_LABELS, _TURNS = re.compile(r"^[^\S\n]*[A-Z][A-Z .'-]+:", re.MULTILINE), 2
ATTRIBUTES = [TAG, POS, LEMMA, MORPH, HEAD, DEP, ENT_IOB, ENT_TYPE]


class Reader:
    """Words, network and decoders. ``folder`` holds the model's files."""

    def __init__(self, folder: Path = DATA) -> None:
        self.tokenizer = tokenizer()
        self.network = Network(folder)
        self.lemmas = Lemmas()
        self.lemma_keys: dict[tuple[str, int, int], int] = {}
        names = self.network.names
        strings = self.tokenizer.vocab.strings

        def keys(values: Iterable[str | int]) -> Keys:
            return np.array(
                [strings.add(x) if isinstance(x, str) else x for x in values], np.uint64
            )

        self.tags = keys(names["tag"])
        self.universal = keys(IDS[x] for x in names["universal"])
        self.root = names["label"].index("root")
        #: Word classes that a Penn tag rules out: what is tagged as a verb form is a verb.
        verbal = np.array([x.startswith("VB") for x in names["tag"]])
        verbs = np.array([x in ("VERB", "AUX") for x in names["universal"]])
        self.classes = np.where(verbal[:, None] & ~verbs, np.float32(-1e3), np.float32(0))
        self.subjects = frozenset(names["label"].index(label) for label in ("nsubj", "nsubj:pass"))
        self.mender = Mender(names["tag"], names["label"])
        self.labels = keys("ROOT" if x == "root" else x for x in names["label"])
        add = self.tokenizer.vocab.morphology.add
        self.morphs = keys(add(FEATURES[x]) if x in FEATURES else 0 for x in names["tag"])
        self.kinds = keys(0 if x == "O" else x[2:] for x in names["name"])
        self.iob = keys(2 if x == "O" else 3 if x[0] == "B" else 1 for x in names["name"])
        self.space_label = strings.add("dep")
        rules = chains.forbidden(names["name"]) + self.network.arrays["name_transitions"]
        doubt = NAME_DOUBT * np.array([x != "O" for x in names["name"]], np.float32)
        self.names = NameChoice(names["name"], rules, doubt, self.network.file("name_choice.tsv"))
        self.speech_rules = speech.rules(names["speech"], self.network.arrays["transitions"])
        self._space = (strings.add("_SP"), IDS["SPACE"])

    def read(self, text: str) -> Doc:
        """The Doc of one text."""
        with one_thread():
            return self._read(text)

    def _read(self, text: str) -> Doc:
        doc = self.tokenizer(SURROGATE.sub("\ufffd", text))
        words = words_of(doc)
        rows = np.zeros((len(doc), len(ATTRIBUTES)), dtype=np.uint64)
        states = np.zeros((len(doc), WIDTH), dtype=np.float16)
        cuts: list[int] = []
        read = list(self.windows(words, cuts))
        texts = [words.text[first:end] for first, end, _ in read]
        names = self.names.chosen(texts, [x.name for _, _, x in read])
        for (first, end, scores), tags in zip(read, names, strict=True):
            states[list(words.token[first:end])] = scores.states
            self._annotate(words, first, end, scores, tags, rows)
        spans, chances, windows = self._speech(words, read, len(doc))
        if len(doc):
            self._spaces(doc, words, rows)
            doc.from_array(ATTRIBUTES, rows)
        told = triggers.find(read, words.token, self.network.names["event"])
        doc.user_data.update(
            speech_spans=spans, speech=chances, speech_windows=windows, states=states, triggers=told,
            sentence_cuts=len(cuts),
        )  # fmt: skip
        return doc

    def _speech(
        self, words: Words, read: list[tuple[int, int, Scores]], size: int
    ) -> tuple[
        list[speech.SpeechSpan], NDArray[np.float32], list[tuple[tuple[int, ...], speech.Reading]]
    ]:
        """Speech spans in tokens, log-probabilities of every token's tags, and what each window says."""
        chances = np.zeros((size, len(self.network.names["speech"])), dtype=np.float32)
        spans: list[speech.SpeechSpan] = []
        decoded = speech.decode(
            [x.speech for _, _, x in read], [x.link for _, _, x in read],
            [x.start > 0 for _, _, x in read], self.speech_rules, self.network.names["speech"],
        )  # fmt: skip
        windows = []
        for (first, end, _), reading in zip(read, decoded, strict=True):
            token = words.token[first:end]
            windows.append((token, reading))
            chances[list(token)] = reading.chance
            group = 1 + max((x[4] for x in spans), default=-1)
            spans.extend(
                (kind, token[a], token[b - 1] + 1, certainty, group + number)
                for kind, a, b, certainty, number in reading.spans
            )
        return spans, chances, windows

    def hashes(self) -> dict[str, str]:
        """What shapes a Doc: the model's files."""
        return {"language": self.network.hash()}

    def windows(self, words: Words, cuts: list[int]) -> Iterator[tuple[int, int, Scores]]:
        """The text's windows in order: first word, end (half-open), what the network says.

        A window ends with a paragraph or a sentence. Where neither is plain to see beforehand,
        the window is read, and what follows its last sentence start is read again in the next.

        Args:
            cuts: is given the words before which a sentence had to be cut.
        """
        pieces = [self.network.table.pieces(x) for x in words.text]
        counts = [len(x) for x in pieces]
        cases = [case_class(x) for x in words.text]
        marks = layouts(words.text, words.space, words.paragraph)
        first, room = 0, PIECES - 2
        bare = supplied.lacking(words)

        def run(end: int) -> Scores:
            shown = supplied.Shown(pieces[first:end], cases[first:end], marks[first:end])
            left = room - sum(counts[first:end])  # for the pieces of subjects
            places = [place - first for place in bare if first <= place < end][:left]
            if not places:
                return self.network.run(*shown)
            subject = self.network.table.pieces(supplied.SUBJECT)
            scores = self.network.run(*supplied.with_subjects(shown, places, subject))
            return supplied.without_subjects(scores, places)

        while first < len(words.text):
            end, sure = next_cut(words, counts, first, room)
            scores = run(end)
            if not sure:
                again = np.flatnonzero(scores.start > 0)
                last = int(again[-1]) if len(again) else 0
                end = first + last if last else longest_cut(words, counts, first, room)
                if not last and end < len(words.text) and not words.paragraph[end]:
                    cuts.append(end)
                scores = run(end)
            yield first, end, scores
            first = end

    def _annotate(
        self,
        words: Words,
        first: int,
        end: int,
        scores: Scores,
        names: NDArray[np.int64],
        rows: NDArray[np.uint64],
    ) -> None:
        """Fill the rows of one window's tokens."""
        text, token = words.text[first:end], words.token[first:end]
        begins = starts(text, scores.start, words.paragraph[first:end], words.dateline[first:end])
        begins[[place - first for place in words.spoken if first <= place < end]] = True
        heads = trees(scores.arc, begins)
        own = np.arange(len(text))

        def labelled(words: NDArray[np.int64], heads: NDArray[np.int64]) -> NDArray[np.float32]:
            found = self.network.labels(scores, words, heads)
            found[:, self.root] = np.where(heads == words, np.inf, -np.inf)
            return found

        labels = labelled(own, heads).argmax(1)
        bounds = [*np.flatnonzero(begins).tolist(), len(text)]
        one_subject(scores.arc, bounds, heads, labels, labelled, self.subjects)
        tags = scores.tag.argmax(1)
        self.mender.mend(text, tags, heads, labels)
        universal = (scores.universal + self.classes[tags]).argmax(1)
        places = np.array(token)
        rows[places, 0] = self.tags[tags]
        rows[places, 1] = self.universal[universal]
        rows[places, 2] = [
            self._lemma(*x) for x in zip(text, universal.tolist(), tags.tolist(), strict=True)
        ]
        rows[places, 3] = self.morphs[tags]
        rows[places, 4] = (places[heads] - places).astype(np.int64).view(np.uint64)
        rows[places, 5] = self.labels[labels]
        rows[places, 6] = self.iob[names]
        rows[places, 7] = self.kinds[names]

    def _lemma(self, word: str, universal: int, tag: int) -> int:
        """The key of a word's lemma, remembered."""
        found = self.lemma_keys.get((word, universal, tag))
        if found is None:
            if len(self.lemma_keys) > REMEMBERED:
                self.lemma_keys.clear()
            names = self.network.names
            lemma = self.lemmas(word, names["universal"][universal], names["tag"][tag])
            found = self.lemma_keys[word, universal, tag] = self.tokenizer.vocab.strings.add(lemma)
        return found

    def _spaces(self, doc: Doc, words: Words, rows: NDArray[np.uint64]) -> None:
        """White space hangs on the word before it, at the beginning of a text on the first word."""
        known = set(words.token)
        last = words.token[0] if words.token else 0
        for place in range(len(doc)):
            if place in known:
                last = place
                continue
            lemma = doc[place].orth
            iob = 1 if 0 < place < len(doc) - 1 and rows[place + 1, 6] == 1 else 2
            label = self.space_label if words.token else self.labels[self.root]
            target = last if words.token else place
            rows[place] = (*self._space, lemma, 0, (target - place) % 2**64, label, iob, rows[place - 1, 7] if iob == 1 else 0)  # fmt: skip


def words_of(doc: Doc) -> Words:
    """The words of a tokenised text with what the encoder is told of their layout."""
    text: list[str] = []
    token: list[int] = []
    space: list[bool] = []
    paragraph: list[bool] = []
    dateline: list[bool] = []
    filed = 0  # where the dateline that opens the paragraph ends
    gap, whole, start, before = "\n\n", doc.text, 0, ""
    blanks = doc.to_array([IS_SPACE, SPACY]).reshape(-1, 2).astype(int).tolist()
    for place, (item, (is_space, parted)) in enumerate(zip(doc, blanks, strict=True)):
        word, blank = item.text, " " if parted else ""
        first, start = start, start + len(word) + len(blank)
        if is_space:
            gap += word + blank
            continue
        opens = not text or (bool(gap) and gap != " " and opens_paragraph(gap, before, word))
        if opens and (found := datelines.find(whole[first : first + 200])):
            alone = not text and _names_town_alone(found, whole)
            filed = first + len(found.text) if found.agency or found.date or alone else 0
        text.append(word)
        token.append(place)
        space.append(bool(gap))
        paragraph.append(opens)
        dateline.append(first < filed)
        gap, before = blank, word
    told = turns(text, [place for place, opens in enumerate(paragraph) if opens])
    spoken = frozenset(turn.first for turn in told.values() if turn.said)
    return Words(
        tuple(text), tuple(token), tuple(space), tuple(paragraph), tuple(dateline), spoken
    )  # fmt: skip


def _names_town_alone(found: datelines.Dateline, whole: str) -> bool:
    """Whether a story opens with a town in capitals and a colon ("LAHORE: Police …"); what stands so before further
    paragraphs are those who speak in a transcript."""
    town = bool(found.place and found.place.isupper()) and found.text.rstrip().endswith(":")
    return town and len(_LABELS.findall(whole)) < _TURNS


def trees(arcs: NDArray[np.float32], begins: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Heads of all words of a window, one tree a sentence."""
    heads = np.empty(len(begins), dtype=np.int64)
    bounds = [*np.flatnonzero(begins).tolist(), len(begins)]
    for first, end in pairwise(bounds):
        heads[first:end] = best_tree(arcs[first:end, first:end]) + first
    return heads
