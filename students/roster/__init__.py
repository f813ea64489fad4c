"""Children, guardians, schools, classes, enrolment and the import of rosters."""
