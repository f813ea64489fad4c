"""What records, confirms, refuses and ends a change."""
