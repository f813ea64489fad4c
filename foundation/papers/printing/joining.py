"""Puts PDFs together. Sealed papers are printed in one go so, each with its own pages unchanged."""

from collections.abc import Iterable
from io import BytesIO

import pikepdf

VERSION = "1.7"  # that of the parts


def joined(parts: Iterable[bytes]) -> bytes:
    """The pages of several PDFs in order, as one; the same parts give the same bytes.

    Raises ``pikepdf.PdfError`` where one is no PDF, ``ValueError`` where there is none.
    """
    with pikepdf.new() as whole:
        for part in parts:
            with pikepdf.open(BytesIO(part)) as one:
                whole.pages.extend(one.pages)
        if not whole.pages:
            raise ValueError("nothing to put together")
        made = BytesIO()
        whole.save(made, min_version=VERSION, deterministic_id=True)
        return made.getvalue()
