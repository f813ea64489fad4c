"""A rolled back upload leaves a file without a row; the sweep takes it away after a day."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from foundation.files import storage
from foundation.files.actions import content_of, keep, remove_orphans
from foundation.files.models import StoredFile
from foundation.files.tasks import remove_orphans as remove_orphans_task
from kongchuo.celery import SCHEDULE
from tests.cast import Cast
from tests.files.samples import photo, registrar

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 9, 12, 4, 0, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def orphan(cast: Cast) -> Path:
    with transaction.atomic():
        row = keep(registrar(cast), "照片.jpg", photo())
        transaction.set_rollback(True)
    return storage.path_of(row.uuid)


def kept(cast: Cast, written: datetime = NOW - 30 * DAY) -> StoredFile:
    row = keep(registrar(cast), "照片.jpg", photo())
    age(storage.path_of(row.uuid), written)
    return row


def age(path: Path, written: datetime) -> None:
    os.utime(path, (written.timestamp(), written.timestamp()))


def test_a_rolled_back_upload_leaves_a_file_and_no_row(cast: Cast):
    assert orphan(cast).is_file()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("old", "goes"), [(DAY - SECOND, False), (DAY, False), (DAY + SECOND, True)]
)
def test_it_stays_for_a_day_and_goes_after_it(cast: Cast, old: timedelta, goes: bool):
    kept(cast)
    lost = orphan(cast)
    age(lost, NOW - old)
    assert remove_orphans(NOW) == int(goes)
    assert lost.exists() is not goes


def test_a_file_with_a_row_stays_however_old(cast: Cast):
    row = kept(cast, NOW - 3000 * DAY)
    assert remove_orphans(NOW) == 0
    assert content_of(row)


def test_what_a_crash_left_unfinished_goes_too(cast: Cast):
    row = kept(cast)
    half = storage.path_of(row.uuid).with_suffix(storage.UNFINISHED)
    half.write_bytes(b"v1.")
    age(half, NOW - 2 * DAY)
    assert remove_orphans(NOW) == 1
    assert not half.exists()
    assert content_of(row)


def test_what_is_not_ours_is_left_alone(cast: Cast, files_root: Path):
    row = kept(cast)
    for path in (files_root / "ab" / "README", files_root / "ab" / row.uuid.hex, files_root / "x"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
        age(path, NOW - 2 * DAY)
    assert remove_orphans(NOW) == 0
    assert (files_root / "ab" / row.uuid.hex).exists() or row.uuid.hex.startswith("ab")


def test_with_another_database_nothing_is_taken_away(cast: Cast, caplog):
    kept(cast)
    lost = [orphan(cast), orphan(cast)]
    for path in lost:
        age(path, NOW - 2 * DAY)
    assert remove_orphans(NOW) == 0
    assert all(path.exists() for path in lost)
    assert "nothing is removed" in caplog.text


def test_without_a_folder_there_is_nothing_to_do(cast: Cast):
    assert remove_orphans(NOW) == 0


def test_the_queue_does_it_by_the_machine_s_time(cast: Cast):
    kept(cast)
    lost = orphan(cast)
    age(lost, datetime.now(UTC) - 2 * DAY)
    remove_orphans_task()
    assert not lost.exists()
    assert SCHEDULE["files"]["task"] == remove_orphans_task.name
