"""Commands that a technician runs."""
