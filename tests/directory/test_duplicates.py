"""Near matches: what is flagged and what is not, worked out by hand on names of this trade."""

from __future__ import annotations

import pytest

from portal.directory.duplicates import (
    NAME,
    PHONE,
    PLACE,
    SHORT_NAME,
    WEBSITE,
    Entry,
    digits_of,
    like,
    likeness,
    pairs_of,
    site_of,
    words_of,
)
from portal.directory.look_alikes import organization_pairs, service_pairs


def kinds(pair):
    return [reason.kind for reason in pair.reasons]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grainger Valley Alliance", "GRAINGER VALLEY ALLIANCE, INC."),
        ("Société de Moulage", "Societe de Moulage LLC"),
        ("The Center for Tooling", "Centre for Tooling"),
        ("Mass. Manufacturing Network", "Massachusetts Mfg Network"),
        ("Smith & Sons Training", "Smith and Sons Training"),
        ("Cyber Security Clinic", "Cybersecurity Clinic"),
        ("Valley Alliance of Grainger", "Grainger Valley Alliance"),
    ],
)
def test_ways_to_write_one_name_are_the_same_name(one, other):
    assert likeness(words_of(one), words_of(other)) == 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ISO 9001 support", "ISO 13485 support"),
        ("Minority supplier certification", "Women-owned supplier certification"),
        ("Massasoit Community College", "MassBay Community College"),
        ("Innovation grant round 1", "Innovation grant round 2"),
        ("Lean training", "Export training"),
    ],
)
def test_names_that_differ_in_a_telling_word_are_no_pair(one, other):
    assert pairs_of([Entry("a", one, owner="x"), Entry("b", other, owner="y")]) == []


def test_a_slip_of_the_finger_in_a_name_is_a_pair():
    entries = [Entry("a", "Grainger Tooling Alliance"), Entry("b", "Granger Tooling Aliance")]

    (pair,) = pairs_of(entries)

    assert (pair.first, pair.second) == ("a", "b")
    assert kinds(pair) == [NAME]
    # grainger/granger 14 of 15 letters, alliance/aliance 14 of 15, tooling all of 14.
    assert pair.reasons[0].percent == 95


def test_a_phone_alone_is_no_pair_but_with_a_like_name_it_is():
    one = Entry("a", "Riverside Machine Council", phone="(508) 555-0100")
    stranger = Entry("b", "Harbor Textile School", phone="+1 508 555 0100")
    like_it = Entry("c", "Riverside Machining Council of Essex", phone="508.555.0100 x 12")

    assert pairs_of([one, stranger]) == []
    (pair,) = pairs_of([one, like_it])
    assert kinds(pair) == [NAME, PHONE]


def test_what_five_share_is_nobodys_own():
    names = ["Anvil", "Bellows", "Crucible", "Dovetail", "Escapement"]
    four = [Entry(n, f"{n} house", phone="5085550100", website="x.org") for n in names[:4]]
    five = [Entry(n, f"{n} house", phone="5085550100", website="x.org") for n in names]

    assert len(pairs_of(four)) == 6
    assert pairs_of(five) == []


def test_phone_and_website_together_are_a_pair_whatever_the_names():
    one = Entry("a", "Anvil House", phone="508-555-0100", website="https://www.anvil.example/")
    other = Entry("b", "Tooling School", phone="508 555 0100", website="http://anvil.example")

    (pair,) = pairs_of([one, other])

    assert kinds(pair) == [PHONE, WEBSITE]


def test_programs_of_one_organization_do_not_match_by_its_host():
    one = Entry("a", "Lean", owner="o", phone="508-555-0100", website="https://o.example/lean")
    other = Entry(
        "b", "Export", owner="o", phone="508-555-0100", website="https://o.example/export"
    )

    assert pairs_of([one, other]) == []


def test_initials_and_place_support_a_short_name():
    one = Entry("a", "Northern Essex Tooling Council", city="Lawrence")
    other = Entry("b", "Tooling Council Northern Essex", other_names=("NETC",), city="Lawrence")

    (pair,) = pairs_of([one, other])

    assert kinds(pair) == [NAME, PLACE]
    assert pair.score > 0.95


def test_a_short_name_that_is_the_whole_name_of_the_other_is_a_pair():
    entries = [
        Entry("a", "Northern Essex Tooling Council", other_names=("NETCO",)),
        Entry("b", "Netco Inc."),
    ]

    (pair,) = pairs_of(entries)

    assert NAME in kinds(pair)
    assert SHORT_NAME not in kinds(pair)


def test_two_other_names_that_are_alike_are_no_pair():
    entries = [
        Entry("a", "Readiness for startups", other_names=("Forge", "Forge Impact"), owner="f"),
        Entry("b", "Network of suppliers", other_names=("Forge", "Forge Impact"), owner="f"),
    ]

    assert pairs_of(entries) == []


def test_what_is_being_written_is_compared_with_all_but_itself():
    entries = [Entry("a", "Grainger Valley Alliance"), Entry("b", "Harbor Textile School")]

    found = like(Entry("a", "Harbor Textil School"), entries)

    assert [pair.second for pair in found] == ["b"]


def test_names_without_letters_or_in_another_script_are_compared_without_fault():
    entries = [
        Entry("a", "🙂"),
        Entry("b", "—"),
        Entry("c", "Завод Станок"),
        Entry("d", "завод станок"),
    ]

    assert [(pair.first, pair.second) for pair in pairs_of(entries)] == [("c", "d")]


def test_the_surest_pair_comes_first():
    entries = [
        Entry("a", "Grainger Valley Alliance"),
        Entry("b", "Granger Valley Alliance"),
        Entry("c", "Harbor Textile School"),
        Entry("d", "Harbor Textile School Inc"),
    ]

    assert [(pair.first, pair.second) for pair in pairs_of(entries)] == [("c", "d"), ("a", "b")]


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("(508) 555-0100", "5085550100"),
        ("+1 508.555.0100 x 23", "5085550100"),
        ("555-0100", ""),
        ("", ""),
    ],
)
def test_a_phone_is_compared_by_its_digits(phone, digits):
    assert digits_of(phone) == digits


def test_a_website_is_compared_by_its_host_or_its_page():
    assert site_of("https://www.Example.org/a/#top", with_path=False) == "example.org"
    assert site_of("http://example.org/a/", with_path=True) == "example.org/a"
    assert site_of("", with_path=True) == ""


def test_the_real_catalogue_holds_no_false_alarm(context):
    # Read line by line: its 119 organizations and 208 programs are all different.
    assert organization_pairs() == []
    assert service_pairs() == []
