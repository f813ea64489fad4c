"""The form field for evidence: one or several files from album, camera or folder."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from foundation.files.decoding import TOO_BIG
from foundation.files.kinds import MAX_BYTES

MAX_FILES = 9


class EvidenceInput(forms.FileInput):
    """Takes several files. Omits ``capture``, so that a phone offers both album and camera."""

    allow_multiple_selected = True


class EvidenceFileField(forms.FileField):
    """Cleans to a list of uploads, empty when none was chosen.

    The content is checked when a file is stored (foundation.files.actions.keep).
    """

    widget = EvidenceInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "佐证材料")
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", "可拍照或选择 PDF，单个不超过10 MB")
        kwargs.setdefault(
            "error_messages",
            {
                "required": "请选择照片或 PDF。",
                "empty": "文件是空的（0字节）。请检查是否选错了文件。",
            },
        )
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": "image/*,application/pdf"}

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Checks the size of each file."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            super().clean(None, initial)  # complains where files are required
        if len(given) > MAX_FILES:
            raise forms.ValidationError(f"一次最多上传{MAX_FILES}个文件，请分几次上传。")
        files = [super(EvidenceFileField, self).clean(one, initial) for one in given]
        for file in files:
            if file.size > MAX_BYTES:
                raise forms.ValidationError(f"{file.name}：{TOO_BIG}")
        return files
