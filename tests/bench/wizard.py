"""Prints how well plans answer the judged situations, and how fast matches and pages are."""

from __future__ import annotations

import json
import random
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from portal.wizard.answers import Answers
from portal.wizard.candidates import Candidate, Candidates, columns
from portal.wizard.index import Programs, wizard_index
from portal.wizard.inquiry import profile_from
from portal.wizard.matching import match
from portal.wizard.profile import CompanyProfile
from portal.wizard.weights import WEIGHTS, Weights
from tests.bench.judged import IDEAL, ndcg
from tests.bench.pages import measured
from tests.bench.portals import filled_app, served
from tests.bench.situations import Situation, judged_situations, query_of

CUTOFF = 10
TODAY = date(2026, 3, 12)
MANY = 100_000
ROUNDS = 10
SEED = 7

# Round numbers, chosen before any was tried; tuning starts there and may move each.
START = Weights(
    dedicated_industry=0.3,
    dedicated_size=0.1,
    need=1.0,
    main_form=0.3,
    named=0.5,
    each_wish=0.5,
    all_words=1.0,
    local=0.3,
    statewide=0.2,
    cost=0.2,
    delivery=0.1,
    next_step=0.3,
    variety=1.0,
    form_variety=0.2,
)
CHOICES = {
    "dedicated_industry": (0.1, 0.3, 0.5),
    "dedicated_size": (0.0, 0.1, 0.2),
    "need": (0.3, 0.5, 1.0),
    "main_form": (0.0, 0.3, 0.6),
    "named": (0.0, 0.5, 1.0),
    "each_wish": (0.0, 0.5, 1.0),
    "all_words": (0.5, 1.0, 1.5),
    "local": (0.1, 0.3, 0.5),
    "cost": (0.1, 0.2, 0.4),
    "next_step": (0.0, 0.3, 0.5),
    "variety": (0.5, 1.0, 1.5),
    "form_variety": (0.0, 0.2, 0.4),
}
PAGES = (
    ("first question", "/find/need"),
    ("second question", "/find/company?need=scrap&v=1"),
    ("fourth question", "/find/industry?audience=sme&county=Essex&employees=25&need=scrap&v=1"),
    ("count while choosing", "/find/count.json?audience=sme&employees=25&need=scrap&v=1"),
    (
        "plan",
        "/find/results?audience=sme&budget=limited&county=Worcester&delivery=on-site&employees=25"
        "&industry=332710&need=quality-certificate&need=training-money&v=1",
    ),
    ("plan as PDF", "/find/results.pdf?audience=sme&county=Essex&employees=25&need=scrap&v=1"),
)


def main() -> None:
    """Print quality through HTTP, the leave-out check, and speeds."""
    situations = judged_situations()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (address, _process, _s):
        _quality(address, situations)
        measured(address, PAGES)
    with tempfile.TemporaryDirectory() as folder:
        app = filled_app(Path(folder))
        with app.test_request_context("/"):
            programs = wizard_index().refresh()
            _leave_out(programs, situations)
            _speeds(programs, situations)


def _quality(address: str, situations: Sequence[Situation]) -> None:
    gains, recalls, unfit = [], [], 0
    for situation in situations:
        url = f"{address}/find/results.json?{query_of(situation)}"
        with urllib.request.urlopen(url, timeout=30) as answer:
            told = json.load(answer)
        found = [program["slug"] for program in told["results"]]
        gains.append(ndcg(found, situation.grades))
        recalls.append(recall(found, situation))
        unfit += sum(program["verdict"] == "not-now" for program in told["results"])
    print(f"{len(situations)} judged situations through /find/results.json")
    print(f"  recall@10 of ideal programs, mean  {statistics.mean(recalls):.3f}")
    print(f"  nDCG@10, mean                      {statistics.mean(gains):.3f}")
    print(f"  results that a rule excludes       {unfit}")


def recall(found: Sequence[str], situation: Situation) -> float:
    """Return the share of the ideal programs among the first CUTOFF."""
    ideal = {slug for slug, grade in situation.grades.items() if grade == IDEAL}
    return len(ideal & set(found[:CUTOFF])) / len(ideal)


def _scores(
    programs: Programs, situations: Sequence[Situation], weights: Weights
) -> tuple[float, float]:
    gains, recalls = [], []
    for situation in situations:
        matching = match(
            _profile(programs, situation),
            programs.candidates,
            today=TODAY,
            words=programs.words,
            weights=weights,
        )
        found = matching.results.slugs
        gains.append(ndcg(found, situation.grades))
        recalls.append(recall(found, situation))
    return statistics.mean(gains), statistics.mean(recalls)


def _profile(programs: Programs, situation: Situation) -> CompanyProfile:
    answers = Answers(
        need=situation.needs,
        topic=situation.topics,
        audience=situation.audience,
        employees=str(situation.employees),
        county=situation.county,
        industry=situation.industry,
        budget=situation.budget,
    )
    return profile_from(answers, programs.places)


def _tuned(programs: Programs, situations: Sequence[Situation]) -> Weights:
    best, best_score = START, sum(_scores(programs, situations, START))
    for name, values in CHOICES.items():
        for value in values:
            changed: Weights = replace(best, **{name: value})
            score = sum(_scores(programs, situations, changed))
            if score > best_score:
                best, best_score = changed, score
    return best


def _leave_out(programs: Programs, situations: Sequence[Situation]) -> None:
    shuffled = list(situations)
    random.Random(SEED).shuffle(shuffled)
    half = len(shuffled) // 2
    first, second = shuffled[:half], shuffled[half:]
    print("leave-out: weights tuned on one half, recall@10 and nDCG@10 on the other")
    for name, learn, test in (
        ("tuned on A, reported on B", first, second),
        ("tuned on B, reported on A", second, first),
    ):
        gain, found = _scores(programs, test, _tuned(programs, learn))
        print(f"  {name:34} {found:.3f}  {gain:.3f}")
    gain, found = _scores(programs, situations, START)
    print(f"  {'round numbers, untuned':34} {found:.3f}  {gain:.3f}")
    gain, found = _scores(programs, situations, WEIGHTS)
    print(f"  {'the weights in use':34} {found:.3f}  {gain:.3f}")


def _speeds(programs: Programs, situations: Sequence[Situation]) -> None:
    profiles = [_profile(programs, situation) for situation in situations]
    many = columns(_multiplied(programs.candidates, MANY))
    copies = -(-MANY // len(programs.candidates))

    def many_words(text: str):  # type: ignore[no-untyped-def]
        scores = programs.words(text)
        return None if scores is None else scores.repeat(copies)[:MANY]

    print("match, parsing and words of the search included")
    for name, services, words in (
        (f"{len(programs.candidates)} programs", programs.candidates, programs.words),
        (f"{MANY:,} programs", many, many_words),
    ):
        times = _timed(lambda s=services, w=words: [_one(p, s, w) for p in profiles])
        print(f"  {name:34} {times / len(profiles) * 1e3:7.2f} ms, median of {ROUNDS} rounds")


def _one(profile: CompanyProfile, services: Candidates, words: Callable) -> None:
    match(profile, services, today=TODAY, words=words).results.slugs[:CUTOFF]


def _timed(work: Callable[[], object]) -> float:
    work()
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def _multiplied(candidates: Candidates, size: int) -> list[Candidate]:
    """Return so many programs: those of the catalogue again and again, with slugs of their own."""
    copies = -(-size // len(candidates))
    rows = [
        replace(record, slug=f"{record.slug}-{copy}", next_slugs=())
        for record in candidates.records
        for copy in range(copies)
    ]
    return rows[:size]
