"""Protected fields: encrypted in the column, searched by a keyed digest, unreadable in a dump.

A value is AES-256-GCM with the key's id in front: ``v1.<key>.<nonce>.<ciphertext>``. It is bound to
the row's own uuid, the table and the column, so a value moved elsewhere does not open (S22).
"""

import base64
import binascii
import json
import os
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings

from foundation import fingerprints

_NONCE = 12  # bytes
_NONCE_SIGNS = 16  # the same in base 64
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class SealBroken(Exception):
    """A sealed value was moved, cut or changed, or its key is not in the keyring."""


class Keyring:
    """The keys of an installation, read from the file named by ``KEYRING_FILE``."""

    def __init__(self, source: dict[str, Any]) -> None:
        self.current: str = source["current"]
        keys = {name: base64.b64decode(key) for name, key in source["keys"].items()}
        self._ciphers = {name: AESGCM(key) for name, key in keys.items()}
        # Keyed once and copied: a copy takes a third of the time, which counts for 400,000 numbers.
        index_key = base64.b64decode(source["index_key"])
        self._index = HMAC(index_key, SHA256())
        keys[fingerprints.INDEX] = index_key
        self.fingerprints = {name: fingerprints.fingerprint(key) for name, key in keys.items()}

    def seal(self, plain: str, place: str) -> str:
        """Encrypt ``plain`` for the place ``table.column.uuid``; empty stays empty."""
        if not plain:
            return ""
        nonce = os.urandom(_NONCE)
        secret = self._ciphers[self.current].encrypt(nonce, plain.encode(), place.encode())
        words = _b64(nonce + secret)  # the nonce is whole triples of bytes: it ends after 16 signs
        return f"v1.{self.current}.{words[:_NONCE_SIGNS]}.{words[_NONCE_SIGNS:]}"

    def open(self, sealed: str, place: str) -> str:
        """The plain text; raises SealBroken when it was not sealed for this place."""
        if not sealed:
            return ""
        try:
            version, key, nonce, secret = sealed.split(".")
            if version != "v1":
                raise SealBroken(place)
            return self._ciphers[key].decrypt(_raw(nonce), _raw(secret), place.encode()).decode()
        except (ValueError, KeyError, InvalidTag) as error:
            raise SealBroken(place) from error

    def seal_bytes(self, plain: bytes, place: str) -> bytes:
        """Encrypt the bytes of a file for ``place``: ``v1.<key>.``, nonce, ciphertext."""
        nonce = os.urandom(_NONCE)
        secret = self._ciphers[self.current].encrypt(nonce, plain, place.encode())
        return f"v1.{self.current}.".encode() + nonce + secret

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """The plain bytes; raises SealBroken when they were not sealed for this place."""
        version, _, rest = sealed.partition(b".")
        key, _, body = rest.partition(b".")
        try:
            if version != b"v1":
                raise SealBroken(place)
            cipher = self._ciphers[key.decode()]
            return cipher.decrypt(body[:_NONCE], body[_NONCE:], place.encode())
        except (ValueError, KeyError, InvalidTag) as error:
            raise SealBroken(place) from error

    def digest(self, plain: str, purpose: str) -> str:
        """A keyed digest of the normalised value, for equality search; empty for empty."""
        value = normalise(plain)
        if not value:
            return ""
        digest = self._index.copy()
        digest.update(f"{purpose}\0{value}".encode())
        return digest.finalize().hex()


def normalise(value: str) -> str:
    """An identifier with width, case and spaces made uniform: ５３０９ 23x → 530923X."""
    if value.isalnum() and value.isascii():
        return value.upper()
    plain = value if value.isascii() else unicodedata.normalize("NFKC", value)
    return "".join(plain.split()).upper()


def keyring_of_file() -> Keyring:
    """The keyring as its file says, whether or not it is this database's."""
    return Keyring(json.loads(Path(settings.KEYRING_FILE).read_text()))


@cache
def keyring() -> Keyring:
    """The installation's keyring. If its file is lost, the data are lost.

    Raises WrongKeyring when the database was sealed under another one: nothing is sealed then.
    """
    found = keyring_of_file()
    fingerprints.require_own(found.fingerprints, fingerprints.recorded())
    return found


def digest(plain: str, purpose: str) -> str:
    """The digest by which ``plain`` is found; ``purpose`` keeps IDs and phones apart."""
    return keyring().digest(plain, purpose)


class ProtectedColumn:
    """A protected column without model instances, for imports that seal 100,000 values at once.

    Writes the same bytes as the model attribute, which is built on it.
    """

    def __init__(self, table: str, name: str, purpose: str = "") -> None:
        self._prefix, self._purpose = f"{table}.{name}.", purpose

    def place(self, uuid: object) -> str:
        """What the column's value in the row with this uuid is bound to."""
        return f"{self._prefix}{uuid}"

    def seal(self, plain: str, uuid: object) -> str:
        """The sealed value of the row with this uuid; empty stays empty."""
        return keyring().seal(plain, self.place(uuid)) if plain else ""

    def open(self, sealed: str, uuid: object) -> str:
        """The plain text of a value sealed for the row with this uuid; empty stays empty."""
        return keyring().open(sealed, self.place(uuid)) if sealed else ""

    def digest(self, plain: str) -> str:
        """The digest stored beside the sealed value; empty without a purpose or a value."""
        return digest(plain, self._purpose) if self._purpose and plain else ""


def sealed(**values: str) -> dict[str, Any]:
    """Protected values for a model's constructor: ``Contact(day=day, **sealed(met="父"))``.

    The type checker takes a constructor's own arguments for columns.
    """
    return values


class Protected(property):
    """A model attribute whose columns are ``<name>_sealed`` and, with a purpose, ``<name>_digest``.

    The model needs a ``uuid`` made by the application before the first assignment. Being a
    property, it may be given to the model's constructor (``sealed``).
    """

    def __init__(self, purpose: str = "") -> None:
        super().__init__()
        self.purpose = purpose

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        return self.column_of(row).open(getattr(row, f"{self.name}_sealed"), row.uuid)

    def __set__(self, row: Any, plain: str) -> None:
        column = self.column_of(row)
        setattr(row, f"{self.name}_sealed", column.seal(plain, row.uuid))
        if self.purpose:
            setattr(row, f"{self.name}_digest", column.digest(plain))

    def reopen(self, row: Any, sealed: str) -> str:
        """An earlier value of the row, as its history kept it sealed."""
        return self.column_of(row).open(sealed, row.uuid)

    def column_of(self, model: Any) -> ProtectedColumn:
        """The protected column of a model, by a model or an instance."""
        return ProtectedColumn(model._meta.db_table, self.name, self.purpose)


class ProtectedBytes(property):
    """A model attribute of bytes whose column is ``<name>_sealed``; the model needs a ``uuid``."""

    def __init__(self) -> None:
        super().__init__()

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        sealed = getattr(row, f"{self.name}_sealed")
        return keyring().open_bytes(bytes(sealed), self._place(row)) if sealed else b""

    def __set__(self, row: Any, plain: bytes) -> None:
        setattr(row, f"{self.name}_sealed", keyring().seal_bytes(plain, self._place(row)))

    def _place(self, row: Any) -> str:
        return ProtectedColumn(row._meta.db_table, self.name).place(row.uuid)


def _b64(raw: bytes) -> str:
    return binascii.b2a_base64(raw, newline=False).translate(_URL_SAFE, b"=").decode()


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
