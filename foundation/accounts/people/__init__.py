"""The security officer's pages of people and accounts."""
