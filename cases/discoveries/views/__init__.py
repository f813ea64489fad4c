"""Pages of 发现报告."""
