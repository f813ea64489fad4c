"""Addresses of the pupil lists, papers, groups, exports and imports."""

from django.urls import path

from students.roster.groups import views
from students.roster.imports.views import batches, columns, corrections, questions, uploads
from students.roster.lists.views import exports, seconding
from students.roster.pupils.views import documents, homes, pupils, revealing

app_name = "roster"

urlpatterns = [
    path("", pupils.pupil_list, name="pupils"),
    path("find/", pupils.find, name="find"),
    path("<int:pk>/documents/add/", documents.add_document, name="add_document"),
    path("<int:pk>/reveal/<slug:what>/", revealing.reveal, name="reveal"),
    path("<int:pk>/home/", homes.home, name="home"),
    path("document/<int:pk>/", documents.document, name="document"),
    path("unverified-homes/", pupils.unverified_homes, name="unverified_homes"),
    path("leavers/", pupils.former_pupils, name="leavers"),
    path("groups/", views.group_list, name="groups"),
    path("left-behind/", views.left_behind_list, name="left_behind"),
    path("<int:pk>/groups/", views.enter, name="enter_groups"),
    path("groups/<int:pk>/end/", views.end, name="end_group"),
    path("<int:pk>/parents-away/", views.note_absence, name="note_absence"),
    path("parents-away/<int:pk>/end/", views.end_absence, name="end_absence"),
    path("export/pupils/", exports.order, {"listing": "pupils"}, "export_pupils"),
    path("export/leavers/", exports.order, {"listing": "leavers"}, "export_leavers"),
    path("export/groups/", exports.order, {"listing": "groups"}, "export_groups"),
    path("export/left-behind/", exports.order, {"listing": "left_behind"}, "export_left_behind"),
    path("exports/", seconding.exports, name="exports"),
    path("exports/<int:pk>/agree/", seconding.decide, {"name": "agree"}, "agree_export"),
    path("exports/<int:pk>/refuse/", seconding.decide, {"name": "refuse"}, "refuse_export"),
    path("exports/<int:pk>/withdraw/", seconding.decide, {"name": "withdraw"}, "withdraw_export"),
    path("exports/<int:pk>/", exports.kept, name="export"),
    path("template.xlsx", uploads.template, name="template"),
    path("import/", uploads.upload, name="upload"),
    path("import/<int:pk>/", batches.batch, name="batch"),
    path("import/<int:pk>/status/", batches.status, name="status"),
    path("import/<int:pk>/confirm/", batches.confirm, name="confirm"),
    path("import/<int:pk>/drop/", batches.drop, name="drop"),
    path("import/<int:pk>/go-on/", uploads.go_on, name="go_on"),
    path("import/<int:pk>/for-named/", uploads.for_named, name="for_named"),
    path("import/<int:pk>/columns/", columns.columns, name="columns"),
    path("import/<int:pk>/correct/", corrections.correct, name="correct"),
    path("import/<int:pk>/rows/<int:row_no>/choose/", corrections.choose_row, name="choose_row"),
    path("import/<int:pk>/stand-by/", corrections.stand_by, name="stand_by"),
    path("import/<int:pk>/errors.xlsx", corrections.error_book, name="error_book"),
    path("import/<int:pk>/errors/", corrections.return_book, name="return_book"),
    path("import/<int:pk>/rows/<int:row_no>/", questions.question, name="question"),
    path("import/<int:pk>/keep/", corrections.keep, name="keep"),
    path("import/<int:pk>/receipt.xlsx", batches.receipt, name="receipt"),
]
