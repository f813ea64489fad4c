"""A missing browser is installed where allowed, else named; in continuous integration an error."""

from collections.abc import Callable
from pathlib import Path

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


Asked = list[tuple[str, ...]]
Machine = Callable[..., Asked]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    """A machine with these programs, whose package manager has these; tells what it was asked."""

    def make(*programs: str, packages: tuple[str, ...]) -> Asked:
        there, asked = set(programs), list[tuple[str, ...]]()

        def install(apt: list[str], *wanted: str) -> None:
            asked.append(wanted)
            there.update(set(wanted) & set(packages))

        monkeypatch.delenv(browser.SETTING, raising=False)
        monkeypatch.setattr("shutil.which", lambda name: name if name in there else None)
        monkeypatch.setattr(browser, "has_font", lambda: True)
        monkeypatch.setattr(browser, "_installer", lambda: ["apt-get"])
        monkeypatch.setattr(browser, "_install", install)
        monkeypatch.setattr(browser, "ASKED", tmp_path / "asked")
        return asked

    return make


def test_the_light_browser_is_preferred_and_asked_for_once(machine: Machine):
    asked = machine("chromium", packages=(browser.LIGHT,))
    assert browser.provide() == browser.LIGHT
    assert browser.provide() == browser.LIGHT
    assert asked == [(browser.LIGHT, browser.FONT)]


def test_a_system_without_the_light_browser_keeps_its_own(machine: Machine):
    asked = machine("chromium", packages=())
    assert browser.provide() == "chromium"
    assert browser.provide() == "chromium"
    assert asked == [(browser.LIGHT, browser.FONT)]


def test_a_system_with_neither_gets_the_common_one(machine: Machine):
    asked = machine(packages=("chromium",))
    assert browser.provide() == "chromium"
    assert asked == [(browser.LIGHT, browser.FONT), ("chromium", browser.FONT)]


@pytest.mark.parametrize(
    ("value", "meant"), [("true", True), ("1", True), ("", False), ("0", False)]
)
def test_ci_is_told_by_the_usual_variable(value: str, meant: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CI", value)
    assert browser.is_ci() is meant
