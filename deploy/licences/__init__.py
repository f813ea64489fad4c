"""`make licences`."""
