"""Pictures of every page for the documents: `python -m tests.browser.screenshots [HOME [FOLDER]]`.

Each page at 360, 1440 and 1920 px, light and dark, Chinese and English. By default what `make run` has loaded
(REEMPLOY_HOME, else .reemploy), into docs/pictures.
"""

import os
import sys
from pathlib import Path

from tests.browser.board import Board, browser, served

PAGES = {
    "overview": "/",
    "targets": "/targets",
    "ranking": "/ranking",
    "loans": "/loans",
    "subsidies": "/subsidies",
    "methods": "/methods",
}
VIEWS = ((1440, "light", "zh"), (1440, "dark", "en"), (1920, "dark", "zh"), (360, "light", "zh"))


def main(home: Path, folder: Path) -> None:
    """Write `<page>-<width>-<light>-<language>.png` for every page and view."""
    folder.mkdir(parents=True, exist_ok=True)
    with served(home) as address, browser() as chromium:
        for width, light, language in VIEWS:
            context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=light, locale="zh-CN")  # type: ignore[arg-type]  # one of Playwright's words
            board = Board(context.new_page(), address)
            for name, path in PAGES.items():
                board.open(path if language == "zh" else f"{path}?lang={language}")
                board.page.wait_for_timeout(800)  # Plotly's last frame
                board.page.screenshot(path=folder / f"{name}-{width}-{light}-{language}.png", full_page=True)
                print(f"{name} {width} {light} {language}", *board.faults)
            context.close()


if __name__ == "__main__":
    given = [*sys.argv[1:], os.environ.get("REEMPLOY_HOME", ".reemploy"), "docs/pictures"]
    main(Path(given[0]), Path(given[-1] if len(sys.argv) < 3 else given[1]))
