"""Addresses of the register, of its papers and of its imports."""

from django.urls import path

from students.roster import views
from students.roster.views import documents, exports, groups, imports

app_name = "roster"

urlpatterns = [
    path("", views.pupils.pupil_list, name="pupils"),
    path("find/", views.pupils.find, name="find"),
    path("<int:pk>/documents/add/", documents.add_document, name="add_document"),
    path("document/<int:pk>/", documents.document, name="document"),
    path("unverified-homes/", views.pupils.unverified_homes, name="unverified_homes"),
    path("leavers/", views.pupils.leavers, name="leavers"),
    path("groups/", groups.group_list, name="groups"),
    path("left-behind/", groups.left_behind_list, name="left_behind"),
    path("<int:pk>/groups/", groups.enter, name="enter_groups"),
    path("groups/<int:pk>/end/", groups.end, name="end_group"),
    path("<int:pk>/parents-away/", groups.note_absence, name="note_absence"),
    path("parents-away/<int:pk>/end/", groups.end_absence, name="end_absence"),
    path("export/pupils/", exports.order, {"listing": "pupils"}, "export_pupils"),
    path("export/leavers/", exports.order, {"listing": "leavers"}, "export_leavers"),
    path("export/groups/", exports.order, {"listing": "groups"}, "export_groups"),
    path("export/left-behind/", exports.order, {"listing": "left_behind"}, "export_left_behind"),
    path("exports/<int:pk>/", exports.kept, name="export"),
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
