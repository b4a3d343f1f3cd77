"""The gate finds numbers of persons in every kind of file, and lets codes, dates and amounts pass.

The ID numbers are the examples printed in GB 11643-1999; the rest is made up.
"""

import io
import zipfile
from datetime import date

import pytest
from docx import Document as Word
from openpyxl import Workbook

from dashboard.publish.document import Document, Section
from dashboard.publish.privacy import leaks
from dashboard.publish.render_pdf import render_pdf
from dashboard.semantics.words import Text
from dashboard.text import Words

ID = "11010519491231002X"


def kinds(text: str) -> list[str]:
    return [leak.kind for leak in leaks({"a.csv": text.encode()})]


@pytest.mark.parametrize(
    "text",
    [
        ID,
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002x",
        "1101\u200b05194912\u200b31002X",
        "130503670401001",
    ],
)
def test_id_numbers_are_found_however_they_are_written(text: str) -> None:
    assert kinds(text) == ["id_number"]


@pytest.mark.parametrize("text", ["13912345678", "139 1234 5678", "+86-139-1234-5678", "(0714)6351234", "010-62345678"])
def test_telephone_numbers_are_found(text: str) -> None:
    assert kinds(f"联系电话：{text}，") == ["phone"]


@pytest.mark.parametrize("text", ["4111111111111111", "4111 1111 1111 1111", "6222 0212 3456 7890 128"])
def test_bank_accounts_with_a_right_check_digit_are_found(text: str) -> None:
    assert kinds(text) == ["bank_account"]


@pytest.mark.parametrize(
    "text",
    [
        "990103005002",
        "420202",
        "2026-09-30",
        "20260930",
        "13,912,345,678.00",
        "13912345678.50",
        "0.30000000000000004",
        "11010519491231002",  # a digit short
        "110105194912310021",  # wrong check digit
        "4111111111111112",  # wrong check digit
        "990103005002 13 912 345 678",
        "e40163c4ee5c4111111111111111aa",
        "银发〔2002〕394号",
        "2026Q3-community-1",
    ],
)
def test_codes_dates_amounts_and_hashes_pass(text: str) -> None:
    assert kinds(text) == []


def test_a_leak_is_reported_without_repeating_it() -> None:
    [leak] = leaks({"notes.html": f"<p>{ID}</p>".encode()})
    assert (leak.file, leak.masked) == ("notes.html", "110…2X")


def test_a_spreadsheet_is_opened() -> None:
    book, file = Workbook(), io.BytesIO()
    book.active.append(["磁山社区", ID])
    book.save(file)
    assert [leak.kind for leak in leaks({"a.xlsx": file.getvalue()})] == ["id_number"]


def test_a_word_document_is_read_by_paragraphs_for_a_number_may_be_cut_into_runs() -> None:
    word, file = Word(), io.BytesIO()
    paragraph = word.add_paragraph("电话 139")
    paragraph.add_run("1234").bold = True
    paragraph.add_run("5678")
    word.save(file)
    assert [leak.kind for leak in leaks({"a.docx": file.getvalue()})] == ["phone"]


def test_an_archive_within_an_archive_is_opened() -> None:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("word/document.xml", f"<p>{ID}</p>")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("embedded.docx", inner.getvalue())
    assert [leak.kind for leak in leaks({"a.docx": outer.getvalue()})] == ["id_number"]


def test_the_text_of_a_pdf_is_read() -> None:
    section = Section(Text("说明", "Notes"), (Text(f"联系人身份证号 {ID}，电话 13912345678。", "none"),))
    document = Document(
        "2026Q3-community-1", Text("公报", "Bulletin"), Text("局", "Bureau"), date(2026, 10, 15), (section,)
    )
    pdf = render_pdf(document, Words("zh"))
    assert sorted(leak.kind for leak in leaks({"a.pdf": pdf})) == ["id_number", "phone"]
