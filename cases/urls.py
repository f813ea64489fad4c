"""Addresses of the queue, of cases and of their acts."""

from django.urls import path

from cases.pages.views import (
    acts,
    cases,
    lists,
    months,
    nudges,
    orders,
    papers,
    pupils,
    returned,
    rosters,
    services,
)
from cases.rolls.views import school_days

urlpatterns = [
    path("pupils/<int:pk>/", pupils.pupil, name="pupil"),
    path("roster/import/<int:pk>/undo/", rosters.undo_import, name="undo_import"),
    path("changes/months/", months.page, name="change_month"),
    path("changes/months/book.xlsx", months.book, name="change_month_book"),
    path("calendars/days/", school_days.enter, name="school_days"),
    path("duties/", lists.duty_list, name="duties"),
    path("duties/nudge/", nudges.nudge, name="nudge_duties"),
    path("dropouts/", returned.page, name="returned_list"),
    path("cases/", lists.case_list, name="cases"),
    path("cases/<str:number>/", cases.case_page, name="case"),
    path("cases/<str:number>/why/<int:pk>/", cases.why, name="why"),
    path("cases/<str:number>/call/<int:pk>/", acts.call, name="call"),
    path("cases/<str:number>/address/", acts.address, name="address"),
    path("cases/<str:number>/papers/<int:pk>/", papers.paper, name="case_paper"),
    path("cases/<str:number>/index/", papers.index, name="file_index"),
    path("cases/<str:number>/papers/<slug:kind>/write/", papers.write, name="write_paper"),
    path("cases/<str:number>/order/", orders.order, name="case_order"),
    path("cases/<str:number>/order/<int:pk>/correct/", services.correct, name="correct_order"),
    path("cases/<str:number>/serve_order/", services.serve, name="serve_order"),
    path("cases/<str:number>/<slug:act>/", acts.act_page, name="act"),
]
