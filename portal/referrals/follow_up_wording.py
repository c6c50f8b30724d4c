"""Words that people read for what companies answer when they are asked how it went."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.referrals.agreement import Disagreement
from portal.referrals.codes import Outcome
from portal.referrals.follow_up_codes import NO_PART, Anyway, Contact, Helped
from portal.referrals.follow_up_times import Stage

CONTACT: Mapping[str, LazyString] = {
    Contact.YES: _l("Yes, we have talked"),
    Contact.ARRANGED: _l("Not yet, but we have a date"),
    Contact.NO: _l("No, nobody got in touch"),
}
HELPED: Mapping[str, LazyString] = {
    Helped.YES: _l("Yes"),
    Helped.PARTLY: _l("A little"),
    Helped.NO: _l("No"),
    Helped.TOO_EARLY: _l("Too early to say"),
}
# The words of the national survey of manufacturing extension clients, said to an owner.
RESULTS: Mapping[str, LazyString] = {
    Outcome.SALES: _l("We sell more, or kept sales we would have lost"),
    Outcome.JOBS: _l("We hired people, or kept jobs we would have lost"),
    Outcome.COST_SAVED: _l("We save costs"),
    Outcome.INVESTMENT: _l("We invested in machines, training or software"),
    Outcome.OTHER: _l("Something else got better"),
    Outcome.NO_CHANGE_YET: _l("Nothing has changed yet"),
    NO_PART: _l("We did not take part in the end"),
}
AMOUNT: Mapping[str, LazyString] = {
    Outcome.SALES: _l("About how many dollars a year?"),
    Outcome.JOBS: _l("About how many people?"),
    Outcome.COST_SAVED: _l("About how many dollars a year?"),
    Outcome.INVESTMENT: _l("About how many dollars in all?"),
}
ANYWAY: Mapping[str, LazyString] = {
    Anyway.NO: _l("No"),
    Anyway.LATER: _l("Yes, but later or smaller"),
    Anyway.YES: _l("Yes, just the same"),
    Anyway.UNSURE: _l("Not sure"),
}
BAND: Mapping[str, LazyString] = {
    "under-10k": _l("under $10,000"),
    "10k-50k": _l("$10,000 to $50,000"),
    "50k-250k": _l("$50,000 to $250,000"),
    "250k-1m": _l("$250,000 to $1 million"),
    "1m-plus": _l("$1 million or more"),
    "1-4": _l("1 to 4 people"),
    "5-19": _l("5 to 19 people"),
    "20-plus": _l("20 people or more"),
}
STAGE: Mapping[str, LazyString] = {
    Stage.DAY_14: _l("after 14 days"),
    Stage.DAY_90: _l("after 90 days"),
    Stage.MONTH_6: _l("after 6 months"),
    Stage.MONTH_12: _l("after 12 months"),
}
DISAGREEMENT: Mapping[str, LazyString] = {
    Disagreement.CONTACT: _l(
        "The program says that they are in contact; the company says that nobody got in touch."
    ),
    Disagreement.PART: _l(
        "The program says that the company took part; the company says that it did not."
    ),
    Disagreement.OUTCOME: _l(
        "The program names a result; the company says that nothing has changed yet."
    ),
    Disagreement.UNREACHABLE: _l(
        "The program could not reach the company; the company says that they have talked."
    ),
}
