"""Addresses of the people of a school or a township."""

from django.urls import path

from students.staff.views import (
    classes,
    departures,
    identity,
    merging,
    people,
    posts,
    sheet,
    slips,
    substitutes,
)

app_name = "staff"

urlpatterns = [
    path("", people.people, name="people"),
    path("add/", people.add, name="add"),
    path("grants/", people.grants, name="grants"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/grant/", people.grant, name="grant"),
    path("<int:pk>/reset/", posts.reset, name="reset"),
    path("<int:pk>/correct/", identity.correct, name="correct"),
    path("<int:pk>/unlock/", posts.unlock, name="unlock"),
    path("<int:pk>/unseal/", posts.unseal, name="unseal"),
    path("<int:pk>/end-phones/", posts.end_phones, name="end_phones"),
    path("<int:pk>/drop-factor/", posts.drop_factor, name="drop_factor"),
    path("<int:pk>/leave/", departures.depart, name="leave"),
    path("posts/<int:pk>/end/", departures.end_post, name="end_post"),
    path("posts/<int:pk>/resume/", departures.resume, name="resume_post"),
    path("slips/", slips.slips, name="slips"),
    path("sheet/", sheet.upload, name="sheet"),
    path("sheet/template.xlsx", sheet.template, name="template"),
    path("sheet/confirm/", sheet.confirm, name="confirm"),
    path("classes/", classes.schools, name="schools"),
    path("classes/<int:pk>/", classes.class_teachers, name="class_teachers"),
    path("classes/merge/<int:pk>/", merging.merge, name="merge_class"),
    path("classes/substitutes/", classes.substitutes, name="substitutes"),
    path("classes/substitutes/<int:pk>/", substitutes.take_back, name="take_back_substitute"),
]
