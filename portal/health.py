"""Health for those who run the portal: is it alive, is it ready to answer."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.extensions import db
from portal.permissions import public
from portal.search.index import search_index

bp = Blueprint("health", __name__)
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


@bp.get("/live")
@public
def live() -> ResponseReturnValue:
    """Say that the process answers."""
    return "alive\n", 200, PLAIN


@bp.get("/ready")
@public
def ready() -> ResponseReturnValue:
    """Say whether database and search can answer a visitor."""
    try:
        db.session.execute(text("select number from catalogue_generation")).scalar()
        search_index().refresh()
    except SQLAlchemyError:
        return "not ready: the database does not answer or is not migrated\n", 503, PLAIN
    return "ready\n", 200, PLAIN
