"""The acts that carry a case from rung to rung: report, register, village, township, order."""
