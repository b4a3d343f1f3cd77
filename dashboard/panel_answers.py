"""Every panel's drawing at an address of its own: `/panels/loans/ageing?region=…&shape=table`.

A browser keeps what it got, but asks each time whether it still holds: the tag is made of what would be sent to this
reader now, so that nothing is shown that was not asked for, and what has not changed costs some 200 bytes.
"""

from hashlib import blake2b
from typing import Final

from flask import Flask, Response, abort, request
from plotly.io.json import to_json_plotly

from dashboard.callbacks import ViewOf, panel_children
from dashboard.pages import page_named
from dashboard.selection import Selection

NO_CONTENT: Final = 204
REVALIDATED: Final = "private, no-cache"


def add_panels(server: Flask, seen: ViewOf) -> None:
    """Give `server` `/panels/<page>/<panel>`; 404 where there is no such panel, 204 where another section is shown."""

    @server.get("/panels/<page_name>/<panel_name>")
    def panel(page_name: str, panel_name: str) -> Response:
        page, search = page_named(page_name), request.query_string.decode("utf-8", "replace")
        asked = page.panel(panel_name) if page else None
        if page is None or asked is None:
            abort(404)
        if asked not in page.shown(Selection.parse(search).section):
            return Response(status=NO_CONTENT)
        shape = "table" if request.args.get("shape") == "table" else "chart"
        said = to_json_plotly(panel_children(seen, page, asked, search, shape)).encode()
        answer = Response(said, content_type="application/json", headers={"Cache-Control": REVALIDATED})
        # Weak, for what crosses the wire is compressed on the way.
        answer.set_etag(blake2b(said, digest_size=12).hexdigest(), weak=True)
        answer.make_conditional(request)
        return answer
