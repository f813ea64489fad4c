"""What changes one pupil of the register."""
