"""`migrate` holds the keyring against the database before it begins, and records it at the end."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import CommandError
from django.db import connections

from foundation import fingerprints
from foundation.fingerprints import WrongKeyring
from foundation.protected import Keyring, Protected, ProtectedColumn, SealBroken, keyring_of_file


def refuse_another(using: str, **kwargs: Any) -> None:
    """Raises CommandError before anything is changed under another database's keyring.

    A database from before the fingerprints shows its keyring by one sealed value a column.
    """
    mine = keyring_of_file()
    try:
        known = fingerprints.recorded(using)
        fingerprints.require_own(mine.fingerprints, known)
        if not known:
            _open_samples(mine, using)
    except WrongKeyring as error:
        raise CommandError(str(error)) from error


def record(using: str, **kwargs: Any) -> None:
    """Keep the fingerprints of the keys that are new."""
    fingerprints.record(keyring_of_file().fingerprints, using)


def _open_samples(mine: Keyring, using: str) -> None:
    for table, name, uuid, sealed in _samples(using):
        try:
            mine.open(sealed, ProtectedColumn(table, name).place(uuid))
        except SealBroken as error:
            raise WrongKeyring(
                "密钥文件打不开这个数据库里的加密内容。请把 KEYRING_FILE 指向原来的密钥文件再启动。"
            ) from error


def _samples(using: str) -> Iterator[tuple[str, str, Any, str]]:
    """One sealed value of each protected column that the tables have by now."""
    with connections[using].cursor() as cursor:
        for table, name in sorted(_protected()):
            cursor.execute(
                "SELECT count(*) FROM information_schema.columns"
                " WHERE table_schema = 'public' AND table_name = %s"
                " AND column_name IN (%s, 'uuid')",
                [table, f"{name}_sealed"],
            )
            # A roll call's reason is bound to the browser's uuid: no sample is taken of it.
            if cursor.fetchone() == (2,):
                cursor.execute(
                    f"SELECT uuid, {name}_sealed FROM {table} WHERE {name}_sealed <> '' LIMIT 1"
                )
                yield from ((table, name, uuid, sealed) for uuid, sealed in cursor.fetchall())


def _protected() -> set[tuple[str, str]]:
    return {
        (model._meta.db_table, name)
        for model in apps.get_models()
        for name, attribute in vars(model).items()
        if isinstance(attribute, Protected)
    }
