"""What the offices of the demo do: by the script, and by habit."""
