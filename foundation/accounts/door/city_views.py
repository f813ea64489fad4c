"""The way to a city's single sign-on and back. Without one in the environment both are 404."""

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from requests import RequestException

from foundation.accounts.door.city import PROVIDER, failed, refused


@require_safe
def begin(request: HttpRequest) -> HttpResponseBase:
    """Leads to the provider's page."""
    try:
        answer: HttpResponseBase = views.login(request, PROVIDER)
    except RequestException:
        return refused(request, failed(), 502)
    return answer


@require_safe
def back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Where the provider sends the person back to."""
    try:
        answer: HttpResponseBase = views.callback(request, provider_id)
    except RequestException:
        return refused(request, failed(), 502)
    return answer
