"""Whether this machine can make PDFs of papers: WeasyPrint needs Pango and a Chinese font."""

import ctypes
from contextlib import suppress

NO_PANGO = "服务器缺少排版组件 Pango，不能生成 PDF；文书请从网页打印。"
NO_FONT = "服务器没有中文字体，不能生成 PDF；文书请从网页打印。"
# Each library under its names on Linux and macOS.
LIBRARIES = (
    ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
)
FONTCONFIG = ("libfontconfig.so.1", "libfontconfig.1.dylib")
CHINESE = b":lang=zh-cn"


class FontSet(ctypes.Structure):
    """What fontconfig found: how many fonts."""

    _fields_ = (("count", ctypes.c_int), ("room", ctypes.c_int), ("fonts", ctypes.c_void_p))


def pdf_possible() -> str:
    """Nothing, or in Chinese what is missing. What was installed meanwhile is found."""
    if not all(_opened(names) for names in LIBRARIES):
        return NO_PANGO
    fontconfig = _opened(FONTCONFIG)
    if fontconfig is None:
        return NO_PANGO
    return "" if fonts_of(fontconfig, CHINESE) else NO_FONT


def _opened(names: tuple[str, ...]) -> ctypes.CDLL | None:
    for name in names:
        with suppress(OSError):
            return ctypes.CDLL(name)
    return None


def fonts_of(fontconfig: ctypes.CDLL, pattern: bytes) -> int:
    """How many installed fonts fit a pattern of fontconfig."""
    fontconfig.FcNameParse.restype = ctypes.c_void_p
    fontconfig.FcObjectSetCreate.restype = ctypes.c_void_p
    fontconfig.FcFontList.restype = ctypes.POINTER(FontSet)
    fontconfig.FcInit()
    fontconfig.FcInitBringUptoDate()
    wanted = ctypes.c_void_p(fontconfig.FcNameParse(pattern))
    told = ctypes.c_void_p(fontconfig.FcObjectSetCreate())
    fontconfig.FcObjectSetAdd(told, b"family")
    found = fontconfig.FcFontList(None, wanted, told)
    count = found.contents.count if found else 0
    fontconfig.FcFontSetDestroy(found)
    fontconfig.FcObjectSetDestroy(told)
    fontconfig.FcPatternDestroy(wanted)
    return int(count)
