"""Placements: how many, whom, whether they last, and the posts, referrals and trainings that lead to them."""

from typing import Final

from sqlalchemy import and_

from dashboard.semantics.dimension import Fact, Keyed, columns, one_of
from dashboard.semantics.measure import Flow
from dashboard.semantics.metric import PERCENT, Metric
from dashboard.semantics.registry import REGISTERED_4050, UNEMPLOYED_4050_BEFORE, of_persons
from dashboard.semantics.span import Span
from dashboard.semantics.summing import Held
from dashboard.semantics.words import Text
from etl.marts.months import people_month
from etl.marts.placement import placement, post, post_placement, referral, training

_p, _m = placement.c, people_month.c
_o, _s, _r, _t = post.c, post_placement.c, referral.c, training.c
PLACEMENT: Final = Fact(
    placement,
    {**of_persons(placement), **columns(placement, "channel", "sponsor")},
    Keyed(("placements",), (_p.placement_no,), origin=(_p.load, _p.file_id)),
)
POST: Final = Fact(post, columns(post, "kind", "employer_code"), Keyed(("posts",), (_o.post_no,)))
POST_PLACEMENT: Final = Fact(
    post_placement, columns(post_placement, "kind", "employer_code"), Keyed(("placements",), (_s.placement_no,))
)
REFERRAL: Final = Fact(referral, columns(referral, "outcome"), Keyed(("referrals",), (_r.referral_no,)))
TRAINING: Final = Fact(training, columns(training, "course"), Keyed(("trainings",), (_t.training_no,)))

PLACED: Final = Flow(PLACEMENT, _p.placed_on, where=lambda _: _p.is_first_of_year, held=Held(_m.placed))
PLACED_4050: Final = Flow(
    PLACEMENT, _p.placed_on, where=lambda _: and_(_p.is_first_of_year, _p.is_4050), held=Held(_m.placed_4050)
)
POSTS_DEVELOPED: Final = Flow(POST, _o.developed_on, lambda _: _o.headcount, held=Held(_m.posts_developed))
_OF_PERSONS: Final = ("placements", "persons")
_OF_HARDSHIP: Final = ("placements", "persons", "zero_households")


def _retention(days: int) -> Metric:
    ripe_on, is_kept = _p[f"day_{days}"], _p[f"is_kept_{days}"]
    return Metric(
        f"retention_{days}", Text(f"{days}天稳定率", f"Still placed after {days} days"),
        Text(f"期内安置且已满{days}天的：{days}天内未离岗的 ÷ 全部",
             f"Placements of the period {days} days before the data date: those not ended before day {days} ÷ all"),
        unit="%", kind="ratio", direction="+", sources=("placements",),
        of=(Flow(PLACEMENT, _p.placed_on, where=lambda _: is_kept, ripe_on=ripe_on,
                 held=Held(_m[f"kept_{days}"], today=True)),),
        per=(Flow(PLACEMENT, _p.placed_on, ripe_on=ripe_on, held=Held(_m[f"ripe_{days}"], today=True)),), scale=PERCENT,
    )  # fmt: skip


METRICS: Final = (
    Metric(
        "certificate_holder_placed", Text("持证再就业人数", "Certificate holders re-employed"),
        Text("再就业人数中，本次登记在安置日或之前已发证的",
             "Persons re-employed whose registration had its certificate by the day of placement"),
        unit="persons", kind="flow", direction="+", sources=_OF_PERSONS,
        of=(Flow(PLACEMENT, _p.placed_on, where=lambda _: and_(_p.is_first_of_year, _p.holds_certificate),
                 held=Held(_m.placed_certified)),),
    ),
    Metric(
        "placements", Text("安置人次", "Placements"),
        Text("期内安置的次数（按安置日期）", "Placements with placed_on in the period"),
        unit="placements", kind="flow", direction="+", sources=("placements",),
        of=(Flow(PLACEMENT, _p.placed_on, held=Held(_m.placements)),),
    ),
    Metric(
        "placed", Text("再就业人数", "Persons re-employed"),
        Text("期内安置中，属于该人当年第一次安置的（按安置日期、安置号），一人一年只计一次",
             "Placements that are their person's first of the calendar year: a person counts once a year"),
        unit="persons", kind="flow", direction="+", sources=_OF_PERSONS,
        of=(PLACED,),
    ),
    Metric(
        "placed_4050", Text("4050再就业人数", "Re-employed, 4050"),
        Text("再就业人数中，安置日已属4050的（女满40、男满50周岁）",
             "Persons re-employed who are 4050 on the day of placement"),
        unit="persons", kind="flow", direction="+", sources=_OF_PERSONS,
        of=(PLACED_4050,),
    ),
    Metric(
        "placed_hardship", Text("困难人员再就业人数", "Re-employed, in hardship"),
        Text("再就业人数中，安置日属困难人员的：4050、有困难类别、或其家庭是未消除的零就业家庭（消除当日仍算）",
             "Persons re-employed who are in hardship on the day of placement: 4050, a hardship of "
             "their own, or a zero-employment household"),
        unit="persons", kind="flow", direction="+", sources=_OF_HARDSHIP,
        of=(Flow(PLACEMENT, _p.placed_on, where=lambda _: and_(_p.is_first_of_year, _p.is_in_hardship),
                 held=Held(_m.placed_hardship)),),
    ),
    Metric(
        "placed_4050_rate", Text("4050再就业率", "4050 re-employment rate"),
        Text("4050再就业人数 ÷（期前一日的4050失业人数 + 期内登记且登记日属4050的人数）",
             "Re-employed 4050 ÷ (unemployed 4050 on the day before the period + registered in the "
             "period and 4050 on that day)"),
        unit="%", kind="ratio", direction="+", sources=_OF_PERSONS,
        of=(PLACED_4050,), per=(UNEMPLOYED_4050_BEFORE, REGISTERED_4050), scale=PERCENT,
    ),
    _retention(90),
    _retention(180),
    Metric(
        "posts_developed", Text("开发岗位数", "Posts developed"),
        Text("期内开发的岗位数之和（按开发日期）", "Headcount of the posts with developed_on in the period"),
        unit="posts", kind="flow", direction="+", sources=("posts",),
        of=(POSTS_DEVELOPED,),
    ),
    Metric(
        "public_welfare_posts", Text("公益性岗位数", "Public-welfare posts"),
        Text("当日在用的公益性岗位数之和",
             "Headcount of the public-welfare posts developed by the day and not closed by it"),
        unit="posts", kind="stock", direction="+", sources=("posts",),
        of=(Span(
            POST, _o.developed_on, _o.closed_on, lambda _: _o.headcount, lambda _: _o.kind == "public_welfare",
            held=Held(_m.posts_welfare, days="at"),
        ),),
    ),
    Metric(
        "posts_open", Text("在用岗位数", "Posts open"),
        Text("当日在用的岗位数之和：已开发且未关闭",
             "Headcount of the posts developed by the day and not closed by it"),
        unit="posts", kind="stock", direction="+", sources=("posts",),
        of=(Span(POST, _o.developed_on, _o.closed_on, lambda _: _o.headcount, held=Held(_m.posts_open, days="at")),),
    ),
    Metric(
        "post_fill_rate", Text("岗位利用率", "Post fill rate"),
        Text("期内开发的岗位上的安置次数（至数据日期）÷ 开发岗位数",
             "Placements to posts developed in the period, by the data date ÷ posts developed"),
        unit="%", kind="ratio", direction="+", sources=("placements", "posts"),
        of=(Flow(POST_PLACEMENT, _s.developed_on, where=lambda moment: _s.placed_on <= moment.as_of,
                 held=Held(_m.posts_filled, today=True)),),
        per=(POSTS_DEVELOPED,), scale=PERCENT,
    ),
    Metric(
        "referrals", Text("职业介绍人次", "Referrals"),
        Text("期内职业介绍的次数（按介绍日期）", "Referrals with referred_on in the period"),
        unit="referrals", kind="flow", direction="+", sources=("referrals",),
        of=(Flow(REFERRAL, _r.referred_on, held=Held(_m.referrals)),),
    ),
    Metric(
        "referral_success", Text("职介成功率", "Referral success"),
        Text("期内介绍中：成功 ÷（成功 + 未成功），待反馈不计", "Referrals of the period: placed ÷ (placed + failed)"),
        unit="%", kind="ratio", direction="+", sources=("referrals",),
        of=(Flow(REFERRAL, _r.referred_on, where=lambda _: _r.outcome == "placed", held=Held(_m.referrals_placed)),),
        per=(Flow(REFERRAL, _r.referred_on, where=lambda _: one_of(_r.outcome, "placed", "failed"),
                  held=Held(_m.referrals_settled)),), scale=PERCENT,
    ),
    Metric(
        "trainings_started", Text("开班培训人次", "Trainings started"),
        Text("期内开班的培训人次（按开班日期）", "Trainings with started_on in the period"),
        unit="trainings", kind="flow", direction="+", sources=("trainings",),
        of=(Flow(TRAINING, _t.started_on, held=Held(_m.trainings)),),
    ),
    Metric(
        "training_pass_rate", Text("培训合格率", "Training pass rate"),
        Text("期内结业的培训中：合格 ÷ 全部", "Trainings with finished_on in the period: passed ÷ all"),
        unit="%", kind="ratio", direction="+", sources=("trainings",),
        of=(Flow(TRAINING, _t.finished_on, where=lambda _: _t.is_passed, held=Held(_m.trainings_passed)),),
        per=(Flow(TRAINING, _t.finished_on, held=Held(_m.trainings_finished)),), scale=PERCENT,
    ),
    Metric(
        "trainings_completed", Text("培训合格人次", "Trainings completed"),
        Text("期内结业且合格的人次", "Trainings with finished_on in the period, passed"),
        unit="trainings", kind="flow", direction="+", sources=("trainings",),
        of=(Flow(TRAINING, _t.finished_on, where=lambda _: _t.is_passed, held=Held(_m.trainings_passed)),),
    ),
    Metric(
        "training_to_job", Text("培训后就业率", "Training to job"),
        Text("期内培训合格且结业已满180天的：结业后180天内有安置的 ÷ 全部",
             "Trainings completed in the period 180 days before the data date: those whose person "
             "was placed within 180 days ÷ all"),
        unit="%", kind="ratio", direction="+", sources=("trainings", "placements", "persons"),
        of=(Flow(TRAINING, _t.finished_on,
                 where=lambda _: and_(_t.is_passed, _t.is_placed_after), ripe_on=_t.day_180,
                 held=Held(_m.trainings_placed, today=True)),),
        per=(Flow(TRAINING, _t.finished_on, where=lambda _: _t.is_passed, ripe_on=_t.day_180,
                  held=Held(_m.trainings_ripe, today=True)),), scale=PERCENT,
    ),
)  # fmt: skip
