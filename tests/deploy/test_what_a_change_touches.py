"""`make quick` runs the tests of the apps that a change touches."""

import pytest

from deploy import places
from deploy.checks.changed import TESTED_BY, folders_for


@pytest.mark.parametrize(
    ("path", "folders"),
    [
        ("students/roster/rules/ids.py", {"tests/roster"}),
        ("cases/policy.py", {"tests/cases"}),
        ("cases/watch/rules.py", {"tests/watch"}),
        ("tests/census/steps.py", {"tests/census"}),
        ("tests/e2e/site.py", set()),
        ("tests/conftest.py", set()),
        ("README.md", set()),
    ],
)
def test_a_file_leads_to_its_tests(path: str, folders: set[str]) -> None:
    assert folders_for([path]) == folders


def test_every_folder_named_is_there() -> None:
    for beginning, folders in TESTED_BY.items():
        assert all((places.ROOT / each).is_dir() for each in (beginning, *folders)), beginning
