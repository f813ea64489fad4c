"""发现报告: a child out of school whom a person names before any roll call does (R13, R23)."""
