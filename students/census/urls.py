"""Addresses of the census. Those that also move cases are in cases/census/urls.py."""

from django.urls import path

from students.census import views

app_name = "census"

urlpatterns = [
    path("", views.entrants.entrant_list, name="entrants"),
    path("add/", views.entrants.add, name="add"),
    path("paste/", views.entrants.paste, name="paste"),
    path("<int:pk>/", views.entrants.entrant, name="entrant"),
    path("<int:pk>/exempt/", views.arrivals.exempt, name="exempt"),
    path("<int:pk>/exempt/revoke/", views.arrivals.revoke, name="revoke"),
    path("<int:pk>/withdraw/", views.arrivals.withdraw, name="withdraw"),
    path("notices/", views.notices.register, name="notices"),
    path("notices/issue/", views.notices.issue, name="issue"),
    path("notices/print/", views.notices.print_notices, name="print"),
    path("notices/serve/", views.notices.serve, name="serve"),
    path("notices/register.xlsx", views.notices.download, name="register"),
    path("notices/<int:pk>/handed/", views.notices.handed, name="handed"),
    path("registration/", views.arrivals.registration, name="registration"),
    path("place/", views.arrivals.place, name="place"),
    path("handover/", views.handovers.handover_list, name="handovers"),
    path("handover/<int:pk>/", views.handovers.handover, name="handover"),
    path("handover/<int:pk>/paper/", views.handovers.paper, name="handover_paper"),
    path("handover/<int:pk>/describe/", views.handovers.describe, name="describe"),
    path("handover/<int:pk>/<slug:name>/", views.handovers.act, name="handover_act"),
    path("year/", views.years.page, name="year"),
    path("catchments/", views.catchments.page, name="catchments"),
]
