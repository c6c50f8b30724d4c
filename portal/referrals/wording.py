"""Words that people read for statuses, codes and roles of referrals."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.referrals.codes import Outcome, Reason, UnmetCode
from portal.referrals.introductions import Introduction
from portal.referrals.states import Role, Status
from portal.referrals.suspicion import Signal
from portal.wizard.labels import need_label

# "they" is the program, "you" the company: these stand on the company's own page.
STATUS_FOR_COMPANY: Mapping[Status, LazyString] = {
    Status.DRAFT: _l("Not sent yet"),
    Status.AWAITING_CONFIRMATION: _l("Waiting for you to confirm your e-mail"),
    Status.AWAITING_CONSENT: _l("Waiting for your consent"),
    Status.SENT: _l("Sent; waiting for their answer"),
    Status.RECEIVED: _l("They have it; waiting for their answer"),
    Status.ACCEPTED: _l("Accepted; they will contact you"),
    Status.DECLINED: _l("They cannot help with this"),
    Status.INFORMATION_REQUESTED: _l("They have a question for you"),
    Status.REDIRECTED: _l("Passed on to another program"),
    Status.EXPIRED: _l("No answer came"),
    Status.CONTACT_MADE: _l("You are in contact"),
    Status.WAITLISTED: _l("You are on their waiting list"),
    Status.ENROLLED: _l("You are in the program"),
    Status.NOT_ENROLLED: _l("You did not join the program"),
    Status.COMPLETED: _l("Completed"),
    Status.DISCONTINUED: _l("Ended early"),
    Status.WITHDRAWN: _l("Withdrawn"),
    Status.CLOSED_UNMET: _l("Closed without a program; the state keeps the need in its list"),
    Status.ENTERED_IN_ERROR: _l("Entered by mistake"),
}
# For staff, navigators and managers.
STATUS: Mapping[Status, LazyString] = {
    Status.DRAFT: _l("Draft"),
    Status.AWAITING_CONFIRMATION: _l("Waiting for the company to confirm"),
    Status.AWAITING_CONSENT: _l("Waiting for the company's consent"),
    Status.SENT: _l("New"),
    Status.RECEIVED: _l("Opened, not answered"),
    Status.ACCEPTED: _l("Accepted, to be contacted"),
    Status.DECLINED: _l("Declined"),
    Status.INFORMATION_REQUESTED: _l("Question to the company"),
    Status.REDIRECTED: _l("Passed on"),
    Status.EXPIRED: _l("Expired without an answer"),
    Status.CONTACT_MADE: _l("In contact"),
    Status.WAITLISTED: _l("On the waiting list"),
    Status.ENROLLED: _l("Enrolled"),
    Status.NOT_ENROLLED: _l("Not enrolled"),
    Status.COMPLETED: _l("Completed"),
    Status.DISCONTINUED: _l("Ended early"),
    Status.WITHDRAWN: _l("Withdrawn"),
    Status.CLOSED_UNMET: _l("Closed, need unmet"),
    Status.ENTERED_IN_ERROR: _l("Entered by mistake"),
}
REASON: Mapping[Reason, LazyString] = {
    Reason.NOT_ELIGIBLE_SIZE: _l("Not eligible: size of the company"),
    Reason.NOT_ELIGIBLE_INDUSTRY: _l("Not eligible: industry"),
    Reason.NOT_ELIGIBLE_REGION: _l("Not eligible: region"),
    Reason.CAPACITY: _l("No capacity at present"),
    Reason.COST: _l("Cost"),
    Reason.PROGRAM_CLOSED: _l("The program is closed"),
    Reason.DUPLICATE: _l("Already asked"),
    Reason.UNREACHABLE: _l("The company could not be reached"),
    Reason.WRONG_NEED: _l("The program does something else"),
    Reason.COMPANY_DECLINED: _l("The company decided against it"),
    Reason.OTHER: _l("Another reason"),
}
UNMET: Mapping[UnmetCode, LazyString] = {
    UnmetCode.NO_PROGRAM: _l("No program exists"),
    UnmetCode.NONE_IN_REGION: _l("None in the region"),
    UnmetCode.NONE_FOR_SIZE: _l("None for companies of this size"),
    UnmetCode.NOT_AFFORDABLE: _l("Not affordable"),
    UnmetCode.WAIT_TOO_LONG: _l("The wait is too long"),
    UnmetCode.ELIGIBILITY_GAP: _l("Not eligible anywhere"),
    UnmetCode.TIMING: _l("Not at this time"),
    UnmetCode.LANGUAGE_OR_ACCESS: _l("Language or access"),
    UnmetCode.OTHER: _l("Another reason"),
}
OUTCOME: Mapping[Outcome, LazyString] = {
    Outcome.SALES: _l("More or retained sales"),
    Outcome.JOBS: _l("Jobs created or kept"),
    Outcome.COST_SAVED: _l("Costs saved"),
    Outcome.INVESTMENT: _l("New investment"),
    Outcome.NO_CHANGE_YET: _l("No change yet"),
    Outcome.OTHER: _l("Something else"),
}
INTRODUCTION: Mapping[str, LazyString] = {
    Introduction.PROTOTYPES: _l("A shop that makes prototypes or a first series"),
    Introduction.PILOT: _l("A large manufacturer to try it out with"),
    Introduction.LABORATORY: _l("A university laboratory"),
    Introduction.SUPPLIERS: _l("Suppliers that can be brought up to your needs"),
}
SIGNAL: Mapping[str, LazyString] = {
    Signal.TRAP: _l("A field was filled in that people do not see"),
    Signal.TOO_FAST: _l("It was sent sooner than anybody can read the form"),
    Signal.LINKS: _l("It holds links"),
    Signal.MARKUP: _l("It holds code of web pages"),
    Signal.REPEATED: _l("It repeats itself"),
    Signal.ADVERTISING: _l("It reads like an advertisement"),
    Signal.SAME_TEXT: _l("Others sent the very same words within a day"),
    Signal.MANY_OF_ONE: _l("Many requests of one company within a day"),
    Signal.MANY_FOR_ONE: _l("Many requests for one program within a day"),
    Signal.MANY_AT_ONCE: _l("Many requests within one hour"),
}
ROLE: Mapping[Role, LazyString] = {
    Role.OWNER: _l("The company"),
    Role.STAFF: _l("Referring staff"),
    Role.NAVIGATOR: _l("The navigator"),
    Role.PROGRAM: _l("The program"),
    Role.MANAGER: _l("A manager"),
    Role.SYSTEM: _l("The portal"),
    Role.CREATOR: _l("Whoever entered it"),
}
# Who must move next.
MOVER: Mapping[str, LazyString] = {
    "company": _l("the company"),
    "program": _l("the program"),
    "navigator": _l("the navigator"),
}


def need_in_words(code: str) -> str:
    """Return what people read for the need of a request, in the language of the page."""
    return str(INTRODUCTION[code]) if code in INTRODUCTION else need_label(code)
