"""Answers that are files: workbooks under Chinese names, and evidence files served safely."""

import re
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from foundation.days import moment_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SUFFIXES = {"image/jpeg": ".jpg", "application/pdf": ".pdf", DOCX: ".docx"}
_INLINE = "image/jpeg"  # made anew from pixels; nothing else is ever shown in our own origin (S51)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')  # in a file name of Windows
_LONGEST = 75  # characters: a name of Chinese has three bytes each, and 255 in all
_SANDBOX = "sandbox; default-src 'none'"


def export_mark(who: str, at: datetime, purpose: str, number: int) -> str:
    """The line of an exported workbook that names who took it, when, for what, and its number."""
    when = moment_words(timezone.localtime(at))
    return f"导出人：{who}　时间：{when}　用途：{purpose}　导出编号：{number}"


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook as a download under its Chinese name (RFC 5987)."""
    return _named(content, XLSX, book_name(name), attached=True)


def book_name(name: str) -> str:
    """A name that every system takes and that ends in .xlsx, however long a school's name is."""
    stem = _FORBIDDEN.sub("", name.removesuffix(".xlsx")).strip(" .")
    return f"{stem[:_LONGEST].rstrip(' .') or '表格'}.xlsx"


def public_picture(content: bytes) -> HttpResponse:
    """A picture that everybody may see: made anew from pixels, and nothing but a picture."""
    response = HttpResponse(content, content_type=_INLINE)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response


def evidence(content: bytes, kind: str, title: str, *, shown: bool) -> HttpResponse:
    """A stored photo or paper. Only a photo is shown inline, and only on request."""
    response = _named(
        content, kind, f"{title}{_SUFFIXES[kind]}", attached=not (shown and kind == _INLINE)
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = _SANDBOX
    response.headers["Cache-Control"] = "no-store"
    return response


def _named(content: bytes, kind: str, name: str, *, attached: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = str(content_disposition_header(attached, name))
    return response
