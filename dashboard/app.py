"""The Dash application over a home folder."""

import tomllib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Protocol
from weakref import WeakKeyDictionary

import orjson
from dash import Dash
from flask import Flask, g, has_request_context, request

from dashboard import callbacks, regions
from dashboard.access.administration import Administration
from dashboard.access.door import Door
from dashboard.access.headers import add_headers, board_policy
from dashboard.access.present import present_scope
from dashboard.access.sign_in_pages import SignInPages
from dashboard.api.routes import Api
from dashboard.cases.case_pages import CasePages
from dashboard.downloads import add_downloads
from dashboard.figures.theme import TEMPLATE
from dashboard.held_downloads import add_held_downloads
from dashboard.loading.load_pages import LoadPages
from dashboard.map_pack import pack_file
from dashboard.pages import page_at
from dashboard.panel import Page
from dashboard.panel_answers import add_panels
from dashboard.publish.office import Sources
from dashboard.publish.site_pages import add_bulletins
from dashboard.selection import Language, Selection
from dashboard.semantics.dimension import TOP
from dashboard.semantics.scope import EVERYTHING, Scope
from dashboard.text import Words
from dashboard.view import View
from dashboard.warehouse import Build, NotLoadedError, Warehouse, retained
from dashboard.watch.meters import Meters
from dashboard.watch.watching import Watch
from etl.marts.region import ALL_CITIES

ASSETS: Final = Path(__file__).resolve().parent.parent / "assets"
# What the document asks for by itself, under the names that INDEX gives; Plotly's two bundles are fetched by charts.js.
OWN: Final = {
    "head": "head.js",
    "charts": "charts.js",
    "common": "vendor/plotly-basic.min.js",
    "more": "vendor/plotly-more.min.js",
    "mark": "mark.svg",
}
# Levels at which a first visit costs 30 ms of work a megabyte and a tenth fewer bytes than flask-compress' own give.
# Brotli is best for small answers. Browsers take it and zstd only over TLS or loopback: gzip must work for files too.
COMPRESSION: Final = {
    "COMPRESS_ZSTD_LEVEL": 9,
    "COMPRESS_BR_LEVEL": 6,
    "COMPRESS_ALGORITHM": ["br", "zstd", "gzip"],
    "COMPRESS_ALGORITHM_STREAMING": ["zstd", "br", "gzip"],
}
YEAR_OF_SECONDS: Final = 31_536_000
INDEX: Final = """<!DOCTYPE html>
<html lang="{lang}" data-mantine-color-scheme="light">
<head>
{metas}
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="{mark}">
<script src="{head}"></script>
<script id="chart-template" type="application/json">{template}</script>
<script src="{charts}" data-common="{common}" data-more="{more}"></script>
{css}
</head>
<body>
{app_entry}
<footer>{config}{scripts}{renderer}</footer>
</body>
</html>"""


class Board(Dash):
    """Dash whose document says the reader's language and loads Plotly only where a chart is."""

    def interpolate_index(self, *_: Any, **parts: Any) -> str:
        """The document of an address; Dash names its parts."""
        words = Words(Selection.parse(request.query_string.decode("utf-8", "replace")).lang)
        page = page_at(request.path)
        parts["title"] = f"{words.say(page.title)} · {words.say('Reemploy')}" if page else words.say("Reemploy")
        parts["app_entry"] = parts["app_entry"].replace("Loading...", words.say("Loading…"))
        own = {name: self._stamped(path) for name, path in OWN.items()}
        if page and page.more_charts:
            own["common"] = own["more"]
        parts["config"] = _without_empty(parts["config"])
        return INDEX.format(lang=words.tag, template=orjson.dumps(TEMPLATE).decode(), **own, **parts)

    def _stamped(self, path: str) -> str:
        """The address of an asset, another one whenever the file is another: browsers may keep it for a year."""
        return f"{self.get_asset_url(path)}?m={int((ASSETS / path).stat().st_mtime)}"


# A build that has been let go takes its trees along: a cache that held builds would keep their files open.
_TREES: Final[WeakKeyDictionary[Build, dict[Language, regions.Tree]]] = WeakKeyDictionary()


def tree_of(build: Build, language: Language = "zh") -> regions.Tree:
    """The build's tree of regions, as far as it is the reader's own."""
    trees = _TREES.setdefault(build, {})
    if language not in trees:
        own = build.scope.regions
        trees[language] = (
            regions.read(build, "" if build.regions.has_one_city else _name_above(build, language))
            if own is None
            else tree_of(build.whole, language).within(own)
        )
    return trees[language]


def _name_above(build: Build, language: Language) -> str:
    """What stands above several cities, as the pack that holds for all of them together names it.

    A pack that cannot be read has been refused by no load yet, and a name is no reason to show no page.
    """
    named: object = None
    with suppress(OSError, ValueError):
        pack = pack_file("policy.toml", ALL_CITIES, build.path.parent.parent)
        named = None if pack is None else tomllib.loads(pack.read_text(encoding="utf-8-sig")).get("name")
    return str((named.get(language) if isinstance(named, dict) else None) or Words(language).say("All cities"))


def _without_empty(config: str) -> str:
    """Dash's configuration without the components that hold no others: 1.5 kB of each document."""
    start, brace, rest = config.partition("{")
    body, tag, end = rest.rpartition("</script>")
    said = orjson.loads(brace + body)
    said["children_props"] = {
        library: {name: held for name, held in components.items() if held}
        for library, components in said["children_props"].items()
    }
    return start + orjson.dumps(said).decode().replace("<", "\\u003c") + tag + end


class Builds(Protocol):
    """What gives the build to draw from: a warehouse, or the one that a request has begun with."""

    def build(self) -> Build:
        """The build that is served; NotLoadedError."""
        ...


class OfRequest:
    """The build of the request under way: the first that it was given, whatever is loaded meanwhile."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse

    def build(self) -> Build:
        """One build a request: no page shows figures of two."""
        if not has_request_context():
            return self.warehouse.build()
        if "build" not in g:
            g.build = self.warehouse.build()
        found: Build = g.build
        return found


def view_of(warehouse: Builds, selection: Selection, page: Page | None, scope: Scope = EVERYTHING) -> View | None:
    """The view, within `scope`, of the build that is served now; None where nothing has been loaded yet."""
    try:
        build = warehouse.build().within(scope)
    except NotLoadedError:
        return None
    tree = tree_of(build, selection.lang)
    if build.data_date is None or not tree.by_code:
        return None
    return View(
        selection,
        build,
        tree,
        Words(selection.lang),
        page.path if page else "/",
        quarterly=bool(page and page.quarterly),
    )


def region_names(warehouse: Builds) -> dict[str, tuple[str, str]]:
    """Level and name of every region of the build that is served, by code; none before the first load."""
    view = view_of(warehouse, Selection(), None)
    found = {} if view is None else view.tree.by_code
    return {code: (each.level, each.name) for code, each in found.items() if each.level != TOP}


def create_app(home: Path, sources: Sources | None = None, meters: Meters | None = None) -> Board:
    """The application that serves the builds of `home`; needs no build to start. `sources`: of the publication desk.

    `meters`: what it counts in, shared with other processes.
    """
    server = Flask("reemploy")
    server.config.update(COMPRESSION, SEND_FILE_MAX_AGE_DEFAULT=YEAR_OF_SECONDS)
    door = Door(server, home)
    SignInPages(server, door)
    app = Board(
        "reemploy",
        server=server,  # type: ignore[arg-type]  # a Flask is what Dash takes; its annotation says bool
        assets_folder=str(ASSETS),
        assets_ignore=r"^(head|charts|loading)\.js$",
        assets_path_ignore=["vendor", "locales"],
        compress=True,
        use_async=False,
        suppress_callback_exceptions=True,
        update_title="",
        health_endpoint="healthz",
        add_log_handler=False,
        meta_tags=[
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {"name": "color-scheme", "content": "light dark"},
            {"name": "referrer", "content": "same-origin"},
        ],
    )
    warehouse = OfRequest(Warehouse(home))
    Administration(server, door, lambda: region_names(warehouse))
    add_bulletins(server, door.state, home, sources)
    LoadPages(server, door.state, home, warehouse.build)

    known_at = sources.build if sources else Warehouse(home, retained).known_at

    def seen(selection: Selection, page: Page | None) -> View | None:
        view = view_of(warehouse, selection, page, present_scope())
        return None if view is None else replace(view, state=door.state, known_at=known_at)

    app.layout = lambda: callbacks.layout(seen, request.referrer)
    callbacks.register(app, seen)
    Api(server, door, warehouse.build, known_at)
    add_downloads(server, seen)
    Watch(server, door, warehouse.warehouse.build, meters)
    add_panels(server, seen)
    add_held_downloads(server, seen)
    CasePages(server, door.state, seen)
    add_headers(server, board_policy(app.csp_hashes()))
    return app
