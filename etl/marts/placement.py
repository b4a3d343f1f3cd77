"""Placements and the work around them: posts, referrals, trainings, fairs, entities."""

from sqlalchemy import BigInteger, Boolean, Date, Integer, String

from etl.marts.table import Optional, mart

# is_first_of_year: its person's first of the calendar year, by (placed_on, placement_no); is_kept_*: not ended by
# then; age_band and hardships (a number of mart.hardship_group) on the day of placement; load, file_id: which file of
# which load brought the row.
placement = mart(
    "placement",
    "one row per placement",
    placement_no=String,
    region_id=Integer,
    placed_on=Date,
    is_first_of_year=Boolean,
    is_4050=Boolean,
    is_in_hardship=Boolean,
    holds_certificate=Boolean,
    day_90=Date,
    day_180=Date,
    is_kept_90=Boolean,
    is_kept_180=Boolean,
    sex=Optional(String),
    age_band=Optional(String),
    category=String,
    hardships=Integer,
    channel=String,
    sponsor=Optional(String),
    load=Integer,
    file_id=Optional(Integer),
)

post = mart(
    "post",
    "one row per batch of posts",
    post_no=String,
    region_id=Integer,
    developed_on=Date,
    closed_on=Date,
    kind=String,
    headcount=BigInteger,
    employer_code=Optional(String),
)

post_placement = mart(
    "post_placement",
    "one row per placement that names a post, credited to the post's community",
    placement_no=String,
    region_id=Integer,
    developed_on=Date,
    placed_on=Date,
    kind=String,
    employer_code=Optional(String),
)

referral = mart(
    "referral",
    "one row per referral, credited to the registration's community",
    referral_no=String,
    region_id=Integer,
    referred_on=Date,
    outcome=String,
)

# finished_on and day_180 are 9999-12-31 where it is not finished.
training = mart(
    "training",
    "one row per training",
    training_no=String,
    region_id=Integer,
    started_on=Date,
    finished_on=Date,
    day_180=Date,
    course=Optional(String),
    is_passed=Boolean,
    is_placed_after=Boolean,
)

fair = mart(
    "fair",
    "one row per fair",
    fair_no=String,
    region_id=Integer,
    held_on=Date,
    kind=String,
    posts_offered=BigInteger,
    attended=BigInteger,
    placed=BigInteger,
)

entity = mart(
    "entity",
    "one row per employment entity",
    entity_no=String,
    region_id=Integer,
    founded_on=Date,
    closed_on=Date,
    kind=String,
    jobs_planned=BigInteger,
    jobs=BigInteger,
)
