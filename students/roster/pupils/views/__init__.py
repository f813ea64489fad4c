"""The pages of one pupil and of its papers."""
