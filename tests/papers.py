"""The paper and the reason of a change to the county's calendar, where a test asks for no other."""

from students.calendars.actions import Grounds

GROUNDS = Grounds("县教体发〔2025〕1号", "市级调整放假时间")
