from etl.contract import REASONS
from tests.contract.bad_input import PAGE, page


def test_the_page_on_bad_input_says_what_the_loader_answers_for_every_reason_code() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(), "make docs"
    assert [reason for reason in REASONS if f"| `{reason}` |" not in written] == []
