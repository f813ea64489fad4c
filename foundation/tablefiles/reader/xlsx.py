"""Reads a workbook of Excel 2007 and later: chooses the sheet, refuses dangerous parts."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from foundation.tablefiles.reader.archive import Archive
from foundation.tablefiles.reader.facts import Numbered, SheetFacts, Table, chosen, one_filled
from foundation.tablefiles.reader.limits import Limits, TableRefused
from foundation.tablefiles.reader.xlsxparts import Strings, dates_among_styles, elements
from foundation.tablefiles.reader.xlsxrows import SheetRows

_MAIN = "xl/workbook.xml"
_REMOTE = re.compile(r"^(https?|ftp|sftp|file)://(?!/)|^(\\\\|//)|^file:(\\\\|////)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A worksheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


def open_xlsx(archive: Archive, limits: Limits, wanted: str = "") -> Table:
    """The visible sheet ``wanted``, or the first that holds anything; names the others."""
    _refuse_active(archive)
    main = main_part(archive)
    book = _Book(archive, main)
    strings = Strings(archive, book.target("sharedStrings") or "xl/sharedStrings.xml")
    dates = dates_among_styles(archive, book.target("styles") or "xl/styles.xml")
    facts = SheetFacts()

    def rows(sheet: _Listed, told: SheetFacts) -> Iterator[Numbered]:
        reading = SheetRows(strings, dates, book.since_1904, limits, told)
        return reading.read(archive.chunks(sheet.part))

    filled = [sheet for sheet in book.sheets if one_filled(rows(sheet, SheetFacts()))]
    shown = [sheet for sheet in filled if not sheet.hidden]
    facts.hidden_sheets = [sheet.name for sheet in filled if sheet.hidden]
    at, facts.others = chosen([sheet.name for sheet in shown], wanted)
    return Table(shown[at].name, rows(shown[at], facts), facts)


def main_part(archive: Archive) -> str:
    """The name of the part that is the workbook; the archive need not hold it.

    Of a workbook in binary form (.xlsb) it ends in .bin.
    """
    if "xl/workbook.bin" in archive:
        return "xl/workbook.bin"
    for name, attributes in elements(archive, "_rels/.rels"):
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            return attributes.get("Target", _MAIN).lstrip("/")
    return _MAIN


def _refuse_active(archive: Archive) -> None:
    """Refuses macros of both kinds, and links that fetch from elsewhere (S46)."""
    for name in archive.members:
        if name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/"):
            raise TableRefused("macro")
        if name.startswith("xl/externallinks/"):
            _refuse_remote(archive, name)


def _refuse_remote(archive: Archive, part: str) -> None:
    for name, attributes in elements(archive, part):
        if name == "ddeLink":
            raise TableRefused("external")
        if name == "Relationship" and _REMOTE.match(attributes.get("Target", "")):
            raise TableRefused("external")


class _Book:
    """The workbook's main part with its relations."""

    def __init__(self, archive: Archive, main: str) -> None:
        self.folder = posixpath.dirname(main)
        relations = posixpath.join(self.folder, "_rels", posixpath.basename(main) + ".rels")
        self.targets: dict[str, tuple[str, str]] = {}  # id → kind, part
        for name, attributes in elements(archive, relations):
            if name == "Relationship":
                self._relate(attributes)
        self.sheets: list[_Listed] = []
        self.since_1904 = False
        for name, attributes in elements(archive, main):
            if name == "workbookPr":
                self.since_1904 = attributes.get("date1904") in ("1", "true")
            elif name == "sheet":
                self._list(attributes)

    def _relate(self, attributes: dict[str, str]) -> None:
        kind = posixpath.basename(attributes.get("Type", ""))
        if kind.lower() in ("xlmacrosheet", "xlintlmacrosheet"):
            raise TableRefused("macro")
        target = attributes.get("Target", "").replace("\\", "/")
        part = target.lstrip("/") if target.startswith("/") else f"{self.folder}/{target}"
        self.targets[attributes.get("Id", "")] = kind, posixpath.normpath(part)

    def _list(self, attributes: dict[str, str]) -> None:
        kind, part = self.targets.get(attributes.get("id", ""), ("", ""))
        hidden = attributes.get("state", "visible") != "visible"
        if kind == "worksheet":
            self.sheets.append(_Listed(attributes.get("name", ""), part, hidden))

    def target(self, kind: str) -> str:
        """The part with this kind of relation, or nothing."""
        return next((part for name, part in self.targets.values() if name == kind), "")
