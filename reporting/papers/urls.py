"""The address under which 文书台账 is exported."""

from django.urls import path

from reporting.papers.views import order

urlpatterns = [path("export/", order, name="export_papers")]
