"""Each line of 系统状态 is 正常, 注意 or 需处理 by its rule, and says what to do."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kongchuo.status.lines import (
    GIB,
    Lamp,
    Signs,
    ago,
    beat_line,
    calendar_line,
    disk_line,
    failing_line,
    paper_line,
    queue_line,
    sweep_line,
    worker_line,
)

NOW = datetime(2025, 9, 12, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WELL: dict[str, Any] = {"waiting": 0, "workers": 1, "last": NOW, "ticked": NOW, "is_busy": False}
OLD = NOW - 10 * MINUTE


def signs(**changed: Any) -> Signs:
    return Signs(NOW, **(WELL | changed))


@pytest.mark.parametrize(
    ("changed", "queue", "worker", "beat"),
    [
        ({}, "正常", "正常", "正常"),
        ({"waiting": 500}, "注意", "正常", "正常"),
        ({"waiting": None, "workers": None, "last": OLD, "ticked": OLD}, "需处理", "注意", "注意"),
        ({"workers": 0, "last": OLD, "ticked": OLD}, "正常", "需处理", "注意"),
        ({"workers": 0, "last": None, "ticked": None}, "正常", "需处理", "注意"),
        ({"ticked": OLD}, "正常", "正常", "需处理"),
        ({"workers": 0, "last": OLD, "ticked": OLD, "is_busy": True}, "正常", "正常", "注意"),
        ({"ticked": None}, "正常", "正常", "注意"),
    ],
)
def test_queue_worker_and_beat(changed: Any, queue: str, worker: str, beat: str) -> None:
    seen = signs(**changed)
    lines = [queue_line(seen), worker_line(seen), beat_line(seen)]
    assert [line.state.value for line in lines] == [queue, worker, beat]
    assert all(line.todo for line in lines if line.state is not Lamp.WELL)


@pytest.mark.parametrize(
    ("ended", "failing", "state"),
    [
        (NOW - 5 * MINUTE, False, "正常"),
        (NOW - 20 * MINUTE, False, "注意"),
        (NOW - 90 * MINUTE, False, "需处理"),
        (NOW - 5 * MINUTE, True, "需处理"),
        (None, False, "注意"),
    ],
)
def test_the_last_sweep(ended: datetime | None, failing: bool, state: str) -> None:
    assert sweep_line(NOW, ended, failing=failing).state.value == state


@pytest.mark.parametrize(
    ("free", "state"), [(50, "正常"), (10, "注意"), (4, "需处理"), (0.5, "需处理")]
)
def test_the_disk(free: float, state: str) -> None:
    assert disk_line(int(free * GIB), 100 * GIB).state.value == state


def test_little_is_too_little_on_a_small_disk_too() -> None:
    assert disk_line(GIB // 2, GIB).state is Lamp.MEND


def test_the_calendar_names_the_year_that_is_missing() -> None:
    assert calendar_line({2025, 2026}, [], 2025).words == "已登记：2025年、2026年。"
    lacking = calendar_line({2025}, [2026], 2025)
    assert (lacking.state, "缺2026年" in lacking.words) == (Lamp.LOOK, True)
    assert calendar_line(set(), [2025], 2025).state is Lamp.MEND


def test_what_keeps_papers_from_being_pdf_is_told_with_what_to_install() -> None:
    assert paper_line("").state is Lamp.WELL
    line = paper_line("服务器没有中文字体。")
    assert (line.state, line.words) == (Lamp.LOOK, "服务器没有中文字体。")
    assert "fonts-noto-cjk" in line.todo


def test_a_periodic_task_that_failed_is_named() -> None:
    assert failing_line([]).state is Lamp.WELL
    assert "预警评分" in failing_line(["预警评分"]).words


def test_how_long_ago() -> None:
    spans = [timedelta(seconds=5), 5 * MINUTE, timedelta(hours=3), timedelta(days=3)]
    assert [ago(one) for one in spans] == ["1分钟内", "5分钟前", "3小时前", "3天前"]
