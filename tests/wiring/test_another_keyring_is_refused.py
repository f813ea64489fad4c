"""A database is served under the keyring that sealed it; another one is refused in words."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection
from django.test import Client

from deploy.servers import keys
from foundation import fingerprints
from foundation.accounts import keyrings
from foundation.accounts.models import KeyFingerprint
from foundation.fingerprints import WrongKeyring
from foundation.protected import ProtectedColumn, keyring, keyring_of_file
from tests.cast import Cast, make_child
from tests.e2e.site import ROOT, environment

ANOTHER = "密钥文件不是这个数据库的"
FIRST_QUEUE = 14
PATIENCE = 60  # seconds a process has to end by itself
WEB = ("gunicorn", "kongchuo.wsgi", "--bind=127.0.0.1:0", "--no-control-socket")
WORKER = ("celery", "-A", "kongchuo", "worker", "-c", "1")


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A good keyring, made by another installation."""
    path = tmp_path / "keyring.json"
    keys.keyring(path, data_exists=False)
    return path


@pytest.fixture
def under_another(other: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process as one that was started under the other keyring."""
    keyring.cache_clear()
    monkeypatch.setattr(settings, "KEYRING_FILE", str(other))
    yield
    monkeypatch.undo()
    keyring.cache_clear()
    keyring()


def test_migrate_keeps_the_fingerprint_and_not_the_key(db: None) -> None:
    kept = {row.name: row.fingerprint for row in KeyFingerprint.objects.all()}
    assert kept == keyring().fingerprints
    assert kept.keys() == {"k1", "index"}
    secret = Path(settings.KEYRING_FILE).read_text()
    assert not any(value in secret for value in kept.values())


def test_nothing_is_sealed_or_searched_under_another(db: None, under_another: None) -> None:
    column = ProtectedColumn("roster_child", "id_no", "id")
    with pytest.raises(WrongKeyring, match=ANOTHER):
        column.seal("530999201401010019", uuid4())
    with pytest.raises(WrongKeyring, match=ANOTHER):
        column.digest("530999201401010019")


def test_the_health_page_says_so(db: None, under_another: None) -> None:
    answer = Client().get("/healthz/")
    assert (answer.status_code, ANOTHER in answer.content.decode()) == (503, True)


def test_the_health_page_sees_another_database_behind_a_running_web(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Client().get("/healthz/").status_code == 200
    restored = keyring().fingerprints | {"k1": "0" * 64}
    monkeypatch.setattr(fingerprints, "recorded", lambda: restored)
    assert Client().get("/healthz/").status_code == 503


@pytest.mark.parametrize("command", [WEB, WORKER], ids=["web", "worker"])
def test_no_process_starts_under_another(
    django_db_setup: None, other: Path, command: tuple[str, ...]
) -> None:
    env = environment(settings.TEST_DATABASE, FIRST_QUEUE) | {"KEYRING_FILE": str(other)}
    ended = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT, env=env, timeout=PATIENCE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode != 0
    assert ANOTHER in ended.stdout + ended.stderr


def test_migrate_refuses_before_it_changes_anything(db: None, under_another: None) -> None:
    with pytest.raises(CommandError, match=ANOTHER):
        call_command("migrate", verbosity=0)


def test_a_database_from_before_the_fingerprints_shows_its_keyring_by_a_sealed_value(
    cast: Cast, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_child(cast.here, "张小明", id_no="530999201205060019")
    monkeypatch.setattr(fingerprints, "recorded", lambda using: {})
    keyrings.refuse_another("default")
    monkeypatch.setattr(settings, "KEYRING_FILE", str(other))
    with pytest.raises(CommandError, match="打不开"):
        keyrings.refuse_another("default")


def test_a_keyring_that_grew_is_ours_and_one_that_lost_a_key_is_not(db: None) -> None:
    mine = keyring_of_file().fingerprints
    grown = mine | {"k2": "2" * 64}
    fingerprints.require_own(grown, mine)
    with pytest.raises(WrongKeyring, match="k2"):
        fingerprints.require_own(mine, grown)


def test_only_the_owner_records_a_key_and_nobody_changes_one(db: None) -> None:
    grown = keyring_of_file().fingerprints | {"k2": "2" * 64}
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    fingerprints.record(grown, "default")
    assert fingerprints.recorded() == grown
    with pytest.raises(ProgrammingError, match="append-only"):
        KeyFingerprint.objects.update(fingerprint="3" * 64)


def test_who_serves_records_no_key(db: None) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        fingerprints.record({"k2": "2" * 64}, "default")
