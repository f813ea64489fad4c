"""A plugin for pytest (`-p tests.without_database`): leaves out every test that needs a server.

The launcher runs what is left under a second Python (deploy/installing/second.py).
"""

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

from foundation import fingerprints

# `--hypothesis-profile=few`: another Python must run the rules, not search them once more.
examples.register_profile(
    "few",
    deadline=None,
    max_examples=10,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
fingerprints.recorded = lambda using="default": {}  # no database to hold the keyring against
NEEDING = frozenset({"db", "transactional_db", "django_db_setup", "live_server"})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselects what asks for the database, by fixture or by mark, and what drives a browser."""
    left_out = [item for item in items if _needs_server(item)]
    items[:] = [item for item in items if not _needs_server(item)]
    config.hook.pytest_deselected(items=left_out)


def _needs_server(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("browser")
    return bool(fixtures & NEEDING) or marked is not None
