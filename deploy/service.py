"""`make run`: starts a county from nothing, and stops everything on Ctrl-C."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy import application, interrupts, places, system
from deploy.errors import LaunchError
from deploy.installing import environment, printing
from deploy.interrupts import StopError
from deploy.logs import Rotation
from deploy.processes import Crew
from deploy.progress import say, step
from deploy.servers import addresses, homes, keys, listening
from deploy.servers.addresses import Addresses
from deploy.servers.connections import connect
from deploy.servers.homes import Home
from deploy.servers.listening import Listener
from deploy.watching import Watch

HOME = "servers"
RULES_CHANGED = "计数规则有变"  # a line of manage.py upgrade that everybody should read
WEB_LIMIT = 60.0  # seconds the web has to answer


def run() -> int:
    """Runs until Ctrl-C; everything it started has ended when it returns or raises.

    A web, worker, beat, queue or database that ends by itself is started again (watching.py).
    """
    named, listener = addresses.from_environment(), listening.from_environment()
    places.lay_out()
    with _alone():
        listener.require_free()
        environment.lay()
        printing.provide()
        with _home(named) as home, Crew() as crew:
            env = _prepare(crew, home, named, listener)
            _open(crew, env, listener)
            return _watch(crew)


def manage(*arguments: str) -> int:
    """Replaces this process by a management command on the running county."""
    values = keys.read_settings(places.RUNNING)
    if not values:
        raise LaunchError("系统没有在运行；请先在另一个终端运行 make run。", "not running")
    command = [str(places.PYTHON), str(places.ROOT / "manage.py"), *arguments]
    os.execve(command[0], command, application.environment(values))


def reset(sure: bool) -> int:
    """Removes data, evidence files, keys and logs; the installed packages stay."""
    places.lay_out()
    with _alone():
        if not sure:
            say("没有删除任何东西。")
            return 1
        with step("删除本机数据、佐证文件、密钥和日志 (reset)"):
            homes.remove(HOME)
            _remove_files()
    return 0


def _remove_files() -> None:
    for path in (places.SECRETS, places.KEYRING, places.RUNNING):
        path.unlink(missing_ok=True)
    for folder in (places.LOGS, places.BEAT, places.FILES):
        shutil.rmtree(folder)


def _prepare(crew: Crew, home: Home | None, named: Addresses, listener: Listener) -> dict[str, str]:
    """Prepares keys, servers, tables, files and demo; returns the application's environment."""
    secrets = keys.load_secrets()
    keyring, made = _keyring(named, home)
    connections = connect(crew, home, secrets, named)
    secret_key = os.environ.get("SECRET_KEY") or secrets["SECRET_KEY"]
    files = Path(os.environ.get("FILES_ROOT") or places.FILES)
    values = application.settings(connections, secret_key, keyring, files, may_shift=_is_demo())
    values |= _overrides(listener)
    _say_where_the_key_lies(keyring, made)
    keys.write_settings(places.RUNNING, values)
    env = application.environment(values)
    for line in application.manage("更新数据表 (upgrade)", env, "upgrade").splitlines():
        if line.startswith(RULES_CHANGED):
            say(f"! {line}")
    application.manage("整理静态文件 (collectstatic)", env, "collectstatic", "--noinput")
    if _is_demo():
        application.manage_aloud(env, "load_demo", "--if-empty")
    return env


def _open(crew: Crew, env: dict[str, str], listener: Listener) -> None:
    listener.require_free()
    with step("启动网页与后台 (web, worker, beat)") as current:
        application.start(crew, env, listener)
        until = time.monotonic() + WEB_LIMIT
        while not application.answers(listener):
            crew.check()
            if time.monotonic() > until:
                raise LaunchError(
                    f"网页 {WEB_LIMIT:.0f} 秒内没有应答，日志见 {places.LOGS / 'web.log'}。",
                    "the web does not answer",
                )
            current.tick()
            interrupts.pause()
    _welcome(env, listener.address)


def _welcome(env: dict[str, str], address: str) -> None:
    keys.write_settings(places.RUNNING, keys.read_settings(places.RUNNING) | {"ADDRESS": address})
    say(f"\n  控辍保学系统已就绪：{address}\n")
    if _is_demo():
        application.manage_aloud(env, "demo_accounts")
    else:
        application.manage_aloud(env, "opening_address", "--if-needed", "--at", address)
    say("\n  按 Ctrl-C 停止。日志在 .local/log/。 (Ctrl-C stops everything)")


def _watch(crew: Crew) -> int:
    watch, rotation = Watch(crew), Rotation()
    try:
        while True:
            watch.look()
            rotation.look()
            interrupts.pause()
    except StopError:
        say()
        return 0


@contextmanager
def _alone() -> Iterator[None]:
    """Allows one run in a checkout; a second is told the address of the first."""
    with system.lock(places.LOCAL / "run.lock") as held:
        if not held:
            address = keys.read_settings(places.RUNNING).get("ADDRESS", "正在启动")
            raise LaunchError(
                f"系统已经在运行：{address}。要停止它，在那个终端按 Ctrl-C。", "already running"
            )
        try:
            yield
        finally:
            places.RUNNING.unlink(missing_ok=True)


@contextmanager
def _home(named: Addresses) -> Iterator[Home | None]:
    """The home of our own servers, locked, since a copied checkout may link to the same one."""
    if named.database and named.redis:
        yield None
        return
    home = homes.open_home(HOME)
    with system.lock(home.lock_file) as held:
        if not held:
            raise LaunchError(f"数据目录 {home.path} 正被另一个副本使用。", "data in use elsewhere")
        yield home


def _keyring(named: Addresses, home: Home | None) -> tuple[Path, bool]:
    """The keyring's file and whether it is new. Tries the addresses of real servers."""
    holds_tables = addresses.try_out(named)
    if chosen := os.environ.get("KEYRING_FILE"):
        if not Path(chosen).is_file():
            raise LaunchError(f"KEYRING_FILE={chosen} 不存在。", "KEYRING_FILE is missing")
        return Path(chosen), False
    own_data = named.database is None and home is not None and (home.path / "postgres").exists()
    return places.KEYRING, keys.keyring(places.KEYRING, data_exists=holds_tables or own_data)


def _say_where_the_key_lies(keyring: Path, made: bool) -> None:
    say(f"! 密钥文件{'（刚刚生成）' if made else ''}：{keyring}")
    say("  请另存一份；丢了它，加密的身份证号、电话就再也读不出来。 (a lost key is lost data)")


def _is_demo() -> bool:
    return os.environ.get("DEMO", "1") != "0"


def _overrides(listener: Listener) -> dict[str, str]:
    """Settings from the person: HTTPS=1 behind a proxy, and a named host that becomes allowed."""
    chosen = {"HTTPS": os.environ["HTTPS"]} if os.environ.get("HTTPS") else {}
    if "ALLOWED_HOSTS" not in os.environ and listener.is_named:
        chosen["ALLOWED_HOSTS"] = f"{listener.host},127.0.0.1,localhost"
    return chosen
