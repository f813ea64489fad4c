"""Addresses of a school's morning and of submission rates."""

from django.urls import path

from students.attendance.mornings.views import months, mornings, rates

app_name = "mornings"

urlpatterns = [
    path("", mornings.mine, name="mine"),
    path("schools/<int:pk>/", mornings.school, name="school"),
    path("schools/<int:pk>/nudge/", mornings.nudge, name="nudge"),
    path("classes/<int:pk>/month/", months.class_month, name="class_month"),
    path("rates/", rates.area, name="rates"),
    path("rates/schools/<int:pk>/press/", rates.press, name="press"),
    path("rates/townships/<int:pk>/", rates.township, name="township_rates"),
    path("rates/schools/<int:pk>/", rates.school, name="school_rates"),
]
