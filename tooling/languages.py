"""Decides whether the translations must be compiled; tooling/translations.py compiles."""

from tooling.packages import ensure_packages
from tooling.places import PYTHON, ROOT, SETUP, TRANSLATIONS
from tooling.stamps import Stamp, fingerprint
from tooling.steps import run_step, say


def ensure_translations() -> None:
    """Compile each language's messages, unless it was done since they changed."""
    catalogs = list(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))
    value = fingerprint([*catalogs, ROOT / "tooling" / "translations.py"])
    stamp = Stamp(SETUP / "stamps" / "translations")
    if stamp.holds(value) and all(file.with_suffix(".mo").exists() for file in catalogs):
        return
    ensure_packages("run")
    say("Compiling translations…")
    run_step([PYTHON, "-m", "tooling.translations", "compile"], "Compiling translations", show=True)
    stamp.write(value)
