"""One content, however it is written: a row delivered again in another hand is unchanged."""

import pytest

from tests.contract.bureau import CITY, COMMUNITY, STREET, Bureau, id_number, person, row

DATES = (
    "2026-01-05",
    "2026/1/5",
    "2026.1.5",
    "20260105",
    "2026年1月5日",
    "２０２６/０１/０５",
    "2026.01.05",
    "2026年01月05日",
)


def test_dates_are_read_in_all_forms(city: Bureau) -> None:
    city.load(persons=[person(f"R{n}", registered_on="2026-01-05") for n, _ in enumerate(DATES)])
    account = city.load(persons=[person(f"R{n}", registered_on=text) for n, text in enumerate(DATES)])
    assert account["tables"]["persons"]["unchanged"] == len(DATES)


def test_missing_words_are_missing(city: Bureau) -> None:
    words = ("", "-", "—", "/", "无", "NULL", "N/A", "　", "－", " - ")
    city.load(persons=[person(f"R{n}", job_wish=word, closed_on=word, sex=word) for n, word in enumerate(words)])
    account = city.load(persons=[person(f"R{n}", job_wish="", closed_on="", sex="") for n, _ in enumerate(words)])
    assert account["tables"]["persons"]["unchanged"] == len(words)


@pytest.mark.parametrize("word", ["null", "n/a", "--", "没有", "0"])
def test_other_words_are_text(city: Bureau, word: str) -> None:
    city.load(persons=[person(job_wish=word)])
    assert city.load(persons=[person(job_wish="")])["tables"]["persons"]["changed"] == 1


def test_a_label_wins_over_the_missing_words(city: Bureau) -> None:
    loan = row("loans", counter_guarantee="none")
    city.load(persons=[person()], loans=[loan])
    assert city.load(loans=[{**loan, "counter_guarantee": "无"}])["tables"]["loans"]["unchanged"] == 1
    assert city.load(loans=[{**loan, "counter_guarantee": "-"}])["tables"]["loans"]["changed"] == 1


def test_numbers_are_read_in_all_forms(city: Bureau) -> None:
    texts = ("1200", "1,200", "１２００", "1200.0", "１，２００．００", " 1200 ")
    placements = [row("placements", placement_no=f"A{n}", monthly_wage="1200.00") for n, _ in enumerate(texts)]
    city.load(persons=[person()], placements=placements)
    account = city.load(
        placements=[{**placement, "monthly_wage": text} for placement, text in zip(placements, texts, strict=True)]
    )
    assert account["tables"]["placements"]["unchanged"] == len(texts)


def test_money_has_two_places_half_up(city: Bureau) -> None:
    wages = [("1500.00009", "1500.00"), ("1499.99991", "1500"), ("0.0099", "0.01"), ("1,500.0001", "1500")]
    city.load(
        persons=[person()],
        placements=[row("placements", placement_no=f"A{n}", monthly_wage=w) for n, (w, _) in enumerate(wages)],
    )
    account = city.load(
        placements=[row("placements", placement_no=f"A{n}", monthly_wage=w) for n, (_, w) in enumerate(wages)],
    )
    assert account["tables"]["placements"]["unchanged"] == len(wages)


def test_booleans_are_read_in_all_forms_and_missing_ones_are_false(city: Bureau) -> None:
    true, false = ("1", "true", "是", "Y", "１", "Ｙ"), ("0", "false", "否", "N", "", "-", "无")
    offices = [row("offices", year=2000 + n, organisation="true", staffing="false") for n in range(7)]
    city.load(offices=offices)
    written = [
        {**office, "organisation": true[n % len(true)], "staffing": false[n]} for n, office in enumerate(offices)
    ]
    assert city.load(offices=written)["tables"]["offices"]["unchanged"] == len(offices)


def test_enumerations_accept_value_and_label(city: Bureau) -> None:
    pairs = [("laid_off", "下岗职工"), ("veteran", "退役军人"), ("landless", "失地农民"), ("rural", "农村富余劳动力")]
    city.load(persons=[person(f"R{n}", category=value) for n, (value, _) in enumerate(pairs)])
    account = city.load(persons=[person(f"R{n}", category=f" {label}") for n, (_, label) in enumerate(pairs)])
    assert account["tables"]["persons"]["unchanged"] == len(pairs)


def test_hardship_is_a_set(city: Bureau) -> None:
    texts = ("低保;残疾", "残疾、低保", "disabled；minimum_living", "低保;残疾;低保", "残疾 ; 低保")
    city.load(persons=[person(f"R{n}", hardship="minimum_living;disabled") for n, _ in enumerate(texts)])
    account = city.load(persons=[person(f"R{n}", hardship=text) for n, text in enumerate(texts)])
    assert account["tables"]["persons"]["unchanged"] == len(texts)


def test_months_are_read_in_all_forms(city: Bureau) -> None:
    texts = ("2026-03", "2026/3", "202603", "2026年3月", "2026-03-31", "2026年3月15日", "２０２６－０３", "20260301")
    paid = [row("subsidies", payment_no=f"Z{n}", period_start="2026-03") for n, _ in enumerate(texts)]
    city.load(subsidies=paid)
    account = city.load(subsidies=[{**each, "period_start": text} for each, text in zip(paid, texts, strict=True)])
    assert account["tables"]["subsidies"]["unchanged"] == len(texts)


def test_region_codes_are_padded(city: Bureau) -> None:
    city.load(targets=[row("targets", region_code=STREET), row("targets", region_code=CITY)])
    account = city.load(targets=[row("targets", region_code="998801001"), row("targets", region_code="998800")])
    assert account["tables"]["targets"]["unchanged"] == 2


def test_a_15_digit_id_number_equals_its_18_digit_form(city: Bureau) -> None:
    city.load(persons=[person(id_number=id_number("19650101", 1))])
    assert city.load(persons=[person(id_number="998801650101001")])["tables"]["persons"]["unchanged"] == 1


def test_name_and_phone_do_not_count(city: Bureau) -> None:
    city.load(persons=[person(name="甲", phone="13800000000")])
    assert city.load(persons=[person(name="乙", phone="")])["tables"]["persons"]["unchanged"] == 1
    account = city.load(persons=[person("R2", name="甲"), person("R2", name="乙")])
    assert account["tables"]["persons"]["duplicates"] == 1


def test_text_is_normalised_and_trimmed(city: Bureau) -> None:
    city.load(persons=[person(job_wish="家政(ABC) 123")])
    assert city.load(persons=[person(job_wish="　家政（ＡＢＣ） １２３ ")])["tables"]["persons"]["unchanged"] == 1


def test_defaults_are_the_contracts(city: Bureau) -> None:
    city.load(
        persons=[person()],
        loans=[row("loans")],
        targets=[row("targets")],
        reports=[row("reports")],
        surveys=[row("surveys")],
        subsidies=[row("subsidies")],
        budgets=[row("budgets")],
    )
    account = city.load(
        loans=[row("loans", product="个人")],
        targets=[row("targets", issuer="市级", revision=0)],
        reports=[row("reports", returned_times="0")],
        surveys=[row("surveys", complaints=0)],
        subsidies=[row("subsidies", budget_year=2026)],
        budgets=[row("budgets", revision=0)],
    )
    assert {name: counts["unchanged"] for name, counts in account["tables"].items()} == dict.fromkeys(
        ("loans", "targets", "reports", "surveys", "subsidies", "budgets"), 1
    )


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
