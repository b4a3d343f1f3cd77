"""The PDF as a reader, a printer and an archive meet it."""

import io
import re

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from dashboard.publish.document import Document
from dashboard.publish.render_pdf import render_pdf
from dashboard.text import Words
from tests.dashboard.publish.bulletins import RARE, UNDRAWABLE, bulletin, named

A4 = (595, 842)


@pytest.fixture(scope="module")
def pages() -> list[str]:
    """The text of a bulletin of 1,000 communities, page by page."""
    return texts(bulletin(1_000))


def texts(document: Document) -> list[str]:
    pdf = pypdfium2.PdfDocument(render_pdf(document, Words("zh")))
    return [page.get_textpage().get_text_range() for page in pdf]


def test_text_can_be_selected_down_to_rare_characters(pages: list[str]) -> None:
    whole = re.sub(r"\s", "", "".join(pages))
    for rare in RARE:
        assert f"{rare}家湾社区" in whole
    assert "磁山第999社区" in whole


def test_the_head_of_a_table_stands_on_every_page_that_it_goes_on(pages: list[str]) -> None:
    going_on = [page for page in pages if re.search(r"磁山第\s*[1-9]\d\d\s*社区", page)]
    assert len(going_on) >= 15
    assert all("再就业人数" in page for page in going_on)


def test_every_page_says_which_it_is_and_of_how_many(pages: list[str]) -> None:
    for number, page in enumerate(pages, start=1):
        assert re.search(rf"第\s*{number}\s*页\s*共\s*{len(pages)}\s*页", page), page[-80:]


def test_fonts_are_within_and_a_wide_table_lies_across() -> None:
    reader = PdfReader(io.BytesIO(render_pdf(bulletin(), Words("zh"))))
    fonts = {name: font.get_object() for page in reader.pages for name, font in page["/Resources"]["/Font"].items()}
    assert fonts
    for font in fonts.values():
        assert embedded(font["/DescendantFonts"][0].get_object())
    sizes = {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader.pages}
    assert sizes == {A4, A4[::-1]}


def embedded(font: DictionaryObject) -> bool:
    return bool({"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"].get_object()))


def test_it_is_an_archive_file_for_readers_without_sight_too() -> None:
    reader = PdfReader(io.BytesIO(render_pdf(bulletin(), Words("en"))))
    about = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_first_page_leads_to_the_edition() -> None:
    first = PdfReader(io.BytesIO(render_pdf(bulletin(), Words("zh")))).pages[0]
    leads = [link.get_object()["/A"]["/URI"] for link in first["/Annots"]]
    assert leads == ["https://bulletins.example/bulletins/2026Q3-1"]


def test_what_no_font_of_ours_draws_is_marked_and_never_left_empty() -> None:
    text = "".join(texts(named(f"{UNDRAWABLE}家湾社区")))
    assert "〓家湾社区" in text
    assert UNDRAWABLE not in text


def test_it_says_hidden_missing_and_shared_in_words(pages: list[str]) -> None:
    whole = "".join(pages)
    assert "＊" in whole
    assert "无数据" in whole
    assert "并列" in whole
    assert "为保护个人信息不予公布" in whole
