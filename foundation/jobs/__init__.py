"""Jobs in the background that a person started: rows with a lease, a progress and a result."""
