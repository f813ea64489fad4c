"""Forms of saved views."""

from django import forms

from foundation.lists.shared import PLACES


class NameForm(forms.Form):
    """The name of a view."""

    name = forms.CharField(
        label="视图名称",
        max_length=20,
        error_messages={
            "required": "请填写视图名称。",
            "max_length": "视图名称最多20个字，请缩短。",
        },
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    shared = forms.BooleanField(
        label="同岗位的人也能看到",
        required=False,
        help_text="本单位相同职务的人在列表上方看到这个视图，数据按各自的权限显示；只有您能修改或收回。",
    )


class ViewForm(NameForm):
    """A view to be kept: the list, and its address without the page."""

    page = forms.CharField(max_length=20, widget=forms.HiddenInput)
    query = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.HiddenInput,
        error_messages={"max_length": "筛选条件太长，请减少后再保存。"},
    )

    def clean_page(self) -> str:
        """A list that keeps views."""
        page: str = self.cleaned_data["page"]
        if page not in PLACES:
            raise forms.ValidationError("这个列表不能保存视图。")
        return page
