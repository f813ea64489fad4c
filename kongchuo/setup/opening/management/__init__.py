"""Commands that open a county."""
