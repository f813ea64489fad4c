"""Addresses of the manual."""

from django.urls import path

from kongchuo.help import views

app_name = "help"
urlpatterns = [
    path("", views.index, name="index"),
    path("print/", views.whole, name="whole"),
    path("<slug:slug>/", views.chapter, name="chapter"),
]
