"""The pages of registering new pupils and of graduating."""
