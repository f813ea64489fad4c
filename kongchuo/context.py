"""What every page shows around its content: where one is, who one is, what waits."""

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of base.html."""
    return {}
