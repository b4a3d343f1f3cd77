"""Data 数据质量: what was loaded, what is held and why, how complete, timely and fresh the data are."""

from dashboard.drawings import areas, coverage, errors, found, held, load_account, loads, punctuality, since
from dashboard.language import message
from dashboard.panel import Drawing, Page, Panel, Section, panels_of
from dashboard.view import View

# The ranking's criterion “network” in the standard that is shipped, asked as the ranking asks it.
NETWORK = ("reporting_on_time", "reports_accepted_first_time", "ledger_completeness")


def _network(view: View) -> Drawing:
    return areas.table(view, NETWORK, view.level)


SECTIONS = (
    Section("loads", message("Loads"), (
        Panel(
            "loads", message("Loads"),
            message("Every row that was read went somewhere. A load's number shows its account"),
            (), loads.loads, span=12, height=340,
        ),
        Panel(
            "account", message("Account of a load"),
            message("By table and file: read = new + changed + as before + duplicates + totals rows + held"),
            (), load_account.account, span=12, height=420,
        ),
    )),
    Section("held", message("Rows to correct"), (
        Panel(
            "held_units", message("Rows held, by unit"),
            message("Rows that wait now; what each unit delivered, and the share held when it came"),
            (), held.units, span=5, height=300,
        ),
        Panel(
            "error_loads", message("Share held, by load"),
            message("Of the rows that name a unit; a bar filters by load"), (), errors.by_load, span=7, height=260,
        ),
        Panel(
            "held_tables", message("Rows held, by table"),
            message("Download, correct, load again: the rows are settled then. A table filters the list below"),
            (), held.tables, span=12, height=300,
        ),
        Panel(
            "held_rows", message("Rows held, one by one"),
            message("Where each stands, what is wrong with it and what to do"), (), held.each, span=12, height=460,
        ),
        Panel(
            "error_units", message("Share held, by table and unit"),
            message("Of the rows delivered of each unit, over all loads"), (), errors.by_unit, span=12, height=320,
        ),
    )),
    Section("reports", message("Completeness and timeliness"), (
        Panel(
            "network", message("Completeness and timeliness"),
            message("The ranking's criterion “network”, unit by unit: the same figures"), NETWORK, _network,
            span=5, height=300,
        ),
        Panel(
            "reports", message("Reports by round"),
            message("Received of due; missing, late or on time"), (), punctuality.calendar, span=7, height=300,
        ),
        Panel(
            "missing", message("Missing and late reports"),
            message("Missing today, the longest overdue first; then those of the period that came late"),
            (), punctuality.missing, span=12, height=320,
        ),
    )),
    Section("findings", message("Findings"), (
        Panel(
            "findings", message("Findings"),
            message("Rows that are loaded and count, but deserve a look. A kind filters the list below"),
            (), found.kinds, span=12, height=420,
        ),
        Panel(
            "finding_rows", message("Findings, one by one"),
            message("The key of each row, and what shows it"), (), found.each, span=12, height=460,
        ),
    )),
    Section("changed", message("What changed"), (
        Panel(
            "changed", message("What changed since the load before"),
            message("Headline figures of one day as known before and now; a figure leads to its rows"),
            (), since.headlines_changed, span=12, height=400,
        ),
    )),
    Section("fresh", message("Freshness"), (
        Panel(
            "fresh", message("Freshness of tables and units"),
            message("The newest event of each table, the newest load that brought anything, and days by unit"),
            (), coverage.freshness, span=12, height=420,
        ),
    )),
)  # fmt: skip

PAGE = Page(
    name="data",
    path="/data",
    title=message("Data quality"),
    lead=message("What was loaded, what is held and why, how complete, timely and fresh the data are."),
    panels=panels_of(SECTIONS),
    sections=SECTIONS,
    quarterly=True,
    group="check",
)
