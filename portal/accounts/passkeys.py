"""Passkeys (WebAuthn level 2) as second factor: enrolled, and asked for. The caller commits."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from portal.accounts import audit
from portal.accounts.models import Account, Passkey
from portal.extensions import db
from portal.lazy import lazy

if TYPE_CHECKING:
    import webauthn
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor
else:
    webauthn = lazy("webauthn")

LONGEST_NAME = 60
MOST = 10  # of one account


class PasskeyError(Exception):
    """The device's answer cannot be used."""


def enrolment_options(account: Account, *, host: str, site: str) -> tuple[dict[str, Any], str]:
    """Return what a browser needs to make a passkey, and the challenge to keep.

    Args:
        account: whose.
        host: name that the portal is reached by, without a port.
        site: name that people read.
    """
    options = webauthn.generate_registration_options(
        rp_id=host,
        rp_name=site,
        user_id=account.id.bytes,
        user_name=account.email,
        user_display_name=account.name or account.email,
        exclude_credentials=_known(account),
        authenticator_selection=webauthn.helpers.structs.AuthenticatorSelectionCriteria(
            resident_key=webauthn.helpers.structs.ResidentKeyRequirement.DISCOURAGED,
            user_verification=webauthn.helpers.structs.UserVerificationRequirement.PREFERRED,
        ),
    )
    return _as_json(options), webauthn.helpers.bytes_to_base64url(options.challenge)


def enrol(
    account: Account,
    answer: Mapping[str, Any],
    *,
    challenge: str,
    host: str,
    origin: str,
    name: str,
    now: datetime,
) -> Passkey:
    """Keep a new passkey.

    Raises:
        PasskeyError: the answer does not belong to the challenge, or there are too many keys.
    """
    if len(account.passkeys) >= MOST:
        raise PasskeyError
    try:
        verified = webauthn.verify_registration_response(
            credential=dict(answer),
            expected_challenge=webauthn.base64url_to_bytes(challenge),
            expected_rp_id=host,
            expected_origin=origin,
        )
    except (
        webauthn.helpers.exceptions.WebAuthnException,
        ValueError,
        TypeError,
        KeyError,
    ) as error:
        raise PasskeyError from error
    passkey = Passkey(
        id=uuid.uuid4(),
        credential_id=webauthn.helpers.bytes_to_base64url(verified.credential_id),
        public_key=webauthn.helpers.bytes_to_base64url(verified.credential_public_key),
        sign_count=verified.sign_count,
        name=name[:LONGEST_NAME],
        created_at=now,
        used_at=None,
    )
    account.passkeys.append(passkey)
    audit.record(
        "account:second-factor",
        object_kind="account",
        object_id=account.id,
        now=now,
        by=account,
        kind="passkey",
    )
    db.session.flush()
    return passkey


def proof_options(account: Account, *, host: str) -> tuple[dict[str, Any], str]:
    """Return what a browser needs to show a passkey, and the challenge to keep."""
    options = webauthn.generate_authentication_options(
        rp_id=host,
        allow_credentials=_known(account),
        user_verification=webauthn.helpers.structs.UserVerificationRequirement.PREFERRED,
    )
    return _as_json(options), webauthn.helpers.bytes_to_base64url(options.challenge)


def prove(
    account: Account,
    answer: Mapping[str, Any],
    *,
    challenge: str,
    host: str,
    origin: str,
    now: datetime,
) -> None:
    """Check the signature of a passkey.

    Raises:
        PasskeyError: unknown key, wrong signature, or a copied device.
    """
    known = {passkey.credential_id: passkey for passkey in account.passkeys}
    passkey = known.get(str(answer.get("id", "")))
    if passkey is None:
        raise PasskeyError
    try:
        verified = webauthn.verify_authentication_response(
            credential=dict(answer),
            expected_challenge=webauthn.base64url_to_bytes(challenge),
            expected_rp_id=host,
            expected_origin=origin,
            credential_public_key=webauthn.base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
        )
    except (
        webauthn.helpers.exceptions.WebAuthnException,
        ValueError,
        TypeError,
        KeyError,
    ) as error:
        raise PasskeyError from error
    passkey.sign_count, passkey.used_at = verified.new_sign_count, now


def _as_json(options: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return told


def _known(account: Account) -> list[PublicKeyCredentialDescriptor]:
    return [
        webauthn.helpers.structs.PublicKeyCredentialDescriptor(
            id=webauthn.base64url_to_bytes(passkey.credential_id)
        )
        for passkey in account.passkeys
    ]
