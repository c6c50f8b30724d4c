"""Addresses that letters lead to; those with a token are a contract with whoever has the letter."""

from __future__ import annotations

from flask import url_for


def tracking_path(token: str) -> str:
    """Return the path of a company's own page, in the language of the request."""
    return f"{url_for('pages.home')}referrals/{token}"


def tracking_url(token: str) -> str:
    """Return where a company follows its request."""
    return f"{_root()}referrals/{token}"


def confirming_url(token: str) -> str:
    """Return where somebody who asked says that it was them."""
    return f"{_root()}referrals/confirm/{token}"


def consent_url(token: str) -> str:
    """Return where a company agrees to what others asked for it."""
    return f"{_root()}referrals/consent/{token}"


def answer_url(token: str) -> str:
    """Return where a program answers without an account."""
    return f"{_root()}answer/{token}"


def navigator_url(reference: str) -> str:
    """Return where a navigator works on a request."""
    return url_for("referral_navigator.request_page", reference=reference, _external=True)


def late_list_url() -> str:
    """Return where managers see what is late."""
    return url_for("referral_naming.navigator", _external=True)


def _root() -> str:
    return url_for("pages.home", _external=True)
