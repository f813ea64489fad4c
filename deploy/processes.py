"""The launcher's processes, each in a group of its own, so that stopping reaches its children."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from deploy import interrupts, places
from deploy.errors import LaunchError
from deploy.progress import ProgressStep, step

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None

Watcher = Callable[[], float | None]
Revive = Callable[[], "Process"]


@dataclass(frozen=True)
class Account:
    """The operating-system account a server runs as."""

    name: str
    uid: int
    gid: int


class Process:
    """A started process with its group, its log and the signals that end it.

    With a log, all output goes there; with `aloud`, normal output goes to the terminal. `stop_with`
    are the signals that ask it to end, mildest first, each given `patience` seconds.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        log: Path | None,
        account: Account | None = None,
        stop_with: Sequence[signal.Signals] = (signal.SIGTERM,),
        patience: float = 15,
        aloud: bool = False,
    ) -> None:
        self.name, self.log = name, log
        self._like_it = partial(
            Process,
            *(name, argv),
            env=env,
            log=log,
            account=account,
            stop_with=stop_with,
            patience=patience,
            aloud=aloud,
        )
        self.log_began_at = log.stat().st_size if log and log.exists() else 0
        self._stop_with, self._patience = stop_with, patience
        with _outputs(log, aloud) as (out, err):
            self._popen = subprocess.Popen(
                [str(each) for each in argv],
                env=dict(env),
                cwd="/" if account else places.ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
                preexec_fn=_tie_to(os.getpid(), stop_with[0]),
                **_identity(account),
            )
        self.pid = self._popen.pid

    def ended(self) -> int | None:
        """Its exit code, or None while it runs. Ends the rest of its group with it."""
        code = self._popen.poll()
        if code is not None:
            self._signal_group(signal.SIGKILL)
        return code

    def again(self) -> "Process":
        """Starts the same program anew; called once it has ended."""
        return self._like_it()

    def stop(self) -> None:
        """Asks it to end, then more strongly, and finally kills the whole group."""
        for number in (*self._stop_with, signal.SIGKILL):
            if self.ended() is not None:
                return
            self._signal_leader(number)
            self._wait(self._patience)
        self._popen.wait()
        self._signal_group(signal.SIGKILL)

    def last_lines(self, count: int = 12) -> str:
        """The end of its log of this run."""
        return "\n".join(tail(self.log, self.log_began_at)[-count:]) if self.log else ""

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self.ended() is None and time.monotonic() < until:
            time.sleep(0.05)

    def _signal_leader(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def _signal_group(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)


class Crew:
    """All long-running processes of one launcher, stopped in the reverse order of their start."""

    def __init__(self) -> None:
        self._members: list[Process] = []
        self._reviving: dict[int, Revive] = {}  # by process id

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        if self._members:
            with step("停止全部进程 (stopping)"):
                self.stop()

    def add(self, process: Process, revive: "Revive | None" = None) -> Process:
        """Adds a process, to be stopped with the others.

        ``revive`` starts it anew once it has ended by itself; by itself the same program.
        """
        self._members.append(process)
        self._reviving[process.pid] = revive or process.again
        return process

    def members(self) -> list[Process]:
        """The processes, the oldest first."""
        return list(self._members)

    def revive(self, process: Process) -> Process:
        """Starts anew a process that has ended, in its place among the others."""
        revive = self._reviving.pop(process.pid)
        fresh = revive()
        self._members[self._members.index(process)] = fresh
        own = revive == process.again
        self._reviving[fresh.pid] = fresh.again if own else revive
        return fresh

    def drop(self, process: Process) -> None:
        """Forgets a process that has ended as expected."""
        self._members.remove(process)
        del self._reviving[process.pid]

    def check(self) -> None:
        """Raises when a process has ended by itself."""
        for member in self._members:
            if (code := member.ended()) is not None:
                raise LaunchError(
                    f"{member.name} 意外退出（退出码 {code}），完整日志见 {member.log}。",
                    f"{member.name} ended by itself",
                    member.last_lines(),
                )

    def stop(self) -> None:
        """Stops every process, the youngest first."""
        while self._members:
            self._members[-1].stop()
            self._members.pop()


def finish(
    process: Process, current: ProgressStep | None = None, fraction: Watcher = lambda: None
) -> int:
    """Waits for a short-lived process and draws its progress; stops it when interrupted."""
    try:
        while (code := process.ended()) is None:
            if current:
                current.tick(fraction())
            interrupts.pause()
    except BaseException:
        process.stop()
        raise
    return code


def tail(log: Path, since: int = 0) -> list[str]:
    """The non-empty lines of a log from this position (bytes) on; all where it begun anew."""
    try:
        with log.open("rb") as file:
            file.seek(since if since <= log.stat().st_size else 0)
            text = file.read().decode(errors="replace")
    except FileNotFoundError:
        return []
    return [line for line in text.splitlines() if line.strip()]


@contextmanager
def _outputs(log: Path | None, aloud: bool) -> Iterator[tuple[int | None, int | None]]:
    """Where output and errors go: to the log; with `aloud` only errors; without a log, nowhere."""
    if log is None:
        yield None, None
        return
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        yield None if aloud else file, file
    finally:
        os.close(file)


def _identity(account: Account | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def _tie_to(launcher: int, number: signal.Signals) -> Callable[[], None] | None:
    """Has the kernel end the child when the launcher is killed."""
    if _libc is None:
        return None

    def tie() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(number))
        if os.getppid() != launcher:
            os._exit(1)

    return tie
