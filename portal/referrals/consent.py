"""What a company agrees to, word by word and by version; what was shown is what is kept.

The version grows when the meaning of a text changes, not when a language is added.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from flask_babel import gettext as _

VERSION = "1"
STATE_VERSION = "1"
SPOKEN = "spoken"  # the way of consent that a navigator writes down


@dataclass(frozen=True, slots=True)
class Consent:
    """A text that is ticked; `mark` stands for its very words in the form."""

    version: str
    text: str

    @property
    def mark(self) -> str:
        """What the tick sends: if the words have changed meanwhile, it is another."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def consent_for(
    *, program: str, organization: str, navigator: str = "", introduces: bool = False
) -> Consent:
    """Return what is agreed to for one program, in the language of the page.

    Args:
        program: its name.
        organization: who runs it.
        navigator: who receives the request in its place; blank: the organization itself does.
        introduces: whether an introduction is asked for.
    """
    if navigator:
        text = _(
            "%(navigator)s may read this request with my name and contact, call %(organization)s "
            "about it and pass it on to them for “%(program)s”. Both may contact me about it.",
            navigator=navigator,
            organization=organization,
            program=program,
        )
    else:
        text = _(
            "%(organization)s may read this request with my name and contact, for “%(program)s”, "
            "and contact me about it.",
            organization=organization,
            program=program,
        )
    if introduces:
        text += " " + _(
            "They may look for a partner for me, first without my name, and introduce us to each "
            "other once the partner has agreed."
        )
    return Consent(VERSION, str(text))


def consent_to_introduction(*, organization: str) -> Consent:
    """Return what the other side of an introduction agrees to, in the language of the page.

    Args:
        organization: who introduces.
    """
    text = _(
        "%(organization)s may give my name and my contact to the company that looks for a "
        "partner, and theirs to me.",
        organization=organization,
    )
    return Consent(VERSION, str(text))


def consent_to_name(state: str) -> Consent:
    """Return what is agreed to when managers may see a company's name."""
    text = _(
        "The managers of %(state)s’s program may see my company’s name with this request.",
        state=state,
    )
    return Consent(STATE_VERSION, str(text))
