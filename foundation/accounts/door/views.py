"""The pages for signing in, where a teacher may have the phone trusted, and for signing out."""

from typing import Any

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from foundation import clock
from foundation.accounts import actions
from foundation.accounts.door.cookies import drop_phone
from foundation.accounts.door.trusted import admitted_by
from foundation.accounts.door.trusting import ask_to_trust, trust_where_asked
from foundation.accounts.models import Person
from foundation.accounts.requests import origin_by


class SignInView(LoginView):
    """Signs in, and trusts this phone with the roll call where the box is ticked."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the link to the roll call for a phone that is trusted."""
        token = self.request.COOKIES.get(settings.PHONE_COOKIE_NAME, "")
        admitted = admitted_by(token, clock.today(), timezone.localdate()) if token else None
        return {**super().get_context_data(**kwargs), "is_trusted": admitted is not None, **_city()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Signs in even where the phone may not be trusted, and says why it is not."""
        if form.cleaned_data.get("trust"):
            ask_to_trust(self.request)
        response: HttpResponse = super().form_valid(form)
        trust_where_asked(self.request, response)
        return response


class OwnPasswordView(PasswordChangeView):
    """Changes the password; at the first one, trusts the phone as ticked at the sign-in."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Changes it, and then trusts the phone where that was asked for."""
        response: HttpResponse = super().form_valid(form)
        trust_where_asked(self.request, response)
        return response


def _city() -> dict[str, str]:
    """The name of the city's single sign-on, where there is one."""
    return {"city": settings.OIDC_NAME if settings.OIDC_SERVER else ""}


class SignOutView(LogoutView):
    """Signs out, clears what the browser stored (S59), and ends the phone's trust."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = request.user
        response: HttpResponse = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        token = request.COOKIES.get(settings.PHONE_COOKIE_NAME, "")
        if token:
            drop_phone(response)
            if actions.untrust_phone(token, origin_by(request, _known(person))):
                messages.info(request, "已退出，本机的点名免登录也已取消。")
        return response


def _known(person: Any) -> Person | None:
    return person if isinstance(person, Person) else None
