"""A search over one snapshot: page of hits, exact total, counts of every facet (pure).

Values within a facet widen, facets narrow, and a facet's counts ignore its own choice.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from portal.search import highlighting, meaning, names, snapshot, spelling, synonyms
from portal.search.analysis import fold
from portal.search.distance import Place, miles_between
from portal.search.documents import Catalogue
from portal.search.evaluation import Evaluator
from portal.search.finding import Finder, Trace
from portal.search.formula import FORMULA, Formula
from portal.search.meaning import Meaning
from portal.search.neighbors import ALMOST_NOTHING, probably_meant
from portal.search.parsing import parse
from portal.search.query import PAGE_SIZE, FacetValue, Hit, Match, SearchPage, SearchQuery
from portal.search.snapshot import FacetIndex, Snapshot
from portal.search.spelling import Speller
from portal.search.synonyms import Synonyms
from portal.search.tie_breaks import small_parts, turns

QUOTES = re.compile('["“”]')

Numbers = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class TextMatch:
    """What the words of a search found, and what was learned on the way."""

    documents: BitMap
    scores: NDArray[np.float32] | None
    trace: Trace


def assemble(catalogue: Catalogue, *, generation: int = 0, formula: Formula = FORMULA) -> Engine:
    """Build an engine over a catalogue.

    Args:
        catalogue: what to search.
        generation: the number of the catalogue's state that it was read at.
        formula: the constants of the ranking.
    """
    built = snapshot.build(
        catalogue.documents, catalogue.vocabularies, generation=generation, formula=formula
    )
    texts = (text for document in catalogue.documents for text in document.texts.values())
    return Engine(
        snapshot=built,
        synonyms=synonyms.read(
            catalogue.synonyms, catalogue.everyday, rarity=built.rarity, formula=formula
        ),
        speller=spelling.learn(texts),
        regions_of=catalogue.regions_of,
        places=catalogue.places,
        meaning=meaning.learn(built, formula),
        formula=formula,
    )


@dataclass(frozen=True, slots=True)
class Engine:
    """Answers searches.

    `regions_of` maps a ZIP to the codes of the regions that it may lie in, `places` to its middle.
    """

    snapshot: Snapshot
    synonyms: Synonyms
    speller: Speller
    regions_of: Mapping[str, tuple[str, ...]]
    places: Mapping[str, Place] = field(default_factory=dict)
    meaning: Meaning | None = None
    formula: Formula = FORMULA

    def search(self, query: SearchQuery, *, today: date | None = None) -> SearchPage:
        """Return one page of what a search finds.

        Args:
            query: what is asked.
            today: the day, for freshness and turns among equals.
        """
        text = self.match_text(query.text)
        base = self._narrowed(query, text.documents)
        found = base & self._chosen(query)
        total, pages = len(found), max(1, -(-len(found) // PAGE_SIZE))
        start = (query.page - 1) * PAGE_SIZE
        shown = self._ordered(found, query, text, today)[start : start + PAGE_SIZE].tolist()
        return SearchPage(
            hits=tuple(self._hit(number, query, text) for number in shown),
            total=total,
            page=query.page,
            pages=pages,
            facets={slug: self._counts(slug, query, base) for slug in self.snapshot.facets},
            did_you_mean=self._did_you_mean(query.text, text),
            ignored_words=tuple(
                dict.fromkeys(w for w in text.trace.unknown if w not in text.trace.corrected)
            ),
            stems=frozenset(text.trace.stems),
            reasons=tuple(text.trace.reasons),
            drop=() if total else self._what_to_drop(query, text),
        )

    def found(self, query: SearchQuery) -> set[uuid.UUID]:
        """Return the ids of all services that a search finds, on whatever page."""
        numbers = self._narrowed(query, self.match_text(query.text).documents)
        return {self.snapshot.documents[n].id for n in numbers & self._chosen(query)}

    def facet_names(self) -> Mapping[str, str]:
        """Return what the catalogue calls each facet."""
        return {slug: index.vocabulary.name for slug, index in self.snapshot.facets.items()}

    def offered(self) -> Mapping[str, Collection[str]]:
        """Return the values of each facet."""
        return {slug: index.documents for slug, index in self.snapshot.facets.items()}

    def explain(self, hit: Hit, page: SearchPage) -> Match:
        """Return why a service stands on a page that this engine answered."""
        return highlighting.explain(self.snapshot, hit.number, page)

    def match_text(self, text: str) -> TextMatch:
        """Return what the words alone find; everything when there are none."""
        trace = Trace()
        evaluator = Evaluator(self.snapshot, self.synonyms, self.speller, self.formula)
        found = evaluator.evaluate(parse(text), trace) if text.strip() else None
        if found is None:
            return TextMatch(self.snapshot.everything, None, trace)
        return TextMatch(found.documents, self._blended(found.scores, trace), trace)

    def _blended(self, scores: NDArray[np.float32], trace: Trace) -> NDArray[np.float32]:
        """Return the scores: the best match by words is 1; to it come meaning and names said."""
        if not scores.size or not scores.max():
            return scores
        blended = scores / scores.max()
        if self.meaning is not None:
            near = self.meaning.nearness(trace.asked, trace.stems.difference(trace.asked))
            blended = blended + np.float32(self.formula.meaning) * near
        named = names.said(self.snapshot, trace.asked)
        blended = blended + np.float32(self.formula.named) * named
        return np.where(scores > 0, blended, np.float32(0))

    def _narrowed(self, query: SearchQuery, documents: BitMap) -> BitMap:
        """Keep what serves the ZIP, has an office near it, or both, as asked."""
        if query.near and not query.office_only:
            documents = documents & self._in_facet("region", self.regions_of.get(query.near, ()))
        return documents & self._within(query) if query.near and query.within else documents

    def _within(self, query: SearchQuery) -> BitMap:
        here = self.places.get(query.near)
        return BitMap(
            number
            for number, document in enumerate(self.snapshot.documents)
            if here and document.place and miles_between(here, document.place) <= query.within
        )

    def _in_facet(self, facet: str, values: tuple[str, ...]) -> BitMap:
        index = self.snapshot.facets.get(facet)
        if index is None:
            return BitMap()
        return BitMap().union(*(index.documents.get(value, BitMap()) for value in values))

    def _chosen(self, query: SearchQuery, *, but: str = "") -> BitMap:
        """Return the documents that all chosen facets allow, one of them left out."""
        allowed = self.snapshot.everything
        for facet, values in query.facets:
            if facet != but:
                allowed = allowed & self._in_facet(facet, values)
        return allowed

    def _ordered(
        self, found: BitMap, query: SearchQuery, text: TextMatch, today: date | None
    ) -> Numbers:
        numbers = np.asarray(found, dtype=np.uint32) if found else np.empty(0, np.uint32)
        if query.sort == "name":
            return numbers[np.argsort(self.snapshot.by_name[numbers])]
        if query.sort == "verified":
            return numbers[np.argsort(self.snapshot.by_assured[numbers])]
        documents = [self.snapshot.documents[number] for number in numbers]
        score = self._scores(numbers, text) + small_parts(
            documents, formula=self.formula, today=today
        )
        if any(facet in ("industry", "size") for facet, _ in query.facets):
            made_for = np.array([d.is_dedicated(query.facets) for d in documents], bool)
            score = score + np.float32(self.formula.dedicated) * made_for
        among_equals = turns(self.snapshot.documents, today)[numbers]
        return numbers[np.lexsort((among_equals, -score.round(6)))]

    def _scores(self, numbers: Numbers, text: TextMatch) -> NDArray[np.float32]:
        """Return the relevance of documents; without words all are equal, unsure ones less so."""
        sure = np.array([not self.snapshot.documents[n].is_uncertain for n in numbers], bool)
        own = np.ones(len(numbers), np.float32) if text.scores is None else text.scores[numbers]
        takes = np.array([not self.snapshot.documents[n].is_paused for n in numbers], bool)
        doubt = np.where(sure, 1.0, self.formula.uncertain)
        return (own * doubt * np.where(takes, 1.0, self.formula.paused)).astype(np.float32)

    def _hit(self, number: int, query: SearchQuery, text: TextMatch) -> Hit:
        document = self.snapshot.documents[number]
        score = float(self._scores(np.array([number], np.uint32), text)[0])
        return Hit(
            service_id=document.id,
            slug=document.slug,
            number=number,
            dedicated=document.is_dedicated(query.facets),
            score=score,
            listed_terms=document.listed_terms,
        )

    def _counts(self, facet: str, query: SearchQuery, base: BitMap) -> tuple[FacetValue, ...]:
        index: FacetIndex = self.snapshot.facets[facet]
        counted = base & self._chosen(query, but=facet)
        selected = query.chosen(facet)
        tells = index.vocabulary.tells_dedicated
        return tuple(
            FacetValue(
                value=term.code,
                label=term.label,
                count=index.documents[term.code].intersection_cardinality(counted),
                selected=term.code in selected,
                dedicated=(
                    index.dedicated[term.code].intersection_cardinality(counted) if tells else None
                ),
            )
            for term in (
                *index.vocabulary.terms,
                *(t for t in index.vocabulary.unlisted if t.code in selected),
            )
        )

    def _did_you_mean(self, typed: str, text: TextMatch) -> str | None:
        """Return the request as it was searched, or as it would find more than almost nothing."""
        if text.trace.corrected:
            return _respelled(typed, text.trace.corrected)
        if text.scores is None or len(text.documents) > ALMOST_NOTHING:
            return None
        unquoted = " ".join(QUOTES.sub(" ", typed).split())
        if unquoted != typed.strip():
            loose = self.match_text(unquoted)
            if len(loose.documents) > ALMOST_NOTHING:
                return _respelled(unquoted, loose.trace.corrected)
        meant = probably_meant(Finder(self.snapshot), parse(typed), self.speller.near)
        better = _respelled(typed, dict([meant])) if meant else typed
        finds_more = len(self.match_text(better).documents) > len(text.documents)
        return better if finds_more else None

    def _what_to_drop(
        self, query: SearchQuery, text: TextMatch
    ) -> tuple[tuple[str, str, int], ...]:
        """Return what to leave out to find something: (facet, value or "", results), best first."""
        tries = [(f, "", self._size(query.without(f), text.documents)) for f, _ in query.facets]
        if query.within and not query.office_only:
            wider = replace(query, within=0)
            tries.append(("within", str(query.within), self._size(wider, text.documents)))
        if query.near:
            everywhere = text.documents & self._chosen(query)
            tries.append(("near", query.near, len(everywhere)))
        if query.text:
            tries.append(("q", query.text, self._size(query, self.snapshot.everything)))
        return tuple(sorted((t for t in tries if t[2]), key=lambda t: (t[0] == "q", -t[2])))

    def _size(self, query: SearchQuery, documents: BitMap) -> int:
        return len(self._narrowed(query, documents) & self._chosen(query))


def _respelled(typed: str, corrected: Mapping[str, str]) -> str:
    """Return a request with some of its words replaced; quotes, stars and brackets stay."""
    better = {fold(word): correction for word, correction in corrected.items()}

    def respelled(word: str) -> str:
        bare = word.strip("\"'“”()*.,;:!?")
        return word.replace(bare, better[fold(bare)]) if fold(bare) in better else word

    return " ".join(respelled(word) for word in typed.split())
