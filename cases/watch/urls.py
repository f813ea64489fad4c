"""Addresses of early warning and of the 重点关注 ledger."""

from django.urls import path

from cases.watch.views import entries, ledger, pupils, rules, warnings

app_name = "watch"

urlpatterns = [
    path("", warnings.warning_list, name="warnings"),
    path("pupils/<int:pk>/", pupils.pupil, name="pupil"),
    path("pupils/<int:pk>/put-on/", entries.put_on, name="put_on"),
    path("entries/<int:pk>/revise/", entries.revise, name="revise"),
    path("entries/<int:pk>/support/", entries.support, name="support"),
    path("entries/<int:pk>/take-off/", entries.take_off, name="take_off"),
    path("ledger/", ledger.page, name="ledger"),
    path("ledger/book/", ledger.book, name="book"),
    path("rules/", rules.page, name="rules"),
    path("rules/set/", rules.set_rule, name="set_rule"),
]
