"""Acts of a county's opening."""
