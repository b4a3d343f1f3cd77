"""Placements and the work around them: posts, referrals, trainings, fairs, entities."""

from typing import Final

from dashboard.semantics.dimension import ByAge, ByMembership, Fact, columns
from dashboard.semantics.measure import Flow
from dashboard.semantics.metric import Metric
from dashboard.semantics.words import Text
from etl.marts.placement import placement
from etl.marts.registry import hardship_group

_p = placement.c
PLACEMENT: Final = Fact(
    placement,
    {
        **columns(placement, "sex"),
        "age_band": ByAge(_p.born),
        **columns(placement, "category"),
        "hardship_group": ByMembership(
            _p.registration_id, hardship_group.c.registration_id, hardship_group.c.hardship_group, hardship_group
        ),
        **columns(placement, "channel", "sponsor"),
    },
)
PLACED: Final = Flow(PLACEMENT, _p.placed_on, where=lambda _: _p.is_first_of_year)

METRICS: Final = (
    Metric(
        "placements", Text("安置人次", "Placements"),
        Text("期内安置的次数", "Placements with placed_on in the period"),
        unit="placements", kind="flow", direction="+", sources=("placements",),
        of=(Flow(PLACEMENT, _p.placed_on),),
    ),
    Metric(
        "placed", Text("再就业人数", "Persons re-employed"),
        Text("期内安置中，属于该人当年第一次安置的（按安置日期、安置号），一人一年只计一次",
             "Placements that are their person's first of the calendar year: a person counts once a year"),
        unit="persons", kind="flow", direction="+", sources=("placements", "persons"),
        of=(PLACED,),
    ),
)  # fmt: skip
