"""What an edition hides, given what it counts and what is out beside it."""

from collections.abc import Mapping

from dashboard.period import Period, named_period
from dashboard.publish.figures import FIGURES, Area, Counts, Published, withheld

HILL, LAKE, PINE, REED = "990102001001", "990102001002", "990102002001", "990102002002"
NORTH, SOUTH, DISTRICT, CITY = "990102001000", "990102002000", "990102000000", "990100000000"
AREAS = (
    Area(CITY, "磁湖市", "city", ""),
    Area(DISTRICT, "磁山区", "district", CITY),
    Area(NORTH, "北街", "street", DISTRICT),
    Area(HILL, "山", "community", NORTH),
    Area(LAKE, "湖", "community", NORTH),
    Area(SOUTH, "南街", "street", DISTRICT),
    Area(PINE, "松", "community", SOUTH),
    Area(REED, "苇", "community", SOUTH),
)
ABOVE = {area.code: area.above for area in AREAS}
UNEMPLOYMENT = ("unemployment_rate", "placed_4050_rate")


def quarter(name: str) -> Period:
    found = named_period(name)
    assert found is not None
    return found


def counts(period: str = "2026Q3", **given: Mapping[str, int]) -> Counts:
    """Counts of communities, 30 each where none is given, added up the tree."""
    values: dict[tuple[str, str], int] = {(figure.metric, area.code): 0 for figure in FIGURES for area in AREAS}
    for figure in FIGURES:
        for community in (HILL, LAKE, PINE, REED):
            count = given.get(figure.metric, {}).get(community, 30)
            code = community
            while code:
                values[figure.metric, code] += count
                code = ABOVE[code]
    rates = {("unemployment_rate", area.code): 3.0 for area in AREAS}
    return Counts(quarter(period), AREAS, values, rates)


def shown(of: Counts, *beside: Published) -> Published:
    hides = withheld(of, beside, (), 5).counts
    return Published(of, frozenset(of.listed()) - hides)


def test_a_small_count_is_hidden_with_one_beside_it() -> None:
    assert withheld(counts(registrations={HILL: 3}), [], (), 5).counts == {
        ("registrations", HILL),
        ("registrations", LAKE),
    }


def test_what_is_not_listed_hides_nothing_by_itself() -> None:
    """4050 persons are listed down to the street: 2 in one community do not show in its street's 32."""
    assert withheld(counts(placed_4050={HILL: 2}), [], (), 5).counts == frozenset()


def test_a_street_whose_others_were_few_hides_the_part() -> None:
    """Of 60 placed 58 were in hardship: the 2 who were not are persons too."""
    hides = withheld(counts(placed_hardship={HILL: 28}, placed_4050={HILL: 20, LAKE: 20}), [], (), 5).counts
    assert ("placed_hardship", NORTH) in hides


def test_a_rate_alone_beside_a_known_one_withholds_the_criteria_of_the_unit() -> None:
    """The street of one community: its unemployed are known from the street, so that the score gives the other rate."""
    alone = tuple(area for area in AREAS if area.code != LAKE)
    few = counts(placed_4050={HILL: 2, LAKE: 0}, unemployed={LAKE: 0}, placed={LAKE: 0}, placed_hardship={LAKE: 0})
    of = Counts(few.period, alone, {key: value for key, value in few.values.items() if key[1] != LAKE}, few.rates)
    units = (HILL, PINE)
    assert withheld(of, [], (UNEMPLOYMENT,), 5, units).criteria == {HILL}
    assert withheld(of, [], ((*UNEMPLOYMENT, "satisfaction"),), 5, units).criteria == frozenset()


def test_what_an_earlier_edition_hides_stays_hidden_in_its_correction() -> None:
    first = shown(counts(registrations={HILL: 3}))
    again = withheld(counts(registrations={HILL: 3, PINE: 40}), [first], (), 5).counts
    assert {("registrations", HILL), ("registrations", LAKE)} <= again


def test_a_correction_that_makes_a_count_small_hides_what_changed_with_it() -> None:
    """LAKE is out with 30 and unchanged: no cover. The sums of street, district and city changed too."""
    first = shown(counts())
    hides = withheld(counts(registrations={HILL: 3}), [first], (), 5).counts
    assert hides == {("registrations", code) for code in (HILL, NORTH, DISTRICT, CITY)}


def test_the_year_does_not_give_back_what_a_quarter_hides() -> None:
    quarters = [
        shown(counts(f"2026Q{number}", registrations={HILL: 3 if number == 3 else 9})) for number in range(1, 5)
    ]
    total = {HILL: 30, LAKE: 120, PINE: 120, REED: 120}
    year = counts(
        "2026",
        registrations=total,
        **dict.fromkeys(("placed", "placed_hardship", "placed_4050"), dict.fromkeys(total, 120)),
    )
    hides = withheld(year, quarters, (), 5).counts
    assert {("registrations", HILL), ("registrations", LAKE)} <= hides
    assert ("registrations", PINE) not in hides
