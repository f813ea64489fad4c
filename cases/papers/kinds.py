"""Every kind of paper about cases. ``AppConfig.ready`` imports this module; that registers them.

The case page offers them in this order.
"""

from cases.papers.admonition import ADMONITION
from cases.papers.asking import ASKING
from cases.papers.closing_sheet import CLOSING_SHEET
from cases.papers.condition import CONDITION
from cases.papers.order import ORDER
from cases.papers.penalties import PENALTIES
from cases.papers.persuasions import PERSUASIONS
from cases.papers.registry import add
from cases.papers.reports import REPORT, REPORT_MORE
from cases.papers.returned_list import RETURNED_LIST
from cases.papers.urging import URGING
from foundation.papers.kinds import register

_OF_SCHOOL = (URGING, ASKING, REPORT, REPORT_MORE)
_OF_LADDER = (ORDER, ADMONITION, PERSUASIONS, CONDITION, CLOSING_SHEET)
for one in (*_OF_SCHOOL, *_OF_LADDER, *PENALTIES):
    add(one)
register(RETURNED_LIST)
