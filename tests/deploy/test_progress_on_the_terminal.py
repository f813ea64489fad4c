"""Bars, widths and steps, on a screen and off it."""

import sys

import pytest

from deploy import progress
from deploy.interrupts import StopError


@pytest.mark.parametrize(("fraction", "shown"), [(-1, "0%"), (0, "0%"), (0.5, "50%"), (2, "100%")])
def test_a_bar_stays_between_nothing_and_all(fraction: float, shown: str):
    bar = progress.bar(fraction)
    assert bar.endswith(shown)
    assert bar.count("█") + bar.count("░") == progress.BAR_WIDTH


def test_a_chinese_character_takes_two_columns():
    assert progress.width("数据a") == 5
    assert progress.width(progress.pad("数据", 10)) == 10


def test_a_step_off_the_screen_is_one_line(capsys: pytest.CaptureFixture[str]):
    with progress.step("更新数据表") as current:
        current.tick(0.5)
        current.note = "done"
    out = capsys.readouterr().out
    assert out.startswith("✓ 更新数据表")
    assert out.endswith("done\n")
    assert out.count("\n") == 1
    assert "\r" not in out


@pytest.mark.parametrize(("error", "mark"), [(ValueError(), "✗"), (StopError(2), "–")])
def test_a_step_that_broke_is_told_from_one_that_was_stopped(
    error: Exception, mark: str, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(type(error)), progress.step("更新数据表"):
        raise error
    assert capsys.readouterr().out.startswith(f"{mark} 更新数据表")


def test_a_terminal_that_has_gone_does_not_stop_the_launcher(monkeypatch: pytest.MonkeyPatch):
    class Gone:
        def write(self, text: str) -> None:
            raise BrokenPipeError

        def isatty(self) -> bool:
            return False

    monkeypatch.setattr(sys, "stdout", Gone())
    progress.say("nobody hears this")
