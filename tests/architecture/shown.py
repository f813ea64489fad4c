"""Finds in a page what only the makers of the system understand.

That are codes of parameters, rules, stages and papers (P4D, R85, D1, DX, S58), the version of a
calendar, hashes, and numbers of requests. The page of the system's state and error pages may show
them.
"""

import re

_HIDDEN = re.compile(
    r"<(script|style|template|svg)\b.*?</\1>|<!--.*?-->|\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}",
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
