"""The portal as it is served, without the caps on how many requests come from one place.

`python -m tests.bench.uncapped --port …`: for load that comes from one machine and within minutes.
"""

from __future__ import annotations

import sys

from portal import serve
from portal.accounts.limits import Limit
from portal.referrals import asking

PLENTY = 10_000_000


def main() -> int:
    """Serve."""
    asking.MOST_OF_ONE = asking.MOST_FOR_ONE = asking.MOST_AT_ONCE = PLENTY
    asking.MOST_OF_TEXT = PLENTY
    asking.FROM_ONE = Limit(asking.FROM_ONE.kind, PLENTY, asking.FROM_ONE.span)
    return serve.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
