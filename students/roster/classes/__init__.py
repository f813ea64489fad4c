"""Classes: who uses one, and taking back, merging or closing one that was made by mistake."""
