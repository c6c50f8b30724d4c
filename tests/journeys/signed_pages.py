"""Every page of those who sign in, and of mailed links, with an example of its address.

Which pages there are comes from the url map; what to open them with from EXAMPLES. A page without
an example fails a test, so that none is left out of what is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from flask import Flask
from werkzeug.routing import Rule

from portal.permissions import NAVIGATOR, PUBLIC, ROLES, Permission, access_of
from tests.journeys.addresses import LANGUAGES, in_language
from tests.seeded import Seeded

BEGINNINGS = ("/staff", "/manage", "/reports", "/account", "/confirm", "/services/<slug:slug>/")
VISITOR, HALF, JOINING = "visitor", "half", "joining"

# Routes of a GET that answer with no page of their own.
NO_PAGE = {
    "imports.rejected": "a file",
    "look_alikes.of_new": "JSON",
    "look_alikes.of_organization": "JSON",
    "look_alikes.of_service": "JSON",
    "referral_dates.calendar": "a file",
    "referral_manage.requests_csv": "a file",
    "referral_navigator.show_code": "shows a code once, after a phone call; then leads on",
    "single_sign_on.begin": "leads to a provider that this portal does not have",
    "single_sign_on.finish": "comes from there",
    "unmet_needs.export": "a file",
}

Values = Mapping[str, object]
LEAN, MASSMEP = {"slug": "massmep-lean"}, {"slug": "massmep"}
QUALITY = {"kinds": "services", "slug": "massmep-quality"}
CNC = {"kind": "synonyms", "key": "cnc"}
OWNER = {"kinds": "organizations", "slug": "massmep"}

# Endpoint → what its parameters are; those that the route does not have go into the query.
EXAMPLES: Mapping[str, Callable[[Seeded], list[Values]]] = {
    "account_links.accept": lambda seen: [{"token": seen.invitation}, {"token": "over"}],
    "account_links.claim": lambda _: [MASSMEP, {**MASSMEP, "sent": 1}],
    "account_links.confirm_claim": lambda seen: [{"token": seen.claim}],
    "account_links.forgotten": lambda _: [{}, {"sent": 1}],
    "account_links.set_password": lambda seen: [{"token": seen.password}],
    "accounts.change_password": lambda _: [{}],
    "accounts.enrol": lambda _: [{}],
    # Shows codes once, after a passkey (a journey of accounts looks at it); then leads on.
    "accounts.new_recovery_codes": lambda _: [{}],
    "accounts.own": lambda _: [{}],
    "accounts.show_second_factor": lambda _: [{}],
    "accounts.sign_in": lambda _: [{}],
    "imports.overview": lambda _: [{}],
    "imports.preview": lambda seen: [
        {"id_": seen.import_ready},
        {"id_": seen.import_failed},
        {"id_": seen.import_at_work},
    ],
    "listing_bulk.bulk": lambda _: [{}],
    "listing_changes.organization": lambda _: [MASSMEP],
    "listing_changes.show": lambda seen: [{"change_id": seen.change}],
    "listing_changes.waiting": lambda _: [{}],
    # Sent empty, this form closes the program: one that no other page needs.
    "listing_history.close": lambda _: [{"slug": "massmep-scouting"}],
    "listing_history.revision": lambda _: [{**QUALITY, "number": 1}, {**OWNER, "number": 1}],
    "listing_history.revisions": lambda _: [QUALITY, OWNER],
    "listings.edit_organization": lambda _: [MASSMEP],
    "listings.edit_service": lambda _: [LEAN, {"slug": "massmep-cnc"}, {"slug": "massmep-growth"}],
    "listings.home": lambda _: [{}, {"done": "sent"}],
    "listings.new_service": lambda _: [{}, {"organization": "massmep"}],
    "manage_accounts.accounts": lambda _: [{}, {"said": "last"}, {"q": "nobody"}],
    "manage_accounts.audit_trail": lambda _: [{}],
    "manage_accounts.invite": lambda _: [{}],
    "manage_accounts.invite_many": lambda _: [{}],
    "manage_accounts.letter": lambda seen: [{"key": seen.letter}],
    "manage_accounts.onboarding": lambda _: [{}, {"stage": "confirmed"}],
    "manage_accounts.outbox": lambda _: [{}],
    "merging.duplicates": lambda _: [{}],
    "merging.merge": lambda _: [
        {"kinds": "services", "kept": "massmep-lean", "gone": "lean-projects"},
        {"kinds": "organizations", "kept": "massmep", "gone": "mass-mep"},
    ],
    "referral_answers.show": lambda seen: [{"token": seen.requests.answer}, {"token": "over"}],
    "referral_behalf.refer": lambda _: [{}],
    "referral_behalf.referred": lambda _: [{}],
    "referral_capacity.intake": lambda _: [LEAN],
    "referral_dates.address": lambda _: [{}],
    "referral_follow_ups.follow_up": lambda seen: [{"token": seen.requests.follow_up}],
    "referral_follow_ups.stop": lambda seen: [{"token": seen.requests.follow_up}],
    "referral_held.held_requests": lambda _: [{}],
    "referral_inbox.inbox": lambda _: [{}],
    "referral_intake.next_program": lambda seen: [
        {"reference": seen.requests.passing, "program": "massmep-cnc"}
    ],
    "referral_intake.read_out": lambda seen: [{"reference": seen.requests.phone}],
    "referral_introductions.show": lambda seen: [{"token": seen.requests.introduced}],
    "referral_limits.limits": lambda _: [{}],
    "referral_links.confirm": lambda seen: [{"token": seen.requests.confirm}, {"token": "over"}],
    "referral_links.consent": lambda seen: [{"token": seen.requests.consent}],
    "referral_manage.one_request": lambda seen: [{"id_": seen.requests.sent_id}],
    "referral_manage.requests": lambda _: [{}],
    "referral_manage.retention": lambda _: [{}],
    "referral_naming.navigator": lambda _: [{}],
    "referral_naming.preview": lambda _: [{"organization": "massmep"}],
    "referral_navigator.queue": lambda _: [{}],
    "referral_navigator.request_page": lambda seen: [{"reference": seen.requests.passing}],
    "referral_next.choose": lambda seen: [
        {"token": seen.requests.track_declined, "id_": seen.requests.declined_id}
    ],
    "referral_page.show": lambda seen: [
        {"reference": seen.requests.sent},
        {"reference": seen.requests.accepted},
    ],
    "referral_tracking.delete": lambda seen: [{"token": seen.requests.track}],
    "referral_tracking.track": lambda seen: [
        {"token": seen.requests.track},
        {"token": seen.requests.track_declined},
    ],
    "referral_tracking.withdraw": lambda seen: [
        {"token": seen.requests.track, "id_": seen.requests.sent_id}
    ],
    "referrals.request_referral": lambda _: [LEAN],
    "saved_replies.edit": lambda seen: [{"id_": seen.requests.reply}],
    "saved_replies.replies": lambda _: [MASSMEP],
    "unmet_needs.group": lambda _: [{"form": "process-improvement"}],
    "unmet_needs.ledger": lambda _: [{}],
    "upkeep_links.confirm": lambda seen: [{"token": seen.confirm}, {"token": "over"}],
    "upkeep_links.end": lambda seen: [{"token": seen.confirm, "slug": "massmep-cyber"}],
    "upkeep_links.fix": lambda seen: [
        {"token": seen.confirm, **LEAN},
        {"token": seen.confirm, **LEAN, "field": "email"},
    ],
    "upkeep_links.stop": lambda seen: [{"token": seen.stop}],
    "upkeep_manage.call_list": lambda _: [{}],
    "upkeep_manage.contacts": lambda _: [{}, {"notice": "stopped"}],
    "upkeep_manage.ladder": lambda _: [{}],
    "upkeep_public.suggest": lambda _: [LEAN, {**LEAN, "sent": 1}],
    "upkeep_staff.confirm": lambda _: [MASSMEP],
    "upkeep_staff.guide": lambda _: [{}],
    "upkeep_staff.suggestions": lambda _: [{}, {"notice": "decided"}],
    "vocabulary.add": lambda _: [{"kind": "synonyms"}, {"kind": "topics"}],
    "vocabulary.edit": lambda _: [CNC],
    "vocabulary.entries": lambda _: [{"kind": "synonyms"}, {"kind": "needs"}],
    "vocabulary.overview": lambda _: [{}],
    "vocabulary.version": lambda _: [{**CNC, "number": 1}],
    "vocabulary.versions": lambda _: [CNC],
}


@dataclass(frozen=True)
class Look:
    """One page as one person sees it."""

    endpoint: str
    path: str
    role: str
    width: int
    is_dark: bool

    def __str__(self) -> str:
        theme = "dark" if self.is_dark else "light"
        return f"{self.path} as {self.role}, {self.width} px, {theme}"


def endpoints(app: Flask) -> list[str]:
    """Name the pages: routes of a GET behind a sign-in, and those whose address holds a token."""

    def belongs(rule: Rule) -> bool:
        return "token" in rule.arguments or rule.rule.startswith(BEGINNINGS)

    found = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and belongs(rule)
    }
    return sorted(found - set(NO_PAGE))


def roles_of(app: Flask, endpoint: str) -> list[str]:
    """Name who may open a page, the one with the least rights first."""
    access = access_of(app, endpoint)
    if endpoint == "accounts.show_second_factor":
        return [HALF]
    if access != PUBLIC and Permission(str(access)) in NAVIGATOR:
        return ["navigator"]
    if access != PUBLIC:
        return [str(role) for role, may in ROLES.items() if Permission(str(access)) in may]
    return ["staff", JOINING] if endpoint == "accounts.enrol" else [VISITOR]


def addresses(app: Flask, seen: Seeded) -> Iterator[tuple[str, str]]:
    """Give (endpoint, address in English) of every example."""
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for endpoint in endpoints(app):
            for values in EXAMPLES[endpoint](seen):
                yield endpoint, adapter.build(endpoint, values)


def looks(app: Flask, seen: Seeded) -> list[Look]:
    """Spread languages, widths, themes and roles over the pages.

    All of them with each other would be 12 looks at a page for each role. Each page gets three,
    one in each language: three in a row of the four (width, theme) hold both widths and both
    themes, and three in a row of up to three roles hold each role. Beginning one further on with
    each page, every language meets every width, theme and role many times.
    """
    sizes = [(1280, False), (320, True), (1280, True), (320, False)]
    found = []
    for number, (endpoint, path) in enumerate(addresses(app, seen)):
        roles = roles_of(app, endpoint)
        for turn, language in enumerate(LANGUAGES, start=number):
            width, is_dark = sizes[turn % len(sizes)]
            role = roles[turn % len(roles)]
            found.append(Look(endpoint, in_language(path, language), role, width, is_dark))
    return found


def forms(app: Flask, seen: Seeded) -> list[Look]:
    """Give one look at each page, in turn at each size and in each language, for its forms."""
    ways = list(product((1280, 320), LANGUAGES))
    found = []
    for number, (endpoint, path) in enumerate(addresses(app, seen)):
        width, language = ways[number % len(ways)]
        role = roles_of(app, endpoint)[-1]
        found.append(Look(endpoint, in_language(path, language), role, width, is_dark=False))
    return found
