"""Programs and companies drawn at random, and the rules written out once more, one by one."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from portal.directory.rounds import Season
from portal.wizard.candidates import Candidate
from portal.wizard.profile import BUDGETS, CompanyProfile, NeedRule

TODAY = date(2026, 3, 12)
AUDIENCES = ("sme", "startup", "oem", "university")
FORMS = ("process-improvement", "workforce-training", "marketing")
REGIONS = ("central", "western", "greater-boston")
DELIVERY = ("on-site", "in-person", "online", "hybrid")
COSTS = ("free", "subsidized", "fee", "grant", "tax-credit", "loan", "membership")
INDUSTRIES = ("332710", "336412", "332", "336")
TOPICS = ("cnc", "lean", "export", "iso-9001")
NEEDS = (
    NeedRule("scrap", frozenset({"process-improvement"}), ("lean",)),
    NeedRule("machinists", frozenset({"workforce-training"}), ("cnc",)),
    NeedRule("marketing", frozenset({"marketing"})),
)


def some(values: tuple[str, ...], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=least, unique=True).map(tuple)


days = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))


@st.composite
def seasons(draw: st.DrawFn) -> Season:
    first, last = sorted((draw(days), draw(days)))
    return Season(
        draw(st.sampled_from((first, None))),
        draw(st.sampled_from((last, None))),
        draw(st.sampled_from(("", "yearly", "rolling"))),
    )


@st.composite
def candidates(draw: st.DrawFn, slug: str = "program") -> Candidate:
    minimum = draw(st.sampled_from((None, 1, 10, 500)))
    maximum = draw(st.sampled_from((None, 25, 100, 500)))
    if minimum and maximum and minimum > maximum:
        minimum = None
    return Candidate(
        slug=slug,
        audiences=draw(some(AUDIENCES)),
        forms=draw(some(FORMS, 1)),
        regions=draw(st.one_of(st.just(("statewide",)), some(REGIONS))),
        delivery=draw(some(DELIVERY)),
        costs=draw(some(COSTS)),
        industries=draw(some(("any", *INDUSTRIES))),
        topics=draw(some(TOPICS)),
        minimum=minimum,
        maximum=maximum,
        is_uncertain=draw(st.booleans()),
        assured_on=draw(st.sampled_from((0, TODAY.toordinal() - 10))),
        seasons=tuple(draw(st.lists(seasons(), max_size=2))),
    )


catalogues = st.integers(1, 8).flatmap(
    lambda n: st.tuples(*(candidates(slug=f"program-{i}") for i in range(n)))
)

profiles = st.builds(
    CompanyProfile,
    audience=st.sampled_from(("", *AUDIENCES)),
    employees=st.sampled_from((None, 1, 25, 120, 500, 900)),
    industry=st.sampled_from(("", *INDUSTRIES, "332721", "311")),
    regions=some(REGIONS),
    delivery=st.sampled_from(("", *DELIVERY)),
    needs=st.lists(st.sampled_from(NEEDS), unique_by=lambda need: need.code).map(tuple),
    topics=some((*TOPICS, "welding")),
    budget=st.sampled_from(("", *BUDGETS)),
)


def excluded_by(profile: CompanyProfile, program: Candidate) -> set[str]:
    """The five rules that exclude, as the issue words them, one program at a time."""
    out = set()
    if profile.audience and program.audiences and profile.audience not in program.audiences:
        out.add("audience")
    if profile.employees is not None:
        too_few = program.minimum is not None and profile.employees < program.minimum
        too_many = program.maximum is not None and profile.employees > program.maximum
        if too_few or too_many:
            out.add("size")
    if profile.industry and program.industries and "any" not in program.industries:
        own = {profile.industry, profile.industry[:3]}
        narrower = any(code.startswith(profile.industry) for code in program.industries)
        if not own & set(program.industries) and not narrower:
            out.add("industry")
    if profile.needs:
        met = any(
            set(need.forms) & set(program.forms) or set(need.topics) & set(program.topics)
            for need in profile.needs
        )
        if not met:
            out.add("need")
    if program.seasons and not any(is_open(season) for season in program.seasons):
        out.add("open")
    return out


def is_open(season: Season) -> bool:
    if season.recurs == "rolling":
        return True
    begun = season.opens_on is None or season.opens_on <= TODAY
    over = season.closes_on is not None and season.closes_on < TODAY
    return begun and not over
