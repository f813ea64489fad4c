"""Addresses of the calendar."""

from django.urls import path

from students.calendars import views

app_name = "calendars"

urlpatterns = [
    path("", views.school_year, name="school_year"),
]
