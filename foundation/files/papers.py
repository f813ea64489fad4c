"""Rewrites a PDF: keeps pages and their look, drops actions, attachments and metadata (S50).

Runs in the limited child process only (decoder.py). Pages are copied into a new document, so the
old one's actions, attachments, forms, outlines and properties are dropped. What is copied with a
page is then cleaned by scrubbing.py.
"""

from io import BytesIO

import pikepdf

from foundation.files.kinds import MAX_PAGES, FileRefused
from foundation.files.scrubbing import scrub

PAGE_KEYS = frozenset(
    {
        "/Type",
        "/Parent",
        "/MediaBox",
        "/CropBox",
        "/Rotate",
        "/UserUnit",
        "/Resources",
        "/Contents",
        "/Group",
    }
)
MAX_OBJECTS = 100_000


def clean_pdf(content: bytes) -> bytes:
    """The pages as they are seen, in a new document; raises FileRefused."""
    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as source:
            _check(source)
            # A stamp or a filled field lies on a page as an annotation: it becomes part of the page
            # before annotations, which may act, are dropped.
            source.generate_appearance_streams()
            source.flatten_annotations("screen")
            return _written(_moved(source), len(source.pages))
    except pikepdf.PasswordError:
        raise FileRefused("encrypted") from None


def _check(source: pikepdf.Pdf) -> None:
    if source.is_encrypted:
        raise FileRefused("encrypted")
    if len(source.pages) > MAX_PAGES:
        raise FileRefused("too_many_pages")
    if not len(source.pages):
        raise FileRefused("no_pages")
    if len(source.objects) > MAX_OBJECTS:
        raise FileRefused("too_many_parts")


def _moved(source: pikepdf.Pdf) -> pikepdf.Pdf:
    made = pikepdf.Pdf.new()
    for page in source.pages:
        for key in set(page.obj.keys()) - PAGE_KEYS:
            del page.obj[key]
        made.pages.append(page)
    scrub(made)
    return made


def _written(made: pikepdf.Pdf, pages: int) -> bytes:
    """The new file with every stream packed anew, opened once more as a check."""
    target = BytesIO()
    made.remove_unreferenced_resources()
    made.save(
        target,
        fix_metadata_version=False,
        compress_streams=True,
        recompress_flate=True,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    with pikepdf.open(BytesIO(target.getvalue())) as again:
        if len(again.pages) != pages:
            raise FileRefused("unreadable")
    return target.getvalue()
