"""Provides what makes PDFs of papers, from the system's packages: Pango, a Chinese book face.

Without it papers are printed by the browser all the same. For the tests, LibreOffice comes along,
which reads the DOCX of a paper as an office would.
"""

import ctypes
import shutil
from collections.abc import Sequence

from deploy import places
from deploy.errors import LaunchError
from deploy.installing import apt, browser
from deploy.progress import say

# The library that WeasyPrint opens, and the package that brings it.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
FONT = "fonts-noto-cjk"  # 57 MB; 宋体 for the body, with the rare signs of names
BOOK_FACES = ("notoserifcjk", "sourcehanserif", "fandol", "simsun", "simfang", "stfang", "songti")
# The program that only tests need, and its package.
OFFICE = {"soffice": "libreoffice-writer-nogui", "pdftotext": "poppler-utils"}
ASKED = places.LOCAL / "printing-asked"  # what was asked for is not asked for at every start


def provide(*, for_tests: bool = False) -> None:
    """Installs what is missing where it may, and names what is missing then.

    Raises `LaunchError` in continuous integration, where no test may be skipped.
    """
    if (wanted := missing(for_tests=for_tests)) and (command := apt.installer()):
        _ask_once(command, wanted)
    left = missing(for_tests=for_tests)
    if not left:
        return
    todo = f"apt-get install {' '.join(left)}"
    if for_tests and browser.is_ci():
        raise LaunchError(f"缺少文书打印的组件，又不能自动安装：{todo}", "papers cannot be tested")
    what = "文书的 PDF、DOCX 测试将不运行" if for_tests else "文书只能从网页打印，不能生成 PDF"
    say(f"! 缺少组件，{what}：{todo}")


def missing(*, for_tests: bool) -> list[str]:
    """The packages that are not there yet."""
    lacking = [package for library, package in LIBRARIES.items() if not _opens(library)]
    if not _has_book_face():
        lacking.append(FONT)
    if for_tests:
        lacking += [package for program, package in OFFICE.items() if not shutil.which(program)]
    return lacking


def _ask_once(command: list[str], wanted: Sequence[str]) -> None:
    asked = " ".join(wanted)
    if not ASKED.exists() or ASKED.read_text(encoding="utf-8") != asked:
        apt.install(command, "安装文书打印的组件和中文字体", *wanted)
        ASKED.write_text(asked, encoding="utf-8")


def _opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_book_face() -> bool:
    """Whether a Chinese font with the strokes of a book is there: 宋体 or 仿宋."""
    names = (
        path.name.lower().replace("-", "").replace("_", "")
        for folder in browser.FONT_FOLDERS
        for path in browser.files_of(folder)
    )
    return any(face in name for name in names for face in BOOK_FACES)
