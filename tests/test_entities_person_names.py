"""Where names of people are at home."""

from pathlib import Path

import numpy as np
import pytest

from dragoman.entities import hashes, person_names
from dragoman.entities.person_names import BUCKETS, PersonNames, parts
from dragoman.errors import ModelError


@pytest.mark.parametrize(
    ("name", "likelier", "other"),
    [
        ("Oluwaseun Adebayo", "NGA", "KEN"),
        ("Nino Kapanadze", "GEO", "RUS"),
        ("Zeynep Yıldırım", "TUR", "GRC"),
        ("Katarzyna Wiśniewska", "POL", "DEU"),
        ("Nguyen Van Thanh", "VNM", "CHN"),
        ("Heinrich Baumgartner", "DEU", "ITA"),
        ("Moussa Traoré", "MLI", "SYR"),
        ("Takeshi Yamamoto", "JPN", "KOR"),
    ],
)
def test_a_name_is_at_home_somewhere(name: str, likelier: str, other: str) -> None:
    model = PersonNames.shipped()
    scores = model.weighed(name)
    assert scores[model.place[likelier]] > scores[model.place[other]]
    assert np.exp(scores).sum() == pytest.approx(1, abs=1e-4)


def test_marks_and_capitals_make_no_other_name() -> None:
    assert parts("José Muñoz") == parts("JOSE MUNOZ")
    assert parts("") == [0]
    assert all(0 <= part < BUCKETS for part in parts("Anne-Marie de la Tour"))


def test_of_unknown_codes_a_name_tells_nothing() -> None:
    model = PersonNames.shipped()
    assert not model.features("Ann Marsh", ["XXX"]).any()
    told = model.features("Ann Marsh", ["GBR", "XXX", "CHN"])
    assert told[0, 0] > told[2, 0]
    assert told[1, 1] == pytest.approx((told[0, 1] + told[2, 1]) / 2, abs=1e-4)


def test_the_table_of_names_is_in_the_manifest() -> None:
    assert "entities/person_names.npz" in hashes()


def test_a_damaged_table_of_names_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(person_names, "FILE", tmp_path / "person_names.npz")
    (tmp_path / "person_names.npz").write_text("{}")
    PersonNames.shipped.cache_clear()
    with pytest.raises(ModelError, match="names"):
        PersonNames.shipped()
    PersonNames.shipped.cache_clear()
