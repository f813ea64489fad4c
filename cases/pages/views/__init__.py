"""The pages of cases: queue, list, case, act."""
