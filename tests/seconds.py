"""Notes how long each test file took, for `make quick` to choose by (deploy/checks/chosen.py).

Only of runs that ran their files whole: a part of a file says little about it.
"""

import json
import os
from collections import defaultdict

import pytest

from deploy.checks.chosen import SECONDS

_seconds: dict[str, float] = defaultdict(float)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up set-up, call and teardown. The runners tell the first process of theirs."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _seconds[report.nodeid.split("::")[0]] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write it beside what is known of other files."""
    chosen = session.config.option
    is_part = chosen.keyword or any("::" in each for each in session.config.args)
    if "PYTEST_XDIST_WORKER" in os.environ or is_part or session.shouldstop or not _seconds:
        return
    known = json.loads(SECONDS.read_text("utf-8")) if SECONDS.exists() else {}
    known |= {file: round(seconds, 2) for file, seconds in _seconds.items()}
    SECONDS.write_text(json.dumps(known, indent=0, sort_keys=True), encoding="utf-8")
