"""Finishes a workbook file: stores the results of formulas, and removes timestamps.

openpyxl writes a formula without its result, and previews on telephones do not calculate, so the
total row would look empty there. The same content must also give the same bytes (S41).
"""

import re
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Value = int | float | str
Values = Mapping[str, Value]

_FORMULA = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v\s*(?:/>|></v>)</c>')
_CHANGED = re.compile(r"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def seal(raw: bytes, values: Mapping[str, Values], stamp: str) -> bytes:
    """Rewrite the file with results ``values`` by member and cell, and ``stamp`` as its time."""
    sealed = BytesIO()
    with ZipFile(BytesIO(raw)) as before, ZipFile(sealed, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = _rewritten(name, before.read(name), values, stamp)
            member = ZipInfo(name, _LONG_AGO)
            member.compress_type = ZIP_DEFLATED
            after.writestr(member, text)
    return sealed.getvalue()


def _rewritten(name: str, text: bytes, values: Mapping[str, Values], stamp: str) -> bytes:
    if name == "docProps/core.xml":
        return _CHANGED.sub(rf"\g<1>{stamp}\g<2>", text.decode()).encode()
    if name in values:
        known = values[name]
        return _FORMULA.sub(lambda found: _with_value(found, known), text.decode()).encode()
    return text


def _with_value(found: re.Match[str], values: Values) -> str:
    at, attributes, formula = found.groups()
    value = values[at]
    kind = ' t="str"' if isinstance(value, str) else ""
    return f'<c r="{at}"{attributes}{kind}><f>{formula}</f><v>{escape(str(value))}</v></c>'
