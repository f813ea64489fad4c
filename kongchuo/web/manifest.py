"""The manifest by which a phone puts the county's page on its home screen.

Nothing is kept for use without a network: no page with pupils is ever cached.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control

from foundation.accounts.querysets import county_facts

# As --masthead and --ground of static/css/variables.css: a manifest cannot name them.
MASTHEAD, GROUND = "#0b4fc2", "#f4f6f9"
SIZES = (192, 512)
ONE_DAY = 24 * 60 * 60


@login_not_required
@cache_control(public=True, max_age=ONE_DAY)
def manifest(request: HttpRequest) -> JsonResponse:
    """Name, colours and icons; the same for everybody of the county."""
    county = county_facts(None).name
    told = {
        "name": f"{county}控辍保学工作平台",
        "short_name": f"{county}控辍保学",
        "lang": "zh-CN",
        "id": "/",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "minimal-ui",
        "theme_color": MASTHEAD,
        "background_color": GROUND,
        "icons": [_icon(size) for size in SIZES],
    }
    return JsonResponse(told, content_type="application/manifest+json")


def _icon(size: int) -> dict[str, str]:
    return {
        "src": static(f"icons/icon-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": "any maskable",
    }
