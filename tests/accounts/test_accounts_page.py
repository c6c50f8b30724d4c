"""The list of accounts: by pages, and some of them looked for."""

from __future__ import annotations

import pytest

ACCOUNTS = "/manage/accounts"
FIRST = "table tbody th"


@pytest.fixture
def as_administrator(signed, make):
    signed.sign_in(make.administrator())
    return signed


def names(page) -> list[str]:
    """Return the addresses of the accounts on a page."""
    return [cell.contents[0].strip() for cell in page.select(FIRST)]


def test_accounts_come_fifty_at_a_time(as_administrator, make):
    for number in range(51):
        make.account(of=("massmep",), email=f"person-{number:02}@example.org")

    first = as_administrator.get(ACCOUNTS)
    second = as_administrator.get(f"{ACCOUNTS}?page=2")

    assert len(names(first)) == 50
    assert names(second) == ["person-49@example.org", "person-50@example.org"]
    assert "52 accounts" in second.text
    assert first.select_one("a[rel=next]")["href"] == f"{ACCOUNTS}?page=2"
    assert second.select_one("a[rel=next]") is None


@pytest.mark.parametrize("words", ["ANA@", "lopes", "extension PARTNERSHIP"])
def test_an_account_is_found_by_address_name_or_organization(as_administrator, make, words):
    make.account(of=("massmep",), email="ana@example.org", name="Ana Lopes")
    make.staff("gbmp")

    page = as_administrator.get(f"{ACCOUNTS}?q={words}")

    assert names(page) == ["ana@example.org"]


def test_words_that_no_account_has_lead_back_to_all(as_administrator):
    page = as_administrator.get(f"{ACCOUNTS}?q=100%25_nobody")

    assert "No account is like this." in page.text
    assert page.select_one(f"main p a.usa-link[href='{ACCOUNTS}']") is not None


@pytest.mark.parametrize("odd", ["page=0", "page=-1", "page=1e9", "page=99999999999999999999"])
def test_odd_pages_are_pages(as_administrator, odd):
    assert as_administrator.get(f"{ACCOUNTS}?{odd}").status == 200
