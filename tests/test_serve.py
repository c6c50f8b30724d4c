"""The server that `bootstrap.py run` starts: prepared, and closed to names it was not told."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal import create_app, serve
from portal.config import Settings, SettingsError
from portal.directory.models import Organization, Service
from portal.extensions import db
from tests.directory.catalogues import small, write


def counts(app) -> tuple[int, int]:
    with app.app_context():
        found = tuple(
            db.session.scalar(select(func.count()).select_from(model))
            for model in (Organization, Service)
        )
        db.session.remove()
    return found


def test_the_first_start_migrates_and_loads_the_catalogue_and_the_second_does_not(tmp_path, capsys):
    settings = Settings(instance=tmp_path, testing=True)

    serve.prepare(create_app(settings), settings)
    first = capsys.readouterr().out
    serve.prepare(create_app(settings), settings)
    second = capsys.readouterr().out

    assert "Loading the catalogue" in first
    assert "Loading" not in second
    assert counts(create_app(settings)) == (119, 208)


def test_the_portal_of_another_state_starts_empty_and_says_how_to_fill_it(tmp_path, capsys):
    settings = Settings(
        instance=tmp_path / "ri", state_code="RI", state_name="Rhode Island", testing=True
    )

    app = create_app(settings)
    serve.prepare(app, settings)

    assert capsys.readouterr().out == (
        "No catalogue of Rhode Island is loaded yet: load yours with "
        "`.venv/bin/flask --app wsgi catalog load DIR` (README, “Another state's catalogue”).\n"
    )
    assert counts(app) == (0, 0)


def test_a_catalogue_loaded_while_the_portal_runs_is_served_and_no_longer_asked_for(
    tmp_path, capsys
):
    settings = Settings(
        instance=tmp_path / "ri", state_code="RI", state_name="Rhode Island", testing=True
    )
    app = create_app(settings)
    serve.prepare(app, settings)
    assert app.test_client().get("/services.json").json["total"] == 0

    loaded = (
        create_app(settings)
        .test_cli_runner()
        .invoke(args=["catalog", "load", str(rhode_island(tmp_path / "files"))])
    )
    capsys.readouterr()
    serve.prepare(create_app(settings), settings)

    assert loaded.exit_code == 0
    assert capsys.readouterr().out == ""
    answer = app.test_client().get("/services.json?near=02903&region=metro").json
    assert [result["slug"] for result in answer["results"]] == ["acme-lean", "acme-grant"]


def rhode_island(folder: Path) -> Path:
    """Write a small catalogue of another state."""
    rows = small()
    rows["organizations"][0] |= {"city": "Providence", "county": "Providence"}
    rows["programs"][0]["regions"] = "Metro"
    providence = {"county": "Providence", "region": "Metro", "also_regions": "", "places": ""}
    return write(folder, {**rows, "regions": [providence]})


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7"])  # noqa: S104  it must be refused
def test_opening_to_others_needs_the_names_that_they_will_use(host, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path))
    monkeypatch.delenv("PORTAL_TRUSTED_HOSTS", raising=False)

    code = serve.main(["--host", host])

    assert code == 1
    assert "PORTAL_TRUSTED_HOSTS" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_alone_needs_no_names(host, monkeypatch, tmp_path, capsys):
    def listen(*_: object, host: str, **__: object) -> None:
        raise OSError(f"asked for {host}")

    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path))
    monkeypatch.delenv("PORTAL_TRUSTED_HOSTS", raising=False)
    monkeypatch.setattr(serve, "prepare", lambda *_: None)
    monkeypatch.setattr(serve, "create_server", listen)

    serve.main(["--host", host])

    assert f"asked for {host}" in capsys.readouterr().err


def test_a_setting_of_the_wrong_kind_is_named():
    with pytest.raises(SettingsError, match="PORTAL_TRUSTED_PROXIES must be a whole number"):
        Settings.from_environment({"PORTAL_TRUSTED_PROXIES": "one"})


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    settings = Settings(instance=tmp_path / "new", testing=True)

    keys = {create_app(settings).config["SECRET_KEY"] for _ in range(2)}

    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_health_says_alive_and_ready(browser):
    assert browser.client.get("/live").data == b"alive\n"
    assert browser.client.get("/ready").data == b"ready\n"


def test_a_portal_without_tables_is_alive_but_not_ready(tmp_path):
    client = create_app(Settings(instance=tmp_path, testing=True)).test_client()

    assert client.get("/live").status_code == 200
    assert client.get("/ready").status_code == 503
    assert b"not migrated" in client.get("/ready").data
