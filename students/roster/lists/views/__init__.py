"""The pages of lists, and of lists that are taken out."""
