"""A new facet is data: rows of taxonomy, term and attribute, and the search has it."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from portal.database import write_unit
from portal.directory.models import Attribute, Service, Taxonomy, TaxonomyTerm
from portal.directory.operations import load_catalog, mark_catalogue_changed
from portal.extensions import db
from tests.browser import Browser
from tests.conftest import DATA, NOON, make_app

SPEAKERS = {"spanish": ("massmep-lean", "massmep-cnc"), "khmer": ("massmep-lean",)}


@pytest.fixture
def browser(tmp_path) -> Browser:
    """A browser on a portal whose catalogue has a facet that no line of code names."""
    app = make_app(tmp_path)
    with app.app_context(), write_unit():
        load_catalog(DATA, state_code="MA", now=NOON)
        taxonomy = Taxonomy(
            id=uuid.uuid4(),
            slug="language",
            name="Language spoken",
            description="",
            version="",
            is_facet=True,
            position=99,
        )
        db.session.add(taxonomy)
        for position, (code, slugs) in enumerate(SPEAKERS.items()):
            add_term(taxonomy, code, position, slugs)
        mark_catalogue_changed()
        db.session.commit()
        db.session.remove()
    return Browser(app)


def add_term(taxonomy: Taxonomy, code: str, position: int, slugs: tuple[str, ...]) -> None:
    term = TaxonomyTerm(
        id=uuid.uuid4(),
        taxonomy_id=taxonomy.id,
        code=code,
        name=code.title(),
        description="",
        aliases="",
        covers_all=False,
        position=position,
    )
    db.session.add(term)
    for service in db.session.scalars(select(Service).where(Service.slug.in_(slugs))):
        db.session.add(
            Attribute(
                id=uuid.uuid4(),
                service_id=service.id,
                taxonomy_term_id=term.id,
                value="",
                label="",
                position=0,
            )
        )


def test_a_new_facet_is_searched_and_counted(browser):
    answer = browser.json("/services.json?language=khmer")

    assert [result["slug"] for result in answer["results"]] == ["massmep-lean"]
    assert [(v["value"], v["label"], v["count"]) for v in answer["facets"]["language"]] == [
        ("spanish", "Spanish", 2),
        ("khmer", "Khmer", 1),
    ]
    assert browser.json("/services.json?language=spanish&language=khmer")["total"] == 2


def test_a_new_facet_is_named_as_the_catalogue_names_it(browser):
    page = browser.get("/services?language=spanish")
    nothing = browser.get("/services?language=khmer&cost=loan")

    assert page.select_one("#facet-language .facet__name").text == "Language spoken"
    assert page.select_one(".chosen__facet").text == "Language spoken: "
    assert page.select_one("label[for=language-khmer] .facet__label").text.strip() == "Khmer"
    assert "Search without Language spoken" in nothing.text


def test_a_value_that_a_new_facet_does_not_have_is_refused(browser):
    assert browser.get("/services?language=latin").status == 400
