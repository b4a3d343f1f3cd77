"""One pass over the bytes of a delimited file: where its rows begin, and whether a fast reader sees the same rows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from etl.read.characters import CHUNK, Bytes

_LF, _CR, _QUOTE = 10, 13, 34
Lines = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Scan:
    """`starts`: physical line (first = 1) on which each row that is not blank begins.

    `regular`: rows begin on lines 1, 2, 3, …  `plain`: quotes stand only around whole cells, each closed, and one kind
    of line end is used, so that any reader sees these rows.
    """

    starts: Lines
    regular: bool
    plain: bool


def scan(data: Bytes, delimiter: str) -> Scan:
    """The rows of valid UTF-8 `data`; a line feed between quotes ends no row."""
    open_quote, lines, plain, carriage_returns = False, 0, True, 0
    ends: list[Lines] = []
    blank_ends: list[Lines] = []
    for start in range(0, len(data), CHUNK):
        piece = data[start : start + CHUNK]
        feeds, quotes = np.flatnonzero(piece == _LF), np.flatnonzero(piece == _QUOTE)
        carriage_returns += int(np.count_nonzero(piece == _CR))
        inside = (np.searchsorted(quotes, feeds) + open_quote) & 1 == 1
        numbers = np.arange(lines + 1, lines + 1 + len(feeds), dtype=np.int32)
        plain = plain and _around_cells(data, quotes + start, odd=open_quote, delimiter=ord(delimiter))
        ends.append(numbers[~inside])
        blank_ends.append(numbers[~inside & _ends_blank_line(data, feeds + start)])
        lines, open_quote = lines + len(feeds), bool((len(quotes) + open_quote) & 1)
    starts, without_blank = _starts(data, ends, blank_ends)
    plain = plain and not open_quote and carriage_returns in (0, _pairs(data, lines))
    regular = without_blank and len(starts) == lines + _has_tail(data)
    return Scan(starts, regular, plain)


def _starts(data: Bytes, ends: list[Lines], blank_ends: list[Lines]) -> tuple[Lines, bool]:
    finished = np.concatenate([*ends, np.empty(0, dtype=np.int32)])
    blank = np.concatenate([*blank_ends, np.empty(0, dtype=np.int32)])
    starts = np.concatenate([np.ones(1, dtype=np.int32), finished + np.int32(1)])
    if not _has_tail(data):
        starts = starts[:-1]
    if len(blank):
        # A blank line begins and ends on the same line.
        starts = starts[~np.isin(starts, blank)]
    return starts, not len(blank)


def _has_tail(data: Bytes) -> bool:
    return len(data) > 0 and int(data[-1]) != _LF


def _ends_blank_line(data: Bytes, feeds: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Whether only line ends stand between a line feed and the one before it."""
    before = data[np.maximum(feeds - 1, 0)]
    two_before = data[np.maximum(feeds - 2, 0)]
    first = feeds == 0
    after_return = (before == _CR) & ((two_before == _LF) | (feeds == 1))
    return np.asarray(first | (before == _LF) | after_return)


def _pairs(data: Bytes, lines: int) -> int:
    """How many carriage returns there are if each line feed follows one and none stands alone: `lines`; else -1."""
    for start in range(0, len(data), CHUNK):
        feeds = np.flatnonzero(data[start : start + CHUNK] == _LF) + start
        if len(feeds) and (feeds[0] == 0 or bool((data[feeds - 1] != _CR).any())):
            return -1
    return lines


def _around_cells(data: Bytes, quotes: npt.NDArray[np.intp], *, odd: bool, delimiter: int) -> bool:
    """Whether opening quotes follow, and closing ones precede, a delimiter, a line end or another quote."""
    opening, closing = quotes[int(odd) :: 2], quotes[1 - int(odd) :: 2]
    before = data[np.maximum(opening - 1, 0)]
    after = data[np.minimum(closing + 1, len(data) - 1)]
    fits_before = (before == delimiter) | (before == _LF) | (before == _QUOTE) | (opening == 0)
    fits_after = (after == delimiter) | (after == _LF) | (after == _CR) | (after == _QUOTE) | (closing == len(data) - 1)
    return bool(fits_before.all() and fits_after.all())
