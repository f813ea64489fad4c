"""Who may have signed the receipt of an order in place of a guardian (代收人, T04)."""

from cases.rules.substance import NOBODY, is_nameless
from foundation.pages.substance import HOLLOW

_KIN = frozenset(
    [
        "父亲",
        "母亲",
        "爸爸",
        "妈妈",
        "父母",
        "家长",
        "监护人",
        "祖父",
        "祖母",
        "爷爷",
        "奶奶",
        "外祖父",
        "外祖母",
        "外公",
        "外婆",
        "哥哥",
        "姐姐",
        "叔叔",
        "伯伯",
        "姑姑",
        "舅舅",
        "姨妈",
        "亲戚",
        "亲属",
        "邻居",
        "家属",
        "本人",
        "学生",
        "村干部",
        "村民",
    ]
)


def is_stranger(name: str) -> bool:
    """Whether a name tells nobody: empty, 不详, or a relation such as 祖母 instead of a name."""
    return is_nameless(name) or name.strip() in _KIN


def is_unsaid(relation: str) -> bool:
    """Whether nothing is said of how the person stands to the guardian."""
    said = relation.strip(" 。，.,")
    return not said or said in NOBODY or said in HOLLOW
