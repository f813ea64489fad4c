"""The signs of the pages, drawn by ourselves in a square of 16, in the colour of their words."""

# fmt: off
PATHS: dict[str, str] = {
    "overdue": "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM7 4h2v5H7zm0 6h2v2H7z",
    "error": "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM7 4h2v5H7zm0 6h2v2H7z",
    "escalated": "M8 1 2 7h4v3h4V7h4zM2 12h12v3H2z",
    "today": "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 2a5 5 0 1 1 0 10A5 5 0 0 1 8 3zM7 4v5h4V7H9V4z",
    "soon": "M3 1h10v2h-1c0 2.5-1 4-2.5 5C11 9 12 10.5 12 13h1v2H3v-2h1c0-2.5 1-4 2.5-5C5 7 4 5.5 4"
    " 3H3zm3 2c0 2 .8 3.2 2 4 1.2-.8 2-2 2-4z",
    "done": "m6.5 13.5-5-5L3 7l3.5 3.5L13 3l1.5 1.5z",
    "success": "m6.5 13.5-5-5L3 7l3.5 3.5L13 3l1.5 1.5z",
    "paused": "M3 2h4v12H3zm6 0h4v12H9z",
    "warning": "M8 1 .5 15h15zM7 6h2v4H7zm0 5h2v2H7z",
    "menu": "M1 3h14v2H1zm0 4h14v2H1zm0 4h14v2H1z",
    "home": "M8 1 1 7v8h5v-5h4v5h5V7z",
    "roll": "M2 1h12v14H2zM4 3v10h8V3zm1 5 1.2-1.2 1.2 1.2L10 5.4l1.2 1.2-3.8 3.8z",
    "school": "M7 1h6v4H9v2l6 3v5h-5v-3H6v3H1v-5l6-3z",
    "case": "M1 2h5l2 2h7v10H1zm2 5v5h10V7z",
    "mail": "M1 3h14l-7 5.5zm0 2.5L8 11l7-5.5V13H1z",
    "person": "M8 1a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM1 15c0-3.5 2.5-6 7-6s7 2.5 7 6z",
    "help": "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM5 6a3 3 0 1 1 4 2.8V10H7V7.5h1A1.2 1.2 0 1 0 6.8 6z"
    "m.2 5h2v2H7z",
    "up": "m8 4 5 7H3z",
    "down": "m8 12 5-7H3z",
    "sort": "m8 1 4.5 6h-9zm0 14 4.5-6h-9z",
    "print": "M4 1h8v4H4zM1 6h14v7h-3v-3H4v3H1zm4 5h6v4H5z",
    "download": "M7 1h2v6h3l-4 4-4-4h3zM1 13h14v2H1z",
    "phone": "M4 1 1 4c0 6 5 11 11 11l3-3-4-3-2 1.5C7.5 9.7 6.3 8.5 5.5 7L7 5z",
    "normal": "M4 1h2v2h4V1h2v2h3v12H1V3h3zM3 7v6h10V7z",
}
# fmt: on
INFO = "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM7 4h2v2H7zm0 3h2v5H7z"


def svg(name: str) -> str:
    """The sign of that name: a due state, a level of a message, or a thing; ``info`` if unknown."""
    return (
        f'<svg class="icon icon-{name}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        f'<path d="{PATHS.get(name, INFO)}"/></svg>'
    )


SIGNS: dict[str, str] = {name: svg(name) for name in (*PATHS, "info")}
