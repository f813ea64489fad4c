"""Addresses of the county's emblem."""

from django.urls import path

from kongchuo.setup.emblem import views

urlpatterns = [
    path("", views.page, name="set_emblem"),
    path("remove/", views.remove, name="remove_emblem"),
    path("<uuid:token>.jpg", views.picture, name="emblem"),
]
