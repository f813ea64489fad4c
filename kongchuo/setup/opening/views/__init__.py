"""Pages of a county's opening."""
