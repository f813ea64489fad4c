"""DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL: read, checked, and shown without a password."""

import pytest

from deploy.errors import LaunchError
from deploy.servers import addresses, probe

DATABASE = "postgres://web:p%40ss@db.example:5432/kongchuo"


def test_nothing_named_means_servers_of_our_own():
    assert addresses.from_environment({}) == addresses.Addresses(None, None, None)


def test_an_empty_setting_counts_as_not_named():
    assert addresses.from_environment({"DATABASE_URL": "", "REDIS_URL": ""}).database is None


def test_the_owner_defaults_to_the_serving_address():
    assert addresses.from_environment({"DATABASE_URL": DATABASE}).owner == DATABASE


def test_an_owner_without_a_serving_address_is_refused():
    with pytest.raises(LaunchError, match="没有设 DATABASE_URL"):
        addresses.from_environment({"DATABASE_OWNER_URL": DATABASE})


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("mysql://a:b@host/db", "应以 postgres:// 开头"),
        ("host/db", "应以 postgres:// 开头"),
        ("postgres://a:b@host:54x/db", "端口不是数字"),
        ("postgres://a:p/w@host:5432/db", "端口不是数字"),
        ("postgres://a:b@host:99999/db", "端口不是数字"),
        ("postgres://a:b@/db", "缺少主机名"),
        ("postgres://a:b@host", "缺少库名"),
        ("postgres://a:b@host/", "缺少库名"),
    ],
)
def test_a_malformed_database_address_is_told_with_an_example(url: str, what: str):
    with pytest.raises(LaunchError, match=what) as told:
        addresses.from_environment({"DATABASE_URL": url})
    assert addresses.DATABASE_EXAMPLE in told.value.line


@pytest.mark.parametrize("url", ["http://host", "redis://", "redis://host:port/0"])
def test_a_malformed_redis_address_is_told_with_an_example(url: str):
    with pytest.raises(LaunchError, match="REDIS_URL 写法不对") as told:
        addresses.from_environment({"REDIS_URL": url})
    assert addresses.REDIS_EXAMPLE in told.value.line


def test_an_address_is_shown_without_its_password():
    assert addresses.without_password(DATABASE) == "postgres://web@db.example:5432/kongchuo"
    assert addresses.without_password("redis://:secret@host:6379/0") == "redis://host:6379/0"


def test_no_message_about_a_malformed_address_repeats_the_password():
    with pytest.raises(LaunchError) as told:
        addresses.from_environment({"DATABASE_URL": "postgres://web:geheim@host:54x/db"})
    assert "geheim" not in told.value.line


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        ('FATAL:  password authentication failed for user "web"', "账号或口令不对"),
        ("connection refused: Connection refused", "连接被拒绝"),
        ('FATAL:  database "x" does not exist', "账号或库不存在"),
        ("could not translate host name", "找不到这个主机名"),
        ("connection timeout expired", "连接超时"),
        ("NOAUTH Authentication required.", "需要口令"),
    ],
)
def test_what_a_driver_says_is_told_in_one_chinese_line(message: str, chinese: str):
    told = probe.explain(RuntimeError(message))
    assert told["chinese"].startswith(chinese)
    assert "detail" not in told


def test_a_reason_we_do_not_know_keeps_the_driver_s_last_line():
    told = probe.explain(RuntimeError("first\nsomething new"))
    assert told == {"chinese": "连接失败", "english": "cannot connect", "detail": "something new"}
