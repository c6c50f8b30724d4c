"""Libraries that few requests need: loaded when they are first used, to keep memory small."""

from __future__ import annotations

import importlib
import importlib.util
from types import ModuleType
from typing import Any


class _Lazy(ModuleType):
    """Stands for a module until it is looked into.

    `importlib.util.LazyLoader` is not safe with threads before Python 3.13: a second thread may
    see a module that is half loaded. An import takes the module's lock, so here it waits.
    """

    def __getattr__(self, name: str) -> Any:
        """Load the module, once, and look into it."""
        return getattr(importlib.import_module(self.__name__), name)


def lazy(name: str) -> ModuleType:
    """Return a module that loads itself at the first look into it.

    Args:
        name: of an installed module; one that is missing raises at once, as an import would.

    Raises:
        ModuleNotFoundError: it is not installed.
    """
    if importlib.util.find_spec(name) is None:
        raise ModuleNotFoundError(name)
    return _Lazy(name)
