"""The programs to ask next for one referral, with the reasons in words as a plan gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal import clock
from portal.directory.models import Service
from portal.directory.rounds import applications
from portal.directory.vocabulary import SIZE_BANDS
from portal.referrals import queries_next_best as queries
from portal.referrals.chaining import facts_of
from portal.referrals.models import INTRODUCTION, Episode, Referral
from portal.referrals.next_best import next_best as choose
from portal.referrals.queries_clocks import last_move_of
from portal.referrals.states import WITHOUT_CHILD_UNMET, Status
from portal.wizard.current import current_needs
from portal.wizard.index import wizard_index
from portal.wizard.matching import Match
from portal.wizard.plan_page import unanswered
from portal.wizard.profile import CompanyProfile
from portal.wizard.queries import term_names
from portal.wizard.reasons import Criterion, Situation, criteria_of

# In these another program may be asked, once the first was told.
OPEN_TO_NEXT = WITHOUT_CHILD_UNMET | {Status.CLOSED_UNMET}


@dataclass(frozen=True, slots=True)
class NextProgram:
    """A program to ask next: `criteria` say in words why it may fit."""

    service: Service
    match: Match
    criteria: tuple[Criterion, ...]


def next_best(referral: Referral) -> list[NextProgram]:
    """Return the programs that fit best after one said no or nothing; none is an honest answer."""
    return best_of_others(referral) if may_ask_next(referral) else []


def best_of_others(referral: Referral) -> list[NextProgram]:
    """Return the programs that fit a request best of those that it did not go to yet."""
    episode = referral.episode
    profile = profile_of(episode)
    found = choose(
        wizard_index().refresh().match(profile).results,
        reason=_reason_of(referral),
        asked=queries.asked_slugs(episode),
        paused=queries.paused_slugs(),
        only=queries.connecting_like(referral.service) if episode.kind == INTRODUCTION else None,
    )
    matches = {match.candidate.slug: match for match in found}
    situation = _situation(profile, episode)
    silent = unanswered(profile) | {"open"}
    return [
        NextProgram(
            service,
            matches[service.slug],
            tuple(c for c in criteria_of(matches[service.slug], situation) if c.name not in silent),
        )
        for service in queries.published_by_slugs(list(matches))
    ]


def may_ask_next(referral: Referral) -> bool:
    """Whether a referral has ended so that another program may be asked."""
    return (
        referral.sent_at is not None
        and Status(referral.status) in OPEN_TO_NEXT
        and referral.episode.details.erased_at is None
    )


def profile_of(episode: Episode) -> CompanyProfile:
    """Return what the matching may know of a request: coarse, and still there after an erasure."""
    employees = episode.details.employees
    if employees is None:
        employees = next((low for code, low, _high in SIZE_BANDS if code == episode.size), None)
    needs = current_needs()
    rule = needs.rule_of(episode.need) or needs.rule_of(episode.form)
    return CompanyProfile(
        audience=episode.audience,
        employees=employees,
        industry=episode.industry,
        regions=(episode.region,) if episode.region else (),
        needs=(rule,) if rule else (),
    )


def _reason_of(referral: Referral) -> str:
    """Return the code for which a program said no; blank for none."""
    event = last_move_of(referral)
    if event.action == Status.CLOSED_UNMET:
        before: Sequence[str] = [
            facts_of(one).get("reason", "") for one in referral.events if one.action == event.source
        ]
        return before[-1] if before else ""
    return facts_of(event).get("reason", "")


def _situation(profile: CompanyProfile, episode: Episode) -> Situation:
    names, today = term_names("region"), clock.today()
    return Situation(
        profile,
        names.get(episode.region, episode.region),
        names,
        lambda program: applications(program.seasons, today),
    )
