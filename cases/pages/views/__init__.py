"""The views of cases: queue, list, case, acts, and the pages of pupils."""
