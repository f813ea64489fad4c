"""The field for evidence: none, one or several files, each of a size that may be read at all."""

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from foundation.files.forms import MAX_FILES, EvidenceFileField
from foundation.files.kinds import MAX_BYTES


class Visit(forms.Form):
    """A form with evidence that may be missing."""

    evidence = EvidenceFileField()


class Proof(forms.Form):
    """A form with evidence that must be there."""

    evidence = EvidenceFileField(required=True)


def file(size: int = 3, name: str = "照片.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, bytes(size))


def filled(kind: type[forms.Form], *files: SimpleUploadedFile) -> forms.Form:
    return kind({}, MultiValueDict({"evidence": list(files)}))


def test_no_file_is_an_empty_list():
    form = filled(Visit)
    assert form.is_valid()
    assert form.cleaned_data["evidence"] == []


def test_several_files_are_a_list():
    form = filled(Visit, file(), file(name="证明.pdf"))
    assert form.is_valid()
    assert [one.name for one in form.cleaned_data["evidence"]] == ["照片.jpg", "证明.pdf"]


def test_where_evidence_is_needed_its_lack_is_named():
    assert filled(Proof).errors["evidence"] == ["请选择照片或 PDF。"]


def test_an_empty_file_is_named():
    assert "0字节" in filled(Visit, file(), file(0)).errors["evidence"][0]


def test_ten_megabytes_are_taken_and_one_byte_more_is_named_with_its_file():
    assert filled(Visit, file(MAX_BYTES - 1), file(MAX_BYTES)).is_valid()
    (error,) = filled(Visit, file(), file(MAX_BYTES + 1, "大.pdf")).errors["evidence"]
    assert str(error).startswith("大.pdf：文件超过10 MB")


def test_nine_files_at_once_and_not_ten():
    assert filled(Visit, *[file()] * MAX_FILES).is_valid()
    assert "分几次上传" in filled(Visit, *[file()] * (MAX_FILES + 1)).errors["evidence"][0]


def test_a_phone_offers_album_and_camera_both():
    shown = str(Visit()["evidence"])
    assert 'accept="image/*,application/pdf"' in shown
    assert "multiple" in shown
    assert "capture" not in shown
    assert "单个不超过10 MB" in Visit()["evidence"].help_text
