"""The Word draft against GB/T 9704-2012."""

import io
from dataclasses import replace

import docx
import pytest
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

from dashboard.publish.official import numeral, title_lines
from dashboard.publish.render_docx import render_docx
from tests.dashboard.publish.bulletins import bulletin


@pytest.fixture(scope="module")
def paper() -> Paper:
    return docx.Document(io.BytesIO(render_docx(bulletin(60))))


def test_the_type_area_is_156_by_225_mm_37_from_the_top_and_28_from_the_bound_edge(paper: Paper) -> None:
    first = paper.sections[0]
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    assert (round(first.top_margin.mm), round(first.left_margin.mm)) == (37, 28)
    assert round(first.page_width.mm - first.left_margin.mm - first.right_margin.mm) == 156
    assert round(first.page_height.mm - first.top_margin.mm - first.bottom_margin.mm) == 225


def test_22_lines_of_28_characters_of_size_3_fangsong_fill_it(paper: Paper) -> None:
    normal = paper.styles["Normal"]
    properties = normal.element.rPr
    assert properties.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋"
    assert normal.font.size == Pt(16)
    closer = int(properties.find(qn("w:spacing")).get(qn("w:val"))) / 20
    width, height = 156 / 25.4 * 72, 225 / 25.4 * 72
    assert 28 * (16 + closer) <= width < 29 * (16 + closer)
    assert abs(22 * normal.paragraph_format.line_spacing.pt - height) < 1


def test_title_number_headings_and_signature_are_set_as_the_standard_says(paper: Paper) -> None:
    lines = {paragraph.text: paragraph for paragraph in paper.paragraphs if paragraph.text}
    assert look(lines["磁湖市劳动和社会保障局文件"]) == ("方正小标宋简体", "FF0000")
    assert lines["磁劳社发〔2026〕12号"].alignment == 1
    title = lines["磁湖市2026年第三季度\n就业服务最佳社区通报"]
    assert (look(title)[0], title.runs[0].font.size) == ("方正小标宋简体", Pt(22))
    assert look(lines["一、总体情况"])[0] == "黑体"
    day = lines["2026年10月20日"].paragraph_format.element.pPr.find(qn("w:ind"))
    assert day.get(qn("w:rightChars")) == "400"
    assert "附件：1. 社区排名" in lines


def look(paragraph: object) -> tuple[str, str]:
    run = paragraph.runs[0]
    return run.font.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")), str(run.font.color.rgb)


def test_pages_are_numbered_at_the_outer_edge(paper: Paper) -> None:
    assert paper.settings.odd_and_even_pages_header_footer
    odd, even = paper.sections[0].footer.paragraphs[0], paper.sections[0].even_page_footer.paragraphs[0]
    for footer, side in ((odd, 2), (even, 0)):
        assert footer.alignment == side
        assert footer.text.startswith("— ")
        assert footer.paragraph_format.element.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"


def test_tables_are_attachments_with_repeated_heads_and_a_wide_one_lies_across(paper: Paper) -> None:
    assert [len(table.rows) for table in paper.tables] == [61, 6]
    for table in paper.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [section.orientation for section in paper.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    wide = sum(int(column.get(qn("w:w"))) for column in paper.tables[1]._tbl.tblGrid)
    assert wide <= 225 / 25.4 * 1440 + 9


def test_the_closing_lines_stand_at_the_foot(paper: Paper) -> None:
    framed = [p for p in paper.paragraphs if p._p.pPr is not None and p._p.pPr.find(qn("w:framePr")) is not None]
    assert framed[0].text == "抄送：市委办公室，市人大办公室，市政府办公室。"
    assert framed[1].text == "磁湖市劳动和社会保障局\t2026年10月20日印发"
    bottoms = [int(p._p.pPr.find(qn("w:framePr")).get(qn("w:y"))) for p in framed]
    assert bottoms == sorted(bottoms)


def test_a_draft_without_a_number_leaves_room_for_it() -> None:
    paper = docx.Document(io.BytesIO(render_docx(replace(bulletin(), number="", copies=None))))
    assert "〔2026〕　　号" in [paragraph.text for paragraph in paper.paragraphs]


def test_nothing_tells_who_made_it_or_when(paper: Paper) -> None:
    about = paper.core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("磁湖市劳动和社会保障局", "", "版次 2026Q3-1")
    assert about.created.isoformat() == about.modified.isoformat() == "2026-10-20T00:00:00+00:00"


def test_a_long_title_is_parted_where_a_word_ends() -> None:
    assert title_lines("磁湖市2026年第三季度就业服务最佳社区通报") == ["磁湖市2026年第三季度", "就业服务最佳社区通报"]
    assert title_lines("社区排名") == ["社区排名"]
    assert "".join(title_lines("长" * 70)) == "长" * 70


def test_headings_are_numbered_in_characters() -> None:
    assert [numeral(number) for number in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]
