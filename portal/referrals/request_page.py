"""Puts the page of one request together: what is known, what happened, what may be done now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import abort, g, render_template, request

from portal import clock
from portal.accounts.models import Account
from portal.accounts.signing import settings
from portal.permissions import Permission, may
from portal.referrals import queries_page
from portal.referrals.about_words import facts_of, need_of, people_of
from portal.referrals.answer_forms import AssignForm, IntroductionForm, NoteForm
from portal.referrals.answer_words import MOVES, done_words, fact_words, who_words
from portal.referrals.answering import is_passed_on, last_seen
from portal.referrals.calendars import calendar_of
from portal.referrals.clock_words import late_days, late_words, move_words
from portal.referrals.models import INTRODUCTION, Referral
from portal.referrals.move_forms import FORMS, MoveForm, SuggestingForm
from portal.referrals.offered import offered
from portal.referrals.standing import PROGRAM
from portal.referrals.states import ENDED, OPEN, Status
from portal.referrals.suggested_programs import Suggestions, label_of
from portal.referrals.wording import STATUS

MOST_DIGITS = 15
# The field of a move's form that a saved reply goes into.
REPLY_FIELDS = {
    Status.ACCEPTED: "note",
    Status.DECLINED: "note",
    Status.INFORMATION_REQUESTED: "question",
}


def request_or_404(reference: str) -> Referral:
    """Return a request that whoever is signed in may answer; 404 for any other.

    It was sent to a program of theirs, or to the navigator in the program's place.
    """
    referral = queries_page.by_reference(reference)
    if referral is None or referral.sent_at is None or not _may_answer(referral):
        abort(404)
    return referral


def _may_answer(referral: Referral) -> bool:
    if may(g.actor, Permission.REFERRAL_ANSWER, organization_id=referral.organization_id):
        return True
    return referral.via_navigator and may(g.actor, Permission.REFERRAL_NAVIGATE)


def today() -> date:
    """Return the day that it is where the offices are."""
    return calendar_of(settings()).day_of(clock.now())


def seen_number() -> int:
    """Return the last event that whoever sent a form has seen; 0 where that is no number."""
    text = request.form.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else 0


@dataclass(frozen=True)
class RequestPage:
    """One request as somebody sees it who may answer it."""

    referral: Referral
    account: Account

    @cached_property
    def suggestions(self) -> Suggestions:
        """The programs that it can be passed on to."""
        return Suggestions(self.referral)

    @cached_property
    def offered(self) -> tuple[Status, ...]:
        """The moves that the table and the time allow now, without what is made in another way."""
        found = offered(
            self.referral.standing,
            now=clock.now(),
            is_creator=self.referral.episode.creator_id == self.account.id,
            is_passed_on=is_passed_on(self.referral),
        )
        if self.makes_introductions:  # contact is made by the introduction itself
            return tuple(target for target in found if target is not Status.CONTACT_MADE)
        return found

    @property
    def makes_introductions(self) -> bool:
        """Whether the program is to bring the company together with somebody, and may do so now."""
        return (
            self.referral.episode.kind == INTRODUCTION and self.referral.status == Status.ACCEPTED
        )

    def form_of(self, target: Status, *, is_sent: bool = False) -> MoveForm:
        """Return the form of a move, with what was sent or with what can be known beforehand."""
        kind = FORMS[target]
        options: dict[str, Any] = {"today": today(), "prefix": f"{target}-"}
        if issubclass(kind, SuggestingForm):
            options |= {"best": self.suggestions.best, "fault_of": self.suggestions.fault_of}
        if is_sent:
            return kind(**options)
        data = {"contact_name": self.account.name} if target is Status.ACCEPTED else None
        if target is Status.CONTACT_MADE:
            data = {"contact_on": today()}  # type: ignore[dict-item]  # a day for a day's field
        return kind(formdata=None, data=data, **options)

    def render(
        self,
        *,
        sent: Mapping[Status, MoveForm] | None = None,
        note_form: NoteForm | None = None,
        assign_form: AssignForm | None = None,
        introduction_form: IntroductionForm | None = None,
        conflict_since: int | None = None,
        typed: list[tuple[str, str]] | None = None,
    ) -> str:
        """Return the page.

        Args:
            sent: the form that was sent, by its move: it is open and says what is wrong.
            note_form: sent and not right.
            assign_form: sent and not right.
            introduction_form: sent and not right.
            conflict_since: the last event that whoever sent a form had seen; None: no conflict.
            typed: labels and texts of a form that is no longer offered.
        """
        referral, now, calendar = self.referral, clock.now(), calendar_of(settings())
        standing = referral.standing
        late = late_days(referral.due_at, now=now, calendar=calendar)
        happened = queries_page.happenings(referral.id)
        sent = sent or {}
        is_program = self.account.organization_ids & {referral.organization_id}
        return render_template(
            "referrals/work_request.html",
            referral=referral,
            episode=referral.episode,
            details=referral.episode.details,
            need=need_of(referral.episode),
            facts=facts_of(referral.episode),
            people=people_of(referral.episode),
            status=STATUS[standing.status],
            turn=move_words(standing, now=now, calendar=calendar),
            late=late_words(late) if standing.mover == PROGRAM and late is not None else "",
            seen=last_seen(referral.id),
            seen_all=happened[-1].number,
            moves=[
                (target, *MOVES[target], sent.get(target) or self.form_of(target), target in sent)
                for target in self.offered
            ],
            happened=[(one, done_words(one), who_words(one), fact_words(one)) for one in happened],
            meanwhile=[
                (one, done_words(one), who_words(one), fact_words(one))
                for one in happened
                if conflict_since is not None and one.number > conflict_since and not one.is_receipt
            ],
            is_conflict=conflict_since is not None,
            typed=typed or [],
            note_form=note_form or NoteForm(formdata=None, prefix="note-"),
            assign_form=assign_form or self.assign_form(),
            introduction_form=introduction_form
            or IntroductionForm(formdata=None, prefix="introduction-"),
            makes_introductions=self.makes_introductions,
            is_ended=standing.status in ENDED,
            introductions=queries_page.introductions(referral.id),
            replies=queries_page.saved_replies(referral.organization_id),
            reply_fields=REPLY_FIELDS,
            children=[
                (child, STATUS[Status(child.status)], Status(child.status) in OPEN)
                for child in referral.children
            ],
            program_names=[label_of(service) for service in self.suggestions.services]
            if {Status.DECLINED, Status.REDIRECTED} & set(self.offered)
            else [],
            is_new=referral.status == Status.SENT and bool(is_program),
            done=request.args.get("done", ""),
        )

    def assign_form(self, *, is_sent: bool = False) -> AssignForm:
        """Return the form that says who looks after the request."""
        people = [
            (str(one.id), one.name or one.email)
            for one in queries_page.colleagues(self.referral.organization_id)
        ]
        if is_sent:
            return AssignForm(prefix="assign-", people=people)
        chosen = {"assignee": str(self.referral.assignee_id or "")}
        return AssignForm(formdata=None, data=chosen, prefix="assign-", people=people)
