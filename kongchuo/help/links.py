"""Where 帮助 leads from a page: the reader's own chapter, at the heading that tells of the page."""

from django.urls import reverse

from foundation.accounts.viewer import Viewer
from kongchuo.help import manual
from kongchuo.help.chapters import Chapter, chapter_for
from kongchuo.help.topics import TOPIC_OF


def address(chapter: Chapter, heading: str = "") -> str:
    """The page of a chapter, at one of its headings."""
    place = manual.anchor(chapter, heading)
    return reverse("help:chapter", args=[chapter.slug]) + (f"#{place}" if place else "")


def roles_of(viewer: Viewer) -> list[str]:
    """The roles of the posts that the viewer holds today."""
    return [post.role_code for post in viewer.posts]


def help_for(viewer: Viewer, page: str) -> str:
    """The address for the page of that name (``roster:pupils``); the contents where it is none."""
    topic = TOPIC_OF.get(page)
    if topic is None:
        return reverse("help:index")
    chapter = chapter_for(topic, roles_of(viewer), manual.told())
    return address(chapter, topic if (chapter.slug, topic) in manual.told() else "")
