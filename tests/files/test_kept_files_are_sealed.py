"""A kept file lies sealed under a random name, whole or not at all, and opens at its place only."""

import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, transaction

from foundation.accounts.actions import Refused
from foundation.files import storage
from foundation.files.actions import FileLost, content_of, keep, same_as
from foundation.files.decoding import UNREADABLE
from foundation.files.models import StoredFile
from foundation.protected import SealBroken, keyring
from tests.cast import Cast
from tests.files.samples import CANARY, hostile_paper, photo, registrar, telling_photo

pytestmark = pytest.mark.django_db


def kept(cast: Cast, content: bytes | None = None, there: bool = False) -> StoredFile:
    return keep(registrar(cast, there), "家访照片.jpg", photo() if content is None else content)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_photo_is_kept_as_a_jpeg_with_the_hash_of_what_was_uploaded(cast: Cast):
    row = kept(cast, photo(kind="PNG"))
    content = content_of(row)
    assert (row.kind, row.content_type, row.size) == ("image", "image/jpeg", len(content))
    assert content.startswith(b"\xff\xd8\xff")
    assert row.sha256 != kept(cast, photo(kind="WEBP")).sha256
    assert (row.county, row.kept_by) == (cast.county, cast.post("registrar"))


def test_a_paper_is_kept_as_a_pdf(cast: Cast):
    row = kept(cast, hostile_paper())
    assert (row.kind, row.content_type) == ("pdf", "application/pdf")
    assert content_of(row).startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b/照片.svg", "x" * 400])
def test_the_name_of_an_upload_is_a_word_in_a_row_and_no_path(cast: Cast, name: str, files_root):
    row = keep(registrar(cast), name, photo())
    assert "/" not in row.file_name
    assert len(row.file_name) <= 200
    assert files_in(files_root) == [files_root / row.uuid.hex[:2] / row.uuid.hex]


def test_nothing_on_the_disk_can_be_read(cast: Cast, files_root: Path):
    content = content_of(kept(cast, telling_photo(1)))
    (path,) = files_in(files_root)
    sealed = path.read_bytes()
    assert sealed.startswith(b"v1.")
    for word in (CANARY, b"\xff\xd8\xff", b"JFIF", content[200:220]):
        assert word not in sealed


def test_only_the_web_s_account_may_read_files_and_folders(cast: Cast, files_root: Path):
    kept(cast)
    modes = {
        path: stat.S_IMODE(path.stat().st_mode) for path in (files_root, *files_root.rglob("*"))
    }
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}


def test_a_file_moved_to_another_s_place_does_not_open(cast: Cast):
    first, second = kept(cast), kept(cast, photo((50, 50)))
    shutil.copy(storage.path_of(first.uuid), storage.path_of(second.uuid))
    with pytest.raises(FileLost):
        content_of(second)
    assert content_of(first)


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "another version", "another key"])
def test_a_damaged_file_does_not_open(cast: Cast, damage: str):
    row = kept(cast)
    path = storage.path_of(row.uuid)
    whole = path.read_bytes()
    broken = {
        "cut": whole[:-1],
        "flipped": whole[:60] + bytes([whole[60] ^ 1]) + whole[61:],
        "empty": b"",
        "another version": b"v2" + whole[2:],
        "another key": whole.replace(b"v1.k1.", b"v1.k9."),
    }[damage]
    path.write_bytes(broken)
    with pytest.raises(FileLost):
        content_of(row)


def test_a_file_that_is_gone_is_said_to_be_lost(cast: Cast, caplog):
    row = kept(cast)
    storage.path_of(row.uuid).unlink()
    with pytest.raises(FileLost):
        content_of(row)
    assert str(row.uuid) in caplog.text


def test_bytes_sealed_for_one_place_open_there_only():
    sealed = keyring().seal_bytes(b"", "files.content.a")
    assert keyring().open_bytes(sealed, "files.content.a") == b""
    for place, content in (("files.content.b", sealed), ("files.content.a", sealed[:-3])):
        with pytest.raises(SealBroken):
            keyring().open_bytes(content, place)


def test_sealing_the_same_bytes_twice_gives_two_files():
    assert keyring().seal_bytes(b"x", "a") != keyring().seal_bytes(b"x", "a")


def test_a_refused_upload_leaves_no_row_and_no_file(cast: Cast, files_root: Path):
    with pytest.raises(Refused) as refusal:
        kept(cast, photo()[:100])
    assert str(refusal.value) == UNREADABLE
    assert not StoredFile.objects.exists()
    assert not files_root.exists()


def test_a_disk_that_takes_no_more_is_a_message_and_leaves_nothing_half(
    cast: Cast, files_root: Path, monkeypatch
):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="过几分钟再试"):
        kept(cast)
    assert not StoredFile.objects.exists()
    assert files_in(files_root) == []


def test_the_row_is_written_after_its_file(cast: Cast, monkeypatch):
    seen = []
    save = StoredFile.save

    def look(row: StoredFile, **more: Any) -> None:
        seen.append(storage.path_of(row.uuid).is_file())
        save(row, **more)

    monkeypatch.setattr(StoredFile, "save", look)
    kept(cast)
    assert seen == [True]


def test_the_same_upload_again_is_kept_and_found(cast: Cast):
    first, other = kept(cast), kept(cast, photo((50, 50)))
    again = kept(cast, there=True)
    assert list(same_as(again)) == [first]
    assert list(same_as(first)) == []
    assert list(same_as(other)) == []


def test_nobody_changes_what_was_kept(cast: Cast):
    row = kept(cast)
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        StoredFile.objects.filter(pk=row.pk).update(sha256="0" * 64)
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        row.delete()
