"""The base of the product: units and people, files, jobs in the background, messages."""
