"""Addresses of roll call, evenings, leave slips and school days, and the converter for days."""

from datetime import date

from django.urls import path, register_converter

from cases.rolls import rollcall
from cases.rolls.views import evenings, family, leave


class IsoDate:
    """A day in an address, as 2025-09-12. Anything else matches no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """The date. Raises ValueError for 2025-02-30, so that no address matches."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """The day as 2025-09-12."""
        return value.isoformat()


register_converter(IsoDate, "isodate")

urlpatterns = [
    path("", rollcall.classes, name="roll"),
    path("boarders/", evenings.boarders, name="roll_boarders"),
    path("slips/", leave.owing, name="slips_owed"),
    path("slips/<int:pk>/take-back/", leave.take_back, name="slip_take_back"),
    path("slips/<int:pk>/photo/", leave.photo, name="slip_photo"),
    path("<int:class_id>/slips/", leave.slips, name="roll_slips"),
    path("<int:class_id>/phone/<int:pk>/", family.family, {"what": "phone"}, "roll_phone"),
    path("<int:class_id>/address/<int:pk>/", family.family, {"what": "address"}, "roll_address"),
    path("<int:class_id>/", rollcall.roll, name="roll_class"),
    path("<int:class_id>/<isodate:day>/", rollcall.roll, name="roll_day"),
    path("<int:class_id>/<isodate:day>/take-back/", rollcall.take_back, name="roll_take_back"),
]
