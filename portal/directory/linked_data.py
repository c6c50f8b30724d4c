"""A listing in the words of schema.org, for the machines that read pages (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.directory.models import Service

PUBLIC_BODIES = ("state agency", "federal", "quasi-public")


def service_data(service: Service, *, address: str, areas: Sequence[str]) -> dict[str, Any]:
    """Describe a service and who provides it.

    Args:
        service: loaded with its organization, locations and phones.
        address: the absolute address of its page.
        areas: names of the regions it serves.
    """
    owner = service.organization
    provider: dict[str, Any] = {
        "@type": "GovernmentOrganization" if owner.kind in PUBLIC_BODIES else "Organization",
        "name": owner.name,
        "url": owner.website,
        "address": [
            {
                "@type": "PostalAddress",
                "addressLocality": place.city,
                "addressRegion": place.state_province,
            }
            for place in owner.locations
        ],
    }
    data: dict[str, Any] = {
        "@type": "GovernmentService" if owner.kind in PUBLIC_BODIES else "Service",
        "@id": address,
        "url": address,
        "name": service.name,
        "alternateName": service.alternate_names,
        "description": service.description,
        "provider": _filled(provider),
        "areaServed": list(areas),
        "telephone": [phone.number for phone in service.phones],
        "email": service.email,
        "sameAs": [link for link in (service.url, service.application_url) if link],
    }
    return _filled(data)


def breadcrumb_data(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Describe the way to a page.

    Args:
        steps: (name, absolute address), outermost first.
    """
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }


def graph(*items: dict[str, Any]) -> dict[str, Any]:
    """Join descriptions into one document."""
    return {"@context": "https://schema.org", "@graph": list(items)}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in ("", [], None)}
