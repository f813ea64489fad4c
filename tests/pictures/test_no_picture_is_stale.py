"""Each picture of the README is there, small, and of a page that still has its words."""

from pathlib import Path

import pytest
from PIL import Image

from deploy.pictures import words
from deploy.pictures.listing import PASSWORD, PICTURES, Picture
from deploy.pictures.taking import MOST
from kongchuo.demo.county import people

DESK = next(one for one in PICTURES if one.address == "/")


def test_every_picture_has_the_words_of_its_page() -> None:
    assert words.stale(PICTURES) == [], "run the demo (make run), then: make pictures"


def test_the_folder_holds_the_pictures_and_nothing_else() -> None:
    assert {file.name for file in words.IMAGES.iterdir()} == {one.file for one in PICTURES} | {
        words.KEPT.name
    }
    assert words.kept().keys() == {one.file for one in PICTURES}


def test_every_picture_is_small_and_has_a_palette() -> None:
    for one in PICTURES:
        file = words.IMAGES / one.file
        assert file.stat().st_size <= MOST, one.file
        assert Image.open(file).mode == "P", one.file


def test_every_picture_has_a_caption_and_a_page_of_its_own() -> None:
    assert all(one.caption and (words.TEMPLATES / one.template).is_file() for one in PICTURES)
    assert len({one.file for one in PICTURES}) == len({one.caption for one in PICTURES})


def test_a_changed_word_of_an_included_template_makes_a_picture_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in words.templates_of(DESK.template):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((words.TEMPLATES / name).read_bytes())
    before = words.hash_of(DESK)
    monkeypatch.setattr(words, "TEMPLATES", tmp_path)
    monkeypatch.setattr(words, "kept", lambda: {DESK.file: before})
    assert words.stale([DESK]) == []
    foot = tmp_path / "parts" / "_foot.html"
    foot.write_text(foot.read_text("utf-8") + "{# 说明 #}<i class='new'>12</i>", "utf-8")
    assert words.stale([DESK]) == []
    foot.write_text(foot.read_text("utf-8") + "新的字", "utf-8")
    assert words.stale([DESK]) == [DESK.file]


def test_a_picture_that_was_never_taken_is_stale() -> None:
    new = Picture("new.png", "xueji", "/", DESK.template, "新的")
    assert words.stale([new]) == ["new.png"]


def test_the_pictures_sign_in_with_the_password_of_the_demo() -> None:
    assert people.PASSWORD == PASSWORD
