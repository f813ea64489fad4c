"""The pages of the roll call. Cases follow each submission in the same transaction."""
