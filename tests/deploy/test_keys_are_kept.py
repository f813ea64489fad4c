"""Passwords may be made anew, the keyring never once there is data."""

import base64
import json
import subprocess
from pathlib import Path

import pytest

from deploy.errors import LaunchError
from deploy.servers import keys


def test_secrets_are_made_once_and_read_again(tmp_path: Path):
    path = tmp_path / "secrets.env"
    made = keys.load_secrets(path)
    assert set(made) == set(keys.MADE)
    assert keys.load_secrets(path) == made


def test_a_secret_that_is_missing_is_added_and_the_others_stay(tmp_path: Path):
    path = tmp_path / "secrets.env"
    keys.write_settings(path, {"SECRET_KEY": "mine"})
    assert keys.load_secrets(path)["SECRET_KEY"] == "mine"
    assert keys.read_settings(path)["WEB_PASSWORD"]


def test_only_the_owner_may_read_secrets_and_keyring(tmp_path: Path):
    keys.load_secrets(tmp_path / "secrets.env")
    keys.keyring(tmp_path / "keyring.json", data_exists=False)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_keyring_has_a_current_key_and_an_index_key_of_32_bytes(tmp_path: Path):
    path = tmp_path / "keyring.json"
    assert keys.keyring(path, data_exists=False) is True
    ring = json.loads(path.read_text())
    every = [ring["keys"][ring["current"]], ring["index_key"]]
    assert [len(base64.b64decode(key)) for key in every] == [32, 32]
    assert len(set(every)) == 2


def test_a_keyring_that_exists_is_never_written_again(tmp_path: Path):
    path = tmp_path / "keyring.json"
    keys.keyring(path, data_exists=False)
    before = path.read_bytes()
    assert keys.keyring(path, data_exists=True) is False
    assert path.read_bytes() == before


def test_data_without_its_keyring_stops_the_start(tmp_path: Path):
    path = tmp_path / "keyring.json"
    with pytest.raises(LaunchError, match="密钥文件"):
        keys.keyring(path, data_exists=True)
    assert not path.exists()


def test_settings_survive_writing_and_a_shell_reads_them_alike(tmp_path: Path):
    path = tmp_path / "running.env"
    keys.write_settings(path, {"KEYRING_FILE": "/a folder/it's.json", "EMPTY": "", "URL": "a=b&c"})
    assert keys.read_settings(path)["KEYRING_FILE"] == "/a folder/it's.json"
    assert keys.read_settings(path)["EMPTY"] == ""
    shell = subprocess.run(
        ["sh", "-c", f'. "{path}"; printf %s "$KEYRING_FILE $URL"'], capture_output=True, text=True
    )
    assert shell.stdout == "/a folder/it's.json a=b&c"
