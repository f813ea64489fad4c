"""The walk reads a page and a workbook so that each word and each look of it is compared."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from tests.walk import addresses, book, compare
from tests.walk.asking import questions
from tests.walk.page import Page
from tests.walk.rows import SOURCES

HTML = """<h1>学生 <b>名册</b></h1><script>let a</script>
<form method="get" action="/roster/"><input type="hidden" name="csrfmiddlewaretoken" value="x">
<input name="q" placeholder="姓名"><select name="grade"><option value="">全部</option>
<option value="7" selected>七</option></select><input type="checkbox" name="boards"></form>
<a class="button" href="?page=2">下一页</a>"""


def test_a_page_is_its_words_and_fields_without_scripts_and_tokens() -> None:
    page = Page(HTML)
    assert page.lines[0] == "学生 名册"
    assert '[input name="csrfmiddlewaretoken"]' in page.lines
    assert '[a href="?page=2"] 下一页' in page.lines
    assert page.links == [("?page=2", False)]
    assert not any("let a" in line for line in page.lines)


def test_a_form_is_asked_as_it_stands_and_with_one_answer_else() -> None:
    form = Page(HTML.replace("csrfmiddlewaretoken", "kept")).forms[0]
    asked = dict(questions(form))
    assert asked[""] == "kept=x&q=&grade=7"
    assert asked["boards"] == "kept=x&q=&grade=7&boards=on"
    assert asked["q"].endswith("q=%E6%9D%8E")
    assert "grade" not in asked  # its other answer is no answer


def _book(value: str, *, bold: bool = False) -> bytes:
    made = Workbook()
    sheet = made.active
    sheet["B2"] = value
    sheet["B2"].font = Font(bold=bold)
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def _recorded(folder: Path, content: bytes) -> Path:
    (folder / compare.BODIES).mkdir(parents=True)
    lines = [line for line in book.lines(content) if not line.startswith("book")]
    (folder / compare.BODIES / "one.txt").write_text("\n".join(lines), encoding="utf-8")
    kept = {"status": 200, "kind": "workbook", "headers": {}, "bytes": ""}
    index = {"/book/": {**kept, "content": "one"}}
    (folder / "registrar.json").write_text(json.dumps(index), encoding="utf-8")
    return folder


def test_a_cell_and_its_look_are_compared(tmp_path: Path) -> None:
    plain, again = book.lines(_book("甲")), book.lines(_book("甲", bold=True))
    assert any(line.startswith("Sheet!B2 = '甲'") for line in plain)
    assert [line for line in plain if line.startswith("Sheet!")] != [
        line for line in again if line.startswith("Sheet!")
    ]


def test_the_difference_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _recorded(tmp_path / "before", _book("甲"))
    after = _recorded(tmp_path / "after", _book("乙"))
    index = json.loads((after / "registrar.json").read_text(encoding="utf-8"))
    index["/book/"]["content"] = "other"
    (after / compare.BODIES / "one.txt").rename(after / compare.BODIES / "other.txt")
    (after / "registrar.json").write_text(json.dumps(index), encoding="utf-8")
    assert compare.tell(before, after, [], most=9) == 1
    told = capsys.readouterr().out
    assert "registrar: /book/ (workbook)" in told
    assert "-Sheet!B2 = '甲'" in told
    assert "+Sheet!B2 = '乙'" in told


def test_what_is_the_same_is_not_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _recorded(tmp_path / "before", _book("甲"))
    assert compare.tell(folder, folder, [], most=9) == 0
    assert capsys.readouterr().out == "nothing differs\n"


def test_every_address_with_arguments_can_be_filled() -> None:
    with_arguments = {name for name, args in addresses.named().items() if args}
    assert with_arguments <= set(SOURCES)
