"""Invents names from common surnames and given-name characters."""

from kongchuo.demo.county.chance import pick, share

_SURNAMES = "李王张杨罗赵陈周刘字鲁茶毕左杞施段何徐马黄吴董谢魏彭朱邓郭高林胡蒋唐尹金沈肖范苏余普吕"
_MIDDLE = "文明建志国春晓雨思梦嘉子梓宇浩俊永忠绍丽艳秀玉雪慧美佳欣若语诗"
_MALE = "伟涛斌辉飞龙林平东荣昌峰磊凯旭阳航宇轩山川"
_FEMALE = "芳娟敏静丽霞梅兰萍艳燕玲菊莲娜婷琴蓉倩雯怡妍琪瑶"

# Names with the interpunct, as the registry writes them; forms must have room (forms 2.4).
_FIRST_PARTS = ("阿诗", "依香", "玉波", "岩温", "娜海", "阿嘎", "艾扎", "木呷")
_LAST_PARTS = ("拉罕", "坎拉", "罕香", "叶门", "尼帕", "扎西", "达努", "香囡")
_WITH_POINT = 0.15  # of the children of these peoples
_PEOPLES = frozenset({"18", "24", "34"})  # 傣, 拉祜, 布朗


def child_name(sex: str, ethnicity: str, *key: object) -> str:
    """A child's name; some children of ethnic minorities have one with 「·」."""
    if ethnicity in _PEOPLES and share("point", *key) < _WITH_POINT:
        return f"{pick(_FIRST_PARTS, 'first', *key)}·{pick(_LAST_PARTS, 'last', *key)}"
    return pick(_SURNAMES, "surname", *key) + _given(sex, *key)


def relative_name(child: str, relation: str, sex: str, *key: object) -> str:
    """A family member's name; on the father's side it shares the child's surname."""
    is_paternal = relation in ("51", "61")
    surname = child[0] if is_paternal and "·" not in child else pick(_SURNAMES, "in-law", *key)
    return surname + _given(sex, relation, *key)


def adult_name(*key: object) -> str:
    """The name of somebody of the staff."""
    sex = "1" if share("sex", *key) < 0.5 else "2"
    return pick(_SURNAMES, "surname", *key) + _given(sex, *key)


def _given(sex: str, *key: object) -> str:
    last = pick(_MALE if sex == "1" else _FEMALE, "given", *key)
    if share("two", *key) < 0.25:
        return last
    return pick(_MIDDLE, "middle", *key) + last
