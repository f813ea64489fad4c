"""Schools, classes, children, guardians, enrolments and changes (学籍异动), and roster imports."""
