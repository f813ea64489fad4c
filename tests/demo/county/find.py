"""Finding the script's children, cases and classes in the loaded county."""

from datetime import date

from cases.models import Case
from kongchuo.demo.county.classes import DemoClass
from kongchuo.demo.script.stories import STORIES, Story


def story(words: str) -> Story:
    """The story whose description begins with the words."""
    return next(one for one in STORIES if one.what.startswith(words))


def child_of(rows: list[DemoClass], words: str) -> int:
    """The child of that story."""
    wanted = story(words)
    return next(child for row in rows for child, one in row.story_of.items() if one == wanted)


def case_of(rows: list[DemoClass], words: str) -> Case:
    """The newest case of that story's child."""
    return Case.objects.filter(child_id=child_of(rows, words)).latest("pk")


def class_of(rows: list[DemoClass], key: tuple[str, int, int]) -> DemoClass:
    """The class with the key."""
    return next(row for row in rows if row.key == key)


def days(month: int, day: int) -> date:
    """A day of the demo's autumn."""
    return date(2025, month, day)
