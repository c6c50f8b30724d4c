"""Turns a form that was sent into what is asked of whom; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from portal.directory.vocabulary import SIZE_BANDS
from portal.i18n import current_language
from portal.referrals.addressees import Addressee
from portal.referrals.ask_forms import AskForm, CompanyForm
from portal.referrals.consent import Consent
from portal.referrals.moving import OWNER
from portal.referrals.operations import Company, Recipient, Request
from portal.referrals.prefilling import AskedFor
from portal.referrals.stamps import Stamp
from portal.referrals.suspicion import Signal
from portal.wizard.index import wizard_index


def request_of(
    form: AskForm,
    addressees: Sequence[Addressee],
    *,
    stamp: Stamp,
    asked: AskedFor,
    knew: Mapping[str, str],
    state_consent: Consent,
) -> Request:
    """Return what a form asks of the programs that were ticked.

    Args:
        form: valid.
        addressees: all programs that it offered.
        stamp: of the form; its key makes two clicks one request.
        asked: what is asked, as codes.
        knew: slug → what was said on the way to the form.
        state_consent: what was ticked for the state, if it was.
    """
    ticked = set(form.ticked)
    return Request(
        company=company_of(form, audience=asked.audience),
        recipients=[
            Recipient(
                one.service,
                one.via_navigator,
                consent_version=one.consent.version,
                consent_text=one.consent.text,
                knew_before=knew.get(one.service.slug, ""),
            )
            for one in addressees
            if one.service.slug in ticked
        ],
        idempotency_key=stamp.key,
        need=asked.need,
        form=asked.form,
        language=current_language(),
        by=OWNER,
        channel="web" if form.email.data else "phone",
        kind=asked.kind,
        shares_text=state_consent.text if form.shares.data else "",
    )


def company_of(form: CompanyForm, *, audience: str = "") -> Company:
    """Return who asks, with what is counted of it: region, size band, industry."""
    postal_code, employees = form.postal_code.data or "", form.employee_count
    programs = wizard_index().refresh()
    industry = form.industry.data or ""
    return Company(
        name=form.name.data or "",
        need_text=form.need_text.data or "",
        email=form.email.data or "",
        phone=form.phone.data or "",
        company=form.company.data or "",
        postal_code=postal_code,
        employees=employees,
        best_time=form.best_time.data or "",
        audience=audience,
        industry=industry if industry in programs.industries else "",
        region=next(iter(programs.places.regions_of_zip.get(postal_code, ())), ""),
        size=size_band(employees),
    )


def size_band(employees: int | None) -> str:
    """Return the code of the size band that a number of people lies in; blank: not said."""
    if not employees:
        return ""
    return next(
        code
        for code, low, high in SIZE_BANDS
        if low <= employees and (high is None or employees <= high)
    )


def signals_of_form(form: AskForm, stamp: Stamp, now: datetime) -> tuple[Signal, ...]:
    """Return what a form gives away of a machine: a filled trap, an answer without reading."""
    signals = {
        Signal.TRAP: bool(form.website.data),
        Signal.TOO_FAST: stamp.is_too_fast(now),
    }
    return tuple(signal for signal, is_found in signals.items() if is_found)
