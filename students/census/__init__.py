"""Every child of school age, enrolled or not: school year, handover, notices, registration."""
