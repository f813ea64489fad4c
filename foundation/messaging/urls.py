"""Addresses of the inbox."""

from django.urls import path

from foundation.messaging import views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all_messages"),
    path("<int:pk>/open/", views.open_message, name="open_message"),
    path("<int:pk>/read/", views.read_message, name="read_message"),
]
