"""The product's addresses with the calendar's among them."""

from django.urls import include, path

from kongchuo.urls import urlpatterns as product

urlpatterns = [path("calendars/", include("students.calendars.urls")), *product]
