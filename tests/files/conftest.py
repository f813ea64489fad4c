"""Each test keeps its files in a folder of its own."""

from pathlib import Path

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def files_root(tmp_path: Path, settings: LazySettings) -> Path:
    """Where the files of the test lie; made by the first one that is kept."""
    settings.FILES_ROOT = str(tmp_path / "files")
    return tmp_path / "files"
