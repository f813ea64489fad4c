"""Every child of school age, on a roll or not: school year, handover, notices, registration."""
