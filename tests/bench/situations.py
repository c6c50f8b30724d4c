"""The judged company situations of tests/data/needs.csv, as addresses of the wizard (pure)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.bench.judged import DATA, grades_in


@dataclass(frozen=True, slots=True)
class Situation:
    """A company as answers, and the grade of each program that an adviser would name."""

    id: str
    audience: str
    employees: int
    industry: str
    county: str
    needs: tuple[str, ...]
    topics: tuple[str, ...]
    budget: str
    grades: dict[str, int]


def judged_situations() -> list[Situation]:
    """Return the judged situations."""
    with (DATA / "needs.csv").open(encoding="utf-8", newline="") as file:
        return [
            Situation(
                row["id"],
                row["audience"],
                int(row["employees"]),
                row["industry"],
                row["county"],
                tuple(row["needs"].split("|")),
                tuple(row["topics"].split("|")),
                row["budget"],
                grades_in(row["expected"]),
            )
            for row in csv.DictReader(file)
        ]


def query_of(situation: Situation) -> str:
    """Return a situation as the query of `/find/results.json`."""
    return urlencode(
        [
            ("audience", situation.audience),
            ("employees", situation.employees),
            ("industry", situation.industry),
            ("county", situation.county),
            ("budget", situation.budget),
            *(("need", need) for need in situation.needs),
            *(("topic", topic) for topic in situation.topics),
        ]
    )
