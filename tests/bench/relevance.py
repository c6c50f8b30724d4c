"""Prints how well the judged searches are answered, as typed, misspelled, and left out."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from portal.search import queries
from portal.search.documents import Catalogue
from portal.search.engine import Engine, assemble
from portal.search.formula import FORMULA
from portal.search.query import SearchQuery
from tests.bench.judged import Judged, has_ideal_first, judged_queries, ndcg
from tests.bench.portals import filled_app
from tests.bench.slips import misspelled
from tests.bench.tuning import START, halves, score, tuned


def main() -> None:
    """Print nDCG@10 and the share of searches with an ideal program in the first three."""
    with tempfile.TemporaryDirectory() as folder:
        app = filled_app(Path(folder))
        with app.app_context():
            catalogue = queries.catalogue()
    engine, judged = assemble(catalogue), judged_queries()
    typed = _report("as typed", engine, judged, lambda query: query)
    slipped = _report("one word misspelled by one edit", engine, judged, misspelled)
    print(f"loss by misspelling                  {typed - slipped:.3f}")
    _leave_out(catalogue, judged)


def _report(name: str, engine: Engine, judged: list[Judged], spell: Callable[[str], str]) -> float:
    gains, firsts, totals = [], [], []
    for each in judged:
        page = engine.search(SearchQuery(text=spell(each.query)))
        found = [hit.slug for hit in page.hits]
        gains.append(ndcg(found, each.grades))
        firsts.append(has_ideal_first(found, each.grades))
        totals.append(page.total)
    print(f"{len(judged)} judged searches, {name}")
    print(f"  nDCG@10, mean                      {statistics.mean(gains):.3f}")
    share = sum(firsts) / len(firsts)
    print(f"  an ideal one in the first three    {sum(firsts)} of {len(firsts)} ({share:.0%})")
    print(f"  programs found, median             {statistics.median(totals):.0f}")
    return statistics.mean(gains)


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
