"""The names of HSDS: its tables in both numbers, and its columns in the versions 1 to 3 (pure)."""

from __future__ import annotations

_PLURALS = {
    "organizations": "organization",
    "programs": "program",
    "services": "service",
    "locations": "location",
    "contacts": "contact",
    "phones": "phone",
    "addresses": "address",
    "physical_address": "address",
    "physical_addresses": "address",
    "postal_address": "address",
    "schedules": "schedule",
    "service_areas": "service_area",
    "services_at_location": "service_at_location",
    "service_at_locations": "service_at_location",
    "required_documents": "required_document",
    "languages": "language",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "taxonomy_detail": "taxonomy",
    "attributes": "attribute",
    "service_attribute": "attribute",
    "service_attributes": "attribute",
    "service_taxonomy": "attribute",
    "cost_options": "cost_option",
    "organization_identifiers": "organization_identifier",
    "eligibilities": "eligibility",
}
TABLES = frozenset(_PLURALS.values()) | {"funding", "accessibility", "metadata", "unit", "url"}

# Our name → the names of a column, newest version first.
ORGANIZATION = {
    "name": ("name",),
    "short_name": ("alternate_name",),
    "url": ("website", "url"),
    "description": ("description",),
    "founded_year": ("year_incorporated",),
}
SERVICE = {
    "name": ("name",),
    "alternate_name": ("alternate_name",),
    "description": ("description",),
    "url": ("url",),
    "email": ("email",),
    "cost_note": ("fees_description", "fees"),
    "eligibility": ("eligibility_description",),
}
STATUSES = {
    "active": "active",
    "inactive": "inactive",
    "defunct": "inactive",
    "temporarily closed": "inactive",
    "uncertain": "uncertain",
}


def singular(name: str) -> str:
    """Return the table that a file, sheet or member is named after."""
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    return _PLURALS.get(plain, plain)
