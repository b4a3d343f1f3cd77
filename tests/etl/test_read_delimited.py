"""CSV and TSV files in the habits of real offices: encodings, delimiters, quotes, blank lines, ragged rows."""

from pathlib import Path

import duckdb
import pytest

from etl.read import Landing, Refused, find_files, forget, land

HEADER = "登记号,身份证号,姓名,社区代码,人员类别,登记日期,就业愿望"
FIRST = "R1,420202196501011234,张三,420202001001,下岗职工,2005-03-01,家政"
SECOND = "R2,420202197001011234,李四,420202001001,失业人员,2005-03-02,"


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def landed(connection: duckdb.DuckDBPyConnection, folder: Path, name: str, content: bytes) -> Landing:
    (folder / name).write_bytes(content)
    sources, _ = find_files(folder)
    [landing] = land(connection, sources[0], 1)
    return landing


def cells(connection: duckdb.DuckDBPyConnection, landing: Landing, *names: str) -> list[tuple[object, ...]]:
    return connection.execute(f"SELECT _line, {', '.join(names)} FROM {landing.relation} ORDER BY _line").fetchall()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encoding_delimiter_and_line_ends_make_no_difference(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, encoding: str, end: str, delimiter: str
) -> None:
    for tail in ("", end):
        text = end.join([HEADER, FIRST, SECOND]).replace(",", delimiter) + tail
        landing = landed(connection, tmp_path, "下岗失业人员登记-下陆区.csv", text.encode(encoding))
        assert (landing.table, landing.rows, landing.normal) == ("persons", 2, True)
        assert landing.headers["registration_no"] == "登记号"
        assert cells(connection, landing, "registration_no", "name", "job_wish") == [
            (2, "R1", "张三", "家政"),
            (3, "R2", "李四", None),
        ]
        forget(connection, landing)


def test_a_tsv_is_recognised_by_its_name(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    landing = landed(connection, tmp_path, "PERSONS 2026.TSV", f"{HEADER}\n{FIRST}\n".replace(",", "\t").encode())
    assert cells(connection, landing, "registration_no") == [(2, "R1")]


def test_a_comma_inside_another_delimiters_file_is_text(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = f"{HEADER}\n{FIRST}\n".replace(",", ";").replace("家政", "家政,护理")
    landing = landed(connection, tmp_path, "persons.csv", text.encode())
    assert cells(connection, landing, "job_wish") == [(2, "家政,护理")]


def test_lines_are_physical_where_cells_hold_line_feeds(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = "\n".join([HEADER, FIRST.replace("家政", '"家政\n""护理"""'), "", SECOND, "", "", FIRST.replace("R1", "R3")])
    landing = landed(connection, tmp_path, "persons.csv", text.encode())
    assert cells(connection, landing, "registration_no", "job_wish") == [
        (2, "R1", '家政\n"护理"'),
        (5, "R2", None),
        (8, "R3", "家政"),
    ]


def test_lines_are_physical_below_a_header_of_two_lines(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = "\n".join([HEADER.replace("就业愿望", '"就业愿望\n(选填)"'), FIRST, SECOND])
    landing = landed(connection, tmp_path, "persons.csv", text.encode())
    assert cells(connection, landing, "registration_no", "job_wish") == [(3, "R1", "家政"), (4, "R2", None)]


def test_title_rows_above_the_header_are_skipped(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = f"下陆区登记台账,,,,,,\r\n\r\n单位:劳动局\r\n{HEADER}\r\n{FIRST}\r\n{SECOND}"
    landing = landed(connection, tmp_path, "persons.csv", text.encode("gbk"))
    assert cells(connection, landing, "registration_no") == [(5, "R1"), (6, "R2")]


def test_wholly_empty_rows_are_no_rows(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = f"{HEADER}\n{FIRST}\n,,,,,,\n   \n ,\u3000,,,,,\n{SECOND}"
    landing = landed(connection, tmp_path, "persons.csv", text.encode())
    assert landing.rows == 2
    assert cells(connection, landing, "registration_no") == [(2, "R1"), (6, "R2")]


def test_a_row_with_text_only_in_an_unknown_column_is_a_row(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    text = "\n".join([HEADER + ",备注", FIRST + ",", ",,,,,,,代签", ",,,,,,,"])
    landing = landed(connection, tmp_path, "persons.csv", text.encode())
    assert landing.unknown == ("备注",)
    assert cells(connection, landing, "registration_no") == [(2, "R1"), (3, None)]


def test_short_rows_miss_their_last_cells(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    landing = landed(connection, tmp_path, "persons.csv", f"{HEADER}\nR1,420202196501011234\n{SECOND}\n".encode())
    assert cells(connection, landing, "registration_no", "id_number", "name") == [
        (2, "R1", "420202196501011234", None),
        (3, "R2", "420202197001011234", "李四"),
    ]


def test_a_row_with_more_cells_than_the_header_is_marked(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = "\n".join([HEADER, FIRST + ",护理", SECOND + ", ,", FIRST.replace("R1", "R3")])
    landing = landed(connection, tmp_path, "persons.csv", text.encode())
    assert cells(connection, landing, "registration_no", "_extra") == [
        (2, "R1", True),
        (3, "R2", False),
        (4, "R3", False),
    ]


def test_cells_beyond_a_header_that_ends_in_delimiters_are_marked(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    text = "\n".join([HEADER + ",,", FIRST + ",,", SECOND + ", ,护理"])
    landing = landed(connection, tmp_path, "persons.csv", text.encode())
    assert cells(connection, landing, "registration_no", "_extra") == [(2, "R1", False), (3, "R2", True)]


def test_a_quote_inside_a_cell_is_text(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = "\n".join([HEADER, FIRST.replace("家政", '5"屏维修'), SECOND])
    landing = landed(connection, tmp_path, "persons.csv", text.encode())
    assert cells(connection, landing, "registration_no", "job_wish") == [(2, "R1", '5"屏维修'), (3, "R2", None)]


def test_both_line_ends_in_one_file_are_understood(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = f"{HEADER}\r\n{FIRST}\n{SECOND}\r\n\r\r\n{FIRST.replace('R1', 'R3')}\r\r\n"
    landing = landed(connection, tmp_path, "persons.csv", text.encode())
    assert cells(connection, landing, "registration_no", "job_wish") == [
        (2, "R1", "家政"),
        (3, "R2", None),
        (5, "R3", "家政"),
    ]


def test_a_header_and_no_rows_are_no_rows(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for end in ("", "\n", "\r\n\r\n"):
        landing = landed(connection, tmp_path, "persons.csv", f"{HEADER}{end}".encode())
        assert (landing.rows, cells(connection, landing, "name")) == (0, [])
        forget(connection, landing)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("家政", True),
        ("（家政）", False),
        ("ＡＢＣ", False),
        ("家政　护理", False),
        ("é", True),
        ("e\u0301", False),
        ("①", False),
    ],
)
def test_it_is_known_whether_normalising_changes_anything(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, text: str, normal: bool
) -> None:
    for quote in ("", '"'):
        landing = landed(
            connection, tmp_path, "persons.csv", f"{HEADER}\n{FIRST.replace('家政', quote + text + quote)}\n".encode()
        )
        assert landing.normal is normal
        assert cells(connection, landing, "job_wish") == [(2, text)]
        forget(connection, landing)


@pytest.mark.parametrize(
    ("row", "trimmed"),
    [
        ("R1,420202196501011234,张 三,420202001001,下岗职工,2005-03-01,家政 服务", True),
        ('R1,420202196501011234,"张三",420202001001,下岗职工,2005-03-01,"家政,服务"', True),
        ("R1,420202196501011234,张三 ,420202001001,下岗职工,2005-03-01,家政", False),
        ("R1,420202196501011234,张三,420202001001,下岗职工,2005-03-01,家政\t", False),
        (' R1,420202196501011234,张三,420202001001,下岗职工,2005-03-01,"家政"', False),
        ('R1,420202196501011234,张三,420202001001,下岗职工,2005-03-01," 家政"', False),
        ('R1,420202196501011234,张三,420202001001,下岗职工,2005-03-01,"家政\n"', False),
        ("R1,420202196501011234,张三,420202001001,下岗职工,2005-03-01,家政\ufeff", False),
        ("R1,420202196501011234,张三,420202001001,下岗职工,2005-03-01,家政\u3000", False),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_it_is_known_whether_a_cell_has_blanks_at_its_ends(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, row: str, trimmed: bool, encoding: str
) -> None:
    landing = landed(connection, tmp_path, "persons.csv", f"{HEADER}\n{row}\n".encode(encoding))
    assert landing.trimmed is trimmed


def test_a_tab_between_quotes_is_a_blank_of_its_cell(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    row = FIRST.replace(",", "\t").replace("家政", '"家政\t"')
    landing = landed(connection, tmp_path, "persons.tsv", f"{HEADER}\n".replace(",", "\t").encode() + row.encode())
    assert not landing.trimmed


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "0"),
        (f"{HEADER}\n{FIRST}\n\0\0\0\n".encode(), "3"),
        (f"{HEADER}\n{FIRST}\n".encode("utf-16"), "UTF-16"),
        (f"{HEADER}\n{FIRST}\n".encode() + b"R2,\xff\xff\n", "3"),
        (f"{HEADER}\n{FIRST}\n{SECOND}".encode().replace("李四".encode(), "李四".encode()[:-1] + b"\xc4"), "3"),
        (f"\ufeff{HEADER}\n{FIRST}\n".encode() + "R2,李".encode()[:-1] + b"\n", "3"),
        (f'{HEADER}\n"{FIRST}\n{SECOND}\n'.encode(), "2"),
        (f"{HEADER}\n{FIRST}\n{SECOND.replace('李四', chr(34) + '李四')}\n{FIRST}\n".encode(), "3"),
        (f"{HEADER}\n{FIRST.replace('家政', chr(34) + '家')}\n{SECOND}{chr(34)}政\n".encode(), "2"),
    ],
)
def test_a_damaged_file_is_refused_and_the_line_told(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, content: bytes, told: str
) -> None:
    with pytest.raises(Refused) as refused:
        landed(connection, tmp_path, "persons.csv", content)
    assert (refused.value.file, refused.value.table, refused.value.reason) == ("persons.csv", "persons", "unreadable")
    assert told in refused.value.message


@pytest.mark.parametrize("place", [1, 12_000, 40_000])
def test_damage_is_told_with_its_line_however_far_down(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, place: int
) -> None:
    lines = [HEADER.encode(), *[FIRST.encode()] * 40_000]  # 3 MiB
    lines[place] += "家".encode()[:2]
    with pytest.raises(Refused, match=f"第 {place + 1} 行"):
        landed(connection, tmp_path, "persons.csv", b"\n".join(lines))


def test_a_line_longer_than_what_is_looked_at_in_one_piece(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    landing = landed(connection, tmp_path, "persons.csv", f"{HEADER}\n{FIRST}{'政' * 400_000}\n{SECOND}".encode())
    assert cells(connection, landing, "length(job_wish)") == [(2, 400_002), (3, None)]


def test_lacking_required_columns_are_named(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        landed(connection, tmp_path, "persons.csv", "登记号,姓名,备注\nR1,张三,\n".encode())
    assert refused.value.reason == "missing_column"
    assert refused.value.columns == ("id_number", "community_code", "category", "registered_on")
    assert "身份证号" in refused.value.message


@pytest.mark.parametrize("content", [b"\n\n", b"\xef\xbb\xbf", b" "])
def test_a_file_without_any_header_lacks_all_columns(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(Refused) as refused:
        landed(connection, tmp_path, "visits.csv", content)
    assert refused.value.columns == ("visit_no", "registration_no", "visited_on")


def test_keys_and_voided_are_enough(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    landing = landed(connection, tmp_path, "零就业家庭.csv", "户号,认定日期,撤销\nH1,2005-03-01,是\n".encode())
    assert landing.columns == ("household_no", "identified_on", "voided")
    assert cells(connection, landing, "household_no", "voided") == [(2, "H1", "是")]


def test_many_rows_keep_their_order_and_lines(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = "\n".join(f"V{n},R{n},2026-03-01,上门走访登记{n % 7}" for n in range(600_000))
    landing = landed(connection, tmp_path, "visits.csv", f"visit_no,registration_no,visited_on,mode\n{rows}\n".encode())
    assert landing.rows == 600_000
    [(right, first, last)] = connection.execute(
        f"SELECT count(*) FILTER (visit_no = 'V' || (_line - 2)), min(_line), max(_line) FROM {landing.relation}"
    ).fetchall()
    assert (right, first, last) == (600_000, 2, 600_001)
