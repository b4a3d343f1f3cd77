"""A line the size of a word, as an SVG that takes the colour of the text around it."""

from collections.abc import Sequence
from urllib.parse import quote

WIDTH, HEIGHT, MARGIN = 96, 24, 2
LEAST = 2  # points make a line


def spark(values: Sequence[float | None]) -> str | None:
    """A data address of the SVG line through `values`; None where fewer than two are known."""
    known = [value for value in values if value is not None]
    if len(known) < LEAST:
        return None
    low, high = min(known), max(known)
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    path, pen = [], "M"
    for position, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        share = (value - low) / (high - low) if high > low else 0.5
        path.append(f"{pen}{MARGIN + position * step:.1f} {HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN):.1f}")
        pen = "L"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f'<path d="{"".join(path)}" fill="none" stroke="black" stroke-width="1.6" stroke-linejoin="round" '
        'stroke-linecap="round" vector-effect="non-scaling-stroke"/></svg>'
    )
    return "data:image/svg+xml," + quote(svg)
