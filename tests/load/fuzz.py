"""`make fuzz`: inputs by the million into the address, the forms and the readers; no crash, no hang, no lost row.

`python -m tests.load.fuzz [INPUTS [SEED]]`: INPUTS over all (1,000,000 by default), half an hour at most. Ends with 1
on the first input that is answered by anything but a value or a refusal with its reason, and writes it down.
"""

import random
import signal
import string
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from urllib.parse import quote

import duckdb

from dashboard.access.account import AccessError, checked_regions
from dashboard.access.wanted import is_public, kind_of, own_path
from dashboard.period import named_period
from dashboard.selection import Selection
from etl.read import Refused, find_files, forget, land
from etl.read.files import table_of
from tests.load.files import FORMATS, harmed, harmed_within, rows

INPUTS = 1_000_000
HANG_SECONDS = 60  # one input, on a shared machine
LIMIT_SECONDS = 1800
FOUND = Path("build/fuzz")
INSIDE = 0.7  # of the harmed workbooks: a part of it is, not the archive
KEYS = ("region", "period", "as_of", "compare", "by", "indicator", "level", "section", "where", "weight", "lang", "x")
WORDS = (
    *("990102", "990102001001", "2026Q3", "2026", "2026-02-30", "2026-01-01..2026-09-30", "9999-12-31", "0000Q0"),
    *(
        "bank=城市银行",
        "district=990102",
        "placed",
        "posts:100",
        "posts:-1",
        "zh",
        "en",
        "none",
        "peers",
        "=",
        ":",
        "[",
    ),
    *("'; DROP TABLE x; --", "<script>", "\\", "\x00", "％", "２０２６", "é", "\u202e", "𠀀", "a" * 300, "", "%", "+"),
)
ALPHABET = string.printable + "登记号，；　０１２￥万元\x00\u200b\ufeff"


def word(dice: random.Random) -> str:
    """A word that means something, or nothing."""
    if dice.random() < 0.7:
        return dice.choice(WORDS)
    return "".join(dice.choice(ALPHABET) for _ in range(dice.randrange(12)))


def address(dice: random.Random) -> None:
    """What an address says is read, written and read again as the same."""
    pairs = ((dice.choice(KEYS), word(dice)) for _ in range(dice.randrange(6)))
    search = "?" + "&".join(f"{key}={value if dice.random() < 0.2 else quote(value)}" for key, value in pairs)
    selection = Selection.parse(search)
    again = Selection.parse(selection.search)
    assert again == selection, f"{search!r} reads {selection}, written {selection.search!r} it reads {again}"
    assert "\n" not in selection.search


def onward(dice: random.Random) -> None:
    """Where signing in leads on to is a path of ours, whatever was asked."""
    given = dice.choice(("", "/", "//", "\\", "http:", "/\\", "https://x")) + word(dice) + word(dice)
    path = own_path(given)
    assert path.startswith("/"), given
    assert not path.startswith(("//", "/\\")), given
    assert not any(ord(sign) < ord(" ") for sign in path), given
    is_public(given)
    assert kind_of(given, dice.choice(("GET", "POST", ""))) in ("page", "panel", "file", "form", "asset", "watch")


def words(dice: random.Random) -> None:
    """Regions, periods and names of files."""
    with suppress(AccessError):
        assert all(len(code) == 12 for code in checked_regions([word(dice)]))
    named_period(word(dice))
    table_of(word(dice) + dice.choice(("persons", "下岗失业人员登记", "")) + word(dice) + ".csv")


class Readers:
    """Files, sound ones harmed, into the readers; what is read is counted against what stands in the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.connection = duckdb.connect(config={"threads": 1})

    def file(self, dice: random.Random) -> None:
        """A file of one of the formats, harmed in a few places or not at all."""
        persons, kind = rows(dice), dice.choices(tuple(FORMATS), (6, 2, 2))[0]
        content, harms = FORMATS[kind](dice, persons), dice.choice((0, 0, 1, 2, 8))
        if harms:
            harm = harmed_within if kind == "xlsx" and dice.random() < INSIDE else harmed
            content = harm(dice, content, harms)
        landed = self._landed(f"persons.{kind}", content)
        assert harms or landed == len(persons), f"{landed} of {len(persons)} rows of an unharmed {kind}"

    def _landed(self, name: str, content: bytes) -> int | None:
        path = self.folder / name
        path.write_bytes(content)
        try:
            sources, _ = find_files(self.folder)
            landings = land(self.connection, sources[0], 1)
        except Refused:
            return None
        finally:
            path.unlink()
        for landing in landings:
            [(found,)] = self.connection.execute(f"SELECT count(*) FROM {landing.relation}").fetchall()
            assert found == landing.rows
            forget(self.connection, landing)
        return sum(landing.rows for landing in landings)


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """What takes longer hangs."""

    def hangs(*_: object) -> None:
        raise TimeoutError(f"no answer within {seconds} s")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(seconds)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def tried(trial: Callable[[random.Random], None], inputs: int, seed: int, until: float) -> int:
    """How many inputs were tried; the seed of the one that failed is written down."""
    for number in range(inputs):
        if number % 256 == 0 and monotonic() > until:
            return number
        try:
            with within(HANG_SECONDS) if number % 256 == 0 or trial.__name__ == "file" else nullcontext():
                trial(random.Random(f"{seed} {number}"))
        except BaseException:
            FOUND.mkdir(parents=True, exist_ok=True)
            (FOUND / f"{trial.__name__}.txt").write_text(f"seed {seed}, input {number}\n", encoding="utf-8")
            print(f"{trial.__name__}: seed {seed}, input {number}")
            raise
    return inputs


def main(inputs: int, seed: int) -> None:
    """Shares: the address 70 %, where to go on to 20 %, words 9 %, files 1 %."""
    until = monotonic() + LIMIT_SECONDS
    with TemporaryDirectory() as folder:
        shares = {address: 70, onward: 20, words: 9, Readers(Path(folder)).file: 1}
        counts = {trial.__name__: tried(trial, inputs * share // 100, seed, until) for trial, share in shares.items()}
    print(
        ", ".join(f"{name} {count:,}" for name, count in counts.items()), f"· {sum(counts.values()):,} inputs, no fault"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else INPUTS, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
