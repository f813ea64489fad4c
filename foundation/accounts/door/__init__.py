"""The way in: sign-in, passwords, sessions, lock-outs, trusted phones."""
