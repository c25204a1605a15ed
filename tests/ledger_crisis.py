"""A crisis that never was: 25 short reports over six weeks, written for these tests.

The texts are in ``data/crisis``; here is what a perfect coder would make of each, so that the ledger
is tested without one. Spans are found by the words given.
"""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.ledger.signs import sentences
from dragoman.model import (
    Claim,
    CodedBy,
    Commitment,
    Count,
    Counts,
    Entity,
    Event,
    Events,
    Participant,
    Place,
    Record,
    Run,
    Source,
    Span,
    Statement,
    StatusChange,
    Story,
    When,
)  # fmt: skip

FOLDER = Path(__file__).parent / "data" / "crisis"
RUN = Run("test", {}, {}, {})

# key → (id, name, country, sectors, words that mention it)
PEOPLE = {
    "PER": ("per.gov", "Peru", "PER", ("GOV",), r"Peru(?:vian)?\b"),
    "ECU": ("ecu.gov", "Ecuador", "ECU", ("GOV",), r"Ecuador(?:ean|ian)?\b"),
    "BRA": ("bra.gov", "Brazil", "BRA", ("GOV",), r"Brazil(?:ian)?\b"),
    "OAS": (
        "igo.oas",
        "Organization of American States",
        "IGO",
        (),
        r"Organization of American States|OAS\b",
    ),
}
QUAD = {
    "AGREE": (1, "030", 3.0), "CONSULT": (1, "040", 1.0), "SUPPORT": (1, "050", 3.5), "CONCEDE": (1, "080", 5.0),
    "COOPERATE": (2, "060", 6.0), "AID": (2, "070", 7.0), "RETREAT": (2, "087", 7.0),
    "REQUEST": (3, "100", -1.0), "ACCUSE": (3, "112", -2.0), "REJECT": (3, "120", -4.0),
    "THREATEN": (3, "130", -5.0), "PROTEST": (4, "140", -6.0), "SANCTION": (4, "163", -7.0),
    "MOBILIZE": (4, "150", -7.0), "COERCE": (4, "170", -8.0), "ASSAULT": (4, "190", -10.0),
}  # fmt: skip


class Builder:
    """Makes a record from a text, finding every span by its words."""

    def __init__(self, text: str, published: str | None, publisher: str = "Wire", url: str | None = None,
                 title: str | None = None, people: dict | None = None) -> None:  # fmt: skip
        self.story = Story(text, published=published, publisher=publisher, url=url, title=title)
        self.people = people or PEOPLE
        self.entities = {
            key: Entity(number, name, country, sectors, kind="state" if country != "IGO" else "organisation",
                        mentions=tuple(Span(*m.span()) for m in re.finditer(words, text)))
            for key, (number, name, country, sectors, words) in self.people.items()
            if re.search(words, text)
        }  # fmt: skip
        self.events: list[Event] = []
        self.statements: list[Statement] = []
        self.claims: list[Claim] = []
        self.commitments: list[Commitment] = []

    def at(self, words: str) -> Span:
        start = self.story.text.index(words)
        return Span(start, start + len(words))

    def sentence(self, span: Span) -> Span:
        return next(s for s in sentences(self.story.text) if s.contains(span))

    def party(self, key: str) -> Participant:
        number, name, country, sectors, _ = self.people[key]
        return Participant(number, name, country, sectors, country + "".join(sectors))

    def event(self, kind: str, actors: str, recipients: str, trigger: str, *, aux=(), day=None, place=None,
              dead=None, said=None, mode=None, confidence=0.9) -> Builder:  # fmt: skip
        quad, cameo, score = QUAD[kind]
        span = self.at(trigger)
        where = Place(place, *self._span(place), place, "ECU") if place else None
        counts = Counts(dead=Count(dead[0], dead[1], span.start, span.end)) if dead else None
        self.events.append(
            Event(f"e{len(self.events) + 1}", kind, mode, (), tuple(aux), cameo, quad, score,
                  When(day, day, day if day != self.story.published else "") if day else None, tuple(map(self.party, actors.split())),
                  tuple(map(self.party, recipients.split())), where, counts, span, self.sentence(span),
                  attribution=(said,) if said else (), confidence=confidence,
                  coded_by=CodedBy("rule", f"{kind.lower()}.test"))
        )  # fmt: skip
        return self

    def _span(self, words: str) -> tuple[int, int]:
        span = self.at(words)
        return span.start, span.end

    def says(self, who: str, act: str, cue: str, content: str) -> Builder:
        entity = self.people[who][0]
        self.statements.append(
            Statement(f"s{len(self.statements) + 1}", "indirect", act, Source(entity, who, None, None),
                      self.at(cue), (self.at(content),))
        )  # fmt: skip
        return self

    def claim(
        self, text: str, event: str | None, asserted: str, denied: str, reported: str = ""
    ) -> Builder:
        ids = [
            tuple(self.people[k][0] for k in group.split())
            for group in (asserted, denied, reported)
        ]
        self.claims.append(
            Claim(f"c{len(self.claims) + 1}", text, event, *ids, bool(ids[0] and ids[1]))
        )
        return self

    def commit(self, kind: str, by: str, to: str, words: str, *, status: str | None = None, due=None,
               condition=None, name=None) -> Builder:  # fmt: skip
        base = {"demand": "demanded", "offer": "offered", "promise": "promised", "threat": "threatened",
                "plan": "planned", "agreement": "agreed"}[kind]  # fmt: skip
        span = self.at(words)
        ids = [tuple(self.people[k][0] for k in group.split()) for group in (by, to)]
        self.commitments.append(
            Commitment(f"k{len(self.commitments) + 1}", kind, *ids, words, span.start, span.end, condition,
                       When(due, due, "") if due else None, status or base,
                       (StatusChange(None, status or base),), name=name)
        )  # fmt: skip
        return self

    def record(self) -> Record:
        return Record(self.story, tuple(self.entities.values()), Events(self.events), tuple(self.statements),
                      tuple(self.claims), tuple(self.commitments), RUN)  # fmt: skip


def stories() -> dict[int, Builder]:
    """Number of the report → its text, ready to be coded. File names hold number and day."""
    made = {}
    for path in sorted(FOLDER.glob("*.txt")):
        number, day = path.stem.split("_")
        made[int(number)] = Builder(path.read_text(encoding="utf-8").strip(), day, f"Paper {int(number) % 4}",
                                    f"https://news.example/{path.stem}")  # fmt: skip
    return made


def crisis() -> list[Record]:
    """The 25 records, in order of publication."""
    s = stories()
    post = "Falso Paquisha"
    s[1].event("REQUEST", "PER", "ECU", "demanded").commit(
        "demand", "PER", "ECU", "withdraw its soldiers from the border post of Falso Paquisha"
    )
    s[2].event("REJECT", "ECU", "PER", "rejected").event(
        "REQUEST", "ECU", "PER", "demanded"
    ).commit("demand", "ECU", "PER", "apologise for the flight of a drone over Zamora")
    s[3].event("AGREE", "BRA", "PER ECU", "offered", aux=("future",)).commit(
        "offer", "BRA", "PER ECU", "host talks between Peru and Ecuador in Brasilia"
    )
    s[4].event(
        "ASSAULT", "PER", "ECU", "killed", day="2025-03-06", place=post, dead=(3, None), said="s1"
    ).says(
        "ECU",
        "say",
        "said",
        "Peruvian shells killed at least 3 soldiers at Falso Paquisha on Thursday morning",
    )
    s[5].event(
        "ASSAULT", "PER", "ECU", "killed", day="2025-03-06", place=post, dead=(3, None), said="s1"
    ).says(
        "ECU",
        "say",
        "said",
        "Peruvian shells killed at least 3 soldiers at Falso Paquisha on Thursday morning",
    )
    s[4].claim("Peruvian shells killed soldiers at Falso Paquisha", "e1", "ECU", "")
    s[6].event("ASSAULT", "PER", "ECU", "shelling", day="2025-03-06", place=post, dead=(7, 7))
    s[6].claim("Peruvian shells killed the soldiers at Falso Paquisha", None, "", "PER")
    s[7].event("THREATEN", "BRA", "PER", "threatened").commit(
        "threat", "BRA", "PER", "suspend arms sales to Peru", condition="unless the shelling stops"
    )
    s[8].event("AGREE", "PER", "BRA", "accepted")
    s[9].event("AGREE", "ECU", "BRA", "accepted")
    s[10].event("CONSULT", "BRA PER ECU", "PER ECU", "hosted")
    s[11].event("AGREE", "PER ECU", "ECU PER", "agreed")
    s[14].event("ACCUSE", "ECU", "PER", "accused")
    s[15].event("ACCUSE", "ECU", "PER", "accused")
    s[16].event("REJECT", "PER", "ECU", "denied")
    s[17].commit("promise", "PER", "ECU", "free the three captured pilots", due="2025-03-28")
    s[18].event("COOPERATE", "PER", "ECU", "freed")
    s[19].event("AGREE", "PER ECU", "ECU PER", "extended")
    s[21].commit("promise", "ECU", "PER", "clear its mines from the Cenepa road", due="2025-04-05")
    s[22].event("SANCTION", "BRA", "PER", "suspended")
    s[23].event("REJECT", "PER", "ECU", "pulled out")
    s[24].event("ASSAULT", "PER", "ECU", "fired", day="2025-04-09", place="Zamora")
    s[25].commit("plan", "PER ECU", "", "meet in Lima on 20 April", due="2025-04-20")
    return [s[number].record() for number in sorted(s)]
