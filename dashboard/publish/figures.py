"""The counts of persons that an edition publishes, region by region, and what of them stays hidden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from dashboard.period import Period
from dashboard.publish.deduction import Key
from dashboard.publish.disclosure import Book, Sum, hidden, pinned
from dashboard.semantics.answer import answer
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.question import Question

if TYPE_CHECKING:
    from dashboard.warehouse import Build


@dataclass(frozen=True)
class Figure:
    """A metric that counts persons: listed for regions down to `lowest`; of the persons of `part_of`, if given."""

    metric: str
    lowest: str
    part_of: str | None = None


# A community's quarter has few 4050 persons: listed there, most would be hidden. The unemployed stop at the street, for
# with them the score of a criterion would give away the rate beside theirs.
FIGURES: Final = (
    Figure("registrations", "community"),
    Figure("placed", "community"),
    Figure("placed_hardship", "street", part_of="placed"),
    Figure("placed_4050", "street", part_of="placed_hardship"),
    Figure("unemployed", "street"),
)
# A rate stands where its count stands: beside a known denominator one gives the other.
RATES: Final = {"unemployment_rate": "unemployed"}
# From these a reader who has the count computes the leaf; a hidden count follows from the leaf.
COUNT_OF_LEAF: Final = {figure.metric: figure.metric for figure in FIGURES} | {
    "unemployment_rate": "unemployed",
    "placed_4050_rate": "placed_4050",
}


class Counted(NamedTuple):
    """One count: `version` tells apart what an edition and its correction say differently."""

    period: str
    figure: str
    region: str
    version: int = 0


@dataclass(frozen=True)
class Area:
    """One region of the tree; `above`: the code of the region that it lies in, empty for the city."""

    code: str
    name: str
    level: str
    above: str


@dataclass(frozen=True)
class Counts:
    """All counts of one build and period, at every level, hidden by nobody yet."""

    period: Period
    areas: tuple[Area, ...]
    values: Mapping[tuple[str, str], int]
    rates: Mapping[tuple[str, str], float | None]

    def listed(self) -> list[tuple[str, str]]:
        """The (figure, region) that an edition lists."""
        return [
            (figure.metric, area.code)
            for figure in FIGURES
            for area in self.areas
            if LEVELS.index(area.level) <= LEVELS.index(figure.lowest)
        ]


@dataclass(frozen=True)
class Published:
    """The counts of an edition that is out: what it `shows` of what it counted."""

    counts: Counts
    shows: frozenset[tuple[str, str]]


def counted(build: "Build", period: Period) -> Counts:
    """The counts of `period` (stocks at its end) for the city and every region in it."""
    names = tuple(figure.metric for figure in FIGURES)
    values: dict[tuple[str, str], int] = {}
    rates: dict[tuple[str, str], float | None] = {}
    areas: dict[str, Area] = {}
    places = {place.code: place for place in build.regions.by_id.values()}
    for level in LEVELS:
        question = Question((*names, *RATES), by=(level,), start=period.start, end=period.end)
        for row in answer(build, question).rows:
            place = places[str(row["region_code"])]
            above = place.path[place.depth - 1] if place.depth else None
            areas[place.code] = Area(
                place.code, place.name, level, "" if above is None else build.regions.by_id[above].code
            )
            values |= {(name, place.code): int(str(row[name] or 0)) for name in names}
            rates |= {(name, place.code): _rate(row[name]) for name in RATES}
    return Counts(period, tuple(_in_tree_order(areas)), values, rates)


def _rate(value: object) -> float | None:
    return None if value is None else float(str(value))


def _in_tree_order(areas: Mapping[str, Area]) -> Iterable[Area]:
    """Each region before those in it."""
    below: dict[str, list[Area]] = {}
    for area in areas.values():
        below.setdefault(area.above, []).append(area)
    waiting = list(reversed(below.get("", [])))
    while waiting:
        area = waiting.pop()
        yield area
        waiting.extend(reversed(below.get(area.code, [])))


@dataclass(frozen=True)
class Withheld:
    """What an edition does not show: counts, and units whose criteria would give one away."""

    counts: frozenset[tuple[str, str]]
    criteria: frozenset[str]


class _Ledger:
    """The book of one edition and those beside it, built up edition by edition."""

    def __init__(self) -> None:
        self.counts: dict[Key, int] = {}
        self.sums: dict[Sum, None] = {}
        self.listed: set[Counted] = set()

    def enter(self, counts: Counts) -> dict[tuple[str, str], Counted]:
        """The key of every count: the same as in an earlier edition of the period if it says the same."""
        keys: dict[tuple[str, str], Counted] = {}
        for (figure, region), value in counts.values.items():
            key = Counted(counts.period.name, figure, region)
            while self.counts.get(key, value) != value:
                key = key._replace(version=key.version + 1)
            self.counts[key] = value
            keys[figure, region] = key
        self.listed |= {keys[one] for one in counts.listed()}
        self._add_regions(counts, keys)
        self._add_parts(counts, keys)
        return keys

    def _add(self, whole: Counted, parts: Sequence[Counted]) -> None:
        if parts and self.counts[whole] == sum(self.counts[part] for part in parts):
            self.sums[Sum(whole, tuple(parts))] = None

    def _add_regions(self, counts: Counts, keys: Mapping[tuple[str, str], Counted]) -> None:
        below: dict[str, list[str]] = {}
        for area in counts.areas:
            below.setdefault(area.above, []).append(area.code)
        for figure in FIGURES:
            for area in counts.areas:
                parts = [keys[figure.metric, code] for code in below.get(area.code, [])]
                self._add(keys[figure.metric, area.code], parts)

    def _add_parts(self, counts: Counts, keys: Mapping[tuple[str, str], Counted]) -> None:
        """Those of a whole who are not of its part are persons too: a count that nobody lists."""
        for figure in FIGURES:
            if figure.part_of is None:
                continue
            for area in counts.areas:
                whole, part = keys[figure.part_of, area.code], keys[figure.metric, area.code]
                others = Counted(counts.period.name, f"{whole.figure}−{part.figure}", area.code, whole.version)
                others = others._replace(figure=f"{others.figure}#{part.version}")
                self.counts[others] = self.counts[whole] - self.counts[part]
                self._add(whole, (part, others))

    def add_tilings(self, entered: Mapping[Period, list[dict[tuple[str, str], Counted]]]) -> None:
        """A year is the sum of its quarters, where all of them are out and add up."""
        for period, wholes in entered.items():
            for tiles in _tilings(period, [other for other in entered if other != period]):
                for whole in wholes:
                    for one, key in whole.items():
                        parts = [keys[one] for tile in tiles for keys in entered[tile][-1:] if one in keys]
                        if len(parts) == len(tiles) and one[0] != "unemployed":
                            self._add(key, parts)


def _tilings(period: Period, others: Sequence[Period]) -> list[tuple[Period, ...]]:
    """The ways in which `others` follow on each other to make up `period` exactly."""
    found: list[tuple[Period, ...]] = []
    open_ways: list[tuple[Period, ...]] = [
        (other,) for other in others if other.start == period.start and other.end <= period.end
    ]
    while open_ways:
        way = open_ways.pop()
        if way[-1].end == period.end:
            found.append(way)
            continue
        open_ways += [
            (*way, other) for other in others if (other.start - way[-1].end).days == 1 and other.end <= period.end
        ]
    return found


def withheld(
    counts: Counts,
    beside: Sequence[Published],
    criteria: Sequence[tuple[str, ...]],
    below: int,
    units: Iterable[str] = (),
) -> Withheld:
    """What must not be shown, given the editions `beside` (of the same or touching days) that are out.

    `criteria`: the metrics of the leaves under each published part of the score. DisclosureError.
    """
    ledger = _Ledger()
    entered: dict[Period, list[dict[tuple[str, str], Counted]]] = {}
    shown: set[Counted] = set()
    kept_back: set[Counted] = set()
    for edition in beside:
        keys = ledger.enter(edition.counts)
        entered.setdefault(edition.counts.period, []).append(keys)
        shown |= {keys[one] for one in edition.shows}
        kept_back |= {keys[one] for one in edition.counts.listed() if one not in edition.shows}
    keys = ledger.enter(counts)
    entered.setdefault(counts.period, []).append(keys)
    ledger.add_tilings(entered)
    candidates = {keys[one] for one in counts.listed()} - (kept_back - shown)
    book = Book(ledger.counts, tuple(ledger.sums), frozenset(ledger.listed), frozenset(shown | candidates), below)
    hides = hidden(book, frozenset(shown)) | (kept_back - shown)
    seen = Book(book.counts, book.sums, book.listed, book.shown - hides, below)
    return Withheld(
        frozenset(one for one in counts.listed() if keys[one] in hides),
        _given_away(seen, keys, units, criteria),
    )


def _given_away(
    book: Book,
    keys: Mapping[tuple[str, str], Counted],
    units: Iterable[str],
    criteria: Sequence[tuple[str, ...]],
) -> frozenset[str]:
    """The units where a criterion's score leaves but one of its leaves unknown, and that one says a small count."""
    sheets = [
        (unit, [keys.get((COUNT_OF_LEAF.get(leaf, ""), unit)) for leaf in leaves])
        for unit in units
        for leaves in criteria
    ]
    at_risk = [(unit, sheet) for unit, sheet in sheets if any(key in book.small for key in sheet)]
    known = pinned(book, {key for _, sheet in at_risk for key in sheet if key is not None and key not in book.small})
    return frozenset(unit for unit, sheet in at_risk if sum(key is None or key not in known for key in sheet) == 1)
