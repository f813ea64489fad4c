"""系统状态 names each part and its state, and what was started again."""

from pathlib import Path
from typing import Any

from tests.browsing import client_of, page
from tests.cast import Cast


def test_the_administrator_reads_which_part_is_away_and_what_was_started_again(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    file = tmp_path / "restarts.log"
    file.write_text(
        "2025-09-11T07:05:00+0800 worker -9\n2025-09-12T08:15:00+0800 PostgreSQL 2\n",
        encoding="utf-8",
    )
    settings.RESTARTS_FILE = str(file)
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    words = page(client_of(cast.person("administrator")).get("/status/"))
    assert words.index("2025年9月12日 08:15") < words.index("2025年9月11日 07:05")
    assert "后台任务" in words
    assert words.count("没有应答") == 1
    assert "需处理" in words


def test_where_nothing_was_started_again_it_says_so(cast: Cast, settings: Any) -> None:
    settings.RESTARTS_FILE = ""
    words = page(client_of(cast.person("administrator")).get("/status/"))
    assert "没有。" in words.partition("意外退出后自动重新启动")[2]
