"""What changes the people of a unit."""
