"""Secrets: passwords and the session key in one file, the keyring of protected fields in another.

Passwords can be made again at any time. The keyring cannot: without it protected fields stay
unreadable.
"""

import base64
import json
import os
import secrets
import shlex
from collections.abc import Callable
from pathlib import Path

from deploy import places
from deploy.errors import LaunchError

KEY_BYTES = 32

MADE: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "OWNER_PASSWORD": lambda: secrets.token_hex(24),
    "WEB_PASSWORD": lambda: secrets.token_hex(24),
    "QUEUE_PASSWORD": lambda: secrets.token_hex(24),
}


def load_secrets(path: Path = places.SECRETS) -> dict[str, str]:
    """The secrets of this installation. Missing ones are made and stored."""
    found = read_settings(path)
    missing = {name: make() for name, make in MADE.items() if not found.get(name)}
    if missing:
        write_settings(path, found | missing)
    return found | missing


def keyring(path: Path, *, data_exists: bool) -> bool:
    """Makes the keyring if there is none; returns whether it did.

    Raises `LaunchError` when there are data already, which a new key would not open.
    """
    if path.exists():
        return False
    if data_exists:
        raise LaunchError(
            f"密钥文件 {path} 不见了，而数据还在：没有它，身份证号、电话等加密内容无法读出。"
            "请从备份放回原处；数据确实不要了，运行 make reset。",
            "the key file is missing though there is data",
        )
    write_private(path, json.dumps(_new_keyring(), indent=2) + "\n")
    return True


def read_settings(path: Path) -> dict[str, str]:
    """NAME=value lines of a file, or nothing when there is no file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): "".join(shlex.split(value)) for name, value in pairs}


def write_settings(path: Path, values: dict[str, str]) -> None:
    """Writes NAME=value lines as a shell reads them, readable to the owner only."""
    write_private(path, "".join(f"{name}={shlex.quote(value)}\n" for name, value in values.items()))


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner reads. The old one stays until the new one is complete."""
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)


def _new_keyring() -> dict[str, object]:
    return {"current": "k1", "keys": {"k1": _new_key()}, "index_key": _new_key()}


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
