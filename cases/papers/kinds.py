"""Every kind of paper about a case, in the order in which the case page offers them.

``AppConfig.ready`` imports this module; that registers them.
"""

from cases.papers.asking import ASKING
from cases.papers.order import ORDER
from cases.papers.urging import URGING

__all__ = ["ASKING", "ORDER", "URGING"]
