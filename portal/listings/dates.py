"""Days as forms write them (pure)."""

from __future__ import annotations

from datetime import date


def day_of(text: str) -> date | None:
    """Return the day that YYYY-MM-DD says; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-03-12") else None
    except ValueError:
        return None
