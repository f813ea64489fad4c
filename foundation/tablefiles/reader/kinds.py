"""The kind of a file by its content, never by its name (S46)."""

import zipfile
from pathlib import Path

from foundation.tablefiles.reader import delimited, ods, webpage, xls, xlsx
from foundation.tablefiles.reader.archive import Archive
from foundation.tablefiles.reader.facts import Table
from foundation.tablefiles.reader.limits import Limits, TableRefused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PAGE = ("<html", "<!doctype", "<table", "<meta", "<head", "<body", "<style", "<div", "<!--", "<tr")
# First bytes of files that are no tables.
_OTHERS = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)


def open_table(path: Path, limits: Limits, wanted: str = "") -> Table:
    """Opens the table in the file, of a workbook the sheet ``wanted``; raises TableRefused."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_OLE):
        return xls.open_xls(path, limits, wanted)
    if head.startswith(_ZIP) or zipfile.is_zipfile(path):
        return _open_archive(path, limits, wanted)
    if head.startswith(_OTHERS):
        raise TableRefused("not_a_table")
    encoding = delimited.encoding_of(path)
    start = _beginning(head, encoding)
    if start.startswith(("<?xml", "<workbook", "<ss:workbook")):
        return _open_markup(path, limits, encoding, start)
    if start.startswith(_PAGE):
        return webpage.open_page(path, encoding, limits)
    if start.startswith("mime-version:"):
        raise TableRefused("web_archive")
    return delimited.open_text(path, encoding, limits)


def _beginning(head: bytes, encoding: str) -> str:
    return head.decode(encoding, "replace").lstrip("\ufeff \t\r\n").lower()


def _open_archive(path: Path, limits: Limits, wanted: str) -> Table:
    if not zipfile.is_zipfile(path):
        raise TableRefused("cut_off")
    archive = Archive(path, limits)
    archive.check()
    if "mimetype" in archive and "content.xml" in archive:
        return ods.open_ods(archive, limits, wanted)
    main = xlsx.main_part(archive)
    if main.lower().endswith(".bin"):
        raise TableRefused("binary_book")
    if main in archive:
        return xlsx.open_xlsx(archive, limits, wanted)
    raise TableRefused("not_a_table")


def _open_markup(path: Path, limits: Limits, encoding: str, start: str) -> Table:
    if "urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise TableRefused("xml_2003")
    if "<html" in start or "<table" in start:
        return webpage.open_page(path, encoding, limits)
    raise TableRefused("not_a_table")
