"""The addresses of the API: a session for programs, the metrics, the figures, and what all that is (OpenAPI).

An answer's tag is made of the build, the reader's regions and rights: the same address with the same tag is the same
answer, and is not asked for again. What is answered is logged as a file taken away, as downloads are.
"""

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any, Final

import orjson
from flask import Flask, Response, g, request

from dashboard.access.door import Door
from dashboard.access.forms import fault, words_of_request
from dashboard.access.present import address, present_scope, signed_in
from dashboard.access.sign_in_pages import REFUSED
from dashboard.api.asked import load_of, question_of
from dashboard.api.described import described
from dashboard.language import message
from dashboard.plain import plain
from dashboard.semantics.answer import answer
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.question import NotAllowedError, Question, QuestionError
from dashboard.warehouse import Build, NotLoadedError

ROOT: Final = "/api/v1"
LONGEST_TEXT: Final = 256  # characters of a name or password that are looked at
NOT_LOADED: Final = message("Nothing has been loaded yet.")
NO_SUCH_LOAD: Final = message("The build of that load is not kept.")
NOBODY: Final = message("There is no session to end.")
NO_BODY: Final = message("Send name and password as JSON.")


class Api:
    """`/api/v1` of a server, behind its door. `build`: what is served; `known_at`: the build of an earlier load."""

    def __init__(self, server: Flask, door: Door, build: Callable[[], Build], known_at: Callable[[int], Build]) -> None:
        self.door, self.build, self.known_at = door, build, known_at
        server.add_url_rule(f"{ROOT}/session", "api_begin", self.begin, methods=["POST"])
        server.add_url_rule(f"{ROOT}/session", "api_end", self.end, methods=["DELETE"])
        server.add_url_rule(f"{ROOT}/openapi.json", "api_described", self.described, methods=["GET"])
        server.add_url_rule(f"{ROOT}/metrics", "api_metrics", self.metrics, methods=["GET"])
        server.add_url_rule(f"{ROOT}/query", "api_query", self.query, methods=["GET"])

    def begin(self) -> Response:
        """A session for the name and password in the body; its token goes into `Authorization: Bearer …`."""
        said = request.get_json(silent=True)
        if not isinstance(said, dict) or not all(isinstance(said.get(name), str) for name in ("name", "password")):
            return fault(400, words_of_request().say(NO_BODY))
        provider = self.door.provider
        taken = provider is None or provider.passwords
        name, password = (said[each][:LONGEST_TEXT] for each in ("name", "password"))
        session = self.door.sign_in.begin(name, password, address()) if taken else None
        if session is None:
            return fault(403, words_of_request().say(REFUSED))
        idle = round(self.door.sign_in.idle.total_seconds())
        body = {"token": session.token, "idle_seconds": idle, "must_change": session.account.must_change}
        return _json(body, 201)

    def end(self) -> Response:
        """Ends the session that asks."""
        if signed_in() is None:
            return fault(401, words_of_request().say(NOBODY))
        self.door.sign_in.end(g.token, address())
        return Response(status=204)

    def described(self) -> Response:
        """The OpenAPI description, with every metric and dimension by name."""
        return _json(described())

    def metrics(self) -> Response:
        """What may be asked for."""
        return _json([_told(name) for name in METRICS])

    def query(self) -> Response:
        """The figures, as `reemploy query --format json` prints them."""
        load = None
        try:
            question, load = question_of(request.args), load_of(request.args)
            build = self.build() if load is None else self.known_at(load)
            return _answered(build.within(present_scope()), question)
        except NotAllowedError as error:
            return fault(403, words_of_request().of(error.text))
        except QuestionError as error:
            return fault(400, words_of_request().of(error.text))
        except (NotLoadedError, LookupError):
            return fault(404, words_of_request().say(NOT_LOADED if load is None else NO_SUCH_LOAD))


def _answered(build: Build, question: Question) -> Response:
    """The figures; NotAllowedError for a wider region, whose name must not stand at the reader's own part of it."""
    if question.region is not None and not build.sees(question.region):
        raise NotAllowedError
    tag = _tag(build)
    unchanged = request.if_none_match.contains_weak(tag)
    response = Response(status=304) if unchanged else _json(answer(build, question).rows)
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(("Authorization", "Cookie"))
    return response


def _tag(build: Build) -> str:
    """Another one for another build (by its name and time) and for other rights."""
    scope, made = build.scope, build.path.stat().st_mtime_ns
    said = f"{build.name} {made} {scope.regions} {scope.rows}"
    return blake2b(said.encode(), digest_size=12).hexdigest()


def _told(name: str) -> Mapping[str, Any]:
    metric = METRICS[name]
    return {
        "metric": name,
        "label": {"zh": metric.label.zh, "en": metric.label.en},
        "definition": {"zh": metric.definition.zh, "en": metric.definition.en},
        "unit": metric.unit,
        "kind": metric.kind,
        "dimensions": list(metric.dimensions),
        "required": sorted(metric.required),
    }


def _json(body: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(body, default=plain), status, content_type="application/json")
