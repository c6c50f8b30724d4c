"""The fixed vocabularies of the directory and what people see for them.

Codes are a contract (PRODUCT: addresses and JSON); labels are plain words, marked for translation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

STATEWIDE = "statewide"
ANY_INDUSTRY = "any"
SME_BELOW_EMPLOYEES = 500  # fewer employees than this make an SME


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a vocabulary: its code in addresses, its plain label, a line that explains it."""

    code: str
    label: LazyString | str
    hint: LazyString | str = ""


# The order is a contract, and so are the keys.
FORMS = (
    Term(
        "process-improvement",
        _l("Better processes"),
        _l("Less scrap, faster setups, quality certificates, lower energy bills"),
    ),
    Term(
        "workforce-training",
        _l("Workers and training"),
        _l("Hiring, apprentices, money for training, classes"),
    ),
    Term(
        "technology-cluster",
        _l("Technology and partners"),
        _l("Robots, new technology, networks, space, money to grow"),
    ),
    Term(
        "engineering-support",
        _l("Engineering and testing"),
        _l("Prototypes, test labs, university experts, machines to use"),
    ),
    Term(
        "management-education",
        _l("Skills for owners and managers"),
        _l("Advisers, courses, planning, handing over the company"),
    ),
    Term(
        "marketing",
        _l("New customers and markets"),
        _l("Export, government contracts, trade shows, finding buyers"),
    ),
)

# The study's own names, shown beneath the plain ones.
FORM_TERMS = {
    "process-improvement": _l("process improvement"),
    "workforce-training": _l("workforce training"),
    "technology-cluster": _l("strategic technology and cluster development"),
    "engineering-support": _l("technical and engineering process support"),
    "management-education": _l("managerial and professional education"),
    "marketing": _l("marketing"),
}

AUDIENCES = (
    Term("sme", _l("Small or medium manufacturer"), _l("fewer than 500 employees")),
    Term("startup", _l("Startup")),
    Term(
        "oem", _l("Large manufacturer"), _l("500 employees or more, or a maker of final products")
    ),
    Term("university", _l("University or laboratory")),
)

COSTS = (
    Term("free", _l("Free")),
    Term("subsidized", _l("Partly paid for you")),
    Term("fee", _l("Fee")),
    Term("grant", _l("Grant: money you do not pay back")),
    Term("tax-credit", _l("Tax credit")),
    Term("loan", _l("Loan")),
    Term("membership", _l("Membership")),
)

DELIVERY = (
    Term("on-site", _l("At your company")),
    Term("in-person", _l("In person, elsewhere")),
    Term("online", _l("Online")),
    Term("hybrid", _l("Partly online")),
)

# Code, smallest and largest number of employees (None: no limit).
SIZE_BANDS: tuple[tuple[str, int, int | None], ...] = (
    ("1-4", 1, 4),
    ("5-9", 5, 9),
    ("10-19", 10, 19),
    ("20-49", 20, 49),
    ("50-99", 50, 99),
    ("100-249", 100, 249),
    ("250-499", 250, 499),
    ("500-plus", 500, None),
)
SIZES = (
    Term("1-4", _l("1 to 4 employees")),
    Term("5-9", _l("5 to 9 employees")),
    Term("10-19", _l("10 to 19 employees")),
    Term("20-49", _l("20 to 49 employees")),
    Term("50-99", _l("50 to 99 employees")),
    Term("100-249", _l("100 to 249 employees")),
    Term("250-499", _l("250 to 499 employees")),
    Term("500-plus", _l("500 employees or more")),
)

CONNECTS = (
    Term("sme-startup", _l("Small manufacturers with startups")),
    Term("sme-oem", _l("Small manufacturers with large ones")),
    Term("sme-university", _l("Small manufacturers with universities")),
    Term("startup-oem", _l("Startups with large manufacturers")),
    Term("startup-university", _l("Startups with universities")),
    Term("oem-university", _l("Large manufacturers with universities")),
)

LEVELS = (
    Term("point-solution", _l("One company at a time")),
    Term("system-level", _l("Links companies, schools and buyers")),
)

SIDES = (
    Term("supply", _l("Helps suppliers and workers")),
    Term("demand", _l("Helps buyers and large manufacturers")),
    Term("both", _l("Helps both sides")),
)

# Everyday names of the study's ten sub-industries and the 3-digit parents; a code that is
# missing here (another state's choice) is shown with the title of its catalogue.
INDUSTRY_LABELS: dict[str, LazyString] = {
    "any": _l("Any kind of manufacturing"),
    "334516": _l("Laboratory instruments"),
    "334511": _l("Navigation and detection instruments"),
    "334513": _l("Process sensors and controls"),
    "333242": _l("Chip-making machinery"),
    "334413": _l("Semiconductors and chips"),
    "334111": _l("Computers"),
    "336412": _l("Aircraft engines and parts"),
    "339112": _l("Surgical and medical instruments"),
    "325412": _l("Medicines and biologics"),
    "332710": _l("Machine shops"),
    "311": _l("Food"),
    "312": _l("Beverages"),
    "313": _l("Textile mills"),
    "314": _l("Textile products"),
    "315": _l("Clothing"),
    "316": _l("Leather and footwear"),
    "321": _l("Wood products"),
    "322": _l("Paper"),
    "323": _l("Printing"),
    "324": _l("Petroleum and asphalt products"),
    "325": _l("Chemicals"),
    "326": _l("Plastics and rubber"),
    "327": _l("Glass, concrete and ceramics"),
    "331": _l("Foundries and primary metal"),
    "332": _l("Fabricated metal"),
    "333": _l("Machinery"),
    "334": _l("Computers and electronics, all"),
    "335": _l("Electrical equipment"),
    "336": _l("Vehicles, aircraft and boats"),
    "337": _l("Furniture"),
    "339": _l("Other manufacturing"),
}

REGION_LABELS: dict[str, LazyString] = {STATEWIDE: _l("Whole state")}

# Slug, what people read above the choices, whether a listing may have several.
FACETS: dict[str, LazyString] = {
    "form": _l("Kind of help"),
    "industry": _l("Industry"),
    "region": _l("Region"),
    "audience": _l("Who it is for"),
    "cost": _l("Cost"),
    "delivery": _l("How you get it"),
    "size": _l("Number of employees"),
    "connects": _l("Who it brings together"),
    "topic": _l("Topic"),
    "level": _l("Reach"),
    "side": _l("Side of the market"),
}

FIXED_TERMS: dict[str, tuple[Term, ...]] = {
    "form": FORMS,
    "audience": AUDIENCES,
    "cost": COSTS,
    "delivery": DELIVERY,
    "size": SIZES,
    "connects": CONNECTS,
    "level": LEVELS,
    "side": SIDES,
}

_LABELS: dict[str, dict[str, LazyString | str]] = {
    **{facet: {term.code: term.label for term in terms} for facet, terms in FIXED_TERMS.items()},
    "industry": dict(INDUSTRY_LABELS),
    "region": dict(REGION_LABELS),
}

ORGANIZATION_KINDS: dict[str, LazyString] = {
    "state agency": _l("State agency"),
    "quasi-public": _l("Quasi-public body"),
    "university center": _l("University center"),
    "nonprofit": _l("Nonprofit"),
    "trade association": _l("Trade association"),
    "federal": _l("Federal body"),
    "community college": _l("Community college"),
    "private school": _l("Private school"),
}

STATUSES = ("active", "inactive", "uncertain")
ENTERED = "entered"  # the organization wrote the listing in the editor
EVIDENCE = ("page", "knowledge", ENTERED)

_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def slug_of(text: str) -> str:
    """Return the value that stands for a name in addresses: `Cape & Islands` → `cape-islands`."""
    return _NOT_IN_SLUGS.sub("-", text.lower()).strip("-")


def english(label: LazyString | str) -> str:
    """Return a label in English whatever language is being served: what the database keeps."""
    with force_locale("en"):
        return str(label)


def label_of(facet: str, code: str, name: str) -> LazyString | str:
    """Return what people read for a term; the catalogue's own name when no plainer one is known.

    Args:
        facet: the taxonomy's slug.
        code: the term's code.
        name: the term's name in the catalogue.
    """
    return _LABELS.get(facet, {}).get(code, name)


def size_bands(minimum: int | None, maximum: int | None) -> list[str]:
    """Return the codes of the size bands that overlap the limits; blank limits: all bands.

    A maximum of 500 ends below `500-plus`: "up to 500" is how programs say "SME".
    """
    low = minimum or 1
    high = float("inf") if maximum is None else maximum
    if high == SME_BELOW_EMPLOYEES and low < SME_BELOW_EMPLOYEES:
        high = SME_BELOW_EMPLOYEES - 1
    return [
        code for code, first, last in SIZE_BANDS if first <= high and (last is None or last >= low)
    ]


def is_dedicated_to_size(minimum: int | None, maximum: int | None) -> bool:
    """Whether the limits say that the service was made for small or for large companies.

    A stated maximum below 500, or a stated minimum of 500 or more.
    """
    return (maximum is not None and maximum < SME_BELOW_EMPLOYEES) or (
        minimum is not None and minimum >= SME_BELOW_EMPLOYEES
    )
