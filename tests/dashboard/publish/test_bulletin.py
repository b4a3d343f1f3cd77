"""A bulletin says what was frozen, and a correction what has changed."""

import json
from dataclasses import replace

from dashboard.publish.bulletin import bulletin
from dashboard.publish.canonical import canonical
from dashboard.publish.changes import changes
from dashboard.publish.document import Document, Mark, Place, Table
from dashboard.publish.freeze import HIDDEN
from dashboard.publish.recipe import thawed
from dashboard.semantics.words import Text
from tests.dashboard.publish.editions import HILL, LAKE, content, recipe, unit


def table(document: Document, name: str) -> Table:
    [found] = [one for one in document.tables if one.name == name]
    return found


def test_a_recipe_comes_back_from_its_json_as_it_was() -> None:
    given = recipe(
        2, corrects="2026Q3-community-1", note=Text("更正", "corrected"), explained={HILL: Text("理由", "why")}
    )
    assert thawed(json.loads(canonical(given.frozen()))) == given


def test_equal_scores_share_their_place_and_a_hidden_count_bears_its_mark() -> None:
    document = bulletin(content(recipe()))
    ranking, figures = table(document, "ranking"), table(document, "figures")
    assert [row[0] for row in ranking.rows] == [Place(1), Place(2, tied=True), Place(2, tied=True)]
    counts = dict(zip((column.name for column in figures.columns), figures.rows[0], strict=True))
    assert (counts["registrations"], counts["placed"], counts["unemployed"]) == (
        12,
        Mark.HIDDEN,
        Mark.NOT_APPLICABLE,
    )


def test_the_reason_why_a_unit_is_left_out_is_said_in_both_languages() -> None:
    [row] = table(bulletin(content(recipe())), "left_out").rows
    assert row[-1] == Text("劳动力264人，不足300人", "labour force 264, below 300")


def test_a_labour_force_of_few_is_a_count_of_persons() -> None:
    said = content(recipe())
    said["left_out"][0]["reasons"][0]["found"] = HIDDEN
    [row] = table(bulletin(said), "left_out").rows
    assert row[-1] == Text("劳动力不足300人", "labour force below 300")


def test_criteria_that_would_give_a_count_away_are_hidden() -> None:
    said = content(recipe())
    said["units"][1]["criteria"] = None
    assert table(bulletin(said), "ranking").rows[1][-4:] == (Mark.HIDDEN,) * 4


def test_the_code_on_the_first_page_leads_to_the_edition() -> None:
    assert bulletin(content(recipe())).address == "https://jiuye.example/bulletins/2026Q3-community-1"


def test_a_correction_lists_what_changed_and_nothing_of_what_is_hidden_in_both() -> None:
    before = content(recipe())
    after = content(
        recipe(2, corrects="2026Q3-community-1", note=Text("补报", "late")),
        units=[unit(LAKE, "湖社区", "91.00", 1), unit(HILL, "山社区", "90.00", 2)],
    )
    found = {(row["code"], row["what"]): (row["before"], row["after"]) for row in changes(before, after)}
    assert found[LAKE, "rank"] == (2, 1)
    assert found[LAKE, "score"] == ("80.50", "91.00")
    assert (HILL, "score") not in found
    assert (HILL, "placed") not in found
    document = bulletin(after | {"changes": changes(before, after)})
    assert document.state == Text(
        "更正版，替代 2026Q3-community-1", "Corrected edition, in place of 2026Q3-community-1"
    )
    assert document.sections[0].blocks[0] == Text("补报", "late")
    assert len(table(document, "changes").rows) == len(found)


def test_a_correction_that_changes_no_value_says_so() -> None:
    document = bulletin(content(replace(recipe(2), corrects="2026Q3-community-1", note=Text("文号", "number"))))
    assert document.sections[0].blocks[1] == Text("本次更正未改变任何数值。", "No published value has changed.")
