"""The acts on an import, from the upload to taking it back."""
