"""Pages that help when something went wrong; machines get RFC 9457 problem documents."""

from __future__ import annotations

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

log = structlog.get_logger()

WITH_A_PAGE = {400, 403, 404, 405, 413, 500}


def wants_problem() -> bool:
    """Whether the address is one that machines read."""
    return request.path.endswith(".json") or request.path.startswith(("/hsds", "/feeds/"))


def is_our_host() -> bool:
    """Whether the request names a host that this portal is known by."""
    try:
        return bool(request.host)
    except SecurityError:
        return False


def problem(status: int, title: str, **members: object) -> Response:
    """Return an `application/problem+json` answer (RFC 9457)."""
    response = jsonify({"type": "about:blank", "title": title, "status": status, **members})
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def show_error(error: HTTPException) -> ResponseReturnValue:
    """Answer an HTTP error as a page, or as a problem document."""
    status = error.code or 500
    if status < 400:
        return error
    if not is_our_host():  # so no address can be built
        return "This address is not served here.\n", 400, {"Content-Type": "text/plain"}
    if wants_problem():
        return problem(status, error.name)
    shown = status if status in WITH_A_PAGE else 400 if status < 500 else 500
    page = make_response(render_template(f"errors/{shown}.html", reason=error.description), status)
    if error.get_response().headers.get("Allow"):
        page.headers["Allow"] = error.get_response().headers["Allow"]
    return page


def show_fault(error: Exception) -> ResponseReturnValue:
    """Log a fault of ours, without the visitor's words or address, and answer 500."""
    log.error("request failed", endpoint=request.endpoint, method=request.method, exc_info=error)
    return show_error(InternalServerError(original_exception=error))


def init_app(app: Flask) -> None:
    """Bind the handlers."""
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(Exception, show_fault)
