"""The programs as the matching reads them: one record each, and all of them as columns (pure).

Columns are numpy arrays over the programs in one order, so that a hundred thousand are matched in
the time of one page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portal.directory.rounds import Season
from portal.directory.vocabulary import slug_of

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]

STATEWIDE, ANY = "statewide", "any"
MONEY = frozenset({"grant", "loan", "tax-credit"})
NO_LIMIT = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Candidate:
    """One published program.

    Attributes:
        slug: its key.
        name: for the reader.
        audiences, forms, regions, delivery, costs: codes as its listing names them; the first
            form is the main one; `statewide` among regions means all of them.
        industries: codes, `any` among them when it takes every industry.
        topics: names of topics.
        minimum, maximum: employees; None: no limit.
        is_uncertain: it may have changed, or its last confirmation is too old.
        is_paused: it takes no new companies at present.
        assured_on: day number of the last confirmation (`date.toordinal`), 0 when there was none.
        seasons: the times in which it takes applications, as far as they are known.
        next_slugs: what an adviser suggests after it, the likeliest first.
    """

    slug: str
    name: str = ""
    audiences: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    is_uncertain: bool = False
    is_paused: bool = False
    assured_on: int = 0
    seasons: tuple[Season, ...] = ()
    next_slugs: tuple[str, ...] = ()

    @property
    def is_dedicated_to_industries(self) -> bool:
        """Whether it names industries and does not take every one."""
        return bool(self.industries) and ANY not in self.industries

    @property
    def is_doubtful(self) -> bool:
        """Whether it may have changed, or takes no new companies: no first thing to do."""
        return self.is_uncertain or self.is_paused

    @property
    def is_money(self) -> bool:
        """Whether it gives money and nothing that comes in one way or another."""
        return bool(self.costs) and MONEY.issuperset(self.costs)


@dataclass(frozen=True, slots=True)
class Candidates:
    """All programs as columns; made by `columns`.

    Attributes:
        records: the programs, in the order of every column.
        having: facet → code → which programs name it.
        main_form: form → which programs have it as their main one.
        dedicated: which programs name industries and do not take every one.
        money: which give money only.
        minimum, maximum: employees; 0 and NO_LIMIT where there is no limit.
        uncertain: which may have changed.
        paused: which take no new companies at present.
        assured_on: day numbers of the last confirmation, 0 for none.
        topics: slug of a topic → positions of the programs that name it.
        next_steps: position → positions of what follows it.
        with_seasons: positions of the programs whose rounds are known.
        positions: slug → position.
    """

    records: tuple[Candidate, ...]
    having: Mapping[str, Mapping[str, Flags]]
    main_form: Mapping[str, Flags]
    dedicated: Flags
    money: Flags
    minimum: Numbers
    maximum: Numbers
    uncertain: Flags
    paused: Flags
    assured_on: Numbers
    topics: Mapping[str, Numbers]
    next_steps: Mapping[int, tuple[int, ...]]
    with_seasons: tuple[int, ...]
    positions: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.records)

    def none(self) -> Flags:
        """Return a column that is true of no program."""
        return np.zeros(len(self.records), np.bool_)

    def naming(self, facet: str, codes: Iterable[str]) -> Flags:
        """Return which programs name one of the codes."""
        column = self.none()
        for code in codes:
            named = self.having[facet].get(code)
            if named is not None:
                column |= named
        return column

    def on_topic(self, topics: Iterable[str]) -> Flags:
        """Return which programs name one of the topics, however these are written."""
        column = self.none()
        for topic in topics:
            named = self.topics.get(slug_of(topic))
            if named is not None:
                column[named] = True
        return column


def columns(records: Sequence[Candidate]) -> Candidates:
    """Turn records into columns."""
    size = len(records)
    positions = {record.slug: position for position, record in enumerate(records)}
    topics: defaultdict[str, list[int]] = defaultdict(list)
    for position, record in enumerate(records):
        for topic in dict.fromkeys(map(slug_of, record.topics)):
            topics[topic].append(position)
    return Candidates(
        records=tuple(records),
        having={
            "audience": _having([record.audiences for record in records]),
            "form": _having([record.forms for record in records]),
            "region": _having([record.regions for record in records]),
            "delivery": _having([record.delivery for record in records]),
            "cost": _having([record.costs for record in records]),
            "industry": _having([record.industries for record in records]),
        },
        main_form=_having([record.forms[:1] for record in records]),
        dedicated=np.fromiter((r.is_dedicated_to_industries for r in records), np.bool_, size),
        money=np.fromiter((r.is_money for r in records), np.bool_, size),
        minimum=np.fromiter((r.minimum or 0 for r in records), np.int64, size),
        maximum=np.fromiter(
            (NO_LIMIT if r.maximum is None else r.maximum for r in records), np.int64, size
        ),
        uncertain=np.fromiter((r.is_uncertain for r in records), np.bool_, size),
        paused=np.fromiter((r.is_paused for r in records), np.bool_, size),
        assured_on=np.fromiter((r.assured_on for r in records), np.int64, size),
        topics={topic: np.asarray(found, np.int64) for topic, found in topics.items()},
        next_steps={
            position: tuple(positions[slug] for slug in record.next_slugs if slug in positions)
            for position, record in enumerate(records)
            if record.next_slugs
        },
        with_seasons=tuple(n for n, record in enumerate(records) if record.seasons),
        positions=positions,
    )


def _having(lists: Sequence[tuple[str, ...]]) -> dict[str, Flags]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for position, codes in enumerate(lists):
        for code in codes:
            found[code].append(position)
    flags: dict[str, Flags] = {}
    for code, places in found.items():
        flags[code] = np.zeros(len(lists), np.bool_)
        flags[code][places] = True
    return flags
