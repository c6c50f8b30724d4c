"""Prints how well the judged searches are answered, as typed, misspelled, and left out."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from portal.search import queries
from portal.search.documents import Catalogue
from portal.search.engine import Engine, assemble
from portal.search.formula import FORMULA
from portal.search.query import SearchQuery
from tests.bench.judged import Judged, has_ideal_first, judged_queries, ndcg
from tests.bench.portals import filled_app
from tests.bench.slips import SEEDS, misspelled
from tests.bench.tuning import START, halves, score, tuned


def main() -> None:
    """Print nDCG@10 and the share of searches with an ideal program in the first three."""
    with tempfile.TemporaryDirectory() as folder:
        app = filled_app(Path(folder))
        with app.app_context():
            catalogue = queries.catalogue()
    engine, judged = assemble(catalogue), judged_queries()
    print(f"{len(judged)} judged searches, as typed")
    typed = _report([_answered(engine, judged, lambda query: query)])
    print(f"{len(judged)} judged searches, one word misspelled by one edit, {len(SEEDS)} draws")
    slips = [_answered(engine, judged, partial(misspelled, seed=seed)) for seed in SEEDS]
    slipped = _report(slips)
    worst = max(typed - answers.gain for answers in slips)
    print(f"loss by misspelling, mean            {typed - slipped:.3f} (worst draw {worst:.3f})")
    _leave_out(catalogue, judged)


@dataclass(frozen=True, slots=True)
class Answers:
    """How well the judged searches were answered: mean nDCG@10, ideal ones first, programs."""

    gain: float
    firsts: int
    asked: int
    found: float


def _answered(engine: Engine, judged: Sequence[Judged], spell: Callable[[str], str]) -> Answers:
    pages = [engine.search(SearchQuery(text=spell(each.query))) for each in judged]
    slugs = [[hit.slug for hit in page.hits] for page in pages]
    pairs = list(zip(slugs, judged, strict=True))
    return Answers(
        gain=statistics.mean(ndcg(found, each.grades) for found, each in pairs),
        firsts=sum(has_ideal_first(found, each.grades) for found, each in pairs),
        asked=len(pairs),
        found=statistics.median(page.total for page in pages),
    )


def _report(draws: Sequence[Answers]) -> float:
    """Print the mean of the draws; return their gain."""
    gain = statistics.mean(draw.gain for draw in draws)
    firsts = sum(draw.firsts for draw in draws)
    asked = sum(draw.asked for draw in draws)
    print(f"  nDCG@10, mean                      {gain:.3f}")
    print(f"  an ideal one in the first three    {firsts} of {asked} ({firsts / asked:.0%})")
    print(f"  programs found, median             {statistics.mean(d.found for d in draws):.0f}")
    return gain


def _leave_out(catalogue: Catalogue, judged: list[Judged]) -> None:
    print("leave-out: constants tuned on one half, nDCG@10 on the other (start → tuned)")
    for name, learn, test in _turns(*halves(judged)):
        before, after = (
            score(catalogue, formula, test) for formula in (START, tuned(catalogue, learn))
        )
        print(f"  {name:34} {before:.3f} → {after:.3f}")
    print(f"  the formula in use, all searches   {score(catalogue, FORMULA, judged):.3f}")


def _turns(
    first: list[Judged], second: list[Judged]
) -> list[tuple[str, list[Judged], list[Judged]]]:
    return [
        ("tuned on A, reported on B", first, second),
        ("tuned on B, reported on A", second, first),
    ]
