"""Passwords: which are strong enough, how they are hashed, how fast they may be tried."""
