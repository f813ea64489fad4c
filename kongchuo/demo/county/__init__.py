"""The county as it is founded: places, people, schools, pupils."""
