"""What a listing says in short: its terms by facet with plain labels, its size limits in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.directory.labels import shown_label
from portal.directory.models import Service
from portal.directory.named_terms import NamedTerm
from portal.directory.overrides import TOPIC, topic_names
from portal.directory.vocabulary import STATEWIDE

DEDICATED = "dedicated"


@dataclass(frozen=True, slots=True)
class Choice:
    """A term of a listing: its facet and code for addresses, its label for people."""

    facet: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The terms of one listing, main ones first.

    `made_for` and `best_known_in` never both hold industries: a listing that takes any industry
    is dedicated to none.
    """

    terms: dict[str, tuple[Choice, ...]]
    made_for: tuple[Choice, ...]
    best_known_in: tuple[Choice, ...]
    employees: LazyString | str

    def of(self, facet: str) -> tuple[Choice, ...]:
        """Return the terms of a facet."""
        return self.terms.get(facet, ())

    @property
    def form(self) -> Choice | None:
        """The main form of help."""
        return next(iter(self.of("form")), None)

    @property
    def is_statewide(self) -> bool:
        """Whether it serves the whole state."""
        return any(choice.code == STATEWIDE for choice in self.of("region"))


def facts_of(service: Service) -> Facts:
    """Read a listing's facts.

    Args:
        service: loaded with its attributes, their terms and taxonomies.
    """
    topics = topic_names()
    named = [
        replace(term, name=topics.label(term.code, term.name)) if term.facet == TOPIC else term
        for term in named_terms(service)
    ]
    return facts_from(named, service.minimum_employees, service.maximum_employees)


def named_terms(service: Service) -> list[NamedTerm]:
    """Return the terms of a service, loaded with attributes, terms and taxonomies."""
    return [
        NamedTerm(
            attribute.taxonomy_term.taxonomy.slug,
            attribute.taxonomy_term.code,
            attribute.label or attribute.taxonomy_term.name,
            attribute.taxonomy_term.covers_all,
            attribute.value,
        )
        for attribute in service.attributes
    ]


def facts_from(named: Iterable[NamedTerm], minimum: int | None, maximum: int | None) -> Facts:
    """Put a listing's facts together.

    Args:
        named: its terms, main ones first.
        minimum: smallest number of employees.
        maximum: largest number.
    """
    terms: defaultdict[str, list[Choice]] = defaultdict(list)
    made_for: list[Choice] = []
    best_known_in: list[Choice] = []
    for term in named:
        choice = Choice(term.facet, term.code, shown_label(term.facet, term.code, term.name))
        terms[term.facet].append(choice)
        if term.facet == "industry" and not term.covers_all:
            (made_for if term.value == DEDICATED else best_known_in).append(choice)
    return Facts(
        terms={facet: tuple(choices) for facet, choices in terms.items()},
        made_for=tuple(made_for),
        best_known_in=tuple(best_known_in),
        employees=employees_in_words(minimum, maximum),
    )


def employees_in_words(minimum: int | None, maximum: int | None) -> LazyString | str:
    """Say which sizes of company a listing takes.

    Args:
        minimum: smallest number of employees; None or 1: no lower limit.
        maximum: largest number; None: no upper limit.
    """
    low = minimum if minimum and minimum > 1 else None
    if low is None and maximum is None:
        return _l("Any size")
    if low is None:
        return _l("Up to %(largest)s employees", largest=maximum)
    if maximum is None:
        return _l("%(smallest)s employees or more", smallest=low)
    return _l("%(smallest)s to %(largest)s employees", smallest=low, largest=maximum)


def host_of(address: str) -> str:
    """Return the host of a web address without `www.`; blank if there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
