"""How many random histories a property is tried on: all under `make test-long`, else a part."""

import os

WHOLE = os.environ.get("KONGCHUO_WALKS") == "whole"


def examples(whole: int, part: int) -> int:
    """The number for ``max_examples``."""
    return whole if WHOLE else part
