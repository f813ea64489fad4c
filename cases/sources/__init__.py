"""Where children out of school are found otherwise than by the roll; one module a source."""
