"""In which modules the cast may be made once, with each test in a savepoint within.

Only where every test that opens the database asks for the cast: another one expects it empty.
"""

from collections import defaultdict
from collections.abc import Iterable

import pytest

# Where no fixture of a module makes rows before the cast.
FOLDERS = (
    *("accounts", "attendance", "cases", "census", "desk", "help", "lists", "messaging"),
    *("roster", "staff", "watch", "wiring"),
)
_others: dict[str, bool] = defaultdict(bool)  # module → whether a test wants it otherwise


def note(items: Iterable[pytest.Item]) -> None:
    """Remember the modules of the tests that were collected."""
    for item in items:
        module = item.nodeid.split("::")[0]
        _others[module] |= _wants_otherwise(item)


def may_stand(module: pytest.Module) -> bool:
    """Whether the cast may stand around all tests of the module."""
    folder = module.nodeid.split("/")[1]
    return folder in FOLDERS and not _others[module.nodeid]


def _wants_otherwise(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    opens = "db" in names or item.get_closest_marker("django_db") is not None
    return "own_database" in names or (opens and "cast" not in names)
