"""What the roll and the clock do to cases, and how every move and its letters are written."""
