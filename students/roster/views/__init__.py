"""The pages of the register, of its papers and of its imports."""
