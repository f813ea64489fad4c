"""Template tags that every template has without loading them."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from foundation import clock
from foundation.filling import filled
from kongchuo.web import drawn, icons
from kongchuo.web.navigation import Menu

register = template.Library()

_OF_READER = ("home_url", "county_name", "person", "acting", "help_url", "csrf_token")
_ACTS = ("<a ", "<button", "<form")


@register.simple_block_tag
def more(content: str) -> str:
    """``{% more %}…{% endmore %}``: printing, exporting and rare acts, folded into one 更多.

    Nothing where the page offers none of them to this reader.
    """
    if not any(act in content for act in _ACTS):
        return ""
    return get_template("parts/_more.html").render({"acts": content})


@register.filter
def shown(moment: datetime | None) -> datetime | None:
    """``{{ moment|shown|date:"…" }}``: a moment kept in real time, by the clock of the pages.

    Sessions, passwords, limits and the like compare with the real clock and are kept in it; in a
    demo their page stands on another day.
    """
    return clock.shown(moment)


register.simple_tag(drawn.field_of_filters, name="filter_field")
register.simple_tag(drawn.heads, name="list_heads")
register.simple_tag(drawn.choices, name="list_choices")


@register.simple_tag(takes_context=True)
def paging(context: Any, page: Any) -> SafeString:
    """``{% paging page_obj %}``: total, numbers and sizes of a list (parts/_paging.html)."""
    return drawn.paging(page, context["request"].GET)


@register.simple_tag
def filter_words(form: Any) -> str:
    """「学校：启明中学；期限：逾期」: what a list is filtered by, for its paper; empty without."""
    told = ((field.label, _chosen(field)) for field in form.visible_fields()) if form else ()
    return "；".join(f"{label}：{words}" for label, words in told if words)


def _chosen(field: Any) -> str:
    """The words of what is chosen or typed in a field."""
    value = field.value()
    if not value:
        return ""
    choices = dict(getattr(field.field, "choices", ()))
    found = {str(key): label for key, label in choices.items() if key}
    return str(found.get(str(value), value) or "")


@register.simple_tag
def icon(name: Any) -> SafeString:
    """The sign of that name (kongchuo/web/icons.py); parts/_icon.html says which there are."""
    return mark_safe(icons.SIGNS.get(str(name)) or icons.svg(escape(name)))


@register.simple_tag(takes_context=True)
def list_keys(context: Any, *, alone: bool = False) -> SafeString:
    """``tables/_keys.html``: the keys of a list, of the desk, or of a case that stands alone; drawn
    once for all whom they lead to the same pages."""
    shown, goes = context.get("list"), context.get("goes") or {}
    has_bulk = bool(shown and getattr(shown, "bulk", ()))
    return _drawn_keys(tuple(goes.items()), alone, bool(shown), has_bulk)


@lru_cache(maxsize=256)
def _drawn_keys(
    goes: tuple[tuple[str, str], ...], alone: bool, has_list: bool, has_bulk: bool
) -> SafeString:
    told = {"goes": dict(goes), "alone": alone, "list": {"bulk": has_bulk} if has_list else None}
    return mark_safe(get_template("tables/_keys.html").render(told))


@register.simple_tag(takes_context=True)
def masthead(context: Any) -> SafeString:
    """``parts/_masthead.html``: title bar and menu, as the reader of this page has them."""
    frame = context.get("frame")
    own = {name: str(context.get(name) or "") for name in _OF_READER}
    return filled(
        "parts/_masthead.html",
        **own,
        phone_only=bool(context.get("phone_only")),
        emblem=frame.emblem if frame else "",
        aside=_aside(frame.menu) if frame and own["person"] else "",
        menu=site_menu(context, "parts/_nav.html"),
    )


@lru_cache(maxsize=256)
def _aside(menu: Menu) -> SafeString:
    """The entries of a short menu that stand under 我的 on a phone."""
    item = '<li><a href="{}">{}</a></li>'
    return format_html_join("", item, ((one.url, one.label) for one in menu.aside))


@register.simple_tag(takes_context=True)
def site_menu(context: Any, part: str) -> str:
    """``parts/_nav.html`` or ``parts/_dock.html`` with the menu of this page, drawn once for all
    readers of the same menu; nothing where there is no menu, as before the sign-in."""
    frame = context.get("frame")
    return _drawn(part, frame.menu, frame.unread) if frame and frame.menu else ""


@lru_cache(maxsize=1024)
def _drawn(part: str, menu: Menu, unread: str) -> str:
    return get_template(part).render({"nav": menu, "unread": unread})
