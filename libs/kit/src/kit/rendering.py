"""How problems become responses: every error of every service leaves through here."""

import json
from collections.abc import Mapping, Sequence
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

REQUEST_ID_KEY = "kit.request_id"

_MAX_ERRORS = 20
_MAX_LOC_LENGTH = 100
# PostgreSQL's own refusal of text it cannot store, when a plain str field let it through.
_UNSTORABLE_STATES = frozenset({"22021", "22P05"})
# Messages of these pydantic errors quote the input.
_QUOTING_ERRORS = {
    "union_tag_invalid": "The kind is not one of those expected here",
    "uuid_parsing": "Input should be a valid UUID",
    "json_invalid": "The body is not valid JSON",
}
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
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(SQLAlchemyError, _on_database_error)


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


def unexpected_response(scope: Scope, error: Exception) -> Response:
    """Render an error nobody foresaw: logged in full, told as nothing but a request id."""
    if is_unavailable(error):
        return problem_response(scope, DatabaseUnavailable())
    log.error("unhandled error", exc_info=error)
    return problem_response(scope, Problem())


def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - registered for this type
    if error.status >= 500:  # noqa: PLR2004
        log.warning("problem", problem=error.type, exc_info=error)
    return problem_response(request.scope, error)


def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this type
    headers = {name: value for name, value in (error.headers or {}).items() if name.lower() in _KEPT_HEADERS}
    known = _BY_STATUS.get(error.status_code)
    if known is None:
        if error.status_code < 400:  # noqa: PLR2004
            return Response(status_code=error.status_code, headers=error.headers)
        return problem_response(request.scope, _other_problem(error.status_code, headers))
    problem = known(headers=headers)
    if isinstance(error, UnacceptableRequest):
        problem.detail = error.detail if error.explained else None
    return problem_response(request.scope, problem)


def _other_problem(status: int, headers: Mapping[str, str]) -> Problem:
    problem = Problem(headers=headers)
    problem.status = status  # type: ignore[misc] # one instance, not the class
    if status < 500:  # noqa: PLR2004
        problem.type = "http-error"  # type: ignore[misc] # as above
        problem.title = "The request was refused"  # type: ignore[misc] # as above
    return problem


def _on_validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this type
    found = error.errors()
    shown = [_field_error(item) for item in found[:_MAX_ERRORS]]
    detail = f"{len(found)} fields are wrong; the first {_MAX_ERRORS} are listed."
    problem = Unprocessable(detail if len(found) > _MAX_ERRORS else None)
    return problem_response(request.scope, problem, shown)


def _field_error(item: Mapping[str, Any]) -> dict[str, Any]:
    kind = str(item.get("type", "invalid"))
    return {
        "loc": [part if isinstance(part, int) else str(part)[:_MAX_LOC_LENGTH] for part in item.get("loc", ())],
        "msg": _QUOTING_ERRORS.get(kind, str(item.get("msg", "Invalid value"))),
        "type": kind,
    }


def _on_database_error(request: Request, error: Exception) -> Response:
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    if state in _UNSTORABLE_STATES:
        return problem_response(request.scope, Unprocessable("The text contains characters that cannot be stored."))
    return unexpected_response(request.scope, error)
