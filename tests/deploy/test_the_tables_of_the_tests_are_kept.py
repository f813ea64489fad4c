"""The tables of the tests are made once and copied, until something that made them changes."""

from pathlib import Path

import pytest

from deploy import places
from deploy.checks import tables
from deploy.servers import postgres
from deploy.servers.homes import Home


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of one app, in which two modules had a part in the tables."""
    monkeypatch.setattr(places, "ROOT", tmp_path)
    monkeypatch.setattr(places, "LOCAL", tmp_path / ".local")
    monkeypatch.delenv(postgres.BIN_SETTING, raising=False)
    (tmp_path / ".local").mkdir()
    (tmp_path / "cases" / "migrations").mkdir(parents=True)
    for name in ("cases/models.py", "cases/views.py", "cases/migrations/0001_cases.py"):
        (tmp_path / name).write_text(f"# {name}")
    return tmp_path


def home_in(checkout: Path, name: str) -> Home:
    (checkout / ".local" / name).mkdir(mode=0o711)
    return Home(checkout / ".local" / name, None)


@pytest.fixture
def new_home(checkout: Path) -> Home:
    """What was made is kept; now another run begins."""
    made = home_in(checkout, "test-1")
    (made.path / "postgres" / "base").mkdir(parents=True, mode=0o700)
    (made.path / "postgres" / "base" / "1").write_text("rows")
    (made.path / "postgres").chmod(0o700)
    (made.path / "postgres.password").write_text("secret")
    (made.path / "keyring.json").write_text("{}")
    (made.path / tables.LOADED).write_text("cases/models.py\ncases/migrations/0001_cases.py")
    tables.keep(made)
    return home_in(checkout, "test-2")


def test_the_next_run_begins_with_a_copy(new_home: Home) -> None:
    assert tables.fetch(new_home)
    assert (new_home.path / "postgres" / "base" / "1").read_text() == "rows"
    assert (new_home.path / "postgres").stat().st_mode & 0o777 == 0o700
    assert (new_home.path / "postgres.password").read_text() == "secret"
    assert (new_home.path / "keyring.json").exists()


def test_a_file_that_had_no_part_may_change(new_home: Home, checkout: Path) -> None:
    (checkout / "cases" / "views.py").write_text("another")
    assert tables.fetch(new_home)


@pytest.mark.parametrize(
    "changed",
    ["cases/models.py", "cases/migrations/0002_new.py", "requirements.txt"],
)
def test_a_part_that_changed_has_them_made_again(
    new_home: Home, checkout: Path, changed: str
) -> None:
    (checkout / changed).write_text("another")
    assert not tables.fetch(new_home)
    assert not (new_home.path / "postgres").exists()


def test_a_migration_that_is_gone_has_them_made_again(new_home: Home, checkout: Path) -> None:
    (checkout / "cases" / "migrations" / "0001_cases.py").unlink()
    assert not tables.fetch(new_home)


def test_programs_of_one_s_own_choice_make_their_own(
    new_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(postgres.BIN_SETTING, "/opt/postgres/bin")
    assert not tables.fetch(new_home)


def test_a_fresh_checkout_has_none(checkout: Path) -> None:
    assert not tables.fetch(home_in(checkout, "test-1"))
