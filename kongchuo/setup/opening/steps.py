"""开通向导: the steps of a county's opening, each with its state, purpose and who knows it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from foundation.accounts.actions import unconfirmed
from foundation.accounts.models import Person, Unit, UnitKind
from foundation.accounts.querysets import posts_on
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from kongchuo.setup.opening.acts.confirming import sleeping
from kongchuo.setup.opening.models import CountyOpening, OpeningBook
from students.attendance.models import RollCall
from students.calendars.coverage import years_asked
from students.calendars.models import CalendarYear, SchoolTerm
from students.roster.models import Enrolment
from students.roster.models.querysets import in_force

_Link = tuple[str, str]

CORRECTED_BY = (
    "填错了的，请技术人员在服务器上执行 make manage ARGS=opening_address，用新网址更正，"
    "第二人确认以前都可以。"
)


@dataclass(frozen=True, slots=True)
class OpeningStep:
    """One step: what it is for, who should know it, how far it is, where it is done."""

    title: str
    purpose: str
    who: str
    is_done: bool
    state: str
    links: tuple[_Link, ...] = ()


@dataclass(frozen=True, slots=True)
class _StepFacts:
    """What the steps are judged by."""

    county: Unit
    opening: CountyOpening | None
    today: date
    counts: dict[str, int]
    waiting: int
    book: OpeningBook | None
    viewer: Viewer

    def links(self, right: Right, *links: _Link) -> tuple[_Link, ...]:
        """The links, for who has the right."""
        return links if self.viewer.has(right) else ()


def steps_of(
    county: Unit, opening: CountyOpening | None, today: date, viewer: Viewer
) -> list[OpeningStep]:
    """All steps in their order, each with the links that the viewer may open."""
    counts = Counter(
        Unit.objects.filter(county=county, is_open=True).values_list("kind", flat=True)
    )
    waiting = sleeping(opening).count() if opening else 0
    book = OpeningBook.objects.filter(county=county, state=OpeningBook.READ).first()
    facts = _StepFacts(county, opening, today, dict(counts), waiting, book, viewer)
    return [step(facts) for step in _STEPS]


def _county(facts: _StepFacts) -> OpeningStep:
    names = "已登记。"
    if facts.opening:
        names = f"{facts.county.name}，县代码{facts.county.region.code}；"
        names += f"安全管理员{facts.opening.first.name}，第二人{facts.opening.second.name}。"
        if facts.opening.confirmed_at is None:
            names += CORRECTED_BY
    return OpeningStep("建立县和头两个人", "县名、6位县代码，以及两位实名的负责人。",
                       "教育局分管领导定人，技术人员办理", True, names)  # fmt: skip


def _confirm(facts: _StepFacts) -> OpeningStep:
    second = facts.opening.second.name if facts.opening else "另一人"
    is_done = facts.opening is None or (not facts.waiting and bool(facts.opening.confirmed_at))
    state = "已确认。" if is_done else f"{facts.waiting}项县级任职等{second}登录后确认。"
    return OpeningStep(
        "第二人确认县级任职",
        "县级职务能看全县，要两个人才算数。确认之前这些任职不能用。",
        f"{second}本人：凭登录单登录，改好密码，再在这里确认",
        is_done,
        state,
        ((("看看待确认的任职", reverse("opening:posts")),) if facts.waiting else ()),
    )


def _book(facts: _StepFacts) -> OpeningStep:
    counts = facts.counts
    has_units = bool(counts.get(UnitKind.SCHOOL)) and bool(counts.get(UnitKind.VILLAGE))
    terms = SchoolTerm.objects.filter(county=facts.county).count()
    people = posts_on(facts.today).filter(unit__county=facts.county).count()
    told = (
        f"乡镇{counts.get(UnitKind.TOWNSHIP, 0)}、村（居）{counts.get(UnitKind.VILLAGE, 0)}、"
        f"学校{counts.get(UnitKind.SCHOOL, 0)}、学期{terms}、任职{people}。"
    )
    links = [("下载开通工作簿", reverse("opening:template")), ("上传", reverse("opening:upload"))]
    if facts.book:
        links.insert(0, ("接着核对上传的工作簿", reverse("opening:book", args=[facts.book.pk])))
    return OpeningStep(
        "填开通工作簿并上传",
        "县与部门、乡镇、村、学校、学期、人员，都在一个 Excel 里；可以分几次传。",
        "基教股（学校、学期）、督导室、各乡镇教育专干（村、人员）分头填，安全管理员上传",
        has_units and terms > 0,
        told,
        facts.links(Right.OPEN_COUNTY, *links),
    )


def _calendar(facts: _StepFacts) -> OpeningStep:
    rows = CalendarYear.objects.filter(county=facts.county, year__gte=facts.today.year)
    years = sorted(rows.values_list("year", flat=True))
    asked = years_asked(facts.today, years)
    told = f"已登记放假安排：{'、'.join(f'{year}年' for year in years) or '还没有'}。"
    told += "".join(f"还缺{year}年的。" for year in asked)
    waiting = len(unconfirmed(facts.county)) if facts.opening else 0
    told += f"{waiting}项期限参数是系统默认值，等本县确认。" if waiting else "期限参数已确认。"
    links = [("期限参数", reverse("parameters")), ("校历与参数", reverse("calendars:school_year"))]
    return OpeningStep("放假调休和期限参数", "期限按工作日算，要有国务院办公厅的放假安排。",
                       "基教股", not asked and not waiting, told, tuple(links))  # fmt: skip


def _slips(facts: _StepFacts) -> OpeningStep:
    posts = posts_on(facts.today).filter(unit__county=facts.county, asleep=False)
    people = Person.objects.filter(pk__in=posts.values("person_id"))
    waiting = people.without_password().count()
    slips = ("打印登录单", reverse("staff:slips"))
    ready = waiting and not facts.waiting
    links = facts.links(Right.MANAGE_PEOPLE, slips) if ready else ()
    state = f"{waiting}人还没有登录单。" if waiting else "都已发给。"
    if facts.waiting:
        state = "县级任职确认以后办理。"
    return OpeningStep("打印登录单，当面交给本人", "登录单上有账号和首次密码，72小时内有效。",
                       "安全管理员打印，各单位领取", not waiting and not facts.waiting, state,
                       links)  # fmt: skip


def _roster(facts: _StepFacts) -> OpeningStep:
    rows = Enrolment.objects.filter(school__unit__county=facts.county, school__unit__is_open=True)
    done = rows.order_by().values("school_id").distinct().count()
    total = facts.counts.get(UnitKind.SCHOOL, 0)
    told = f"{total}所学校中已导入{done}所。" if total else "还没有登记学校。"
    return OpeningStep("各校导入名册", "学校用学籍系统导出的表，在“名册”里导入；再登记班主任。",
                       "各校学籍管理员", 0 < total <= done, told)  # fmt: skip


def _roll(facts: _StepFacts) -> OpeningStep:
    """Done when every class with pupils has called a roll, and no school is without a roster."""
    rows = Enrolment.objects.filter(in_force(facts.today), school__unit__county=facts.county)
    classes = set(rows.order_by().values_list("school_class_id", flat=True).distinct())
    called = RollCall.objects.filter(school_class__in=classes).order_by()
    done = called.values("school_class_id").distinct().count()
    told = f"{len(classes)}个班中已有{done}个班点过名。" if classes else "还没有班级。"
    return OpeningStep("第一次点名", "班主任早上用手机点名。", "各校班主任",
                       0 < len(classes) == done, told)  # fmt: skip


def _opened(facts: _StepFacts) -> OpeningStep:
    opened = facts.opening.opened_on if facts.opening else None
    done = facts.opening is None or opened is not None
    state = "已开通。" if done else "还没有宣布。"
    state = f"{opened:%Y-%m-%d}宣布开通。" if opened else state
    return OpeningStep("看开通进度，宣布已开通",
                       "按单位看还缺什么。宣布以后，单位和人员的变动在各自的页面办。",
                       "局领导、基教股或安全管理员", done, state,
                       (("看开通进度", reverse("opening:progress")),))  # fmt: skip


_STEPS = (_county, _book, _confirm, _calendar, _slips, _roster, _roll, _opened)
