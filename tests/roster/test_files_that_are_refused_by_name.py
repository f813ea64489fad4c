"""A file that is not read is refused in words that say what it is and what to do."""

import struct
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from foundation.tablefiles.reading import MESSAGES, SCHOOL, UNREADABLE
from tests.roster.files import changed, complaint, ods_book, read_bytes, xls_book
from tests.roster.sheets import plain_book

ROWS = [["姓名", "性别"], ["王小乙", "男"]]
BOOK = plain_book(ROWS)
SHEET = "xl/worksheets/sheet1.xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_part(name: str, content: bytes) -> bytes:
    return changed(BOOK, {}, {name: content})


def with_link(target: str) -> bytes:
    link = f'<Relationship Id="r" Type="{RELATION}/externalLinkPath" Target="{target}"/>'
    return with_part(
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        f"<Relationships>{link}</Relationships>".encode(),
    )


def with_sheet(old: bytes, new: bytes) -> bytes:
    return changed(BOOK, {SHEET: lambda part: part.replace(old, new)})


def protected_xls() -> bytes:
    """FILEPASS stands right behind the first record of the workbook."""
    content = xls_book(ROWS)
    first = content.index(b"\x09\x08\x10\x00")  # BOF
    start = first + 4 + 16
    return content[:start] + struct.pack("<HHH", 0x2F, 2, 0) + content[start + 6 :]


def macro_xls() -> bytes:
    content = bytearray(xls_book(ROWS))
    listed = content.index(b"\x85\x00")
    content[listed + 9] = 1  # the kind of the sheet
    return bytes(content)


def encrypted_package() -> bytes:
    """The container of a workbook with a password: a directory that names the package."""
    content = xls_book(ROWS)
    return content.replace(
        "Workbook".encode("utf-16-le") + bytes(48) + struct.pack("<H", 18),
        "EncryptedPackage".encode("utf-16-le") + bytes(32) + struct.pack("<H", 34),
    )


def binary_book() -> bytes:
    """A workbook of Excel in binary form: its relation names a part that is no XML."""
    workbook = b"\x83\x01\x00\x99\x01\x0c\x20\x00"
    content = changed(
        BOOK,
        {"_rels/.rels": lambda part: part.replace(b"xl/workbook.xml", b"xl/workbook.bin")},
        {"xl/workbook.bin": workbook, "xl/worksheets/sheet1.bin": workbook},
    )
    with ZipFile(BytesIO(content)) as old, ZipFile(target := BytesIO(), "w") as new:
        for name in old.namelist():
            if name not in ("xl/workbook.xml", SHEET):
                new.writestr(name, old.read(name))
    return target.getvalue()


NAMED: dict[str, tuple[bytes, str]] = {
    "a password (new)": (encrypted_package(), "encrypted"),
    "a password (old)": (protected_xls(), "encrypted"),
    "macros": (with_part("xl/vbaProject.bin", b"x"), "macro"),
    "macro sheets": (with_part("xl/macrosheets/sheet9.xml", b"<x/>"), "macro"),
    "macro sheets (old)": (macro_xls(), "macro"),
    "a link to the net": (with_link("https://example.org/a.xlsx"), "external"),
    "a link to a server": (with_link("\\\\server\\share\\a.xlsx"), "external"),
    "a link that runs": (
        with_part("xl/externalLinks/externalLink1.xml", b"<x><ddeLink/></x>"),
        "external",
    ),
    "a workbook in binary form": (binary_book(), "binary_book"),
    "a workbook in both forms": (with_part("xl/workbook.bin", b"\x83\x01\x00"), "binary_book"),
    "definitions": (with_part("xl/more.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), "doctype"),
    "definitions in UTF-16": (
        with_part("xl/more.xml", "<!DOCTYPE x><x/>".encode("utf-16")),
        "doctype",
    ),
    "a path upwards": (with_part("xl/../../x.xml", b"<x/>"), "paths"),
    "a path from the root": (with_part("/etc/x.xml", b"<x/>"), "paths"),
    "a path of Windows": (with_part("C:\\x.xml", b"<x/>"), "paths"),
    "a bomb": (with_part("xl/b.bin", bytes(40 << 20)), "ratio"),
    "an empty file": (b"", "empty"),
    "an empty sheet": (plain_book([]), "empty"),
    "blank lines": (b"\r\n\r\n ,\r\n", "empty"),
    "a paper": (b"%PDF-1.7\n", "not_a_table"),
    "a photo": (b"\x89PNG\r\n\x1a\n" + bytes(200), "not_a_table"),
    "bytes": (bytes(range(256)), "not_a_table"),
    "a letter": ("各位老师：\n名册请看附件。\n".encode(), "not_a_table"),
    "a paper of Word": (changed(BOOK, {}, {}).replace(b"xl/", b"wd/"), "not_a_table"),
    "a page without a table": (b"<html><p>x</p></html>", "web_page"),
    "a page that is cut off": (b"<html><table><tr><td>x</td></tr><tr><td>", "cut_off"),
    "a page as an archive": (b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "web_archive"),
    "a workbook that is cut off": (BOOK[:-200], "cut_off"),
    "XML of Excel 2003": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "xml_2003",
    ),
}


@pytest.mark.parametrize("what", NAMED)
def test_it_is_named_and_told_what_to_do(what: str):
    content, reason = NAMED[what]
    said = complaint(content)
    assert said != UNREADABLE
    assert said.startswith(MESSAGES[reason].split("{")[0])


def test_every_message_says_what_to_do():
    assert all("请" in message and message.endswith("。") for message in MESSAGES.values())


def test_a_quote_without_its_end_is_told_with_its_row():
    assert "（第3行）" in complaint('姓名,性别\n王小乙,男\n"李小丙,女\n赵小丁,男\n'.encode())


def test_a_far_cell_is_named_with_its_place():
    assert "（XFD1）" in complaint(with_sheet(b'r="B1"', b'r="XFD1"'))


@pytest.mark.parametrize("maker", [plain_book, xls_book, ods_book])
@pytest.mark.parametrize(("letters", "refused"), [(1_999, False), (2_000, False), (2_001, True)])
def test_a_cell_above_2000_characters_is_named_with_its_place(maker, letters: int, refused: bool):
    content = maker([*ROWS, ["李小丙", "字" * letters]])
    if not refused:
        assert len(str(read_bytes(content).rows[2][1])) == letters
        return
    assert complaint(content).startswith("有一格超过2000字（B3）。请")


@pytest.mark.parametrize("maker", ["xlsx", "xls"])
def test_a_merge_without_measure_is_named_with_its_place(maker: str):
    if maker == "xlsx":
        merge = b'</sheetData><mergeCells><mergeCell ref="A1:B1048576"/></mergeCells>'
        content = with_sheet(b"</sheetData>", merge)
    else:
        content = xls_book(ROWS, merge=lambda book, sheet: sheet.merge(2, 20_015, 0, 1))
    said = complaint(content)
    assert said.startswith("合并单元格的范围过大（A")


def test_a_locked_opendocument_sheet_is_named():
    locked = (
        b'<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    content = changed(ods_book(ROWS), {"META-INF/manifest.xml": lambda _: locked})
    assert complaint(content) == MESSAGES["encrypted"]


def test_macros_of_an_opendocument_sheet_are_named():
    content = changed(ods_book(ROWS), {}, {"Basic/Standard/Module1.xml": b"<x/>"})
    assert complaint(content) == MESSAGES["macro"]


def test_repeats_of_an_opendocument_sheet_are_no_way_to_fill_the_memory():
    def repeat(part: bytes) -> bytes:
        row = b'<table:table-row table:number-rows-repeated="1000000">'
        return part.replace(b"<table:table-row>", row)

    assert "超过20000行" in complaint(changed(ods_book(ROWS), {"content.xml": repeat}))


def test_two_parts_of_one_name_are_no_workbook_to_be_trusted():
    target = BytesIO(BOOK)
    with (
        ZipFile(target, "a", ZIP_DEFLATED) as archive,
        pytest.warns(UserWarning, match="Duplicate"),
    ):
        archive.writestr(SHEET, b"<worksheet/>")
    assert complaint(target.getvalue()) == UNREADABLE


def test_two_values_in_one_place_are_not_read():
    assert complaint(with_sheet(b'r="B1"', b'r="A1"')) == UNREADABLE


def test_a_sheet_with_a_link_to_a_file_beside_it_is_read_with_its_values():
    with pytest.raises(AssertionError, match="read:"):
        complaint(with_link("other.xlsx"))


def test_one_long_string_in_all_cells_ends_at_the_size_of_the_output():
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>"
    content = changed(
        BOOK,
        {SHEET: lambda _: b"<worksheet>" + row * 15 + b"</worksheet>"},
        {"xl/sharedStrings.xml": f"<sst><si><t>{'长' * 2_000}</t></si></sst>".encode()},
    )
    with pytest.raises(AssertionError, match="read:"):
        complaint(content, replace(SCHOOL, output=9))
    assert complaint(content, replace(SCHOOL, output=8)) == UNREADABLE
