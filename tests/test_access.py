"""Every route has said who may open it; one that has not is closed."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from portal.permissions import access_of


def test_every_route_has_said_who_may_open_it(catalogue_app):
    silent = [
        rule.endpoint
        for rule in catalogue_app.url_map.iter_rules()
        if access_of(catalogue_app, rule.endpoint) is None
    ]

    assert silent == []


def test_a_route_that_has_not_said_who_may_open_it_is_closed(app: Flask):
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")

    answer = app.test_client().get("/forgotten")

    assert answer.status_code == 403
    assert b"secret" not in answer.data


def test_addresses_are_lower_case_with_hyphens_and_typed_parameters(catalogue_app):
    for rule in catalogue_app.url_map.iter_rules():
        fixed = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/.\-]*", fixed), rule.rule
        for parameter in re.findall(r"<([^>]+)>", rule.rule):
            assert ":" in parameter, f"{rule.rule}: {parameter} has no type"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_public_takes_a_write(catalogue_app, method):
    client = catalogue_app.test_client()
    for path in ("/", "/services", "/services.json", "/freshness"):
        assert getattr(client, method)(path).status_code in (400, 405), path
