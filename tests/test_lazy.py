"""Libraries that load themselves at the first look, whoever looks first."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.lazy import lazy

SLOW = """
import threading
threading.Event().wait(0.05)
VALUE = 42
"""


@pytest.fixture
def slow_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A module that takes a while to load."""
    (tmp_path / "slow_module_of_a_test.py").write_text(SLOW, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "slow_module_of_a_test"
    sys.modules.pop("slow_module_of_a_test", None)


def test_a_module_is_not_loaded_before_it_is_looked_into(slow_module):
    module = lazy(slow_module)

    assert slow_module not in sys.modules
    assert module.VALUE == 42


def test_threads_that_look_at_the_same_moment_all_see_a_whole_module(slow_module):
    module, found, start = lazy(slow_module), [], threading.Barrier(8)

    def look() -> None:
        start.wait()
        found.append(getattr(module, "VALUE", "missing"))

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [42] * 8


def test_a_module_that_is_not_installed_is_missed_at_once():
    with pytest.raises(ModuleNotFoundError):
        lazy("no_such_module_is_installed")
