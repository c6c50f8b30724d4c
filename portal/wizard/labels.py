"""What people read for the codes of needs and industries, in the language of the page."""

from __future__ import annotations

from portal.directory.labels import shown_label
from portal.directory.vocabulary import FORM_TERMS
from portal.wizard.current import current_needs


def need_label(code: str) -> str:
    """Return what people read for a need of the list or one of the six forms."""
    need = current_needs().by_code.get(code)
    if need:
        return str(need.label)
    return shown_label("form", code, str(FORM_TERMS.get(code, code)))


def industry_label(code: str) -> str:
    """Return what people read for a NAICS code; its parent's name when only that is known."""
    own = shown_label("industry", code, "")
    parent = shown_label("industry", code[:3], "")
    return own or (f"{parent} ({code})" if parent else code)
