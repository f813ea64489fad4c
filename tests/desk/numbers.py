"""The numbers of a desk's page, and how many rows a list tells."""

import re

NUMBER = re.compile(
    r'<a class="state-[^"]*" href="([^"]+)"><span class="tally-count">(\d+)</span>'
    r'<span class="tally-label">(?:<svg.*?</svg>)?\s*([^<]+)</span>',
    re.S,
)
STAGE = re.compile(r'<a href="([^"]+)"><span>([^<]+)</span><span class="num strong">(\d+)</span>')
LATE = re.compile(r'<th scope="row"><a href="([^"]+)">([^<]+)</a>.*?</th>\s*<td[^>]*>(\d+)</td>')


def listed(page: str) -> int:
    """How many rows the list tells, over all its pages."""
    told = re.search(r'list-head">[^<]*共(\d+)', page)
    assert told, page
    return int(told.group(1))
