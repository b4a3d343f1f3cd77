"""One pass over the bytes of a delimited file: where its rows begin, and whether a fast reader sees the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from etl.read.characters import CHUNK

_LF, _CR, _SPACE, _QUOTE = 10, 13, 32, 34
_BEFORE, _AFTER = 2, 1
Bytes = npt.NDArray[np.uint8]
Lines = npt.NDArray[np.int32]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Scan:
    """`starts`: physical line (first = 1) on which each row that is not blank begins.

    `regular`: rows begin on lines 1, 2, 3, …  `plain`: quotes stand only around whole cells, each closed, and one kind
    of line end is used, so that any reader sees these rows.  `trimmed`: where it is, no cell begins or ends with an
    ASCII blank.
    """

    starts: Lines
    regular: bool
    plain: bool
    trimmed: bool


def scan(path: Path, delimiter: str) -> Scan:
    """The rows of the UTF-8 file `path`; a line feed between quotes ends no row."""
    quoted, plain, trimmed, tail, lines, returns, bare = False, True, True, False, 0, 0, 0
    ends, blanks = [np.zeros(1, dtype=np.int32)], [np.empty(0, dtype=np.int32)]
    for data, own in _windows(path):
        # All that matters stands below the quote, but for the delimiter, and is looked for once.
        low = np.flatnonzero(data[own] <= _QUOTE) + own.start
        kinds = data[low]
        feeds, quotes = low[kinds == _LF], low[kinds == _QUOTE]
        inside = (np.searchsorted(quotes, feeds) + quoted) & 1 == 1
        numbers = np.arange(lines + 1, lines + 1 + len(feeds), dtype=np.int32)
        plain = plain and _around_cells(data, quotes, odd=quoted, delimiter=ord(delimiter))
        # Between quotes a line feed is a blank, and so is a tab that elsewhere ends a cell.
        trimmed = trimmed and not inside.any() and not (len(quotes) and delimiter == "\t")
        trimmed = trimmed and not _at_ends(data, low[_is_blank(kinds, ord(delimiter))], ord(delimiter))
        ends.append(numbers[~inside])
        blanks.append(numbers[~inside & _ends_blank_line(data, feeds)])
        returns += int(np.count_nonzero(kinds == _CR))
        bare += int(np.count_nonzero(data[np.maximum(feeds - 1, 0)] != _CR))
        lines, quoted, tail = lines + len(feeds), bool((len(quotes) + quoted) & 1), int(data[own][-1]) != _LF
    starts = _starts(np.concatenate(ends), np.concatenate(blanks), tail=tail)
    plain = plain and not quoted and (not returns or (returns == lines and not bare))
    return Scan(starts, len(starts) == lines + tail, plain, trimmed)


def _is_blank(kinds: Bytes, delimiter: int) -> npt.NDArray[np.bool_]:
    return np.asarray((kinds <= _SPACE) & (kinds != _LF) & (kinds != _CR) & (kinds != delimiter))


def _at_ends(data: Bytes, blanks: Places, delimiter: int) -> bool:
    """Whether any of the blanks stands beside an end of a cell; in doubt, it does."""
    ends = (delimiter, _LF, _CR, _QUOTE)
    first, last = blanks == 0, blanks == len(data) - 1
    before, after = data[np.maximum(blanks - 1, 0)], data[np.minimum(blanks + 1, len(data) - 1)]
    return bool((first | last | np.isin(before, ends) | np.isin(after, ends)).any())


def _windows(path: Path) -> Iterator[tuple[Bytes, slice]]:
    """The file piece by piece, with the neighbours of each piece; the slice is the piece itself."""
    size = path.stat().st_size
    with path.open("rb") as file:
        for start in range(0, size, CHUNK):
            before = min(start, _BEFORE)
            file.seek(start - before)
            data = np.frombuffer(file.read(before + CHUNK + _AFTER), dtype=np.uint8)
            yield data, slice(before, min(before + CHUNK, len(data)))


def _starts(ends: Lines, blanks: Lines, *, tail: bool) -> Lines:
    """Where rows begin: behind the end of another, but for blank lines, which begin where they end."""
    starts = ends + np.int32(1)
    starts = starts if tail else starts[:-1]
    return starts[~np.isin(starts, blanks)] if len(blanks) else starts


def _ends_blank_line(data: Bytes, feeds: Places) -> npt.NDArray[np.bool_]:
    """Whether nothing but a line end stands between a line feed and the one before it."""
    before, two_before = data[np.maximum(feeds - 1, 0)], data[np.maximum(feeds - 2, 0)]
    after_return = (before == _CR) & ((two_before == _LF) | (feeds == 1))
    return np.asarray((feeds == 0) | (before == _LF) | after_return)


def _around_cells(data: Bytes, quotes: Places, *, odd: bool, delimiter: int) -> bool:
    """Whether opening quotes follow, and closing ones precede, a delimiter, a line end or another quote."""
    opening, closing = quotes[int(odd) :: 2], quotes[1 - int(odd) :: 2]
    before, after = data[np.maximum(opening - 1, 0)], data[np.minimum(closing + 1, len(data) - 1)]
    fits_before = (opening == 0) | np.isin(before, (delimiter, _LF, _QUOTE))
    fits_after = (closing == len(data) - 1) | np.isin(after, (delimiter, _LF, _CR, _QUOTE))
    return bool(fits_before.all() and fits_after.all())
