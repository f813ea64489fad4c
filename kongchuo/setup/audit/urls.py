"""Addresses of 操作记录."""

from django.urls import path

from kongchuo.setup.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.events, name="list"),
    path("export/", views.order, name="export"),
    path("find/", views.find, name="find"),
    path("<int:pk>/", views.event, name="event"),
]
