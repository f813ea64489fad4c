"""The pages of the lists and of their exports."""
