"""The pages of django-allauth that are open: sign in, sign out, change one's password."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from foundation.accounts.views import SignOutView

urlpatterns = [
    path("login/", login_not_required(views.login), name="account_login"),
    path("logout/", SignOutView.as_view(), name="account_logout"),
    path("password/change/", views.password_change, name="account_change_password"),
    path(
        "password/reauthenticate/",
        views.reauthenticate,
        name="account_reauthenticate",
    ),
]
