"""Tries one address with the application's own drivers, and answers in JSON.

The one file here that needs installed packages. The environment's Python runs it, with `-P`, since
this folder has a `redis.py` of its own.
"""

import json
import os
import sys

import psycopg
import redis

OLDEST_POSTGRES = 150000  # as server_version_num
OLDEST_REDIS = (6, 2)
NO_TABLES = "这个账号不能建表，请让 DATABASE_OWNER_URL 用库的所有者账号"

# Part of the driver's message → our message. The first match counts.
REASONS = (
    ("password authentication failed", "账号或口令不对", "wrong user or password"),
    ("no password supplied", "需要口令", "password needed"),
    ("invalid username-password", "账号或口令不对", "wrong user or password"),
    ("invalid password", "口令不对", "wrong password"),
    ("Authentication required", "需要口令", "password needed"),
    (
        "without any password configured",
        "服务器没有设口令，地址里却写了口令",
        "password not expected",
    ),
    ("NOAUTH", "需要口令", "password needed"),
    ("HELLO must be called", "需要口令", "password needed"),
    ("refused", "连接被拒绝，请检查主机、端口，以及服务器是否已启动", "connection refused"),
    ("does not exist", "账号或库不存在", "no such role or database"),
    ("translate host name", "找不到这个主机名", "unknown host"),
    ("Name or service not known", "找不到这个主机名", "unknown host"),
    ("name resolution", "找不到这个主机名", "unknown host"),
    ("imeout", "连接超时，请检查主机和防火墙", "timeout"),
    ("timed out", "连接超时，请检查主机和防火墙", "timeout"),
    ("pg_hba.conf", "服务器不许从本机连接（pg_hba.conf）", "not allowed by pg_hba.conf"),
)


class UnfitError(Exception):
    """The server answers, but the application cannot work with it."""


def try_database(url: str, kind: str) -> bool:
    """Signs in, checks version, encoding and rights; returns whether our tables exist."""
    with psycopg.connect(url) as connection:
        if connection.info.server_version < OLDEST_POSTGRES:
            raise UnfitError("PostgreSQL 版本太旧，需要 15 或更高", "PostgreSQL 15+ needed")
        if connection.info.parameter_status("server_encoding") != "UTF8":
            raise UnfitError("库的编码不是 UTF8", "database encoding is not UTF8")
        if kind == "owner" and not _ask(
            connection, "SELECT has_schema_privilege(current_schema(), 'CREATE')"
        ):
            raise UnfitError(NO_TABLES, "this role cannot create tables")
        return bool(_ask(connection, "SELECT to_regclass('django_migrations') IS NOT NULL"))


def try_redis(url: str) -> bool:
    """Signs in and checks the version."""
    client = redis.Redis.from_url(url, socket_connect_timeout=8, socket_timeout=8)
    version = str(client.info("server")["redis_version"])
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_REDIS:
        raise UnfitError("Redis 版本太旧，需要 6.2 或更高", "Redis 6.2+ needed")
    return False


def explain(error: Exception) -> dict[str, str]:
    """The message for an error; for an unknown one, with the driver's last line."""
    if isinstance(error, UnfitError):
        return {"chinese": error.args[0], "english": error.args[1]}
    message = str(error).strip() or type(error).__name__
    for part, chinese, english in REASONS:
        if part in message:
            return {"chinese": chinese, "english": english}
    return {"chinese": "连接失败", "english": "cannot connect", "detail": message.splitlines()[-1]}


def _ask(connection: psycopg.Connection[tuple[object, ...]], query: str) -> object:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def main() -> None:
    """Reads the address from the environment, since everybody can read a command line."""
    url, kind = os.environ["PROBED_URL"], sys.argv[1]
    try:
        holds = try_redis(url) if kind == "redis" else try_database(url, kind)
        answer: dict[str, object] = {"holds_tables": holds}
    except Exception as error:
        answer = dict(explain(error))
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
