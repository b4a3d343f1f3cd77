"""Charts of measurements as SVG, each WIDTH × HEIGHT: lines over two logarithmic axes, and bars; each with a limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final
from xml.sax.saxutils import escape

WIDTH: Final = 900
HEIGHT: Final = 520
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 30, 60
COLOURS: Final = ("#1f5fa8", "#b3471d", "#2c7a3f", "#7a3f9c", "#8a6d00", "#0f7c86", "#a02060", "#555555")
ROOM: Final = 14  # between two names


@dataclass(frozen=True)
class Line:
    """A name, and what it took at each size."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Bar:
    """A name, and how much."""

    name: str
    length: float


def stacked(charts: Sequence[str]) -> str:
    """The whole picture: the charts below each other."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT * len(charts)}" '
        'font-family="sans-serif"><rect width="100%" height="100%" fill="#ffffff"/>'
    )
    placed = [f'<g transform="translate(0 {HEIGHT * number})">{chart}</g>' for number, chart in enumerate(charts)]
    return "\n".join([head, *placed, "</svg>"]) + "\n"


def bars(found: Sequence[Bar], title: str, limit: float) -> str:
    """Bars from the top down, each with its name at its start and its length at its end."""
    start, room = 230, (HEIGHT - TOP - BOTTOM) / len(found)
    scale = (WIDTH - start - 80) / max(limit, *(bar.length for bar in found))
    parts = [_text(8, 18, title, "start")]
    for number, bar in enumerate(found):
        y = TOP + number * room
        parts.append(
            f'<rect x="{start}" y="{y + 0.15 * room:.1f}" width="{bar.length * scale:.1f}" height="{0.7 * room:.1f}" '
            f'fill="{COLOURS[0]}"/>'
        )
        parts.append(_text(start - 8, y + room / 2 + 4, bar.name, "end"))
        parts.append(_text(start + bar.length * scale + 6, y + room / 2 + 4, f"{bar.length:.2f} ×", "start"))
    x = start + limit * scale
    parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#cc0000"/>')
    parts.append(_text(x, HEIGHT - BOTTOM + 18, f"{limit:g} ×", "middle"))
    return "\n".join(parts)


def curves(lines: Sequence[Line], limit: float, across: str, up: str) -> str:
    """Lines over the logarithm of a size."""
    xs = [x for line in lines for x, _ in line.points]
    ys = [max(y, 1.0) for line in lines for _, y in line.points] + [limit]
    low, high = floor(log10(min(ys))), ceil(log10(max(ys)))
    first, last = log10(min(xs)), log10(max(xs))

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            LEFT + (WIDTH - LEFT - RIGHT) * (log10(x) - first) / ((last - first) or 1),
            HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (log10(max(y, 1.0)) - low) / ((high - low) or 1),
        )

    parts = [_rule(at(min(xs), 10.0**power)[1], f"{10**power:,}", "#dddddd") for power in range(low, high + 1)]
    parts.append(_rule(at(min(xs), limit)[1], f"{limit:,.0f}", "#cc0000"))
    parts += [_text(at(x, 1)[0], HEIGHT - BOTTOM + 18, f"{x / 1e6:,.1f} M", "middle") for x in sorted(set(xs))]
    parts += [_text(LEFT, HEIGHT - 12, across, "start"), _text(8, 18, up, "start")]
    taken: list[float] = []
    for number, line in enumerate(sorted(lines, key=lambda one: -one.points[-1][1])):
        colour = COLOURS[number % len(COLOURS)]
        places = [at(*point) for point in line.points]
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>')
        height = max([places[-1][1], *(each + ROOM for each in taken[-1:])])
        taken.append(height)
        said = f"{line.name}  {line.points[-1][1]:,.0f}"
        parts.append(_text(places[-1][0] + 8, height + 4, said, "start", colour))
    return "\n".join(parts)


def _rule(y: float, said: str, colour: str) -> str:
    line = f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colour}"/>'
    return line + _text(LEFT - 8, y + 4, said, "end")


def _text(x: float, y: float, said: str, anchor: str, colour: str = "#333333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="12" text-anchor="{anchor}" fill="{colour}">{escape(said)}</text>'
