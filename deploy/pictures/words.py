"""Whether a picture still shows its page: a hash of the words that the page is made of.

Hashed are the Chinese words of the page's template and of every template that it extends or
includes, and of the menu. So names, numbers and the day of the demo do not matter, neither does
the template in which a word stands, and neither do colours or layout: who changes the look of a
page takes its picture anew by hand.
"""

import hashlib
import json
import re
from collections.abc import Iterable

from deploy import places
from deploy.pictures.listing import Picture

IMAGES = places.ROOT / "docs" / "images"
KEPT = IMAGES / "words.json"  # file → hash, as the pictures were taken
TEMPLATES = places.ROOT / "templates"
MENU = places.ROOT / "kongchuo" / "web" / "navigation.py"
_REMARK = re.compile(
    r"\{%\s*comment\b.*?endcomment\s*%\}|\{#.*?#\}|\"\"\".*?\"\"\"|^# [^\n]*",
    re.DOTALL | re.MULTILINE,
)
_USES = re.compile(r"\{%\s*(?:extends|include)\s+\"([^\"]+)\"")
_WORDS = re.compile(r"[\u4e00-\u9fff]+")


def templates_of(name: str) -> list[str]:
    """The template and all that it extends or includes by name, each once, sorted."""
    found, open_ones = set(), [name]
    while open_ones:
        one = open_ones.pop()
        if one not in found and (TEMPLATES / one).is_file():
            found.add(one)
            open_ones += _USES.findall((TEMPLATES / one).read_text(encoding="utf-8"))
    return sorted(found)


def hash_of(picture: Picture) -> str:
    """The SHA-256 of the words of the picture's page, in hexadecimal digits."""
    files = [TEMPLATES / name for name in templates_of(picture.template)] + [MENU]
    words = {
        word
        for file in files
        for word in _WORDS.findall(_REMARK.sub("", file.read_text(encoding="utf-8")))
    }
    return hashlib.sha256("\n".join(sorted(words)).encode()).hexdigest()


def kept() -> dict[str, str]:
    """The hashes of the pictures as they were taken."""
    return dict(json.loads(KEPT.read_text(encoding="utf-8"))) if KEPT.is_file() else {}


def keep(pictures: Iterable[Picture]) -> None:
    """Notes the hashes of pictures that were taken just now."""
    known = kept() | {one.file: hash_of(one) for one in pictures}
    KEPT.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def stale(pictures: Iterable[Picture]) -> list[str]:
    """The files whose page has other words now, or which were never taken."""
    known = kept()
    return [one.file for one in pictures if known.get(one.file) != hash_of(one)]
