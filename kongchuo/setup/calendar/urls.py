"""Addresses of the administration of the calendar."""

from django.urls import path

from kongchuo.setup.calendar.views import arrangements, index, terms

app_name = "calendar_setup"

urlpatterns = [
    path("", index.page, name="index"),
    path("years/add/", terms.add, name="add_year"),
    path("years/<int:year>/", terms.correct, name="year"),
    path("arrangements/<int:year>/", arrangements.enter, name="arrangement"),
]
