"""Addresses of the people pages."""

from django.urls import path

from foundation.accounts.people import views
from foundation.accounts.seconding import views as seconding

urlpatterns = [
    path("requests/", seconding.requests, name="people_requests"),
    *(
        path(f"requests/<int:pk>/{name}/", seconding.decide, {"name": name}, name=f"{name}_request")
        for name in seconding.OFFERS
    ),
    path("<int:pk>/", views.account, name="person"),
    path("<int:pk>/close/", views.change_account, {"name": "close"}, name="close_account"),
    path("<int:pk>/reopen/", views.change_account, {"name": "reopen"}, name="reopen_account"),
    path("<int:pk>/unlock/", views.change_account, {"name": "unlock"}, name="unlock_account"),
    path("<int:pk>/unseal/", views.change_account, {"name": "unseal"}, name="unseal_account"),
    path(
        "<int:pk>/drop-factor/",
        views.change_account,
        {"name": "drop_factor"},
        name="drop_factor_account",
    ),
    path(
        "<int:pk>/end-phones/",
        views.change_account,
        {"name": "end_phones"},
        name="end_phones_account",
    ),
]
