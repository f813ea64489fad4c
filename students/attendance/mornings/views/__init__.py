"""The pages of a school's morning and of submission rates."""
