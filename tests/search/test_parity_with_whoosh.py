"""On the real catalogue the snapshot ranks as Whoosh's own index of the same fields does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from whoosh import fields, query, scoring
from whoosh.filedb.filestore import RamStorage
from whoosh.searching import Searcher

from portal.search import index
from portal.search.analysis import ANALYZER, words
from portal.search.engine import Engine
from portal.search.formula import FORMULA
from portal.search.query import SearchQuery
from portal.search.spelling import Speller
from portal.search.synonyms import Synonyms

TOP = 20
SEARCHES = (
    "lean",
    "robot",
    "AS9100",
    "apprenticeship",
    "photonics",
    "loan",
    "export",
    "cnc OR machining",
    "prototype OR testing OR laboratory",
    "grant OR loan OR voucher",
    "cybersecurity OR CMMC",
    "medical AND device",
    "training AND grant",
    "supervisor AND training",
    "plastics AND molding",
    "energy OR waste OR toxics",
)


@pytest.fixture(scope="module")
def plain_engine(catalogue_app) -> Engine:
    """The real snapshot without what Whoosh does not do, from synonyms to tie-breaks."""
    with catalogue_app.app_context():
        real = index.search_index().refresh()
    plain = replace(FORMULA, named=0.0, fresh=0.0, complete=0.0)
    return Engine(real.snapshot, Synonyms(), Speller({}), {}, formula=plain)


@pytest.fixture(scope="module")
def whoosh_searcher(plain_engine) -> Searcher:
    schema = fields.Schema(
        slug=fields.ID(stored=True),
        **{f.name: fields.TEXT(analyzer=ANALYZER, phrase=False) for f in FORMULA.fields},
    )
    made = RamStorage().create_index(schema)
    writer = made.writer()
    for document in plain_engine.snapshot.documents:
        writer.add_document(slug=document.slug, **document.texts)
    writer.commit()
    return made.searcher(
        weighting=scoring.BM25F(K1=FORMULA.k1, **{f"{f.name}_B": f.b for f in FORMULA.fields})
    )


def asked_of_whoosh(text: str) -> query.Query:
    def anywhere(word: str) -> query.Query:
        return query.Or(
            [
                query.Term(f.name, stem, boost=f.boost)
                for f in FORMULA.fields
                for stem in words(word)
            ]
        )

    if " AND " in text:
        return query.And([anywhere(word) for word in text.split(" AND ")])
    return query.Or([anywhere(word) for word in text.split(" OR ")])


@pytest.mark.parametrize("text", SEARCHES)
def test_finds_and_ranks_what_whoosh_finds_and_ranks(plain_engine, whoosh_searcher, text):
    uncertain = {d.slug for d in plain_engine.snapshot.documents if d.is_uncertain}
    hits = whoosh_searcher.search(asked_of_whoosh(text), limit=None)
    best = max(hit.score for hit in hits)
    scores = {
        hit["slug"]: hit.score / best * (FORMULA.uncertain if hit["slug"] in uncertain else 1)
        for hit in hits
    }

    page = plain_engine.search(SearchQuery(text=text))

    assert page.total == len(scores) > 0
    # Whoosh rounds field lengths above 90 words to one byte, hence the small tolerance.
    for hit in page.hits:
        assert hit.score == pytest.approx(scores[hit.slug], rel=0.05)
    first = sorted(scores.values(), reverse=True)[:TOP]
    assert [scores[hit.slug] for hit in page.hits] == pytest.approx(first, rel=0.05)
