"""Tables of a county's opening."""

from kongchuo.inventory.shape import ALWAYS, OFFICE, SECURITY, THREE_YEARS, Holding

OPENING = (
    Holding("opening.OpeningAddress", "开通网址的摘要，不能还原", SECURITY, THREE_YEARS,
            l1="id digest made_at ended_at used_at"),
    Holding("opening.CountyOpening", "县由谁建立、谁确认、何时开通", SECURITY, ALWAYS,
            l2="first second opened_by", l1="id county begun_at confirmed_at opened_on"),
    Holding("opening.OpeningBook", "开通工作簿：单位、学期和工作人员名单", OFFICE, ALWAYS,
            l2="sheets uploaded_by ended_by",
            l1="id county name state uploaded_at ended_at new_rows changed_rows"),
)  # fmt: skip
