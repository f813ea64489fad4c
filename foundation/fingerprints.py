"""Whether a keyring is the one under which this database was sealed.

The database keeps a fingerprint of each key, never a key: a fingerprint tells keys apart and opens
nothing. Reads its table by SQL, since the models stand above the protected fields.
"""

from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from django.db import connections

TABLE = "accounts_keyfingerprint"
INDEX = "index"  # the name under which the key of the digests is recorded
_LABEL = b"kongchuo keyring fingerprint"  # no digest of a value: those have a zero byte within


class WrongKeyring(Exception):
    """The keyring belongs to another installation, or a key of this one is missing from it."""


def fingerprint(key: bytes) -> str:
    """The fingerprint of one key, 64 hexadecimal digits."""
    made = HMAC(key, SHA256())
    made.update(_LABEL)
    return made.finalize().hex()


def recorded(using: str = "default") -> dict[str, str]:
    """Fingerprints by the key's name; empty before the first ``migrate`` has ended."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"public.{TABLE}"])
        if cursor.fetchone() == (None,):
            return {}
        return _rows(cursor)


def _rows(cursor: Any) -> dict[str, str]:
    cursor.execute(f"SELECT name, fingerprint FROM {TABLE}")
    return dict(cursor.fetchall())


def require_own(mine: Mapping[str, str], known: Mapping[str, str]) -> None:
    """Raises WrongKeyring unless every recorded key is in the keyring as it was.

    Keys besides are allowed: a keyring grows when its keys are changed.
    """
    other = sorted(name for name, value in known.items() if mine.get(name) != value)
    if other:
        raise WrongKeyring(
            f"密钥文件不是这个数据库的（密钥 {'、'.join(other)} 对不上）。"
            "请把 KEYRING_FILE 指向这个数据库原来的密钥文件，或恢复与它配套的数据库，再启动；"
            "在此之前系统不读也不写任何加密内容。"
        )


def record(mine: Mapping[str, str], using: str) -> None:
    """Keeps the fingerprints that the database does not have yet. Only the owner may."""
    known = recorded(using)
    with connections[using].cursor() as cursor:
        for name in sorted(mine.keys() - known.keys()):
            cursor.execute(
                f"INSERT INTO {TABLE} (name, fingerprint, recorded_at) VALUES (%s, %s, now())",
                [name, mine[name]],
            )
