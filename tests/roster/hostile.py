"""Hostile and odd files from a seed: whole ones of every dress, damaged in every way (S45)."""

import random
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tests.roster.files import delimited, ods_book, page, xls_book
from tests.roster.sheets import plain_book

Damage = Callable[[random.Random], bytes]

_ROWS: list[list[Any]] = [["姓名", "性别", "身份证件号", "班级"]]
_ROWS += [[f"王小{n}", "男", f"53099920120506{n:04d}", n] for n in range(30)]
_MARKUP = (
    *(b"<", b">", b"&#0;", b"&x;", b"]]>", b"<![CDATA[", b"<!--", b"\x00", b"\xff\xfe"),
    *(b"</row>", b'r="ZZZ9"', b'r="A0"', b'r="-1"', b"<v>1e999</v>", b"<table>" * 40),
    *(b't="s"><v>99999999</v>', b't="s"><v>-1</v>', b'<row r="99999999999999999999">'),
    b"<td colspan=99999 rowspan=99999>",
)
_PARTS = (
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
    "xl/styles.xml",
    "content.xml",
    "_rels/.rels",
)


@cache
def wholes() -> dict[str, bytes]:
    """One undamaged file of every dress."""
    text = delimited(_ROWS)
    return {
        "xlsx": plain_book(_ROWS),
        "xls": xls_book(_ROWS),
        "ods": ods_book(_ROWS),
        "page": page(_ROWS, "gb2312").encode("gb18030"),
        "gb18030": text.encode("gb18030"),
        "utf-16": text.encode("utf-16"),
        "tabs": delimited(_ROWS, "\t").encode(),
    }


def hostile(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """So many files, each with the name of what was done to it; the same for the same seed."""
    chance = random.Random(seed)
    names = sorted(DAMAGES)
    for number in range(count):
        name = names[number % len(names)]
        yield name, DAMAGES[name](chance)


def _any(chance: random.Random) -> bytes:
    return chance.choice(list(wholes().values()))


def _archive(chance: random.Random) -> bytes:
    return wholes()[chance.choice(("xlsx", "ods"))]


def _cut(chance: random.Random) -> bytes:
    content = _any(chance)
    return content[: chance.randrange(len(content))]


def _headless(chance: random.Random) -> bytes:
    content = _any(chance)
    return content[chance.randrange(1, len(content)) :]


def _flipped(chance: random.Random) -> bytes:
    content = bytearray(_any(chance))
    for _ in range(chance.choice((1, 3, 30))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


def _old_flipped(chance: random.Random) -> bytes:
    """The records of an old workbook hold lengths and places that nobody may trust."""
    content = bytearray(wholes()["xls"])
    for _ in range(chance.randrange(1, 12)):
        content[chance.randrange(512, len(content))] = chance.choice((0, 1, 127, 255))
    return bytes(content)


def _holed(chance: random.Random) -> bytes:
    content = _any(chance)
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 600) :]


def _joined(chance: random.Random) -> bytes:
    return _any(chance) + _any(chance)


def _noise(chance: random.Random) -> bytes:
    head = chance.choice(
        (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<table>", b"\xff\xfe")
    )
    return head + chance.randbytes(chance.randrange(3_000))


def _parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes], kind: int = ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", kind) as archive:
        for name, content in parts.items():
            member = ZipInfo(name, (2025, 9, 1, 8, 0, 0))
            member.compress_type = kind
            archive.writestr(member, content)
    return target.getvalue()


def _swapped(chance: random.Random) -> bytes:
    parts = _parts(_archive(chance))
    first, second = chance.sample(sorted(parts), 2)
    parts[first], parts[second] = parts[second], parts[first]
    return _packed(parts)


def _lost(chance: random.Random) -> bytes:
    parts = _parts(_archive(chance))
    del parts[chance.choice(sorted(parts))]
    return _packed(parts, ZIP_STORED)


def _torn(chance: random.Random) -> bytes:
    parts = _parts(_archive(chance))
    name = chance.choice(sorted(set(parts) & set(_PARTS)))
    parts[name] = parts[name][: chance.randrange(len(parts[name]) or 1)]
    return _packed(parts)


def _planted(chance: random.Random) -> bytes:
    """Markup that does not belong there, in the middle of a part."""
    parts = _parts(_archive(chance))
    name = chance.choice(sorted(set(parts) & set(_PARTS)))
    at = chance.randrange(len(parts[name]) + 1)
    parts[name] = parts[name][:at] + chance.choice(_MARKUP) + parts[name][at:]
    return _packed(parts)


def _planted_in_page(chance: random.Random) -> bytes:
    content = wholes()["page"]
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(_MARKUP) + content[at:]


def _bomb(chance: random.Random) -> bytes:
    parts = _parts(_archive(chance))
    size = chance.choice((5, 20)) << 20
    parts[chance.choice(("xl/a.xml", "xl/sharedStrings.xml", "content.xml"))] = b" " * size
    return _packed(parts)


def _odd_encoding(chance: random.Random) -> bytes:
    encoding = chance.choice(("big5", "utf-16-le", "utf-32", "shift_jis", "utf-7", "euc_kr"))
    text = chance.choice((delimited(_ROWS), page(_ROWS, encoding)))
    return text.encode(encoding, "replace")


def _quotes(chance: random.Random) -> bytes:
    text = delimited(_ROWS)
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(('"', '",', "\r", "\x0b", ";", "\t")) + text[at:]
    return text.encode()


def _renamed(chance: random.Random) -> bytes:
    parts = _parts(_archive(chance))
    name = chance.choice(sorted(parts))
    odd = chance.choice(
        ("../x", "/x", "a\\b", "长" * 200, "xl/vbaProject.bin", "CON", name.upper())
    )
    parts[odd] = parts.pop(name)
    return _packed(parts)


def _whole(chance: random.Random) -> bytes:
    return _any(chance)


DAMAGES: dict[str, Damage] = {
    "bomb": _bomb,
    "cut": _cut,
    "flipped": _flipped,
    "headless": _headless,
    "holed": _holed,
    "joined": _joined,
    "lost part": _lost,
    "noise": _noise,
    "odd encoding": _odd_encoding,
    "old workbook": _old_flipped,
    "page": _planted_in_page,
    "planted": _planted,
    "quotes": _quotes,
    "renamed part": _renamed,
    "swapped parts": _swapped,
    "torn part": _torn,
    "whole": _whole,
}
