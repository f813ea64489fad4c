"""Provides the browser and the Chinese font for browser tests, from the system's packages."""

import os
import shutil
import subprocess
from pathlib import Path

from deploy import places
from deploy.errors import LaunchError
from deploy.installing import apt
from deploy.progress import say

SETTING = "KONGCHUO_BROWSER"
# Chromium without windows: the same engine at a third of the processor's time.
LIGHT = "chromium-headless-shell"
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
COMMON, FONT = "chromium", "fonts-wqy-microhei"
ASKED = places.LOCAL / "light-browser-asked"  # it is asked for once; not every system has it
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_NAMES = (
    "wqy",
    "cjk",
    "notosanssc",
    "notosanshans",
    "sourcehan",
    "simsun",
    "uming",
    "droidsansfallback",
)


def provide() -> str:
    """The path of a Chromium, installed if missing and allowed; empty when there is none.

    Raises `LaunchError` in continuous integration, where browser tests may not be skipped.
    """
    if install := _installer():
        _install_what_is_missing(install)
    browser = find()
    if browser and has_font():
        return browser
    missing = "浏览器 Chromium" if not browser else "中文字体"
    if is_ci():
        raise LaunchError(
            f"缺少{missing}，又不能自动安装：apt-get install {COMMON} {FONT}",
            "browser tests cannot run",
        )
    say(f"! 缺少{missing}，浏览器测试将不运行：apt-get install {COMMON} {FONT}")
    return ""


def find() -> str:
    """The browser from the setting, else the first one on the path, else nothing."""
    if SETTING in os.environ:
        return os.environ[SETTING]
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), "")


def has_font() -> bool:
    """Whether a font with Chinese characters is installed."""
    if shutil.which("fc-list"):
        told = subprocess.run(
            ["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False
        )
        return bool(told.stdout.strip())
    return any(_is_chinese(path) for folder in FONT_FOLDERS for path in files_of(folder))


def is_ci() -> bool:
    """Whether this is continuous integration, by the variable CI."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def _is_complete() -> bool:
    return bool(find()) and has_font()


def _installer() -> list[str] | None:
    """The command prefix that installs packages; none where a browser is named."""
    return None if SETTING in os.environ else apt.installer()


def _install_what_is_missing(command: list[str]) -> None:
    """The light browser where the system has one, else the common one."""
    if not shutil.which(LIGHT) and not ASKED.exists():
        _install(command, LIGHT, FONT)
        ASKED.touch()
    if not _is_complete():
        _install(command, COMMON, FONT)


def _install(command: list[str], *packages: str) -> None:
    apt.install(command, "安装浏览器和中文字体", *packages)


def files_of(folder: str) -> list[Path]:
    """The files of fonts in a folder."""
    place = Path(folder).expanduser()
    return list(place.rglob("*.tt[cf]")) + list(place.rglob("*.otf")) if place.is_dir() else []


def _is_chinese(path: Path) -> bool:
    name = path.name.lower().replace("-", "").replace("_", "")
    return any(part in name for part in FONT_NAMES)
