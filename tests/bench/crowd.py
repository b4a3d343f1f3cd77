"""One, sixteen and sixty-four people at the server, at each size of the city; and which server suits two cores best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench.people import USUAL, Served, Setting, met
from tests.bench.report import Part, table
from tests.bench.sizes import homes

PEOPLE: Final = (1, 16, 64)
SECONDS: Final = 15
# Processes, threads of each, threads of DuckDB.
SETTINGS: Final = (
    Setting(1, 4, 2),
    Setting(2, 2, 2),
    Setting(2, 4, 1),
    USUAL,
    Setting(2, 8, 2),
    Setting(4, 2, 1),
)
TURNS: Final = 2  # each setting is tried so often, by turns


@dataclass(frozen=True)
class Crowd:
    """What so many people met with at one size."""

    times: int
    served: Served


def part() -> Part:
    """Let them read."""
    found = [
        Crowd(home.times, met(home.path, number, SECONDS, has_browser=with_browser))
        for home in homes()
        for number in PEOPLE
        for with_browser in (False, True)
    ]
    return Part("People", list(_lines(found)), [], found)


def settings() -> Part:
    """Sixteen people at the middle size, at one server after another."""
    home = homes()[1]
    found = [met(home.path, 16, SECONDS, setting) for _ in range(TURNS) for setting in SETTINGS]
    return Part("Which server suits this machine", list(_settings(home.times, found)), [], found)


def _lines(found: Sequence[Crowd]) -> Iterator[str]:
    yield (
        f"They open page after page, of one region and period after another, for {SECONDS} s, as browsers do: six"
        " panels at a time. Where it says so one of them is Chromium itself, on the same cores: its seconds end when"
        f" the last figure is drawn. {USUAL}. Seconds: median, 95th percentile.\n"
    )
    heads = (
        "city",
        "people",
        "panels",
        "failed",
        "panel s",
        "page s",
        "CPU ms a panel",
        "panels/s",
        "MiB",
        "Chromium, page s",
    )
    yield from table(
        heads,
        (
            (
                *(f"{each.times} ×", each.served.people, f"{each.served.panels:,}", each.served.failed),
                *(_two(each.served.panel_s), _two(each.served.page_s), f"{each.served.cpu_ms_per_panel:.0f}"),
                *(f"{each.served.panels_per_s:.1f}", f"{each.served.memory_mib:,.0f}", _two(each.served.browser_s)),
            )
            for each in found
        ),
    )


def _settings(times: int, found: Sequence[Served]) -> Iterator[str]:
    yield f"Sixteen people at {times} ×, {SECONDS} s each, {TURNS} times by turns. Seconds: median, 95th percentile.\n"
    by_setting: dict[Setting, list[Served]] = {}
    for each in found:
        by_setting.setdefault(each.setting, []).append(each)
    yield from table(
        ("server", "panels/s", "panel s", "page s", "CPU ms a panel", "MiB"),
        (
            (
                f"**{setting}**" if setting == USUAL else setting,
                *(" / ".join(one) for one in zip(*(_row(each) for each in tried), strict=True)),
            )
            for setting, tried in by_setting.items()
        ),
    )


def _row(each: Served) -> tuple[str, ...]:
    return (
        *(f"{each.panels_per_s:.1f}", _two(each.panel_s), _two(each.page_s)),
        *(f"{each.cpu_ms_per_panel:.0f}", f"{each.memory_mib:,.0f}"),
    )


def _two(seconds: tuple[float, float] | None) -> str:
    return f"{seconds[0]:.2f}, {seconds[1]:.2f}" if seconds else "—"
