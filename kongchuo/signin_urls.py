"""Addresses of sign-in, sign-out, the password, the second factor, and trusted phones."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from foundation.accounts.door import city_views as city
from foundation.accounts.door import phone_views as phones
from foundation.accounts.door.views import OwnPasswordView, SignInView, SignOutView
from foundation.accounts.factors import views as factors
from foundation.accounts.requests import on_trusted_phone
from foundation.accounts.sessions import views as open_sessions

urlpatterns = [
    path("login/", login_not_required(SignInView.as_view()), name="account_login"),
    path(
        "code/",
        login_not_required(factors.SignInCodeView.as_view()),
        name="mfa_authenticate",
    ),
    path("city/", login_not_required(city.begin), name="city_login"),
    path(
        "city/<slug:provider_id>/back/",
        login_not_required(city.back),
        name="openid_connect_callback",
    ),
    path("logout/", on_trusted_phone(SignOutView.as_view()), name="account_logout"),
    path("phones/", phones.phones, name="phones"),
    path("phones/end/", phones.end_phones, name="end_phones"),
    path("phones/<int:pk>/end/", phones.end_phone, name="end_phone"),
    path("sessions/", open_sessions.sessions, name="sessions"),
    path("sessions/end/", open_sessions.end_others, name="end_sessions"),
    path("sessions/<slug:handle>/end/", open_sessions.end_session, name="end_session"),
    path("password/change/", OwnPasswordView.as_view(), name="account_change_password"),
    path(
        "password/reauthenticate/",
        views.reauthenticate,
        name="account_reauthenticate",
    ),
    path("code/again/", factors.SameCodeView.as_view(), name="mfa_reauthenticate"),
    path("factor/", factors.factor, name="factor"),
    path("factor/set/", factors.set_factor, name="set_factor"),
    path("factor/drop/", factors.drop_factor, name="drop_factor"),
]
