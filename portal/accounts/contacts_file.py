"""A file of contacts for many invitations at once: read, checked, every bad row named (pure)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from dataclasses import dataclass

COLUMNS = ("email", "organization")
MOST_ROWS = 1_000
ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


@dataclass(frozen=True, slots=True)
class Contact:
    """One row: an address and the slug of its organization."""

    email: str
    organization: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used: its line, the value, and a code of the reason."""

    line: int
    value: str
    reason: str  # "columns", "encoding", "rows", "email", "organization", "twice"


def read_contacts(
    content: bytes, organizations: Collection[str]
) -> tuple[list[Contact], list[BadRow]]:
    """Read a CSV file with the columns `email` and `organization`.

    Args:
        content: UTF-8, with or without a byte-order mark.
        organizations: the slugs that there are.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [BadRow(1, "", "encoding")]
    reader = csv.DictReader(io.StringIO(text))
    if not set(COLUMNS) <= {(name or "").strip().lower() for name in reader.fieldnames or ()}:
        return [], [BadRow(1, ", ".join(reader.fieldnames or ())[:60], "columns")]
    good: list[Contact] = []
    bad: list[BadRow] = []
    for line, row in enumerate(reader, 2):
        if line > MOST_ROWS + 1:
            bad.append(BadRow(line, "", "rows"))
            break
        cells = {(k or "").strip().lower(): (v or "").strip() for k, v in row.items() if k}
        contact = Contact(cells["email"].casefold(), cells["organization"])
        if not ADDRESS.fullmatch(contact.email):
            bad.append(BadRow(line, contact.email[:60], "email"))
        elif contact.organization not in organizations:
            bad.append(BadRow(line, contact.organization[:60], "organization"))
        elif contact in good:
            bad.append(BadRow(line, contact.email[:60], "twice"))
        else:
            good.append(contact)
    return good, bad
