"""Addresses of F01 and F02. Their days use the converter of cases/rolls/urls.py."""

from django.urls import path

from cases.mornings import views

urlpatterns = [
    path("absences/<int:pk>/", views.absence, name="absence_report"),
    path("classes/<int:class_id>/<isodate:day>/", views.daily_class, name="daily_class"),
    path("schools/<int:pk>/<isodate:day>/", views.daily_school, name="daily_school"),
]
