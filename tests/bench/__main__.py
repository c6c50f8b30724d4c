"""`python3 bootstrap.py bench [name …]`: prints figures of this machine, all or the named ones."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tests.bench import (
    accounts,
    duplicates,
    imports,
    inbox,
    kills,
    moves,
    pages,
    referrals,
    relevance,
    weight,
    wizard,
)

BENCHES: dict[str, Callable[[], None]] = {
    "pages": pages.main,
    "weight": weight.main,
    "relevance": relevance.main,
    "wizard": wizard.main,
    "accounts": accounts.main,
    "imports": imports.main,
    "duplicates": duplicates.main,
    "referrals": referrals.main,
    "inbox": inbox.main,
}
# Proofs that take minutes: only by name.
PROOFS: dict[str, Callable[[], None]] = {"kills": kills.main, "moves": moves.main}


def main(names: list[str]) -> int:
    """Run the named benches, or all of them."""
    known = BENCHES | PROOFS
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"There is no bench {', '.join(unknown)}; there are: {', '.join(known)}.")
        return 1
    for name in names or BENCHES:
        print(f"== {name}", flush=True)
        known[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
