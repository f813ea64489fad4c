"""What reads PDFs and DOCX in tests; its absence is a failure wherever it could be installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.installing import apt, browser
from foundation.papers.printing.possible import pdf_possible


def require(*programs: str) -> None:
    """Skips where a program or Pango is missing and cannot be installed, and fails elsewhere."""
    missing = [program for program in programs if not shutil.which(program)]
    words = "、".join([*missing, *filter(None, [pdf_possible()])])
    if words and (browser.is_ci() or apt.installer()):
        pytest.fail(f"missing, though make test installs it: {words}")
    if words:
        pytest.skip(f"cannot be installed here: {words}")


def text_of(pdf: bytes, *, page: int = 0) -> str:
    """The words of a PDF, or of one page from 1, without spaces, as they were drawn."""
    pages = ["-f", str(page), "-l", str(page)] if page else []
    told = subprocess.run(
        ["pdftotext", "-raw", *pages, "-", "-"], input=pdf, stdout=subprocess.PIPE, check=True
    )
    return "".join(told.stdout.decode().split())


def tops(pdf: bytes) -> list[str]:
    """How far down each page its first word begins, in points."""
    told = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, stdout=subprocess.PIPE, check=True
    )
    pages = told.stdout.decode().split("<page ")[1:]
    return [page.partition('yMin="')[2].partition('"')[0] for page in pages]


def opened_in_an_office(folder: Path, *documents: bytes) -> list[bytes]:
    """PDFs that LibreOffice makes of DOCX files."""
    names = [folder / f"{number}.docx" for number, _ in enumerate(documents)]
    for name, document in zip(names, documents, strict=True):
        name.write_bytes(document)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, names)], capture_output=True, timeout=180, check=True)
    return [name.with_suffix(".pdf").read_bytes() for name in names]
