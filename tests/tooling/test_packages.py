"""What is installed when, and what the lock files hold."""

import json
import re

import pytest

from tooling import packages
from tooling.node import is_new_enough, system_node
from tooling.packages import mirror_settings, pinned_names
from tooling.places import REQUIREMENTS, ROOT
from tooling.stamps import Stamp, fingerprint
from tooling.stops import Stop

LOCKS = ("boot", "run", "test", "node")


def locked(name):
    return (REQUIREMENTS / f"{name}.txt").read_text()


@pytest.fixture
def installer(tmp_path, monkeypatch):
    """An environment that is made and has uv; gives the names of the sets that are installed."""
    installed = []

    def pretend(command, task, *, env=None):
        installed.append(command[-1].stem)

    monkeypatch.setattr(packages, "STAMPS", tmp_path / "stamps")
    monkeypatch.setattr(packages, "_ensure_venv", lambda: None)
    monkeypatch.setattr(packages, "_ensure_uv", lambda: None)
    monkeypatch.setattr(packages, "uv_environment", dict)
    monkeypatch.setattr(packages, "run_step", pretend)
    Stamp(tmp_path / "stamps" / "made").write(packages.TAG)
    return installed


@pytest.mark.parametrize(
    ("asked", "installed"),
    [
        (["run", "run"], ["run"]),
        (["run", "test", "run"], ["run", "test"]),
        (["test", "run", "test", "run"], ["test"]),
    ],
)
def test_run_and_test_in_turn_install_nothing_twice(installer, asked, installed):
    for name in asked:
        packages.ensure_packages(name)

    assert installer == installed


def test_environment_with_tests_keeps_them_when_the_run_set_changes(installer):
    packages.ensure_packages("test")
    Stamp(packages.STAMPS / "run").write("made from an older run.txt")

    packages.ensure_packages("run")

    assert installer == ["test", "test"]


def test_interrupted_install_leaves_no_stamp(installer, monkeypatch):
    def fail(command, task, *, env=None):
        raise Stop("no network")

    packages.ensure_packages("run")
    monkeypatch.setattr(packages, "run_step", fail)
    with pytest.raises(Stop):
        packages.ensure_packages("test")

    assert [stamp.name for stamp in packages.STAMPS.iterdir()] == ["made"]


def test_fingerprint_changes_with_content_name_and_facts_only(tmp_path):
    first, second, elsewhere = (tmp_path / name for name in ("a.txt", "b.txt", "moved/a.txt"))
    elsewhere.parent.mkdir()
    for file in (first, second, elsewhere):
        file.write_text("1")
    here = fingerprint([first], root=tmp_path)

    assert here == fingerprint([elsewhere], root=elsewhere.parent)
    assert here != fingerprint([second], root=tmp_path)
    assert here != fingerprint([first], "3.12", root=tmp_path)
    assert fingerprint([first, second], root=tmp_path) == fingerprint(
        [second, first], root=tmp_path
    )
    first.write_text("2")
    assert here != fingerprint([first], root=tmp_path)


def test_stamp_holds_what_was_written_until_it_is_cleared(tmp_path):
    stamp = Stamp(tmp_path / "stamps" / "run")
    assert not stamp.exists()
    assert not stamp.holds("1")

    stamp.write("1")
    assert stamp.holds("1")
    assert not stamp.holds("2")

    stamp.clear()
    stamp.clear()
    assert not stamp.holds("1")


def test_test_set_holds_the_run_set_in_the_same_versions():
    pins = {name: set(re.findall(r"^\S+==\S+", locked(name), re.MULTILINE)) for name in LOCKS}

    assert len(pins["run"]) > 30
    assert pins["run"] < pins["test"]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_file_has_a_hash_for_each_package_and_names_no_place(name):
    text = locked(name)
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]

    assert len(blocks) >= 1
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?:|file:|index-url|find-links|@ |^#.*/", text, re.MULTILINE)


def test_npm_lock_has_a_hash_for_each_package_and_names_no_place():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    installed = [entry for path, entry in lock["packages"].items() if path]

    assert len(installed) > 4
    assert all(entry["integrity"].startswith("sha512-") for entry in installed)
    assert not any("resolved" in entry for entry in installed)


def test_pinned_names_are_read_from_a_lock_file():
    text = (
        "flask-wtf==1.3.0 \\\n    --hash=sha256:00\n    # via -r run.in\n"
        "numpy==2.4.6 ; python_full_version < '3.14' \\\n    --hash=sha256:01\n"
    )

    assert pinned_names(text) == {"flask-wtf", "numpy"}


def test_mirror_named_for_pip_is_named_for_uv():
    config = (
        "global.index-url='https://mirror.example/simple'\n"
        ":env:.index-url='https://nearer.example/simple'\n"
        "global.cert='/etc/firm.pem'\n"
        "global.timeout='60'\n"
    )

    assert mirror_settings(config, {}) == {
        "UV_DEFAULT_INDEX": "https://nearer.example/simple",
        "SSL_CERT_FILE": "/etc/firm.pem",
    }
    assert mirror_settings(config, {"UV_DEFAULT_INDEX": "x", "SSL_CERT_FILE": "y"}) == {}


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ("v20.0.0", True),
        ("v100.1.0", True),
        ("v19.9.9", False),
        ("v9.11.2", False),
        ("", False),
        ("20", False),
    ],
)
def test_node_of_20_or_newer_is_new_enough(version, fits):
    assert is_new_enough(version) is fits


@pytest.mark.parametrize(
    ("programs", "found"),
    [
        ({"node": "echo v22.1.0", "npm": "echo 10.0.0"}, True),
        ({"node": "echo v18.19.1", "npm": "echo 9.2.0"}, False),
        ({"node": "echo v22.1.0"}, False),
        ({"node": "echo v22.1.0", "npm": "exit 1"}, False),
        ({}, False),
    ],
)
def test_system_node_counts_only_with_a_working_npm(tmp_path, monkeypatch, programs, found):
    for name, code in programs.items():
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{code}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    node = system_node()

    assert (node is not None) is found
    if node:
        assert node.node == tmp_path / "node"
        assert node.npm == (str(tmp_path / "npm"),)
