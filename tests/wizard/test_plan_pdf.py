"""The plan as PDF: accepted as PDF/UA by the typesetter, tagged, in the language of the page."""

from __future__ import annotations

from io import BytesIO

import pytest
import typst
from pypdf import PdfReader

from portal import typeset
from portal.wizard.needs import NEEDS

SHOP = "audience=sme&county=Worcester&employees=25&industry=332710&need=quality-certificate&v=1"
EVERYTHING = "&".join(f"need={need.code}" for need in NEEDS)


def pdf_of(browser, query: str, prefix: str = "") -> PdfReader:
    answer = browser.client.get(f"{prefix}/find/results.pdf?{query}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    return PdfReader(BytesIO(answer.data))


def text_of(document: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_a_plan_is_a_tagged_pdf_that_names_its_standard_title_and_language(browser):
    document = pdf_of(browser, SHOP)

    catalog = document.trailer["/Root"]
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "en"
    assert document.metadata.title.startswith("Plan for a manufacturer with 25 people")
    assert len(document.pages) <= 2


def test_a_plan_on_paper_has_the_answers_on_top_the_steps_and_a_person(browser):
    text = text_of(pdf_of(browser, SHOP))

    places = [
        text.index(part)
        for part in (
            "Your answers",
            "Small or medium manufacturer",
            "What to do first",
            "What else fits",
        )
    ]
    assert places == sorted(places)
    assert "Quality system support (ISO 9001, AS9100, ISO 13485)" in text
    assert "MassHire BizWorks, 800-252-1591" in text


@pytest.mark.parametrize(("prefix", "language"), [("/es", "es"), ("/pt", "pt")])
def test_a_plan_is_printed_in_each_language(browser, prefix, language):
    document = pdf_of(browser, SHOP, prefix)

    assert document.trailer["/Root"]["/Lang"] == language
    assert "What to do first" not in text_of(document)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "need=none&v=1",
        EVERYTHING,
        "need=cyber-rules&audience=university&employees=700&v=1",
        "&".join(f"topic={n}" + "%E2%82%AC" * 58 for n in range(8)),
        "topic=%23%5B%5D%2A_%24%40%3Clink%3E%60%5C&topic=%E2%80%AEabc&topic=%F0%9F%92%A1&v=1",
    ],
    ids=["no answers", "none of these", "all needs", "nothing fits", "no code holds it", "markup"],
)
def test_any_plan_can_be_printed_and_shown(browser, query):
    assert pdf_of(browser, query).pages
    assert browser.get(f"/find/results?{query}").status == 200


def test_words_of_a_visitor_are_printed_as_they_are_and_never_read_as_markup(browser):
    text = text_of(pdf_of(browser, "topic=%23panic()&v=1"))

    assert "#panic()" in text


def test_a_document_that_is_no_pdf_ua_is_refused(tmp_path, monkeypatch):
    (tmp_path / "untitled.typ").write_text("no title and no language")
    monkeypatch.setattr(typeset, "TEMPLATES", tmp_path)

    with pytest.raises(typst.TypstError, match="PDF/UA"):
        typeset.pdf("untitled.typ", {})
