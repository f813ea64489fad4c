"""Everything that writes the register; one module a noun."""
