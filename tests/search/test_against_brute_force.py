"""Random catalogues and searches: totals, ids and counts equal those of a plain-set oracle."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.documents import Document
from portal.search.formula import Formula
from portal.search.query import PAGE_SIZE, SearchQuery
from tests.search.catalogues import VOCABULARIES, document, engine

# Forms of one word, named by hand, so that the oracle needs no analyzer; others are their own.
A_FIFTH = Formula(enough=0.2)
FORM_OF = {"training": "TRAIN", "trained": "TRAIN", "machines": "MACHINE", "machine": "MACHINE"}
WORDS = ("robot", "weld", "laser", "cnc", "export", "scrap", "iso", "lab", *FORM_OF)
BEGINNINGS = ("r", "la", "sc", "q", "t", "train", "traini", "machin", "machines")
RARE = ("zinc", "kiln")  # never in a text: unknown words

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


@st.composite
def documents(draw: Callable) -> list[Document]:
    made = []
    for number in range(draw(st.integers(0, 12))):
        values = {
            v.slug: draw(
                st.dictionaries(
                    st.sampled_from([t.code for t in v.terms]), st.booleans(), max_size=3
                )
            )
            for v in VOCABULARIES
        }
        made.append(
            document(
                f"s{number:02}",
                values=values,
                name=draw(texts),
                description=draw(texts),
                topics=draw(texts),
            )
        )
    return made


@st.composite
def facets(draw: Callable) -> tuple:
    chosen = []
    for vocabulary in VOCABULARIES:
        codes = [term.code for term in vocabulary.terms]
        values = draw(st.lists(st.sampled_from(codes), unique=True, max_size=2))
        if values:
            chosen.append((vocabulary.slug, tuple(values)))
    return tuple(chosen)


words = st.sampled_from(WORDS + RARE)
asked = st.one_of(
    st.just(("words", [])),
    st.lists(words, min_size=1, max_size=5).map(lambda ws: ("words", ws)),
    st.lists(words, min_size=2, max_size=3).map(lambda ws: ("and", ws)),
    st.lists(words, min_size=2, max_size=3).map(lambda ws: ("or", ws)),
    st.lists(words, min_size=2, max_size=2).map(lambda ws: ("phrase", ws)),
    st.lists(words, min_size=2, max_size=2).map(lambda ws: ("not", ws)),
    st.sampled_from(BEGINNINGS).map(lambda beginning: ("prefix", [beginning])),
)


def typed(kind: str, ws: list[str]) -> str:
    return {
        "words": " ".join(ws),
        "and": " AND ".join(ws),
        "or": " OR ".join(ws),
        "phrase": f'"{" ".join(ws)}"',
        "not": f"{ws[0]} NOT {ws[-1]}" if ws else "",
        "prefix": f"{ws[0]}*" if ws else "",
    }[kind]


def forms(text: str) -> list[str]:
    return [FORM_OF.get(word, word) for word in text.split()]


class Oracle:
    """The same search by plain sets and loops over the raw texts."""

    def __init__(self, docs: list[Document]) -> None:
        self.docs = sorted(docs, key=lambda d: d.slug)
        self.written = {w for d in docs for text in d.texts.values() for w in text.split()}

    def having(self, word: str) -> set[str]:
        return self.holders({FORM_OF.get(word, word)})

    def holders(self, words: set[str]) -> set[str]:
        return {d.slug for d in self.docs for t in d.texts.values() if words & set(forms(t))}

    def beginning(self, start: str) -> set[str]:
        return self.holders({FORM_OF.get(w, w) for w in self.written if w.startswith(start)})

    def by_text(self, kind: str, ws: list[str]) -> set[str]:
        if not ws:
            return {d.slug for d in self.docs}
        sets = [self.having(w) for w in ws]
        run = f" {' '.join(forms(' '.join(ws)))} "
        return {
            "words": lambda: self.enough(sets),
            "and": lambda: set.intersection(*sets),
            "or": lambda: set.union(*sets),
            "not": lambda: sets[0] - sets[1],
            "phrase": lambda: {d.slug for d in self.docs if self.some_text_has(d, run)},
            "prefix": lambda: self.beginning(ws[0]),
        }[kind]()

    @staticmethod
    def some_text_has(doc: Document, part: str) -> bool:
        return any(part in f" {' '.join(forms(text))} " for text in doc.texts.values())

    def enough(self, sets: list[set[str]]) -> set[str]:
        """Two known words or fewer: all. More: a fifth by rarity, or the most that any has."""
        known = [s for s in sets if s]
        if not known:
            return set()
        size = len(self.docs)
        weights = [math.log(size / (len(s) + 1)) + 1 for s in known]
        share = {
            d.slug: sum(w for w, s in zip(weights, known, strict=True) if d.slug in s)
            / sum(weights)
            for d in self.docs
        }
        needed = min(1.0 if len(known) <= 2 else 0.2, max(share.values()))
        return {slug for slug, part in share.items() if part >= needed - 1e-5}

    def by_facets(self, chosen: tuple, but: str = "") -> set[str]:
        return {
            d.slug
            for d in self.docs
            if all(any(v in d.values.get(f, {}) for v in vs) for f, vs in chosen if f != but)
        }


@settings(max_examples=250, deadline=None)
@given(documents(), asked, facets())
def test_totals_ids_and_counts_equal_the_brute_force_oracle(docs, asked, chosen):
    kind, ws = asked
    oracle = Oracle(docs)
    text = oracle.by_text(kind, ws)

    searcher = replace(engine(*docs, spelling=False), formula=A_FIFTH)
    page = searcher.search(SearchQuery(text=typed(kind, ws), facets=chosen))

    expected = text & oracle.by_facets(chosen)
    assert page.total == len(expected)
    assert {hit.slug for hit in page.hits} <= expected
    assert len(page.hits) == min(len(expected), PAGE_SIZE)
    for vocabulary in VOCABULARIES:
        base = text & oracle.by_facets(chosen, but=vocabulary.slug)
        for value in page.facets[vocabulary.slug]:
            holders = [d for d in docs if value.value in d.values.get(vocabulary.slug, {})]
            own = [d for d in holders if d.values[vocabulary.slug][value.value]]
            assert value.count == len(base & {d.slug for d in holders})
            if value.dedicated is not None:
                assert value.dedicated == len(base & {d.slug for d in own})


@settings(max_examples=60, deadline=None)
@given(documents(), facets())
def test_choosing_one_more_value_within_a_facet_never_removes_results(docs, chosen):
    searcher = engine(*docs)
    before = searcher.search(SearchQuery(facets=chosen)).total

    for slug, values in chosen:
        for term in next(v for v in VOCABULARIES if v.slug == slug).terms:
            wider = tuple((f, (*vs, term.code) if f == slug else vs) for f, vs in chosen)
            assert searcher.search(SearchQuery(facets=wider)).total >= before, (values, term.code)


@settings(max_examples=60, deadline=None)
@given(documents(), facets())
def test_a_count_says_how_many_results_choosing_that_value_gives(docs, chosen):
    searcher = engine(*docs)
    page = searcher.search(SearchQuery(facets=chosen))

    for slug, values in page.facets.items():
        others = tuple((f, vs) for f, vs in chosen if f != slug)
        for value in values:
            alone = searcher.search(SearchQuery(facets=(*others, (slug, (value.value,)))))
            assert alone.total == value.count
