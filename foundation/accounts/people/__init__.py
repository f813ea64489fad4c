"""The pages by which a county keeps its people."""
