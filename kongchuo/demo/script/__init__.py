"""Acts of the demo's offices: by the script, and by habit."""
