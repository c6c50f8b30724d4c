"""What every answer carries and what no request may contain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from wsgiref.headers import Headers

from flask import Flask, Request, Response, abort, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.config import LOOPBACK_HOSTS, LOOPBACK_IPV6, Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONE_YEAR_S = 365 * 24 * 3600
MAX_QUERY_BYTES = 8_000
MAX_PARAMETERS = 200


class HostCookieSessions(SecureCookieSessionInterface):
    """Session cookie named `__Host-portal` and Secure under https.

    On loopback over http, where a browser refuses that prefix, the same cookie goes without the
    prefix and without Secure; over http anywhere else there is no session at all.
    """

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002  Flask's signature
        """Return the name that fits the request's scheme."""
        return "__Host-portal" if request.is_secure else "portal"

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002  Flask's signature
        """Whether only https may carry the cookie."""
        return request.is_secure

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002  Flask's signature
        """Return the path that the prefix demands, whatever the language."""
        return "/"

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie, unless it would travel in the clear."""
        if request.is_secure or is_loopback(request):
            super().save_session(app, session, response)


def is_loopback(current: Request) -> bool:
    """Whether the request was made to this machine by name or number."""
    try:
        host = current.host
    except SecurityError:
        return False
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    return name in LOOPBACK_HOSTS


def is_a_visit() -> bool:
    """Whether somebody looks at the page, rather than a browser fetching it in advance."""
    return request.method != "HEAD" and "prefetch" not in request.headers.get("Sec-Purpose", "")


def refuse_unusable_text() -> None:
    """Answer 400 to NUL characters, lone surrogates and endless queries.

    SQLite stores NUL and PostgreSQL refuses it; a lone surrogate cannot be written as UTF-8.
    """
    if len(request.query_string) > MAX_QUERY_BYTES:
        abort(400, "too-long")
    if not request.query_string.isascii():  # a browser encodes what is not ASCII
        abort(400, "unusable-text")
    texts = [request.path, *(text for pair in request.args.items(multi=True) for text in pair)]
    if len(texts) > 2 * MAX_PARAMETERS:
        abort(400, "too-many")
    if any("\0" in text or not _is_writable(text) for text in texts):
        abort(400, "unusable-text")


def _is_writable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


class LoopbackByName:
    """WSGI middleware that calls this machine `localhost` where a visitor wrote its IPv6 number.

    Werkzeug cuts the trusted names at their first colon, so that no such number can be one.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer for the name."""
        number, bracket, port = environ.get("HTTP_HOST", "").rpartition("]")
        if number + bracket == LOOPBACK_IPV6:
            environ["HTTP_HOST"] = f"localhost{port}"
        return self.app(environ, start_response)


class SecurityHeaders:
    """WSGI middleware that adds the security headers, also to built files and redirects.

    An answer that brings one of them keeps its own.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with the headers added."""

        def start(status: str, sent: list[tuple[str, str]], exc_info: Any = None, /) -> Any:
            headers = Headers(sent)  # changes the list that it is given
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if environ["wsgi.url_scheme"] == "https":
                headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR_S}"
            return start_response(status, sent, exc_info)

        return self.app(environ, start)


def init_app(app: Flask, settings: Settings) -> None:
    """Set hosts, limits, cookies and headers; called when all that may answer is in place."""
    app.config.update(
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_body_bytes,
        MAX_FORM_PARTS=200,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.session_interface = HostCookieSessions()
    app.before_request(refuse_unusable_text)
    app.wsgi_app = SecurityHeaders(LoopbackByName(app.wsgi_app))  # type: ignore[method-assign]  # Flask's own way
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        proxied = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # Flask's own way
