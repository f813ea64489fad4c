"""Messages from the system to units and posts: outbox and inbox."""
