"""The database server of the tests has a socket, where the path of one is not too long."""

from pathlib import Path

import pytest
from django.db import connection

from deploy.servers import postgres
from deploy.servers.homes import Home


def test_a_home_has_a_folder_for_it_that_only_the_server_s_account_enters(tmp_path: Path) -> None:
    folder = Path(postgres.socket_folder(Home(tmp_path, None)))
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_path_that_is_too_long_has_none(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    assert postgres.socket_folder(Home(deep, None)) == ""


@pytest.mark.django_db
def test_a_test_s_own_connection_takes_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT inet_server_addr() IS NULL")
        assert cursor.fetchone() == (connection.settings_dict["HOST"].startswith("/"),)
