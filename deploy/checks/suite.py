"""`make test`, `make lint`, `make bench`: checks against servers of their own."""

import secrets
import shlex
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from deploy import application, places, system
from deploy.checks import changed, chosen, tables
from deploy.errors import LaunchError
from deploy.installing import browser, environment, printing, second
from deploy.processes import Crew, Process, finish, tail
from deploy.progress import BROKEN, DONE, heading, say
from deploy.servers import homes, keys, postgres
from deploy.servers.connections import Connections, connect
from deploy.servers.homes import Home

PREFIX = "test-"
BENCH = "tests/bench"
NOWHERE = Connections(
    database="postgres://nobody@127.0.0.1:1/none",
    owner="postgres://nobody@127.0.0.1:1/none",
    redis="redis://127.0.0.1:1/0",
)

# A file stays with one runner and one database. Files run in the order of their names: a browser's
# has few tests and lasts long, and by their number it would come last, with one runner idle.
# One runner more than the two cores of the smallest machine: a browser's test waits half its time.
SIDE_BY_SIDE = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")

Check = tuple[str, Sequence[str], Mapping[str, str]]  # title, command, what its environment adds

AS_DEPLOYED = {"HTTPS": "1", "CLOCK_MAY_SHIFT": "0"}

STYLE: tuple[Check, ...] = (
    ("ruff check", ("ruff", "check", "."), {}),
    ("ruff format --check", ("ruff", "format", "--check", "."), {}),
)
TYPES: Check = ("mypy", ("mypy", "."), {})
CONTRACTS: Check = ("lint-imports", ("lint-imports",), {})
LINT = (*STYLE, TYPES, CONTRACTS)
# Random walks run a tenth of their length otherwise (tests/walks.py).
WHOLE_WALKS = {"KONGCHUO_WALKS": "whole"}
QUICK = ("-n", "2", "--dist", "loadfile", "-m", "not browser")
# The tables are made once and copied by each test runner.
TEMPLATE = {"KONGCHUO_TEST_TEMPLATE": "test_kongchuo_migrated"}
# A statement through it costs two thirds of one through the port. The tests' own connections take
# it; a process that a test starts is given the address with the port.
SOCKET = "KONGCHUO_TEST_SOCKET"
# Dropped, since with it each process would compile all modules again.
BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
DJANGO: tuple[Check, ...] = (
    ("makemigrations --check", ("manage.py", "makemigrations", "--check", "--dry-run"), {}),
    ("check --deploy", ("manage.py", "check", "--deploy", "--fail-level", "WARNING"), AS_DEPLOYED),
)


def test(arguments: str) -> int:
    """Runs every check up to the first failure. With arguments for pytest, runs pytest alone."""
    return _test(arguments, {})


def test_long(arguments: str) -> int:
    """The same, with the random walks in full."""
    return _test(arguments, WHOLE_WALKS)


def _test(arguments: str, more: Mapping[str, str]) -> int:
    chosen = shlex.split(arguments)
    environment.lay(for_tests=True)
    if not chosen:
        return _everything(more)
    found = browser.provide()
    printing.provide(for_tests=True)
    began = time.monotonic()
    with _own_servers() as env:
        _all((_pytest(*chosen),), {**env, **more, browser.SETTING: found})
    return _passed(began)


def _everything(more: Mapping[str, str]) -> int:
    found, another = browser.provide(), second.provide()
    printing.provide(for_tests=True)
    began = time.monotonic()
    with _beside(TYPES, _without_servers()), _own_servers() as env:
        _all((*STYLE, CONTRACTS, *DJANGO), env)
        _all((_pytest(*SIDE_BY_SIDE),), {**env, **more, browser.SETTING: found})
    if another:
        _all(second.checks(another), _without_servers())
    return _passed(began)


def quick(arguments: str) -> int:
    """Runs style and the tests nearest to the change, for about a minute; no browser."""
    environment.lay(for_tests=True)
    folders, paths = changed.folders(), changed.paths()
    began = time.monotonic()
    _all(STYLE, _without_servers())
    found = chosen.choose(paths, folders)
    if found.files:
        title = f"pytest: {len(found.files)} of {' '.join(folders)}"
        parts = ("-m", "pytest", *found.files, *QUICK, *shlex.split(arguments))
        with _own_servers() as env:
            _all(((title, parts, {}),), {**env, browser.SETTING: ""})
    if found.left_out:
        say(f"还有 {found.left_out} 个较慢的测试文件没有运行，运行 make test 全部检查。")
    return _passed(began)


def lint() -> int:
    """Runs the checks that need no server."""
    environment.lay(for_tests=True)
    began = time.monotonic()
    _all(LINT, _without_servers())
    return _passed(began)


def bench(arguments: str) -> int:
    """Measures and prints; has no threshold."""
    environment.lay(for_tests=True)
    began = time.monotonic()
    with _own_servers() as env:
        _all((_pytest("-s", *benches(arguments)),), env)
    return _passed(began)


def benches(arguments: str) -> list[str]:
    """What pytest is given: the benches that the arguments name, all where they name none."""
    chosen = [_in_the_bench(word) for word in shlex.split(arguments)]
    named = any((places.ROOT / word.split("::")[0]).exists() for word in chosen)
    return chosen if named else [BENCH, *chosen]


def _in_the_bench(word: str) -> str:
    """A bench may be named by its file alone."""
    file = word.split("::")[0]
    return f"{BENCH}/{word}" if file and (places.ROOT / BENCH / file).is_file() else word


def _pytest(*arguments: str) -> Check:
    return (" ".join(("pytest", *arguments)), ("-m", "pytest", *arguments), {})


def _all(checks: Sequence[Check], env: Mapping[str, str]) -> None:
    for title, command, more in checks:
        heading(title)
        started = time.monotonic()
        code = _one(title, command, {**env, **more})
        seconds = time.monotonic() - started
        say(f"{BROKEN if code else DONE} {title}  {seconds:.1f} s")
        if code:
            raise LaunchError(f"未通过：{title}（退出码 {code}）。", "failed")


@contextmanager
def _beside(check: Check, env: Mapping[str, str]) -> Iterator[None]:
    """Runs one check beside others; its output is printed after theirs."""
    title, command, more = check
    log = places.LOGS / f"{title}.log"
    log.unlink(missing_ok=True)
    started = time.monotonic()
    process = Process(title, _program(command), env={**env, **more}, log=log)
    try:
        yield
        code = finish(process)
    finally:
        process.stop()
    heading(title)
    say("\n".join(tail(log)))
    say(f"{BROKEN if code else DONE} {title}  {time.monotonic() - started:.1f} s")
    if code:
        raise LaunchError(f"未通过：{title}（退出码 {code}）。", "failed")


def _passed(began: float) -> int:
    say(f"\n{DONE} 全部通过  {time.monotonic() - began:.1f} s (all passed)")
    return 0


def _one(title: str, command: Sequence[str], env: Mapping[str, str]) -> int:
    """Runs one check. When interrupted, pytest gets time to close what it opened."""
    process = Process(
        title, _program(command), env=env, log=None, stop_with=(signal.SIGINT, signal.SIGTERM)
    )
    return finish(process)


def _program(command: Sequence[str]) -> list[str | Path]:
    first, rest = command[0], command[1:]
    if first.startswith("/"):
        return list(command)
    if first == "-m":
        return [places.PYTHON, *command]
    if first.endswith(".py"):
        return [places.PYTHON, places.ROOT / first, *rest]
    return [places.PYTHON.parent / first, *rest]


def _without_servers() -> dict[str, str]:
    """Environment of the type checker: it loads the settings, which want addresses and a key."""
    keyring = places.LOCAL / "lint-keyring.json"
    keys.keyring(keyring, data_exists=False)
    return _environment(NOWHERE, keyring)


def _environment(connections: Connections, keyring: Path) -> dict[str, str]:
    """The environment of tests. Evidence files lie beside the keyring and are removed with it."""
    key, files = secrets.token_urlsafe(50), keyring.with_name("test-files")
    settings = application.settings(connections, key, keyring, files, may_shift=True)
    return application.environment(settings) | BYTECODE


@contextmanager
def _own_servers() -> Iterator[dict[str, str]]:
    """Starts fresh servers with the tests' tables; their data are removed after the checks."""
    with own_home() as home:
        if not tables.fetch(home):
            with _serving(home) as env:
                _all((_migrated(home),), env)
            tables.keep(home)
        with _serving(home) as env:
            yield env | TEMPLATE


@contextmanager
def _serving(home: Home) -> Iterator[dict[str, str]]:
    with Crew() as crew:
        made = {name: make() for name, make in keys.MADE.items()}
        connections = connect(crew, home, made, testing=True)
        keyring = home.path / "keyring.json"
        keys.keyring(keyring, data_exists=False)
        yield _environment(connections, keyring) | {SOCKET: postgres.socket_folder(home)}


def _migrated(home: Home) -> Check:
    command = ("-m", "tests.migrated", str(home.path / tables.LOADED))
    return ("the tables of the tests", command, TEMPLATE)


@contextmanager
def own_home() -> Iterator[Home]:
    """A home for servers, removed with its data."""
    name = PREFIX + secrets.token_hex(3)
    with ExitStack() as held:
        with system.lock(places.LOCAL / "test.lock", wait=30):
            _sweep()
            home = homes.open_home(name)
            held.enter_context(system.lock(home.lock_file))
        try:
            yield home
        finally:
            homes.remove(name)


def _sweep() -> None:
    """Removes the homes of killed test runs. A locked home is in use."""
    for place in places.LOCAL.glob(f"{PREFIX}*"):
        with suppress(OSError), system.lock(place / "lock") as held:
            if held:
                homes.remove(place.name)
