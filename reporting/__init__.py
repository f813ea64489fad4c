"""Returns and figures: reads everything below, writes only its own."""
