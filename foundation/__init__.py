"""What everything stands on: people and units, work in the background, messages."""
