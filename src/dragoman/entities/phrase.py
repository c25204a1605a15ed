"""What a noun phrase means, from the items in it: who, of which country, in which sectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dragoman.entities.holders import chosen, leader_of, sole_holder
from dragoman.entities.role_sectors import is_owner, role_sectors
from dragoman.entities.scan import PEOPLE_HOWS, Item, Scanner
from dragoman.entities.sides import with_side
from dragoman.entities.tables import Role, homelands
from dragoman.lexicon import Entry
from dragoman.lexicon.lexicon import TODAY
from dragoman.lexicon.names import is_acronym

# sectors that a person leaves behind with the office
OFFICES = frozenset({"GOV", "LEG", "JUD", "MIL", "SPY"})
COURT, BETWEEN_STATES = ("JUD",), "IGO"
WATER = "water"  # seas, straits and lands of no one state: nobody lives or governs there
NO_GOVERNMENT = frozenset({"NGO", "MNC"})  # "an official of the Red Cross" is no government's
OF_NO_ARMY = ("UAF",)
NO_OFFICE = frozenset({"a", "an"})


class Reading(NamedTuple):
    """What a phrase means.

    Args:
        entry: the lexicon's entry when the phrase names one (a person by office too).
        how: how the entry is named: name, alias, adjective, noun, capital, seat, office, surname.
        country: ISO 3166-1 alpha-3 or the lexicon's stand-ins, "" unknown.
        sectors: PLOVER sectors, most telling first.
        role: the role that heads the phrase, None where a name does.
        former: whether it speaks of a former holder.
        located: what told the country: "own" words, a "people" of several states, "complement",
            "context", "" nothing.
    """

    entry: Entry | None = None
    how: str = ""
    country: str = ""
    sectors: tuple[str, ...] = ()
    role: Role | None = None
    former: bool = False
    located: str = ""

    def __bool__(self) -> bool:
        return self.entry is not None or bool(self.country) or bool(self.sectors)


#: Codes of bodies of states that have officials of their own.
OF_NO_STATE = frozenset({"UNO", "IGO", "EUR"})


def bare_sectors(entry: Entry, how: str) -> tuple[str, ...]:
    """Sectors of a state named by itself: none for the country, GOV for its seat or capital."""
    if entry.kind != "state" or how in ("capital", "seat"):
        return entry.sectors
    return tuple(code for code in entry.sectors if code != "GOV")


def office_days(date: str | None) -> tuple[str, ...]:
    """The days of which one has to hold an office for a phrase written on ``date``; None = today."""
    return (date or TODAY,)


def owner_of(item: Item) -> str:
    """Whose offices an item names: a state's code, the id of a region or organisation, or ""."""
    entry = item.entry
    if entry is None:
        return item.country if item.role is not None else ""
    if entry.kind == "state":
        return entry.id
    if entry.kind == "body":
        return entry.country
    return entry.id if entry.kind in ("region", "organisation", "group") else ""


class PhraseReader:
    """Puts the items of one phrase together."""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.lexicon = scanner.lexicon

    def read(
        self,
        tokens: Sequence[str],
        items: Sequence[Item],
        head_end: int,
        date: str | None,
        hint: str = "",
        days: Sequence[str] | None = None,
    ) -> Reading | None:
        """The meaning of a phrase, None where it tells of nobody.

        Args:
            tokens: the words the items point into.
            items: items of the phrase, in order.
            head_end: token index where the head's own words end (exclusive): what stands after
                it belongs to the complement ("of", "in" …).
            hint: the country to take when the phrase names none.
            days: ISO days on all of which a holder must be in office; None = on ``date``.
        """
        if len(items) == 1 and items[0].first < head_end:
            alone = self.alone(tokens, items[0])
            if alone is not None:
                return alone
        days = office_days(date) if days is None else days
        core = [item for item in items if item.first < head_end]
        tail = [item for item in items if item.first >= head_end]
        named = [
            item for item in core
            if item.names and not item.backer and not self.is_topic(tokens, item, core)
        ]  # fmt: skip
        roles = [item for item in core if item.role is not None]
        former = any(item.modifier == "former" for item in core)
        last = next((item for item in reversed(core) if not item.modifier), None)
        if last is None:
            return self.from_tail(tail)
        owner = last.last < head_end and is_owner(tokens, last)
        if last.names and not last.backer and not owner:
            placed = [item for item in core if item in named or item.town is not None]
            return self.sided(tokens, last, self.named(last, roles, placed, former))
        if roles:
            reading = self.by_role(tokens, core, tail, former, date, hint, days)
            return self.sided(tokens, roles[-1], reading)
        if last.town is not None:
            people = () if last.town.kind == WATER else ("CVL",)
            return Reading(country=last.town.country, sectors=people, located="own", how="town")
        if named:
            country = named[0].country
            return Reading(country=country, located="own")
        return self.from_tail(tail)

    def alone(self, tokens: Sequence[str], item: Item) -> Reading | None:
        """A name without any title or owner; None where the item is no name, or a party's."""
        if not item.names or item.backer or is_owner(tokens, item):
            return None
        name = item.names[0]
        entry = name.entry
        sectors = bare_sectors(entry, name.how)
        if sectors == ("PTY",):
            return None
        return Reading(entry, name.how, entry.country, sectors, located="own")

    def sided(self, tokens: Sequence[str], head: Item, reading: Reading) -> Reading:
        """The reading with the side of a party that the words before its name tell."""
        sectors = with_side(tokens, head.first, reading.sectors, self.scanner.lists)
        return reading if sectors is reading.sectors else reading._replace(sectors=sectors)

    def is_topic(self, tokens: Sequence[str], item: Item, core: Sequence[Item]) -> bool:
        """Whether a state is only what a role is about: "a Syria expert", "our Iran correspondent".

        Short names and adjectives tell where people are from ("a US analyst", "a Syrian expert").
        """
        if not item.is_state or item.how not in ("name", "alias"):
            return False
        after = next((held for held in core if held.first == item.last), None)
        return (
            after is not None
            and after.role is not None
            and after.role.phrase in self.scanner.lists["topic"]
            and not is_acronym(item.names[0].text)
            and not is_owner(tokens, item)
        )

    def from_tail(self, tail: Sequence[Item]) -> Reading | None:
        """A phrase with an unknown head ("targets in Syria"): only its country is told."""
        for item in tail:
            if item.country:
                return Reading(country=item.country, located="complement")
        return None

    def named(
        self, item: Item, roles: Sequence[Item], named: Sequence[Item], former: bool
    ) -> Reading:
        """A phrase that ends in a name."""
        entry = item.entry
        assert entry is not None
        before = [
            role.role for role in roles
            if role.role and role.role.priority >= 2 and role.role.kind != "other"
        ]  # fmt: skip
        if item.is_state and before and item.how in PEOPLE_HOWS:  # "ordinary Kazakhs"
            sectors = before[-1].sectors
            return Reading(country=entry.country, sectors=sectors, role=before[-1], located="own")
        of_another = self.minority(item, named)
        if of_another is not None:
            return of_another
        sectors = bare_sectors(entry, item.how)
        country = entry.country
        if entry.kind == "person":
            if not country:
                country = next((other.country for other in named if other.country), "")
            told = self.of_a_body(named, before[-1]) if before and not former else ""
            if told and sectors in ((), ("ELI",)):
                country = told
            if (
                not former
                and before
                and sectors == ("ELI",)
                and OFFICES & set(before[-1].sectors[:1])
            ):
                sectors = before[-1].sectors  # the title told outweighs the dates of a tenure
            if not sectors and before:
                sectors = ("ELI",) if former else before[-1].sectors
        return Reading(entry, item.how, country, sectors, former=former, located="own")

    def of_a_body(self, named: Sequence[Item], role: Role) -> str:
        """The code of the body of no state whose office a title is ("UN envoy"), "" for others: an
        ambassador to it is his state's."""
        if role.sectors[:1] != ("GOV",) or role.phrase in self.scanner.lists["abroad"]:
            return ""
        if any(item.is_state for item in named):
            return ""
        return next((item.country for item in named if item.country in OF_NO_STATE), "")

    def minority(self, item: Item, named: Sequence[Item]) -> Reading | None:
        """ "Kosovo Serbs", "Syrian Kurds": a people of another state, named after its neighbour."""
        entry = item.entry
        assert entry is not None
        home = named[0] if named and named[0] is not item else None
        several = entry.id in homelands()  # "Kurds" live in several states
        people = item.how in PEOPLE_HOWS or several
        if home is None or not (home.is_state and item.is_state and people):
            return None
        state = self.lexicon.state(home.country)
        if not home.country or state is None or home.entry is entry:
            return None
        if not several and (home.country == entry.country or entry.country not in state.neighbours):
            return None  # "Cuban Americans"
        role = Role(item.names[0].text.lower(), (), 0, "people", plural=True)
        return Reading(country=home.country, role=role, located="own")

    def by_role(
        self,
        tokens: Sequence[str],
        core: Sequence[Item],
        tail: Sequence[Item],
        former: bool,
        date: str | None,
        hint: str,
        days: Sequence[str],
    ) -> Reading:
        """A phrase headed by a role, with or without owner and complement."""
        country, located, owner = self.owner(tokens, core, tail, hint)
        roles = [item for item in core if item.role is not None]
        head = roles[-1]
        assert head.role is not None
        sectors, deciding = role_sectors(tokens, core, tail, self.scanner.lists)
        if sectors[:1] == COURT and located and self.sits_for_all(tokens, [*core, *tail]):
            country = BETWEEN_STATES
        if sectors[:1] == ("MIL",) and any(
            item.entry is not None and item.entry.id in homelands() for item in core
        ):
            sectors = OF_NO_ARMY  # "Syrian Kurdish forces" are not Syria's
        if country in NO_GOVERNMENT:
            sectors = tuple(sector for sector in sectors if sector != "GOV")
        if former and OFFICES & set(sectors[:1]):
            sectors = ("ELI",)
        elif not former and owner and head is roles[0] and head.role.kind == "person":
            held = self.holder(tokens, core, head, owner, date, days)
            if held is not None:
                return Reading(held, "office", held.country or country, held.sectors or sectors,
                               role=head.role, located=located)  # fmt: skip
        return Reading(None, "", country, sectors, deciding, former, located)

    def sits_for_all(self, tokens: Sequence[str], items: Sequence[Item]) -> bool:
        """Whether a court sits where those of no one state do: "a tribunal in The Hague"."""
        seats = self.scanner.lists["seat of courts"]
        placed = [item for item in items if item.country and item.role is None]
        return bool(placed) and all(tokens[item.last - 1].lower() in seats for item in placed)

    def owner(
        self, tokens: Sequence[str], core: Sequence[Item], tail: Sequence[Item], hint: str
    ) -> tuple[str, str, str]:
        """Country of a role phrase, what told it, and whose offices it may name.

        Offices are those of a state, region, organisation or group; "" where the words speak of
        something else in the country ("the chancellor of a Leipzig university").
        """
        proxies = self.scanner.lists["proxy"]
        if any(item.role is not None and item.role.phrase in proxies for item in core):
            core, hint = (), ""  # "Iranian proxies" are not Iran
        told = [item for item in core if item.country and item.role is None]
        told = [item for item in told if not self.is_topic(tokens, item, core)]
        if not told:
            told = [item for item in core if item.country and item.role is not None]
        lands = homelands()
        people = [item for item in told if item.entry is not None and item.entry.id in lands]
        if people and len(people) == len(told):  # "Kurdish troops" are nobody's army
            return told[0].country, "people", ""
        told = [item for item in told if item not in people]
        if told:
            return told[0].country, "own", owner_of(told[0])
        for place, item in enumerate(tail):
            if item.country:
                after = tail[place + 1] if place + 1 < len(tail) else None
                whole = after is None or after.role is None or after.first - item.last > 1
                return item.country, "complement", owner_of(item) if whole and not place else ""
        for item in core:  # "anti-Assad rebels" are of the man's country
            if item.backer and item.entry is not None and item.entry.kind == "person":
                return item.entry.country, "context", ""
        return (hint, "context", hint) if hint else ("", "", "")

    def holder(
        self, tokens: Sequence[str], core: Sequence[Item], head: Item, owner: str,
        date: str | None, days: Sequence[str],
    ) -> Entry | None:  # fmt: skip
        """The one person who holds the office that the phrase names, or None."""
        role = head.role
        assert role is not None
        if role.plural or (tokens[core[0].first - 1].lower() in NO_OFFICE and core[0].first > 0):
            return None
        country = next((item.country for item in core if item.country), "")
        body = next((item.entry for item in core if item.entry and item.entry.kind == "body"), None)
        lists = self.scanner.lists
        if role.phrase in lists["leads a body"] and owner not in self.lexicon.states:
            the = tokens[core[0].first - 1].lower() == "the" if core[0].first else False
            owned = is_owner(tokens, core[0]) or (len(core) == 1 and the)
            return leader_of(self.lexicon, owner, days, date) if the or owned else None
        title, _, elect = role.phrase.rpartition("-")
        if elect in lists["chosen"]:
            offices = self.lexicon.office_of_title(title, country or owner)
            return chosen(self.lexicon, owner, offices[0], days, date) if offices else None
        for office in self.lexicon.office_of_title(role.phrase, country or owner):
            if office in lists["many holders"]:
                continue  # "the Ukrainian mayor" is not the one mayor the tables hold
            held = sole_holder(self.lexicon, owner, office, days, date)
            if held is not None and (body is None or held.sectors[:1] == body.sectors[:1]):
                return held
        return None
