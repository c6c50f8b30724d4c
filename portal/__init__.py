"""The portal: `create_app` reads like a table of contents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from flask_compress import Compress
from werkzeug.routing import BaseConverter

from portal import (
    assets,
    cli,
    database,
    errors,
    health,
    i18n,
    logs,
    markdown,
    pages,
    permissions,
    security,
)
from portal.accounts import link_views as account_links
from portal.accounts import loading
from portal.accounts import manage_views as manage_accounts
from portal.accounts import passkey_views as passkeys
from portal.accounts import sign_on_views as single_sign_on
from portal.accounts import views as accounts
from portal.config import ROOT, Settings, secret_key
from portal.directory import fallback
from portal.directory import views as directory
from portal.directory.identity import SLUG, is_slug
from portal.directory.labels import shown_label
from portal.extensions import csrf, db, migrate
from portal.imports import jobs as import_jobs
from portal.imports import views as imports
from portal.listings import alike_views as look_alikes
from portal.listings import approval_views as listing_changes
from portal.listings import bulk_views as listing_bulk
from portal.listings import history_views as listing_history
from portal.listings import views as listings
from portal.merging import views as merging
from portal.opendata import views as opendata
from portal.referrals import answer_views as referral_answers
from portal.referrals import ask_views as referrals
from portal.referrals import behalf_views as referral_behalf
from portal.referrals import capacity_views as referral_capacity
from portal.referrals import clocks as referral_clocks
from portal.referrals import daily as referral_daily
from portal.referrals import dates_views as referral_dates
from portal.referrals import follow_up_views as referral_follow_ups
from portal.referrals import held_views as referral_held
from portal.referrals import inbox_views as referral_inbox
from portal.referrals import intake_views as referral_intake
from portal.referrals import introduction_views as referral_introductions
from portal.referrals import ledger_views as unmet_needs
from portal.referrals import limits_views as referral_limits
from portal.referrals import link_views as referral_links
from portal.referrals import manage_views as referral_manage
from portal.referrals import naming_views as referral_naming
from portal.referrals import navigator_views as referral_navigator
from portal.referrals import next_views as referral_next
from portal.referrals import page_views as referral_page
from portal.referrals import reply_views as saved_replies
from portal.referrals import tracking_views as referral_tracking
from portal.regions import views as regions
from portal.search import views as search
from portal.shortlist import views as shortlist
from portal.upkeep import daily as upkeep_daily
from portal.upkeep import link_views as upkeep_links
from portal.upkeep import manage_views as upkeep_manage
from portal.upkeep import public_views as upkeep_public
from portal.upkeep import staff_views as upkeep_staff
from portal.vocabulary import views as vocabulary
from portal.wizard import views as wizard

# Their pages, in the order in which routes are tried.
FEATURES = (
    pages,
    search,
    directory,
    shortlist,
    wizard,
    regions,
    opendata,
    accounts,
    account_links,
    passkeys,
    single_sign_on,
    manage_accounts,
    listings,
    listing_history,
    listing_changes,
    listing_bulk,
    look_alikes,
    merging,
    imports,
    upkeep_links,
    upkeep_public,
    upkeep_staff,
    upkeep_manage,
    vocabulary,
    referrals,
    referral_links,
    referral_tracking,
    referral_held,
    referral_behalf,
    referral_inbox,
    referral_page,
    referral_answers,
    referral_introductions,
    saved_replies,
    referral_dates,
    referral_next,
    referral_navigator,
    referral_intake,
    referral_naming,
    referral_limits,
    referral_capacity,
    referral_follow_ups,
    referral_manage,
    unmet_needs,
    health,
)


class SlugConverter(BaseConverter):
    """A lower-case name in an address: letters, digits and single hyphens."""

    regex = SLUG
    part_isolating = True

    def to_python(self, value: str) -> str:
        """Return the slug; nothing longer than any of ours is looked up."""
        if not is_slug(value):
            raise ValueError(value)
        return value


def create_app(settings: Settings | None = None) -> Flask:
    """Build a portal.

    Args:
        settings: of this installation; read from the environment when left out.

    Raises:
        SettingsError: a setting, the instance folder or the database's address cannot be used.
        AssetsMissingError: the style sheets and scripts were not built.
    """
    settings = settings or Settings.from_environment()
    app = Flask(__name__, static_folder=None, instance_path=str(settings.instance))
    app.config.update(
        SECRET_KEY=secret_key(settings),
        SQLALCHEMY_DATABASE_URI=settings.database,
        PORTAL=settings,
        TESTING=settings.testing,
        # A page may lie open as long as its session: what was typed on it is not to be lost.
        WTF_CSRF_TIME_LIMIT=None,
        COMPRESS_MIMETYPES=[
            "text/html",
            "application/json",
            "application/problem+json",
            "application/atom+xml",
        ],
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_LEVEL=5,
    )
    app.url_map.converters["slug"] = SlugConverter
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}

    app.json.sort_keys = False  # type: ignore[attr-defined]  # facets keep their order

    logs.configure()
    database.init_app(app, settings)
    migrate.init_app(app, db, directory=str(Path(ROOT, "migrations")))
    csrf.init_app(app)
    Compress(app)
    i18n.init_app(app)
    assets.init_app(app, settings)
    security.init_app(app, settings)
    errors.init_app(app)
    loading.init_app(app)
    markdown.init_app(app)
    fallback.init_app(app)
    import_jobs.init_app(app)
    app.before_request(permissions.refuse_undeclared)

    for feature in FEATURES:
        app.register_blueprint(feature.bp)
    single_sign_on.init_app(app, settings)
    cli.init_app(app)
    upkeep_daily.init_app(app)
    referral_inbox.init_app(app)
    referral_clocks.init_app(app)
    referral_daily.init_app(app)

    @app.context_processor
    def shared_values() -> dict[str, Any]:
        return {"settings": settings, "label_of": shown_label}

    return app
