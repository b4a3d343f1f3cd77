"""Days to a decision and by stage, and how many are approved, worked by hand."""

from typing import Any

import pytest

from dashboard.warehouse import Build
from tests.spec.loan_rows import book, day, figure, figures, loan


def application(loan_no: str, applied: str, decided: str | None, decision: str | None, **stages: str) -> dict[str, Any]:
    return {
        **loan(loan_no, None, 1_000), "applied_on": day(applied), "decided_on": day(decided) if decided else None,
        "decision": decision, **{name: day(on) for name, on in stages.items()},
    }  # fmt: skip


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return book(
        tmp_path_factory.mktemp("decisions"),
        [
            application("A", "03-01", "03-01", "approved"),
            application("B", "03-01", "03-02", "approved", community_on="03-01", district_on="03-02"),
            application("C", "03-01", "03-11", "refused", community_on="03-03", street_on="03-07", district_on="03-08"),
            application("D", "03-01", "03-21", "withdrawn", community_on="03-05"),
            application("E", "03-01", None, None, community_on="03-02"),
            application("F", "03-01", "04-10", "approved"),
        ],
        data_date="2026-04-30",
    )


def test_loan_decision_days_is_the_median_over_all_decisions(pipeline: Build) -> None:
    assert figure(pipeline, "loan_decision_days", on="04-30") == 10
    # 0, 1, 10, 20: the mean of the middle two.
    assert figure(pipeline, "loan_decision_days", on="03-31") == 5.5
    assert figure(pipeline, "loan_decision_days", start="01-01", on="02-28") is None


def test_loan_stage_days_counts_from_the_previous_date_given(pipeline: Build) -> None:
    # community: 0 (B), 2 (C), 4 (D); street: 4 (C); district: 1 (B, from the community), 1 (C); decision: 0, 0, 3, 16.
    assert figures(pipeline, "loan_stage_days", "stage", on="03-31") == {
        "community": 2, "street": 4, "district": 1, "decision": 1.5,
    }  # fmt: skip


def test_a_stage_after_the_day_looked_from_is_unseen(pipeline: Build) -> None:
    # By 2 March A and B are decided; of B the community and the district are seen, D's and E's stages are not in it.
    seen = figures(pipeline, "loan_stage_days", "stage", on="03-02", as_of=day("03-02"))
    assert seen == {"community": 0, "district": 1, "decision": 0}


def test_loan_decided_within_1d_is_a_share_of_all_decisions(pipeline: Build) -> None:
    assert figure(pipeline, "loan_decided_within_1d", on="03-31") == 50
    assert figure(pipeline, "loan_decided_within_1d", on="04-30") == 40


def test_loan_approval_rate_leaves_the_withdrawn_out(pipeline: Build) -> None:
    assert figure(pipeline, "loan_approval_rate", on="03-31") == pytest.approx(100 * 2 / 3)


def test_a_loan_decided_after_the_day_looked_from_is_undecided(pipeline: Build) -> None:
    assert figure(pipeline, "loan_approval_rate", on="03-10", as_of=day("03-10")) == 100
