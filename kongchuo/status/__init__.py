"""系统状态: whether each part works, what to do where it does not, what can be tried again."""
