"""Keeps PostgreSQL's data folder with all tables of the tests, for as long as its sources stay.

To start an empty cluster and to migrate it takes as long as a hundred tests. What was made once is
copied by every later run of this checkout, until a file that had a part in it is another one.
"""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from deploy import places, system
from deploy.servers import postgres
from deploy.servers.homes import Home

# The database is bound to its keyring; the administrator's password is in the data.
PARTS = ("postgres", "postgres.password", "keyring.json")
# Written by tests/migrated.py: the modules that were loaded when the tables were made.
LOADED = "loaded.txt"
STATE = "state.json"
# What else has a part in it. Who chooses PostgreSQL's programs may exchange them unseen.
ALWAYS = ("requirements.txt", "deploy/servers/postgres.py", "deploy/checks/tables.py")
MIGRATIONS = "**/migrations/*.py"
LOCK_SECONDS = 60.0

State = dict[str, str]  # path within the checkout → SHA-256


def folder() -> Path:
    """Where they are kept."""
    return places.LOCAL / "tables"


def fetch(home: Home) -> bool:
    """Copies the kept data into a new home; False where there are none of the present sources."""
    if postgres.BIN_SETTING in os.environ:
        return False
    with system.lock(places.LOCAL / "tables.lock", wait=LOCK_SECONDS) as held:
        if not held or not _is_of_today():
            return False
        for part in PARTS:
            _copy(folder() / part, home.path / part, home)
    return True


def keep(home: Home) -> None:
    """Keeps the data of a home whose server has stopped, instead of what was kept before."""
    loaded = home.path / LOADED
    if postgres.BIN_SETTING in os.environ or not loaded.exists():
        return
    unfinished = places.LOCAL / f"tables-{secrets.token_hex(3)}"
    unfinished.mkdir(mode=0o700)
    for part in PARTS:
        _copy(home.path / part, unfinished / part, Home(unfinished, None))
    state = _state(loaded.read_text(encoding="utf-8").splitlines())
    (unfinished / STATE).write_text(json.dumps(state), encoding="utf-8")
    with system.lock(places.LOCAL / "tables.lock", wait=LOCK_SECONDS):
        shutil.rmtree(folder(), ignore_errors=True)
        unfinished.rename(folder())


def _is_of_today() -> bool:
    try:
        kept: State = json.loads((folder() / STATE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return False
    return kept == _state(kept)


def _state(loaded: Iterable[str]) -> State:
    found = {path.relative_to(places.ROOT).as_posix() for path in _migrations()}
    return {path: _digest(places.ROOT / path) for path in sorted({*loaded, *ALWAYS, *found})}


def _migrations() -> list[Path]:
    tops = [each for each in places.ROOT.iterdir() if each.is_dir() and each.name[0] != "."]
    return [path for top in tops if top.name != "node_modules" for path in top.glob(MIGRATIONS)]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "gone"


def _copy(source: Path, target: Path, home: Home) -> None:
    if source.is_file():
        _copy_file(home, source, target)
        return
    shutil.copytree(source, target, copy_function=partial(_copy_file, home))
    for at, _, _ in os.walk(target):
        home.give(Path(at))


def _copy_file(home: Home, source: str | Path, target: str | Path) -> None:
    shutil.copy2(source, target)
    home.give(Path(target))
