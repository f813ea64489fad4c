"""What a person does to an import, from the upload to taking it back."""
