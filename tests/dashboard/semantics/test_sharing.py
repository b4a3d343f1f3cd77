"""What districts have still to come is shared out whole, by what each part was; it errs as it did in earlier years."""

from dataclasses import astuple
from math import log, sqrt

import numpy as np
import pytest

from dashboard.semantics.history import Progress
from dashboard.semantics.sharing import PartForecasts, Parts, grown

PROGRESS = Progress(
    now={"a": 10.0, "b": 0.0, "c": 6.0, "d": 0.0},
    by_day={2024: {"a": 5.0, "c": 3.0}, 2025: {"a": 8.0, "b": 2.0, "c": 4.0}},
    in_all={
        2024: {"a": 10.0, "b": 0.0, "c": 9.0, "d": 0.0},
        2025: {"a": 12.0, "b": 4.0, "c": 8.0, "d": 0.0},
    },
)
DISTRICTS = ["north", "north", "south", "nowhere"]


def test_what_is_left_of_a_district_goes_to_its_parts_by_both_years() -> None:
    parts = Parts(PROGRESS, DISTRICTS)
    assert parts.districts == ["north", "south", "nowhere"]
    found = parts.shared(2026, {"north": 13.0, "south": 7.0, "nowhere": 3.0})
    # 10 and 0 so far, 12 and 4 last year: 22 and 4 of 26; where nothing ever was nothing is expected
    assert found.tolist() == pytest.approx([10 + 11, 0 + 2, 6 + 7, 0])
    assert parts.shared(2025, {"north": 10.0, "south": 0.0, "nowhere": 0.0}).tolist() == pytest.approx([17, 3, 4, 0])
    assert np.isnan(parts.shared(2026, {"north": 13.0, "south": 7.0})).tolist() == [False, False, False, True]


def test_an_error_is_known_where_something_was_said_and_something_came() -> None:
    parts = Parts(PROGRESS, DISTRICTS)
    found = parts.errors(2025, {"north": 10.0, "south": 2.0})
    assert found[:3].tolist() == pytest.approx([log(12 / 17) / sqrt(2), log(4 / 3) / sqrt(2), log(8 / 6) / sqrt(2)])
    assert np.isnan(found[3])
    assert np.isnan(parts.errors(2024, {"south": 0.0})[:2]).all(), "nothing was said of the north"


def test_each_part_errs_as_it_did_and_as_all_parts_did() -> None:
    errors = [np.array([0.1, np.nan, -0.3, np.nan]), np.array([0.2, 0.4, np.nan, np.nan])]
    made = PartForecasts(PROGRESS.now, np.array([20.0, 2.0, 13.0, 0.0]), errors, 0.7)
    pool = (0.1**2 + 0.3**2 + 0.2**2 + 0.4**2) / 4
    assert list(made) == list(PROGRESS.now)
    assert len(made) == 4
    for code, value, own in (("a", 20.0, [0.1, 0.2]), ("b", 2.0, [0.4]), ("c", 13.0, [-0.3]), ("d", 0.0, [])):
        expected = grown(PROGRESS.now[code], value, own, pool, (2, 0.7))
        assert astuple(made[code]) == pytest.approx(astuple(expected))
    assert made.get("e") is None
    nothing_known = PartForecasts(PROGRESS.now, made.expected, [], 0.7)
    assert nothing_known["a"] == grown(10.0, 20.0, [], None, (0, 0.7))
