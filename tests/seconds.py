"""Notes how long each test file took, for `make quick` to choose by (deploy/checks/chosen.py).

Only of runs that ran their files whole: a part of a file says little about it. A run of the whole
suite also lists the tests that took longest.
"""

import json
import os
from collections import defaultdict
from collections.abc import Mapping

import pytest

from deploy.checks.chosen import SECONDS, SLOWEST

LISTED = 30
_seconds: dict[str, float] = defaultdict(float)  # of each test


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up set-up, call and teardown. The runners tell the first process of theirs."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _seconds[report.nodeid] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write it beside what is known of other files."""
    chosen = session.config.option
    is_part = chosen.keyword or any("::" in each for each in session.config.args)
    if "PYTEST_XDIST_WORKER" in os.environ or is_part or session.shouldstop or not _seconds:
        return
    known = json.loads(SECONDS.read_text("utf-8")) if SECONDS.exists() else {}
    SECONDS.write_text(
        json.dumps(known | by_file(_seconds), indent=0, sort_keys=True), encoding="utf-8"
    )
    if session.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        SLOWEST.write_text("\n".join(slowest(_seconds)) + "\n", encoding="utf-8")


def by_file(taken: Mapping[str, float]) -> dict[str, float]:
    """Seconds of each file, of what each test took."""
    files: dict[str, float] = defaultdict(float)
    for test, seconds in taken.items():
        files[test.split("::")[0]] += seconds
    return {file: round(seconds, 2) for file, seconds in files.items()}


def slowest(taken: Mapping[str, float]) -> list[str]:
    """The tests that took longest, the longest first, each behind its seconds."""
    longest = sorted(taken.items(), key=lambda each: -each[1])[:LISTED]
    return [f"{seconds:7.1f}  {test}" for test, seconds in longest]
