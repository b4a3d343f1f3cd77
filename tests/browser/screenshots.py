"""Pictures of every page for the documents: `python -m tests.browser.screenshots [HOME [FOLDER [PAGE …]]]`.

Each page at 360, 1440 and 1920 px, light and dark, Chinese and English; whole, and in `top/` what is seen first.
By default what `make run` has loaded (REEMPLOY_HOME, else .reemploy), into build/pictures.
"""

import os
import sys
from itertools import product
from pathlib import Path

from dashboard.pages import PAGES
from tests.browser.board import Board, browser, served

VIEWS = tuple(product((360, 1440, 1920), ("light", "dark"), ("zh", "en")))


def main(home: Path, folder: Path, names: list[str]) -> None:
    """Write `<page>-<width>-<light>-<language>.png` for every page (or those named) and view."""
    (folder / "top").mkdir(parents=True, exist_ok=True)
    pages = [page for page in PAGES if page.name in names or not names]
    with served(home) as address, browser() as chromium:
        for width, light, language in VIEWS:
            context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=light, locale="zh-CN")  # type: ignore[arg-type]  # one of Playwright's words
            board = Board(context.new_page(), address)
            for page in pages:
                board.open(page.path if language == "zh" else f"{page.path}?lang={language}")
                board.scrolled_through()
                board.page.wait_for_timeout(400)  # Plotly's last frame
                name = f"{page.name}-{width}-{light}-{language}.png"
                board.page.screenshot(path=folder / name, full_page=True)
                board.page.screenshot(path=folder / "top" / name)
                print(page.name, width, light, language, *board.faults, flush=True)
                board.faults.clear()
            context.close()


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        Path(given[0] if given else os.environ.get("REEMPLOY_HOME", ".reemploy")),
        Path(given[1] if len(given) > 1 else "build/pictures"),
        given[2:],
    )
