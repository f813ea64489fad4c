"""What holds of a case whatever the database says: words, codes, evidence, categories."""
