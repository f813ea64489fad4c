"""The health pages, for the launcher and for monitors. They need no session and no viewer.

`/healthz/` says whether pages can be served, `/readyz/` names each part and its state.
"""

from collections.abc import Callable, Mapping

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from redis.backoff import NoBackoff
from redis.retry import Retry

from foundation import fingerprints
from foundation.fingerprints import WrongKeyring
from foundation.protected import keyring

QUEUE_SECONDS = 1
WELL = ""


@login_not_required
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> HttpResponse:
    """Plain ``ok``; 503 in words without the database, or under another database's keyring."""
    trouble = database_trouble() or keyring_trouble()
    return _plain(trouble or "ok", not trouble)


@login_not_required
@transaction.non_atomic_requests
def readyz(request: HttpRequest) -> HttpResponse:
    """A line for each part; 503 where one of them is away."""
    found = {name: trouble() for name, trouble in PARTS.items()}
    lines = [f"{name}: {trouble or 'ok'}" for name, trouble in found.items()]
    return _plain("\n".join(lines), not any(found.values()))


def database_trouble() -> str:
    """Empty where the database takes a connection and answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return "数据库没有应答 (away)"
    return WELL


def keyring_trouble() -> str:
    """Empty where the database was sealed under our keyring, and where it cannot be asked."""
    try:
        fingerprints.require_own(keyring().fingerprints, fingerprints.recorded())
    except WrongKeyring as error:
        return str(error)
    except (OperationalError, InterfaceError):
        return WELL  # the database's own line says so
    return WELL


def queue() -> redis.Redis:
    """The queue's server, which answers within a second or not at all: it is asked once only."""
    return redis.Redis.from_url(
        settings.CELERY_BROKER_URL,
        socket_timeout=QUEUE_SECONDS,
        socket_connect_timeout=QUEUE_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


def queue_trouble() -> str:
    """Empty where the queue answers within a second."""
    try:
        with queue() as there:
            there.ping()
    except redis.RedisError:
        return "队列没有应答 (away)"
    return WELL


def _plain(words: str, is_well: bool) -> HttpResponse:
    return HttpResponse(words, "text/plain; charset=utf-8", 200 if is_well else 503)


# What must be well before the system is ready. A new part is a row here.
PARTS: Mapping[str, Callable[[], str]] = {
    "数据库 (database)": database_trouble,
    "密钥文件 (keyring)": keyring_trouble,
    "队列 (queue)": queue_trouble,
}
PAGES: Mapping[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz/": healthz,
    "/readyz/": readyz,
}
