"""Finds the test folders that a change touches, for `make quick`."""

import subprocess
from collections.abc import Iterable

from deploy import places

# The longest matching prefix of a path decides.
TESTED_BY = {
    "foundation/": ("tests/wiring",),
    "foundation/accounts/": ("tests/accounts",),
    "foundation/files/": ("tests/files",),
    "foundation/jobs/": ("tests/jobs",),
    "foundation/messaging/": ("tests/messaging",),
    "foundation/tablefiles/": ("tests/roster",),
    "students/roster/": ("tests/roster",),
    "students/staff/": ("tests/staff",),
    "students/calendars/": ("tests/calendars",),
    "students/attendance/": ("tests/attendance",),
    "students/census/": ("tests/census",),
    "cases/": ("tests/cases",),
    "cases/watch/": ("tests/watch",),
    "reporting/": ("tests/reporting",),
    "kongchuo/": ("tests/wiring",),
    "kongchuo/demo/": ("tests/demo",),
    "deploy/": ("tests/deploy",),
}
LEFT_OUT = ("tests/bench", "tests/e2e", "tests/architecture")
MAIN = "main"


def folders() -> list[str]:
    """Test folders for files that differ from the main branch or are not committed."""
    return sorted(folders_for(paths()))


def folders_for(paths: Iterable[str]) -> set[str]:
    """The test folders of these files: a test's own, or that of an app or of its templates."""
    found: set[str] = set()
    for path in paths:
        beginnings = [each for each in TESTED_BY if path.startswith(each)]
        if beginnings:
            found.update(TESTED_BY[max(beginnings, key=len)])
        elif path.startswith(("tests/", "templates/")) and path.count("/") > 1:
            found.add(f"tests/{path.split('/')[1]}")
    return {each for each in found if each not in LEFT_OUT and (places.ROOT / each).is_dir()}


def paths() -> set[str]:
    """Files that differ from the main branch or are not committed."""
    base = _git("merge-base", "HEAD", MAIN) or ["HEAD"]
    new = _git("ls-files", "--others", "--exclude-standard")
    return {*_git("diff", "--name-only", base[0]), *new}


def _git(*arguments: str) -> list[str]:
    command = ["git", "-c", "core.quotepath=off", *arguments]
    told = subprocess.run(
        command, cwd=places.ROOT, capture_output=True, text=True, check=False
    ).stdout
    return told.splitlines()
