"""The API's own description (OpenAPI 3.1), from the catalogue of metrics and dimensions."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from dashboard.semantics.calendar import GRAINS
from dashboard.semantics.catalogue import DIMENSIONS, METRICS
from dashboard.semantics.dimension import LEVELS

Part = Mapping[str, Any]
DAY: Final[Part] = {"type": "string", "format": "date"}
FAULT: Final[Part] = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
FIGURE: Final[Part] = {"type": ["number", "null"], "description": "Unrounded; a percentage is 61.5, not 0.615."}


@cache
def described() -> Part:
    """The document; its schemas name every metric and dimension there is."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Reemploy",
            "version": "1",
            "description": "The figures of the dashboard: the same questions and answers as `reemploy query`, within "
            "the regions and rights of the account. A language may be chosen with lang=en; Chinese is the first.",
        },
        "security": [{"session": []}, {"cookie": []}],
        "paths": {
            "/api/v1/session": {"post": _begin(), "delete": _end()},
            "/api/v1/metrics": {"get": _metrics()},
            "/api/v1/query": {"get": _query()},
            "/api/v1/openapi.json": {"get": {"summary": "This document", "responses": {"200": {"description": "It"}}}},
        },
        "components": {
            "securitySchemes": {
                "session": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "reemploy_session"},
            },
            "schemas": {"Fault": FAULT, "Row": _row()},
        },
    }


def _begin() -> Part:
    given = {name: {"type": "string"} for name in ("name", "password")}
    return {
        "summary": "Begin a session",
        "security": [],
        "requestBody": {"required": True, "content": _content({"type": "object", "properties": given})},
        "responses": {
            "201": {"description": "The token, for Authorization: Bearer"},
            "400": _faulty(),
            "403": _faulty(),
        },
    }


def _end() -> Part:
    return {"summary": "End the session", "responses": {"204": {"description": "Ended"}, "401": _faulty()}}


def _metrics() -> Part:
    return {"summary": "Every metric", "responses": {"200": {"description": "A list"}, "401": _faulty()}}


def _query() -> Part:
    ways = [
        _parameter("metric", {"type": "array", "items": {"enum": list(METRICS)}}, required=True),
        _parameter("by", {"type": "array", "items": {"enum": [*LEVELS, *GRAINS, *DIMENSIONS]}}),
        _parameter("where", {"type": "array", "items": {"type": "string"}}, said="DIM=VALUE; of one dimension: or"),
        _parameter("region", {"type": "string"}, said="6, 9 or 12 digits"),
        *(_parameter(name, DAY) for name in ("from", "to", "as_of")),
        _parameter("known_at", {"type": "integer"}, said="The number of a load"),
    ]
    rows = {"type": "array", "items": {"$ref": "#/components/schemas/Row"}}
    good = {"description": "One object a group", "headers": {"ETag": {"schema": {"type": "string"}}}}
    return {
        "summary": "Figures: metrics by dimensions, for a region and a period",
        "parameters": ways,
        "responses": {
            "200": good | {"content": _content(rows)},
            "304": {"description": "As it was: the build and the rights are the same"},
            **{str(status): _faulty() for status in (400, 401, 403, 404, 429)},
        },
    }


def _parameter(name: str, schema: Part, said: str = "", *, required: bool = False) -> Part:
    found = {"name": name, "in": "query", "required": required, "schema": schema}
    return found | ({"description": said} if said else {})


def _row() -> Part:
    keys = {
        name: {"type": ["string", "number", "null"]} for name in ("region_code", "region_name", *GRAINS, *DIMENSIONS)
    }
    return {"type": "object", "properties": {**keys, **dict.fromkeys(METRICS, FIGURE)}}


def _faulty() -> Part:
    return {"description": "Why not", "content": _content({"$ref": "#/components/schemas/Fault"})}


def _content(schema: Part) -> Part:
    return {"application/json": {"schema": schema}}
