"""Words that stand for each other: phrase-aware, both ways, and everyday wordings (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.search.analysis import all_words, words
from portal.search.formula import FORMULA, Formula

Stems = tuple[str, ...]
Rows = Iterable[tuple[str, Sequence[str]]]

LONGEST = 4  # words in a synonym's own term


@dataclass(frozen=True, slots=True)
class Widening:
    """Another phrase for the words `start` to `end` of a request.

    `stems` are the phrase's, common words dropped; `spoken` is how it is written.
    """

    start: int
    end: int
    stems: Stems
    spoken: str
    weight: float


@dataclass(frozen=True, slots=True)
class Other:
    """What else a term is called."""

    stems: Stems
    spoken: str
    weight: float


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What else the words of a request may be called.

    `table` maps a term (stems, common words kept) to other phrases. `everyday` holds wordings
    that an owner may use in any order and not whole: (stems of the wording, others).
    `rarity` says how much a stem tells.
    """

    table: Mapping[Stems, Sequence[Other]] = field(default_factory=dict)
    everyday: Sequence[tuple[frozenset[str], Sequence[Other]]] = ()
    everyday_by_stem: Mapping[str, Sequence[int]] = field(default_factory=dict)
    rarity: Callable[[str], float] = lambda _stem: 1.0
    formula: Formula = FORMULA

    def is_term(self, stems: Stems) -> bool:
        """Whether there is a term that is written so."""
        return stems in self.table

    def widenings(self, stems: Sequence[str]) -> list[Widening]:
        """Return what else a request may be called; synonyms first, longest match first.

        Args:
            stems: the words of the request in order, common ones kept.
        """
        found: list[Widening] = []
        start = 0
        while start < len(stems):
            end, others = self._longest_from(stems, start)
            found += [Widening(start, end, o.stems, o.spoken, o.weight) for o in others]
            start = end
        known = {widening.stems for widening in found}
        return found + [w for w in self._everyday(stems) if w.stems not in known]

    def _longest_from(self, stems: Sequence[str], start: int) -> tuple[int, Sequence[Other]]:
        """Return where the longest term that begins here ends, and what else it is called.

        One word may stand between the words of a term: "new CNC machine" is a new machine.
        """
        for length in range(min(LONGEST, len(stems) - start), 0, -1):
            exact = self.table.get(tuple(stems[start : start + length]))
            if exact:
                return start + length, exact
            for gap in range(start + 1, start + length) if length < len(stems) - start else ():
                spread = (*stems[start:gap], *stems[gap + 1 : start + length + 1])
                if others := self.table.get(spread):
                    return start + length + 1, others
        return start + 1, ()

    def _everyday(self, stems: Sequence[str]) -> list[Widening]:
        """Return the everyday wordings of which the request has enough, by rarity."""
        places: dict[str, int] = {}
        for place, stem in enumerate(stems):
            places.setdefault(stem, place)
        near = {n for stem in places for n in self.everyday_by_stem.get(stem, ())}
        best: dict[Stems, Widening] = {}
        for number in sorted(near):
            wording, others = self.everyday[number]
            had = [stem for stem in wording if stem in places]
            share = sum(map(self.rarity, had)) / sum(map(self.rarity, wording))
            if share < self.formula.everyday_share:
                continue
            start = min(places[stem] for stem in had)
            for other in others:
                weight = other.weight * share
                if other.stems not in best or best[other.stems].weight < weight:
                    best[other.stems] = Widening(
                        start, start + 1, other.stems, other.spoken, weight
                    )
        return list(best.values())


def read(
    rows: Rows,
    everyday: Rows = (),
    *,
    rarity: Callable[[str], float] = lambda _stem: 1.0,
    formula: Formula = FORMULA,
) -> Synonyms:
    """Build the table.

    Args:
        rows: (term, what programs say instead).
        everyday: (an owner's wording, what programs say instead).
        rarity: how much a stem tells.
        formula: what synonyms count, each way.
    """
    table: defaultdict[Stems, dict[Stems, Other]] = defaultdict(dict)

    def add(source: str, target: str, weight: float) -> None:
        key, other = tuple(all_words(source)), tuple(words(target))
        if key and other and other != tuple(words(source)) and len(key) <= LONGEST:
            known = table[key].get(other)
            if known is None or known.weight < weight:
                table[key][other] = Other(other, target, weight)

    for term, others in rows:
        for other in others:
            add(term, other, formula.forward)
            add(other, term, formula.backward)
    wordings = [
        (frozenset(words(term)), _others(others, formula.everyday)) for term, others in everyday
    ]
    by_stem: defaultdict[str, list[int]] = defaultdict(list)
    for number, (wording, _) in enumerate(wordings):
        for stem in wording:
            by_stem[stem].append(number)
    return Synonyms(
        {key: tuple(others.values()) for key, others in table.items()},
        wordings,
        dict(by_stem),
        rarity,
        formula,
    )


def _others(texts: Sequence[str], weight: float) -> tuple[Other, ...]:
    return tuple(Other(tuple(words(text)), text, weight) for text in texts if words(text))
