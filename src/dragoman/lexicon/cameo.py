"""CAMEO actor codes ("RUSGOV", "IGOUNOMED") as a country code and PLOVER sectors."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.lexicon.tables import DATA_FOLDER, Problems, read_rows

NO_CODE = "---"


@dataclass(frozen=True)
class Translation:
    """Country ("-" = none), PLOVER sectors, and the parts of the code that have no counterpart."""

    country: str
    sectors: tuple[str, ...]
    dropped: tuple[str, ...]


class CameoCodes:
    """The table ``cameo_codes.tsv`` with the country codes of a lexicon.

    Args:
        countries: country codes that stand as they are (a lexicon's ``country_codes``).
    """

    def __init__(self, countries: dict[str, str]) -> None:
        path = DATA_FOLDER / "cameo_codes.tsv"
        problems = Problems()
        rows = read_rows(path, path.read_bytes(), 0, problems)
        if problems.found:
            raise problems.found[0]
        self._countries = {code: code for code in countries}
        self._organisations: dict[str, str] = {}
        self._sectors: dict[str, str] = {}
        tables = {
            "country": self._countries,
            "organisation": self._organisations,
            "sector": self._sectors,
        }
        for row in rows:
            tables[row.get("kind")][row.get("code")] = row.get("plover")

    def translate(self, code: str) -> Translation:
        """A code's parts of three letters: the first a country, the others sectors.

        >>> CameoCodes({"RUS": "Russia"}).translate("RUSGOVMED")
        Translation(country='RUS', sectors=('GOV', 'JRN'), dropped=())
        """
        parts = [code[place : place + 3] for place in range(0, len(code), 3)]
        country, sectors, dropped = "-", [], []
        if parts and parts[0] in self._countries:
            country = self._countries[parts[0]]
            parts = parts[1:]
            if country == "IGO" and parts and parts[0] in ("EUR", *self._organisations):
                country = self._organisations.get(parts[0], parts[0])
                parts = parts[1:]
        for part in parts:
            sector = self._sectors.get(part)
            if sector:
                sectors.append(sector)
            else:
                dropped.append(part)
        return Translation(country, tuple(dict.fromkeys(sectors)), tuple(dropped))

    def sectors(self, code: str) -> tuple[str, ...]:
        """The sectors of an agent's code ("GOVMED")."""
        found = [self._sectors.get(code[place : place + 3], "") for place in range(0, len(code), 3)]
        return tuple(dict.fromkeys(item for item in found if item))
