"""The guide for staff: pictures that fit, and words that are those of the pages it speaks of."""

from __future__ import annotations

import re
import struct

import pytest

from tests.guide_pictures import FOLDER, MOST_BYTES, PICTURES, SHARPNESS

GUIDE = "/staff/guide"
SPOKEN_OF = (
    "/account",
    "/staff",
    "/staff/suggestions",
    "/staff/organizations/massmep/confirm",
    "/staff/services/massmep-cnc",
    "/staff/services/massmep-lean",
    "/staff/services/massmep-growth",
)


@pytest.fixture
def as_staff(signed, make):
    signed.sign_in(make.staff("massmep"))
    return signed


def size_of(content: bytes) -> tuple[int, int]:
    """Read width and height of a WebP file (RFC 9649, section 2: simple lossy, and extended)."""
    assert (content[:4], content[8:12]) == (b"RIFF", b"WEBP")
    if content[12:16] == b"VP8X":
        width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
        return width, height
    assert content[12:16] == b"VP8 "
    width, height = struct.unpack("<HH", content[26:30])
    return width & 0x3FFF, height & 0x3FFF


def test_staff_find_the_guide_on_their_home_page(as_staff):
    home = as_staff.get("/staff")

    assert home.select_one(f"main a[href='{GUIDE}']") is not None


def test_each_picture_is_there_small_described_and_as_large_as_the_page_says(as_staff):
    page = as_staff.get(GUIDE)

    images = {
        re.sub(r".*/guide-|(-[0-9a-f]{10})?\.webp", "", i["src"]): i for i in page.select("img")
    }
    assert list(images) == [picture.name for picture in PICTURES]
    for name, image in images.items():
        content = (FOLDER / f"{name}.webp").read_bytes()
        drawn = int(image["width"]) * SHARPNESS, int(image["height"]) * SHARPNESS
        assert size_of(content) == drawn, name
        assert len(content) < MOST_BYTES, name
        assert len(image["alt"]) > 20, name


def test_each_part_is_named_at_the_top_and_has_a_heading(as_staff):
    page = as_staff.get(GUIDE)

    named = [link["href"].removeprefix("#") for link in page.select(".guide__contents a")]
    assert named == [heading["id"] for heading in page.select("main h2")]
    assert len(named) == 9


def test_the_days_are_those_that_managers_have_set(as_staff, make):
    as_staff.sign_in(make.manager())
    as_staff.send(
        "/manage/ladder",
        form="form.question",
        green=20,
        amber=31,
        hide=47,
        remind=11,
        remind_again=12,
        remind_alternate=13,
        call=14,
    )

    text = as_staff.get(GUIDE).text

    assert "11 days after the last time, we write to you" in text
    assert "ranked lower after 31 days. After 47 days it is hidden" in text


def test_every_name_in_quotes_is_on_a_page_that_it_speaks_of(as_staff, make):
    editing = as_staff.get("/staff/services/massmep-lean")
    quoted = set(re.findall(r"“([^”]+)”", as_staff.get(GUIDE).text))
    as_staff.sign_out()
    seen = [as_staff.get(path).text for path in ("/organizations/massmep", "/account/sign-in")]
    as_staff.sign_in(make.staff("massmep"))
    make_a_draft_a_suggestion(as_staff, editing)

    seen += [as_staff.get(path).text for path in SPOKEN_OF]
    as_staff.sign_in(make.manager())
    seen.append(as_staff.get("/staff/services/massmep-cnc").text)

    assert len(quoted) > 15
    assert [name for name in sorted(quoted) if not any(name in text for text in seen)] == []


def make_a_draft_a_suggestion(browser, editing) -> None:
    """Leave a draft and a suggestion, so that the buttons for them are drawn."""
    browser.send("/staff/services/massmep-growth", form="form.editor", do="save", name="On the way")
    browser.send(
        "/services/massmep-lean/suggest",
        form="main form",
        field="fees_description",
        after="Free.",
        note="",
    )
    assert editing.status == 200
