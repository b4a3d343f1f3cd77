"""One content, however it is written: a row delivered again in another hand is unchanged."""

from typing import Any

import pytest

from tests.contract.bureau import CITY, COMMUNITY, REGIONS, SMALLEST, STREET, Bureau, id_number, person, row

DATES = (
    "2026-01-05", "2026/1/5", "2026.1.5", "20260105", "2026年1月5日", "２０２６/０１/０５", "2026.01.05",
    "2026年01月05日",
)  # fmt: skip
WORDS = ("", "-", "—", "/", "无", "NULL", "N/A", "　", "－", " - ")
NUMBERS = ("1200", "1,200", "１２００", "1200.0", "１，２００．００", " 1200 ")
MONEY = (("1500.00009", "1500.00"), ("1499.99991", "1500"), ("0.0099", "0.01"), ("1,500.0001", "1500"))
TRUE, FALSE = ("1", "true", "是", "Y", "１", "Ｙ", "1"), ("0", "false", "否", "N", "", "-", "无")
CATEGORIES = (("laid_off", "下岗职工"), ("veteran", "退役军人"), ("landless", "失地农民"), ("rural", "农村富余劳动力"))
HARDSHIPS = ("低保;残疾", "残疾、低保", "disabled；minimum_living", "低保;残疾;低保", "残疾 ; 低保")
MONTHS = ("2026-03", "2026/3", "202603", "2026年3月", "2026-03-31", "2026年3月15日", "２０２６－０３", "20260301")
DEFAULTS: dict[str, dict[str, Any]] = {
    "loans": {"product": "个人"},
    "targets": {"issuer": "市级", "revision": 0},
    "reports": {"returned_times": "0"},
    "surveys": {"complaints": 0},
    "subsidies": {"budget_year": 2026},
    "budgets": {"revision": 0},
}
Pairs = list[tuple[Any, Any]]  # each row as it is delivered first, and in another hand


def in_hands(table: str, first: dict[str, Any], *hands: dict[str, Any]) -> Pairs:
    """A row for each hand, the same but for its key."""
    key = {"persons": "registration_no", "placements": "placement_no", "offices": "year", "subsidies": "payment_no"}
    pairs: Pairs = []
    for number, hand in enumerate(hands):
        of = {key[table]: 2000 + number if table == "offices" else f"{''.join(first)}{number}"}
        pairs.append((SMALLEST[table] | of | first, SMALLEST[table] | of | first | hand))
    return pairs


# By what is tried: the table, and its rows.
HANDS: dict[str, tuple[str, Pairs]] = {
    "dates": ("persons", in_hands("persons", {"registered_on": DATES[0]}, *({"registered_on": one} for one in DATES))),
    "missing words": (
        "persons",
        [
            (
                person(f"W{n}", job_wish=word, closed_on=word, sex=word),
                person(f"W{n}", job_wish="", closed_on="", sex=""),
            )
            for n, word in enumerate(WORDS)
        ],
    ),
    "numbers": (
        "placements",
        in_hands("placements", {"monthly_wage": "1200.00"}, *({"monthly_wage": one} for one in NUMBERS)),
    ),
    "money has two places half up": (
        "placements",
        [
            tuple(row("placements", placement_no=f"M{n}", monthly_wage=wage) for wage in pair)
            for n, pair in enumerate(MONEY)
        ],
    ),
    "booleans, missing ones are false": (
        "offices",
        in_hands(
            "offices",
            {"organisation": "true", "staffing": "false"},
            *({"organisation": true, "staffing": false} for true, false in zip(TRUE, FALSE, strict=True)),
        ),
    ),
    "value and label": (
        "persons",
        [
            (person(f"C{n}", category=value), person(f"C{n}", category=f" {label}"))
            for n, (value, label) in enumerate(CATEGORIES)
        ],
    ),
    "hardship is a set": (
        "persons",
        in_hands("persons", {"hardship": "minimum_living;disabled"}, *({"hardship": one} for one in HARDSHIPS)),
    ),
    "months": (
        "subsidies",
        in_hands("subsidies", {"period_start": "2026-03"}, *({"period_start": one} for one in MONTHS)),
    ),
    "region codes are padded": (
        "targets",
        [
            (row("targets", region_code=STREET), row("targets", region_code="998801001")),
            (
                row("targets", region_code=CITY, target_year=2025),
                row("targets", region_code="998800", target_year=2025),
            ),
        ],
    ),
    "15 digits": (
        "persons",
        [(person("F1", id_number=id_number("19650101", 1)), person("F1", id_number="998801650101001"))],
    ),
    "text is normalised and trimmed": (
        "persons",
        [(person("T1", job_wish="家政(ABC) 123"), person("T1", job_wish="　家政（ＡＢＣ） １２３ "))],
    ),
    **{f"default of {table}": (table, [(row(table), row(table, **said))]) for table, said in DEFAULTS.items()},
}


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, int]]:
    """All of it delivered, then again in another hand, each in a file of its own: the counts of the second, by file."""
    bureau = Bureau(tmp_path_factory.mktemp("hands"))

    def files(hand: int) -> dict[str, Any]:
        return {
            f"{table}-{number}__csv": [pair[hand] for pair in pairs]
            for number, (table, pairs) in enumerate(HANDS.values())
        }

    bureau.load(data_date="2026-06-30", regions=REGIONS, persons=[person()])
    first = bureau.load(**files(0))
    assert all(file["new"] == file["read"] for file in first["files"]), first
    return {file["file"].rpartition("-")[2].removesuffix(".csv"): file for file in bureau.load(**files(1))["files"]}


@pytest.mark.parametrize("tried", HANDS)
def test_the_same_in_another_hand_is_unchanged(again: dict[str, dict[str, int]], tried: str) -> None:
    counts = again[str(list(HANDS).index(tried))]
    assert counts["unchanged"] == counts["read"] == len(HANDS[tried][1])


def test_other_words_are_text(city: Bureau) -> None:
    words = ("null", "n/a", "--", "没有", "0")
    city.load(persons=[person(f"R{n}", job_wish=word) for n, word in enumerate(words)])
    account = city.load(persons=[person(f"R{n}", job_wish="") for n, _ in enumerate(words)])
    assert account["tables"]["persons"]["changed"] == len(words)


def test_a_label_wins_over_the_missing_words(city: Bureau) -> None:
    loan = row("loans", counter_guarantee="none")
    city.load(persons=[person()], loans=[loan])
    assert city.load(loans=[{**loan, "counter_guarantee": "无"}])["tables"]["loans"]["unchanged"] == 1
    assert city.load(loans=[{**loan, "counter_guarantee": "-"}])["tables"]["loans"]["changed"] == 1


def test_name_and_phone_do_not_count(city: Bureau) -> None:
    city.load(persons=[person(name="甲", phone="13800000000")])
    assert city.load(persons=[person(name="乙", phone="")])["tables"]["persons"]["unchanged"] == 1
    account = city.load(persons=[person("R2", name="甲"), person("R2", name="乙")])
    assert account["tables"]["persons"]["duplicates"] == 1


def test_a_unit_in_the_header_is_honoured(city: Bureau) -> None:
    first, second = f"Z1,税费减免,{COMMUNITY},2026-03-15", f"Z2,税费减免,{COMMUNITY},2026-03-15"
    header = "支付号,补贴类别,社区代码,支付日期,金额（万元）,资金来源"
    city.load(subsidies=f'{header}\n{first},1.23456,省级\n{second},"0,100.5",省级\n')
    assert city.figure("subsidy_spend") == pytest.approx(12_345.6 + 1_005_000, abs=1e-9)
    for header, amount in (
        ("金额(元)", "12345.60"),
        ("金额 (千元)", "12.3456"),
        ("AMOUNT(亿元)", "0.000123456"),
        ("金额(含税)", "12,345.6"),
    ):
        again = (
            f'支付号,补贴类别,社区代码,支付日期,{header},资金来源\nZ1,税费减免,{COMMUNITY},2026-03-15,"{amount}",省级\n'
        )
        assert city.load(补贴支出__csv=again)["tables"]["subsidies"]["unchanged"] == 1
