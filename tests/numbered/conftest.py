"""The engine's tests know one kind of paper."""

import pytest

from foundation.papers.kinds import KINDS
from tests.numbered.help import NOTE


@pytest.fixture(autouse=True)
def _a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "note", NOTE)
