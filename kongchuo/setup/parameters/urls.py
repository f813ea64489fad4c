"""Addresses of the county's parameters."""

from django.urls import path

from kongchuo.setup.parameters import confirming, views

urlpatterns = [
    path("", views.page, name="parameters"),
    path("confirm/", confirming.confirm, name="confirm_parameters"),
    path("values/<int:pk>/withdraw/", views.withdraw, name="withdraw_parameter"),
    path("<slug:field>/", views.history, name="parameter"),
    path("<slug:field>/change/", views.change, name="change_parameter"),
]
