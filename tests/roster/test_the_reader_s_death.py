"""The process that reads may die, hang or lie: the parent says that the file cannot be read."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from foundation.tablefiles import reading
from foundation.tablefiles.reading import SCHOOL, UNREADABLE, open_workbook
from tests.roster.files import complaint, read_bytes
from tests.roster.sheets import plain_book

BOOK = plain_book([["姓名"], ["王小乙"]])
END = '{"rows": %d, "facts": {"others": [], "hidden_sheets": [], "hidden_rows": [0, []], '
END += '"hidden_columns": [0, []], "merged": [0, []], "uncached": [0, []]}}'
HEAD = '{"sheet": "初一"}'

Child = Callable[[str], None]


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Child:
    """Put a shell script in the reader's place."""

    def stand_in(script: str) -> None:
        path = tmp_path / "child"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(path))

    return stand_in


def test_a_child_that_tells_everything_is_believed(child: Child):
    child(f"echo '{HEAD}'; echo '[\"a\", 1, null, {{\"d\": \"2012-05-06\"}}]'; echo '{END % 1}'")
    assert len(read_bytes(BOOK).rows[0]) == 4


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "kill -9 $$",
        "kill -SEGV $$",
        "exit 0",
        "echo nonsense",
        "echo '[1]'",
        f"echo '{HEAD}'; kill -9 $$",
        f"echo '{HEAD}'; echo '[1]'",
        f"echo '{HEAD}'; echo '[1]'; echo '[2'",
        f"echo '{HEAD}'; echo '[1]'; echo '{END % 2}'",
        f"echo '{HEAD}'; echo '[1]'; echo '[2]'; echo '{END % 1}'",
        f"echo '{HEAD}'; echo '[[1]]'; echo '{END % 1}'",
        f"echo '{HEAD}'; echo '[{{\"d\": \"2012-99-99\"}}]'; echo '{END % 1}'",
        f"echo '{HEAD}'; printf '[\"\\377\"]\\n'; echo '{END % 1}'",
        f"echo '{HEAD}'; echo '[1]'; echo '{{\"rows\": 1, \"facts\": {{}}}}'",
        f"echo '{HEAD}'; echo '[1]'; echo '{{\"rows\": 1}}'",
        'echo \'{"refused": "a reason that nobody knows"}\'',
    ],
)
def test_a_child_that_ends_otherwise_is_a_message(child: Child, script: str):
    child(script)
    assert complaint(BOOK) == UNREADABLE


def test_a_child_that_hangs_is_given_up(child: Child):
    child(f"echo '{HEAD}'; exec sleep 60")
    assert complaint(BOOK, replace(SCHOOL, seconds=1)) == UNREADABLE


def test_a_child_that_never_stops_telling_is_given_up(child: Child):
    child(f"echo '{HEAD}'; exec yes '[1]'")
    assert complaint(BOOK, replace(SCHOOL, output=1)) == UNREADABLE


def test_rows_come_while_the_child_still_reads(child: Child, tmp_path: Path):
    child(f"echo '{HEAD}'; echo '[1]'; exec sleep 60")
    path = tmp_path / "a.xlsx"
    path.write_bytes(BOOK)
    with open_workbook(path) as book:
        assert book.name == "初一"
        assert next(book.rows) == [1]
        assert book.notes == []


def test_leaving_early_ends_the_child(child: Child, tmp_path: Path, monkeypatch):
    child(f"echo '{HEAD}'; exec sleep 60")
    started = []
    start = reading._start

    def note(*given: Any) -> Any:
        started.append(start(*given))
        return started[-1]

    monkeypatch.setattr(reading, "_start", note)
    path = tmp_path / "a.xlsx"
    path.write_bytes(BOOK)
    with open_workbook(path):
        pass
    assert started[0].poll() is not None


@pytest.mark.usefixtures("started_anew")
def test_a_file_that_needs_more_memory_than_there_is_is_a_message():
    wide = plain_book([[f"{row}-{column}" * 20 for column in range(50)] for row in range(60)])
    assert complaint(wide, replace(SCHOOL, memory=8)) == UNREADABLE
