"""Finds in a page what only the makers of the system understand.

That are codes of parameters, rules, stages and papers (P4D, R85, D1, DX, S58), the version of a
calendar, hashes, and numbers of requests. The page of the system's state and error pages may show
them.
"""

import re

# A key of letters and digits to be typed (kbd) is made by chance.
_HIDDEN = re.compile(
    r"<(script|style|template|svg|kbd)\b.*?</\1>|<!--.*?-->|\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}",
    re.DOTALL,
)
_MARKUP = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)
_STRANGE = re.compile(
    r"(?<![A-Za-z0-9./_-])(?:[PRS][0-9]{1,3}[A-Z]?|D[0-9]|DX|C[0-9]{2})(?![A-Za-z0-9_])"
    r"|\b[0-9a-f]{20,64}\b|校历版本|请求编号|SHA-?256",
    re.ASCII,
)


def words_of(page: str) -> str:
    """What a person reads of a page or of a template."""
    return _MARKUP.sub(" ", _HIDDEN.sub(" ", page))


def strange_in(page: str) -> list[str]:
    """The codes, hashes and numbers that a person reads in it."""
    return sorted({found[0] for found in _STRANGE.finditer(words_of(page))})


# The frame of paper (who printed when) and the head of a printed list are on every page.
_FRAME = re.compile(r'<p class="print-only[^"]*">.*?</p>', re.DOTALL)
_MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
_BY_NUMBERS = re.compile(r"(?<![\w-])20\d\d-\d\d-\d\d(?![\w-])", re.ASCII)
_IN_WORDS = re.compile(r"(?<!\d)\d{1,2}月\d{1,2}日")


def two_date_styles_in(page: str) -> list[str]:
    """A day of each style, where a person reads both 2025-11-12 and 11月12日 on the page."""
    main = _MAIN.search(_HIDDEN.sub(" ", page))
    seen = _MARKUP.sub(" ", _FRAME.sub(" ", main[0])) if main else ""
    found = [one.search(seen) for one in (_BY_NUMBERS, _IN_WORDS)]
    return [one[0] for one in found if one] if all(found) else []
