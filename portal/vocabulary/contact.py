"""The fallback contact: the person who is named where no program fits."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.directory import fallback
from portal.directory.overrides import CONTACT, overrides_of, set_override
from portal.vocabulary.kinds import Content, Effect, Entry


class ContactKind:
    """One entry, which is always there."""

    fields = ("name", "phone", "url", "hours", "hours_es", "hours_pt")

    def entries(self) -> list[Entry]:
        """Return the one entry."""
        content = self.present(fallback.KEY) or {}
        summary = ", ".join(filter(None, (content["name"], content["phone"])))
        is_edited = content != self.shipped(fallback.KEY)
        return [Entry(fallback.KEY, str(_("Fallback contact")), summary, is_edited=is_edited)]

    def present(self, key: str) -> Content | None:
        """Return the contact as it stands."""
        if key != fallback.KEY:
            return None
        return overrides_of(CONTACT).get(key) or self.shipped(key)

    def shipped(self, key: str) -> Content:
        """Return the contact of the settings."""
        return fallback.shipped_contact() if key == fallback.KEY else {}

    def title(self, key: str, content: Content) -> str:  # noqa: ARG002  the same for all
        """Return what it is called."""
        return str(_("Fallback contact"))

    def effect(self, key: str, before: Content, after: Content) -> Effect:  # noqa: ARG002
        """Say where the contact is shown."""
        shown = [
            _("At the foot of every page, and on pages that find nothing."),
            _("On every plan: on the page, on paper, in the PDF and in the letter."),
            _("In /find/results.json, as “fallback”."),
        ]
        is_thin = not after["phone"]
        warnings = [_("Without a phone number nobody can call.")] if is_thin else []
        return Effect(shown=shown, warnings=warnings)

    def store(self, key: str, content: Content) -> None:
        """Store it; one that says what the settings say is kept as no change."""
        set_override(CONTACT, key, {} if content == self.shipped(key) else content)
