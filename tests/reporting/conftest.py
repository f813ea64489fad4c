"""What the tests of the returns share."""

import pytest

from foundation.jobs.models import Job

Told = list[tuple[int, int, str]]


@pytest.fixture(autouse=True)
def told(monkeypatch) -> Told:
    """The progress a job tells; on its own connection it would not see the test's rows."""
    steps: Told = []

    def progress(job: Job, done: int, total: int, note: str = "") -> None:
        steps.append((done, total, note))

    monkeypatch.setattr("foundation.jobs.actions.progress", progress)
    return steps
