"""Addresses of the units."""

from django.urls import path

from kongchuo.setup.units import closing, restoring, views

app_name = "units"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("changes/", views.changes, name="changes"),
    path("changes/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("changes/<int:pk>/undo/", restoring.undo, name="undo"),
    path("<int:pk>/", views.unit, name="unit"),
    path("<int:pk>/add/<slug:kind>/", views.add, name="add"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/catchment/", views.catchment, name="catchment"),
    path("<int:pk>/close/", closing.close, name="close"),
]
