"""Which functions of the demo ran while its county was loaded."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

DEMO = Path(__file__).resolve().parents[3] / "kongchuo" / "demo"
RAN: set[tuple[str, int]] = set()  # file and first line


@contextmanager
def noted() -> Iterator[None]:
    """Notes the functions of the demo that are called meanwhile."""
    before, codes = sys.gettrace(), set()

    def note(frame: FrameType, event: str, arg: Any) -> None:
        codes.add(frame.f_code)

    sys.settrace(note)
    try:
        yield
    finally:
        sys.settrace(before)
        RAN.update((one.co_filename, one.co_firstlineno) for one in codes)
