"""工作台: the first page of each role. It shows what others count and opens their lists."""
