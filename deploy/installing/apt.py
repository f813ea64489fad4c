"""Installs packages of the system where apt-get is there and asks for no password."""

import os
import shutil
import subprocess

from deploy import places, system
from deploy.processes import Process, finish, tail
from deploy.progress import step

OPTIONS = ("-o", "DPkg::Lock::Timeout=300", "-q")


def installer() -> list[str] | None:
    """The command prefix that installs packages without asking for a password."""
    if not shutil.which("apt-get"):
        return None
    if system.is_root():
        return ["apt-get"]
    sudo = shutil.which("sudo")
    if (
        sudo
        and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return [sudo, "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return None


def install(command: list[str], words: str, *packages: str) -> None:
    """Tries to install. The caller then checks what is still missing."""
    log = places.LOGS / "apt.log"
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step(f"{words} (apt-get)") as current:
        for what in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            process = Process(
                "apt-get", [*command, *OPTIONS, *what], env=env, log=log, patience=120
            )
            if finish(process, current):
                current.note = " ".join(tail(log)[-1:])
