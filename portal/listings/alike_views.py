"""What the editor asks while somebody types: is it there already?"""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from portal.accounts.signing import keep_private
from portal.forms import one_line
from portal.listings import targets
from portal.listings.alike import COMPARED, alike
from portal.listings.fields import MAX_LINE
from portal.listings.targets import Target
from portal.permissions import Permission, requires

bp = Blueprint("look_alikes", __name__, url_prefix="/staff")
bp.after_request(keep_private)


@bp.get("/services/<slug:slug>/look-alikes.json")
@requires(Permission.LISTING_EDIT)
def of_service(slug: str) -> ResponseReturnValue:
    """Answer what may be the same program as what is typed."""
    return _answer(targets.service_target(slug))


@bp.get("/organizations/<slug:slug>/look-alikes.json")
@requires(Permission.LISTING_EDIT)
def of_organization(slug: str) -> ResponseReturnValue:
    """Answer what may be the same organization as what is typed."""
    return _answer(targets.organization_target(slug))


@bp.get("/services/new/look-alikes.json")
@requires(Permission.LISTING_EDIT)
def of_new() -> ResponseReturnValue:
    """Answer what may be the same as a new program."""
    organization = targets.editable_organization(request.args.get("organization", ""))
    return _answer(targets.new_target(organization))


def _answer(target: Target) -> ResponseReturnValue:
    typed = {
        name: "\n".join(map(one_line, request.args[name][: MAX_LINE * 4].splitlines()))
        for name in COMPARED
        if name in request.args
    }
    return jsonify(lines=[asdict(found) for found in alike(target, typed)])
