"""What may be said of a company before its name is known: need, place, size, industry."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from portal.directory.labels import shown_label
from portal.directory.vocabulary import CONNECTS
from portal.i18n import number
from portal.referrals.models import INTRODUCTION, Episode
from portal.referrals.redacting import redacted
from portal.referrals.wording import need_in_words
from portal.wizard.labels import industry_label
from portal.wizard.queries import term_names

_CONNECTIONS = frozenset(term.code for term in CONNECTS)


@dataclass(frozen=True, slots=True)
class About:
    """One request without a name: what is needed, in short and in the company's words; facts."""

    need: str
    words: str
    language: str
    facts: tuple[tuple[str, str], ...]


def need_of(episode: Episode) -> str:
    """Return what is needed, in a few words."""
    if episode.need in _CONNECTIONS:
        return shown_label("connects", episode.need, episode.need)
    return need_in_words(episode.need)


def about(episode: Episode) -> About:
    """Return what a program reads before it knows who asks."""
    details = episode.details
    names = (details.name, details.company, *details.name.split())
    words = redacted(details.need_text, names)
    return About(need_of(episode), words, episode.language, facts_of(episode))


def facts_of(episode: Episode) -> tuple[tuple[str, str], ...]:
    """Return label and words of what is coarse enough to tell nobody's name."""
    found = []
    if episode.region:
        name = term_names("region").get(episode.region, episode.region)
        found.append((str(_("Where")), shown_label("region", episode.region, name)))
    if episode.size:
        found.append((str(_("Size")), shown_label("size", episode.size, episode.size)))
    if episode.industry:
        found.append((str(_("Industry")), industry_label(episode.industry)))
    if episode.kind == INTRODUCTION:
        found.append((str(_("They ask for")), str(_("an introduction"))))
    return tuple(found)


def people_of(episode: Episode) -> str:
    """Return how many people a company said it has; blank when it did not."""
    count = episode.details.employees
    return number(count) if count else ""
