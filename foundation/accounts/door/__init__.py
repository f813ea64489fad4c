"""Signing in: passwords, sessions, lock-outs, trusted phones."""
