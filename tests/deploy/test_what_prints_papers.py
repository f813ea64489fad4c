"""What makes PDFs of papers is installed where allowed, else named; in tests of CI an error."""

from pathlib import Path

import pytest

from deploy.errors import LaunchError
from deploy.installing import apt, browser, printing

PANGO = tuple(printing.LIBRARIES.values())
Asked = list[tuple[str, ...]]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A machine with no part of it and no package manager."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(printing, "_opens", lambda library: False)
    monkeypatch.setattr(browser, "FONT_FOLDERS", ())
    monkeypatch.setattr(printing, "ASKED", tmp_path / "asked")
    return monkeypatch


@pytest.fixture
def asked(bare: pytest.MonkeyPatch) -> Asked:
    """What the package manager of that machine was asked for; it has nothing of it."""
    wanted = Asked()
    bare.setattr(apt, "installer", lambda: ["apt-get"])
    bare.setattr(apt, "install", lambda command, words, *packages: wanted.append(packages))
    return wanted


def test_without_its_parts_a_county_starts_and_is_told_what_to_install(
    bare: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    printing.provide()
    told = capsys.readouterr().out
    assert "不能生成 PDF" in told
    assert f"apt-get install {' '.join(PANGO)} {printing.FONT}" in told


def test_in_continuous_integration_the_tests_demand_every_part(bare: pytest.MonkeyPatch):
    bare.setenv("CI", "true")
    with pytest.raises(LaunchError, match="libreoffice-writer-nogui"):
        printing.provide(for_tests=True)


def test_a_county_s_server_gets_no_office(asked: Asked):
    printing.provide()
    assert asked == [(*PANGO, printing.FONT)]


def test_what_was_asked_for_in_vain_is_not_asked_for_at_every_start(asked: Asked):
    printing.provide()
    printing.provide()
    printing.provide(for_tests=True)
    assert asked == [(*PANGO, printing.FONT), (*PANGO, printing.FONT, *printing.OFFICE.values())]


def test_only_what_is_missing_is_asked_for(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "NotoSerifCJK-Regular.ttc").touch()
    monkeypatch.setattr(browser, "FONT_FOLDERS", (str(tmp_path),))
    monkeypatch.setattr(printing, "_opens", lambda library: "pango" in library)
    printing.provide()
    assert asked == [("libharfbuzz-subset0",)]


def test_a_face_for_the_screen_is_no_face_of_a_paper(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "wqy-microhei.ttc").touch()
    monkeypatch.setattr(browser, "FONT_FOLDERS", (str(tmp_path),))
    monkeypatch.setattr(printing, "_opens", lambda library: True)
    printing.provide()
    assert asked == [(printing.FONT,)]
