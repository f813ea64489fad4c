"""The address of the first page."""

from django.urls import path

from reporting.desk import views

urlpatterns = [path("", views.home, name="home")]
