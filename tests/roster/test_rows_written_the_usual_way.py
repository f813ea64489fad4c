"""Rows written the usual way are taken apart in one go, and read as the parser reads them."""

from collections.abc import Callable
from datetime import date

import pytest

from foundation.tablefiles.cell import Cell
from foundation.tablefiles.reader.facts import letters
from foundation.tablefiles.reader.plainrows import PlainRows, pieces, plain_string
from tests.roster.files import changed, complaint, read_bytes
from tests.roster.sheets import plain_book

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
ROWS: list[list[Cell]] = [
    ["姓名", "出生日期", "班级"],
    ["王小甲", date(2012, 5, 6), 2],
    ["李文", None, True],
    [1.5],
]
GHOST = b'<row r="9"><c r="A9"><v>9</v></c></row>'


def through_the_parser(content: bytes) -> bytes:
    """The same cells with one space more in each tag, which is not how they are written."""
    return changed(
        content,
        {
            SHEET: lambda part: part.replace(b"<c r=", b"<c  r="),
            STRINGS: lambda part: part.replace(b"<si>", b"<si >"),
        },
    )


def with_rows(insert: Callable[[bytes], bytes]) -> list[list[Cell]]:
    """What is read when something was put before the last row."""
    book = plain_book([["甲"], ["乙"], ["丙"]])
    return read_bytes(changed(book, {SHEET: insert})).rows


def before_the_last(more: bytes) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(b'<row r="3"', more + b'<row r="3"')


def taken(row: bytes) -> object:
    columns = {letters(n): n for n in range(5)}
    reader = PlainRows(columns, lambda kind, style, text: (kind + text).decode())
    return reader.take(row)


def test_they_are_read_as_the_parser_reads_them():
    book = plain_book(ROWS)
    assert read_bytes(book).rows == read_bytes(through_the_parser(book)).rows
    assert read_bytes(book).rows[1] == ["王小甲", date(2012, 5, 6), 2]


def test_a_plain_row_is_taken_with_its_number_and_places():
    cells = b'<c r="A7" s="1" t="s"><v>4</v></c><c r="B7"/><c r="C7"><v>5</v></c>'
    assert taken(b'<row r="7" spans="1:3">' + cells + b"</row>") == (7, ["s4", None, "5"])


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>',
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>',
        b'<row r="1"><c r="A1" t="str"><v>a&amp;b</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c><!-- c --></row>',
        b'<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        b'<row r="1"><c r="ZZ1"><v>1</v></c></row>',
        b'<row r="1"/><row r="2"><c r="A2"><v>1</v></c></row>',
        b'<row><c r="A1"><v>1</v></c></row>',
        b'<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></row>',
    ],
)
def test_any_other_row_is_the_parser_s(row: bytes):
    assert taken(row) is None


@pytest.mark.parametrize("around", [(b"<!--", b"-->"), (b"<?note ", b"?>")])
def test_what_only_looks_like_a_row_is_none(around: tuple[bytes, bytes]):
    before, after = around
    # The piece that opens it holds one row, and the next ones look plain.
    hidden = before + GHOST + GHOST.replace(b"9", b"8") + after
    assert with_rows(before_the_last(hidden)) == [["甲"], ["乙"], ["丙"]]


def test_text_in_another_encoding_is_the_parser_s():
    def latin(part: bytes) -> bytes:
        declared = b'<?xml version="1.0" encoding="iso-8859-1"?>'
        row = b'<row r="3"><c r="A3" t="str"><v>\xe9</v></c></row></sheetData>'
        body = part[part.index(b"<worksheet") :]
        return (
            declared + body[: body.index(b'<row r="3"')] + row + body[body.index(b"<pageMargins") :]
        )

    book = plain_book([["甲"], ["乙"], ["丙"]])
    assert read_bytes(changed(book, {SHEET: latin})).rows[2] == ["é"]


def test_a_place_with_two_values_is_damaged():
    def twice(part: bytes) -> bytes:
        cell = part[part.index(b'<c r="A3"') : part.index(b"</c>", part.index(b'<c r="A3"')) + 4]
        return part.replace(cell, cell + cell)

    book = plain_book([["甲"], ["乙"], ["丙"]])
    assert complaint(changed(book, {SHEET: twice}))


def test_pieces_are_the_same_bytes_however_they_come():
    content = b"<a><row>1</row><row>2</row></a>"
    for size in (1, 3, 7, 100):
        chunks = [content[n : n + size] for n in range(0, len(content), size)]
        found = list(pieces(chunks, b"</row>"))
        assert found == [b"<a><row>1</row>", b"<row>2</row>", b"</a>"]


def test_a_row_without_an_end_is_handed_on_in_pieces():
    found = list(pieces([b"x" * 700_000] * 3, b"</row>"))
    assert b"".join(found) == b"x" * 2_100_000
    assert len(found) > 1


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        (b"<si><t>abc</t></si>", b"abc"),
        (b'<si><t xml:space="preserve"> a</t></si>', b" a"),
        (b"<si><t>a&amp;b</t></si>", None),
        (b"<si><r><t>a</t></r><r><t>b</t></r></si>", None),
        (b"<sst><si><t>a</t></si>", None),
    ],
)
def test_a_shared_string_is_plain_or_the_parser_s(piece: bytes, text: bytes | None):
    assert plain_string(piece) == text
