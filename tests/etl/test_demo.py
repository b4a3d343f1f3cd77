"""The demonstration city: whole, consistent, the same for the same seed, and nobody real."""

from itertools import pairwise

import numpy as np
import pytest
from pypinyin import Style, lazy_pinyin

from etl.demo import regions
from etl.demo.calendar import NEVER, first_days, months_of, quarterly, years_of
from etl.demo.city import parts
from etl.demo.frames import Frame, joined, length
from etl.demo.habits import HABITS, Habit
from etl.demo.names import invented_names, spelled
from etl.demo.people import PLACED, is_4050
from etl.demo.plan import PERSONS_AT_ONCE, Plan, apportioned, drawn
from etl.demo.values import texts
from etl.demo.write import header
from etl.tables import BY_NAME


@pytest.fixture(scope="module")
def plan() -> Plan:
    return drawn(4000, quarterly(3), seed=7)


@pytest.fixture(scope="module")
def work(plan: Plan) -> dict[str, Frame]:
    """Every row of a small city, by table."""
    made = [frames for _, frames in parts(plan)]
    return {table: joined(frames[table] for frames in made) for table in made[0]}


def digits(frame: Frame) -> list[str]:
    return texts("persons", BY_NAME["persons"].column("id_number"), frame["id_number"], Habit())


def test_the_city_has_four_districts_21_streets_and_182_communities_with_names_of_their_own() -> None:
    assert [len(level) for level in (regions.districts(), regions.streets(), regions.communities())] == [4, 21, 182]
    for level in (regions.districts(), regions.streets(), (*regions.communities(), regions.new_community())):
        assert len({region.name for region in level}) == len({region.code for region in level}) == len(level)


def test_every_code_begins_with_99_and_lies_inside_its_parents() -> None:
    for region in (*regions.streets(), *regions.communities(), regions.new_community()):
        assert len(str(region.code)) == 12
        assert str(region.code).startswith("99")
        assert region.parent is not None
        assert str(region.code).startswith(str(region.parent).rstrip("0"))


def test_the_initials_csj_find_the_street_of_the_magnet_hill() -> None:
    initials = {
        "".join(lazy_pinyin(street.name, style=Style.FIRST_LETTER)): street.name for street in regions.streets()
    }
    assert [name for letters, name in initials.items() if letters.startswith("csj")] == ["磁山街道"]


def test_id_numbers_begin_with_99_have_a_true_check_digit_and_belong_to_one_person_each(work: dict[str, Frame]) -> None:
    persons = work["persons"]
    numbers = digits(persons)
    weights = [2**place % 11 for place in range(17, -1, -1)]
    for number in numbers:
        values = [10 if digit == "X" else int(digit) for digit in number]
        assert number.startswith("99")
        assert sum(weight * value for weight, value in zip(weights, values, strict=True)) % 11 == 1
    first_spells = persons["registration_no"] % 10**8 <= 4000
    people = [number for number, first in zip(numbers, first_spells.tolist(), strict=True) if first]
    assert len(set(people)) >= 4000 - 8


def test_telephone_numbers_are_nobodys(work: dict[str, Frame]) -> None:
    phones = texts("persons", BY_NAME["persons"].column("phone"), work["persons"]["phone"], Habit())
    assert all(len(phone) == 11 and phone.startswith("1000") for phone in phones)


def test_names_are_two_or_three_characters_long() -> None:
    rng = np.random.default_rng(3)
    names = spelled(invented_names(rng, np.arange(500) % 2 == 0))
    assert {len(name) for name in names} == {2, 3}


def test_a_placement_closes_its_registration(work: dict[str, Frame]) -> None:
    persons, placements = work["persons"], work["placements"]
    order = np.argsort(persons["registration_no"])
    at = order[np.searchsorted(persons["registration_no"][order], placements["registration_no"])]
    assert (persons["registration_no"][at] == placements["registration_no"]).all()
    closing = persons["close_reason"][at] == PLACED
    assert (placements["placed_on"] >= persons["closed_on"][at])[closing].all()
    # Eight of them were planted: persons who were not, or no longer, on the register.
    assert 0 < (~closing).sum() <= 8
    placed = persons["registration_no"][persons["close_reason"] == PLACED]
    assert np.isin(placed, placements["registration_no"]).all()


def test_trainings_and_referrals_lie_between_registration_and_its_end(work: dict[str, Frame]) -> None:
    persons = work["persons"]
    order = np.argsort(persons["registration_no"])
    for table, column in (("trainings", "started_on"), ("referrals", "referred_on")):
        rows = work[table]
        at = order[np.searchsorted(persons["registration_no"][order], rows["registration_no"])]
        assert (rows[column] >= persons["registered_on"][at]).all()
        within = rows[column] <= persons["closed_on"][at]
        # Some go from one job to the next without registering again.
        assert within.mean() > 0.98


def test_a_loan_follows_its_pipeline_and_its_schedule_adds_up(work: dict[str, Frame]) -> None:
    loans, lines, paid = work["loans"], work["instalments"], work["repayments"]
    stages = ("applied_on", "community_on", "street_on", "district_on", "decided_on", "disbursed_on")
    for earlier, later in pairwise(stages):
        assert (loans[earlier] <= loans[later]).all()
    made = loans["disbursed_on"] < NEVER
    assert (loans["decision"][made] == 0).all()
    order = np.argsort(loans["loan_no"])
    of = order[np.searchsorted(loans["loan_no"][order], lines["loan_no"])]
    owed = np.bincount(of, lines["principal_due"], len(made)).astype(np.int64)
    assert (owed[made] == loans["amount"][made]).all()
    assert (owed[~made] == 0).all()
    of = order[np.searchsorted(loans["loan_no"][order], paid["loan_no"])]
    assert (paid["paid_on"] >= loans["disbursed_on"][of]).all()
    received = np.bincount(of[paid["kind"] <= 2], paid["principal"][paid["kind"] <= 2], len(made))
    undone = np.bincount(of[paid["kind"] == 4], paid["principal"][paid["kind"] == 4], len(made))
    # Four overpaid ones are planted.
    assert ((received - undone) > loans["amount"]).sum() <= 4
    assert set(paid["kind"].tolist()) >= {0, 1, 2, 4}


def test_nothing_happens_after_the_last_day_nor_before_working_age(plan: Plan, work: dict[str, Frame]) -> None:
    for table, rows in work.items():
        for column in BY_NAME[table].columns:
            if column.event and column.name in rows:
                days = rows[column.name]
                assert ((days <= plan.calendar.end) | (days == NEVER)).all(), (table, column.name)
    persons = work["persons"]
    age = (persons["registered_on"] - persons["birth_date"]) / 365.25
    assert ((age > 16) & (age < 60.2)).all()


def test_a_quarter_without_work_is_not_paid_for(plan: Plan, work: dict[str, Frame]) -> None:
    paid, placements = work["subsidies"], work["placements"]
    monthly = np.flatnonzero(paid["kind"] <= 1)
    begin, last = {}, {}
    for number, start, end in zip(
        placements["registration_no"].tolist(),
        months_of(placements["placed_on"]).tolist(),
        months_of(np.minimum(placements["ended_on"], plan.calendar.end)).tolist(),
        strict=True,
    ):
        begin[number] = min(start, begin.get(number, start))
        last[number] = max(end, last.get(number, end))
    numbers = paid["registration_no"][monthly].tolist()
    periods = zip(numbers, paid["period_start"][monthly].tolist(), paid["period_end"][monthly].tolist(), strict=True)
    doubtful = [number for number, start, end in periods if start < begin[number] or end > last[number]]
    assert 0 < len(doubtful) <= 16


def test_4050_is_reached_on_the_birthday() -> None:
    birthdays = np.array([np.datetime64("1985-03-01"), np.datetime64("1985-03-02")]).astype(np.int64)
    today = np.full(2, np.datetime64("2025-03-01").astype(np.int64))
    assert is_4050(np.array([True, True]), birthdays, today).tolist() == [True, False]
    assert is_4050(np.array([False, False]), birthdays, today).tolist() == [False, False]


def test_work_has_its_seasons(work: dict[str, Frame]) -> None:
    placed = work["placements"]["placed_on"]
    by_month = np.bincount(months_of(placed[years_of(placed) == 2025]) % 12, minlength=12)
    assert by_month[2] > by_month[0]
    assert by_month[[2, 3]].sum() > by_month[[6, 7]].sum()


def test_the_lagging_district_places_fewer_of_its_older_people(work: dict[str, Frame]) -> None:
    persons = work["persons"]
    older = is_4050(persons["sex"] == 1, persons["birth_date"], persons["registered_on"])
    older &= persons["registered_on"] > first_days(np.array([2023 * 12]))[0]
    lagging = persons["community_code"] // 10**6 == regions.districts()[regions.LAGGING_DISTRICT].code // 10**6
    placed = persons["close_reason"] == PLACED
    assert placed[older & lagging].mean() < placed[older & ~lagging].mean() - 0.08


def test_a_few_communities_begin_badly_and_improve(plan: Plan) -> None:
    number = np.array(regions.IMPROVING)
    begin, end = np.full(len(number), plan.calendar.start), np.full(len(number), plan.calendar.end)
    assert (plan.quality_at(number, begin) < -2).all()
    assert (plan.quality_at(number, end) > 0).all()


def test_a_part_of_the_city_fits_in_memory_whatever_the_size_of_the_whole() -> None:
    plan = drawn(2_000_000, quarterly(3), seed=1)
    largest = max(int(plan.persons[part.communities].sum()) for part in plan.parts())
    assert largest <= PERSONS_AT_ONCE + plan.persons.max()
    assert np.concatenate([part.communities for part in plan.parts()]).tolist() == list(range(182))


def test_shares_are_whole_and_add_up() -> None:
    assert apportioned(np.array([1.0, 1.0, 1.0]), 10).tolist() == [4, 3, 3]
    assert apportioned(np.array([5.0, 0.1]), 3).sum() == 3


def test_every_table_has_its_habits_and_headers_of_the_contract() -> None:
    assert set(HABITS) == set(BY_NAME)
    amount = BY_NAME["loans"].column("amount")
    assert header(amount, Habit(unit="万元")) == "贷款金额(万元)"
    assert header(amount, Habit(unit="万元", form="xlsx")) == "贷款金额（万元）"
    assert header(amount, Habit(chinese=False)) == "amount"


def test_quarters_end_on_their_last_day_and_begin_with_a_year() -> None:
    calendar = quarterly(3)
    assert np.array(calendar.ends).astype("datetime64[D]").astype(str).tolist()[::11] == ["2023-12-31", "2026-09-30"]
    assert len(calendar.ends) == 12
    assert str(np.datetime64(calendar.start, "D")) == "2023-01-01"
    assert list(quarterly(1).years) == [2025, 2026]


def test_every_table_of_the_contract_is_made(work: dict[str, Frame]) -> None:
    made = {table for table, rows in work.items() if length(rows)}
    assert set(BY_NAME) - made == {"regions", "targets", "budgets", "fund_entries"}
