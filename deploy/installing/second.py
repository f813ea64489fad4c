"""The second Python: where the machine has a Python 3.13, `make test` checks under it too.

Python 3.11 is the floor and runs the whole suite. Under 3.13 both lists are installed, and the
settings, the imports of every module and the tests that need no database are checked: what differs
between the two is syntax, the standard library and the packages, not the database. The tests of the
launcher and of photos start real processes or draw much, and are left to the whole suite.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from deploy import places
from deploy.installing import environment, packages
from deploy.installing.packages import Venv
from deploy.progress import say

VERSION = "3.13"
CHEAP = (
    "--hypothesis-profile=few",
    "--ignore=tests/deploy",
    "--ignore=tests/files",
    "--ignore=tests/e2e",
)
FOLDER = places.LOCAL / f"venv-{VERSION}"


def provide() -> Venv | None:
    """The environment of the second Python, laid; None, said in one line, where there is none."""
    if f"{sys.version_info.major}.{sys.version_info.minor}" == VERSION:
        return None
    base = find()
    if base is None:
        say(f"! 没有 Python {VERSION}，只在本版本下检查。 (no second Python)")
        return None
    venv = Venv(FOLDER, base)
    with environment.in_turn():
        packages.lay(venv, for_tests=True)
    return venv


def checks(venv: Venv) -> tuple[tuple[str, tuple[str, ...], dict[str, str]], ...]:
    """Title, command and further environment of each check (the shape of `suite.Check`)."""
    python = str(venv.python)
    pure = (
        "-m",
        "pytest",
        "-p",
        "tests.without_database",
        "-p",
        "no:cacheprovider",
        "-n",
        "2",
        *CHEAP,
    )
    return (
        (f"Python {VERSION}: check", (python, "manage.py", "check"), {}),
        (f"Python {VERSION}: pytest -p tests.without_database", (python, *pure), {}),
    )


def find() -> str | None:
    """An interpreter of the version: on the path, else one that pyenv has built."""
    return next((path for path in _candidates() if _is_it(path)), None)


def _candidates() -> Iterator[str]:
    if found := shutil.which(f"python{VERSION}"):
        yield found  # perhaps only a shim, which refuses
    for root in _pyenv_roots():
        yield from (str(each) for each in sorted(root.glob(f"versions/{VERSION}*/bin/python")))


def _pyenv_roots() -> Iterator[Path]:
    if pyenv := shutil.which("pyenv"):
        told = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=False)
        yield Path(told.stdout.strip() or "/nonexistent")
    yield Path.home() / ".pyenv"


def _is_it(path: str) -> bool:
    """Whether it runs, is of the version and can make environments."""
    probe = "import sys, ensurepip, venv; print('%d.%d' % sys.version_info[:2])"
    try:
        told = subprocess.run(
            [path, "-c", probe], capture_output=True, text=True, check=False, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return told.stdout.strip() == VERSION
