"""义务教育入学通知书 as a kind of paper, its values, and its register (R25, T01, B15)."""
