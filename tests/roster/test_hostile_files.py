"""Whatever is sent, it ends in a sheet or in a sentence that says what to do (S45)."""

import re
from concurrent.futures import ThreadPoolExecutor

from foundation.tablefiles.reading import Unreadable
from tests.roster.files import read_bytes
from tests.roster.hostile import DAMAGES, hostile

FILES = 119
_CHINESE = re.compile("[\u4e00-\u9fff]{4}")


def outcome(content: bytes) -> str:
    """The sheet, or the first words of the refusal; anything else fails."""
    try:
        sheet = read_bytes(content)
    except Unreadable as refused:
        said = str(refused)
        assert _CHINESE.search(said)
        assert "请" in said
        return said.split("。")[0]
    assert sheet.rows
    assert sheet.notes
    return "read"


def test_every_hostile_file_ends_in_a_sheet_or_in_words():
    files = list(hostile(20251125, FILES))
    with ThreadPoolExecutor(2) as pool:
        said = pool.map(outcome, (content for _, content in files))
    ends = {name: end for (name, _), end in zip(files, said, strict=True)}
    assert set(ends) == set(DAMAGES)
    assert ends["whole"] == "read"


def test_a_seed_makes_the_same_files():
    assert list(hostile(7, 34)) == list(hostile(7, 34))
    assert list(hostile(7, 34)) != list(hostile(8, 34))
