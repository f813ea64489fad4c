"""Pages that register or graduate children and let their cases follow."""
