"""Addresses of the register and of its imports."""

from django.urls import path

from students.roster import views
from students.roster.views import imports

app_name = "roster"

urlpatterns = [
    path("", views.pupils.pupil_list, name="pupils"),
    path("find/", views.pupils.find, name="find"),
    path("<int:pk>/", views.pupils.pupil, name="pupil"),
    path("unverified-homes/", views.pupils.unverified_homes, name="unverified_homes"),
    path("template.xlsx", imports.template, name="template"),
    path("import/", imports.upload, name="upload"),
    path("import/<int:pk>/", imports.batch, name="batch"),
    path("import/<int:pk>/status/", imports.status, name="status"),
    path("import/<int:pk>/confirm/", imports.confirm, name="confirm"),
    path("import/<int:pk>/drop/", imports.drop, name="drop"),
    path("import/<int:pk>/go-on/", imports.go_on, name="go_on"),
    path("import/<int:pk>/columns/", imports.columns, name="columns"),
    path("import/<int:pk>/correct/", imports.correct, name="correct"),
    path("import/<int:pk>/errors.xlsx", imports.error_book, name="error_book"),
    path("import/<int:pk>/errors/", imports.return_book, name="return_book"),
    path("import/<int:pk>/rows/<int:row_no>/", imports.question, name="question"),
    path("import/<int:pk>/keep/", imports.keep, name="keep"),
    path("import/<int:pk>/receipt.xlsx", imports.receipt, name="receipt"),
]
