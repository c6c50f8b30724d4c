"""What owners want to get done, in their words: data, with the forms and topics behind each need.

The codes travel in addresses: a code that is taken away or renamed goes into `answers.RENAMED`.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.directory.vocabulary import FORMS
from portal.wizard.profile import NeedRule


@dataclass(frozen=True, slots=True)
class Need:
    """One need.

    Attributes:
        code: its value in addresses.
        group: the form under whose plain name it is shown.
        label: what an owner says.
        short: the same in a few words, for titles.
        topics: names of topics, as listings write them; narrow ones, since a program that names
            one is said to help with the need.
        other_forms: forms besides that of its group by which a program meets it.
        is_common: shown on top as well.
    """

    code: str
    group: str
    label: LazyString
    short: LazyString
    topics: tuple[str, ...]
    other_forms: tuple[str, ...] = ()
    is_common: bool = False

    @property
    def rule(self) -> NeedRule:
        """The need as the matching reads it."""
        return NeedRule(self.code, frozenset((self.group, *self.other_forms)), self.topics)


NEEDS = (
    Need(
        "scrap",
        "process-improvement",
        _l("Scrap or rework is too high"),
        _l("less scrap"),
        ("lean", "six sigma", "continuous improvement", "kaizen"),
    ),
    Need(
        "late-delivery",
        "process-improvement",
        _l("We deliver late, or setups take too long"),
        _l("faster delivery"),
        ("lean", "on-time delivery", "setup reduction", "value stream mapping"),
    ),
    Need(
        "quality-certificate",
        "process-improvement",
        _l("A customer wants ISO 9001, AS9100 or ISO 13485"),
        _l("quality certificate"),
        ("iso-9001", "as9100", "iso-13485", "internal audit", "nadcap"),
        is_common=True,
    ),
    Need(
        "cyber-rules",
        "process-improvement",
        _l("We must meet cyber rules for defense work"),
        _l("cyber rules"),
        ("cmmc", "cybersecurity", "nist 800-171", "dfars", "security training"),
    ),
    Need(
        "energy-bills",
        "process-improvement",
        _l("Energy bills are too high"),
        _l("lower energy bills"),
        ("electricity bill", "utility bills", "compressed air", "motors", "rebate"),
        ("engineering-support",),
    ),
    Need(
        "waste-and-chemicals",
        "process-improvement",
        _l("Chemicals, waste or permits are a problem"),
        _l("less waste"),
        ("toxics use reduction", "solvents", "waste", "hazardous waste"),
        ("engineering-support",),
    ),
    Need(
        "safety",
        "process-improvement",
        _l("Make the work safer"),
        _l("safer work"),
        ("safety", "injuries", "ergonomics", "machine guarding"),
        ("workforce-training",),
    ),
    Need(
        "machinists",
        "workforce-training",
        _l("We can't find machinists or operators"),
        _l("machinists"),
        ("cnc", "machining", "machinist"),
        is_common=True,
    ),
    Need(
        "hiring",
        "workforce-training",
        _l("Hire people, apprentices or interns"),
        _l("hiring"),
        ("hiring", "recruiting", "apprenticeship", "interns", "on-the-job training", "job fair"),
    ),
    Need(
        "train-people",
        "workforce-training",
        _l("Train the people we have"),
        _l("training"),
        ("custom training", "upskilling", "incumbent workers", "short courses"),
    ),
    Need(
        "training-money",
        "workforce-training",
        _l("Get training paid for"),
        _l("money for training"),
        ("training grant", "workforce training fund", "free training", "on-the-job training"),
        is_common=True,
    ),
    Need(
        "supervisors",
        "workforce-training",
        _l("Turn good workers into good supervisors"),
        _l("supervisors"),
        ("supervisor training", "front-line managers"),
        ("management-education",),
    ),
    Need(
        "robots",
        "technology-cluster",
        _l("Try a robot, or automate a job"),
        _l("robots"),
        ("robotics", "automation", "modernization"),
        ("engineering-support",),
        is_common=True,
    ),
    Need(
        "machines-and-buildings",
        "technology-cluster",
        _l("Pay for a machine, or move to a bigger building"),
        _l("machines and buildings"),
        (
            "equipment loan",
            "capital grant",
            "investment tax credit",
            "building",
            "site selection",
            "relocation",
            "loan",
        ),
    ),
    Need(
        "digital",
        "technology-cluster",
        _l("Use data, sensors or artificial intelligence in the shop"),
        _l("data and sensors"),
        ("industry 4.0", "smart manufacturing", "digital", "artificial intelligence"),
        ("engineering-support",),
    ),
    Need(
        "money-to-grow",
        "technology-cluster",
        _l("Find money to develop a product or to grow"),
        _l("money to grow"),
        (
            "r&d",
            "federal r&d",
            "proof of concept",
            "demonstration",
            "r&d tax credit",
            "voucher",
            "capital grant",
            "financing",
            "accelerator",
        ),
    ),
    Need(
        "partners",
        "technology-cluster",
        _l("Work with other firms or with a university"),
        _l("partners"),
        ("consortium", "cluster", "applied research", "supplier network", "university partnership"),
        ("engineering-support",),
    ),
    Need(
        "prototype",
        "engineering-support",
        _l("Get a prototype built or tested"),
        _l("prototype"),
        ("prototyping", "prototype work", "testing", "product design"),
    ),
    Need(
        "3d-printing",
        "engineering-support",
        _l("Find out whether 3D printing pays off"),
        _l("3D printing"),
        ("3d printing", "metal printing", "design for additive"),
    ),
    Need(
        "test-parts",
        "engineering-support",
        _l("Measure or test parts and materials"),
        _l("measuring and testing"),
        ("materials analysis", "failure analysis", "microscopy", "materials testing"),
    ),
    Need(
        "lab-space",
        "engineering-support",
        _l("Find a lab, a bench or a clean room to use"),
        _l("lab space"),
        ("lab space", "incubator", "cleanroom", "shared equipment", "coworking"),
        ("technology-cluster",),
    ),
    Need(
        "succession",
        "management-education",
        _l("The next generation takes over, or I want to sell"),
        _l("handing over the company"),
        ("succession", "exit planning", "family business", "esop", "employee ownership"),
    ),
    Need(
        "advice",
        "management-education",
        _l("Talk my plans and numbers over with somebody"),
        _l("advice"),
        (
            "business advice",
            "advice",
            "business plan",
            "mentoring",
            "growth plan",
            "finance",
            "cash flow",
        ),
    ),
    Need(
        "courses-for-managers",
        "management-education",
        _l("A course for me or my managers"),
        _l("courses for managers"),
        ("executive education", "owner education", "management education"),
    ),
    Need(
        "new-customers",
        "marketing",
        _l("Find new customers"),
        _l("new customers"),
        ("new customers", "supplier matching", "buyers", "market research", "matchmaking"),
        is_common=True,
    ),
    Need(
        "government-customers",
        "marketing",
        _l("Sell to government or to defense firms"),
        _l("government customers"),
        ("government contracting", "state contracts", "set-aside", "prime contractors"),
    ),
    Need(
        "export",
        "marketing",
        _l("Sell abroad"),
        _l("export"),
        ("export", "foreign buyers", "trade mission", "distributors"),
    ),
    Need(
        "suppliers",
        "marketing",
        _l("Find suppliers, or help ours to get better"),
        _l("suppliers"),
        ("supplier matching", "sourcing", "local suppliers", "reshoring"),
        ("technology-cluster", "process-improvement"),
    ),
)

NEED_BY_CODE = {need.code: need for need in NEEDS}
FORM_CODES = tuple(form.code for form in FORMS)
# Code of a need, or key of a form → the form under whose name it is counted.
FORM_OF = {need.code: need.group for need in NEEDS} | {code: code for code in FORM_CODES}


def rule_of(code: str) -> NeedRule | None:
    """Return a need as the matching reads it: one of the list, or one of the six forms."""
    if code in FORM_CODES:
        return NeedRule(code, frozenset({code}))
    need = NEED_BY_CODE.get(code)
    return need.rule if need else None
