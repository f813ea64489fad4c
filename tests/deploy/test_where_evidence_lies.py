"""Evidence files have a folder of their own, closed to others, and a throwaway one in tests."""

import stat
from pathlib import Path

from django.conf import settings

from deploy import application, places, service
from deploy.checks import suite
from deploy.servers.connections import Connections

ADDRESSES = Connections("postgres://a", "postgres://b", "redis://c")


def test_the_application_is_told_where_evidence_lies(tmp_path: Path):
    told = application.settings(ADDRESSES, "x", tmp_path / "k", tmp_path / "f", may_shift=False)
    assert told["FILES_ROOT"] == str(tmp_path / "f")


def test_the_files_of_tests_lie_beside_their_keyring_and_go_with_it():
    told = suite._environment(ADDRESSES, Path("/home/of/a/test/keyring.json"))
    assert Path(told["FILES_ROOT"]).parent == Path("/home/of/a/test")
    assert Path(settings.FILES_ROOT) != places.FILES


def test_the_folder_is_made_for_the_owner_alone_and_reset_removes_it(tmp_path: Path, monkeypatch):
    for name in ("LOCAL", "LOGS", "BEAT", "FILES", "SECRETS", "KEYRING", "RUNNING"):
        monkeypatch.setattr(places, name, tmp_path / name.lower())
    places.lay_out()
    assert stat.S_IMODE(places.FILES.stat().st_mode) == 0o700
    (places.FILES / "ab").mkdir()
    (places.FILES / "ab" / "file").write_bytes(b"v1.")
    service._remove_files()
    assert not places.FILES.exists()
