"""The second factor: codes of an authenticator app, and ten codes for the day it is lost."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime

import pyotp

from portal.accounts import audit
from portal.accounts.models import Account, RecoveryCode
from portal.accounts.tokens import digest_of
from portal.extensions import db

CODES = 10
STEP_S = 30
DRIFT_STEPS = 1  # a clock that is half a minute off is no reason to be locked out
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
CODE_LENGTH = 10


def new_secret() -> str:
    """Return a secret for an authenticator app (base32)."""
    return str(pyotp.random_base32())


def enrolment_address(account: Account, secret: str, issuer: str) -> str:
    """Return what the app reads from the QR code."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=issuer))


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the number of the half minute that a code is of; None when it is of none near now."""
    present = int(now.timestamp()) // STEP_S
    totp = pyotp.TOTP(secret)
    typed = "".join(code.split())
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if secrets.compare_digest(totp.at(step * STEP_S), typed.encode("ascii", "ignore").decode()):
            return step
    return None


def enrol(account: Account, secret: str, code: str, *, now: datetime) -> list[str] | None:
    """Enrol an app once its code is right; returns ten recovery codes, None when it is wrong."""
    step = step_of(secret, code, now)
    if step is None:
        return None
    account.totp_secret, account.totp_step = secret, step
    audit.record(
        "account:second-factor",
        object_kind="account",
        object_id=account.id,
        now=now,
        by=account,
        kind="app",
    )
    return renew_recovery_codes(account)


def is_right(account: Account, code: str, *, now: datetime) -> bool:
    """Whether a code is right and was not used before; a used one never works again."""
    if account.totp_secret:
        step = step_of(account.totp_secret, code, now)
        if step is not None and step > account.totp_step:
            account.totp_step = step
            return True
    return _use_recovery_code(account, code, now)


def renew_recovery_codes(account: Account) -> list[str]:
    """Make ten new codes; the old ones end. They are shown once and kept as digests."""
    account.recovery_codes.clear()
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(CODES)]
    for code in codes:
        account.recovery_codes.append(
            RecoveryCode(id=uuid.uuid4(), digest=digest_of(code), used_at=None)
        )
    db.session.flush()
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _use_recovery_code(account: Account, typed: str, now: datetime) -> bool:
    digest = digest_of(typed.strip().lower().replace("-", "").replace(" ", ""))
    for code in account.recovery_codes:
        if code.used_at is None and secrets.compare_digest(code.digest, digest):
            code.used_at = now
            audit.record(
                "account:recovery-code",
                object_kind="account",
                object_id=account.id,
                now=now,
                by=account,
            )
            return True
    return False
