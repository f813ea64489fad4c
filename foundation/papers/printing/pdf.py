"""PDFs of papers, made from their print page in a process of its own (press.py)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from foundation.papers.printing.page import as_page
from foundation.papers.printing.possible import pdf_possible
from foundation.papers.printing.sheets import Sheet

LENGTH = 8  # bytes before each PDF of the press
BATCH = 50  # sheets; the memory of one document grows with its sheets
SECONDS, SECONDS_A_SHEET = 60, 2  # how long the press may take; it needs a tenth
ROOT = Path(__file__).resolve().parents[3]
TEMPLATE = "papers/_pdf.html"
STYLES = ("css/variables.css", "css/paper.css", "css/paper-pdf.css")
NOT_MADE = "PDF 没有生成，请再试一次；仍不行的，先从网页打印，并请技术人员查看“系统状态”。"


class NoPdf(Exception):
    """No PDF was made. The message says why and what to do, in Chinese."""


def as_pdf(sheets: Sequence[Sheet]) -> bytes:
    """The papers in order as one PDF; the same papers give the same bytes. It bears 预览件.

    Raises `NoPdf` where a part of the system is missing or the press fails, and ``ValueError``
    without a sheet.
    """
    if not sheets:
        raise ValueError("nothing to print")
    [made] = _ordered(list(documents(sheets)), len(sheets))
    return made


def as_pdfs(sheets: Sequence[Sheet]) -> list[bytes]:
    """A PDF of each paper, in order: the bytes that ``as_pdf`` gives of it alone. Raises NoPdf.

    One process makes them all, since to start one takes a second.
    """
    apart = [document for sheet in sheets for document in documents([sheet])]
    return _ordered(apart, len(sheets), apart=True) if sheets else []


def _ordered(documents: list[str], sheets: int, *, apart: bool = False) -> list[bytes]:
    if missing := pdf_possible():
        raise NoPdf(missing)
    order = {"styles": styles(), "documents": documents, "apart": apart}
    told = _pressed(json.dumps(order).encode(), SECONDS + SECONDS_A_SHEET * sheets)
    return unpacked(told)


def documents(sheets: Sequence[Sheet]) -> Iterator[str]:
    """The markup of each batch."""
    for start in range(0, len(sheets), BATCH):
        batch = sheets[start : start + BATCH]
        yield render_to_string(TEMPLATE, {"sheets": as_page(batch), "title": batch[0].number})


@cache
def styles() -> tuple[str, ...]:
    """The style sheets of the print page and of its PDF."""
    return tuple(_found(name).read_text(encoding="utf-8") for name in STYLES)


def _found(name: str) -> Path:
    if found := finders.find(name):
        return Path(found)
    raise FileNotFoundError(name)


def _pressed(order: bytes, seconds: int) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "foundation.papers.printing.press"],
            cwd=ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "2"},
            input=order,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NoPdf(NOT_MADE) from None
    if done.returncode or not done.stdout:
        raise NoPdf(NOT_MADE)
    return done.stdout


def unpacked(told: bytes) -> list[bytes]:
    """The PDFs that the press wrote, each after its length. Raises NoPdf where one is none."""
    found: list[bytes] = []
    while told:
        length, rest = int.from_bytes(told[:LENGTH]), told[LENGTH:]
        found.append(rest[:length])
        told = rest[length:]
    if not found or not all(one.startswith(b"%PDF-") for one in found):
        raise NoPdf(NOT_MADE)
    return found
