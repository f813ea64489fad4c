"""Entry: `python3 -m deploy run`, refusing a Python that is too old before importing anything."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  the launcher meets whatever Python is there
    sys.exit("✗ 需要 Python 3.11 或更高版本。 (Python 3.11 or later is needed)")

from deploy.launch import main

sys.exit(main(sys.argv[1:]))
