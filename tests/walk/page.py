"""A page as lines of text, with the addresses and the fields in it; and where one may go from it.

Classes, ids, styles and scripts are left out: how it looks may change, what it says may not.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser


def _words(words: str) -> tuple[str, ...]:
    return tuple(words.split())


INLINE = _words("a abbr b bdi cite code em i kbd label mark q s small span strong sub sup time u")
SILENT = ("script", "style")
KEPT = _words(  # attributes that are compared
    "href src action method name type value checked selected disabled readonly required multiple "
    "min max step minlength maxlength pattern accept placeholder title alt aria-label datetime "
    "colspan rowspan hx-get hx-post hx-include hx-trigger enctype open hidden download for"
)
NEW_EACH_TIME = ("csrfmiddlewaretoken", "uuid")  # hidden fields whose value is random
LINKING = ("href", "src", "hx-get")


@dataclass
class Control:
    """A field of a form: what it sends if nobody touches it, and what else it offers."""

    name: str
    kind: str
    value: str | None
    others: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form that asks with GET."""

    action: str
    controls: list[Control] = field(default_factory=list)


class Page(HTMLParser):
    """Reads a page; see ``lines``, ``links`` and ``forms`` afterwards."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.links: list[tuple[str, bool]] = []  # the address, and whether htmx asks for it
        self.forms: list[Form] = []
        self._line: list[str] = []
        self._silent = 0
        self._form: Form | None = None
        self._select: Control | None = None
        self.feed(html)
        self.close()
        self._end_line()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        given = {name: value or "" for name, value in attrs}
        self._silent += tag in SILENT
        if tag not in INLINE:
            self._end_line()
        self._note(tag, given)
        self._follow(tag, given)
        self._gather(tag, given)

    def handle_endtag(self, tag: str) -> None:
        """End what the element began."""
        self._silent -= tag in SILENT
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        if tag not in INLINE:
            self._end_line()

    def handle_data(self, data: str) -> None:
        """Note words."""
        if not self._silent:
            self._line.append(data)

    def _end_line(self) -> None:
        words = " ".join("".join(self._line).split())
        if words:
            self.lines.append(words)
        self._line = []

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("link", "script", "meta"):
            return
        told = [f'{name}="{given[name]}"' for name in KEPT if name in given]
        if given.get("name") in NEW_EACH_TIME and given.get("type") == "hidden":
            told = [f'name="{given["name"]}"']
        if told:
            self._line.append(f" [{tag} {' '.join(told)}] ")

    def _follow(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("link", "script"):
            return
        self.links += [(given[name], name == "hx-get") for name in LINKING if given.get(name)]

    def _gather(self, tag: str, given: dict[str, str]) -> None:
        if tag == "form":
            asks = given.get("method", "get").lower() == "get" and "hx-post" not in given
            self._form = Form(given.get("action", "")) if asks else None
            self.forms += [self._form] if self._form else []
        if self._form is None or "disabled" in given:
            return
        if tag == "option" and self._select is not None:
            self._offer(given)
        elif given.get("name") and tag in ("input", "select", "textarea", "button"):
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        kind = (
            given.get("type", "submit" if tag == "button" else "text") if tag != "select" else tag
        )
        value: str | None = given.get("value", "")
        others: list[str] = []
        if kind in ("checkbox", "radio") and "checked" not in given:
            value, others = None, [given.get("value", "on")]
        elif kind in ("submit", "select"):
            value, others = None, [given["value"]] if kind == "submit" and "value" in given else []
        control = Control(given["name"], kind, value, others)
        self._form.controls.append(control)
        self._select = control if tag == "select" else self._select

    def _offer(self, given: dict[str, str]) -> None:
        assert self._select is not None
        value = given.get("value", "")
        if self._select.value is None or "selected" in given:
            if self._select.value is not None:
                self._select.others.append(self._select.value)
            self._select.value = value
        else:
            self._select.others.append(value)
