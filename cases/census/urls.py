"""Addresses of registering new pupils and of graduating, which change the roster and cases."""

from django.urls import path

from cases.census.views import graduation, registration

urlpatterns = [
    path("check-in/", registration.check_in, name="check_in"),
    path("check-in/undo/", registration.undo, name="undo_check_in"),
    path("graduation/", graduation.graduation, name="graduation"),
    path("graduation/<int:pk>/undo/", graduation.undo, name="undo_graduation"),
]
