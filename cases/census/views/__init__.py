"""The pages of registering and graduating."""
