"""Database and queue: real servers by address, our own where no address is given."""

from collections.abc import Mapping
from dataclasses import dataclass

from deploy.processes import Crew
from deploy.progress import step
from deploy.servers import postgres
from deploy.servers.addresses import Addresses, without_password
from deploy.servers.homes import Home
from deploy.servers.postgres import Passwords, Postgres
from deploy.servers.redis import Redis

NONE_NAMED = Addresses(None, None, None)


@dataclass(frozen=True)
class Connections:
    """The three addresses that the application gets."""

    database: str
    owner: str
    redis: str

    def as_settings(self) -> dict[str, str]:
        """The addresses by the names that the application reads."""
        return {
            "DATABASE_URL": self.database,
            "DATABASE_OWNER_URL": self.owner,
            "REDIS_URL": self.redis,
        }


def connect(
    crew: Crew,
    home: Home | None,
    secrets: Mapping[str, str],
    addresses: Addresses = NONE_NAMED,
    *,
    testing: bool = False,
) -> Connections:
    """Starts servers where no address is given; returns all addresses.

    Where all are given, no home is needed.
    """
    database, owner = addresses.database, addresses.owner
    if database is None or owner is None:
        database, owner = _own_database(crew, _needed(home), secrets, testing)
    else:
        _announce("数据库 (PostgreSQL)", database)
    redis = addresses.redis
    if redis is None:
        redis = _own_queue(crew, _needed(home), secrets, testing)
    else:
        _announce("队列 (Redis)", redis)
    return Connections(database, owner, redis)


def _own_database(
    crew: Crew, home: Home, secrets: Mapping[str, str], testing: bool
) -> tuple[str, str]:
    passwords = Passwords(secrets["OWNER_PASSWORD"], secrets["WEB_PASSWORD"])
    server = Postgres(home, passwords, testing)
    with step("启动数据库 (PostgreSQL)") as current:
        port = server.start(crew, current)
    return server.url(port, postgres.WEB), server.url(port, postgres.OWNER)


def _own_queue(crew: Crew, home: Home, secrets: Mapping[str, str], testing: bool) -> str:
    server = Redis(home, secrets["QUEUE_PASSWORD"], testing)
    with step("启动队列 (Valkey)") as current:
        return server.url(server.start(crew, current))


def _announce(what: str, url: str) -> None:
    with step(f"使用已有的{what}") as current:
        current.note = without_password(url)


def _needed(home: Home | None) -> Home:
    if home is None:
        raise ValueError("a server of our own needs a home")
    return home
