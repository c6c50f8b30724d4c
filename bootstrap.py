#!/usr/bin/env python3
"""Set up and start the portal on a fresh machine; tooling/ does the work.

Only the standard library is needed. Kept to syntax that old Pythons can read, so that they are
told in words what is missing.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - read by the older Pythons it turns away
    sys.stderr.write(
        "Python 3.11 or newer is needed and this is {}.{}: install it and start this file "
        "with it, for example python3.12 bootstrap.py run.\n".format(*sys.version_info[:2])
    )
    sys.exit(1)

from tooling.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
