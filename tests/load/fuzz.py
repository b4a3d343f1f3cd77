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

INPUTS = 1_000_000
HANG_SECONDS = 60  # one input, on a shared machine
LIMIT_SECONDS = 1800
FOUND = Path("build/fuzz")
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
HEADER = "登记号,身份证号,社区代码,人员类别,登记日期,就业愿望"
ROW = "R{0},99010119800101001{0},990101001001,失业人员,2026-01-0{0},家政"


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
        """A delimited file, harmed in a few places or not at all."""
        rows = dice.randrange(6)
        end, delimiter = dice.choice(("\n", "\r\n")), dice.choice(",;\t")
        text = end.join([HEADER, *(ROW.format(number) for number in range(rows))]) + dice.choice(("", end))
        content = bytearray(text.replace(",", delimiter).encode(dice.choice(("utf-8", "utf-8-sig", "gb18030"))))
        harms = dice.choice((0, 0, 1, 2, 8))
        for _ in range(harms):
            at = dice.randrange(len(content) + 1)
            cut = dice.randrange(4)
            content[at : at + cut] = dice.randbytes(dice.randrange(4))
        landed = self._landed(bytes(content))
        assert harms or landed == rows, f"{landed} of {rows} rows of an unharmed file"

    def _landed(self, content: bytes) -> int | None:
        path = self.folder / "persons.csv"
        path.write_bytes(content)
        sources, _ = find_files(self.folder)
        try:
            landings = land(self.connection, sources[0], 1)
        except Refused:
            return None
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
