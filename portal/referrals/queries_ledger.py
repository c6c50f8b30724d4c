"""Reads of the unmet-need ledger: its sources, its groups, who may own one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.accounts.models import ACTIVE, Account, Membership, Navigator
from portal.directory.listed import PUBLISHED
from portal.directory.models import Service, Taxonomy, TaxonomyTerm
from portal.extensions import db
from portal.permissions import Role
from portal.referrals.chaining import facts_of
from portal.referrals.ledger import Group, Key, Vocabulary, grouped
from portal.referrals.ledger_models import UnmetNeed, UnmetNeedChange
from portal.referrals.models import MOVE, Episode, Event, Referral
from portal.referrals.states import Status
from portal.search.demand import ZERO
from portal.search.models import SearchDemand
from portal.wizard.demand import NONE_FITS
from portal.wizard.models import PlanDemand
from portal.wizard.needs import FORM_CODES

WINDOW_DAYS = 365
# Another program of the same request took it on, so that the need is met.
MET = (
    Status.ACCEPTED,
    Status.CONTACT_MADE,
    Status.WAITLISTED,
    Status.ENROLLED,
    Status.COMPLETED,
)


def groups(*, now: datetime) -> list[Group]:
    """Return all groups of the last 365 days, and those that somebody has taken on."""
    since_at = now - timedelta(days=WINDOW_DAYS)
    return grouped(
        requests=[(key, code) for key, code, _referral in closed_requests(since_at=since_at)],
        searches=_searches(since_at.date()),
        plans=_plans(since_at.date()),
        kept=unmet_needs(),
        none_kind=NONE_FITS,
        fold=vocabulary().fold,
    )


def vocabulary() -> Vocabulary:
    """Return the words that groups are made of: those of the catalogue."""
    return Vocabulary(FORM_CODES, names_of("industry"), names_of("region"))


def closed_requests(
    *, since_at: datetime, key: Key | None = None
) -> list[tuple[Key, str, Referral]]:
    """Return the requests that were closed unmet, the latest first: group, code, a referral of it.

    A request that went to several programs counts once, and not at all where one took it on.

    Args:
        since_at: closed at this moment or later.
        key: of one group; None: of all.
    """
    other = aliased(Referral)
    is_met = exists().where(other.episode_id == Referral.episode_id, other.status.in_(MET))
    question = (
        select(Event, Referral, Episode)
        .join(Referral, Referral.id == Event.referral_id)
        .join(Episode, Episode.id == Referral.episode_id)
        .where(
            Event.kind == MOVE,
            Event.action == Status.CLOSED_UNMET,
            Event.at >= since_at,
            Referral.status == Status.CLOSED_UNMET,
            ~is_met,
        )
        .order_by(Event.number.desc())
    )
    fold = vocabulary().fold
    found: dict[object, tuple[Key, str, Referral]] = {}
    for event, referral, episode in db.session.execute(question):
        group = fold(Key(episode.form, episode.industry, episode.region))
        found.setdefault(episode.id, (group, facts_of(event)["unmet"], referral))
    return [each for each in found.values() if key is None or each[0] == key]


def _searches(since_on: date) -> list[tuple[str, str, int]]:
    rows = db.session.execute(
        select(SearchDemand.facets, SearchDemand.near, func.sum(SearchDemand.count))
        .where(SearchDemand.kind == ZERO, SearchDemand.day >= since_on)
        .group_by(SearchDemand.facets, SearchDemand.near)
    )
    return [(facets, near, int(count)) for facets, near, count in rows]


def _plans(since_on: date) -> list[tuple[Key, str, int]]:
    group = (PlanDemand.form, PlanDemand.industry, PlanDemand.region, PlanDemand.kind)
    rows = db.session.execute(
        select(*group, func.sum(PlanDemand.count))
        .where(PlanDemand.day >= since_on)
        .group_by(*group)
    )
    return [
        (Key(form, industry, region), kind, int(count))
        for form, industry, region, kind, count in rows
    ]


def unmet_needs() -> dict[Key, UnmetNeed]:
    """Return the groups that somebody has taken on."""
    rows = db.session.scalars(
        select(UnmetNeed).options(joinedload(UnmetNeed.owner), joinedload(UnmetNeed.answered_by))
    )
    return {Key(row.form, row.industry, row.region): row for row in rows}


def unmet_need(key: Key) -> UnmetNeed | None:
    """Return what was made of a group; None: nobody has taken it on."""
    return db.session.scalars(
        select(UnmetNeed)
        .filter_by(form=key.form, industry=key.industry, region=key.region)
        .execution_options(populate_existing=True)
    ).one_or_none()


def changes_of(need: UnmetNeed | None) -> list[UnmetNeedChange]:
    """Return what was made of a group, the latest first."""
    if need is None:
        return []
    return list(
        db.session.scalars(
            select(UnmetNeedChange)
            .where(UnmetNeedChange.unmet_need_id == need.id)
            .options(
                joinedload(UnmetNeedChange.by),
                joinedload(UnmetNeedChange.owner),
                joinedload(UnmetNeedChange.answered_by),
            )
            .order_by(UnmetNeedChange.version.desc())
        )
    )


def possible_owners() -> list[Account]:
    """Return who may work on unmet needs: managers, administrators, the navigator's staff."""
    navigators = select(Membership.account_id).join(
        Navigator, Navigator.organization_id == Membership.organization_id
    )
    return list(
        db.session.scalars(
            select(Account)
            .where(
                Account.status == ACTIVE,
                or_(
                    Account.role_code.in_((Role.MANAGER, Role.ADMINISTRATOR)),
                    Account.id.in_(navigators),
                ),
            )
            .order_by(Account.name, Account.email)
        )
    )


def programs() -> list[tuple[str, str]]:
    """Return slug and name of the published programs, by name."""
    rows = db.session.execute(
        select(Service.slug, Service.name).where(PUBLISHED).order_by(func.lower(Service.name))
    )
    return [(slug, name) for slug, name in rows]


def names_of(facet: str) -> Mapping[str, str]:
    """Return code → name of a facet's terms but for "any" and "whole state", which say nothing."""
    rows = db.session.execute(
        select(TaxonomyTerm.code, TaxonomyTerm.name)
        .join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
        .where(Taxonomy.slug == facet, TaxonomyTerm.covers_all.is_(False))
    )
    return {row.code: row.name for row in rows}
