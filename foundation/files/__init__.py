"""Evidence files: kept sealed beside the database, never served but through a scoped view."""
