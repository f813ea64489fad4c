"""Addresses of saved views of lists."""

from django.urls import path

from foundation.lists import views

app_name = "lists"

urlpatterns = [
    path("", views.views, name="views"),
    path("save/", views.save, name="save_view"),
    path("<int:pk>/rename/", views.rename, name="rename_view"),
    path("<int:pk>/delete/", views.delete, name="delete_view"),
    path("columns/<slug:page>/", views.columns, name="columns"),
]
