"""Any address gives answers: what can be used is kept, what cannot is named or settled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.wizard import reading as module
from portal.wizard.answers import Answers, parameters, profile_of
from portal.wizard.needs import NEEDS
from portal.wizard.places import Places
from portal.wizard.reading import read_answers

PLACES = Places(
    regions_of_county={"Worcester": ("central",), "Essex": ("northeast",)},
    county_of_zip={"01608": "Worcester", "01915": "Essex"},
    regions_of_zip={"01608": ("central",), "01915": ("northeast",)},
)


@pytest.fixture(autouse=True)
def in_a_request(catalogue_app):
    with catalogue_app.test_request_context("/find"):
        yield


def read(*pairs: tuple[str, str]) -> module.Reading:
    return read_answers(MultiDict(pairs), PLACES)


def test_good_answers_are_kept_as_they_are():
    found = read(
        ("need", "scrap"),
        ("need", "marketing"),
        ("topic", "welding"),
        ("audience", "sme"),
        ("employees", "25"),
        ("zip", "01608"),
        ("industry", "332710"),
        ("budget", "limited"),
        ("delivery", "on-site"),
    )

    assert not found.problems
    assert not found.notices
    assert found.answers == Answers(
        need=("marketing", "scrap"),
        topic=("welding",),
        audience="sme",
        employees="25",
        zip="01608",
        industry="332710",
        budget="limited",
        delivery="on-site",
    )


@pytest.mark.parametrize("typed", ["-3", "1e9", "twelve", "0", "25.5", "1,00", "٣", "25 or so"])
def test_a_number_of_people_that_is_none_gets_a_message_beside_its_field(typed):
    found = read(("employees", typed))

    assert found.answers.employees == ""
    assert found.beside("employees") == ["Type a whole number of people from 1 up, like 25."]
    assert found.typed["employees"] == typed


@pytest.mark.parametrize("typed", ["1000001", "999999999", "1,000,000,000"])
def test_a_number_that_is_too_large_is_told_its_limit(typed):
    assert read(("employees", typed)).beside("employees") == ["Type at most 1,000,000 people."]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1,200", "1200"), ("1.200", "1200"), (" 25 ", "25"), ("007", "7")]
    + [(text, "25") for text in ("about 25", "25 people", "~25", "About 25 employees.", "25.")]
    + [(text, "25") for text in ("unos 25", "25 personas", "cerca de 25 pessoas")],
)
def test_a_number_may_be_written_as_people_do(typed, kept):
    assert read(("employees", typed)).answers.employees == kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("audience", "nobody"),
        ("industry", "111110"),
        ("industry", "33"),
        ("budget", "lots"),
        ("delivery", "by-post"),
        ("need", "nothing-like-it"),
        ("county", "Kings"),
        ("zip", "1234"),
        ("zip", "99999"),
    ],
)
def test_an_unknown_answer_is_left_out_and_named(name, value):
    found = read((name, value))

    assert found.answers == Answers()
    assert [(problem.field, problem.value) for problem in found.problems] == [(name, value)]


@pytest.mark.parametrize("code", ["332710", "332721", "311", "any", "not-sure"])
def test_every_code_of_manufacturing_is_an_answer(code):
    assert read(("industry", code)).answers.industry == code


def test_none_of_these_stands_alone():
    alone = read(("need", "none"))
    both = read(("need", "none"), ("need", "scrap"))

    assert alone.answers.need == ("none",)
    assert alone.answers.has_none_of_these
    assert both.answers.need == ("scrap",)
    assert both.beside("need")


@pytest.mark.parametrize("needs", [("none", "not-sure"), ("not-sure", "none")])
def test_none_of_these_goes_before_not_sure_in_whatever_order_and_says_so(needs):
    found = read(*(("need", need) for need in needs))

    assert found.answers.need == ("none",)
    assert found.notes == ("none-not-sure",)


@pytest.mark.parametrize("name", ["audience", "employees", "zip", "county", "industry", "budget"])
def test_of_several_answers_where_one_is_asked_for_the_first_is_taken_and_it_is_said(name):
    values = {
        "audience": ("sme", "startup"),
        "employees": ("25", "30"),
        "zip": ("01608", "01915"),
        "county": ("Essex", "Worcester"),
        "industry": ("332710", "any"),
        "budget": ("limited", "flexible"),
    }[name]

    found = read((name, ""), *((name, value) for value in values))

    assert getattr(found.answers, name) == values[0]
    assert found.notes == (f"several-{name}",)
    assert "We took the first" in found.notices[0]
    assert not read((name, values[0]), (name, values[0])).notes


def test_a_zip_goes_before_a_county_and_says_so_when_they_differ():
    same = read(("zip", "01608"), ("county", "Worcester"))
    other = read(("zip", "01608"), ("county", "Essex"))

    assert (same.answers.county, same.notices) == ("", ())
    assert other.answers.zip == "01608"
    assert "lies in Worcester County" in other.notices[0]


@pytest.mark.parametrize("written", ["Worcester", "worcester", "Worcester County"])
def test_a_county_may_be_written_as_people_do(written):
    assert read(("county", written)).answers.county == "Worcester"


def test_a_small_company_with_many_people_is_told_what_small_means():
    found = read(("audience", "sme"), ("employees", "900"))

    assert found.answers.employees == "900"
    assert "fewer than 500" in found.notices[0]


@pytest.mark.parametrize(
    ("audience", "employees", "notes"),
    [
        ("startup", "500", ("startup-size",)),
        ("startup", "499", ()),
        ("oem", "49", ("oem-size",)),
        ("oem", "50", ()),
        ("oem", "not-sure", ()),
        ("university", "900", ()),
    ],
)
def test_a_number_that_does_not_go_with_who_they_are_is_explained(audience, employees, notes):
    found = read(("audience", audience), ("employees", employees))

    assert found.notes == notes
    assert len(found.notices) == len(notes)
    assert (found.answers.audience, found.answers.employees) == (audience, employees)


@pytest.mark.parametrize("written", ["01608-1234", "016081234", "01608 1234"])
def test_a_zip_may_have_its_four_digits_more(written):
    assert read(("zip", written)).answers.zip == "01608"


def test_wishes_in_own_words_may_share_a_field_and_are_bounded():
    found = read(("topic", "welding, powder coating,"), ("topic", "welding"))
    many = read(*(("topic", f"wish {n}") for n in range(20)))

    assert found.answers.topic == ("powder coating", "welding")
    assert len(many.answers.topic) == 8
    assert many.beside("topic")


def test_a_code_of_an_older_version_is_read_as_what_it_is_called_now(monkeypatch):
    monkeypatch.setattr(module, "RENAMED", {"0": {"rework": "scrap"}})

    assert read(("v", "0"), ("need", "rework")).answers.need == ("scrap",)
    assert not read(("v", "1"), ("need", "rework")).answers.need


def test_not_sure_is_an_answer_and_excludes_nothing():
    every = ("audience", "employees", "zip", "industry", "budget", "delivery", "need", "topic")
    found = read(*((name, "not-sure") for name in every))

    profile = profile_of(found.answers, rules={}, regions=PLACES.regions_of(found.answers))
    assert found.answers.answered == ("need", "company", "place", "industry", "means")
    assert profile == profile_of(Answers(), rules={}, regions=())


values = st.sampled_from(
    ("", "not-sure", "none", "any", "sme", "scrap", "marketing", "25", "01608", "Essex", "332710")
) | st.text(max_size=12)
pairs = st.lists(
    st.tuples(
        st.sampled_from(
            ("v", "need", "topic", "audience", "employees", "zip", "county", "industry", "budget")
        ),
        values,
    ),
    max_size=10,
)


@given(pairs)
def test_any_address_is_read_and_its_tidy_form_reads_the_same(given_pairs):
    found = read_answers(MultiDict(given_pairs), PLACES)

    tidy = parameters(found.answers)
    again = read_answers(MultiDict([(n, v) for n, vs in tidy.items() for v in vs]), PLACES)

    assert list(tidy) == sorted(tidy)
    assert tidy["v"] == ["1"]
    assert again.answers == found.answers
    assert not again.problems


def test_every_need_of_the_list_has_a_form_topics_and_a_code_of_its_own():
    codes = [need.code for need in NEEDS]

    assert len(set(codes)) == len(codes) >= 25
    assert sum(need.is_common for need in NEEDS) == 5
    assert all(need.topics and need.rule.forms for need in NEEDS)
