"""The addresses of real servers from the environment, checked for form and tried once."""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from deploy import places
from deploy.errors import LaunchError

DATABASE_SCHEMES = ("postgres", "postgresql")
REDIS_SCHEMES = ("redis", "rediss")

DATABASE_EXAMPLE = "postgres://账号:口令@主机:5432/库名"
REDIS_EXAMPLE = "redis://:口令@主机:6379/0"


@dataclass(frozen=True)
class Addresses:
    """The addresses that the environment names; None means our own server is started."""

    database: str | None
    owner: str | None
    redis: str | None


def from_environment(env: Mapping[str, str] = os.environ) -> Addresses:
    """Reads and checks the three settings. The owner's address defaults to the serving one."""
    database, redis = env.get("DATABASE_URL") or None, env.get("REDIS_URL") or None
    owner = env.get("DATABASE_OWNER_URL") or database
    if owner and not database:
        raise LaunchError(
            "只设了 DATABASE_OWNER_URL，没有设 DATABASE_URL；请两个都设，或都不设。",
            "DATABASE_OWNER_URL without DATABASE_URL",
        )
    for name, url in (("DATABASE_URL", database), ("DATABASE_OWNER_URL", owner)):
        _check_form(name, url, DATABASE_SCHEMES, DATABASE_EXAMPLE)
    _check_form("REDIS_URL", redis, REDIS_SCHEMES, REDIS_EXAMPLE)
    if database and not urlsplit(database).path.strip("/"):
        raise _malformed("DATABASE_URL", "缺少库名", DATABASE_EXAMPLE)
    return Addresses(database, owner, redis)


def try_out(addresses: Addresses) -> bool:
    """Signs in at each named server once; returns whether the database already holds our tables.

    Raises `LaunchError` in one line when a server refuses.
    """
    holds_tables = False
    if addresses.database and addresses.owner:
        _probe("DATABASE_URL", "database", addresses.database)
        holds_tables = _probe("DATABASE_OWNER_URL", "owner", addresses.owner)
    if addresses.redis:
        _probe("REDIS_URL", "redis", addresses.redis)
    return holds_tables


def without_password(url: str) -> str:
    """The address without its password, for display."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    user = parts.username or ""
    return f"{parts.scheme}://{user}{'@' if user else ''}{place}{parts.path}"


def _check_form(name: str, url: str | None, schemes: tuple[str, ...], example: str) -> None:
    if url is None:
        return
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise _malformed(name, "端口不是数字，或口令里有未转义的符号", example) from None
    if parts.scheme not in schemes:
        raise _malformed(name, f"应以 {schemes[0]}:// 开头", example)
    if not host:
        raise _malformed(name, "缺少主机名", example)


def _malformed(name: str, what: str, example: str) -> LaunchError:
    return LaunchError(
        f"{name} 写法不对：{what}。应为 {example}（口令里的 @ : / ? # % 要写成 %40 这样的形式）。",
        f"{name} is malformed",
    )


def _probe(name: str, kind: str, url: str) -> bool:
    """Runs probe.py in the environment's Python, which has the drivers of the application."""
    env = {**os.environ, "PROBED_URL": url, "PGCONNECT_TIMEOUT": "8"}
    result = subprocess.run(
        [places.PYTHON, "-P", places.ROOT / "deploy" / "servers" / "probe.py", kind],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    answer = json.loads(result.stdout or '{"chinese": "检查程序没有回答", "english": "no answer"}')
    if "chinese" in answer:
        raise LaunchError(
            f"{name}（{without_password(url)}）：{answer['chinese']}。",
            answer["english"],
            answer.get("detail", ""),
        )
    return bool(answer["holds_tables"])
