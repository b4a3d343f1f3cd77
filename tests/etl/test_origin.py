"""Each delivered row's load, file and line are those of the version that holds now."""

import duckdb

from etl.history import create_history
from etl.marts.origin import row_origin
from etl.marts.table import duckdb_type
from etl.origin import create_origin


def test_the_view_is_as_declared_and_names_the_newest_version() -> None:
    with duckdb.connect() as connection:
        create_history(connection)
        create_origin(connection)
        made = connection.execute("SELECT column_name, column_type FROM (DESCRIBE mart.row_origin)").fetchall()
        assert made == [(column.name, duckdb_type(column)) for column in row_origin.columns]
        connection.execute("""
            INSERT INTO history.budgets (budget_year, district_code, kind, funding_source, revision,
                                         voided, load_from, load_until, file_id, line)
            VALUES (2026, '990101000000', 'post', 'city', 0, FALSE, 1, 2, 3, 7),
                   (2026, '990101000000', 'post', 'city', 0, TRUE, 2, NULL, 9, 4)
        """)
        found = connection.execute("SELECT * FROM mart.row_origin").fetchall()
    assert found == [("budgets", "2026/990101000000/post/city/0", 2, 9, 4, True)]
