"""The cities' published figures obey the identities that hold of them, computed as the product computes its own.

`tests/data/identities.csv` has a line per identity: `left` and `right` are sums of products of figures
(`H004+H006`, `H003*H020%`), numbers, and settings of a city's policy as at a day (`harbin.fund_multiple@2005-03-31`).
`holds`: `yes`; `no` where the report's own figures do not agree; `open` where it does not list what it counts.
"""

import csv
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard.drawings.published import BOUNDS, KINDS
from dashboard.semantics.answer import answer
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.metric import ratio
from dashboard.semantics.question import Question
from dashboard.semantics.targets import targets
from dashboard.warehouse import Build
from etl.policy import SHIPPED, policy_of
from tests.worlds import build, region

SAME_UNIT = {"certificates": "persons", "times": "×"}  # one certificate a person; how often the fund is lent
EIGHT = ("jinan", "harbin", "changchun", "liaoyuan", "tonghua", "benxi", "huangshi", "lianyungang")
COLUMNS = ["figure", "period", "label_zh", "label_en", "value", "unit", "of", "qualifier", "kind", "report", "metric"]
PACKS = sorted(SHIPPED.glob("*/policy.toml"))
Figure = Mapping[str, str]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PUBLISHED: dict[str, Figure] = {
    figure["figure"]: {"city": city} | figure for city in EIGHT for figure in read(SHIPPED / city / "published.csv")
}
IDENTITIES = read(Path(__file__).parent.parent / "data" / "identities.csv")
CHECKED = [each for each in IDENTITIES if each["measure"] != "told"]


def settings(city: str) -> dict[str, Any]:
    """The city's pack as it stands in the file."""
    return tomllib.loads((SHIPPED / city / "policy.toml").read_text("utf-8"))


def policy(city: str) -> dict[str, Any]:
    """The settings that a build of the city would have."""
    return policy_of(settings(city)["city_code"])


def setting(text: str) -> Decimal:
    """`harbin.fund_multiple@2005-03-31`: the entry in force on the day."""
    name, day = text.split("@")
    city, name = name.split(".")
    loans = policy(city)["loans"]
    if name == "fund_multiple":
        entries, column = loans["fund_multiple"], "value"
    else:
        product, word = name.rsplit("_", 1)
        entries = [entry for entry in loans["products"] if entry["product"] == product]
        column = {"cap": "cap", "share": "interest_subsidy_share"}[word]
    held = [entry for entry in entries if entry["valid_from"] <= date.fromisoformat(day)]
    return Decimal(str(max(held, key=lambda entry: entry["valid_from"])[column]))


def factor(text: str) -> Decimal:
    if text.endswith("%"):
        return factor(text.removesuffix("%")) / 100
    if text in PUBLISHED:
        return Decimal(PUBLISHED[text]["value"])
    return setting(text) if "@" in text else Decimal(text)


def amount(text: str) -> Decimal:
    """A sum of products; a date of a setting is no subtraction."""
    terms = re.findall(r"(^|[+-])((?:[^+@-]|@\d{4}-\d\d-\d\d)+)", text)
    assert "".join(sign + term for sign, term in terms) == text
    total = Decimal(0)
    for sign, term in terms:
        product = Decimal(1)
        for each in term.split("*"):
            product *= factor(each)
        total += -product if sign == "-" else product
    return total


def divided(text: str, scale: int) -> Decimal:
    """Numerator over denominator, as every ratio of the product is computed."""
    above, below = (float(amount(part)) for part in text.split(" / "))
    return Decimal(str(ratio({(): above}, {(): below}, scale)[()]))


def listed(figure: str) -> Decimal:
    """How many things the figure's own list names."""
    return Decimal(len([part for part in re.split(r"[/-]", PUBLISHED[figure]["of"]) if part]))


def told_again(figure: str) -> Decimal:
    """How often the city's figures hold this one."""
    same = ("city", "value", "unit")
    return Decimal(sum(all(other[key] == PUBLISHED[figure][key] for key in same) for other in PUBLISHED.values()))


def months_from_to(text: str) -> Decimal:
    first, last = (int(amount(part)) for part in text.split())
    return Decimal((last - first) % 12 + 1)


MEASURES = {
    "amount": amount,
    "percent": lambda text: divided(text, 100),
    "per": lambda text: divided(text, 1),
    "items": listed,
    "times": told_again,
    "months_from_to": months_from_to,
}


def agrees(left: Decimal, relation: str, right: str) -> bool:
    """Whether two numbers stand as said; what is stated rounded is compared with as many decimals."""
    wanted = amount(right)
    said = PUBLISHED[right]["value"] if right in PUBLISHED else right
    places = len(said.partition(".")[2]) if re.fullmatch(r"[\d.]+", said) else 0
    return {"=": round(left, places) == round(wanted, places), "!=": left != wanted, "<=": left <= wanted}[relation]


@pytest.mark.parametrize("each", [each for each in CHECKED if each["measure"] in MEASURES], ids=lambda each: each["id"])
def test_an_identity_of_numbers_holds_or_is_said_not_to(each: dict[str, str]) -> None:
    left = MEASURES[each["measure"]](each["left"])
    assert agrees(left, each["relation"], each["right"]) is (each["holds"] == "yes"), (each, left)


@pytest.mark.parametrize("each", [each for each in CHECKED if each["measure"] == "order"], ids=lambda each: each["id"])
def test_dates_stand_in_their_order(each: dict[str, str]) -> None:
    dates = [PUBLISHED[part]["value"] if part in PUBLISHED else part for part in each["left"].split()]
    assert dates == sorted(dates)
    assert len(set(dates)) == (1 if each["right"] == "same" else len(dates))


def test_a_report_written_two_months_after_the_start_says_so() -> None:
    [each] = [each for each in CHECKED if each["measure"] == "months_after"]
    start, months = (PUBLISHED[figure]["value"] for figure in each["left"].split())
    began = date.fromisoformat(start)
    assert began.replace(month=began.month + int(months)) <= date.fromisoformat(each["right"])


def test_persons_and_households_are_different_units() -> None:
    [each] = [each for each in CHECKED if each["measure"] == "unit"]
    assert {PUBLISHED[each[side]]["unit"] for side in ("left", "right")} == {"persons", "households"}


def test_what_a_report_does_not_give_stays_missing() -> None:
    missing = {name: figure["qualifier"] for name, figure in PUBLISHED.items() if not figure["value"].strip()}
    assert missing == {"Z021": "redacted", "Z031": "damaged", "Z032": "redacted"}
    [each] = [each for each in CHECKED if each["measure"] == "missing"]
    assert missing[each["left"]] == each["right"]


def test_identities_that_do_not_hold_and_what_cannot_be_known_are_named() -> None:
    assert {each["id"] for each in IDENTITIES if each["holds"] == "no"} == {"I049", "I086"}
    assert {each["id"] for each in IDENTITIES if each["holds"] == "open"} == {"I020", "I021"}


def test_every_identity_is_there() -> None:
    assert list(dict.fromkeys(each["id"] for each in IDENTITIES)) == [f"I{number:03d}" for number in range(1, 101)]
    assert {each["id"] for each in IDENTITIES if each["measure"] == "told"} == {"I069", "I083"}


@pytest.mark.parametrize("city", EIGHT)
def test_a_citys_figures_are_whole(city: str) -> None:
    figures = read(SHIPPED / city / "published.csv")
    assert figures
    assert [list(figure) for figure in figures] == [COLUMNS] * len(figures)
    for figure in figures:
        assert all(figure[name] for name in ("label_zh", "label_en", "unit", "period")), figure
        numeric = figure["value"] and figure["unit"] != "date"
        assert not numeric or Decimal(figure["value"]).is_finite(), figure


def test_a_figure_that_is_computed_here_names_its_metric_and_has_its_unit() -> None:
    computed = [figure for figure in PUBLISHED.values() if figure["metric"]]
    assert len(computed) == 29
    for figure in computed:
        unit = METRICS[figure["metric"]].unit
        assert SAME_UNIT.get(figure["unit"], figure["unit"]) == unit, figure
        assert figure["kind"] in KINDS
        assert figure["qualifier"] in {*BOUNDS, "exact", "redacted", "damaged"}


def test_no_two_figures_share_a_number() -> None:
    assert len(PUBLISHED) == sum(len(read(SHIPPED / city / "published.csv")) for city in EIGHT) == 214


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.parent.name)
def test_every_pack_is_read_and_names_its_city(pack: Path) -> None:
    code = settings(pack.parent.name)["city_code"]
    assert re.fullmatch(r"\d{4}00000000", code)
    assert set(policy_of(code)) == set(policy_of(None))


def test_every_city_has_a_code_of_its_own() -> None:
    codes = [settings(pack.parent.name)["city_code"] for pack in PACKS]
    assert len(set(codes)) == len(codes) == len(EIGHT) + 1


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.parent.name)
def test_every_setting_says_where_it_comes_from(pack: Path) -> None:
    for name, section in settings(pack.parent.name).items():
        if isinstance(section, list):
            assert all(entry["source"].strip() for entry in section), name
        elif name != "name" and isinstance(section, dict) and not section.get("source"):
            entries = [entry for value in section.values() for entry in (value if isinstance(value, list) else [{}])]
            assert all(entry.get("source") for entry in entries), name


@pytest.mark.parametrize("city", EIGHT)
def test_a_rule_is_the_figure_that_it_was_taken_from(city: str) -> None:
    for rule in settings(city).get("rules", []):
        figure = PUBLISHED[rule["source"].split(",")[0]]
        assert figure["city"] == city
        assert Decimal(str(rule["value"])) == Decimal(figure["value"]), rule
        assert (rule["label"]["zh"], rule["unit"]) == (figure["label_zh"], figure["unit"])
        assert rule["bound"] == figure["qualifier"]
        assert rule["label"]["en"]
        assert rule["valid_from"]


def city_tree(city: str) -> list[Mapping[str, Any]]:
    """The city with one district, street and community."""
    code = settings(city)["city_code"]
    codes = [code, f"{code[:4]}02000000", f"{code[:4]}02001000", f"{code[:4]}02001001"]
    levels = ("city", "district", "street", "community")
    return [region(own, level, up) for own, level, up in zip(codes, levels, [None, *codes], strict=False)]


def published(figure: str) -> int:
    return int(PUBLISHED[figure]["value"])


def figure_of(opened: Build, metric: str) -> float:
    [row] = answer(opened, Question((metric,))).rows
    return float(str(row[metric]))


def contribution(no: str, on: date, figure: str) -> Mapping[str, Any]:
    return {"entry_no": no, "entry_on": on, "source": "city", "kind": "contribution", "amount": published(figure)}


def test_liaoyuans_fund_carries_what_the_city_says(tmp_path: Path) -> None:
    tables = {"regions": city_tree("liaoyuan"), "fund_entries": [contribution("E1", date(2003, 8, 1), "L007")]}
    opened = build(tmp_path, tables, date(2003, 8, 31))
    assert figure_of(opened, "fund_leverage_cap") == published("L006")
    assert figure_of(opened, "fund_room") == published("L008")


def test_harbins_fund_carries_three_times_what_city_and_province_gave(tmp_path: Path) -> None:
    given = [contribution("E1", date(2003, 3, 1), "H009"), contribution("E2", date(2004, 3, 1), "H010")]
    opened = build(tmp_path, {"regions": city_tree("harbin"), "fund_entries": given}, date(2005, 3, 31))
    assert figure_of(opened, "fund_balance") == 58_000_000
    assert figure_of(opened, "fund_room") == published("H011") * 58_000_000 == 174_000_000


def test_changchuns_posts_are_ahead_of_the_pace(tmp_path: Path) -> None:
    tree = city_tree("changchun")
    posts = {
        "post_no": "G1",
        "community_code": tree[-1]["region_code"],
        "kind": "enterprise",
        "headcount": published("C005"),
        "developed_on": date(2003, 7, 1),
    }
    target = {
        "target_year": 2003,
        "region_code": tree[0]["region_code"],
        "indicator": "posts_developed",
        "issuer": "city",
        "revision": 0,
        "value": published("C003"),
    }
    [found] = targets(build(tmp_path, {"regions": tree, "posts": [posts], "targets": [target]}, date(2003, 7, 31)))
    assert (found.actual, found.state) == (published("C005"), "on_track")
    assert found.completion == pytest.approx(86.58, abs=0.005)
    assert found.time_elapsed == pytest.approx(100 * 212 / 365)
    assert found.lead == pytest.approx(28.5, abs=0.01)
