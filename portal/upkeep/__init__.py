"""Upkeep: what keeps listings true: confirmations, reminders, suggestions, links that answer."""
