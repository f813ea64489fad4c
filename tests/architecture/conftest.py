"""The trees of all sources live no longer than the tests that look at them."""

from collections.abc import Iterator

import pytest

from tests.architecture import sources


@pytest.fixture(scope="package", autouse=True)
def _trees() -> Iterator[None]:
    yield
    sources.forget()
