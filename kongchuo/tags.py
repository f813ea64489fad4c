"""Template tags that every template has without loading them."""

from django import template
from django.template.loader import get_template

register = template.Library()

_ACTS = ("<a ", "<button", "<form")


@register.simple_block_tag
def more(content: str) -> str:
    """``{% more %}…{% endmore %}``: printing, exporting and rare acts, folded into one 更多.

    Nothing where the page offers none of them to this reader.
    """
    if not any(act in content for act in _ACTS):
        return ""
    return str(get_template("parts/_more.html").render({"acts": content}))
