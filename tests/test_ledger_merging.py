"""Merging: what is one event and what is not, whatever the order."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings, strategies

from dragoman.ledger import agreements, commitments, leading, merging, open_ledger, tellings, words
from dragoman.ledger.answers import Answers, Later
from dragoman.ledger.rows import moment, rows_of
from dragoman.model import Record
from ledger_crisis import Builder

PLACES = ("Zamora", "Falso Paquisha", None)
WORDS = (
    "Peruvian shells killed {n} soldiers at {place} on Thursday.",
    "The shelling of {place} by Peruvian guns killed {n} soldiers.",
    "Peruvian guns killed {n} people near {place}, a nurse said.",
)


def shelling(number: int, day: int, place: str | None, dead: int, words: int) -> Record:
    text = WORDS[words].format(n=dead, place=place or "the border") + f" It was report {number}."
    builder = Builder(
        text, f"2025-03-{day:02}", f"Paper {number % 3}", f"https://x.example/{number}"
    )
    return builder.event("ASSAULT", "PER", "ECU", "killed", place=place, dead=(dead, dead)).record()


def reports(*records: Record) -> list[dict]:
    return [
        row
        for record in records
        for row in rows_of(record, moment(record.story.published))["report_rows"]
    ]


def keys(groups: list[list[dict]], name: str = "report") -> list[list[int]]:
    return [[row[name] for row in group] for group in groups]


story = strategies.tuples(
    strategies.integers(3, 9),
    strategies.sampled_from(PLACES),
    strategies.integers(1, 9),
    strategies.integers(0, 2),
)


@given(strategies.lists(story, min_size=1, max_size=8), strategies.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order(told, chance) -> None:
    rows = reports(*(shelling(number, *item) for number, item in enumerate(told)))
    mixed = list(rows)
    chance.shuffle(mixed)
    assert keys(merging.split(rows)) == keys(merging.split(mixed))
    one = [merging.event_state(group, {}) for group in merging.split(rows)]
    assert one == [merging.event_state(group, {}) for group in merging.split(mixed)]


@given(
    strategies.lists(story, min_size=2, max_size=6, unique=True),
    strategies.randoms(use_true_random=False),
)
@settings(max_examples=6)
def test_the_ledger_does_not_depend_on_the_order(tmp_path_factory, told, chance) -> None:
    records = [shelling(number, *item) for number, item in enumerate(told)]
    answers = []
    for together in (6, 2):
        path = tmp_path_factory.mktemp("order") / "x.duckdb"
        with open_ledger(path) as ledger:
            list(ledger.add_many(records, recorded="published", together=together))
            answers.append([ledger.events(as_of=f"2025-03-{day:02}") for day in (4, 6, 20)])
        chance.shuffle(records)
    assert answers[0] == answers[1]


item = strategies.tuples(
    strategies.integers(1, 6), strategies.sets(strategies.integers(1, 6), min_size=1, max_size=4)
)


@given(
    strategies.lists(strategies.lists(item, max_size=7), min_size=1, max_size=4), strategies.data()
)
def test_what_was_decided_before_need_not_be_decided_again(batches, data) -> None:
    """Items come in batches and some go; components meet. Known groups change nothing but the work."""

    def same(first: dict, second: dict) -> bool:
        return len(first["words"] & second["words"]) >= 2

    def order(row: dict) -> tuple:
        return (row["day"], row["item"])

    known: list[dict] = []
    for batch in batches:
        start = len(known)
        known += [{"item": start + number, "day": day, "words": words, "component": None, "group_id": None}
                  for number, (day, words) in enumerate(batch)]  # fmt: skip
        alive = [row for row in known if data.draw(strategies.integers(0, 9)) < 8]
        groups = leading.split(alive, order, same, known)
        assert keys(groups, "item") == keys(leading.split(alive, order, same), "item")
        now = leading.split(known, order, same, known)
        # components of any cut that keeps related items together
        component = {row["item"]: row["item"] for row in known}
        for one in known:
            for two in known:
                if same(one, two):
                    old, new = component[one["item"]], component[two["item"]]
                    component = {k: new if v == old else v for k, v in component.items()}
        for group in now:
            for row in group:
                row["component"], row["group_id"] = (
                    component[row["item"]],
                    f"g{group[0]['item']}",
                )


def same(one: Record, two: Record) -> bool:
    first, second = reports(one, two)
    return merging.same_event(first, second)


def test_look_alikes_stay_apart() -> None:
    base = shelling(1, 6, "Zamora", 3, 0)
    assert same(base, shelling(2, 6, "Zamora", 3, 1))
    assert same(base, shelling(2, 7, "Zamora", 7, 1))  # the count grew overnight
    assert not same(base, shelling(2, 6, "Falso Paquisha", 3, 1))  # another place
    assert not same(base, shelling(2, 9, "Zamora", 3, 1))  # another day
    other = Builder("Ecuadorian shells killed 3 soldiers at Zamora on Thursday.", "2025-03-06")
    assert not same(base, other.event("ASSAULT", "ECU", "PER", "killed", place="Zamora").record())
    not_done = Builder("Peruvian shells killed no soldiers at Zamora on Thursday.", "2025-03-06")
    assert not same(
        base,
        not_done.event(
            "ASSAULT", "PER", "ECU", "killed", place="Zamora", aux=("negation",)
        ).record(),
    )


def test_a_chain_of_look_alikes_does_not_become_one_event() -> None:
    rows = reports(*(shelling(day, day, "Zamora", 3, 0) for day in range(3, 29)))
    groups = merging.split(rows)
    assert max(len(group) for group in groups) <= 3
    assert len(groups) >= 9


def test_copies_and_rewrites_are_one_telling() -> None:
    text = (
        "Peruvian shells killed at least 3 soldiers at Falso Paquisha on Thursday morning, the army of Ecuador said. "
        "Houses near the post were burning in the afternoon, and villagers fled down the river in boats. "
        "The president called a meeting of his cabinet for the evening and asked for calm."
    )
    cut = "QUITO, 6 March (Agency) - " + text.split(" The president")[0] + " Read more on our site."
    other = (
        "Villagers near the border told of three loud blasts before noon. Ecuador's army later counted three dead "
        "soldiers, and a doctor spoke of many wounded; Lima gave no comment on the morning's fire at the post."
    )
    assert tellings.shared(text, cut) >= tellings.SHARED
    assert set(tellings.bands(text)) & set(tellings.bands(cut))
    assert tellings.shared(text, other) < tellings.SHARED / 2


def mention(text: str, day: str) -> list[dict]:
    record = Builder(text, day).record()
    return [row | {"item": row["item"]} for row in rows_of(record, moment(day))["agreement_rows"]]


def threads(*told: tuple[str, str]) -> list[list[str]]:
    rows = [row for text, day in told for row in mention(text, day)]
    random.Random(1).shuffle(rows)
    return [[row["sign"] for row in group] for group in agreements.split(rows)]


def test_agreements_are_found_by_name_day_and_parties() -> None:
    assert threads(
        ("Peru and Ecuador agreed to a ceasefire on Thursday.", "2025-03-13"),
        ("Ecuador accused Peru of violating Thursday's truce.", "2025-03-17"),
        ("The truce between Peru and Ecuador has collapsed.", "2025-03-20"),
        ("Peru and Ecuador agreed to a new ceasefire.", "2025-05-02"),
        ("The ceasefire between Peru and Ecuador came into force on Monday.", "2025-05-05"),
    ) == [["agreed", "violated", "over"], ["agreed", "in-force"]]
    assert threads(
        ("Peru accused Ecuador of violating the 1998 agreement.", "2025-03-03"),
        ("Peru and Ecuador agreed to a ceasefire.", "2025-03-13"),
        ("Ecuador said that Peru had broken the 1998 agreement.", "2025-03-15"),
        ("Ecuador said that Peru violated the Itamaraty agreement.", "2025-03-16"),
        ("Peru denied that it had violated the Itamaraty deal with Ecuador.", "2025-03-18"),
    ) == [["violated", "violated"], ["agreed"], ["violated", "denied"]]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("1", "promised", "A"), ("2", "met", "A"), ("3", "violated", "B")], ["promised", "met", "disputed"]),
        ([("1", "promised", "A"), ("2", "violated", "B"), ("3", "met", "A")], ["promised", "violated", "disputed"]),
        ([("1", "demanded", "A"), ("2", "refused", "B"), ("3", "demanded", "A")], ["demanded", "refused"]),
        ([("1", "demanded", "A"), ("2", "=", "B"), ("3", "agreed", "B"), ("4", "met", "B")], ["demanded", "demanded", "agreed", "met"]),
        ([("2", "refused", "B"), ("1", "offered", "A"), ("3", "withdrawn", "A")], ["offered", "refused", "withdrawn"]),
    ],
)  # fmt: skip
def test_how_a_status_moves(steps, expected) -> None:
    told = [
        {
            "date": f"2025-03-0{day}",
            "status": status,
            "by": [who],
            "story": f"s{day}",
            "event": None,
            "statement": None,
            "rule": "r",
        }
        for day, status, who in steps
    ]
    base = expected[0]
    assert [step["status"] for step in commitments.fold(base, told)] == expected


def test_news_that_changed_nothing_still_counts_when_older_news_comes_in() -> None:
    """An answer of day 9 changed no row; one of day 7 comes in after it and must not push it out."""
    from datetime import datetime

    from dragoman.ledger.components import Component
    from dragoman.ledger.states import Changes, revise

    days = {number: datetime(2025, 3, number) for number in (5, 7, 9)}
    item = {"item": 1, "day": days[5].date(), "story_id": "s", "recorded": days[5]}

    def derive(items, at):
        return [
            {
                "id": "k",
                "status": {5: "promised", 7: "met", 9: "promised"}[
                    max(n for n in days if days[n] <= at)
                ],
            }
        ]

    existing = [
        {"id": "k", "status": "promised", "known_from": days[5], "known_to": None, "component": 1}
    ]
    changes = Changes()
    component = Component(1, [item], {1}, {days[7]})
    revise(component, existing, "id", ["id", "status"], list(days.values()), derive, changes)
    assert changes.rebuilt == [1]
    assert [(row["status"], row["known_from"]) for row in changes.opened] == [
        ("promised", days[5]), ("met", days[7]), ("promised", days[9])]  # fmt: skip


def test_what_is_no_agreement_is_left_out() -> None:
    assert mention("The agreement has been violated, a man said.", "2025-03-13") == []
    (row,) = mention("Ecuador said that Peru's truce was violated.", "2025-03-13")
    assert row["name"] is None


def background(number: int, published: str) -> Record:
    """A story that recalls the killing of 26 January 1995, and tells of one on its own day."""
    text = (
        f"Peruvian shells killed 9 soldiers at Tiwintza in the old war. It was report {number}.\n"
        f"Peruvian guns fired {number} rounds near Zamora."
    )
    builder = Builder(text, published, f"Paper {number}", f"https://x.example/{number}")
    builder.event("ASSAULT", "PER", "ECU", "killed", aux=("historical",), day="1995-01-26")
    return builder.event("ASSAULT", "PER", "ECU", "fired").record()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_what_happened_long_ago_is_one_event_however_far_apart_its_stories(tmp_path, order) -> None:
    told = [background(n, day) for n, day in enumerate(("2025-03-03", "2021-06-10", "2025-09-20"))]
    path = tmp_path / "far.duckdb"
    for number in order:  # opened anew each time: what is far is read from the file
        with open_ledger(path) as ledger:
            ledger.add(told[number], recorded="published")
    with open_ledger(path) as ledger:
        old = [row for row in ledger.events(limit=10) if row["day"].year == 1995]
        assert [row["reports"] for row in old] == [3]
        assert ledger.store.query("SELECT count(*) FROM far_report_members") == [(3,)]
        assert ledger.store.query("SELECT count(*) FROM near_report_members") == [(3,)]
        kind, day = (
            rows_of(told[0], moment("2025-03-03"))["report_rows"][0]["merge_key"],
            old[0]["day"],
        )
        assert len(ledger.store.far.on([(kind, day)])) == 3
        assert ledger.store.far.on([(kind + 1, day), (kind, told_day(told[0]))]) == []
        assert len(ledger.store.far.within(day, day, {kind})) == 3
        assert ledger.store.far.within(day, day, {kind + 1}) == []
        later = background(3, "2024-01-05")
        list(ledger.add_many([later, background(4, "2019-01-05")], "published", together=2))
        assert len(ledger.store.far.on([(kind, day)])) == 5
        old = [row for row in ledger.events(limit=10) if row["day"].year == 1995]
        assert [row["reports"] for row in old] == [5]


def told_day(record: Record) -> date:
    return date.fromisoformat(str(record.story.published))


def test_the_words_that_make_a_plan_do_not_carry_it_out() -> None:
    meaning = words.meaning("The presidents meet in Brasilia over the border")
    plan = {"item": 1, "kind": "plan", "day": date(2025, 3, 3), "by_countries": ["PER", "ECU"], "by_ids": [],
            "to_countries": [], "meaning": meaning, "story_id": "a", "start_offset": 40, "end_offset": 90}  # fmt: skip
    meeting = {"report": 2, "type": "CONSULT", "aux": [], "actors": [], "actor_countries": ["PER", "ECU"],
               "recipients": ["ECU", "PER"], "recipient_countries": ["ECU", "PER"], "meaning": meaning, "day": date(2025, 3, 3), "said_by": [],
               "story_event": "e1", "recorded": None, "sentence_start": 30, "sentence_end": 95}  # fmt: skip
    answered = [
        len(Answers([Later.event(meeting | other)]).to(plan))
        for other in (
            {"story_id": "a"},
            {"story_id": "a", "sentence_start": 95, "sentence_end": 150},
            {"story_id": "b"},
        )
    ]
    assert answered == [0, 1, 1]


def attack(place: str, day: str, dead: int, *, told: str | None = None, to: str = "ECU", more: str = "",
           placed: bool = True, mode: str | None = None) -> Record:  # fmt: skip
    """A sentence that differs in hardly a word from others of its kind."""
    text = f"Peruvian forces shelled a busy public hospital in {place}, killing {dead} civilians{more}. Brazil watched."
    return Builder(text, day).event(
        "ASSAULT", "PER", to, "shelled", place=place if placed else None, dead=(dead, dead), day=told, mode=mode
    ).record()  # fmt: skip


FIRST = attack("Zamora", "2025-03-06", 12, told="2025-03-05")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (attack("Zamora", "2025-03-06", 12, told="2025-03-05"), True),  # a copy
        (attack("Zamora", "2025-03-08", 25, told="2025-03-05", more=", it now says"), True),
        (attack("Zamora", "2025-03-07", 12), True),  # a copy that tells no day
        (attack("Loja", "2025-03-06", 30, told="2025-03-05"), False),  # another town
        (attack("Zamora", "2025-03-08", 12, told="2025-03-07"), False),  # another day, told
        (attack("Zamora", "2025-03-06", 12, told="2025-03-05", to="BRA"), False),
        (attack("Loja", "2025-03-06", 30, told="2025-03-05", placed=False), False),
        (attack("Zamora", "2025-03-06", 30, told="2025-03-05", placed=False), True),  # a new toll
    ],
)
def test_nearly_the_same_words_of_two_events_stay_apart(other, expected) -> None:
    assert same(FIRST, other) is expected
    assert same(other, FIRST) is expected


def test_another_way_of_doing_it_is_another_event() -> None:
    aerial, drone = (attack("Zamora", "2025-03-06", 12, mode=mode) for mode in ("aerial", "drone"))
    assert not same(aerial, drone)


def test_towns_that_are_attacked_are_places() -> None:
    (row,) = reports(attack("Zamora", "2025-03-06", 12, placed=False))
    one, two = (
        row | {"recipients": [f"place:{town}"], "report": number}
        for number, town in enumerate(("zamora", "loja"))
    )
    assert merging.same_event(one, one | {"report": 9})
    assert not merging.same_event(one, two)


def test_who_meets_whom_tells_meetings_apart() -> None:
    def meeting(*countries: str) -> dict:
        record = Builder("Peru met its counterpart for talks on trade.", "2025-03-06")
        (row,) = reports(record.event("CONSULT", "PER", "", "met").record())
        return row | {"actors": list(countries), "actor_countries": list(countries), "actor_side": "*"}  # fmt: skip

    assert merging.same_event(meeting("PER", "BRA"), meeting("PER", "BRA", "ECU"))
    assert not merging.same_event(meeting("PER", "BRA"), meeting("PER", "ECU"))
