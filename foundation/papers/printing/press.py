"""A process of its own that makes one PDF of pages of markup: ``python -m`` this, on pipes.

It reads one JSON object, ``{"styles": [css], "documents": [html], "apart": false}``, and writes the
PDF after its length in eight bytes; with ``apart`` a PDF of each document so. WeasyPrint takes
a second to load and keeps what it has drawn, which is why no web process holds it.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from foundation.papers.printing.joining import joined


class Closed(URLFetcher):
    """Opens what stands in the markup itself, and nothing of the network or the disk."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Raises for every address but ``data:``; the paper is not made then."""
        if not url.startswith("data:"):
            raise FatalURLFetchingError(f"a paper opens no address: {url}")
        return super().fetch(url, headers)


def drawn(documents: Iterable[str], styles: Iterable[str]) -> Iterator[bytes]:
    """The PDF of each document. It holds no date, so the same document gives the same bytes."""
    fonts, closed = FontConfiguration(), Closed()
    sheets = [CSS(string=style, font_config=fonts, url_fetcher=closed) for style in styles]
    for document in documents:
        page = HTML(string=document, url_fetcher=closed)
        yield page.write_pdf(stylesheets=sheets, font_config=fonts, presentational_hints=True)


def main() -> None:
    """Answers the one order on standard input."""
    order = json.load(sys.stdin.buffer)
    made = drawn(order["documents"], order["styles"])
    for pdf in (joined([one]) for one in made) if order.get("apart") else [joined(made)]:
        sys.stdout.buffer.write(len(pdf).to_bytes(8) + pdf)


if __name__ == "__main__":
    main()
