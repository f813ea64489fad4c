"""The chapters of the manual in their order, and the chapters of a role."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of docs/使用手册, named by its title. Without roles it is for everybody."""

    slug: str
    title: str
    roles: frozenset[str] = frozenset()

    @property
    def file(self) -> str:
        """Its name in docs/使用手册."""
        return f"{self.title}.md"


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("teacher", "班主任", frozenset({"class_teacher"})),
    Chapter("registrar", "学籍管理员", frozenset({"registrar"})),
    Chapter("head", "校长", frozenset({"head_teacher"})),
    Chapter("central", "中心校", frozenset({"central_school"})),
    Chapter("village", "村干部", frozenset({"village_cadre"})),
    Chapter("officer", "乡镇经办人", frozenset({"township_officer"})),
    Chapter("leader", "乡镇领导", frozenset({"township_leader"})),
    Chapter("office", "镇教管办", frozenset({"education_office"})),
    Chapter("county", "基教股", frozenset({"county_desk"})),
    Chapter("supervision", "督导", frozenset({"supervisor"})),
    Chapter("bureau", "局领导", frozenset({"bureau_leader"})),
    Chapter("administrator", "系统管理员", frozenset({"administrator"})),
    Chapter("security", "安全管理员", frozenset({"security_officer"})),
    Chapter("auditor", "审计员", frozenset({"auditor"})),
    Chapter("signin", "登录与安全"),
    Chapter("questions", "常见问题"),
    Chapter("words", "名词解释"),
    Chapter("technicians", "技术人员"),
)
GENERAL = tuple(chapter for chapter in CHAPTERS if not chapter.roles)
BY_SLUG = {chapter.slug: chapter for chapter in CHAPTERS}


def own_chapters(roles: Iterable[str]) -> list[Chapter]:
    """The chapters written for one of the roles."""
    held = frozenset(roles)
    return [chapter for chapter in CHAPTERS if chapter.roles & held]


def chapter_for(topic: str, roles: Iterable[str], told: Collection[tuple[str, str]]) -> Chapter:
    """The chapter that tells one of the roles of the topic.

    ``told`` holds (slug, topic) for each heading of the manual. The reader's own chapter comes
    first, then those for everybody. Where neither has the topic, the reader's own chapter from its
    beginning, for nobody the first chapter that has it.
    """
    own = own_chapters(roles)
    having = [each for each in (*own, *GENERAL) if (each.slug, topic) in told]
    any_one = [each for each in CHAPTERS if (each.slug, topic) in told]
    return next(iter((*having, *own, *any_one)), CHAPTERS[0])
