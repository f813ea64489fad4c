"""The pages of an import, step by step: upload, columns, preview with corrections, result."""
