"""Every kind of paper about cases. ``AppConfig.ready`` imports this module; that registers them.

The case page offers them in this order.
"""

from cases.papers.kinds.admonition import ADMONITION
from cases.papers.kinds.asking import ASKING
from cases.papers.kinds.closing_sheet import CLOSING_SHEET
from cases.papers.kinds.condition import CONDITION
from cases.papers.kinds.order import ORDER
from cases.papers.kinds.penalties import PENALTIES
from cases.papers.kinds.persuasions import PERSUASIONS
from cases.papers.kinds.reports import REPORT, REPORT_MORE
from cases.papers.kinds.returned_list import RETURNED_LIST
from cases.papers.kinds.urging import URGING
from cases.papers.kinds.verification import VERIFICATION
from cases.papers.registry import add
from foundation.papers.kinds import register

_OF_SCHOOL = (URGING, ASKING, REPORT, REPORT_MORE, VERIFICATION)
_OF_LADDER = (ORDER, ADMONITION, PERSUASIONS, CONDITION, CLOSING_SHEET)
for one in (*_OF_SCHOOL, *_OF_LADDER, *PENALTIES):
    add(one)
register(RETURNED_LIST)
