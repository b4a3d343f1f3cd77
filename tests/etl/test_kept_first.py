"""A person's first placement of a year, kept up over small deliveries: which turns first, and which ceases to be."""

import pytest

from etl import maintain

from .bureau import PERSONS, PINE, PLACEMENTS, REGIONS, WILLOW, Bureau, person

MARCH, MAY = f"J2,R1,{WILLOW},job_fair,2026-03-01\n", f"J3,R1,{WILLOW},job_fair,2026-05-01\n"
OTHERS = "".join(f"K{number},R9,{WILLOW},job_fair,2025-01-{number:02d}\n" for number in range(1, 29))


@pytest.fixture
def kept(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """A bureau whose tables are kept up, however few their rows."""
    monkeypatch.setattr(maintain, "FEW", 0)
    rows = PERSONS + person("R1", community=WILLOW, on="2025-01-01") + person("R9", community=WILLOW, on="2025-01-01")
    bureau.send({"regions.csv": REGIONS, "persons.csv": rows, "placements.csv": PLACEMENTS + MARCH + MAY + OTHERS})
    return bureau


def first_of_year(bureau: Bureau) -> list[str]:
    found = bureau.ask("SELECT placement_no FROM mart.placement WHERE is_first_of_year AND placement_no LIKE 'J%'")
    assert bureau.ask("SELECT touched FROM core.kept WHERE table_name = 'mart.placement'") == [(True,)]
    return sorted(number for (number,) in found)


def test_an_earlier_one_takes_its_place_and_gives_it_back(kept: Bureau) -> None:
    kept.send({"placements.csv": f"{PLACEMENTS}J1,R1,{PINE},job_fair,2026-02-01\n"})
    assert first_of_year(kept) == ["J1"]
    kept.send({"placements.csv": f"{PLACEMENTS}J1,R1,{PINE},job_fair,2026-04-01\n"})
    assert first_of_year(kept) == ["J2"]


def test_a_later_one_changes_nothing(kept: Bureau) -> None:
    kept.send({"placements.csv": f"{PLACEMENTS}J4,R1,{PINE},job_fair,2026-06-01\n"})
    assert first_of_year(kept) == ["J2"]


def test_one_that_moves_to_another_year_leaves_its_own_to_the_next(kept: Bureau) -> None:
    kept.send({"placements.csv": f"{PLACEMENTS}J2,R1,{PINE},job_fair,2025-03-01\n"})
    assert first_of_year(kept) == ["J2", "J3"]


def test_one_that_did_not_count_before_was_not_the_first(kept: Bureau) -> None:
    kept.send({"placements.csv": f"{PLACEMENTS}J1,R1,{PINE},job_fair,2026-02-01\n"})
    kept.send({"regions.csv": f"region_code,voided\n{PINE},true\n"})
    found = kept.ask("SELECT placement_no FROM mart.placement WHERE is_first_of_year AND placement_no LIKE 'J%'")
    assert found == [("J2",)]

    kept.send({"placements.csv": f"{PLACEMENTS}J1,R1,{WILLOW},job_fair,2026-02-01\n"})
    assert first_of_year(kept) == ["J1"]
