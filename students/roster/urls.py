"""Addresses of the register, of its papers and of its imports."""

from django.urls import path

from students.roster import views
from students.roster.views import imports

app_name = "roster"

urlpatterns = [
    path("", views.pupils.pupil_list, name="pupils"),
    path("find/", views.pupils.find, name="find"),
    path("<int:pk>/", views.pupils.pupil, name="pupil"),
    path("<int:pk>/documents/add/", views.documents.add_document, name="add_document"),
    path("document/<int:pk>/", views.documents.document, name="document"),
    path("unverified-homes/", views.pupils.unverified_homes, name="unverified_homes"),
    path("template.xlsx", imports.template, name="template"),
    path("import/", imports.upload, name="upload"),
    path("import/<int:pk>/", imports.batch, name="batch"),
    path("import/<int:pk>/status/", imports.status, name="status"),
    path("import/<int:pk>/confirm/", imports.confirm, name="confirm"),
    path("import/<int:pk>/drop/", imports.drop, name="drop"),
]
