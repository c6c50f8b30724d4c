"""Every form that takes an address to write to refuses those that no message can carry."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from portal.accounts.forms import AddressForm
from portal.wizard.forms import EmailForm


@pytest.mark.parametrize("form", [AddressForm, EmailForm])
@pytest.mark.parametrize("address", ["jösé@example.com", "a@exämple.com", "=?utf-8?q?x?=@a.org"])
def test_an_address_that_no_message_can_carry_is_refused_in_words(catalogue_app, form, address):
    with catalogue_app.test_request_context("/"):
        filled = form(MultiDict({"email": address}), meta={"csrf": False})

        assert not filled.validate()
        assert "without accents" in filled.email.errors[0]
