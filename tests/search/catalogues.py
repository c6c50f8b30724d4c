"""Small catalogues for search tests: documents from a few words, vocabularies from a few codes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from portal.search.documents import Document, FacetTerm, Vocabulary
from portal.search.engine import Engine
from portal.search.snapshot import build
from portal.search.spelling import Speller, learn
from portal.search.synonyms import Synonyms, read

FORM = Vocabulary("form", tuple(FacetTerm(code, code) for code in ("training", "marketing")))
REGION = Vocabulary(
    "region",
    (
        FacetTerm("central", "Central"),
        FacetTerm("western", "Western"),
        FacetTerm("statewide", "Whole state", covers_all=True),
    ),
    tells_dedicated=True,
)
INDUSTRY = Vocabulary(
    "industry",
    (
        FacetTerm("332", "Metal"),
        FacetTerm("332710", "Machine shops", parent="332"),
        FacetTerm("339112", "Surgical instruments", parent="339"),
        FacetTerm("any", "Any", covers_all=True),
    ),
    tells_dedicated=True,
)
VOCABULARIES = (FORM, INDUSTRY, REGION)


def document(
    slug: str,
    *,
    values: Mapping[str, Mapping[str, bool]] | None = None,
    is_uncertain: bool = False,
    is_paused: bool = False,
    assured_on: str = "",
    completeness: float = 0.0,
    place: tuple[float, float] | None = None,
    **texts: str,
) -> Document:
    """Return a document; `values` maps facet → {code: dedicated} as the listing names them."""
    by_slug = {vocabulary.slug: vocabulary for vocabulary in VOCABULARIES}
    return Document(
        id=uuid.uuid5(uuid.NAMESPACE_OID, slug),
        slug=slug,
        name=texts.get("name", slug),
        texts={"name": "", "summary": "", "description": "", **texts},
        values={f: by_slug[f].expand(codes) for f, codes in (values or {}).items()},
        is_uncertain=is_uncertain,
        is_paused=is_paused,
        assured_on=assured_on,
        completeness=completeness,
        place=place,
    )


def engine(
    *documents: Document,
    synonyms: Mapping[str, list[str]] | None = None,
    everyday: Mapping[str, list[str]] | None = None,
    spelling: bool = True,
) -> Engine:
    """Return an engine over a few documents."""
    snapshot = build(documents, VOCABULARIES)
    texts = [text for each in documents for text in each.texts.values()]
    speller = learn(texts) if spelling else Speller({})
    rows, wordings = (synonyms or {}).items(), (everyday or {}).items()
    table = read(rows, wordings, rarity=snapshot.rarity) if rows or wordings else Synonyms()
    return Engine(snapshot, table, speller, {"01608": ("central",)}, {"01608": (42.2624, -71.8003)})
