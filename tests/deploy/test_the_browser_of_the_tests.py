"""A missing browser is installed where allowed, else named; in continuous integration an error."""

import pytest

from deploy.errors import LaunchError
from deploy.installing import browser


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine with neither browser nor package manager."""
    monkeypatch.delenv(browser.SETTING, raising=False)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(browser, "FONT_FOLDERS", ())
    return monkeypatch


def test_without_a_browser_its_tests_are_named_as_not_run(
    bare: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert browser.provide() == ""
    assert "浏览器测试将不运行" in capsys.readouterr().out


def test_in_continuous_integration_a_missing_browser_is_an_error(bare: pytest.MonkeyPatch):
    bare.setenv("CI", "true")
    with pytest.raises(LaunchError, match="缺少浏览器"):
        browser.provide()


def test_a_browser_without_a_chinese_font_counts_as_missing(
    bare: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    bare.setattr(browser, "find", lambda: "/usr/bin/chromium")
    assert browser.provide() == ""
    assert "缺少中文字体" in capsys.readouterr().out


def test_a_browser_that_is_set_is_taken_as_it_is(bare: pytest.MonkeyPatch):
    bare.setenv(browser.SETTING, "/opt/browser")
    bare.setattr(browser, "has_font", lambda: True)
    assert browser.provide() == "/opt/browser"


def test_an_empty_setting_leaves_the_browser_tests_out_on_purpose(bare: pytest.MonkeyPatch):
    bare.setenv(browser.SETTING, "")
    assert browser.provide() == ""


@pytest.mark.parametrize(
    ("value", "meant"), [("true", True), ("1", True), ("", False), ("0", False)]
)
def test_ci_is_told_by_the_usual_variable(value: str, meant: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CI", value)
    assert browser.is_ci() is meant
