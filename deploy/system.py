"""Questions to the operating system: accounts, ports, locks, processes of a folder."""

import errno
import fcntl
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deploy import interrupts
from deploy.errors import LaunchError
from deploy.processes import Account

SERVANT = "kongchuo"  # the account that database and queue run as when root starts them
LOOPBACK = "127.0.0.1"


def is_root() -> bool:
    """Whether the launcher runs as root, as which PostgreSQL does not start."""
    return os.geteuid() == 0


def account_of(uid: int) -> Account:
    """The account with this number."""
    entry = pwd.getpwuid(uid)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def servant() -> Account:
    """The unprivileged account for the servers, made if missing; `nobody` where that fails."""
    with suppress(KeyError):
        return account_of(pwd.getpwnam(SERVANT).pw_uid)
    if useradd := shutil.which("useradd"):
        command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVANT]
        subprocess.run(command, capture_output=True, check=False)
    name = SERVANT if _exists(SERVANT) else "nobody"
    return account_of(pwd.getpwnam(name).pw_uid)


def reaches(account: Account, path: Path) -> bool:
    """Whether an account may enter a folder and every folder above it."""
    real = path.resolve()
    return all(_may_pass(account, each) for each in (real, *real.parents))


def refusal(host: str, port: int) -> int:
    """The `errno` with which listening at an address fails; 0 when it is free."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        return errno.EADDRNOTAVAIL
    except OSError as error:
        return error.errno or errno.EADDRNOTAVAIL
    return 0


def free_port() -> int:
    """A free port of the loopback interface."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@contextmanager
def lock(path: Path, *, wait: float = 0) -> Iterator[bool]:
    """Holds a lock that ends with the launcher; yields False if another holds it for `wait` s."""
    with path.open("a") as file:
        until = time.monotonic() + wait
        while not (held := _take(file.fileno())) and time.monotonic() < until:
            interrupts.pause()
        yield held


def sees_processes() -> bool:
    """Whether `at_work_in` can see processes here."""
    return Path("/proc/self/cwd").exists()


def at_work_in(folder: Path) -> list[int]:
    """Ids of the processes whose working directory is this folder, as a server's is its data.

    A process that has ended but was not reaped yet is not listed.
    """
    wanted = str(folder.resolve())
    return [pid for pid in _all_pids() if _working_directory(pid) == wanted]


def clear_out(folder: Path, server: str, head: int | None, *, seconds: float = 20) -> None:
    """Ends the servers that a killed launcher left in a data folder; the caller holds its lock.

    Signals `head` alone, or all when it is None, and waits for all of them.
    """
    until = time.monotonic() + seconds
    asked: set[int] = set()
    while left := at_work_in(folder):
        for pid in set(left) - asked:
            asked.add(pid)
            if head in (None, pid):
                _interrupt(pid)
        if time.monotonic() > until:
            raise LaunchError(
                f"上次留下的 {server} 进程还没有结束（进程号 {', '.join(map(str, left))}），"
                "请先结束它再试。",
                f"{server} of an earlier run is still alive",
            )
        interrupts.pause()


def _interrupt(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGINT)


def _all_pids() -> list[int]:
    with suppress(OSError):
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]
    return []


def _working_directory(pid: int) -> str | None:
    with suppress(OSError):
        return os.readlink(f"/proc/{pid}/cwd")
    return None


def _may_pass(account: Account, path: Path) -> bool:
    facts = path.stat()
    if facts.st_uid == account.uid:
        return bool(facts.st_mode & stat.S_IXUSR)
    if facts.st_gid == account.gid:
        return bool(facts.st_mode & stat.S_IXGRP)
    return bool(facts.st_mode & stat.S_IXOTH)


def _exists(name: str) -> bool:
    with suppress(KeyError):
        return bool(pwd.getpwnam(name))
    return False


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
