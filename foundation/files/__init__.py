"""Evidence files: encrypted beside the database, served only by views that check the viewer."""
