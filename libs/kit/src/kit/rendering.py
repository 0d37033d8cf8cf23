"""How problems become responses: every error of every service leaves through here."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from kit import problems
from kit.bodies import UnacceptableRequest
from kit.database import DatabaseUnavailable, is_unavailable
from kit.problems import MEDIA_TYPE, URN, Problem, Unprocessable
from kit.sentences import sentence_for

REQUEST_ID_KEY = "kit.request_id"

_MAX_ERRORS = 20
_MAX_LOC_LENGTH = 100
# PostgreSQL's own refusal of text it cannot store, when a plain str field let it through.
_UNSTORABLE_STATES = frozenset({"22021", "22P05"})
_BY_STATUS: dict[int, type[Problem]] = {
    problem.status: problem
    for problem in (
        problems.BadRequest,
        problems.Unauthorized,
        problems.Forbidden,
        problems.NotFound,
        problems.MethodNotAllowed,
        problems.RequestTimeout,
        problems.Conflict,
        problems.Gone,
        problems.PayloadTooLarge,
        problems.UnsupportedMediaType,
        problems.Unprocessable,
        problems.TooManyRequests,
        problems.ServiceUnavailable,
    )
}
_KEPT_HEADERS = frozenset({"allow", "connection", "retry-after", "www-authenticate"})

log = structlog.get_logger(__name__)


def install_handlers(app: FastAPI) -> None:
    """Make the app answer every error with a problem."""
    for kind in (Problem, HTTPException, RequestValidationError, SQLAlchemyError):
        app.add_exception_handler(kind, _handle)


def problem_response(scope: Scope, problem: Problem, errors: Sequence[Mapping[str, Any]] | None = None) -> Response:
    """Render one problem."""
    body: dict[str, Any] = {
        **problem.extensions,
        "type": URN + problem.type,
        "title": problem.title,
        "status": problem.status,
        "instance": scope.get("path"),
        "request_id": scope.get(REQUEST_ID_KEY),
    }
    if problem.detail is not None:
        body["detail"] = problem.detail
    if errors is not None:
        body["errors"] = errors
    # ASCII: a lone surrogate in a path or field name must not break the answer about it.
    content = json.dumps(body, ensure_ascii=True, allow_nan=False, default=str).encode()
    return Response(content, status_code=problem.status, headers=problem.headers, media_type=MEDIA_TYPE)


def error_response(scope: Scope, error: Exception) -> Response:
    """Render any error; one nobody foresaw is logged in full and told as nothing but a request id."""
    if isinstance(error, Problem):
        if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            log.warning("problem", problem=error.type, exc_info=error)
        return problem_response(scope, error)
    if isinstance(error, RequestValidationError):
        return _validation_response(scope, error)
    if isinstance(error, HTTPException):
        return _http_response(scope, error)
    if is_unavailable(error):
        return problem_response(scope, DatabaseUnavailable())
    if getattr(getattr(error, "orig", None), "sqlstate", None) in _UNSTORABLE_STATES:
        return problem_response(scope, Unprocessable("The text contains characters that cannot be stored."))
    log.error("unhandled error", exc_info=error)
    return problem_response(scope, Problem())


async def _handle(request: Request, error: Exception) -> Response:
    return error_response(request.scope, error)


def _http_response(scope: Scope, error: HTTPException) -> Response:
    status = error.status_code
    headers = {name: value for name, value in (error.headers or {}).items() if name.lower() in _KEPT_HEADERS}
    known = _BY_STATUS.get(status)
    if known is not None:
        # The words of a framework's exception may quote the request; ours do not.
        ours = isinstance(error, UnacceptableRequest) and error.explained
        return problem_response(scope, known(error.detail if ours else None, headers))
    if status < HTTPStatus.BAD_REQUEST:
        return Response(status_code=status, headers=error.headers)
    return problem_response(scope, _other_problem(status)(None, headers))


def _other_problem(status: int) -> type[Problem]:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return type("OtherProblem", (Problem,), {"status": status})
    return type("OtherProblem", (Problem,), {"status": status, "type": "refused", "title": "The request was refused"})


def _validation_response(scope: Scope, error: RequestValidationError) -> Response:
    found = error.errors()
    shown = [_field_error(item) for item in found[:_MAX_ERRORS]]
    detail = f"{len(found)} fields are wrong; the first {_MAX_ERRORS} are listed."
    return problem_response(scope, Unprocessable(detail if len(found) > _MAX_ERRORS else None), shown)


def _field_error(item: Mapping[str, Any]) -> dict[str, Any]:
    kind = str(item.get("type", "invalid"))
    return {
        "loc": [part if isinstance(part, int) else str(part)[:_MAX_LOC_LENGTH] for part in item.get("loc", ())],
        "msg": sentence_for(kind, item.get("ctx") or {}, str(item.get("msg", "Invalid value"))),
        "type": kind,
    }
