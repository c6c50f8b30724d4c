"""Writes docs/permissions.md from the table in the code: `python -m tooling.permissions_table`."""

import sys
from pathlib import Path

from portal.permissions import (
    NAVIGATOR,
    OF_ONE_ORGANIZATION,
    ROLES,
    WITH_SECOND_FACTOR,
    Permission,
    Role,
)
from tooling.places import ROOT

PAGE = ROOT / "docs" / "permissions.md"


def page() -> str:
    """Return the page: a row for each permission, a column for each role."""
    head = " | ".join([*(role.value for role in Role), "navigator"])
    lines = [
        "# Roles and permissions",
        "",
        "Written from `portal/permissions.py` by `python -m tooling.permissions_table`; a test",
        "compares them.",
        "",
        f"| permission | {head} |",
        "|---" * (len(Role) + 2) + "|",
    ]
    for permission in Permission:
        cells = [_cell(role, permission) for role in Role]
        cells.append("yes" if permission in NAVIGATOR else _cell(Role.STAFF, permission))
        lines.append(f"| `{permission.value}` | {' | '.join(cells)} |")
    with_factor = ", ".join(sorted(role.value for role in WITH_SECOND_FACTOR))
    lines += [
        "",
        "*own*: for organizations that the account is staff of. A second factor is required of:",
        f"{with_factor}, navigator.",
        "Navigators are staff of the one organization that managers name. Whoever is not signed in",
        "may open the public pages; a route that has not said who may open it is closed to",
        "everybody. `tests/access.csv` holds what actors of each kind get at every route.",
    ]
    return "\n".join(lines) + "\n"


def _cell(role: Role, permission: Permission) -> str:
    if permission not in ROLES[role]:
        return ""
    return "own" if role is Role.STAFF and permission in OF_ONE_ORGANIZATION else "yes"


def main() -> int:
    """Write the page."""
    Path(PAGE).write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
