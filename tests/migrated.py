"""Make the database that every runner of the tests copies: ``python -m tests.migrated FILE``.

Its name stands in KONGCHUO_TEST_TEMPLATE. Into the file go the paths of our modules that had a part
in it: as long as they stay the same, a later run may copy this database (deploy/checks/tables.py).
"""

import os
import sys
from pathlib import Path

import django

from tests.databases import as_owner, make_migrated

ROOT = Path(__file__).resolve().parent.parent


def _loaded() -> list[str]:
    """Our modules of this process, as paths within the checkout."""
    files = [getattr(each, "__file__", None) for each in list(sys.modules.values())]
    paths = [Path(file) for file in files if file]
    ours = [path.relative_to(ROOT) for path in paths if path.is_relative_to(ROOT)]
    return sorted(each.as_posix() for each in ours if each.parts[0] != ".local")


if __name__ == "__main__":
    django.setup()
    as_owner()
    make_migrated(os.environ["KONGCHUO_TEST_TEMPLATE"])
    Path(sys.argv[1]).write_text("\n".join(_loaded()), encoding="utf-8")
