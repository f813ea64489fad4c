"""Notes how long each test file took, for `make quick` to choose by (deploy/checks/chosen.py).

Only of runs that ran their files whole: a part of a file says little about it. A run of the whole
suite also lists the tests that took longest, and how long each runner had nothing to do at the end.
"""

import json
import os
from collections import defaultdict
from collections.abc import Mapping

import pytest

from deploy.checks.chosen import SECONDS, SLOWEST

LISTED = 30
_seconds: dict[str, float] = defaultdict(float)  # of each test
_worked: dict[str, float] = defaultdict(float)  # seconds of each runner
_ended: dict[str, float] = {}  # when each runner's last test did


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up set-up, call and teardown. The runners tell the first process of theirs."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _seconds[report.nodeid] += report.duration
        runner = getattr(report, "worker_id", "the only one")
        _worked[runner] += report.duration
        _ended[runner] = report.stop


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
        lines = [*slowest(_seconds), *idle(_worked, _ended)]
        SLOWEST.write_text("\n".join(lines) + "\n", encoding="utf-8")


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


def idle(worked: Mapping[str, float], ended: Mapping[str, float]) -> list[str]:
    """How long each runner worked, and had nothing left to do before the last one ended."""
    last = max(ended.values(), default=0.0)
    return [
        f"{worked[each]:7.1f}  runner {each}, then idle {last - ended[each]:.1f}"
        for each in sorted(worked)
    ]
