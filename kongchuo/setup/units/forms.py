"""Forms for units: every one asks from which day, by which document and why."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from foundation.accounts.models import Region, Unit, UnitKind
from students.roster.models import School, SchoolClass

VILLAGE_CODE, TOWNSHIP_CODE, SCHOOL_CODE = r"\d{12}", r"\d{9}", r"\d{10}"
TAKEN_CODE = "代码{code}已经是「{name}」的。请核对代码；确是同一个地方的，不用再增加。"
TAKEN_NAME = "「{parent}」下面已有「{name}」，不能重名。"


class UnitChoice(forms.ModelChoiceField):
    """A unit by its whole name, with the unit above: several villages may bear one short name."""

    def label_from_instance(self, obj: Unit) -> str:
        """甲镇人民政府 · 东村村民委员会."""
        is_below = obj.parent is not None and obj.kind in (UnitKind.VILLAGE, UnitKind.SCHOOL)
        return f"{obj.parent.name} · {obj.name}" if is_below and obj.parent else obj.name


class UnitOrderForm(forms.Form):
    """The day, the document and the reason of a change."""

    day = forms.DateField(
        label="生效日期",
        help_text="今天或以后的日期。以后的，到那一天自动生效，之前可以撤回。",
        error_messages={"required": "请填写生效日期。", "invalid": "请填写日期，如2026-09-01。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    document = forms.CharField(
        label="文号",
        max_length=100,
        help_text="批准这项变动的文件，如：云教发〔2026〕12号。没有文号的，写文件名称和日期。",
        error_messages={"required": "请填写批准文件的文号或名称。"},
    )
    reason = forms.CharField(
        label="理由",
        min_length=2,
        max_length=200,
        help_text="例如：学校布局调整；村级建制调整；原名称有误。",
        error_messages={"required": "请填写理由，将记入变动记录。"},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = today
        self.order_fields([*(n for n in self.fields if n not in LAST), *LAST])


LAST = ("day", "document", "reason")


def _name(label: str = "名称") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=80, error_messages={"required": f"请填写{label}，写全称。"}
    )


class UnitNameForm(UnitOrderForm):
    """What a unit may be called otherwise, with what else may change of it."""

    name = _name()
    short_name = forms.CharField(
        label="简称", max_length=40, required=False, help_text="名单和图里用，可以不填。"
    )
    phone = forms.CharField(label="联系电话", max_length=30, required=False)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        for name in ("name", "short_name", "phone"):
            self.fields[name].initial = getattr(unit, name)
        if unit.kind == UnitKind.SCHOOL:
            self.fields["parent"] = _above(unit.county_id)
            self.fields["parent"].initial = unit.parent_id
            self.fields["township"] = _township_of(unit)
            self.fields |= _ways()
            for name in _ways():
                self.fields[name].initial = getattr(unit.school, name)
        if unit.kind == UnitKind.CENTRAL_SCHOOL:
            self.fields["office_of"] = _office_of(unit.county_id)
            self.fields["office_of"].initial = unit.office_of_id
        self.order_fields([*(n for n in self.fields if n not in LAST), *LAST])

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        parent = found.get("parent") or self.unit.parent
        _refuse_taken_name(self, self.unit.kind, parent, self.unit.pk)
        return found


class AddUnitForm(UnitOrderForm):
    """A new unit of one kind below another."""

    name = _name()
    short_name = forms.CharField(
        label="简称", max_length=40, required=False, help_text="名单和图里用，可以不填。"
    )
    phone = forms.CharField(label="联系电话", max_length=30, required=False)

    def __init__(self, *args: Any, kind: str, parent: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.parent = kind, parent
        if kind in (UnitKind.VILLAGE, UnitKind.TOWNSHIP):
            self.fields["code"] = _code(12 if kind == UnitKind.VILLAGE else 9, parent)
        if kind == UnitKind.SCHOOL:
            self.fields |= _school_fields(parent)
        if kind == UnitKind.CENTRAL_SCHOOL:
            self.fields["township"] = _township(parent)
            self.fields["office_of"] = _office_of(parent.county_id)
        self.order_fields([*(n for n in self.fields if n not in LAST), *LAST])

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        if self.kind == UnitKind.SCHOOL:
            return self._school_code(code)
        above, length = self.parent.region.code, 12 if self.kind == UnitKind.VILLAGE else 9
        if not re.fullmatch(rf"\d{{{length}}}", code):
            raise forms.ValidationError(f"统计用区划代码应为{length}位数字，现在是{len(code)}位。")
        if not code.startswith(above):
            raise forms.ValidationError(
                f"「{self.parent.name}」的代码是{above}，下级代码应以它开头。"
                "请核对代码，或者到代码所属的乡镇下面增加。"
            )
        living = Region.objects.filter(code=code, valid_to__isnull=True).first()
        if living is not None:
            raise forms.ValidationError(TAKEN_CODE.format(code=code, name=living.name))
        return code

    def _school_code(self, code: str) -> str:
        if not re.fullmatch(SCHOOL_CODE, code):
            raise forms.ValidationError(f"学校标识码应为10位数字，现在是{len(code)}位。")
        taken = School.objects.filter(code=code).select_related("unit").first()
        if taken is not None:
            raise forms.ValidationError(TAKEN_CODE.format(code=code, name=taken.unit.name))
        return code

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        _refuse_taken_name(self, self.kind, self.parent, None)
        return found


def _refuse_taken_name(form: forms.Form, kind: str, parent: Unit | None, pk: int | None) -> None:
    name = form.cleaned_data.get("name")
    rows = Unit.objects.filter(kind=kind, parent=parent, name=name)
    if pk is not None:
        rows = rows.exclude(pk=pk)
    if name and parent and rows.exists():
        form.add_error("name", TAKEN_NAME.format(parent=parent.name, name=name))


def _code(length: int, parent: Unit) -> forms.CharField:
    return forms.CharField(
        label="统计用区划代码",
        help_text=f"{length}位数字，以{parent.region.code}开头，按国家统计局公布的填写。",
        error_messages={"required": "请填写统计用区划代码。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


def _school_fields(parent: Unit) -> dict[str, forms.Field]:
    return {
        "code": forms.CharField(
            label="学校标识码",
            help_text="10位数字，教育部统一编的。",
            error_messages={"required": "请填写学校标识码。"},
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        ),
        "township": _township(parent),
        **_ways(),
    }


def _ways() -> dict[str, forms.Field]:
    """How a school works; may change later, from a day on."""
    return {
        "is_boarding": forms.BooleanField(
            label="寄宿制", required=False, help_text="勾选后，晚上清点返校的住校生。"
        ),
        "marks_half_days": forms.BooleanField(
            label="上午、下午分别点名",
            required=False,
            help_text="已经点过名的日子不变；从生效日期起，没有点过名的按新的办法点。",
        ),
    }


def _of(county_id: int | None, kind: str) -> QuerySet[Unit]:
    rows = Unit.objects.filter(county_id=county_id, kind=kind, is_open=True)
    return rows.select_related("parent").order_by("parent__region__code", "name", "pk")


def _township(parent: Unit) -> UnitChoice:
    field = UnitChoice(
        label="所在乡镇",
        queryset=_of(parent.county_id, UnitKind.TOWNSHIP),
        empty_label="请选择",
        error_messages={"required": "请选择所在乡镇：没有户籍村的孩子，由它负责。"},
    )
    same = _of(parent.county_id, UnitKind.TOWNSHIP).filter(region=parent.region_id).first()
    field.initial = same.pk if same else None
    return field


def _township_of(school: Unit) -> UnitChoice:
    """The school's township, to be corrected; left out it stays."""
    field = _township(school)
    field.required, field.empty_label = False, None
    field.initial = school.school.township_id
    return field


def _office_of(county_id: int | None) -> UnitChoice:
    return UnitChoice(
        label="同时是镇教管办",
        queryset=_of(county_id, UnitKind.TOWNSHIP),
        required=False,
        empty_label="不是",
        help_text="中心校和镇教管办是一个单位的，选它所在的乡镇：报告由它签收。",
    )


def _above(county_id: int | None) -> UnitChoice:
    kinds = (UnitKind.COUNTY, UnitKind.CENTRAL_SCHOOL)
    rows = Unit.objects.filter(county_id=county_id, kind__in=kinds, is_open=True)
    return UnitChoice(
        label="上级单位", queryset=rows.order_by("kind", "name", "pk"), empty_label=None
    )


class CloseUnitForm(UnitOrderForm):
    """Who goes on with what the unit has."""

    successor = UnitChoice(
        label="接收单位", queryset=Unit.objects.none(), required=False, empty_label="没有"
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["successor"]
        field.queryset = _of(unit.county_id, unit.kind).exclude(pk=unit.pk)
        if unit.kind == UnitKind.VILLAGE:
            field.required, field.empty_label = True, "请选择"
            field.label = "并入哪个村"
            field.error_messages["required"] = "请选择并入哪个村。新设的村，先增加，再合并过去。"
        self.order_fields([*(n for n in self.fields if n not in LAST), *LAST])


class ReasonOnlyForm(forms.Form):
    """Why an order is taken back."""

    reason = forms.CharField(
        label="理由",
        min_length=2,
        max_length=200,
        help_text="例如：日期填错了，重新登记。",
        error_messages={"required": "请填写理由，将记入变动记录。"},
    )


class UndoForm(ReasonOnlyForm):
    """Why a merge or closing that was carried out is undone, and by which document."""

    document = forms.CharField(
        label="文号",
        max_length=100,
        help_text="同意恢复的文件。登记错了、没有文件的，写“登记有误”和同意的人。",
        error_messages={"required": "请填写文号，或写明谁同意。"},
    )
    field_order = ("document", "reason")


class VillagesChoice(forms.ModelMultipleChoiceField):
    """Villages by name, each with its township."""

    def label_from_instance(self, obj: Unit) -> str:
        """东镇 · 永胜村."""
        return f"{obj.parent.region.name} · {obj}" if obj.parent else obj.name


class SchoolVillagesForm(UnitOrderForm):
    """Which villages belong to a school, and for which stages."""

    stages = forms.MultipleChoiceField(
        label="学段",
        choices=[(SchoolClass.PRIMARY, "小学"), (SchoolClass.JUNIOR, "初中")],
        widget=forms.CheckboxSelectMultiple,
        help_text="九年一贯制学校两个都选。",
        error_messages={"required": "请选择学段。"},
    )

    def __init__(self, *args: Any, unit: Unit, held: set[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = _of(unit.county_id, UnitKind.VILLAGE).select_related("parent__region")
        self.fields["villages"] = VillagesChoice(
            label="学区村",
            queryset=rows,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="选了别的学校的村，从生效日期起归本校；不选的，从那天起不再归本校。",
            initial=[village for village, _ in held],
        )
        self.fields["stages"].initial = sorted({stage for _, stage in held})
        self.order_fields(["stages", "villages", *LAST])
