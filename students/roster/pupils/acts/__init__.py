"""The acts that write one pupil: child, guardians, enrolments, papers."""
