"""The product offers every metric of the documents by each of its dimensions; what it offers beside is named."""

from dashboard.semantics.catalogue import METRICS as OFFERED

from .metric import METRICS
from .plan import DIMENSIONS
from .regions import LEVELS

EVERYWHERE = {*LEVELS, "month", "quarter", "year"}
# The page Registry and assistance counts these too: plain sums, each with a worked example of a few rows
# (tests/spec/test_examples.py). fund_leverage_cap is a setting of the policy: nothing is calculated.
BESIDE = {
    "complaints",
    "entity_jobs",
    "entity_jobs_planned",
    "fair_attended",
    "fair_posts",
    "fund_leverage_cap",
    "ledger_cause",
    "ledger_family",
    "ledger_insurance",
    "ledger_job_wish",
    "ledger_placement",
    "ledger_skill",
    "ledger_updated",
    "office_floor_area",
    "office_funds_budget",
    "office_funds_spent",
    "office_staff",
    "office_staff_quota",
    "offices",
    "offices_connected",
    "offices_in_place",
    "offices_licensed",
    "posts_open",
    "retirees_deceased",
    "retirees_visited",
    "training_pass_rate",
    "trainings_started",
    "zero_households_cleared",
    "zero_households_due_soon",
    "zero_households_identified",
    "zero_households_overdue",
}
# Dimensions beside the documents': by employer, by course, an office of a street or of a community.
BROKEN_DOWN_BESIDE = {
    "posts_developed": {"employer_code"},
    "public_welfare_posts": {"employer_code"},
    "post_fill_rate": {"employer_code"},
    "trainings_completed": {"course"},
    "training_to_job": {"course"},
    "offices_complete": {"office_level"},
    "staff_certified": {"office_level"},
}


def test_every_metric_of_the_documents_is_calculated_twice() -> None:
    assert OFFERED.keys() - METRICS.keys() == BESIDE
    assert METRICS.keys() <= OFFERED.keys()


def test_every_metric_is_offered_by_its_own_dimensions() -> None:
    offered = {
        name: {getattr(each, "name", each) for each in OFFERED[name].dimensions} - EVERYWHERE for name in METRICS
    }
    assert offered == {name: {*DIMENSIONS.get(name, ()), *BROKEN_DOWN_BESIDE.get(name, ())} for name in METRICS}
