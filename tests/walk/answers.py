"""An answer as what is kept of it."""

import hashlib
from dataclasses import dataclass
from typing import Any

from tests.walk import book
from tests.walk.page import Page

PAGE, BOOK, TEXT, FILE = "page", "workbook", "text", "file"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADERS = ("Location", "Content-Type", "Content-Disposition", "Refresh", "HX-Redirect")
PLAIN = ("text/", "application/json")


@dataclass(frozen=True)
class Answer:
    """What is compared of an answer; ``digest`` of a workbook's bytes is only told."""

    status: int
    kind: str
    headers: dict[str, str]
    lines: list[str]
    digest: str = ""
    page: Page | None = None


def read(response: Any) -> Answer:
    """Everything that a person gets, without the number of the request."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: response[name] for name in HEADERS if response.has_header(name)}
    kind = _kind(headers.get("Content-Type", ""))
    status = response.status_code
    if kind == BOOK:
        return Answer(status, kind, headers, book.lines(content), _digest(content))
    if kind == FILE:
        return Answer(status, kind, headers, [f"sha256 {_digest(content)}"])
    words = content.decode().replace(response.headers.get("X-Request-Id", "\0"), "(number)")
    if kind == TEXT:
        return Answer(status, kind, headers, words.splitlines())
    page = Page(words)
    return Answer(status, kind, headers, page.lines, page=page)


def _kind(content_type: str) -> str:
    if content_type.startswith("text/html"):
        return PAGE
    if content_type.startswith(XLSX):
        return BOOK
    return TEXT if content_type.startswith(PLAIN) or not content_type else FILE


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
