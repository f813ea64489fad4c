"""核实户籍: the school says which village of the county a pupil's hukou is in."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from students.roster.lists.views.lists import list_crumb
from students.roster.models import Child
from students.roster.pupils.acts.homes import settle_home
from students.roster.pupils.forms import HomeForm
from students.roster.pupils.views.asking import ask, typed


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.IMPORT_ROSTER)
def home(request: Request, pk: int) -> HttpResponse:
    """Choose the village; the child then leaves the list 户籍待核实."""
    rows = Child.objects.visible_to(request.viewer, clock.today(), Right.IMPORT_ROSTER)
    child: Child = get_object_or_404(rows.select_related("home_village"), pk=pk)
    villages = Unit.objects.filter(
        county_id=child.county_id, kind=UnitKind.VILLAGE, is_open=True
    ).select_related("region")
    form = HomeForm(typed(request), villages=villages)

    def act() -> None:
        data = form.cleaned_data
        settle_home(doer_of(request), child, data["village"], data["basis"])

    told = [
        ("现在登记的村（居）", str(child.home_village or "待核实")),
        ("表中写的户籍地址", child.masked_home or "未填写"),
    ]
    return ask(request, child, form, act, "核实户籍", told=told, above=[list_crumb()])
