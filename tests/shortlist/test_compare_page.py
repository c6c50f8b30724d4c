"""Programs side by side as a page."""

from __future__ import annotations

LEAN, GRANT, MEMBER, SPONSOR = "massmep-lean", "wtfp-general", "massmedic-member", "das-sponsor"


def address(*slugs: str, more: str = "") -> str:
    return "/compare?" + "&".join(f"service={slug}" for slug in slugs) + more


def names(page) -> list[str]:
    return [a["href"].rpartition("/")[2] for a in page.select("thead .compare__name")]


def row(page, name: str) -> list[str]:
    cells = page.select(f"#row-{name} .compare__answer")
    return [" ".join(cell.get_text(" ").split()) for cell in cells]


def test_programs_stand_side_by_side_in_the_order_of_the_address(browser):
    page = browser.get(address(MEMBER, LEAN))

    assert page.status == 200
    assert names(page) == [MEMBER, LEAN]
    assert row(page, "size") == ["Any size", "10 to 500 employees"]
    assert row(page, "cost") == [
        "Membership Annual dues by size",
        "Fee Project fee; training parts can often be covered by a Workforce Training Fund grant",
    ]
    assert row(page, "industry") == [
        "Dedicated to: Surgical and medical instruments, Machine shops, Laboratory instruments",
        "Open to any kind of manufacturing",
    ]
    assert row(page, "delivery") == ["In person, elsewhere", "At your company"]
    assert row(page, "conditions")[0] == "Medical device companies and suppliers"
    assert "public source of August 2023" in row(page, "source")[0]


def test_every_row_and_column_has_a_heading(browser):
    page = browser.get(address(LEAN, GRANT, MEMBER, SPONSOR))

    assert len(page.select("thead th[scope=col]")) == 1 + 4
    for line in page.select("tbody tr"):
        assert len(line.select("th[scope=row]")) == 1
        assert len(line.select("td")) == 4
    assert len(page.select("tbody tr")) == 13


def test_rows_that_are_the_same_for_all_say_so_and_can_be_left_out(browser):
    page = browser.get(address(LEAN, GRANT))

    same = {tr["id"] for tr in page.select(".compare__row--same")}
    assert same == {"row-industry", "row-where", "row-rounds", "row-contact"}
    assert all(tr.select_one(".compare__same") for tr in page.select(".compare__row--same"))
    link = page.select_one("#rows")["href"]
    assert link == address(LEAN, GRANT, more="&only=differences")
    short = browser.get(link)
    assert len(short.select("tbody tr")) == 13 - 4
    assert short.select_one("#rows")["href"] == address(LEAN, GRANT)
    assert "4 rows" in short.text


def test_each_program_can_be_taken_off(browser):
    page = browser.get(address(LEAN, GRANT, MEMBER, more="&only=differences"))

    assert [a["href"] for a in page.select(".compare__remove")] == [
        address(GRANT, MEMBER, more="&only=differences"),
        address(LEAN, MEMBER, more="&only=differences"),
        address(LEAN, GRANT, more="&only=differences"),
    ]


def test_an_unknown_program_is_left_out_with_a_notice(browser):
    page = browser.get(address(LEAN, "gone-for-good", "<b>", GRANT))

    assert names(page) == [LEAN, GRANT]
    assert "gone-for-good" in page.select_one(".usa-alert").get_text()
    assert not page.select(".usa-alert b")


def test_of_more_than_four_the_first_four_are_shown_with_a_notice(browser):
    page = browser.get(address(LEAN, GRANT, MEMBER, SPONSOR, "ampitup"))

    assert names(page) == [LEAN, GRANT, MEMBER, SPONSOR]
    assert "At most 4 programs" in page.select_one(".usa-alert").get_text()


def test_a_program_named_twice_is_one_column(browser):
    page = browser.get(address(LEAN, GRANT, LEAN))

    assert names(page) == [LEAN, GRANT]
    assert not page.select(".usa-alert")


def test_without_programs_the_page_says_how_to_choose(browser):
    page = browser.get("/compare")

    assert page.status == 200
    assert not page.select("table")
    assert page.select("main input[name=q]")
    assert len(page.select("main ol:not(.usa-breadcrumb__list) li")) == 3


def test_beside_one_program_similar_ones_are_offered(browser):
    page = browser.get(address(LEAN))

    offered = [a["href"] for a in page.select(".program-list a")]
    assert offered
    assert all(href.startswith(address(LEAN) + "&service=") for href in offered)
    assert names(browser.get(offered[0]))[0] == LEAN


def test_a_program_that_may_have_changed_says_so_in_its_column(browser):
    page = browser.get(address(LEAN, "ampitup"))

    assert [bool(th.select(".mark--uncertain")) for th in page.select("thead th")[1:]] == [
        False,
        True,
    ]


def test_a_comparison_is_not_for_search_engines(browser):
    for path in (address(LEAN, GRANT), "/compare", "/shortlist", f"/shortlist?service={LEAN}"):
        assert browser.get(path).select_one("meta[name=robots]")["content"] == "noindex"


def test_a_comparison_leads_to_a_shortlist_of_the_same_programs(browser):
    page = browser.get(address(LEAN, GRANT))

    assert page.select(f"main a[href='/shortlist?service={LEAN}&service={GRANT}']")


def test_a_comparison_carries_the_shortlist_it_came_from(browser):
    page = browser.get(address(LEAN, GRANT, more=f"&saved={LEAN}&saved={GRANT}&saved={MEMBER}"))

    tail = f"saved={LEAN}&saved={GRANT}&saved={MEMBER}"
    assert page.select_one(".compare__name")["href"] == f"/services/{LEAN}?{tail}"
    assert page.select_one(".compare__remove")["href"] == f"/compare?service={GRANT}&{tail}"
    whole = f"/shortlist?service={LEAN}&service={GRANT}&service={MEMBER}"
    assert page.select(f"main a[href='{whole}']")


def test_a_comparison_in_portuguese_keeps_its_language(browser):
    page = browser.get("/pt" + address(LEAN, GRANT))

    assert page.soup.html["lang"] == "pt-BR"
    assert all(a["href"].startswith("/pt/compare?") for a in page.select(".compare__remove"))
