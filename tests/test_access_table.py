"""Every route, method and actor against tests/access.csv."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.permissions import PUBLIC, Permission, access_of
from tests.access_table import ACTORS, Actors, asked, open_app, outcome, read_table


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory):
    return open_app(tmp_path_factory.mktemp("access"))


@pytest.fixture(scope="module")
def actors(app) -> Actors:
    return Actors(app)


def test_the_table_names_every_route_and_no_other(app):
    assert {(endpoint, method) for endpoint, method, _ in asked(app)} == set(read_table())


@pytest.mark.parametrize("actor", ACTORS)
def test_each_actor_gets_what_the_table_says(app, actors, actor):
    table = read_table()
    wrong = []
    for endpoint, method, address in asked(app):
        got = outcome(actors.ask(actor, method, address))
        if got != table[endpoint, method][actor]:
            wrong.append(f"{method} {address}: {got}, not {table[endpoint, method][actor]}")

    assert not wrong, "\n".join(wrong)


def test_what_is_not_public_is_closed_to_strangers_and_to_the_suspended(app):
    table = read_table()
    for endpoint, method, _ in asked(app):
        if access_of(app, endpoint) != PUBLIC:
            assert table[endpoint, method]["anonymous"] == "sign-in", endpoint
            assert table[endpoint, method]["suspended"] == "sign-in", endpoint


def test_every_permission_that_routes_ask_for_is_one_of_the_table_of_roles(app):
    for rule in app.url_map.iter_rules():
        access = access_of(app, rule.endpoint)
        assert access == PUBLIC or access in set(Permission), rule.endpoint


def test_the_table_is_a_file_of_the_repository():
    assert Path(__file__).with_name("access.csv").is_file()
